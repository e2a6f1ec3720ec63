"""GET /v1/attachments/{id}: a part of a message as the file it is, decoded while it is sent."""

import re
from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import StreamingResponse

from postroom.directory.keys import READ
from postroom.formats.mime import StoredPart
from postroom.formats.transfer import TransferDecoder
from postroom.mailboxes.listing import Stored
from postroom.servers.http.api.house import House
from postroom.servers.http.api.messages import Id, InMailbox, stored_message
from postroom.servers.http.api.operation import Operation, call_of, needs
from postroom.servers.http.api.reading import content_type, part_at
from postroom.servers.http.api.summary import mailbox_of

router = APIRouter(route_class=Operation, tags=["Reading"])

PIECE: Final = 64 * 1024
UNNAMED: Final = "attachment"
LONGEST_NAME: Final = 200
_TYPE: Final = re.compile(r"[a-z0-9.+-]{1,100}/[a-z0-9.+-]{1,100}")
_CHARSET: Final = re.compile(r"[A-Za-z0-9._:+-]{1,40}")
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f-\x9f"\\/:*?<>|\u2028\u2029\u202a-\u202e\u2066-\u2069]')
_SECTION: Final = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,5}){0,199}", re.ASCII)

# A part is somebody else's: no browser may run, guess or embed it.
SAFE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@router.get(
    "/v1/attachments/{id}",
    summary="Download an attachment",
    response_class=StreamingResponse,
    **(needs(READ) | {"responses": {**needs(READ)["responses"], 200: {"content": {"*/*": {}}, "description": "The file."}}}),
)
async def read_attachment(id: Id, request: Request, address: InMailbox = None) -> Response:  # noqa: A002 - the path's own word
    """Give a part of a message, decoded, with its type and name. Its id is the message's, a dot, and the part's number."""
    call = call_of(request)
    account = await mailbox_of(call, address)
    message, _, section = id.partition(".")
    if not _SECTION.fullmatch(section):
        raise HTTPException(404, "Attachment not found")
    found = await stored_message(call.house, account, message)
    part, start, length = part_at(found, section)
    headers = {**SAFE, "Content-Type": _kind(part), "Content-Disposition": disposition(part.media.filename or _named(part))}
    return StreamingResponse(_decoded(call.house, found, part, start, length), headers=headers)


def _kind(part: StoredPart) -> str:
    """Write a part's type and charset, unless they are none."""
    kind, charset = content_type(part), part.media.charset
    if not _TYPE.fullmatch(kind):
        return "application/octet-stream"
    return f"{kind}; charset={charset}" if kind.startswith("text/") and _CHARSET.fullmatch(charset) else kind


def _named(part: StoredPart) -> str:
    return "message.eml" if part.media.type == b"message" else UNNAMED


def disposition(name: str) -> str:
    """Write a Content-Disposition that only ever saves, with a name that is no path and breaks out of nothing (RFC 6266, 8187)."""
    clean = _UNSAFE.sub("_", name).strip(". ")[:LONGEST_NAME] or UNNAMED
    plain = "".join(character if character.isascii() else "_" for character in clean)
    encoded = "" if clean == plain else f"; filename*=UTF-8''{quote(clean.encode('utf-8', 'replace'), safe='')}"
    return f'attachment; filename="{plain}"{encoded}'


async def _decoded(house: House, found: Stored, part: StoredPart, start: int, length: int) -> AsyncIterator[bytes]:
    decoder = TransferDecoder(part.media.encoding)
    for at in range(start, start + length, PIECE):
        octets = await house.mailboxes.read(b"", found.data, found.blob, at, min(PIECE, start + length - at))
        if decoded := decoder.feed(octets):
            yield decoded
    if rest := decoder.finish():
        yield rest
