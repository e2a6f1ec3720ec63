"""DATA (RFC 5321 section 4.1.1.4), and the end of every message: nothing is answered 250 before it is durable."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from postroom import metrics
from postroom.delivery.post import Receipt
from postroom.directory.resolve import Resolution
from postroom.events import ON_ACCEPT_MESSAGE, ON_SMTP_DATA, SMTPData
from postroom.formats.smtp import Refused, Reply
from postroom.network.transcript import tell_of_mail, wanted
from postroom.servers.smtp import handlers, replies
from postroom.servers.smtp.arriving import asked
from postroom.servers.smtp.house import Role
from postroom.servers.smtp.received import received
from postroom.servers.smtp.submission import authors, completed
from postroom.servers.smtp.transaction import MOST, Transaction
from postroom.servers.smtp.words import queued

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from postroom.directory.resolve import NotOurs
    from postroom.formats.envelope import Envelope
    from postroom.formats.smtp.events import Chunk, Data, End
    from postroom.servers.smtp import ports
    from postroom.servers.smtp.session import Session

Replies = Reply | tuple[Reply, ...]
LARGE = 16384  # of a message that is larger, no pieces smaller than this are read where that can be helped: each costs as much
RECEIVED_OCTETS = 16384  # what we put on top counts towards no limit of the client's


def data(session: Session, _event: Data) -> Reply | Coroutine[Any, Any, Reply]:
    """Let the message come."""
    transaction = ready(session)
    if transaction.opened:
        raise Refused(replies.IN_CHUNKS)
    _refuse_early(session)
    if ON_SMTP_DATA in session.house.events.active:
        return _ask(session, transaction)
    return _begin(session, transaction)


async def ask(session: Session) -> None:
    """Let handlers decide whether content may come; raises Refused, and the envelope stays."""
    mail = handlers.envelope(session)
    assert mail is not None
    await handlers.ask(session, SMTPData(handlers.client(session), mail))


async def _ask(session: Session, transaction: Transaction) -> Reply:
    await ask(session)
    _refuse_early(session)
    return _begin(session, transaction)


def _refuse_early(session: Session) -> None:
    if session.core.buffered and not session.rules.early_talkers and not session.spared:
        session.house.log.info("early-talker", session=session.connection.id, client=session.client_ip)
        raise Refused(Reply.of(421, "4.7.0", "You speak before your turn; closing"))  # content before 354: no mail server does that


def _begin(session: Session, transaction: Transaction) -> Reply:
    open_content(session, transaction)
    session.core.expect_data()
    session.connection.expect(session.rules.content_time)
    return replies.GO_AHEAD


def chunk(session: Session, event: Chunk) -> Coroutine[Any, Any, None] | None:
    """Keep a piece of content; once the message can't be taken the rest is only read."""
    transaction = session.transaction
    if transaction is None or not transaction.opened or transaction.refusal is not None:
        return None
    if transaction.size > LARGE and len(event.data) < LARGE:
        session.connection.gather()
    try:
        return _settle(session, transaction) if transaction.take(event.data) else None
    except Exception as error:  # noqa: BLE001 - the client is still speaking: it gets its answer at the end
        transaction.refusal = session.failure(error)
        return None


async def _settle(session: Session, transaction: Transaction) -> None:
    try:
        await transaction.spool.settle()
    except Exception as error:  # noqa: BLE001 - as above
        transaction.refusal = session.failure(error)


def end(session: Session, event: End) -> Replies | Coroutine[Any, Any, Replies]:
    """Take the message, or tell why not; of BDAT's chunks only the last ends a message."""
    transaction = session.transaction
    if transaction is None or not transaction.opened:  # BDAT without recipients: the octets were read, now they are answered
        return replies.MAIL_FIRST if transaction is None else transaction.refusal or replies.NO_RECIPIENTS
    refusal = event.fault or transaction.refusal
    if not event.last:
        transaction.refusal = refusal
        return refusal or replies.CHUNK_OK
    session.connection.expect(session.rules.command_time)
    refusal = event.fault or _ended(session, transaction)
    if refusal is None:
        return _accept(session, transaction)
    return _refuse(session, transaction, refusal)


