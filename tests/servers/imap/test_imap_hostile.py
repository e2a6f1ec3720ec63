"""Whatever comes, the session answers or closes, and no exception goes unseen: command lines put together from words at random."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from imaphouse import MemoryWire, Place, placed
from postroom.servers.imap.commands import COMMANDS

WORDS = (
    "1 2 * 1:* 2,4:7 0 4294967295 4294967296 18446744073709551616 1:2:3 FLAGS BODY[] BODY.PEEK[1.2] BODY[HEADER.FIELDS (From To)] RFC822 "
    "ENVELOPE ALL FAST "
    "(UID FLAGS) BODY[TEXT]<0.5> BODYSTRUCTURE MODSEQ (CHANGEDSINCE 1) +FLAGS -FLAGS.SILENT FLAGS (\\Seen) (\\Deleted $Odd) (UNCHANGEDSINCE 5) "
    'INBOX inbox Archive Trash new/deep/name "quoted \\" name" "" "*" % nowhere '
    "(SUBSCRIBED) RETURN (STATUS (MESSAGES SIZE)) (MESSAGES UNSEEN DELETED-STORAGE) "
    "(DATE) (REVERSE SUBJECT FROM) UTF-8 US-ASCII X-ODD ALL NOT OR SEEN "
    "FROM alice TEXT green SINCE 1-Feb-2020 REFERENCES ORDEREDSUBJECT "
    "UID 2:* LARGER 10 KEYWORD $Odd RETURN (MIN COUNT) ( ) (( )) NIL {0+}\r\n {3+}\r\nabc {9999999} CONDSTORE (USE (\\Junk)) \\Seen \x00 \xff \x80"
).split(" ")


SETS = ("1", "2", "*", "1:*", "2,4:7", "4294967295")
NAMES = ("INBOX", "Archive", "new/deep/name", "new", "nowhere", '""', "{5+}\r\nTrash")
KEYS = (
    "ALL",
    "NOT SEEN",
    "OR FROM alice TEXT green",
    "2:*",
    "UID 1:3",
    "SINCE 1-Feb-2020",
    "KEYWORD $Odd",
    "MODSEQ 5",
    "(LARGER 10 RECENT)",
    "BODY {2+}\r\n\xfc\xdf",
)
ITEMS = (
    "FLAGS",
    "ALL",
    "(UID MODSEQ)",
    "BODY[]",
    "BODY.PEEK[1.2]<0.5>",
    "BODY[HEADER.FIELDS (From To)]",
    "(BODY BODYSTRUCTURE)",
    "FLAGS (CHANGEDSINCE 3)",
)
LISTED = ('"" *', '"" %/%', '(SUBSCRIBED RECURSIVEMATCH) "" (% new)', '"" * RETURN (STATUS (MESSAGES SIZE))', '(SPECIAL-USE) "" *')
FITTING = {
    "FETCH": (SETS, ITEMS),
    "STORE": (SETS, ("+FLAGS (\\Seen)", "-FLAGS.SILENT ($Odd)", "FLAGS (\\Deleted $Odd)", "(UNCHANGEDSINCE 9) +FLAGS ($Odd)")),
    "SEARCH": (("", "RETURN (MIN COUNT)", "CHARSET UTF-8", "CHARSET ISO-8859-1"), KEYS),
    "SORT": (("(DATE)", "(REVERSE SUBJECT FROM)", "(SIZE ARRIVAL)"), ("UTF-8", "US-ASCII"), KEYS),
    "THREAD": (("REFERENCES", "ORDEREDSUBJECT"), ("UTF-8",), KEYS),
    "COPY": (SETS, NAMES),
    "MOVE": (SETS, NAMES),
    "UID EXPUNGE": (SETS,),
    "LIST": (LISTED,),
    "LSUB": (('"" *', '"" %', "new %"),),
    "STATUS": (NAMES, ("(MESSAGES UNSEEN)", "(SIZE DELETED DELETED-STORAGE HIGHESTMODSEQ)")),
    "RENAME": (NAMES, NAMES),
    "APPEND": (NAMES, ("", "(\\Seen)"), ("{3+}\r\nabc", "{3}", "{0+}\r\n")),
    "ENABLE": (("CONDSTORE", "X"),),
    "ID": (("NIL", '("name" "x")'),),
    "GETQUOTA": (('""', "x"),),
    **dict.fromkeys(("CREATE", "DELETE", "SELECT", "EXAMINE", "SUBSCRIBE", "UNSUBSCRIBE", "GETQUOTAROOT"), (NAMES,)),
}
"""Arguments that a command may have, place by place: half of what is said makes sense."""


def line(chance: random.Random, number: int) -> bytes:
    name = chance.choice(sorted(set(COMMANDS) - {"LOGOUT", "STARTTLS", "LOGIN", "AUTHENTICATE", "IDLE"}))
    words = [chance.choice(WORDS) for _ in range(chance.randint(0, 4))]
    if chance.random() < 0.7:
        words = [chance.choice(pool) for pool in FITTING.get(name, FITTING.get(name.removeprefix("UID "), ()))]
    return " ".join([f"t{number}", name, *(word for word in words if word)]).encode("latin-1") + b"\r\n"


async def answered(wire: MemoryWire, tag: bytes) -> bool:
    """Wait for a command's end; False once the session is over. A `+` is answered with nonsense."""
    heard = b""
    while b"\r\n" + tag not in b"\r\n" + heard and b"\r\n* BAD" not in b"\r\n" + heard:
        if heard.startswith(b"+ ") or b"\r\n+ " in heard:
            await wire.send(b"x" * 100 + b"\r\n")
            heard = b""
        data = await asyncio.wait_for(wire.receive(), 10)
        if not data:
            return False
        heard = heard[-1000:] + data
    return True


async def open_session(place: Place) -> MemoryWire:
    wire = MemoryWire(place)
    await wire.receive()
    await wire.send(b"t LOGIN alice secret-1\r\n")
    await answered(wire, b"t ")
    await wire.send(b"t SELECT INBOX\r\n")
    await answered(wire, b"t ")
    return wire


@pytest.mark.parametrize("seed", range(3))
async def test_any_words_get_an_answer(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    async with placed(tmp_path, {"mail": "apple reply parts eight-bit nul", "rule.bad_commands": "0"}) as place:
        wire = await open_session(place)
        for number in range(200):
            await wire.send(line(chance, number))
            if not await answered(wire, b"t%d " % number) or wire.connection.closed:
                wire = await open_session(place)
            elif chance.random() < 0.05:
                await wire.send(b"s SELECT INBOX\r\n")
                await answered(wire, b"s ")
            while not wire.connection.output.empty():
                wire.connection.output.get_nowait()
        wire.connection.close()
        await asyncio.sleep(0)
        place.ends_well()


@pytest.mark.parametrize("seed", range(3))
async def test_any_bytes_get_an_answer_or_the_end(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    async with placed(tmp_path) as place:
        for _ in range(100):
            wire = MemoryWire(place)
            for _ in range(20):
                await wire.send(chance.randbytes(chance.randint(1, 200)) + chance.choice((b"", b"\r\n", b"\n", b"{5+}\r\n")))
            wire.connection.close()
            await asyncio.sleep(0)
        place.ends_well()
