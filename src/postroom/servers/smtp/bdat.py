"""BDAT (RFC 3030): the message in chunks of announced size. The octets follow at once, so the answer comes at their end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.smtp import Refused
from postroom.servers.smtp import replies
from postroom.servers.smtp.data import open_content, ready

if TYPE_CHECKING:
    from postroom.formats.smtp.events import Bdat
    from postroom.servers.smtp.session import Session


def bdat(session: Session, event: Bdat) -> None:
    """Make ready for a chunk; `data.end` answers it, also when it can't be taken."""
    session.connection.expect(session.rules.content_time)
    try:
        transaction = ready(session)
    except Refused:
        return
    try:
        if not transaction.opened and transaction.refusal is None:
            open_content(session, transaction)
    except Exception as error:  # noqa: BLE001 - the octets come nevertheless; they are answered at their end
        transaction.refusal = session.failure(error)
    limits = session.rules.limits
    if transaction.refusal is None and 0 < limits.size < session.core.content_size + event.size:
        transaction.refusal = replies.TOO_BIG
