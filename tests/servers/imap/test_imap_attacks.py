"""Attacks by somebody who is logged in, or not yet: what they may cost is bounded. Transcripts hold the others (literal-flood, nesting ...)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from imaphouse import LETTERS, MemoryWire, Place, placed
from postroom.formats.imap import list as mailbox_list
from postroom.formats.imap import search
from postroom.mailboxes.search import _field
from postroom.servers.imap import items
from postroom.servers.imap.list import COMPARED_AT_A_TIME, matching

MUCH = 64_000
"""Octets: about the longest line that is read."""


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with placed(tmp_path, {"mail": "apple reply parts large", "rule.bad_commands": "0"}) as made:
        yield made
        made.ends_well()


class Client:
    """Somebody in alice's INBOX."""

    def __init__(self, place: Place) -> None:
        self.wire = MemoryWire(place)
        self.number = 0

    async def begin(self) -> Client:
        await self.wire.receive()
        assert b" OK " in await self.say(b"LOGIN alice secret-1")
        assert b" OK " in await self.say(b"SELECT INBOX")
        return self

    async def say(self, line: bytes) -> bytes:
        """Say a command; gives all that is answered."""
        self.number += 1
        tag = b"c%d " % self.number
        await self.wire.send(tag + line + b"\r\n")
        heard = b""
        while b"\r\n" + tag not in b"\r\n" + heard or not heard.endswith(b"\r\n"):
            heard += await asyncio.wait_for(self.wire.receive(), 20)
        return heard

    def written(self) -> bytes:
        """Give what was written and not read."""
        output = self.wire.connection.output
        return b"".join(output.get_nowait() for _ in range(output.qsize()))


async def turns() -> None:
    for _ in range(200):
        await asyncio.sleep(0)


