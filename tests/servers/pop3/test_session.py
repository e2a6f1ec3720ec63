"""What transcripts can't show: large messages and slow clients, trouble in the storage, the lock, SCRAM, limits."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest

from network.house import Clock
from network.wire import MemoryWire, SocketWire
from postroom.errors import Unavailable
from postroom.formats import scram
from postroom.network.connection import Bounds, Terms
from postroom.network.connections import Connections
from postroom.servers.pop3 import Door, Sessions
from servers.pop3.house import MAIL, Town

LOGIN = b"USER alice@example.test\r\nPASS secret-1\r\n"
BIG = b"Subject: big\r\n\r\n" + b"x" * 70 + b"\r\n" + b".dot and more\r\n" * 300_000  # 4.5 MB


def terms_of(town: Town, **more: Any) -> Terms:
    return Terms(Sessions(town.house, Door()), Connections(clock=Clock(), period=3600), "pop3", **more)


class Client:
    """A client on a memory wire that reads answers."""

    def __init__(self, town: Town, terms: Terms | None = None) -> None:
        self.town = town
        self.terms = terms or terms_of(town)
        self.wire = MemoryWire(self.terms, Clock())
        self.heard = b""

    async def say(self, data: bytes) -> None:
        await self.wire.send(data)

    async def until(self, end: bytes) -> bytes:
        while end not in self.heard:
            data = await asyncio.wait_for(self.wire.receive(), 5)
            assert data, f"closed after {self.heard!r}"
            self.heard += data
        head, _, self.heard = self.heard.partition(end)
        return head + end

    async def line(self) -> bytes:
        return await self.until(b"\r\n")

    async def rest(self) -> bytes:
        while data := await asyncio.wait_for(self.wire.receive(), 5):
            self.heard += data
        return self.heard

    async def logged_in(self) -> Client:
        await self.line()
        await self.say(LOGIN)
        await self.line()
        assert (await self.line()).startswith(b"+OK")
        return self


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    made = Town()
    yield made
    assert made.inbox.readers == 0, "a reader was left open"
    assert made.log.unhandled == []


async def test_a_large_message_is_streamed_and_never_held_whole() -> None:
    town = Town([BIG])
    terms = terms_of(town, bounds=Bounds(output=1024 * 1024))
    async with SocketWire(terms, Clock()) as wire:
        await wire.receive()
        await wire.send(LOGIN + b"RETR 1\r\nQUIT\r\n")
        got = b""
        while data := await wire.receive():
            got += data
    head, _, rest = got.partition(b"octets\r\nSubject")
    assert head.endswith(b"+OK %d " % len(BIG))
    assert b"Subject" + rest == BIG.replace(b"\r\n.", b"\r\n..") + b".\r\n+OK Goodbye\r\n"


async def test_a_slow_client_holds_the_reading_up() -> None:
    town = Town([BIG * 4])
    async with SocketWire(terms_of(town), Clock()) as wire:
        wire._reader._limit = 1024  # type: ignore[attr-defined] # a client that takes little at a time
        await wire.receive()
        await wire.send(LOGIN + b"RETR 1\r\n")
        for _ in range(200):
            await asyncio.sleep(0)
        assert 0 < town.inbox.pieces_read < 270
        [connection] = wire.connections._open
        wire.clock.now += 601
        wire.connections._clock = wire.clock
        wire.connections.sweep()  # ten minutes without a byte read
        wire.clock.now += 601
        wire.connections.sweep()
        async with asyncio.timeout(5):
            while len(wire.connections):  # noqa: ASYNC110 - the server knows no event for it
                await asyncio.sleep(0)
        assert connection._closing
        await asyncio.sleep(0)
    assert town.mailboxes.held == set()
    assert town.inbox.readers == 0


async def test_top_reads_no_more_than_it_sends(town: Town) -> None:
    town.inbox.mail = {1: b"Subject: x\r\n\r\n" + b"line\r\n" * 100_000}
    client = await Client(town).logged_in()
    await client.say(b"TOP 1 2\r\n")
    assert await client.until(b"\r\n.\r\n") == b"+OK The beginning follows\r\nSubject: x\r\n\r\nline\r\nline\r\n.\r\n"
    assert town.inbox.pieces_read == 1
    assert town.inbox.readers == 0


async def test_a_listing_of_many_messages_comes_in_pieces() -> None:
    town = Town([b"x"] * 30_000)
    client = await Client(town).logged_in()
    await client.say(b"DELE 7\r\nLIST\r\nUIDL\r\nSTAT\r\n")
    await client.line()
    assert await client.line() == b"+OK 29999 messages, 29999 octets\r\n"
    listing = (await client.until(b"\r\n.\r\n")).split(b"\r\n")
    assert listing[5:8] == [b"6 1", b"8 1", b"9 1"]
    assert len(listing) == 29_999 + 2
    assert await client.line() == b"+OK Names follow\r\n"
    assert (await client.until(b"\r\n.\r\n")).endswith(b"\r\n30000 7.30100\r\n.\r\n")
    assert await client.line() == b"+OK 29999 29999\r\n"


async def test_answers_that_nobody_reads_are_not_piled_up() -> None:
    """A thousand LISTs in one segment, and a client that reads nothing: the session waits instead of writing it all."""
    town = Town([b"x"] * 2000)
    async with SocketWire(terms_of(town), Clock()) as wire:
        wire._reader._limit = 1024  # type: ignore[attr-defined] # a client that takes little at a time
        await wire.receive()
        await wire.send(LOGIN + b"LIST\r\n" * 5000)
        [connection] = wire.connections._open
        most = 0
        for _ in range(2000):
            await asyncio.sleep(0)
            most = max(most, connection._transport.get_write_buffer_size())
        assert 0 < most < 1024 * 1024


async def test_one_session_has_the_maildrop_and_gives_it_back(town: Town) -> None:
    terms = terms_of(town)
    first = await Client(town, terms).logged_in()
    second = Client(town, terms)
    await second.line()
    await second.say(LOGIN)
    await second.line()
    assert (await second.line()).startswith(b"-ERR [IN-USE]")
    await first.say(b"QUIT\r\n")
    assert (await first.line()).startswith(b"+OK")
    assert town.mailboxes.held == set(), "who has read the goodbye may come again at once, to any worker"
    await second.say(LOGIN)
    await second.line()
    assert (await second.line()).startswith(b"+OK")
    second.wire.gone()
    await asyncio.sleep(0)
    assert town.mailboxes.held == set()


async def test_a_client_lost_while_it_logs_in_leaves_no_lock(town: Town) -> None:
    gate = asyncio.Event()
    read = town.mailboxes.maildrop

    async def slowly(account_id: int) -> Any:
        await gate.wait()
        return await read(account_id)

    town.mailboxes.maildrop = slowly  # type: ignore[method-assign] # a storage that takes its time
    client = Client(town)
    await client.line()
    await client.say(LOGIN)
    await asyncio.sleep(0)
    assert town.mailboxes.held == {1}
    client.wire.gone()
    await asyncio.sleep(0)
    gate.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert town.mailboxes.held == set()


async def test_a_maildrop_that_can_not_be_read_is_an_answer_for_now_and_leaves_no_lock(town: Town) -> None:
    town.mailboxes.broken = True
    client = Client(town)
    await client.line()
    await client.say(LOGIN)
    await client.line()
    assert (await client.line()).startswith(b"-ERR [SYS/TEMP]")
    assert town.mailboxes.held == set()
    assert town.log.events == ["command-failed"]


async def test_trouble_before_a_message_is_an_answer(town: Town) -> None:
    client = await Client(town).logged_in()
    town.inbox.trouble = Unavailable("The disk is out of order.")
    await client.say(b"RETR 1\r\n")
    assert (await client.line()).startswith(b"-ERR [SYS/TEMP]")
    town.inbox.trouble = None
    await client.say(b"NOOP\r\n")
    assert (await client.line()).startswith(b"+OK")


async def test_trouble_within_a_message_cuts_the_connection_before_its_end(town: Town) -> None:
    town.inbox.mail = {1: b"x" * 200_000}
    client = await Client(town).logged_in()
    town.inbox.trouble, town.inbox.sound = Unavailable("The disk is out of order."), 2
    await client.say(b"RETR 1\r\nNOOP\r\n")
    got = await client.rest()
    assert b"\r\n.\r\n" not in got
    assert b"+OK \r\n" not in got
    assert town.mailboxes.held == set()


async def test_a_message_that_another_program_removed_is_told(town: Town) -> None:
    client = await Client(town).logged_in()
    del town.inbox.mail[102]
    await client.say(b"RETR 2\r\nTOP 2 1\r\nDELE 2\r\nQUIT\r\n")
    assert b"removed by another" in await client.line()
    assert b"removed by another" in await client.line()
    assert (await client.line()).startswith(b"+OK")
    assert (await client.line()).startswith(b"+OK")


async def test_quit_says_when_not_all_was_removed(town: Town) -> None:
    client = await Client(town).logged_in()
    await client.say(b"DELE 1\r\n")
    await client.line()
    town.inbox.trouble = Unavailable("The disk is out of order.")
    await client.say(b"QUIT\r\n")
    assert (await client.rest()).startswith(b"-ERR [SYS/TEMP]")
    assert town.log.events[-1] == "removal-failed"
    assert town.mailboxes.held == set()


async def test_an_error_nobody_expected_is_logged_and_answered() -> None:
    town = Town()
    client = await Client(town).logged_in()
    town.inbox.trouble = KeyError("a fault of ours")
    await client.say(b"RETR 1\r\nNOOP\r\n")
    assert (await client.line()).startswith(b"-ERR [SYS/TEMP]")
    assert (await client.line()).startswith(b"+OK")
    assert town.log.unhandled == ["unhandled-exception"]


async def test_uidl_names_stay_when_other_messages_go(town: Town) -> None:
    client = await Client(town).logged_in()
    await client.say(b"DELE 1\r\nQUIT\r\n")
    await client.rest()
    client = await Client(town).logged_in()
    await client.say(b"UIDL\r\n")
    assert (await client.until(b"\r\n.\r\n")).endswith(b"1 7.102\r\n2 7.103\r\n.\r\n")


async def test_commands_that_wait_are_bounded(town: Town) -> None:
    gate = asyncio.Event()

    async def never(ip: str, name: str, password: str) -> Any:
        await gate.wait()
        return town.directory.accounts[name]

    town.directory.authenticate = never  # type: ignore[method-assign] # a login that takes its time
    client = Client(town)
    await client.line()
    await client.say(LOGIN)
    await asyncio.sleep(0)
    assert client.wire.transport.reading
    await client.say(b"NOOP\r\n" * 20_000)
    assert not client.wire.transport.reading
    gate.set()
    for _ in range(20_001):
        await client.line()
    await client.line()
    assert client.wire.transport.reading


async def test_the_server_waits_for_the_command_in_hand(town: Town) -> None:
    gate = asyncio.Event()

    async def slow(ip: str, name: str, password: str) -> Any:
        await gate.wait()
        return town.directory.accounts[name]

    town.directory.authenticate = slow  # type: ignore[method-assign] # a login that takes its time
    client = Client(town)
    await client.line()
    await client.say(LOGIN)
    await asyncio.sleep(0)
    client.wire.connection.stopping()
    client.wire.connection.expire()  # nor is the client timed out: it is we who keep it waiting
    gate.set()
    got = (await client.rest()).split(b"\r\n")
    assert got[1].startswith(b"+OK 3")
    assert got[2].startswith(b"-ERR [SYS/TEMP]")
    assert town.mailboxes.held == set()


def b64(text: str) -> bytes:
    return base64.b64encode(text.encode())


async def test_scram_proves_the_client_without_a_password_on_the_wire(town: Town) -> None:
    for name, password, right in (("alice@example.test", "secret-1", True), ("alice@example.test", "wrong", False), ("nobody", "x", False)):
        client = Client(town)
        await client.line()
        side = scram.Client("SCRAM-SHA-256", name, password)
        await client.say(b"AUTH SCRAM-SHA-256\r\n")
        assert await client.line() == b"+ \r\n"
        await client.say(base64.b64encode(side.first()) + b"\r\n")
        challenge = base64.b64decode((await client.line()).removeprefix(b"+ "))
        await client.say(base64.b64encode(side.final(challenge)) + b"\r\n")
        answer = await client.line()
        if not right:
            assert answer.startswith(b"-ERR [AUTH]")
            continue
        side.finish(base64.b64decode(answer.removeprefix(b"+ ")))
        await client.say(b"\r\nSTAT\r\nQUIT\r\n")
        assert (await client.line()).startswith(b"+OK 3 messages")
        assert await client.line() == b"+OK 3 %d\r\n" % sum(map(len, MAIL))
        await client.rest()


async def test_a_password_is_never_logged(town: Town) -> None:
    client = await Client(town).logged_in()
    await client.say(b"QUIT\r\n")
    await client.rest()
    assert town.log.events == ["login"]
    assert "secret-1" not in repr(town.log.lines)


async def test_messages_removed_are_logged(town: Town) -> None:
    client = await Client(town).logged_in()
    await client.say(b"DELE 1\r\nDELE 2\r\nQUIT\r\n")
    await client.rest()
    assert town.log.lines[-1] == ("messages-removed", {"session": client.wire.connection.id, "messages": 2})


async def test_pythons_client_does_its_whole_round() -> None:
    """poplib over loopback: login, list, fetch, delete, quit."""
    import poplib

    town = Town()
    terms = terms_of(town)

    def work(port: int) -> tuple[Any, ...]:
        client = poplib.POP3("127.0.0.1", port, timeout=10)
        capabilities = client.capa()
        client.user("alice@example.test")
        client.pass_("secret-1")
        listing, names = client.list()[1], client.uidl()[1]
        mail = [b"".join(line + b"\r\n" for line in client.retr(number)[1]) for number in (1, 2, 3)]
        client.dele(2)
        client.quit()
        return capabilities, listing, names, mail

    async with SocketWire(terms, Clock()) as wire:
        port = wire._server.sockets[0].getsockname()[1]
        capabilities, listing, names, mail = await asyncio.to_thread(work, port)
    assert capabilities["SASL"] == ["SCRAM-SHA-256", "PLAIN", "LOGIN"]
    assert listing == [b"1 53", b"2 36", b"3 43"]
    assert names == [b"1 7.101", b"2 7.102", b"3 7.103"]
    assert mail == [MAIL[0], MAIL[1], MAIL[2] + b"\r\n"]
    assert list(town.inbox.mail) == [101, 103]
