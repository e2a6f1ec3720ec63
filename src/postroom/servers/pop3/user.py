"""USER and PASS (RFC 1939 section 7): over TLS or from loopback only. USER says yes to every name, so that none can be tried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.directory.errors import LoginRefused
from postroom.formats.pop3 import Refused, Reply
from postroom.servers.pop3 import replies
from postroom.servers.pop3.login import open_maildrop, refused, tell

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from postroom.formats.pop3.events import Pass, User
    from postroom.servers.pop3.session import Session

NAME_PLEASE = Reply.ok("Now the password")


def user(session: Session, event: User) -> Reply:
    """Keep the name."""
    if session.maildrop is not None:
        raise Refused(replies.LOGGED_IN_ALREADY)
    if not session.client.may_send_password:
        raise Refused(replies.LOGIN_NEEDS_TLS)
    session.name = event.name
    return NAME_PLEASE


def pass_(session: Session, event: Pass) -> Coroutine[Any, Any, Reply]:
    """Verify the password."""
    if session.maildrop is not None:
        raise Refused(replies.LOGGED_IN_ALREADY)
    if not session.client.may_send_password:
        raise Refused(replies.LOGIN_NEEDS_TLS)
    name, session.name = session.name, None
    if name is None:
        raise Refused(replies.USER_FIRST)
    return _verify(session, name, event.password)


async def _verify(session: Session, name: str, password: str) -> Reply:
    try:
        if not (_is_text(name) and _is_text(password)):
            await session.house.directory.refuse(session.client_ip, "", "name or password is not UTF-8")
        account = await session.house.directory.authenticate(session.client_ip, name, password)
    except LoginRefused as error:
        if not error.banned:
            await tell(session, name, authenticated=False)
        return refused(session, error)
    await tell(session, name, authenticated=True)
    return await open_maildrop(session, account)


def _is_text(text: str) -> bool:
    """Tell whether what came was UTF-8 (RFC 6856 section 2.2)."""
    return not any("\ud800" <= character <= "\udfff" for character in text)
