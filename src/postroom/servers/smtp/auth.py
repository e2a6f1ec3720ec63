"""AUTH (RFC 4954): logins by the SASL exchange of `formats.sasl`; passwords in plain text over TLS or from loopback only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom import metrics
from postroom.directory.errors import LoginRefused
from postroom.formats import sasl
from postroom.formats.smtp import Refused, Reply
from postroom.servers.smtp import replies

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.directory.accounts import Account
    from postroom.formats.smtp.events import Auth, Line
    from postroom.servers.smtp.session import Session

PLAIN_TEXT = frozenset({"PLAIN", "LOGIN"})


def offered(session: Session) -> tuple[str, ...]:
    """Give the mechanisms that this connection may use now, in the order of the rules."""
    if not session.door.logins or session.account is not None:
        return ()
    return tuple(mechanism for mechanism in session.rules.mechanisms if _possible(session, mechanism))


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
    if not _possible(session, event.mechanism) or event.mechanism not in session.rules.mechanisms:
        plain = event.mechanism in PLAIN_TEXT and event.mechanism in session.rules.mechanisms
        raise Refused(replies.LOGIN_NEEDS_TLS if plain else replies.NO_MECHANISM)
    exchange = _exchange(session, event.mechanism)
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


def _possible(session: Session, mechanism: str) -> bool:
    tls = session.connection.tls
    if mechanism in PLAIN_TEXT:
        where = session.rules.plain_text_login
        return tls is not None or where == "always" or (where == "loopback" and session.loopback)
    if mechanism == "EXTERNAL":
        return tls is not None and tls.client is not None
    if mechanism.endswith("-PLUS") and not _bindings(session):
        return False
    return mechanism.removesuffix("-PLUS") in session.house.directory.scram_mechanisms


def _bindings(session: Session) -> dict[str, bytes]:
    tls = session.connection.tls
    found = {name: tls.binding(name) for name in sasl.BINDINGS} if tls is not None else {}
    return {name: data for name, data in found.items() if data is not None}


def _exchange(session: Session, mechanism: str) -> sasl.Exchange:
    tls = session.connection.tls
    names = tls.client.names if tls is not None and tls.client is not None else ()
    certificate = next((name for name in names if "@" in name), "")
    plus = f"{mechanism}-PLUS" in offered(session)
    exchange = sasl.start(mechanism, bindings=_bindings(session), plus=plus, certificate=certificate)
    if exchange is None:
        raise Refused(replies.NO_MECHANISM)
    return exchange


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
    directory, ip = session.house.directory, session.client_ip
    cause = "out of order"
    try:
        if isinstance(outcome, sasl.Lookup):
            keys = await directory.scram(ip, outcome.authcid, outcome.mechanism)
            return _provided(session, exchange, exchange.provide(keys))
        if isinstance(outcome, sasl.Password):
            account = await directory.authenticate(ip, outcome.authcid, outcome.password)
            return _logged_in(session, account, outcome.authcid, outcome.authzid)
        if isinstance(outcome, sasl.Proven):
            account = await directory.proven(ip, outcome.authcid)
            return _logged_in(session, account, outcome.authcid, outcome.authzid)
        if isinstance(outcome, sasl.Failed):
            cause = outcome.cause
            await directory.refuse(ip, outcome.authcid, cause)
    except LoginRefused as error:
        return _refused(session, error.reason, banned=error.banned)
    return _refused(session, cause, banned=directory.banned(ip))


def _provided(session: Session, exchange: sasl.Exchange, outcome: sasl.Outcome) -> Reply:
    if isinstance(outcome, sasl.Challenge):
        return _challenge(session, exchange, outcome.data)
    return _refused(session, "the keys do not fit", banned=False)


def _logged_in(session: Session, account: Account, authcid: str, authzid: str) -> Reply:
    if authzid not in {"", authcid, str(account.address)}:
        return _refused(session, f"{authcid} wants to act as {authzid}", banned=False)
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
