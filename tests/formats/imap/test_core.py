"""The core as a client's bytes drive it: each conversation is fed whole, then byte by byte, and must tell the same."""

import tracemalloc
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.flags import DRAFT, SEEN, Flags
from postroom.formats.imap.core import AFTER_LOGIN, BEFORE_LOGIN, Core, Limits
from postroom.formats.imap.events import Append, AppendEnd, BadCommand, Command, ContinuationNeeded, Event, Line, LiteralChunk

NO_COMMAND = "A command is a tag, a space and a name"
SMALL = Limits(line=60, literal=20, command=120, unasked=10)


def heard(pieces: Iterable[bytes], limits: Limits = AFTER_LOGIN, *, accept: bool = True) -> list[Event]:
    """All events, with the chunks of one message joined."""
    core, events = Core(limits), list[Event]()
    for piece in pieces:
        core.receive_data(piece)
        while (event := core.next_event()) is not None:
            if isinstance(event, Append):
                core.accept_literal() if accept else core.refuse_literal()
            if isinstance(event, LiteralChunk) and events and isinstance(events[-1], LiteralChunk):
                events[-1] = LiteralChunk(events[-1].data + event.data)
            else:
                events.append(event)
    return events


def assert_heard(data: bytes, expected: list[Event], limits: Limits = AFTER_LOGIN, *, accept: bool = True) -> None:
    assert heard([data], limits, accept=accept) == expected
    assert heard((data[at : at + 1] for at in range(len(data))), limits, accept=accept) == expected
    assert heard((data[at : at + 7] for at in range(0, len(data), 7)), limits, accept=accept) == expected


CONVERSATIONS: list[tuple[bytes, list[Event]]] = [
    (b"a1 NOOP\r\n", [Command(b"a1", "NOOP", b"")]),
    (b"a1 noop\n", [Command(b"a1", "NOOP", b"")]),
    (b"a1 NOOP\r\na2 LOGOUT\r\n", [Command(b"a1", "NOOP", b""), Command(b"a2", "LOGOUT", b"")]),
    (b"a1 uid Fetch 1:* (FLAGS)\r\n", [Command(b"a1", "UID FETCH", b"1:* (FLAGS)")]),
    (b"A]1 UID  EXPUNGE 5\r\n", [Command(b"A]1", "UID EXPUNGE", b"5")]),
    (b"\r\n", [BadCommand(b"*", NO_COMMAND)]),
    (b"a1\r\n", [BadCommand(b"*", NO_COMMAND)]),
    (b"a+1 NOOP\r\n", [BadCommand(b"*", NO_COMMAND)]),
    (b"a1 \x00\r\n", [BadCommand(b"a1", NO_COMMAND)]),
    (b"a1 LOGIN {1}\r\nu {2}\r\npw\r\n", [ContinuationNeeded(1), ContinuationNeeded(2), Command(b"a1", "LOGIN", b"{1}\r\nu {2}\r\npw")]),
    (b"a1 LOGIN {1+}\r\nu {2-}\r\npw\r\n", [Command(b"a1", "LOGIN", b"{1+}\r\nu {2-}\r\npw")]),
    (b"a1 LOGIN {0+}\r\n {4+}\r\n\r\n\r\n\r\n", [Command(b"a1", "LOGIN", b"{0+}\r\n {4+}\r\n\r\n\r\n")]),
    (b"{5}\r\na NOOP\r\n", [BadCommand(b"*", NO_COMMAND), Command(b"a", "NOOP", b"")]),
    (b"{5+}\r\na NOOP\r\n", [BadCommand(b"*", NO_COMMAND, fatal=True)]),
    (b"a1 LOGIN {999999}\r\na2 NOOP\r\n", [BadCommand(b"a1", "Literal too large"), Command(b"a2", "NOOP", b"")]),
    (b"a1 LOGIN {999999+}\r\na2 NOOP\r\n", [BadCommand(b"a1", "Literal too large", fatal=True)]),
    (b"a1 LOGIN {99999999999999999999}\r\n", [BadCommand(b"a1", "Literal too large")]),
    (b"a1 LOGIN {9999999999999999999999999999}\r\n", [Command(b"a1", "LOGIN", b"{9999999999999999999999999999}")]),
    (b"a1 LOGIN {9999999999999999999999999999+}\r\nb NOOP\r\n", [BadCommand(b"a1", "Literal too large", fatal=True)]),
    (
        b"a1 APPEND Sent (\\Seen) {6}\r\na\r\nb\r\n\r\na2 NOOP\r\n",
        [
            Append(b"a1", "Sent", Flags(SEEN), None, 6, synchronising=True),
            LiteralChunk(b"a\r\nb\r\n"),
            AppendEnd(b"a1"),
            Command(b"a2", "NOOP", b""),
        ],
    ),
    (
        b'a1 APPEND {4+}\r\nSent (\\Draft $X) "17-Jul-1996 02:44:25 -0700" {1+}\r\nx\r\n',
        [
            Append(b"a1", "Sent", Flags(DRAFT, frozenset({"$X"})), 837596665000000, 1, synchronising=False),
            LiteralChunk(b"x"),
            AppendEnd(b"a1"),
        ],
    ),
    (b"a1 APPEND INBOX {0+}\r\n\r\n", [Append(b"a1", "INBOX", Flags(), None, 0, synchronising=False), AppendEnd(b"a1")]),
    (b"a1 APPEND INBOX foo\r\n", [Command(b"a1", "APPEND", b"INBOX foo")]),
    (
        b"a1 APPEND INBOX (\\Recent) {3}\r\na2 NOOP\r\n",
        [BadCommand(b"a1", "No such flag can be set"), Command(b"a2", "NOOP", b"")],
    ),
    (b"a1 APPEND INBOX (\\Recent) {3+}\r\na2 NOOP\r\n", [BadCommand(b"a1", "No such flag can be set", fatal=True)]),
    (
        b"a1 APPEND INBOX {1+}\r\nx more\r\n",
        [
            Append(b"a1", "INBOX", Flags(), None, 1, synchronising=False),
            LiteralChunk(b"x"),
            BadCommand(b"a1", "Nothing may follow the message"),
        ],
    ),
    (
        b"a1 APPEND INBOX {1+}\r\nx {7+}\r\na NOOP\r\n",
        [
            Append(b"a1", "INBOX", Flags(), None, 1, synchronising=False),
            LiteralChunk(b"x"),
            BadCommand(b"a1", "One message at a time", fatal=True),
        ],
    ),
]


