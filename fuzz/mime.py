"""Throw broken messages at the MIME scanner: `python fuzz/mime.py --runs 2000 --seed 1`. The same seed makes the same run.

Each run builds or mutates a message, scans it whole and in random cuts, and renders it. It stops with the message shown when the two
structures differ, when parts don't lie within each other or outgrow the limits, when a section is not where the structure says, when what is
rendered for IMAP is not well formed, when anything raises, or when a message takes longer than its size allows.
"""

import random
import re
import time
from collections.abc import Iterator
from contextlib import suppress

from fuzzing import fuzz
from postroom.formats.address import AddressError
from postroom.formats.addresslist import addresses, parse_list
from postroom.formats.dates import parse_date
from postroom.formats.headers import build, header_end, insert, parse, remove
from postroom.formats.mime import FIELDS, Limits, Part, Rendered, Scanner, body, encoding_of, locate, scan, select, walk

PIECES = [
    b"\r\n", b"\n", b"\r", b"\r\n\r\n", b"\n\n", b"--", b"--b", b"--b--", b"--bc", b"\r\n--b\r\n", b"\n--b\n", b"\r\n--bc\r\n", b"\r\n--b--\r\n",
    b"\r\n--bc--\r\n", b"Content-Type: multipart/mixed; boundary=b\r\n", b'Content-Type: multipart/digest;\r\n boundary="bc"\r\n',
    b"Content-Type: message/rfc822\r\n", b"Content-Type: text/html; charset=utf-8\r\n", b"Content-Type: text/plain; charset=utf-7\r\n",
    b"Content-Type: application/x; name*0*=utf-8''%C3; name*1=b\r\n", b"Content-Transfer-Encoding: base64\r\n", b"Content-ID: <\xe4@\0>\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n", b'Content-Disposition: attachment; filename="a\\"b"\r\n', b"Content-Language: de, x\r\n",
    b"Subject: =?utf-8?q?a=C3=A4?= =?iso-2022-jp?b?GyRC?=\r\n", b'From: A <a@b>, "C" <c@d>\r\n', b"To: g: a@b, c (d);\r\n", b"Cc: <@a:b@c>\r\n",
    b"Date: Fri, 21 Nov 1997 09:55:06 -0600\r\n", b" folded\r\n", b"\tfolded\r\n", b"From x\r\n", b"<p>&amp;<!--", b"<style>", b"</style>-->",
    b"SGVsbG8=", b"=C3=A4=\r\n", b"+APw-", b"text ", b":", b";", b'"', b"\\", b"(", b"<", b"=?", b"\0", b"\xff", b"\xc3\xa4", b" ",
]  # fmt: skip
LIMITS = [Limits(), Limits(depth=3, parts=6, header=200)]
TOKEN = re.compile(rb'\(|\)|"(?:[^"\\\r\n\x00\x80-\xff]|\\["\\])*+"|\{([0-9]+)\}\r\n|NIL|[0-9]+| ')
SECONDS, SECONDS_AN_OCTET = 2.0, 2e-5  # generous: they catch what grows with the square


def grow(chance: random.Random) -> bytes:
    """Make a message of pieces; now and then one piece or the whole many times over."""
    pieces = chance.choices(PIECES, k=chance.randrange(60))
    if pieces and chance.random() < 0.1:
        pieces.insert(chance.randrange(len(pieces)), chance.choice(PIECES) * chance.randrange(2, 20_000))
    message = b"".join(pieces)
    return message * chance.randrange(2, 30) if chance.random() < 0.1 else message


def mutate(message: bytes, chance: random.Random) -> bytes:
    """Break a message in a few places: octets changed, cut out, doubled, pieces put in."""
    octets = bytearray(message)
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(octets) + 1)
        span = slice(at, at + chance.randrange(1, 20))
        octets[span] = chance.choice([b"", chance.randbytes(2), bytes(octets[span]) * 2, chance.choice(PIECES)])
    return bytes(octets)


