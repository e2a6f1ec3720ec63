"""RCPT TO (RFC 5321 section 4.1.1.3): who gets the message. What is accepted here is delivered; what is not is never bounced later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom import metrics
from postroom.delivery.post import Room
from postroom.directory.resolve import NOT_OURS, UNKNOWN, Answer, NotOurs, Refusal, Resolution
from postroom.events import ON_RECIPIENT_UNKNOWN, RecipientUnknown
from postroom.formats.envelope import Recipient
from postroom.formats.smtp import Refused, Reply
from postroom.network.transcript import tell_of_mail, wanted
from postroom.servers.smtp import handlers, relaying, replies

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.formats.smtp.events import Rcpt
    from postroom.servers.smtp.session import Session
    from postroom.servers.smtp.transaction import Transaction


def rcpt(session: Session, event: Rcpt) -> Reply | Coroutine[Any, Any, Reply]:
    """Take a recipient at once when the directory knows it by heart, else ask."""
    transaction = session.transaction
    if transaction is None:
        raise Refused(replies.MAIL_FIRST)
    if transaction.opened:
        raise Refused(replies.IN_CHUNKS)
    if 0 < session.rules.recipients <= len(transaction.recipients):
        raise Refused(replies.TOO_MANY_RECIPIENTS)
    if not (event.recipient.ascii or transaction.mail.smtputf8):
        raise Refused(replies.NEEDS_UTF8)
    known = session.house.directory.cached(event.recipient, transaction.mail.sender, authenticated=session.account is not None)
    if known is None:
        return _ask(session, transaction, event)
    return _judge(session, transaction, event, known)


async def _ask(session: Session, transaction: Transaction, event: Rcpt) -> Reply:
    sender, authenticated = transaction.mail.sender, session.account is not None
    found = await session.house.directory.resolve(event.recipient, sender, authenticated=authenticated)
    answer = _judge(session, transaction, event, found)
    return answer if isinstance(answer, Reply) else await answer


def _judge(session: Session, transaction: Transaction, event: Rcpt, found: Answer) -> Reply | Coroutine[Any, Any, Reply]:
    if isinstance(found, Refusal):
        refused = _refused(session, transaction, event, Reply.of(found.code, found.enhanced, found.text))
        if found.text == UNKNOWN.text and ON_RECIPIENT_UNKNOWN in session.house.events.active and not session.exhausted:
            return _unknown(session, refused)
        raise refused
    if session.rights is not None:
        refusal = relaying.refusal(session, transaction.mail.sender, ours=found is not NOT_OURS)
        if refusal is not None:
            raise _refused(session, transaction, event, refusal)
    elif found is NOT_OURS and session.account is None:
        raise _refused(session, transaction, event, replies.NO_RELAYING)
    if found is NOT_OURS:
        return _take(transaction, event, found)
    room = session.house.post.room(found.accounts, transaction.mail.size or 0) if found.accounts else Room.ENOUGH
    if room is None:
        return _measure(session, transaction, event, found)
    return _fit(session, transaction, event, found, room)


async def _unknown(session: Session, refused: Refused) -> Reply:
    """Tell handlers before the client is told; who is sent away for it anyway gives no such event."""
    mail = handlers.envelope(session)
    assert mail is not None
    await session.house.events.fire(RecipientUnknown(handlers.client(session), mail))
    raise refused


async def _measure(session: Session, transaction: Transaction, event: Rcpt, found: Resolution) -> Reply:
    await session.house.post.measure(found.accounts)
    room = session.house.post.room(found.accounts, transaction.mail.size or 0)
    return _fit(session, transaction, event, found, room or Room.ENOUGH)


def _fit(session: Session, transaction: Transaction, event: Rcpt, found: Resolution, room: Room) -> Reply:
    if room is Room.ENOUGH:
        return _take(transaction, event, found)
    transaction.rejected += 1
    metrics.recipients_refused.add(session.door.role)
    full = replies.MAILBOX_FULL if room is Room.FULL else replies.MAILBOX_TOO_SMALL
    raise Refused(full, f"{event.recipient} has no room for {transaction.mail.size or 0} octets")


def _take(transaction: Transaction, event: Rcpt, route: Resolution | NotOurs) -> Reply:
    transaction.routes.append(route)
    transaction.recipients.append(Recipient(event.recipient, event.notify, event.orcpt))
    return replies.RECIPIENT_OK


def _refused(session: Session, transaction: Transaction, event: Rcpt, reply: Reply) -> Refused:
    """Make the refusal of an address; who tries many that are not here is harvesting the directory, or looking for a relay."""
    transaction.rejected += 1
    metrics.recipients_refused.add(session.door.role)
    if reply.code >= 500:
        session.unknown_recipients += 1
        if wanted.awstats:
            tell_of_mail(str(transaction.mail.sender or ""), str(event.recipient), session.client_ip, session.connection.local.ip, reply.code)
    return Refused(reply, f"recipient {event.recipient} from {session.client_ip}")
