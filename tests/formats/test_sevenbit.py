"""Messages made 7-bit: every part says the same afterwards, whatever it was and however it is cut."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.mime import Scanner, walk
from postroom.formats.mime.sevenbit import BASE64_LINE, LONG_LINE, Encoder, Fitness, LineEnds, Plan, Span, fit, lines, make_plan


def planned(message: bytes) -> Plan:
    scanner = Scanner()
    scanner.feed(message)
    return make_plan(scanner.finish(), lambda start, length: message[start : start + length], lambda part: not fit(message[part.body : part.end]))


def written(message: bytes, plan: Plan, size: int = 1 << 30) -> bytes:
    out = b""
    for span in plan:
        if isinstance(span, bytes):
            out += span
            continue
        encoder = Encoder(span)
        for at in range(span.start, span.end, size):
            out += encoder.feed(message[at : min(at + size, span.end)])
        out += encoder.feed(b"", final=True)
    return out


def contents(message: bytes) -> list[bytes]:
    """What each leaf of a message says, as others read it."""
    parsed = email.message_from_bytes(message, policy=email.policy.SMTP)
    return [bytes(part.get_payload(decode=True)) for part in parsed.walk() if not part.is_multipart()]


HEAD = b"From: a@example.test\r\nMIME-Version: 1.0\r\n"
MIXED = HEAD + (
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\nPreamble\r\n'
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nX-Kept: yes\r\n\r\n"
    b"Gr\xc3\xbc\xc3\x9fe aus K\xc3\xb6ln, wo alles sehr langsam ist\r\n"
    b"--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\n\r\n\x00\xff\n\r\r\n\x80\r\n"
    b"--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n"
    b"--b\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n\xf0\xf2\xe9\xf7\xe5\xf4\r\n"
    b"--b\r\nContent-Transfer-Encoding: base64\r\nContent-Type: image/png\r\n\r\niVBORw==\r\n"
    b"--b--\r\nEpilogue\r\n"
)


def test_only_the_leaves_that_need_it_are_changed() -> None:
    result = written(MIXED, planned(MIXED))
    assert result.isascii()
    assert contents(result) == contents(MIXED)
    assert result.count(b"Content-Transfer-Encoding: quoted-printable\r\n") == 1
    assert result.count(b"Content-Transfer-Encoding: base64\r\n") == 3
    for kept in (b"Preamble\r\n", b"X-Kept: yes\r\n", b"\r\n\r\nplain\r\n--b", b"iVBORw==\r\n--b--\r\nEpilogue\r\n"):
        assert kept in result
    assert planned(result) == ()


def test_what_is_fit_has_no_plan() -> None:
    assert planned(HEAD + b"\r\nhello\r\n") == ()


@pytest.mark.parametrize(
    "message",
    [
        HEAD + b"Content-Type: text/plain\r\n\r\n" + b"x" * 2000 + b"\r\n",
        HEAD + b"Content-Type: text/plain\r\n\r\nnul\x00\r\n",
        b"From: a@example.test\r\n\r\nGr\xc3\xbc\xc3\x9fe\r\n",
        b"From: a@example.test\r\n\r\nGr\xfc\xdfe aus der Ferne an alle Leute\r\n",
        b"\r\nno header \xc3\xbc\r\n",
        HEAD + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        b"trailing \t\r\n\xc3\xbc and more of the plain text \r\n.\r\n..\r\nFrom me \r\n",
        HEAD + b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSubject: inner\r\n\r\nGr\xc3\xbc\xc3\x9fe aus dem Innern\r\n",
        HEAD + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xc3\xbc no line end but some more letters",
    ],
    ids=["long line", "NUL", "undeclared UTF-8", "undeclared else", "no header", "white space and dots", "a message within", "no last line end"],
)
@pytest.mark.parametrize("size", [1, 7, 1 << 30])
def test_every_kind_of_message_says_the_same_afterwards(message: bytes, size: int) -> None:
    result = written(message, planned(message), size)
    assert fit(result)
    assert [content.removesuffix(b"\r\n") for content in contents(result)] == [content.removesuffix(b"\r\n") for content in contents(message)]


def test_undeclared_text_gets_the_fields_that_it_lacks() -> None:
    result = written(message := b"From: a@example.test\r\n\r\nGr\xc3\xbc\xc3\x9fe, lange nicht gesehen\r\n", planned(message))
    assert result.startswith(
        b"From: a@example.test\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    result = written(message := b"From: a@example.test\r\n\r\nGr\xfc\xdfe, lange nicht gesehen\r\n", planned(message))
    assert b"charset=unknown-8bit" in result


@pytest.mark.parametrize("kind", [b"multipart/signed", b"multipart/encrypted"])
def test_what_is_signed_within_is_left_alone(kind: bytes) -> None:
    """RFC 1847 section 2.1: nobody on the way may touch it."""
    message = HEAD + b'Content-Type: %b; boundary="b"\r\n\r\n--b\r\n\r\nGr\xc3\xbc\xc3\x9fe\r\n--b\r\n\r\nsignature\r\n--b--\r\n' % kind
    assert planned(message) == ()


@pytest.mark.parametrize(
    "message",
    [
        HEAD + b"Content-Type: multipart/mixed\r\n\r\nno boundary \xc3\xbc\r\n",
        HEAD + b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; \xc3\xbc\r\n",
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\npreamble alone \xc3\xbc\r\n',
    ],
)
def test_what_may_not_be_encoded_stays(message: bytes) -> None:
    """RFC 2045 section 6.4."""
    assert planned(message) == ()


def test_a_thousand_parts_and_more_are_bounded() -> None:
    message = HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\n\xc3\xbc or something like it\r\n" * 3000 + b"--b--\r\n"
    result = written(message, plan := planned(message))
    assert len(plan) <= 3 * 1000
    scanner = Scanner()
    scanner.feed(result)
    assert sum(1 for _ in walk(scanner.finish())) == 1000


@given(st.binary(max_size=300), st.integers(1, 100), st.sampled_from(["quoted-printable", "base64"]))
def test_an_encoder_can_be_undone(data: bytes, size: int, encoding: str) -> None:
    raw = encoding == "base64"
    result = written(data, (Span(0, len(data), encoding, raw=raw),), size)
    message = EmailMessage()
    message["Content-Transfer-Encoding"] = encoding
    message.set_payload(result.decode("ascii"))
    assert message.get_payload(decode=True) == (data if raw else lines(data))
    assert all(len(line) <= 76 for line in result.split(b"\r\n"))
    assert b"\n" not in result.replace(b"\r\n", b"")


def test_a_line_without_end_is_encoded_as_it_comes() -> None:
    encoder, written_, longest = Encoder(Span(0, 0, "quoted-printable")), 0, 0
    for _ in range(100):
        written_ += len(encoder.feed(b"x" * 10_000))
        longest = max(longest, len(encoder._held))
    assert longest <= LONG_LINE + 10_000
    assert written_ > 900_000


@given(st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"x"]), max_size=20).map(b"".join), st.integers(1, 5))
def test_line_ends_become_pairs_however_they_are_cut(data: bytes, size: int) -> None:
    mending = LineEnds()
    result = b"".join([mending.feed(data[at : at + size]) for at in range(0, len(data), size)]) + mending.feed(b"", final=True)
    assert result == lines(data)
    assert result.count(b"\r\n") == result.count(b"\n") == result.count(b"\r")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", True),
        (b"a\r\n", True),
        (b"a", True),
        (b"x" * 998 + b"\r\n", True),
        (b"x" * 998, True),
        (b"x" * 999 + b"\r\n", False),
        (b"x" * 999, False),
        ((b"x" * 998 + b"\r\n") * 3, True),
        (b"a\r\n" + b"x" * 999, False),
        (b"\xc3\xbc\r\n", False),
        (b"\x00\r\n", False),
        (b"a\n", False),
        (b"a\r", False),
        (b"\n\r", False),
    ],
)
def test_what_is_fit_for_7_bits(data: bytes, expected: bool) -> None:
    assert fit(data) is expected


@given(st.lists(st.sampled_from([b"\r\n", b"x", b"x" * 600, b"\xff", b"\n", b"\r"]), max_size=20).map(b"".join), st.integers(1, 700))
def test_fitness_is_seen_however_a_message_is_cut(data: bytes, size: int) -> None:
    fitness = Fitness()
    for at in range(0, len(data), size):
        fitness.feed(data[at : at + size])
    if not fit(data.removesuffix(b"\r")):
        assert fitness.stretches
    elif b"\r" not in data[-1:]:
        assert not fitness.stretches


def test_base64_lines_are_full() -> None:
    assert 4 * BASE64_LINE // 3 == 76
