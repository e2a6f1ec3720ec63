"""Names of mailboxes: clients write levels with the separator of the rules, storage with its own, and none is ever a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.mailboxes.folders import INBOX, LEVEL
from postroom.servers.imap import shared

if TYPE_CHECKING:
    from postroom.mailboxes.folders import Folder
    from postroom.servers.imap.session import Session


def stored(session: Session, name: str) -> str:
    """Give the name under which a folder is stored from the one that the client says; INBOX in any case."""
    levels = name.split(session.rules.separator)
    if levels[0].upper() == INBOX:
        levels[0] = INBOX
    return LEVEL.join(levels)


def shown(session: Session, name: str) -> str:
    """Give the name that clients see."""
    return name.replace(LEVEL, session.rules.separator)


async def find(session: Session, name: str) -> Folder | None:
    """Read a folder by the name that clients see, the user's own or a public one; an account that was never used gets its standard folders first."""
    mailboxes, account = session.house.mailboxes, session.user.id
    public = shared.below(session, stored(session, name))
    if public is not None:
        return await shared.find(session, public)
    folder = await mailboxes.folder(account, stored(session, name))
    if folder is None and await mailboxes.folder(account, INBOX) is not None:
        folder = await mailboxes.folder(account, stored(session, name))
    return folder