def ready(session: Session) -> Transaction:
    """Give the transaction that content may come for; raises Refused when there is none."""
    transaction = session.transaction
    if transaction is None:
        raise Refused(replies.MAIL_FIRST)
    if not transaction.recipients:
        raise Refused(replies.NO_RECIPIENTS if transaction.rejected else Reply.of(503, "5.5.1", "RCPT first"))
    return transaction


def open_content(session: Session, transaction: Transaction) -> None:
    """Make room for the content; our trace goes on top of it, and a user's message is completed."""
    arrival, hostname = session.arrival(), session.rules.hostname
    only = transaction.recipients[0].address if len(transaction.recipients) == 1 else None
    trace = received(arrival, hostname, only)

    def finish(content: bytes) -> bytes:
        return trace + (content if arrival.account is None else completed(content, arrival, hostname))

    limits = session.rules.limits
    transaction.arrival = arrival
    transaction.open(session.house.post.spool(limits.size + RECEIVED_OCTETS if limits.size else MOST), limits, finish)


def _ended(session: Session, transaction: Transaction) -> Reply | None:
    try:
        return transaction.end()
    except Exception as error:  # noqa: BLE001 - whatever failed, the message was not kept
        return session.failure(error)


async def _accept(session: Session, transaction: Transaction) -> Replies:
    begun = time.perf_counter()
    try:
        await _check_authors(session, transaction)
        arrival = transaction.arrival
        assert arrival is not None
        envelope: Envelope = transaction.envelope()
        routes: Sequence[Resolution | NotOurs] = transaction.routes
        shown = ON_ACCEPT_MESSAGE in session.house.events.active
        if shown:
            envelope, routes = await asked(session, transaction, arrival)
        accepted = await session.house.post.accept(envelope, routes, transaction.spool, arrival, signed=shown) if routes else Receipt(arrival.id, {})
    except Exception as error:  # noqa: BLE001 - whatever failed, the message is not durable and the client must know
        return _refuse(session, transaction, session.failure(error))
    session.forget()
    seconds = time.perf_counter() - begun
    metrics.accept_seconds.observe(seconds)
    metrics.messages_accepted.add(session.door.role)
    session.house.log.info(
        "message-accepted",
        session=arrival.session,
        id=accepted.id,
        sender=str(transaction.mail.sender or "<>"),
        recipients=len(envelope.recipients),
        size=transaction.size,
    )
    if wanted.awstats:
        _tell_of_mail(session, transaction, envelope, routes)
    return _taken(session, transaction, accepted, seconds)


def _tell_of_mail(session: Session, transaction: Transaction, envelope: Envelope, routes: Sequence[Resolution | NotOurs]) -> None:
    """Write down those who have the message here; for the others it is written down when it has left."""
    for recipient, route in zip(envelope.recipients, routes, strict=True):
        if isinstance(route, Resolution) and route.accounts:
            ends = session.client_ip, session.connection.local.ip
            tell_of_mail(str(envelope.sender or ""), str(recipient.address), *ends, 250, transaction.size)


async def _check_authors(session: Session, transaction: Transaction) -> None:
    """Hold a user's message to whose it says it is (RFC 6409 section 6.1)."""
    if session.account is None or not session.rules.check_sender:
        return
    directory = session.house.directory
    for address in authors(transaction.header):
        allowed = directory.sends_as(session.account, address)
        if not (await directory.may_send_as(session.account, address) if allowed is None else allowed):
            raise Refused(replies.FROM_NOT_YOURS, f"{session.account.address} writes as {address}")


def _taken(session: Session, transaction: Transaction, accepted: ports.Receipt, seconds: float) -> Replies:
    reply = queued(seconds) if session.rules.literal else Reply.of(250, "2.0.0", f"Accepted as {accepted.id}")
    if session.door.role is not Role.LMTP:
        return reply
    told = [accepted.refused.get(place) for place in range(len(transaction.recipients))]
    return tuple(answer if isinstance(answer, Reply) else reply for answer in told)


def _refuse(session: Session, transaction: Transaction, reply: Reply) -> Replies:
    """Answer for the whole message: LMTP once for each recipient (RFC 2033 section 4.2)."""
    metrics.messages_refused.add(session.door.role)
    session.house.log.info("message-refused", session=session.connection.id, client=session.client_ip, reply=str(reply))
    session.forget()
    return (reply,) * len(transaction.recipients) if session.door.role is Role.LMTP else reply