@pytest.mark.parametrize(("data", "expected"), CONVERSATIONS)
def test_a_conversation_is_heard_whole_and_byte_by_byte(data: bytes, expected: list[Event]) -> None:
    assert_heard(data, expected)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a1 NOOP " + b"x" * 50 + b"\r\n", [Command(b"a1", "NOOP", b"x" * 50)]),
        (b"a1 NOOP " + b"x" * 51 + b"\r\n", [BadCommand(b"a1", "Line too long")]),
        (b"a1 NOOP " + b"x" * 90 + b"\r\na2 NOOP\r\n", [BadCommand(b"a1", "Line too long"), Command(b"a2", "NOOP", b"")]),
        (b"a1 NOOP " + b"x" * 90 + b"{5}\r\na2 NOOP\r\n", [BadCommand(b"a1", "Line too long"), Command(b"a2", "NOOP", b"")]),
        (b"a1 NOOP " + b"x" * 90 + b"{5+}\r\na2 NOOP\r\n", [BadCommand(b"a1", "Line too long", fatal=True)]),
        (b"a1 NOOP " + b"x" * 110 + b"\r\n", [BadCommand(b"a1", "Line too long")]),
        (b"a1 NOOP " + b"x" * 111 + b"\r\n", [BadCommand(b"a1", "Line too long", fatal=True)]),
        (b"x" * 500, [BadCommand(b"*", "Line too long", fatal=True)]),
        (b"a1 LOGIN {20+}\r\n" + b"x" * 20 + b" y\r\n", [Command(b"a1", "LOGIN", b"{20+}\r\n" + b"x" * 20 + b" y")]),
        (b"a1 LOGIN {21}\r\na NOOP\r\n", [BadCommand(b"a1", "Literal too large"), Command(b"a", "NOOP", b"")]),
        (
            b"a1 LOGIN {20+}\r\n" + (b"x" * 20 + b" {20+}\r\n") * 9,
            [BadCommand(b"a1", "Literal too large", fatal=True)],
        ),
        (b"a1 LOGIN {1+}\r\nx" + b"y" * 100 + b"\r\n", [BadCommand(b"a1", "Line too long")]),
    ],
)
def test_limits_hold_to_the_byte(data: bytes, expected: list[Event]) -> None:
    assert_heard(data, expected, SMALL)


