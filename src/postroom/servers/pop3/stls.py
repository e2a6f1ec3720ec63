"""STLS (RFC 2595 section 4): encrypt from here on, and believe nothing that was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.pop3 import Refused
from postroom.servers.pop3 import replies

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from postroom.formats.pop3.events import Stls
    from postroom.servers.pop3.session import Session


def stls(session: Session, event: Stls) -> Coroutine[Any, Any, None] | None:
    """Start TLS, unless commands were slipped in behind: they would be obeyed as if they had come encrypted (CVE-2011-0411)."""
    if session.maildrop is not None:
        raise Refused(replies.LOGGED_IN_ALREADY)
    if session.connection.tls is not None:
        raise Refused(replies.TLS_ALREADY)
    if not session.door.starttls:
        raise Refused(replies.NO_TLS)
    if event.injected:
        _injected(session)
        return None
    return _encrypt(session)


def _injected(session: Session) -> None:
    session.house.log.warning("starttls-injection", session=session.connection.id, client=session.client_ip)
    session.part(replies.INJECTED)


async def _encrypt(session: Session) -> None:
    if session.core.buffered:  # it came between the command and this task
        _injected(session)
        return
    session.write_now(replies.READY_FOR_TLS.wire)
    try:
        await session.connection.start_tls()  # its first step runs at once: no byte can come between
    except ConnectionError as error:
        session.house.log.info("tls-failed", session=session.connection.id, client=session.client_ip, cause=str(error))
        session.hang_up()
        return
    if not session.core.encrypted():
        _injected(session)
        return
    session.name = None
