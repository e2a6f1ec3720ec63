"""Mail, for commands: send a message through this server's own delivery, list a folder, read a message."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import TYPE_CHECKING, Any, Final

from postroom.delivery.submit import submit
from postroom.directory.errors import NotFound
from postroom.errors import PostroomError
from postroom.formats import headers
from postroom.formats.address import Address, AddressError
from postroom.formats.compose import Attachment, Correspondent, compose
from postroom.formats.flags import render_flags
from postroom.formats.uidset import UidSet
from postroom.formats.words import decode_words
from postroom.mailboxes.folders import INBOX, LEVEL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postroom.directory.accounts import Account
    from postroom.mailboxes.folders import Folder
    from postroom.runtime.house import House

MOST_LISTED: Final = 1000
MOST_READ: Final = 8 << 20
"""Bytes of a message in one answer, which goes through the control socket as base64."""


async def send(
    house: House,
    sender: str,
    recipients: Sequence[str],
    subject: str = "",
    text: str = "",
    html: str | None = None,
    attachments: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """Compose a message and hand it to delivery. An attachment has name, type and content in base64. Returns the message's id and size."""
    author = Correspondent(_address(sender))
    to = tuple(Correspondent(_address(recipient)) for recipient in recipients)
    content = compose(
        sender=author,
        to=to,
        subject=subject,
        date=house.mailboxes.now(),
        message_id=f"<{secrets.token_hex(12)}@{author.address.domain}>",
        text=text,
        html=html,
        attachments=[_attachment(attachment) for attachment in attachments],
    )
    return {"id": await deliver(house, author, to, content), "size": len(content)}


async def deliver(house: House, sender: Correspondent, to: Sequence[Correspondent], content: bytes) -> str:
    """Hand a message to delivery as the SMTP door does; returns its id when it is durable. Raises PostroomError."""
    account = await _sender(house, sender.address)
    receipt = await submit(house.directory, house.post, sender.address, [recipient.address for recipient in to], content, account=account)
    return receipt.id


async def list_(house: House, address: str, folder: str = INBOX, limit: int = 50) -> list[dict[str, Any]]:
    """List the newest messages of a folder, the oldest of them first."""
    place = await _folder(house, address, folder)
    view = await house.mailboxes.open(place)
    newest = _newest(view.uids, min(limit, MOST_LISTED))
    shown: list[dict[str, Any]] = []
    async for rows in house.mailboxes.fetch(place.id, newest, ("uid", "internaldate", "size", "flags", "keywords", "fields", "preview")):
        shown += [_shown(*row) for row in rows]
    return shown


async def read(house: House, address: str, uid: int, folder: str = INBOX, offset: int = 0) -> dict[str, Any]:
    """Read a message as it is stored, from an offset on: whole size, and up to 8 MB in base64."""
    place = await _folder(house, address, folder)
    uids = UidSet.of_ranges([(uid, uid)]) if uid > 0 else UidSet()
    async for rows in house.mailboxes.fetch(place.id, uids, ("size", "prefix", "data", "blob")):
        for size, prefix, data, blob in rows:
            piece = await house.mailboxes.read(prefix, data, blob, offset, max(min(MOST_READ, size - offset), 0))
            return {"uid": uid, "size": size, "offset": offset, "content": base64.b64encode(piece).decode()}
    raise NotFound(f"{address} has no message {uid} in {folder}.")


def _address(text: str) -> Address:
    try:
        return Address.parse(text.strip())
    except AddressError as error:
        raise PostroomError(f"{text[:320]!r} is no address. {error}") from None


def _attachment(given: Mapping[str, str]) -> Attachment:
    try:
        content = base64.b64decode(given["content"], validate=True)
    except (KeyError, binascii.Error):
        raise PostroomError("An attachment has a name, a type and its content in base64.") from None
    return Attachment(given.get("name", "attachment"), content, given.get("type", "application/octet-stream"))


async def _sender(house: House, address: Address) -> Account | None:
    try:
        return await house.directory.accounts.get(address)
    except NotFound:
        return None


async def _folder(house: House, address: str, name: str) -> Folder:
    account = await house.directory.accounts.get(address)
    stored = name.replace(house.directory.settings.imap_hierarchy_delimiter, LEVEL)
    folder = await house.mailboxes.folder(account.id, INBOX if stored.upper() == INBOX else stored)
    if folder is None:
        raise NotFound(f"{address} has no folder {name[:200]!r}.")
    return folder


def _newest(uids: UidSet, most: int) -> UidSet:
    """Give the highest uids; a copy, for the view's set changes in place."""
    if len(uids) <= most:
        return uids.copy()
    return UidSet.of_ranges(uids.between(uids.select(len(uids) - most + 1), uids.last))


def _shown(uid: int, date: int, size: int, flags: int, keywords: str, fields: bytes | None, preview: str) -> dict[str, Any]:
    def field(name: str) -> str:
        return decode_words(headers.find(fields or b"", name) or b"")

    words = render_flags(flags, keywords.split()).decode()
    return {"uid": uid, "date": date, "size": size, "flags": words, "from": field("From"), "subject": field("Subject"), "preview": preview}


ORDERS = (send, list_, read)
