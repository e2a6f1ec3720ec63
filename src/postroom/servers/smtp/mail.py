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
    most = session.house.directory.max_message_size(session.account)
    if 0 < most < (event.size or 0):
        raise Refused(replies.TOO_BIG)
    if not session.house.post.reserve():
        raise Refused(replies.NO_SPACE)
    if session.account is not None and event.sender is not None and session.rules.check_sender:
        allowed = session.house.directory.sends_as(session.account, event.sender)
        return _ask(session, event, most) if allowed is None else _begin(session, event, most, allowed=allowed)
    return _begin(session, event, most, allowed=True)


async def _ask(session: Session, event: Mail, most: int) -> Reply:
    """Find out whether the sender is the user's; `<>` is anybody's, for reports."""
    assert session.account is not None
    assert event.sender is not None
    return _begin(session, event, most, allowed=await session.house.directory.may_send_as(session.account, event.sender))


def _begin(session: Session, event: Mail, most: int, *, allowed: bool) -> Reply:
    if not allowed:
        raise Refused(replies.NOT_YOURS, f"sender {event.sender} of {session.account and session.account.address}")
    session.begin(Transaction(event, most))
    return replies.SENDER_OK
