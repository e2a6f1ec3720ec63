"""Files that programs name or are named: where messages lie for those who open them, and which paths a caller may use.

Messages are kept in the store. Who asks for a message's file gets one made, where hMailServer has it (10.1): its name is made of the message's
id, so it is the same each time, and a file of ours is known by its name.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from postroom.model.caller import Level
from postroom.model.errors import AccessRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.model.caller import Context
    from postroom.model.house import House
    from postroom.model.object import Object

T = TypeVar("T")

MESSAGE: Final = 1
QUEUED: Final = 2
NEW: Final = 3
PUBLIC: Final = "#Public"
KEPT: Final = 24 * 3600.0
"""Seconds after its last change for which a file stays that was made for a program."""

LONGEST_PATH: Final = 4096
LITTLE: Final = 256 * 1024
"""Bytes that are taken apart or put together within a millisecond or so."""

_NAME = re.compile(r"\{([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\}\.eml")
_ID_BITS: Final = 62


class Named(NamedTuple):
    """What a file's name says: a MESSAGE or QUEUED mail, by its id, or a NEW one by a number that means nothing."""

    kind: int
    id: int


def file_name(kind: int, number: int) -> str:
    """Name the file of a message: a GUID of version 8 (RFC 9562) that holds kind and id, begun by their digest, so that folders fill evenly."""
    front = int.from_bytes(hashlib.sha256(b"postroom message file %d %d" % (kind, number)).digest()[:6], "big")
    made = uuid.UUID(int=front << 80 | 8 << 76 | kind << 64 | 2 << 62 | number & (1 << _ID_BITS) - 1)
    return f"{{{str(made).upper()}}}.eml"


def read_name(name: str) -> Named | None:
    """Read a file's name; None when it is not one of ours."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    whole = uuid.UUID(found[1]).int
    named = Named(whole >> 64 & 0xFFF, whole & (1 << _ID_BITS) - 1)
    return named if name.upper() == file_name(*named).upper() else None


def queue_path(house: House, name: str) -> Path:
    """Tell where mail on its way lies: in the root."""
    return house.places.messages / name


def mailbox_path(house: House, domain: str, local: str, name: str) -> Path:
    """Tell where an account's message lies; whatever the address holds, it stays one name a level (path traversal)."""
    return house.places.messages / _level(domain) / _level(local) / name[1:3] / name


def public_path(house: House, name: str) -> Path:
    """Tell where a message of a public folder lies, whatever the folders are called (10.2)."""
    return house.places.messages / PUBLIC / name[1:3] / name


def _level(name: str) -> str:
    kept = re.sub(r"[\x00-\x1f/\\:*?\"<>|]", "_", name)[:200]
    return "_" if kept in {"", ".", ".."} else kept


def admitted(context: Context, name: str, *, writing: bool = False) -> Path:
    """Take a path that a caller named. A script's or local program's is its own affair; over the network it must lead into the server's folders.

    An administrator reads all of Data, Events, Logs and Temp and writes Data and Temp; others have Temp only, for Data holds everybody's mail.
    Raises AccessRefused.
    """
    if not name or len(name) > LONGEST_PATH or "\0" in name:
        raise AccessRefused
    path = Path(name)
    if context.caller.trusted:
        return path
    house = context.house
    best = max((login.level for login in context.caller.logins), default=Level.NOBODY)
    folders = [house.places.temp]
    if best is Level.SERVER:
        folders = (
            [house.places.messages, house.places.temp]
            if writing
            else [house.places.messages, house.places.events, house.places.logs, house.places.temp]
        )
    resolved = (house.places.messages / path).resolve()  # links followed: none leads out
    if not any(resolved.is_relative_to(folder.resolve()) for folder in folders):
        raise AccessRefused
    return resolved


def may_name(target: Object, arguments: tuple[Any, ...]) -> bool:
    """Judge whether a caller may have a property name a file: what the server reads later is held to the same folders; "" names none."""
    path = arguments[-1]
    try:
        return not path or bool(admitted(target.context, path))
    except AccessRefused:
        return False


def may_fill(context: Context) -> bool:
    """Tell whether a file is made for a caller: over the network only for an administrator, since users would fill the disk unseen."""
    return context.caller.trusted or any(login.level is Level.SERVER for login in context.caller.logins)


async def aside(size: int, function: Callable[..., T], *arguments: Any) -> T:
    """Do work on so many bytes: at once when it is little, else in a thread, so that the loop goes on."""
    return function(*arguments) if size < LITTLE else await asyncio.to_thread(function, *arguments)


async def read_file(path: Path, most: int) -> bytes | None:
    """Read a file of up to `most` bytes, in a thread; None when it is larger, or no plain file. Raises OSError."""

    def read() -> bytes | None:
        if not path.is_file():  # a pipe or device would keep the thread for ever
            return None
        with path.open("rb") as file:
            data = file.read(most + 1)
        return data if len(data) <= most else None

    return await asyncio.to_thread(read)


async def there(path: Path) -> bool:
    """Tell whether there is a file, in a thread."""
    return await asyncio.to_thread(path.is_file)


async def write_file(path: Path, data: bytes) -> None:
    """Write a whole file, with the folders above it, in a thread. Raises OSError."""

    def write() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    await asyncio.to_thread(write)


async def remove_file(path: Path) -> None:
    """Remove a file, if it is there."""
    with suppress(OSError):
        await asyncio.to_thread(path.unlink, missing_ok=True)


def clear(messages: Path, now: float | None = None) -> int:
    """Remove the files that were made for programs a day ago or longer, and the folders that get empty; returns how many files.

    Only files with names of ours go: what people laid there to be imported stays. Runs in a thread, as a chore.
    """
    before = (time.time() if now is None else now) - KEPT
    removed = 0
    for path in list(messages.rglob("*.eml")) if messages.is_dir() else ():
        if read_name(path.name) is None or path.is_symlink():
            continue
        with suppress(OSError):
            if path.stat().st_mtime < before:
                path.unlink()
                removed += 1
                for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
                    if folder != messages and folder.is_relative_to(messages):
                        folder.rmdir()
    return removed
