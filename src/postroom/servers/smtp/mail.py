"""MAIL FROM (RFC 5321 section 4.1.1.2): a message is announced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.smtp import Refused, Reply
from postroom.servers.smtp import replies
from postroom.servers.smtp.house import Role
from postroom.servers.smtp.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.formats.smtp.events import Mail
    from postroom.servers.smtp.session import Session


def mail(session: Session, event: Mail) -> Reply | Coroutine[Any, Any, Reply]:
    """Begin a transaction, unless the client must do something first, or the message can't be taken anyway."""
    if session.hello is None:
        raise Refused(replies.HELLO_FIRST)
    if session.transaction is not None:
        raise Refused(replies.NESTED)
    if session.account is None and session.door.role is Role.SUBMISSION:
        raise Refused(replies.LOGIN_FIRST)
    if event.smtputf8 and not session.rules.smtputf8:
        raise Refused(Reply.of(555, "5.5.4", "SMTPUTF8 is not offered"))
    if 0 < session.rules.limits.size < (event.size or 0):
        raise Refused(replies.TOO_BIG)
    if not session.house.post.reserve():
        raise Refused(replies.NO_SPACE)
    if session.account is not None and event.sender is not None and session.rules.own_addresses_only:
        return _begin_as(session, event)
    session.begin(Transaction(event))
    return replies.SENDER_OK


async def _begin_as(session: Session, event: Mail) -> Reply:
    """Begin once it is clear that the sender is the user's; `<>` is anybody's, for reports."""
    assert session.account is not None
    assert event.sender is not None
    if not await session.house.directory.owns(session.account, event.sender):
        raise Refused(replies.NOT_YOURS, f"{session.account.address} sends as {event.sender}")
    session.begin(Transaction(event))
    return replies.SENDER_OK
