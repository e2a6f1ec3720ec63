"""MAIL FROM (RFC 5321 section 4.1.1.2): a message is announced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.events import ON_CLIENT_VALIDATE_PASSWORD
from postroom.formats.dates import SECOND
from postroom.formats.smtp import Refused, Reply
from postroom.servers.smtp import replies
from postroom.servers.smtp.house import Role
from postroom.servers.smtp.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.directory.accounts import Account
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
    if event.requiretls and session.connection.tls is None:
        raise Refused(Reply.of(555, "5.5.4", "REQUIRETLS is not offered: this connection is not encrypted"))
    if event.sender is None and not session.rules.null_sender and session.account is None:
        raise Refused(replies.NO_NULL_SENDER)
    release = _release(session, event)
    most = session.house.directory.max_message_size(session.account)
    if 0 < most < (event.size or 0):
        raise Refused(replies.TOO_BIG)
    if not session.house.post.reserve():
        raise Refused(replies.NO_SPACE)
    if session.account is not None:
        return _judge(session, session.account, event, most, release)
    return _begin(session, event, most, release, allowed=True)


def _judge(session: Session, account: Account, event: Mail, most: int, release: int) -> Reply | Coroutine[Any, Any, Reply]:
    """Look at the login again, and whether the sender is the user's; at once when both are known by heart, else ask."""
    directory = session.house.directory
    if session.login_over and not _again(session):
        raise Refused(replies.LOGIN_GONE)
    still_open = directory.is_open(account)  # an account that was closed sends no more, however long its session lasts
    if still_open is False:
        raise Refused(replies.LOGIN_GONE)
    allowed = directory.sends_as(account, event.sender) if event.sender is not None and session.rules.check_sender else True
    if still_open is None or allowed is None or _again(session):
        return _ask(session, account, event, most, release)
    return _begin(session, event, most, release, allowed=allowed)


def _again(session: Session) -> bool:
    """Tell whether handlers judge the password of the login again."""
    return bool(session.password) and ON_CLIENT_VALIDATE_PASSWORD in session.house.events.active


async def _ask(session: Session, account: Account, event: Mail, most: int, release: int) -> Reply:
    """Find out whether the login still counts, and whether the sender is the user's; `<>` is anybody's, for reports."""
    directory = session.house.directory
    if not await directory.still_open(account) or (_again(session) and not await directory.confirm(account, session.password)):
        raise Refused(replies.LOGIN_GONE)
    own = event.sender is None or not session.rules.check_sender or await directory.may_send_as(account, event.sender)
    return _begin(session, event, most, release, allowed=own)


def _begin(session: Session, event: Mail, most: int, release: int, *, allowed: bool) -> Reply:
    if not allowed:
        raise Refused(replies.NOT_YOURS, f"sender {event.sender} of {session.account and session.account.address}")
    session.begin(Transaction(event, most, release))
    return replies.SENDER_OK


def _release(session: Session, event: Mail) -> int:
    """Tell when the message is to be sent (RFC 4865), 0 for at once; raises Refused for who may not ask, and for a time too far ahead."""
    if event.holdfor is None and event.holduntil is None:
        return 0
    if session.door.role is not Role.SUBMISSION or session.account is None or not session.rules.future_release:
        raise Refused(Reply.of(555, "5.5.4", "FUTURERELEASE is not offered"))
    if event.holdfor is not None and event.holduntil is not None:
        raise Refused(Reply.of(501, "5.5.4", "HOLDFOR and HOLDUNTIL exclude each other"))
    now = session.house.clock()
    release = event.holduntil if event.holduntil is not None else now + (event.holdfor or 0) * SECOND
    if release > now + session.rules.future_release * SECOND:
        raise Refused(Reply.of(501, "5.5.4", f"That is more than {session.rules.future_release} seconds ahead"))
    return release if release > now else 0
