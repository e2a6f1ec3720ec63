"""TOP (RFC 1939 section 7): the header of a message and the first lines of its body; no more is read than is sent."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from postroom.formats.pop3 import Reply
from postroom.formats.pop3 import Top as Beginning
from postroom.servers.pop3.retr import send

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Coroutine
    from typing import Any

    from postroom.formats.pop3.events import Top
    from postroom.servers.pop3.session import Session

FIRST = Reply.ok("The beginning follows").wire


def top(session: Session, event: Top) -> Coroutine[Any, Any, None]:
    """Send the beginning of a message."""
    opened = session.opened_maildrop()
    uid = opened.drop.uids[opened.place(event.number)]
    return send(session, FIRST, _beginning(opened.drop.read(uid), event.lines))


async def _beginning(pieces: AsyncGenerator[bytes, None], lines: int) -> AsyncGenerator[bytes, None]:
    wanted = Beginning(lines)
    async with aclosing(pieces):
        async for piece in pieces:
            if part := wanted.take(piece):
                yield part
            if wanted.done:
                return
