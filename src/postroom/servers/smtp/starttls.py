"""STARTTLS (RFC 3207): encrypt from here on, and believe nothing that was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.smtp import Refused
from postroom.servers.smtp import replies

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.formats.smtp.events import StartTls
    from postroom.servers.smtp.session import Session


def starttls(session: Session, event: StartTls) -> Coroutine[Any, Any, None] | None:
    """Start TLS, unless commands were slipped in behind: they would be obeyed as if they had come encrypted (CVE-2011-0411)."""
    if session.connection.tls is not None:
        raise Refused(replies.TLS_ALREADY)
    if not session.door.starttls:
        raise Refused(replies.NO_TLS)
    if session.transaction is not None:
        raise Refused(replies.NOT_NOW)
    if event.injected:
        session.house.log.warning("starttls-injection", session=session.connection.id, client=session.client_ip)
        session.part(replies.INJECTED)
        return None
    return _encrypt(session)


async def _encrypt(session: Session) -> None:
    session.write_now(replies.READY_FOR_TLS)
    try:
        await session.connection.start_tls()  # its first step runs at once: no byte can come between
    except ConnectionError as error:
        session.house.log.info("tls-failed", session=session.connection.id, client=session.client_ip, cause=str(error))
        session.hang_up()
        return
    if not session.core.encrypted():
        session.house.log.warning("starttls-injection", session=session.connection.id, client=session.client_ip)
        session.hang_up()
        return
    session.start_afresh()
