"""A message as lists show it, and what its ids mean: `7` is the uid in the INBOX, `31-7` the uid in folder 31."""

import datetime as dt
import hashlib
import re
from typing import Annotated, Any, Final, NamedTuple

from fastapi import HTTPException
from pydantic import Field

from postroom.directory.accounts import Account
from postroom.directory.errors import DirectoryError
from postroom.formats.charset import guess
from postroom.formats.flags import SEEN, render_flags
from postroom.formats.headers import split
from postroom.formats.words import decode_words
from postroom.mailboxes.folders import INBOX, LEVEL, Folder
from postroom.mailboxes.listing import Line
from postroom.servers.http.api.fields import Model, moment
from postroom.servers.http.api.house import House
from postroom.servers.http.api.operation import Call

NOT_FOUND: Final = "Message not found"
LISTED: Final = frozenset(b"subject from to date message-id in-reply-to references cc reply-to".split())
_KNOWN: Final = {name.title().replace(b"-Id", b"-ID"): name for name in LISTED}
_ID: Final = re.compile(r"(?:([0-9]{1,18})-)?([0-9]{1,10})", re.ASCII)
_MESSAGE_ID: Final = re.compile(rb"<[^<>\s]{1,900}>")
_FOLD: Final = re.compile(rb"\r?\n(?=[ \t])")


class MessageSummary(Model):
    """A message in a list: its fields as people read them, `date` as it is written in the message."""

    id: str
    subject: str
    from_: Annotated[str, Field(alias="from")]
    to: str
    date: str
    message_id: str
    thread_id: Annotated[str, Field(description="The same for all messages of a conversation.")]
    folder: str
    flags: list[str]
    seen: bool
    size: int
    received_at: dt.datetime
    preview: str


class Place(NamedTuple):
    """Where a message is: folder (None: the INBOX) and uid."""

    folder_id: int | None
    uid: int


def place_of(text: str) -> Place:
    """Read a message's id; raises 404 for what can't be one: an id is never a path."""
    found = _ID.fullmatch(text)
    if found is None or int(found[2]) >= 1 << 32:
        raise HTTPException(404, NOT_FOUND)
    return Place(int(found[1]) if found[1] else None, int(found[2]))


def id_of(line: Line) -> str:
    """Give a message's id."""
    return str(line.uid) if line.folder == INBOX else f"{line.folder_id}-{line.uid}"


def folder_name(stored: str) -> str:
    """Give a folder's name as the API tells it."""
    return stored.replace(LEVEL, "/")


def stored_name(name: str) -> str:
    """Give a folder's name as it is stored."""
    return INBOX if name.upper() == INBOX else name.replace("/", LEVEL)


def summary(line: Line, fields: bytes) -> dict[str, Any]:
    """Make the summary of a message, in the shape of MessageSummary, from its line and raw usual fields (its line's, or its header)."""
    values = field_values(fields)
    get = values.get
    return {
        "id": id_of(line),
        "subject": decode_words(get(b"subject", b"")),
        "from": decode_words(get(b"from", b"")),
        "to": decode_words(get(b"to", b"")),
        "date": guess(get(b"date", b"")),
        "message_id": guess(get(b"message-id", b"")),
        "thread_id": thread_id(values, line.content_id),
        "folder": folder_name(line.folder),
        "flags": render_flags(line.flags, line.keywords.split()).decode().split(),
        "seen": bool(line.flags & SEEN),
        "size": line.size,
        "received_at": moment(line.internaldate),
        "preview": line.preview,
    }


def field_values(fields: bytes) -> dict[bytes, bytes]:
    """Give the first value of each field that is shown, unfolded, by lower-case name."""
    values: dict[bytes, bytes] = {}
    for raw in split(fields):
        name, _, value = raw.partition(b":")
        known = _KNOWN.get(name) or name.rstrip().lower()
        if known in LISTED and known not in values:
            values[known] = (_FOLD.sub(b"", value) if b"\n" in value else value).strip()
    return values


def thread_id(values: dict[bytes, bytes], content_id: int) -> str:
    """Name the conversation of a message: by the message that began it, which its references name first."""
    for name in (b"references", b"in-reply-to", b"message-id"):
        found = _MESSAGE_ID.search(values.get(name, b""))
        if found:
            return "T" + hashlib.sha256(found[0]).hexdigest()[:20]
    return f"T{content_id}"


async def folder_of(house: House, account: Account, name: str) -> Folder:
    """Find a folder by its stored name; a new account gets its usual ones by that. Raises 404."""
    found = await house.mailboxes.folder(account.id, name)
    if found is None:
        found = next((folder for folder in await house.mailboxes.folders(account.id) if folder.name == name), None)
    if found is None:
        raise HTTPException(404, "Folder not found")
    return found


async def mailbox_of(call: Call, address: str | None) -> Account:
    """Find the account that a request is about. A mailbox key opens its own only: any other address is 403, whether it exists or not."""
    accounts = call.house.directory.accounts
    if call.account is not None:
        if address is None:
            return call.account
        try:
            own = accounts.located(address)[0].key == call.account.address.key
        except DirectoryError:
            own = False
        if not own:
            raise HTTPException(403, "Mailbox is not permitted for this API key")
        return call.account
    if address is None:
        raise HTTPException(422, "An administrator's key names the mailbox: ?address=...")
    try:
        return await accounts.get(address)
    except DirectoryError:
        raise HTTPException(404, "Mailbox not found") from None
