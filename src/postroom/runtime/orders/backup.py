"""Backups, for commands and for the HTTP interface: make one, list them, bring one mailbox back."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from postroom.directory.errors import NotFound
from postroom.errors import PostroomError
from postroom.events import BackupCompleted, BackupFailed
from postroom.formats.address import Address, AddressError
from postroom.log import get_logger
from postroom.mailboxes.folders import INBOX, LEVEL
from postroom.operations.backup.chain import backups
from postroom.operations.backup.create import Source
from postroom.operations.backup.create import create as make
from postroom.operations.backup.errors import BackupError
from postroom.operations.backup.keys import Key, make_key_file, read_key_file
from postroom.operations.backup.verify import validate as read_whole
from postroom.operations.restore.mailbox import UNDER, Wanted, restore_mailbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postroom.directory.directory import Directory
    from postroom.runtime.config import Configuration
    from postroom.runtime.control import Progress
    from postroom.runtime.house import House

log = get_logger("backup")

KEY: Final = "backup.key"


def backup_folder(config: Configuration) -> Path:
    """Tell where the backups of a server are."""
    return config.backup_folder or config.data / "backup"


def backup_key(config: Configuration, *, make: bool = False) -> Key:
    """Read the key of a server's backups; with `make` the default key file is made when there is none. Raises PostroomError."""
    if config.backup_passphrase:
        return Key(passphrase=config.backup_passphrase)
    path = config.backup_key or config.data / KEY
    if make and config.backup_key is None and not path.exists():
        return make_key_file(path)
    return read_key_file(path)


def source_of(house: House) -> Source:
    """Name what is backed up of a server."""
    config = house.config
    outside = (config.tls_certificate, config.tls_key, config.tls_client_authorities, Path(config.pinned_by))
    elsewhere = tuple(path for path in outside if path is not None)
    leave_out = (config.logs, backup_folder(config), config.data / KEY, *([config.backup_key] if config.backup_key else []))
    return Source(config.data, house.database, house.blobs, leave_out, elsewhere, house.directory.settings.free_space_reserve)


async def create(house: House, progress: Progress, *, full: bool = False, folder: str = "") -> dict[str, Any]:
    """Make a backup in the server's folder or another; returns what it is."""
    config = house.config
    own = config.data / KEY
    first = not own.exists()
    began = time.monotonic()
    with _failure_told(house):
        key = await asyncio.to_thread(backup_key, config, make=True)
        made = await make(source_of(house), Path(folder) if folder else backup_folder(config), key, full=full, progress=progress)
    house.directory.events.tell(BackupCompleted())
    log.info("backup-made", path=str(made.path), size=made.size, base=made.base, contents=made.contents, seconds=round(time.monotonic() - began, 1))
    facts = {"path": str(made.path), "encrypted": True, "size": made.size, "base": made.base, "contents": made.contents}
    return facts | {"damaged": made.damaged, "left_out": list(made.left_out), "new_key": str(own) if first and own.exists() else ""}


async def validate(house: House, path: str) -> dict[str, Any]:
    """Read a backup of the server's folder to its end: status ok with its entries, or invalid with the reason."""
    key = await asyncio.to_thread(backup_key, house.config)
    return await read_whole(Path(path), backup_folder(house.config), key)


async def list_(house: House, folder: str = "") -> list[dict[str, Any]]:
    """List the backups of a folder, the oldest first."""
    found = await asyncio.to_thread(backups, Path(folder) if folder else backup_folder(house.config))
    return [
        {
            "path": str(it.path),
            "size": it.size,
            "created": it.header.created if it.header else 0,
            "id": it.header.id if it.header else "",
            "base": it.header.base if it.header else "",
            "wrong": it.wrong,
        }
        for it in found
    ]


async def restore(
    house: House,
    progress: Progress,
    *,
    path: str,
    address: str,
    folder: str = "",
    into: str = "",
    under: str = UNDER,
    key: str = "",
    passphrase: str = "",
) -> dict[str, Any]:
    """Add the messages of one mailbox, or of one folder of it, from a backup below a folder; `key` is the text of a key file."""
    opening = Key(passphrase=passphrase) if passphrase else Key.of_text(key, "The key") if key else await asyncio.to_thread(backup_key, house.config)
    try:
        source, target = Address.parse(address.strip()), Address.parse((into or address).strip())
    except AddressError as error:
        raise BackupError(f"{(into or address)[:320]!r} is no address. {error}") from None
    account = await _account(house.directory, target)
    delimiter = house.directory.settings.imap_hierarchy_delimiter
    stored = folder.replace(delimiter, LEVEL)
    wanted = Wanted(source.key, INBOX if stored.upper() == INBOX else stored, account, under.replace(delimiter, LEVEL))
    with _failure_told(house):
        returned = await restore_mailbox(Path(path), opening, wanted, house.mailboxes, progress)
    log.info("mailbox-restored", account=str(target), path=path, added=returned.added, present=returned.present)
    return returned._asdict()


@contextmanager
def _failure_told(house: House) -> Iterator[None]:
    """Tell the handlers of OnBackupFailed of a backup or restore that failed (events.md 3.13)."""
    try:
        yield
    except (PostroomError, OSError) as error:
        house.directory.events.tell(BackupFailed(str(error)))
        raise


async def _account(directory: Directory, address: Address) -> int:
    try:
        return (await directory.accounts.get(address)).id
    except NotFound:
        raise BackupError(f"There is no account {address}: add it first (`postroom account add`), or name another with --into.") from None


ORDERS = (create, list_, restore)
WITH_PROGRESS = frozenset({create, restore})
