"""What the clients have to carry: messages that are hard to keep as they are, names that are hard to write."""

from __future__ import annotations

import base64
import random
from typing import Final

SMALL: Final = b"From: friend@elsewhere.example\r\nTo: you@example.test\r\nSubject: small\r\nMessage-ID: <small@elsewhere.example>\r\n\r\nhi\r\n"
EIGHT_BIT: Final = (
    b"From: =?utf-8?q?J=C3=BCrgen?= <j@elsewhere.example>\r\nSubject: =?utf-8?q?gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <8bit@elsewhere.example>\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xfcber \xdf und \xe4\r\n"
)
DOTS: Final = b"Subject: dots\r\nMessage-ID: <dots@elsewhere.example>\r\n\r\n.\r\n..\r\n.dot\r\nFrom the start of a line\r\n>From\r\n\r\n\r\n"
LONG_LINES: Final = b"Subject: long\r\nMessage-ID: <long@elsewhere.example>\r\n\r\n" + b"x" * 990 + b"\r\n" + b"y" * 998 + b"\r\n"
EMPTY: Final = b"Subject: empty\r\nMessage-ID: <empty@elsewhere.example>\r\n\r\n"


def large(size: int = 5_000_000) -> bytes:
    """Make a message of about so many octets with an attachment that doesn't compress."""
    attached = base64.encodebytes(random.Random(size).randbytes(size * 72 // 100)).replace(b"\n", b"\r\n")
    return (
        b"From: friend@elsewhere.example\r\nSubject: large\r\nMessage-ID: <large@elsewhere.example>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=cut\r\n\r\n--cut\r\n\r\nattached\r\n--cut\r\nContent-Type: application/octet-stream\r\n"
        b'Content-Disposition: attachment; filename="data.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + attached + b"--cut--\r\n"
    )


ODD: Final = (SMALL, EIGHT_BIT, DOTS, LONG_LINES, EMPTY)
"""Messages that a careless client or server would change."""


def many(count: int, word: str = "letter") -> list[bytes]:
    """Make short messages, each its own."""
    form = "From: friend@elsewhere.example\r\nSubject: {0} {1}\r\nMessage-ID: <{0}-{1}@elsewhere.example>\r\n\r\n{0} {1}\r\n"
    return [form.format(word, number).encode() for number in range(count)]


UMLAUTS: Final = "Grüße & Küsse"
JAPANESE: Final = "日本語/受信箱"
DEEP: Final = "a/b/c/d/e/f/g/h"
FOLDERS: Final = (UMLAUTS, JAPANESE, DEEP)
"""Names that need modified UTF-7, and a hierarchy of eight levels."""


def as_lf(message: bytes) -> bytes:
    """Give a message as a UNIX client keeps it."""
    return message.replace(b"\r\n", b"\n")
