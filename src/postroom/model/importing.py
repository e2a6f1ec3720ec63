"""Messages from files that lie in the data directory: into a mailbox, or into the queue (8.7)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Final

from postroom.delivery.submit import Undeliverable, submit
from postroom.directory.errors import NotFound
from postroom.directory.resolve import Resolution
from postroom.formats import headers
from postroom.formats.address import Address, AddressError, quote_local
from postroom.formats.addresslist import addresses, parse_list
from postroom.formats.charset import guess
from postroom.formats.dates import parse_date
from postroom.formats.editing import LARGEST
from postroom.mailboxes import snapshot
from postroom.mailboxes.folders import INBOX, LEVEL, FolderError
from postroom.mailboxes.placing import Placement
from postroom.model import files
from postroom.model.errors import Failed
from postroom.storage.database import shard_of_id

if TYPE_CHECKING:
    from postroom.mailboxes.folders import Folder
    from postroom.model.house import House

MOST_RECIPIENTS: Final = 1000


async def import_file(house: House, name: str, account_id: int, folder: str = INBOX) -> bool:
    """Take a message in and remove its file; False when the file is not in the data directory or nobody here is to get it. Raises Failed."""
    path = await asyncio.to_thread(_inside, house.places.messages, name)
    if path is None:
        return False
    if await stored_id(house, path.name):
        return True
    try:
        content = await files.read_file(path, LARGEST)
    except OSError:
        content = None
    if content is None:
        return False
    if not await (_file(house, content, account_id, folder) if account_id else _queue(house, content)):
        return False
    await files.remove_file(path)
    return True


async def stored_id(house: House, name: str) -> int:
    """Tell which message a file's name is of: its id, 0 when there is none such."""
    named = files.read_name(name)
    if named is None:
        return 0
    if named.kind == files.MESSAGE:
        found = await snapshot.known(house.mailboxes, named.id)
        return found.id if found is not None else 0
    shard = shard_of_id(named.id)
    if named.kind != files.QUEUED or shard >= house.database.shards:
        return 0
    rows = await house.database.read(shard, "SELECT id FROM queue WHERE id = ?", (named.id,))
    return int(rows[0][0]) if rows else 0


def _inside(data: Path, name: str) -> Path | None:
    """Find a file of the data directory, wherever links lead; None for anything else."""
    if not name or len(name) > files.LONGEST_PATH or "\0" in name:
        return None
    path = (data / name).resolve()
    return path if path.is_relative_to(data.resolve()) and path.is_file() else None


async def _file(house: House, content: bytes, account_id: int, name: str) -> bool:
    try:
        await house.directory.accounts.by_id(account_id)
    except NotFound:
        return False
    folder = await _folder(house, account_id, name)
    spool = house.post.spool(len(content))
    try:
        if spool.write(content):
            await spool.settle()
        stored = await spool.finish(house.mailboxes.now())
    finally:
        spool.discard()
    when = arrival_time(content) or house.mailboxes.now()
    await house.mailboxes.append(stored, Placement(account_id, folder.id, internaldate=when))
    return True


async def _folder(house: House, account_id: int, name: str) -> Folder:
    """Find a folder by its path with the hierarchy delimiter, or make it; a new one is subscribed."""
    path = name.replace(house.settings.imap_hierarchy_delimiter, LEVEL)
    path = INBOX if path.upper() == INBOX else path
    found = await house.mailboxes.folder(account_id, path)
    try:
        return found or await house.mailboxes.create_folder(account_id, path)
    except FolderError as error:
        raise Failed(f"The folder {name[:200]!r} can't be made: {error}.") from None


async def _queue(house: House, content: bytes) -> bool:
    """Deliver it to those of To and Cc who have an account here."""
    header = content[: headers.header_end(content)]
    recipients = []
    for address in _named(header):
        found = await house.directory.resolve(address)
        if isinstance(found, Resolution) and found.accounts:
            recipients.append(address)
    if not recipients:
        return False
    try:
        await submit(house.directory, house.post, _author(header), recipients, content, filed=False)
    except Undeliverable as error:
        raise Failed(str(error)) from None
    return True


def _named(header: bytes) -> list[Address]:
    """Read the addresses of To and Cc that can be read."""
    found: dict[str, Address] = {}
    for value in (*headers.find_all(header, "To"), *headers.find_all(header, "Cc")):
        for entry in parse_list(value):
            if entry.domain is None or len(found) >= MOST_RECIPIENTS:
                continue
            try:
                address = Address.parse(f"{quote_local(guess(entry.local or b''))}@{guess(entry.domain)}")
            except AddressError:
                continue
            found[address.key] = address
    return list(found.values())


def _author(header: bytes) -> Address | None:
    try:
        found = addresses(headers.find(header, "From") or b"")
    except AddressError:
        return None
    return found[0] if len(found) == 1 else None


def arrival_time(content: bytes) -> int | None:
    """Read when a message came, in UTC microseconds: from its first Received field, else from Date; None when neither says."""
    header = content[: headers.header_end(content)]
    received = headers.find(header, "Received")
    time = parse_date(guess(received.rpartition(b";")[2]).strip()) if received is not None else None
    if time is None:
        time = parse_date(guess(headers.find(header, "Date") or b""))
    return time if time is not None and time > 0 else None
