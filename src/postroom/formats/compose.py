"""Writes messages: plain text, HTML beside it, attachments; 7-bit safe, for sample mail, reports, notices and sending by API."""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from postroom.formats.address import Address
from postroom.formats.addresslist import format_mailbox
from postroom.formats.dates import format_date
from postroom.formats.headers import FOLD_OCTETS, build

_LINE_END = re.compile(r"\r\n|\r|\n")
_LONG_LINE = re.compile(rb"[^\n]{200}")
_TYPE = re.compile(r"[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Correspondent:
    """An address with a name for people."""

    address: Address
    name: str = ""

    def __str__(self) -> str:
        return format_mailbox(self.address, self.name)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to go with a message; `type` is its media type."""

    name: str
    content: bytes
    type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report as it stands: media type, transfer encoding, octets in that encoding with CRLF."""

    type: str
    encoding: str
    content: bytes


def compose(
    *,
    sender: Correspondent,
    to: Sequence[Correspondent],
    subject: str,
    date: int,
    message_id: str,
    text: str,
    html: str | None = None,
    attachments: Sequence[Attachment] = (),
    fields: Sequence[tuple[str, str]] = (),
    cc: Sequence[Correspondent] = (),
    structured: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Write a whole message with CRLF; `date` in microseconds, `message_id` with its angle brackets.

    `fields` are more unstructured fields, `structured` those whose values are written as they are (addresses, message ids).

    Raises HeaderError for a value with a line end (header injection). The same arguments give the same octets.
    """
    body = _text("plain", text)
    if html is not None:
        body = _multipart("alternative", [body, _text("html", html)])
    if attachments:
        body = _multipart("mixed", [body, *map(_attachment, attachments)])
    more = [build("Cc", ", ".join(map(str, cc)), structured=True)] if cc else []
    more += [build(name, value, structured=True) for name, value in structured]
    return _head(sender, to, subject, date, message_id, fields) + b"".join(more) + body


def compose_report(
    *,
    sender: Correspondent,
    to: Sequence[Correspondent],
    subject: str,
    date: int,
    message_id: str,
    text: str,
    status: Part,
    returned: Part,
    fields: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Write a report (multipart/report, RFC 6522): text for people, the status for programs, what comes back. Otherwise as `compose`."""
    parts = [_text("plain", text), *(_fields(part.type, part.encoding) + part.content for part in (status, returned))]
    return _head(sender, to, subject, date, message_id, fields) + _multipart("report", parts, "; report-type=delivery-status")


def _head(sender: Correspondent, to: Sequence[Correspondent], subject: str, date: int, message_id: str, fields: Sequence[tuple[str, str]]) -> bytes:
    return b"".join(
        [
            build("Date", format_date(date), structured=True),
            build("From", str(sender), structured=True),
            build("To", ", ".join(map(str, to)) or "undisclosed-recipients:;", structured=True),
            build("Subject", subject),
            build("Message-ID", message_id, structured=True),
            build("MIME-Version", "1.0", structured=True),
            *(build(name, value) for name, value in fields),
        ]
    )


def _text(subtype: str, text: str) -> bytes:
    octets = _LINE_END.sub("\r\n", text).encode("utf-8", "replace")
    octets += b"" if octets.endswith(b"\r\n") or not octets else b"\r\n"
    encoding, charset = "7bit", "us-ascii" if octets.isascii() else "utf-8"
    if not octets.isascii() or b"\0" in octets or _LONG_LINE.search(octets):
        encoding, octets = "quoted-printable", binascii.b2a_qp(octets, istext=True)
    return _fields(f"text/{subtype}; charset={charset}", encoding) + octets


def _attachment(attachment: Attachment) -> bytes:
    lines = base64.encodebytes(attachment.content).replace(b"\n", b"\r\n")
    return attachment_header(attachment.name, attachment.type) + b"\r\n" + lines


def attachment_header(name: str, kind: str) -> bytes:
    """Write the fields of a part that is a file, in base64; without the empty line. A kind that is no media type is octets."""
    kind = kind if _TYPE.fullmatch(kind) else "application/octet-stream"
    return build("Content-Disposition", f"attachment{_filename(name)}", structured=True) + _fields(kind, "base64")[:-2]


def _filename(name: str) -> str:
    """Write a filename parameter, in sections and with percents where RFC 2231 asks for them."""
    if name.isascii() and name.isprintable() and len(name) < FOLD_OCTETS // 2:
        return '; filename="' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    octets = name.encode("utf-8", "replace")
    encoded = [chr(octet) if chr(octet).isalnum() and octet < 0x80 else f"%{octet:02X}" for octet in octets]
    sections = ["".join(encoded[start : start + 18]) for start in range(0, len(encoded), 18)]
    return "".join(f"; filename*{number}*={'' if number else chr(39).join(['utf-8', '', ''])}{section}" for number, section in enumerate(sections))


def _multipart(subtype: str, parts: list[bytes], parameters: str = "") -> bytes:
    """Join parts with a boundary that none of them contains: a digest of them; `=_` besides occurs in no encoded text (RFC 2045 6.7)."""
    boundary = b"=_" + hashlib.sha256(b"\0".join(parts)).hexdigest()[:24].encode()
    kind = build("Content-Type", f'multipart/{subtype}{parameters}; boundary="{boundary.decode()}"', structured=True) + b"\r\n"
    return kind + b"".join([b"--%b\r\n%b\r\n" % (boundary, part) for part in parts]) + b"--%b--\r\n" % boundary


def _fields(kind: str, encoding: str) -> bytes:
    return build("Content-Type", kind, structured=True) + build("Content-Transfer-Encoding", encoding, structured=True) + b"\r\n"
