"""Throw broken commands at the IMAP parsers: `python fuzz/imap.py --runs 20000 --seed 1`. The same seed makes the same run.

Each run mutates a few commands and feeds them to the core whole and in random cuts. It stops with the input shown when the two tell
different events, when a parser raises anything but CommandRefused, when something read is not written as it was read, or when memory
outgrows the limits.
"""

import random
from collections.abc import Callable
from contextlib import suppress

from fuzzing import fuzz
from postroom.formats.imap import authenticate, copy, create, enable, fetch, id, mailbox, quota, search, select, sort, status, store, thread  # noqa: A004 - IMAP's own words
from postroom.formats.imap import list as list_
from postroom.formats.imap.core import AFTER_LOGIN, BEFORE_LOGIN, Core, Limits
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.events import Append, Command, Event, LiteralChunk
from postroom.formats.imap.fields import header_fields
from postroom.formats.imap.pattern import matcher
from postroom.formats.imap.sequence import SequenceSet
from postroom.formats.imap.subject import base_subject
from postroom.formats.imap.utf7 import decode_mailbox, encode_mailbox

PARSERS: dict[str, Callable[[bytes], object]] = {
    "AUTHENTICATE": authenticate.parse_authenticate,
    "COPY": copy.parse_copy,
    "CREATE": create.parse_create,
    "DELETE": mailbox.parse_mailbox,
    "ENABLE": enable.parse_enable,
    "FETCH": fetch.parse_fetch,
    "GETQUOTA": quota.parse_getquota,
    "ID": id.parse_id,
    "LIST": list_.parse_list,
    "LOGIN": authenticate.parse_login,
    "LSUB": list_.parse_lsub,
    "NOOP": mailbox.parse_nothing,
    "RENAME": mailbox.parse_rename,
    "SEARCH": search.parse_search,
    "SELECT": select.parse_select,
    "SETQUOTA": quota.parse_setquota,
    "SORT": sort.parse_sort,
    "STATUS": status.parse_status,
    "STORE": store.parse_store,
    "THREAD": thread.parse_thread,
    "UID EXPUNGE": mailbox.parse_uid_expunge,
    "UID FETCH": fetch.parse_fetch,
}
SEEDS = (
    b"a NOOP\r\n",
    b"a LOGIN {5}\r\nalice {3+}\r\npwd\r\n",
    b"a AUTHENTICATE PLAIN AGEAYg==\r\n",
    b'a ID ("name" "x" "version" NIL)\r\n',
    b"a ENABLE CONDSTORE\r\n",
    b"a SELECT INBOX (CONDSTORE)\r\n",
    b"a CREATE Entw&APw-rfe (USE (\\Drafts))\r\n",
    b"a RENAME {3+}\r\na b {1}\r\nc\r\n",
    b'a LIST (SUBSCRIBED RECURSIVEMATCH) "" ("%" "a*") RETURN (CHILDREN STATUS (MESSAGES SIZE))\r\n',
    b'a LSUB "" "*"\r\n',
    b"a STATUS INBOX (MESSAGES UIDNEXT HIGHESTMODSEQ)\r\n",
    b'a APPEND {5}\r\nINBOX (\\Seen $X) "17-Jul-1996 02:44:25 -0700" {4+}\r\na\r\nb\r\n',
    b"a APPEND INBOX {11}\r\nFrom: a\r\n\r\n\r\n",
    b"a UID FETCH 1:5,7,9:* (UID FLAGS BODY.PEEK[1.2.HEADER.FIELDS (From {2}\r\nTo)]<0.100>) (CHANGEDSINCE 12)\r\n",
    b"a FETCH * ALL\r\n",
    b"a STORE 1:3 (UNCHANGEDSINCE 5) +FLAGS.SILENT (\\Deleted $Junk)\r\n",
    b"a COPY 2:4 Sent\r\na UID EXPUNGE 3:*\r\n",
    b'a SEARCH RETURN (MIN ALL) CHARSET UTF-8 OR (FROM "a" NOT SEEN) UID 1:* SINCE 1-Feb-1994 MODSEQ "/flags/x" all 5\r\n',
    b"a SORT (REVERSE DATE SUBJECT) UTF-8 HEADER X-Y {2+}\r\n\xc3\xa9 OLDER 60\r\n",
    b"a THREAD REFERENCES UTF-8 KEYWORD x LARGER 5\r\n",
    b'a SETQUOTA "" (STORAGE 512)\r\na GETQUOTA ""\r\n',
)
WORDS = (
    *(b'"', b"\\", b"(", b")", b"{", b"}", b"{3+}\r\n", b"{0}\r\n", b"{99999999}\r\n", b"[", b"]", b"<", b" ", b"*", b"%", b":", b","),
    *(b"\r\n", b"\r", b"\n", b"\0", b"\xff", b"&", b"&AOk-", b"NIL", b"0", b"4294967296", b"NOT ", b"OR ", b"((((", b"a" * 300),
)
TIGHT = Limits(line=200, literal=30, command=400, unasked=5)


