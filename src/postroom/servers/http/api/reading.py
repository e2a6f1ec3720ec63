"""One message taken out of the store for a program: its texts decoded, its parts named; attachments are not opened."""

import asyncio
from typing import Annotated, Any, Final

from fastapi import HTTPException
from pydantic import Field

from postroom.formats.mime import StoredPart, locate, stored_parts, written_text
from postroom.formats.quoted import unquoted
from postroom.formats.text import strip_html
from postroom.formats.words import decode_words
from postroom.mailboxes.listing import Stored
from postroom.servers.http.api.fields import Model
from postroom.servers.http.api.house import House
from postroom.servers.http.api.summary import MessageSummary, field_values, id_of, summary

TEXT_OCTETS: Final = 4 << 20
"""Octets of text that one answer holds at most, of all parts together; the rest is an attachment's matter."""

SMALL: Final = 64 * 1024


class AttachmentInfo(Model):
    """A file in a message; GET /v1/attachments/{id} gives its content. `size` is in octets as encoded in the message."""

    id: str
    filename: str | None
    content_type: str
    content_id: str | None
    inline: bool
    size: int


class FullMessage(MessageSummary):
    """A message with its texts."""

    cc: str
    reply_to: str
    in_reply_to: str
    references: list[str]
    body: Annotated[str, Field(description="The text parts; of a message that has only HTML, its text.")]
    html_body: str | None
    extracted_text: Annotated[str, Field(description="What the sender wrote anew: the body without what it quotes.")]
    truncated: Annotated[bool, Field(description="Whether the texts are longer than an answer holds.")]
    attachments: list[AttachmentInfo]


async def read_full(house: House, found: Stored) -> dict[str, Any]:
    """Read a message, in the shape of FullMessage; large ones are decoded in a thread."""
    header = found.line.fields
    if header is None:
        header = await house.mailboxes.read(b"", found.data, found.blob, 0, found.header_size)
    parts = stored_parts(found.structure)
    pieces, truncated = await _pieces(house, found, parts)
    large = sum(len(octets) for _, octets in pieces) > SMALL
    if large:
        return await asyncio.to_thread(_full, found, header, parts, pieces, truncated)
    return _full(found, header, parts, pieces, truncated)


async def _pieces(house: House, found: Stored, parts: list[StoredPart]) -> tuple[list[tuple[StoredPart, bytes]], bool]:
    """Read the octets of the parts that are texts."""
    pieces: list[tuple[StoredPart, bytes]] = []
    left = TEXT_OCTETS
    for part in parts:
        where = locate(found.offsets, part.section) if part.readable else None
        if where is None:
            continue
        length = min(where[1], left)
        left -= length
        pieces.append((part, await house.mailboxes.read(b"", found.data, found.blob, where[0], length)))
        if length < where[1]:
            return pieces, True
    return pieces, False


def _full(found: Stored, header: bytes, parts: list[StoredPart], pieces: list[tuple[StoredPart, bytes]], truncated: bool) -> dict[str, Any]:
    plain = [written_text(part.media, octets) for part, octets in pieces if part.media.subtype != b"html"]
    html = [written_text(part.media, octets) for part, octets in pieces if part.media.subtype == b"html"]
    body = "\n".join(text.replace("\r\n", "\n") for text in plain)
    if not body.strip() and html:
        body = "\n".join(line.strip() for line in strip_html("\n".join(html)).strip().splitlines())
    values = field_values(header)
    text = {name: decode_words(value) for name, value in values.items()}
    return summary(found.line, header) | {
        "cc": text.get(b"cc", ""),
        "reply_to": text.get(b"reply-to", ""),
        "in_reply_to": text.get(b"in-reply-to", ""),
        "references": text.get(b"references", "").split(),
        "body": body,
        "html_body": "\n".join(html) if html else None,
        "extracted_text": unquoted(body),
        "truncated": truncated,
        "attachments": [_attachment(found, part) for part in parts if not part.readable],
    }


def _attachment(found: Stored, part: StoredPart) -> dict[str, Any]:
    media = part.media
    return {
        "id": f"{id_of(found.line)}.{part.section}",
        "filename": media.filename,
        "content_type": content_type(part),
        "content_id": media.id.decode("latin-1") if media.id else None,
        "inline": not media.attached,
        "size": part.size,
    }


def content_type(part: StoredPart) -> str:
    """Give a part's media type."""
    return f"{part.media.type.decode('latin-1')}/{part.media.subtype.decode('latin-1')}"


def part_at(found: Stored, section: str) -> tuple[StoredPart, int, int]:
    """Find a part by its section: what it is, where it begins in the content and how long it is; raises 404."""
    part = next((part for part in stored_parts(found.structure) if part.section == section), None)
    where = locate(found.offsets, section) if part is not None else None
    if part is None or where is None:
        raise HTTPException(404, "Attachment not found")
    return part, *where