async def test_a_search_of_as_many_keys_as_may_be_is_one_that_the_database_can_do(place: Place) -> None:
    client = await Client(place).begin()
    most = search.MOST_KEYS
    for keys in (b"LARGER 1 " * most, b"NOT DRAFT " * (most // 2), b"ON 1-Jan-2020 " * most, b"NOT " * 40 + b"(" + b"SEEN " * (most - 42) + b"SEEN)"):
        assert b" OK Done" in await client.say(b"SEARCH " + keys.strip())
    for keys in (b"LARGER 1 " * (most + 1), b"TEXT a " * (search.MOST_TEXTS + 1), b"HEADER " + b"x" * (search.LONGEST_FIELD + 1) + b" y"):
        assert b" NO [LIMIT] " in await client.say(b"SEARCH " + keys.strip())


async def test_field_names_that_are_made_up_do_not_fill_the_memory(place: Place) -> None:
    client = await Client(place).begin()
    for number in range(300):
        await client.say(b"SEARCH HEADER X-%d %s" % (number, b"x" * 10))
    assert _field.cache_info().currsize <= 256


async def test_item_lists_that_are_made_up_do_not_fill_the_memory(place: Place) -> None:
    client = await Client(place).begin()
    kept = items._remembered.cache_info().currsize
    for number in range(20):
        names = b" ".join(b"X-%d-%d" % (number, field) for field in range(150))
        assert b" OK Done" in await client.say(b"FETCH 1 BODY.PEEK[HEADER.FIELDS (%s)]" % names)
    assert items._remembered.cache_info().currsize == kept


async def test_while_many_names_are_compared_with_many_patterns_others_have_their_turn(place: Place) -> None:
    client = await Client(place).begin()
    patterns = b" ".join([b"*f*o%l*d*e%r*0*"] * mailbox_list.MOST_PATTERNS)
    asked = mailbox_list.parse_list(b'"" (%b)' % patterns)
    turn = 0

    async def others() -> None:
        nonlocal turn
        while True:
            turn += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(others())
    found = await matching(client.wire.session, asked, [f"folder {number}" for number in range(1000)])
    task.cancel()
    assert len(found) == 181
    assert turn >= 1000 / COMPARED_AT_A_TIME
    assert b" BAD A list here has at most" in await client.say(b'LIST "" (%b *)' % patterns)


async def test_news_of_an_idle_client_that_does_not_read_gather_without_growing(place: Place) -> None:
    idle, other = await Client(place).begin(), await Client(place).begin()
    idle.wire.connection.slow = asyncio.Event()
    await idle.wire.send(b"i IDLE\r\n")
    await turns()
    assert idle.written() == b"+ idling\r\n"
    for number in range(500):
        await other.say(b"STORE 1:* %cFLAGS.SILENT (\\Flagged)" % b"+-"[number % 2])
    await other.say(b"STORE 2 +FLAGS (\\Deleted)")
    await other.say(b"EXPUNGE")
    assert idle.written() == b""
    idle.wire.connection.slow.set()
    await turns()
    told = idle.written()
    assert told.startswith(b"* 2 EXPUNGE\r\n")
    assert told.count(b"\r\n") == 4
    idle.wire.connection.slow.clear()
    await place.store.deliver(LETTERS["apple"], 16)
    await turns()
    idle.wire.session.timed_out()
    assert idle.wire.connection.closed


async def test_everything_asked_for_a_thousand_times_is_not_gathered(place: Place) -> None:
    client = await Client(place).begin()
    client.wire.connection.slow = asyncio.Event()
    for _ in range(20):
        client.wire.session.received(b"f FETCH 1:* (BODY.PEEK[] BODY.PEEK[TEXT] BODY.PEEK[HEADER] ENVELOPE)\r\n" * 100)
        await turns()
    assert len(client.written()) < 300_000
    assert client.wire.connection.paused
    assert client.wire.session.core.buffered < 300_000
    client.wire.connection.close()
    client.wire.connection.slow.set()
    await turns()


@pytest.mark.parametrize(
    "name", ["SEARCH", "FETCH 1", "STORE 1", "LIST", "LSUB", "STATUS", "SELECT", "COPY 1", "SORT", "THREAD", "UID", "ID", "ENABLE", "CREATE"]
)
async def test_lines_made_to_be_read_again_and_again_are_answered(place: Place, name: str) -> None:
    """Each costs what it is long: were one of our expressions to look twice at each octet, this would take hours."""
    client = await Client(place).begin()
    for unit in (
        b"(",
        b")",
        b'"',
        b'\\"',
        b"{",
        b"1:",
        b"*,",
        b"%*",
        b"&-",
        b"&AGE-",
        b"BODY[",
        b"1.",
        b"NOT ",
        b"OR ",
        b"\\",
        b" ",
        b"[",
        b"<0.",
        b"\t",
        b"\xff",
    ):
        for before, behind in ((b"", b""), (b'"', b""), (b"(", b"x"), (b"FLAGS (", b")"), (b"BODY[HEADER.FIELDS (", b")]"), (b"TEXT ", b"{1")):
            answer = await client.say(name.encode() + b" " + before + unit * (8000 // len(unit)) + behind)
            assert not answer.startswith(b"* BYE")


async def test_tags_have_a_length(place: Place) -> None:
    client = await Client(place).begin()
    await client.wire.send(b"t" * 128 + b" NOOP\r\n")
    assert await client.wire.receive() == b"t" * 128 + b" OK Done\r\n"
    for length in (129, MUCH, 200_000):
        await client.wire.send(b"t" * length + b" NOOP\r\n")
        assert (await client.wire.receive()).startswith(b"* BAD ")


async def test_very_many_strangers_that_announce_literals_hold_little(place: Place) -> None:
    """A thousand connections with the most that may be sent before login: what each session holds is bounded."""
    wires = [MemoryWire(place) for _ in range(1000)]
    for wire in wires:
        await wire.receive()
        await wire.send(b"a LOGIN {4096}\r\n")
        assert await wire.receive() == b"+ OK\r\n"
        await wire.send(b"x" * 4095)
        assert wire.session.core.buffered == 4095
        await wire.send(b"x" + b" {4096+}\r\n" + b"y" * 4096 + b" {4096+}\r\n" + b"z" * 8192)
        assert wire.session.core.buffered < 16_384
        wire.connection.close()
    await turns()