def test_a_refused_message_that_waits_is_never_sent() -> None:
    refused = Append(b"a1", "INBOX", Flags(), None, 50000000, synchronising=True)
    assert_heard(b"a1 APPEND INBOX {50000000}\r\na2 NOOP\r\n", [refused, Command(b"a2", "NOOP", b"")], accept=False)


def test_a_refused_message_that_comes_unasked_is_thrown_away() -> None:
    refused = Append(b"a1", "INBOX", Flags(), None, 8, synchronising=False)
    data = b"a1 APPEND INBOX {8+}\r\na3 NOOP\n\r\na2 NOOP\r\n"
    assert_heard(data, [refused, Command(b"a2", "NOOP", b"")], SMALL, accept=False)


def test_a_refused_message_that_is_large_and_comes_unasked_ends_the_connection() -> None:
    core = Core(SMALL)
    core.receive_data(b"a1 APPEND INBOX {11+}\r\na3 NOOP\r\n")
    assert isinstance(core.next_event(), Append)
    assert core.next_event() is None
    assert core.refuse_literal() is False
    assert core.ended
    core.receive_data(b"a4 NOOP\r\n")
    assert (core.next_event(), core.buffered) == (None, 0)


def test_a_line_that_is_expected_is_no_command() -> None:
    core = Core()
    core.receive_data(b"a1 IDLE\r\nDONE\r\na2 NOOP\r\n")
    assert core.next_event() == Command(b"a1", "IDLE", b"")
    core.expect_line()
    assert core.next_event() == Line(b"DONE")
    assert core.next_event() == Command(b"a2", "NOOP", b"")
    assert core.idle


def test_an_expected_line_has_a_length() -> None:
    core = Core(SMALL)
    core.receive_data(b"a1 AUTHENTICATE PLAIN\r\n")
    assert core.next_event() == Command(b"a1", "AUTHENTICATE", b"PLAIN")
    core.expect_line()
    core.receive_data(b"x" * 60)
    assert core.next_event() == BadCommand(b"*", "Line too long", fatal=True)


def test_what_came_before_tls_is_forgotten() -> None:
    core = Core()
    core.receive_data(b"a1 STARTTLS\r\na2 LOGIN evil evil\r\n")
    assert core.next_event() == Command(b"a1", "STARTTLS", b"")
    assert core.discard() == 20
    assert core.next_event() is None
    core.receive_data(b"a3 NOOP\r\n")
    assert core.next_event() == Command(b"a3", "NOOP", b"")


def test_before_login_an_absurd_literal_gets_no_plus() -> None:
    assert_heard(b"a1 LOGIN {4294967295}\r\n", [BadCommand(b"a1", "Literal too large")], BEFORE_LOGIN)
    refused = Append(b"a1", "INBOX", Flags(), None, 10, synchronising=False)
    assert_heard(b"a1 APPEND INBOX {10+}\r\n0123456789\r\na2 NOOP\r\n", [refused], BEFORE_LOGIN, accept=False)


def test_a_flood_of_empty_literals_is_cut_off() -> None:
    events = heard([b"a1 SEARCH " + b"{0+}\r\n" * 40_000])
    assert events == [BadCommand(b"a1", "Literal too large", fatal=True)]


def test_a_large_message_passes_through_without_being_kept() -> None:
    core = Core(AFTER_LOGIN)
    core.receive_data(b"a1 APPEND INBOX {20000000}\r\n")
    assert isinstance(core.next_event(), Append)
    core.accept_literal()
    block, length = b"x" * 100_000, 0
    tracemalloc.start()
    for _ in range(200):
        core.receive_data(block)
        while (event := core.next_event()) is not None:
            assert isinstance(event, LiteralChunk)
            length += len(event.data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert length == 20_000_000
    assert peak < 1_000_000
    core.receive_data(b"\r\n")
    assert core.next_event() == AppendEnd(b"a1")


@given(st.lists(st.sampled_from([b"a ", b"NOOP", b"\r\n", b"\n", b"{3}", b"{3+}", b"{9+}", b"APPEND x ", b"abc", b" ", b"y" * 30]), max_size=30))
def test_any_cut_of_any_bytes_tells_the_same(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    for accept in (True, False):
        whole = heard([data], SMALL, accept=accept)
        assert heard((data[at : at + 1] for at in range(len(data))), SMALL, accept=accept) == whole
        assert heard(pieces, SMALL, accept=accept) == whole
