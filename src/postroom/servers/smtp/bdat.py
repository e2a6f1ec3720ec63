"""BDAT (RFC 3030): the message in chunks of announced size. The octets follow at once, so the answer comes at their end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.events import ON_SMTP_DATA
from postroom.formats.smtp import Refused
from postroom.servers.smtp import replies
from postroom.servers.smtp.data import ask, open_content, ready

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.formats.smtp.events import Bdat
    from postroom.servers.smtp.session import Session
    from postroom.servers.smtp.transaction import Transaction


def bdat(session: Session, event: Bdat) -> Coroutine[Any, Any, None] | None:
    """Make ready for a chunk; `data.end` answers it, also when it can't be taken."""
    session.connection.expect(session.rules.content_time)
    try:
        transaction = ready(session)
    except Refused:
        return None
    if not transaction.opened and transaction.refusal is None and ON_SMTP_DATA in session.house.events.active:
        return _ask(session, transaction, event)
    _take(session, transaction, event)
    return None


async def _ask(session: Session, transaction: Transaction, event: Bdat) -> None:
    try:
        await ask(session)
    except Refused as error:
        transaction.refusal = session.failure(error)
    _take(session, transaction, event)


def _take(session: Session, transaction: Transaction, event: Bdat) -> None:
    try:
        if not transaction.opened and transaction.refusal is None:
            open_content(session, transaction)
    except Exception as error:  # noqa: BLE001 - the octets come nevertheless; they are answered at their end
        transaction.refusal = session.failure(error)
    limits = session.rules.limits
    if transaction.refusal is None and 0 < limits.size < session.core.content_size + event.size:
        transaction.refusal = replies.TOO_BIG