def check(message: bytes, chance: random.Random) -> None:
    """Hold everything that must be true of a message against it; raises AssertionError."""
    limits = chance.choice(LIMITS)
    rendered = scan(message, limits)
    scanner = Scanner(limits)
    at = 0
    longest = chance.choice([3, 50, 5000])
    while at < len(message):
        step = chance.randint(1, max(longest, len(message) // 2000))
        scanner.feed(message[at : at + step])
        at += step
    assert scanner.finish() == rendered.structure, "fed whole and in pieces differ"
    check_structure(rendered.structure, len(message), limits)
    check_sections(rendered)
    check_words(rendered)
    check_header(message)


def check_structure(root: Part, size: int, limits: Limits) -> None:
    """Parts lie in their parents, one behind the other, within the limits."""
    assert (root.header, root.end) == (0, size)
    parts = list(walk(root))
    assert len(parts) <= limits.parts
    for part in parts:
        assert part.header <= part.body <= part.end
        place = part.body
        for inner in part.parts:
            assert place <= inner.header <= inner.end <= part.end
            place = inner.end


def sections(within: Part, prefix: str = "") -> Iterator[tuple[str, Part]]:
    """Give the number of each part of a message or multipart, as RFC 3501 section 6.4.5 counts."""
    multipart = within.media.type == b"multipart"
    for number, part in enumerate(within.parts if multipart else [within], 1):
        yield f"{prefix}{number}", part
        if part.parts:
            yield from sections(part if part.media.type == b"multipart" else part.parts[0], f"{prefix}{number}.")


def check_sections(rendered: Rendered) -> None:
    """Find each part by its section's number, and none behind the last."""
    for section, part in sections(rendered.structure):
        assert locate(rendered.offsets, section) == (part.body, part.size), section
        assert locate(rendered.offsets, f"{section}.MIME") == (part.header, part.body - part.header)
        assert encoding_of(rendered.offsets, section) is not None
    assert locate(rendered.offsets, f"{len(rendered.structure.parts) + 2}") is None


def check_words(rendered: Rendered) -> None:
    """Read what IMAP sends back, and measure the rest."""
    for words in (rendered.envelope, rendered.bodystructure, body(rendered.bodystructure)):
        depth = at = 0
        while at < len(words):
            token = TOKEN.match(words, at)
            assert token, words[at : at + 40]
            depth += (token[0] == b"(") - (token[0] == b")")
            at = token.end() + int(token[1] or 0)
            assert depth > 0 or at == len(words)
        assert (depth, at) == (0, len(words))
    assert len(rendered.preview) <= 200
    assert rendered.preview.isprintable()
    if rendered.fields:
        assert select(rendered.fields, FIELDS) is not None


def check_header(message: bytes) -> None:
    """Read, ask and change the header."""
    header = message[: header_end(message)]
    assert "x-new" in {field.name.decode("latin-1").lower() for field in parse(insert(header, build("X-New", "x")))}
    assert header_end(remove(header, "subject", "to")) <= len(header)
    parse_date(header[:200].decode("latin-1"))
    parse_list(header)
    with suppress(AddressError):
        addresses(header[:500])


class Messages:
    """What was thrown before: half of the messages are mutations of one of them."""

    def __init__(self) -> None:
        self._last: list[bytes] = []

    def __call__(self, dice: random.Random) -> None:
        """Throw one more; it is shown where it breaks a rule."""
        message = grow(dice) if not self._last or dice.random() < 0.5 else mutate(dice.choice(self._last), dice)
        if len(message) < 20_000:
            self._last = [*self._last[-50:], message]
        before = time.process_time()
        try:
            check(message, dice)
        except Exception as error:
            error.add_note(repr(message[:4000]))
            raise
        spent = time.process_time() - before
        assert spent < SECONDS + SECONDS_AN_OCTET * len(message), f"{spent:.1f} s for {len(message)} octets: {message[:200]!r}"


if __name__ == "__main__":
    fuzz(Messages(), 2000, seconds=60)
