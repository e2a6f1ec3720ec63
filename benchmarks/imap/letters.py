"""The mailbox that every peer holds: messages like those of an ordinary INBOX, the same for the same number, on every machine.

About six in ten are plain text of some KB, a quarter has a text and an HTML alternative, one in eight an attachment, one in a hundred a large one.
"""

from __future__ import annotations

import base64
import email.utils
import quopri
import random
import textwrap
from functools import cache
from typing import NamedTuple

SEED = 20261121
WORDS = (
    "about after again answer agenda bring budget calendar change client contract cost customer delivery design draft during evening every "
    "figure final follow garden great holiday house important invoice journey kitchen later letter lunch machine market meeting minutes month "
    "morning network notes offer office order paper party people phone picture plan please problem project proposal question quarter ready "
    "reason report review schedule second server signature soon station street summer table team thanks ticket together tomorrow travel "
    "update version visit weather website week window winter without working yesterday grüße straße café naïve smörgåsbord résumé"
).split()
GIVEN = "Alice Bruno Chloé Dmitri Elif Farid Greta Hiroshi Ines Jürgen Katja Liam Mei Nadia Olu Paula Quentin Rosa Søren Tomás".split()
FAMILY = "Abbott Bergström Costa Dubois Eriksen Fischer Gupta Haddad Ivanova Jansen Kowalski Lindqvist".split()
WANTED = ("Ilse Vanderbeek", "ilse.vanderbeek@polders.test")
"""Who sent one message in two hundred: what SEARCH FROM looks for."""
SENDER = "vanderbeek"
RARE = "Azqaren"
"""A word that one message in four hundred has: what SEARCH TEXT looks for."""
RARE_PART = "zq"
"""Two letters of it that stand nowhere else; a text index of trigrams knows nothing of them."""
NEWEST = 1_795_000_000
"""When the last message came, in seconds since 1970; each one before it about six minutes earlier."""


class Letter(NamedTuple):
    """A message with CRLF line ends, when it came (seconds since 1970), and the flags (`S`een, `R`eplied, `F`lagged) that it has."""

    data: bytes
    received: int
    flags: str
    message_id: bytes
    wanted: bool
    rare: bool


def letter(number: int, of: int) -> Letter:
    """Make message `number` (from 0) of a mailbox of `of` messages."""
    chance = random.Random(SEED * 1_000_003 + number)
    wanted, rare = number % 200 == 77, number % 400 == 133
    received = NEWEST - (of - number) * 360 - chance.randrange(300)
    message_id = b"<%x.%d@mail.%b>" % (chance.getrandbits(64), number, chance.choice((b"example.org", b"polders.test", b"lists.example.net")))
    head = _head(chance, number, received, message_id, wanted)
    kind, body = _body(chance, rare)
    flags = "F" * (chance.random() < 0.02) + "R" * (chance.random() < 0.1) + "S" * (chance.random() < 0.7)
    return Letter(head + kind + b"\r\n" + body, received, flags, message_id, wanted, rare)


def _head(chance: random.Random, number: int, received: int, message_id: bytes, wanted: bool) -> bytes:
    name, address = WANTED if wanted else _person(chance)
    date = email.utils.formatdate(received - chance.randrange(90))
    lines = [f"Return-Path: <{address}>"]
    lines += [
        f"Received: from relay{hop}.example.net (relay{hop}.example.net [192.0.2.{chance.randrange(1, 250)}])\r\n"
        f"\tby mx{hop}.bench.test (Postroom) with ESMTPS id {chance.getrandbits(60):x};\r\n\t{email.utils.formatdate(received)}"
        for hop in range(chance.randrange(1, 4))
    ]
    if chance.random() < 0.6:
        lines.append(_signature(chance))
    lines += [f"From: {_phrase(name)} <{address}>", f"To: {', '.join(_one(chance) for _ in range(chance.choice((1, 1, 1, 2, 5))))}"]
    if chance.random() < 0.2:
        lines.append("Cc: " + ",\r\n ".join(_one(chance) for _ in range(chance.randrange(1, 6))))
    lines += [f"Subject: {_subject(chance, number)}", f"Date: {date}", f"Message-ID: {message_id.decode()}"]
    if chance.random() < 0.4:
        older = [f"<{chance.getrandbits(64):x}@mail.example.org>" for _ in range(chance.randrange(1, 5))]
        lines += [f"In-Reply-To: {older[-1]}", "References: " + "\r\n ".join(older)]
    if chance.random() < 0.25:
        lines += [
            "List-Id: Garden people <garden.lists.example.net>",
            "List-Unsubscribe: <mailto:garden-leave@lists.example.net>",
            "Precedence: list",
        ]
    lines += [f"X-Mailer: Letterbox {chance.randrange(1, 9)}.{chance.randrange(10)}", "MIME-Version: 1.0", ""]
    return "\r\n".join(lines).encode("ascii")


