"""What is answered when a command could not be carried out: one place turns every exception into a reply, and tells the log the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.errors import Unavailable
from postroom.formats.imap.errors import CommandRefused
from postroom.mailboxes.folders import FolderError
from postroom.mailboxes.placing import NoFolder
from postroom.servers.imap import replies

if TYPE_CHECKING:
    from postroom.servers.imap.session import Session


def failure(session: Session, error: Exception) -> bytes:
    """Turn what a command raised into its reply; the client hears only what it can do something about."""
    if isinstance(error, CommandRefused):
        return replies.reply(error.condition, error.text, error.code)
    if isinstance(error, FolderError):
        return replies.reply(b"NO", str(error), error.code.encode("ascii"))
    if isinstance(error, NoFolder):
        return replies.reply(b"NO", "There is no such mailbox", b"NONEXISTENT")
    if isinstance(error, Unavailable):
        deferred(session, error)
        return replies.TRY_LATER
    if not isinstance(error, ConnectionError):  # that the client is gone in the middle of a reply is nobody's fault
        session.house.log.error("unhandled-exception", session=session.connection.id, exc_info=error)
    return replies.OUR_FAULT


def deferred(session: Session, error: Unavailable) -> None:
    """Note that storage is out of order."""
    session.house.log.warning("command-deferred", session=session.connection.id, cause=str(error))
