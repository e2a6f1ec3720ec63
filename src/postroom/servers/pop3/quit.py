"""QUIT (RFC 1939 sections 4 and 6): carry out the deletions, then the end. Without QUIT nothing is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.errors import Unavailable
from postroom.servers.pop3 import replies

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from postroom.formats.pop3.events import Quit
    from postroom.servers.pop3.session import Session


def quit_(session: Session, _event: Quit) -> Coroutine[Any, Any, None] | None:
    """Say goodbye, at once if there is nothing to remove."""
    if session.maildrop is None or not session.maildrop.deleted:
        session.part(replies.BYE)
        return None
    return _update(session)


async def _update(session: Session) -> None:
    assert session.maildrop is not None, "there is something to remove"
    removed = len(session.maildrop.deleted)
    try:
        await session.maildrop.remove_deleted()
    except Unavailable as error:
        session.house.log.warning("removal-failed", session=session.connection.id, cause=str(error))
        session.part(replies.NOT_ALL_REMOVED)
        return
    session.house.log.info("messages-removed", session=session.connection.id, messages=removed)
    session.part(replies.BYE)
