"""SUBSCRIBE and UNSUBSCRIBE (RFC 3501 sections 6.3.6 and 6.3.7): names, whether or not there is such a mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.imap.mailbox import parse_mailbox
from postroom.servers.imap import names, replies

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.session import Session


def subscribe(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Add a name to the subscriptions."""
    return _subscribe(session, parse_mailbox(arguments), on=True)


def unsubscribe(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Take a name from the subscriptions."""
    return _subscribe(session, parse_mailbox(arguments), on=False)


async def _subscribe(session: Session, name: str, *, on: bool) -> bytes:
    await names.find(session, "INBOX")  # so that the standard folders are there, whose subscription is their own
    await session.house.mailboxes.subscribe(session.user.id, names.stored(session, name), on)
    return replies.DONE
