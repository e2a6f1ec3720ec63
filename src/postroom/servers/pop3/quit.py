"""QUIT (RFC 1939 sections 4 and 6): carry out the deletions, then the end. Without QUIT nothing is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.errors import Unavailable
from postroom.servers.pop3 import replies

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from postroom.formats.pop3.events import Quit
    from postroom.servers.pop3.maildrop import Opened
    from postroom.servers.pop3.session import Session


def quit_(session: Session, _event: Quit) -> Coroutine[Any, Any, None] | None:
    """Say goodbye: before a login at once, else when the deletions are done and the next session, at any worker, can have the maildrop."""
    if session.maildrop is None:
        session.part(replies.BYE)
        return None
    return _update(session, session.maildrop)


async def _update(session: Session, maildrop: Opened) -> None:
    reply = replies.BYE
    if maildrop.deleted:
        removed = len(maildrop.deleted)
        try:
            await maildrop.remove_deleted()
            session.house.log.info("messages-removed", session=session.connection.id, messages=removed)
        except Unavailable as error:
            session.house.log.warning("removal-failed", session=session.connection.id, cause=str(error))
            reply = replies.NOT_ALL_REMOVED
    await maildrop.released()
    session.part(reply)
