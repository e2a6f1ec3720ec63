"""RENAME (RFC 3501 section 6.3.5): a mailbox with all below it; of INBOX only its messages go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.sharing import Right
from postroom.formats.imap.mailbox import parse_rename
from postroom.mailboxes.folders import PUBLIC
from postroom.servers.imap import names, replies, shared

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.session import Session


def rename(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Give a mailbox another name."""
    old, new = parse_rename(arguments)
    return _rename(session, names.stored(session, old), names.stored(session, new.removesuffix(session.rules.separator)))


async def _rename(session: Session, old: str, new: str) -> bytes:
    await names.find(session, "INBOX")  # so that the standard folders are there
    (owner, old), (other, new) = shared.owner(session, old), shared.owner(session, new)
    if owner != other:
        raise replies.no("A mailbox stays among the public ones, or among your own", b"CANNOT")
    if owner == PUBLIC and not (await shared.rights(session, old) & Right.DELETE_FOLDER and await shared.rights(session, new) & Right.CREATE):
        raise shared.refused()
    await session.house.mailboxes.rename_folder(owner, old, new)
    return replies.DONE
