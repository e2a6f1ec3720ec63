"""STARTTLS (RFC 3501 section 6.2.1): encrypt from here on, and believe nothing that was said before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.imap.mailbox import parse_nothing
from postroom.servers.imap import replies

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.session import Session

GO_AHEAD = replies.reply(b"OK", "Begin TLS now")


def starttls(session: Session, arguments: bytes) -> bytes | Coroutine[Any, Any, None] | None:
    """Start TLS, unless commands were slipped in behind: they would be obeyed as if they had come encrypted (CVE-2021-33515)."""
    parse_nothing(arguments)
    if session.connection.tls is not None:
        return replies.reply(b"BAD", "TLS is on already")
    if not session.door.starttls:
        return replies.reply(b"BAD", "TLS is not to be had here")
    if session.core.buffered:
        _injected(session)
        return None
    return _encrypt(session)


async def _encrypt(session: Session) -> None:
    session.say(b"%b %b" % (session.tag, GO_AHEAD))
    session.write()
    try:
        await session.connection.start_tls()  # its first step runs at once: no byte can come between
    except ConnectionError as error:
        session.house.log.info("tls-failed", session=session.connection.id, client=session.connection.peer.ip, cause=str(error))
        session.hang_up()
        return
    if session.core.discard():
        _injected(session)


def _injected(session: Session) -> None:
    session.house.log.warning("starttls-injection", session=session.connection.id, client=session.connection.peer.ip)
    session.part(replies.INJECTED)
