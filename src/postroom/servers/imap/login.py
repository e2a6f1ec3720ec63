"""LOGIN (RFC 3501 section 6.2.3): passwords in plain text over TLS or from loopback only; and the end of every login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom import metrics
from postroom.directory.errors import LoginRefused
from postroom.events import ON_CLIENT_LOGON, ClientLogon
from postroom.formats.imap.authenticate import parse_login
from postroom.servers.imap import capability, replies
from postroom.servers.login import refusal
from postroom.servers.peer import peer

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.directory.accounts import Account
    from postroom.formats.imap.authenticate import Login
    from postroom.servers.imap.session import Session


def login(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Log in with name and password."""
    if not session.client.may_send_password:
        raise replies.no("Start TLS first", b"PRIVACYREQUIRED")
    return _login(session, parse_login(arguments))


async def _login(session: Session, words: Login) -> bytes:
    directory, ip = session.house.directory, session.client.ip
    try:
        try:
            name, password = words.name.decode(), words.password.decode()
        except UnicodeDecodeError:
            raise await refusal(directory, ip, "", "name or password is not UTF-8") from None
        account = await directory.authenticate(ip, name, password)
        await _tell(session, words, authenticated=True)
        return welcome(session, account)
    except LoginRefused as error:
        if not error.banned:
            await _tell(session, words, authenticated=False)
        return refused(session, error.reason, banned=error.banned)


async def _tell(session: Session, words: Login, *, authenticated: bool) -> None:
    """Tell handlers of a password that was tried, before the client is told."""
    events = session.house.events
    if ON_CLIENT_LOGON in events.active:
        name = words.name.decode("utf-8", "replace")
        await events.fire(ClientLogon(peer(session.connection, username=name, authenticated=authenticated)))


def welcome(session: Session, account: Account) -> bytes:
    """Let a user in who has proven who they are."""
    session.logged_in(account)
    return replies.reply(b"OK", "Logged in", capability.capabilities(session))


def refused(session: Session, reason: str, *, banned: bool) -> bytes:
    """Refuse with one text for every reason, so that nothing is learnt from it; who is banned is sent away."""
    session.failed_logins += session.rules.failed_logins if banned else 1
    metrics.login_failures.add("imap")
    session.house.log.warning("login-refused", session=session.connection.id, client=session.client.ip, reason=reason)
    return replies.LOGIN_WRONG