def mutated(chance: random.Random) -> bytes:
    """Make some commands, a few places of which are cut, doubled, changed or stuffed."""
    data = bytearray(b"".join(chance.choices(SEEDS, k=chance.randint(1, 3))))
    for _ in range(chance.choice((0, 1, 1, 2, 3, 8))):
        at = chance.randrange(len(data) + 1)
        end = min(at + chance.choice((0, 0, 1, 2, 10)), len(data))
        data[at:end] = chance.choice((chance.choice(WORDS), bytes([chance.randrange(256)]), bytes(data[at:end]) * 2))
    return bytes(data)


def heard(pieces: list[bytes], limits: Limits, *, accept: bool) -> list[Event]:
    """Feed a core and give its events, messages joined."""
    core, events = Core(limits), list[Event]()
    for piece in pieces:
        core.receive_data(piece)
        while (event := core.next_event()) is not None:
            if isinstance(event, Append):
                core.accept_literal() if accept else core.refuse_literal()
            if isinstance(event, LiteralChunk) and events and isinstance(events[-1], LiteralChunk):
                event = LiteralChunk(events.pop().data + event.data)  # type: ignore[union-attr]  # the line above has looked
            events.append(event)
        assert core.buffered <= max(limits.line, limits.literal), "the core keeps more than its limits"
    return events


def cut(data: bytes, chance: random.Random) -> list[bytes]:
    """Cut the data into random pieces."""
    places = sorted(chance.choices(range(len(data) + 1), k=chance.randint(0, 8)))
    return [data[start:end] for start, end in zip([0, *places], [*places, len(data)], strict=True)]


def judge(data: bytes, chance: random.Random) -> None:
    """Check one input; AssertionError, or whatever a parser should not have raised."""
    limits, accept = chance.choice((BEFORE_LOGIN, AFTER_LOGIN, TIGHT)), chance.random() < 0.7
    events = heard([data], limits, accept=accept)
    assert heard(cut(data, chance), limits, accept=accept) == events, "cut in pieces it tells something else"
    for event in events:
        if isinstance(event, Command) and event.name in PARSERS:
            with suppress(CommandRefused):
                PARSERS[event.name](event.arguments)
    piece = data[chance.randrange(len(data) + 1) :][:60]
    judge_pairs(piece)


def judge_pairs(piece: bytes) -> None:
    """Check that what is read from these bytes is written as it was read, and that the other readers bear them."""
    with suppress(ValueError):
        assert encode_mailbox(decode_mailbox(piece)) == piece, "a mailbox name has two forms"
    with suppress(CommandRefused):
        numbers = SequenceSet.parse(piece)
        assert SequenceSet.parse(numbers.serialise()) == numbers, "a sequence set has two meanings"
    text = piece.decode("latin-1")
    assert base_subject("Re: " + base_subject(text)[0])[1]
    assert matcher("*" + text.replace("%", "*"), "/")(text.replace("%", "")) or "*" in text or "INBOX" in text.upper() or "%" in text
    assert header_fields(piece, (b"a",)).endswith(b"\r\n")


def check(dice: random.Random) -> None:
    """Check one input; it is shown where it breaks a rule."""
    data = mutated(dice)
    try:
        judge(data, dice)
    except Exception as error:
        error.add_note(repr(data))
        raise


if __name__ == "__main__":
    fuzz(check)
