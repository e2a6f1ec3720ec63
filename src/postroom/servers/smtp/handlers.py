"""What SMTP tells the handlers of events, and how their results read on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.events import DEFER_WITH, REJECT, REJECT_WITH, Envelope
from postroom.formats.smtp import Refused, Reply
from postroom.servers.peer import peer
from postroom.servers.smtp import replies

if TYPE_CHECKING:
    from postroom.events import Client, Event, Result
    from postroom.servers.smtp.session import Session

REJECTED = Reply.of(554, "", "Rejected")


def client(session: Session, **facts: Any) -> Client:
    """Describe the session's client."""
    hello = session.hello.name if session.hello else ""
    account = session.account
    told = {"helo": hello, "username": str(account.address) if account else "", "authenticated": account is not None, "ip": session.client_ip}
    return peer(session.connection, **{**told, **facts})


def envelope(session: Session) -> Envelope | None:
    """Give what is known of the message under way before its content; None when there is none."""
    transaction = session.transaction
    if transaction is None:
        return None
    return Envelope(str(transaction.mail.sender or ""), [str(recipient.address) for recipient in transaction.recipients])


def refusal(result: Result) -> Reply | None:
    """Give the reply of a result that refuses (events.md section 2). A text can't forge a second reply: `Reply` keeps it to one line."""
    if result.deferred:
        return replies.TRY_LATER
    match result.value:
        case value if value == REJECT:
            return REJECTED
        case value if value == REJECT_WITH:
            return Reply.of(554, "", result.message)
        case value if value == DEFER_WITH:
            return Reply.of(453, "", result.message)
    return None


async def ask(session: Session, event: Event) -> None:
    """Fire an event whose handlers may refuse; raises Refused when they do."""
    reply = refusal(await session.house.events.fire(event))
    if reply is not None:
        raise Refused(reply, f"refused by {event.trigger}")
