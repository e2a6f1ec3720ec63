"""Messages that prove themselves: a token names a message, and every byte of it follows from the token."""

from __future__ import annotations

import base64
import random
import re
import zlib
from typing import Final

ORIGIN: Final = "campaign.example"
_TOKEN: Final = re.compile(rb"^X-Token: (\S{1,100})\r?$", re.MULTILINE)
_SIZES: Final = ((60, 1_000, 4_000), (20, 4_000, 40_000), (12, 40_000, 300_000), (8, 300_000, 2_000_000))


def new_token(run: str, number: int, size: int) -> str:
    """Name a message of about `size` bytes."""
    return f"{run}-{number}-{size}"


def some_size(chance: random.Random) -> int:
    """Draw a size from 1 KB to 2 MB: mostly small, one in eight over 256 KB."""
    _, least, most = chance.choices(_SIZES, [weight for weight, _, _ in _SIZES])[0]
    return chance.randint(least, most)


def message(token: str, sender: str = f"sender@{ORIGIN}") -> bytes:
    """Write the message that a token names: CRLF lines, some of them beginning with dots, one in three with an attachment."""
    size = int(token.rpartition("-")[2])
    chance = random.Random(zlib.crc32(token.encode()))
    text = _lines(chance, size) if size % 3 else _attachment(chance, size)
    head = (
        f"From: Sender <{sender}>\r\nTo: Readers <readers@{ORIGIN}>\r\nSubject: campaign {token}\r\n"
        f"Date: Thu, 01 Jan 2026 10:00:00 +0000\r\nMessage-ID: <{token}@{ORIGIN}>\r\nX-Token: {token}\r\n"
    )
    return head.encode() + text


def _lines(chance: random.Random, size: int) -> bytes:
    lines = base64.encodebytes(chance.randbytes(max(size - 250, 57) * 3 // 4)).replace(b"\n", b"\r\n")
    return b"\r\n.\r\n..begins with dots\r\n" + lines


def _attachment(chance: random.Random, size: int) -> bytes:
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="cut"\r\n\r\n--cut\r\n'
        b"Content-Type: text/plain\r\n\r\nSee the file.\r\n--cut\r\n"
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        + _lines(chance, size)[2:].replace(b".\r\n..begins with dots\r\n", b"\r\n", 1)
        + b"--cut--\r\n"
    )


def token_of(body: bytes) -> str | None:
    """Read the token in a message's header, None where it has none."""
    found = _TOKEN.search(body, 0, body.find(b"\r\n\r\n") + 2)
    return found[1].decode("ascii", "replace") if found else None


def fault_in(body: bytes, token: str, sender: str = f"sender@{ORIGIN}") -> str | None:
    """Say what is wrong with a stored message, None when it is whole: header lines put before it by the server, then its very bytes."""
    sent = message(token, sender)
    if not body.endswith(sent):
        same = next((n for n, (a, b) in enumerate(zip(reversed(body), reversed(sent), strict=False)) if a != b), min(len(body), len(sent)))
        return f"{len(body)} bytes do not end with the {len(sent)} sent (the last {same} do)"
    added = body[: len(body) - len(sent)]
    if added and not re.fullmatch(rb"(?:[!-9;-~]+:[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*)+", added):
        return f"what stands before it is no header: {added[:80]!r}"
    return None
