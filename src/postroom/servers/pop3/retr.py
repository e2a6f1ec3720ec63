"""RETR and TOP (RFC 1939 sections 5 and 7): a message, or its beginning, sent as it is read; no large one is ever held whole."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from postroom.formats.pop3 import Refused, Reply, Stuffing
from postroom.mailboxes.maildrop import Gone
from postroom.servers.pop3 import replies

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Coroutine
    from typing import Any

    from postroom.formats.pop3.events import Retr
    from postroom.servers.pop3.session import Session


def retr(session: Session, event: Retr) -> Coroutine[Any, Any, None]:
    """Send a message."""
    opened = session.opened_maildrop()
    place = opened.place(event.number)
    first = Reply.ok(f"{opened.drop.sizes[place]} octets").wire
    return send(session, first, opened.drop.read(opened.drop.uids[place]))


async def send(session: Session, first: bytes, pieces: AsyncGenerator[bytes, None]) -> None:
    """Send the status line and a message in pieces. Once begun, trouble can only be told by cutting the connection before the end."""
    stuffing = Stuffing()
    begun = False
    try:
        async with aclosing(pieces):
            async for piece in pieces:
                if not begun:
                    session.say(first)
                    begun = True
                session.put(stuffing.stuff(piece))
                await session.flowing()
    except ConnectionError:
        raise
    except Exception as error:
        if begun:
            session.cut_off()
        if isinstance(error, Gone):
            raise Refused(replies.GONE) from None
        raise
    if not begun:
        session.say(first)
    session.put(stuffing.finish())