def _signature(chance: random.Random) -> str:
    octets = base64.b64encode(chance.randbytes(192)).decode().replace("zq", "zp").replace("ZQ", "ZP").replace("zQ", "zP").replace("Zq", "Zp")
    value = "\r\n\t ".join(textwrap.wrap(octets, 70))
    return f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=s1;\r\n\th=from:to:subject:date:message-id; b={value}"


def _person(chance: random.Random) -> tuple[str, str]:
    given, family = chance.choice(GIVEN), chance.choice(FAMILY)
    return f"{given} {family}", f"{_plain(given)}.{_plain(family)}@example.org"


def _one(chance: random.Random) -> str:
    name, address = _person(chance)
    return f"{_phrase(name)} <{address}>" if chance.random() < 0.7 else address


def _plain(name: str) -> str:
    return name.lower().encode("ascii", "ignore").decode()


def _phrase(text: str) -> str:
    encoded = quopri.encodestring(text.encode(), quotetabs=True, header=True).decode().replace("=\n", "")
    return text if text.isascii() else f"=?utf-8?q?{encoded}?="


def _subject(chance: random.Random, number: int) -> str:
    words = " ".join(chance.choice(WORDS) for _ in range(chance.randrange(2, 8)))
    return f"{chance.choice(('', 'Re: ', 'Fwd: '))}{_phrase(words)} {number}"


def _body(chance: random.Random, rare: bool) -> tuple[bytes, bytes]:
    """Make the Content fields of the header, and the body."""
    dice = chance.random()
    if dice < 0.62:
        return _text(chance, int(chance.lognormvariate(7.6, 0.8)), rare)
    if dice < 0.87:
        parts = [_text(chance, chance.randrange(1_000, 6_000), rare), _html(chance, chance.randrange(4_000, 20_000))]
        return _multipart(chance, b"alternative", parts)
    large = dice >= 0.99
    size = chance.randrange(100_000, 250_000) if large else chance.randrange(10_000, 60_000)
    return _multipart(chance, b"mixed", [_text(chance, chance.randrange(500, 3_000), rare), _attachment(chance, size)])


def _text(chance: random.Random, size: int, rare: bool) -> tuple[bytes, bytes]:
    quoted = chance.random() < 0.4
    body = _slice(chance, _quoted_lines() if quoted else _ascii_lines(), size) + (f"{RARE} says so.\r\n".encode() if rare else b"")
    encoding = b"quoted-printable" if quoted else b"7bit"
    return b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: %b\r\n" % encoding, body


def _html(chance: random.Random, size: int) -> tuple[bytes, bytes]:
    body = b"<html><body>\r\n" + _slice(chance, _html_lines(), size) + b"</body></html>\r\n"
    return b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n", body


def _attachment(chance: random.Random, size: int) -> tuple[bytes, bytes]:
    name = b"%b-%d.pdf" % (chance.choice(WORDS[:60]).encode("ascii", "ignore"), chance.randrange(100))
    head = b'Content-Type: application/pdf; name="%b"\r\nContent-Disposition: attachment; filename="%b"\r\n' % (name, name)
    return head + b"Content-Transfer-Encoding: base64\r\n", _slice(chance, _base64_lines(), size * 4 // 3)


def _multipart(chance: random.Random, kind: bytes, parts: list[tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
    boundary = b"=_%x" % chance.getrandbits(96)
    body = b"".join(b"--%b\r\n%b\r\n%b\r\n" % (boundary, head, data) for head, data in parts)
    return b'Content-Type: multipart/%b; boundary="%b"\r\n' % (kind, boundary), b"%b--%b--\r\n" % (body, boundary)


def _slice(chance: random.Random, lines: list[bytes], size: int) -> bytes:
    """Take about `size` bytes of whole lines from a random place."""
    count = max(2, size // 74)
    start = chance.randrange(len(lines) - count)
    return b"".join(lines[start : start + count])


@cache
def _ascii_lines() -> list[bytes]:
    chance = random.Random(SEED)
    words = [word for word in WORDS if word.isascii()]
    text = " ".join(chance.choice(words) for _ in range(120_000))
    return [line.encode() + b"\r\n" for line in textwrap.wrap(text, 74)]


@cache
def _quoted_lines() -> list[bytes]:
    chance = random.Random(SEED + 1)
    text = " ".join(chance.choice(WORDS) for _ in range(60_000))
    return [quopri.encodestring(line.encode()).replace(b"\n", b"\r\n") + b"\r\n" for line in textwrap.wrap(text, 60)]


@cache
def _html_lines() -> list[bytes]:
    chance = random.Random(SEED + 2)
    tags = ("p", "td", "li", "div")
    lines = (
        f'<{(tag := chance.choice(tags))} style=3D"color:#333">{" ".join(chance.choice(WORDS[:90]) for _ in range(5))}</{tag}>' for _ in range(6_000)
    )
    return [line.encode() + b"\r\n" for line in lines]


@cache
def _base64_lines() -> list[bytes]:
    octets = base64.b64encode(random.Random(SEED + 3).randbytes(57 * 12_000))
    return [octets[at : at + 76] + b"\r\n" for at in range(0, len(octets), 76)]
