"""Messages on their way out: what we write, our own server reads back; what could be two messages is never written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.smtp.core import Core
from postroom.formats.smtp.events import Chunk, End
from postroom.formats.smtpclient.octets import BareLineEnd, Chunks, Stuffing

LINES = st.lists(st.sampled_from([b"\r\n", b".", b"..", b"x", b".\r\n", b"..\r\n.\r\n", b"\xc3\xbc", b"From "]), max_size=30).map(b"".join)


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def stuffed(pieces: list[bytes]) -> bytes:
    writing = Stuffing()
    return b"".join([writing.feed(piece) for piece in pieces]) + writing.finish()


def taken(wire: bytes, *, chunks: bool) -> bytes:
    """What the server's core takes from it."""
    core, message, left = Core(), b"", 1
    if not chunks:
        core.expect_data()
    core.receive_data(wire)
    while left:
        event = core.next_event()
        if isinstance(event, Chunk):
            message += event.data
        elif isinstance(event, End):
            assert event.fault is None
            left -= event.last
        else:
            assert event is not None, "the message has no end"
    assert core.buffered == 0
    return message


@given(LINES, st.integers(1, 30))
def test_dots_are_stuffed_so_that_the_server_reads_the_message(message: bytes, size: int) -> None:
    wire = stuffed(cut(message, size))
    assert wire == stuffed([message])
    whole = message if not message or message.endswith(b"\r\n") else message + b"\r\n"
    assert taken(wire, chunks=False) == whole


@given(LINES, st.integers(1, 30))
def test_chunks_carry_the_message_as_it_is(message: bytes, size: int) -> None:
    writing, wire = Chunks(), b""
    pieces = cut(message, size)
    for piece in pieces[:-1]:
        wire += writing.feed(piece)
    wire += writing.finish(pieces[-1] if pieces else b"")
    whole = message if not message or message.endswith(b"\r\n") else message + b"\r\n"
    assert taken(wire, chunks=True) == whole


@pytest.mark.parametrize("message", [b"a\n", b"a\r", b"a\rb", b"a\n.\n", b"a\r\n.\n", b"a\n.\r\n", b"\r\r\n", b"\n\r", b"a\r.\r", b"\n"])
@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_a_bare_line_end_goes_nowhere(message: bytes, size: int) -> None:
    for writing in (Stuffing(), Chunks()):
        with pytest.raises(BareLineEnd):
            write(writing, cut(message, size))


def write(writing: Stuffing | Chunks, pieces: list[bytes]) -> None:
    for piece in pieces:
        assert b".\n" not in writing.feed(piece)
    writing.finish()


@given(st.lists(st.sampled_from([b"\r", b"\n", b".", b"x"]), max_size=12).map(b"".join), st.integers(1, 5))
def test_nothing_written_could_end_a_message_early_anywhere(message: bytes, size: int) -> None:
    """All permutations of CR, LF and dots: what goes out has one end, whatever the next server takes for a line end."""
    writing, wire = Stuffing(), b""
    try:
        for piece in cut(message, size):
            wire += writing.feed(piece)
        wire += writing.finish()
    except BareLineEnd:
        assert b"\r\n.\r\n" not in b"\r\n" + wire
        return
    loose = (b"\r\n" + wire).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    assert loose.find(b"\n.\n") == len(loose) - 3
