"""AUTH (RFC 4954): logins by the SASL exchange of `formats.sasl`; passwords in plain text over TLS or from loopback only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom import metrics
from postroom.directory.errors import LoginRefused
from postroom.events import ON_CLIENT_LOGON, ON_CLIENT_VALIDATE_PASSWORD, ClientLogon
from postroom.formats import sasl
from postroom.formats.smtp import Refused, Reply
from postroom.servers.login import PLAIN_TEXT, proceed
from postroom.servers.smtp import handlers, replies

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.directory.accounts import Account
    from postroom.formats.smtp.events import Auth, Line
    from postroom.servers.smtp.session import Session


def offered(session: Session) -> tuple[str, ...]:
    """Give the mechanisms that this connection may use now."""
    if not session.door.logins or session.account is not None:
        return ()
    mechanisms = session.client.offered(session.house.directory)
    return mechanisms if session.rules.auth_plain else tuple(one for one in mechanisms if one != "PLAIN")


def auth(session: Session, event: Auth) -> Reply | Coroutine[Any, Any, Reply]:
    """Begin a login."""
    if session.hello is None:
        raise Refused(replies.HELLO_FIRST)
    if not session.door.logins:
        raise Refused(replies.NO_LOGINS)
    if session.account is not None:
        raise Refused(replies.LOGGED_IN_ALREADY)
    if session.transaction is not None:
        raise Refused(replies.NOT_NOW)
    if session.house.directory.banned(session.client_ip):
        raise Refused(replies.BANNED)
    mechanisms = offered(session)
    if event.mechanism not in mechanisms:
        raise Refused(replies.LOGIN_NEEDS_TLS if event.mechanism in PLAIN_TEXT else replies.NO_MECHANISM)
    exchange = session.client.begin(event.mechanism, mechanisms)
    if event.initial is None:
        return _challenge(session, exchange, exchange.prompt)
    return _follow(session, exchange, exchange.step(event.initial))


def auth_line(session: Session, event: Line) -> Reply | Coroutine[Any, Any, Reply]:
    """Take the client's next response."""
    exchange, session.exchange = session.exchange, None
    if exchange is None:  # the line was asked for by nobody
        raise Refused(replies.LOGIN_CANCELLED)
    try:
        response = sasl.decode(event.text)
    except ValueError:
        raise Refused(replies.LOGIN_NOT_BASE64) from None
    if response is None:
        raise Refused(replies.LOGIN_CANCELLED)
    return _follow(session, exchange, exchange.step(response))


def _challenge(session: Session, exchange: sasl.Exchange, data: bytes) -> Reply:
    session.exchange = exchange
    session.core.expect_line()
    return Reply.of(334, "", sasl.encode(data).decode())


def _follow(session: Session, exchange: sasl.Exchange, outcome: sasl.Outcome) -> Reply | Coroutine[Any, Any, Reply]:
    if isinstance(outcome, sasl.Challenge):
        return _challenge(session, exchange, outcome.data)
    return _finish(session, exchange, outcome)


async def _finish(session: Session, exchange: sasl.Exchange, outcome: sasl.Outcome) -> Reply:
    """Do what the exchange asks for until it is over or waits for the client."""
    try:
        reached = await proceed(session.house.directory, session.client_ip, exchange, outcome)
    except LoginRefused as error:
        if not error.banned:
            await _tell(session, outcome, authenticated=False)
        return _refused(session, error.reason, banned=error.banned)
    if isinstance(reached, sasl.Challenge):
        return _challenge(session, exchange, reached.data)
    await _tell(session, outcome, authenticated=True)
    if isinstance(outcome, sasl.Password) and ON_CLIENT_VALIDATE_PASSWORD in session.house.events.active:
        session.password = outcome.password
    return _logged_in(session, reached)


async def _tell(session: Session, outcome: sasl.Outcome, *, authenticated: bool) -> None:
    """Tell handlers of a password that was tried, before the client is told."""
    events = session.house.events
    if isinstance(outcome, sasl.Password) and ON_CLIENT_LOGON in events.active:
        await events.fire(ClientLogon(handlers.client(session, username=outcome.authcid, authenticated=authenticated)))


def _logged_in(session: Session, account: Account) -> Reply:
    session.account = account
    metrics.logins.add(session.door.role)
    session.house.log.info("login", session=session.connection.id, client=session.client_ip, account=str(account.address))
    return replies.LOGGED_IN


def _refused(session: Session, reason: str, *, banned: bool) -> Reply:
    """Refuse with one text for every reason, so that nothing is learnt from it."""
    session.failed_logins += 1
    metrics.login_failures.add(session.door.role)
    session.house.log.warning("login-refused", session=session.connection.id, client=session.client_ip, reason=reason)
    return replies.BANNED if banned else replies.LOGIN_WRONG
