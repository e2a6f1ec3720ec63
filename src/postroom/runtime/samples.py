"""Sample mail of `postroom dev`: plain, with an attachment and HTML, in other scripts."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final

from postroom.formats.address import Address
from postroom.formats.compose import Attachment, Correspondent, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

ALICE: Final = Correspondent(Address("alice", "example.test"), "Alice Archer")
BOB: Final = Correspondent(Address("bob", "example.test"), "Bob Baker")
CAROL: Final = Correspondent(Address("carol", "example.test"), "Carol Čapková")

HOUR: Final = 3_600_000_000

_HTML: Final = """<h1>The plan</h1>
<p>Three things, <b>in this order</b>:</p>
<ol><li>Read what is there.</li><li>Write what is missing.</li><li>Celebrate.</li></ol>
<p style="color: #357">The colours are in the attachment.</p>
"""

_PLAN: Final = """The plan: three things, in this order.

1. Read what is there.
2. Write what is missing.
3. Celebrate.

The colours are in the attachment.
"""

Sample = tuple[Correspondent, tuple[Correspondent, ...], bytes]


def samples(now: int) -> Iterator[Sample]:
    """Give the messages, the oldest first: sender, recipients, content. `now` in microseconds."""
    everyone = (ALICE, BOB, CAROL)
    yield _message(now - 5 * HOUR, "welcome", BOB, everyone, "Welcome", "This server is yours to play with: nothing here leaves this machine.\n")
    yield _message(now - 3 * HOUR, "lunch", CAROL, (ALICE, BOB), "Oběd? Lunch? 昼ごはん？", "Ve 12:30 u fontány 🍲\n")  # noqa: RUF001 - so it is written
    picture = Attachment("colours.png", _picture(), "image/png")
    notes = Attachment("poznámky.txt", "Červená, zelená, modrá.\n".encode(), "text/plain")
    yield (
        ALICE,
        (BOB, CAROL),
        compose(
            sender=ALICE,
            to=(BOB, CAROL),
            subject="The plan, with colours",
            date=now - 2 * HOUR,
            message_id="<plan@example.test>",
            text=_PLAN,
            html=_HTML,
            attachments=(picture, notes),
        ),
    )
    answer = "I like it.\n\n> 3. Celebrate.\n\nCan we begin there?\n"
    yield _message(now - HOUR, "re-plan", BOB, (ALICE,), "Re: The plan, with colours", answer, "plan")


def _message(date: int, name: str, sender: Correspondent, to: tuple[Correspondent, ...], subject: str, text: str, answers: str = "") -> Sample:
    threads = [(field, f"<{answers}@example.test>") for field in ("In-Reply-To", "References") if answers]
    content = compose(sender=sender, to=to, subject=subject, date=date, message_id=f"<{name}@example.test>", text=text, fields=threads)
    return sender, to, content


def _picture() -> bytes:
    """Make a PNG of three stripes, 48 by 16 pixels."""
    row = b"\0" + b"".join(colour * 16 for colour in (b"\xd0\x40\x40", b"\x40\xa0\x50", b"\x40\x60\xc0"))
    header = struct.pack(">IIBBBBB", 48, 16, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(row * 16)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
