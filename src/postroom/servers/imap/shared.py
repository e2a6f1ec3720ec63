"""Public folders (object model section 16): a tree of its own below one name, in which everybody sees and does what its permissions say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from postroom.directory.sharing import EVERYTHING, Right
from postroom.formats.flags import DELETED, SEEN
from postroom.mailboxes.folders import LEVEL, PUBLIC
from postroom.servers.imap import replies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from postroom.formats.imap.errors import CommandRefused
    from postroom.mailboxes.folders import Folder
    from postroom.servers.imap.session import Session

CHANGES: Final = Right.SEEN | Right.WRITE | Right.INSERT | Right.DELETE | Right.EXPUNGE
"""Who has one of these may open a folder to write (RFC 4314 section 5.2)."""


def root(session: Session) -> str:
    """Give the stored form of the name that all public folders are below; "" where there are none."""
    return session.rules.public.replace(session.rules.separator, LEVEL)


def below(session: Session, name: str) -> str | None:
    """Give a public folder's own name from one as `names.stored` gives it; "" for the root, None for what is no public folder."""
    above = root(session)
    if not above or not (name == above or name.startswith(above + LEVEL)):
        return None
    return name[len(above) + 1 :]


async def folders(session: Session) -> list[Folder]:
    """Read the public folders that the user may see, each with its name as one of the user's."""
    if not root(session):
        return []
    found = await session.house.mailboxes.folders(PUBLIC)
    by_name = {folder.name: folder.id for folder in found}
    return [named(session, one) for one in found if _rights(session, one.name, by_name) & Right.LOOKUP]


async def find(session: Session, name: str) -> Folder | None:
    """Read a public folder by its own name, if the user may see it; its name is then as one of the user's."""
    folder = await session.house.mailboxes.folder(PUBLIC, name) if name else None
    if folder is None or not await rights(session, name) & (Right.LOOKUP | Right.INSERT):
        return None
    return named(session, folder)


def named(session: Session, folder: Folder) -> Folder:
    """Give a public folder with its name as one of the user's."""
    return folder._replace(name=root(session) + LEVEL + folder.name)


async def rights(session: Session, name: str) -> Right:
    """Tell what the user may do with a public folder, or where there is none what the folder above allows."""
    by_name = {folder.name: folder.id for folder in await session.house.mailboxes.folders(PUBLIC)}
    return _rights(session, name, by_name)


async def chain(session: Session, name: str) -> Sequence[int]:
    """Give the ids of a public folder and those above it, the innermost first, by its own name."""
    return _chain(name, {folder.name: folder.id for folder in await session.house.mailboxes.folders(PUBLIC)})


async def rights_of(session: Session, folder: Folder) -> Right:
    """Tell what the user may do with a folder, own or public, as `names.find` gave it."""
    return EVERYTHING if folder.account_id != PUBLIC else await rights(session, below(session, folder.name) or "")


async def require(session: Session, folder: Folder, needed: Right) -> Folder:
    """Give a folder again if the user may do all this with it; raises CommandRefused (RFC 5530: NOPERM)."""
    if await rights_of(session, folder) & needed != needed:
        raise refused()
    return folder


def refused() -> CommandRefused:
    """Make the refusal of what permissions do not allow."""
    return replies.no("You have no permission to do that here", b"NOPERM")


def for_flags(bits: int, keywords: Iterable[Any], *, whole: bool) -> Right:
    """Tell which rights it takes to change these flags; `whole`: all others are taken away."""
    needed = Right(0)
    if whole or bits & SEEN:
        needed |= Right.SEEN
    if whole or bits & DELETED:
        needed |= Right.DELETE
    if whole or bits & ~(SEEN | DELETED) or any(True for _ in keywords):
        needed |= Right.WRITE
    return needed


def owner(session: Session, name: str) -> tuple[int, str]:
    """Tell whose folder a stored name means, and its name there."""
    public = below(session, name)
    return (session.user.id, name) if public is None else (PUBLIC, public)


def _rights(session: Session, name: str, by_name: dict[str, int]) -> Right:
    return session.house.shared_rights(session.user.id, _chain(name, by_name))


def _chain(name: str, by_name: dict[str, int]) -> Sequence[int]:
    """Give the ids of a folder and those above it, the innermost first."""
    levels = name.split(LEVEL)
    whole = (LEVEL.join(levels[:depth]) for depth in range(len(levels), 0, -1))
    return [by_name[one] for one in whole if one in by_name]
