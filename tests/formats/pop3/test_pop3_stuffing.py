"""Messages on the wire: dots doubled and undone, ends found, beginnings cut, however the pieces fall."""

from __future__ import annotations

import poplib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.pop3 import Reply, Stuffing, Top

MESSAGES = [
    (b"", b".\r\n"),
    (b"A: b\r\n\r\nc\r\n", b"A: b\r\n\r\nc\r\n.\r\n"),
    (b".\r\n", b"..\r\n.\r\n"),
    (b"a\r\n.\r\n..\r\n.b\r\n", b"a\r\n..\r\n...\r\n..b\r\n.\r\n"),
    (b"a", b"a\r\n.\r\n"),
    (b"a\r", b"a\r\r\n.\r\n"),
    (b"a\n", b"a\n\r\n.\r\n"),
    (b"a\n.\nb\r\n", b"a\n..\nb\r\n.\r\n"),  # a bare LF is a line end to many clients
    (b"a\r.\r\n", b"a\r.\r\n.\r\n"),
    (b"a\0.\r\n", b"a\0.\r\n.\r\n"),
]


def stuffed(pieces: list[bytes]) -> bytes:
    stuffing = Stuffing()
    return b"".join([*map(stuffing.stuff, pieces), stuffing.finish()])


def singly(data: bytes) -> list[bytes]:
    return [data[at : at + 1] for at in range(len(data))]


@pytest.mark.parametrize(("message", "wire"), MESSAGES)
def test_a_message_is_stuffed_whole_and_byte_by_byte(message: bytes, wire: bytes) -> None:
    assert stuffed([message]) == wire
    assert stuffed(singly(message)) == wire


scraps = st.lists(st.sampled_from([b".", b"\r\n", b"\n", b"\r", b"a", b"..", b"\r\n.\r\n", b"\0"]), max_size=40)


@given(st.lists(st.sampled_from([b".", b"\r\n", b"\r", b"a", b"..", b"\r\n.\r\n", b"\0"]), max_size=40))
def test_a_client_reads_what_was_stored(pieces: list[bytes]) -> None:
    message, wire = b"".join(pieces), stuffed(pieces)
    lines = wire.split(b"\r\n")
    assert lines[-2:] == [b".", b""]
    assert b"." not in lines[:-2]
    read = b"".join(line.removeprefix(b".") + b"\r\n" for line in lines[:-2])
    assert read == message + (b"" if message.endswith(b"\r\n") or not message else b"\r\n")


@given(scraps)
def test_no_message_ends_its_answer_early_for_a_client_that_reads_by_lf(pieces: list[bytes]) -> None:
    lines = stuffed(pieces).split(b"\n")
    assert [line.rstrip(b"\r") == b"." for line in lines] == [False] * (len(lines) - 2) + [True, False]


@given(scraps, scraps)
def test_pieces_make_no_difference(first: list[bytes], second: list[bytes]) -> None:
    assert stuffed([b"".join(first), b"".join(second)]) == stuffed([b"".join(first + second)])


class Reader(poplib.POP3):
    """The client of Python's standard library, reading from memory."""

    def __init__(self, wire: bytes) -> None:
        import io

        self.file = io.BytesIO(wire)
        self._debugging = 0


@given(st.lists(st.sampled_from([b"", b".", b"..", b"a", b".a"]), max_size=20))
def test_pythons_client_reads_what_was_stored(lines: list[bytes]) -> None:
    message = b"".join(line + b"\r\n" for line in lines)
    _, read, _ = Reader(b"+OK\r\n" + stuffed([message]))._getlongresp()  # type: ignore[attr-defined]  # typeshed leaves poplib's inner methods out
    assert read == lines


BEGINNINGS = [
    (b"A: b\r\n\r\none\r\ntwo\r\n", 0, b"A: b\r\n\r\n"),
    (b"A: b\r\n\r\none\r\ntwo\r\n", 1, b"A: b\r\n\r\none\r\n"),
    (b"A: b\r\n\r\none\r\ntwo\r\n", 2, b"A: b\r\n\r\none\r\ntwo\r\n"),
    (b"A: b\r\n\r\none\r\ntwo\r\n", 1000, b"A: b\r\n\r\none\r\ntwo\r\n"),
    (b"A: b\r\n\r\none", 1, b"A: b\r\n\r\none"),
    (b"A: b\r\n", 5, b"A: b\r\n"),  # a header alone
    (b"", 5, b""),
    (b"\r\nbody\r\nmore\r\n", 1, b"\r\nbody\r\n"),  # no header
    (b"A: b\n\nbody\nmore\n", 1, b"A: b\n\nbody\n"),
    (b"A: b\r\n \r\nC: d\r\n\r\nbody\r\n", 0, b"A: b\r\n \r\nC: d\r\n\r\n"),
]


def beginning(pieces: list[bytes], lines: int) -> bytes:
    top = Top(lines)
    got = []
    for piece in pieces:
        if top.done:
            break
        got.append(top.take(piece))
    return b"".join(got)


@pytest.mark.parametrize(("message", "lines", "wanted"), BEGINNINGS)
def test_top_gives_the_header_and_so_many_lines(message: bytes, lines: int, wanted: bytes) -> None:
    assert beginning([message], lines) == wanted
    assert beginning(singly(message), lines) == wanted


@given(scraps, st.integers(0, 5))
def test_top_does_not_mind_how_the_pieces_fall(pieces: list[bytes], lines: int) -> None:
    assert beginning(pieces, lines) == beginning([b"".join(pieces)], lines)


def test_top_is_done_as_soon_as_it_has_its_lines() -> None:
    top = Top(0)
    top.take(b"A: b\r\n\r\n")
    assert top.done
    top = Top(1)
    top.take(b"A: b\r\n\r\none")
    assert not top.done
    top.take(b"\r\n")
    assert top.done


def test_a_reply_is_one_line_whatever_is_put_into_it() -> None:
    assert Reply.ok("yes").wire == b"+OK yes\r\n"
    assert Reply.err("no", "SYS/TEMP").wire == b"-ERR [SYS/TEMP] no\r\n"
    assert Reply.err("a\r\n+OK forged \0 ü").wire == b"-ERR a??+OK forged ? ?\r\n"
    assert len(Reply.err("x" * 1000, "SYS/TEMP").wire) <= 512
    assert str(Reply.ok("first", ["second"])) == "+OK first"


def test_a_reply_of_many_lines_ends_with_a_dot() -> None:
    assert Reply.ok("list", ["one", ".two", "th\r\n.\r\nree"]).wire == b"+OK list\r\none\r\n..two\r\nth??.??ree\r\n.\r\n"
    assert Reply.ok("list", []).wire == b"+OK list\r\n.\r\n"
