"""Replies as servers send them, and as they should not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats import smtp
from postroom.formats.smtpclient.reply import LINE_OCTETS, LINES, Garbled, Replies, Reply

READ = [
    (b"250 ok\r\n", [Reply(250, (b"ok",))]),
    (b"250\r\n", [Reply(250, (b"",))]),
    (b"250 \r\n", [Reply(250, (b"",))]),
    (b"250 bare line end\n", [Reply(250, (b"bare line end",))]),
    (b"250-one\r\n250-two\r\n250 three\r\n", [Reply(250, (b"one", b"two", b"three"))]),
    (b"250-one\r\n250\r\n", [Reply(250, (b"one", b""))]),
    (b"250 a\r\n550 b\r\n354 c\r\n", [Reply(250, (b"a",)), Reply(550, (b"b",)), Reply(354, (b"c",))]),
    (b"421 4.3.2 \xff\x00\r\n", [Reply(421, (b"4.3.2 \xff\x00",))]),
]


def read(pieces: list[bytes]) -> list[Reply]:
    replies, found = Replies(), []
    for piece in pieces:
        replies.feed(piece)
        while (reply := replies.next()) is not None:
            found.append(reply)
    return found


@pytest.mark.parametrize(("data", "expected"), READ)
def test_replies_are_read_whole_and_byte_by_byte(data: bytes, expected: list[Reply]) -> None:
    assert read([data]) == expected
    assert read([data[at : at + 1] for at in range(len(data))]) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"hello\r\n", "no SMTP reply"),
        (b"HTTP/1.1 200 OK\r\n", "no SMTP reply"),
        (b"\r\n", "no SMTP reply"),
        (b"199 no\r\n", "no SMTP reply"),
        (b"600 no\r\n", "no SMTP reply"),
        (b"2500 no\r\n", "no SMTP reply"),
        (b"250_no\r\n", "no SMTP reply"),
        (b"\x00250 ok\r\n", "no SMTP reply"),
        (b"250-one\r\n251 two\r\n", "two codes"),
        (b"2" * (LINE_OCTETS + 1), "line without end"),
        (b"250 " + b"x" * LINE_OCTETS + b"\r\n", "line without end"),
        (b"250-more\r\n" * (LINES + 1), "without end"),
        (b"250-" + b"x" * 4000 + b"\r\n250-" + b"x" * 4000 + b"\r\n" + b"".join([b"250-" + b"x" * 4000 + b"\r\n"] * 20), "without end"),
    ],
)
def test_what_is_no_reply_ends_the_reading(data: bytes, reason: str) -> None:
    with pytest.raises(Garbled, match=reason):
        read([data])
    with pytest.raises(Garbled, match=reason):
        read([data[at : at + 1] for at in range(len(data))])


@pytest.mark.parametrize(
    ("reply", "enhanced", "text"),
    [
        (Reply(250, (b"2.1.5 Ok",)), "2.1.5", "Ok"),
        (Reply(550, (b"5.1.1 no", b"5.1.1 such user")), "5.1.1", "no such user"),
        (Reply(550, (b"no enhanced",)), "5.0.0", "no enhanced"),
        (Reply(450, (b"5.1.1 of another class",)), "4.0.0", "of another class"),
        (Reply(354, (b"go",)), "", "go"),
        (Reply(550, ()), "5.0.0", ""),
        (Reply(550, (b"5.01.001 x",)), "5.1.1", "x"),
        (Reply(554, (b"\x1b[31mred\x07\r250 2.0.0 forged",)), "5.0.0", "?[31mred??250 2.0.0 forged"),
        (Reply(554, ("Über".encode(), b"\xff")), "5.0.0", "Über ?"),
        (Reply(554, (b"x" * 4000,)), "5.0.0", "x" * 1000),
    ],
)
def test_a_reply_says_its_code_and_its_words_safely(reply: Reply, enhanced: str, text: str) -> None:
    assert reply.enhanced == enhanced
    assert reply.text == text


@given(
    st.integers(200, 599),
    st.sampled_from(["", "2.1.0", "5.7.1", "4.2.2"]),
    st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60), min_size=1, max_size=6),
    st.integers(1, 40),
)
def test_what_our_server_writes_our_client_reads(code: int, enhanced: str, lines: list[str], size: int) -> None:
    wire = smtp.Reply.of(code, enhanced, *lines).wire
    [reply] = read([wire[at : at + size] for at in range(0, len(wire), size)])
    mark = f"{enhanced} " if enhanced else ""
    assert reply == Reply(code, tuple(f"{mark}{line}".encode() for line in lines))


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_nothing_that_a_server_sends_breaks_the_reader(pieces: list[bytes]) -> None:
    try:
        for reply in read(pieces):
            assert reply.text.isprintable()
            assert "\n" not in str(reply)
    except Garbled as error:
        assert str(error).isprintable()  # noqa: PT017 - it need not be raised
