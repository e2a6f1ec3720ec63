"""DELETE (RFC 3501 section 6.3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.sharing import Right
from postroom.formats.imap.mailbox import parse_mailbox
from postroom.servers.imap import names, replies, shared

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.session import Session


def delete(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Remove a mailbox and its messages; who has it selected has nothing selected then."""
    return _delete(session, parse_mailbox(arguments))


async def _delete(session: Session, name: str) -> bytes:
    folder = await names.find(session, name)
    if folder is not None:
        await shared.require(session, folder, Right.DELETE_FOLDER)
    await session.house.mailboxes.delete_folder(*shared.owner(session, names.stored(session, name)))
    if session.selected is not None and folder is not None and session.selected.folder.id == folder.id:
        session.unselect()
    return replies.DONE
