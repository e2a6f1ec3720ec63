"""LOGIN (RFC 3501 section 6.2.3): passwords in plain text over TLS or from loopback only; and the end of every login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom import metrics
from postroom.directory.errors import LoginRefused
from postroom.formats.imap.authenticate import parse_login
from postroom.servers.imap import capability, replies
from postroom.servers.imap.mechanisms import plain_text_allowed

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.directory.accounts import Account
    from postroom.formats.imap.authenticate import Login
    from postroom.servers.imap.session import Session


def login(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Log in with name and password."""
    if not plain_text_allowed(session):
        raise replies.no("Start TLS first", b"PRIVACYREQUIRED")
    return _login(session, parse_login(arguments))


async def _login(session: Session, words: Login) -> bytes:
    directory, ip = session.house.directory, session.connection.peer.ip
    try:
        name, password = words.name.decode(), words.password.decode()
        return welcome(session, await directory.authenticate(ip, name, password), name)
    except UnicodeDecodeError:
        return await failed(session, "", "name or password is not UTF-8")
    except LoginRefused as error:
        return refused(session, error.reason, banned=error.banned)


def welcome(session: Session, account: Account, authcid: str, authzid: str = "") -> bytes:
    """Let a user in who has proven who they are; acting as somebody else is not to be had."""
    if authzid not in {"", authcid, str(account.address)}:
        return refused(session, f"{authcid} wants to act as {authzid}", banned=False)
    session.logged_in(account)
    return replies.reply(b"OK", "Logged in", capability.capabilities(session))


def refused(session: Session, reason: str, *, banned: bool) -> bytes:
    """Refuse with one text for every reason, so that nothing is learnt from it; who is banned is sent away."""
    session.failed_logins += session.rules.failed_logins if banned else 1
    metrics.login_failures.add("imap")
    session.house.log.warning("login-refused", session=session.connection.id, client=session.connection.peer.ip, reason=reason)
    return replies.LOGIN_WRONG


async def failed(session: Session, name: str, cause: str) -> bytes:
    """Refuse a login that the directory did not see, after the delay that it has for those."""
    directory, ip = session.house.directory, session.connection.peer.ip
    try:
        await directory.refuse(ip, name, cause)
    except LoginRefused as error:
        return refused(session, error.reason, banned=error.banned)
    return refused(session, cause, banned=directory.banned(ip))
