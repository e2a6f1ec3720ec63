"""AUTH (RFC 5034): logins by the SASL exchange of `formats.sasl`; passwords in plain text over TLS or from loopback only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.directory.errors import LoginRefused
from postroom.formats import sasl
from postroom.formats.pop3 import Refused, Reply
from postroom.servers.pop3 import replies
from postroom.servers.pop3.login import open_maildrop, plain_text, refused

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping
    from typing import Any

    from postroom.formats.pop3.events import Auth, Line, Mechanisms
    from postroom.servers.pop3.ports import Account
    from postroom.servers.pop3.session import Session

    Next = Reply | bytes | Coroutine[Any, Any, Reply | bytes]


def offered(session: Session) -> tuple[str, ...]:
    """Give the mechanisms that this connection may use, in the order of the rules."""
    return tuple(mechanism for mechanism in session.rules.mechanisms if _possible(session, mechanism))


def mechanisms(session: Session, _event: Mechanisms) -> Reply:
    """List them, for clients that know no CAPA."""
    return Reply.ok("These mechanisms are offered", offered(session))


def auth(session: Session, event: Auth) -> Next:
    """Begin a login."""
    if session.maildrop is not None:
        raise Refused(replies.LOGGED_IN_ALREADY)
    session.name = None
    if event.mechanism not in offered(session):
        plain = event.mechanism in {"PLAIN", "LOGIN"} and event.mechanism in session.rules.mechanisms
        raise Refused(replies.LOGIN_NEEDS_TLS if plain else replies.NO_MECHANISM)
    exchange = _exchange(session, event.mechanism)
    if event.initial is None:
        return _challenge(session, exchange, exchange.prompt)
    return _follow(session, exchange, exchange.step(event.initial))


def line(session: Session, event: Line) -> Next:
    """Take the client's next response."""
    exchange, session.exchange = session.exchange, None
    if exchange is None:  # the line was asked for by nobody
        raise Refused(replies.LOGIN_CANCELLED)
    try:
        response = sasl.decode(event.data)
    except ValueError:
        raise Refused(replies.LOGIN_NOT_BASE64) from None
    if response is None:
        raise Refused(replies.LOGIN_CANCELLED)
    return _follow(session, exchange, exchange.step(response))


def _possible(session: Session, mechanism: str) -> bool:
    tls = session.connection.tls
    if mechanism in {"PLAIN", "LOGIN"}:
        return plain_text(session)
    if mechanism == "EXTERNAL":
        return tls is not None and tls.client is not None
    if mechanism.removesuffix("-PLUS") not in session.house.directory.scram_mechanisms:
        return False
    return not mechanism.endswith("-PLUS") or bool(_bindings(session))


def _bindings(session: Session) -> Mapping[str, bytes]:
    tls = session.connection.tls
    return tls.bindings if tls is not None else {}


def _exchange(session: Session, mechanism: str) -> sasl.Exchange:
    tls = session.connection.tls
    certificate = tls.client.names[0] if tls is not None and tls.client is not None and tls.client.names else ""
    plus = any(other.endswith("-PLUS") for other in offered(session))
    exchange = sasl.start(mechanism, bindings=_bindings(session), plus=plus, certificate=certificate)
    if exchange is None:
        raise Refused(replies.NO_MECHANISM)
    return exchange


def _challenge(session: Session, exchange: sasl.Exchange, data: bytes) -> bytes:
    session.exchange = exchange
    session.core.expect_line()
    return b"+ " + sasl.encode(data) + b"\r\n"


def _follow(session: Session, exchange: sasl.Exchange, outcome: sasl.Outcome) -> Next:
    if isinstance(outcome, sasl.Challenge):
        return _challenge(session, exchange, outcome.data)
    return _finish(session, exchange, outcome)


async def _finish(session: Session, exchange: sasl.Exchange, outcome: sasl.Outcome) -> Reply | bytes:
    """Ask the directory what the exchange wants to know; then it waits for the client again, or is over."""
    try:
        if isinstance(outcome, sasl.Lookup):
            outcome = exchange.provide(await session.house.directory.scram(session.client_ip, outcome.authcid, outcome.mechanism))
            if isinstance(outcome, sasl.Challenge):
                return _challenge(session, exchange, outcome.data)
        account = await _account(session, outcome)
    except LoginRefused as error:
        return refused(session, error)
    return await open_maildrop(session, account)


async def _account(session: Session, outcome: sasl.Outcome) -> Account:
    """Find out who has logged in; raises LoginRefused."""
    directory, ip = session.house.directory, session.client_ip
    if isinstance(outcome, sasl.Password):
        account = await directory.authenticate(ip, outcome.authcid, outcome.password)
    elif isinstance(outcome, sasl.Proven):
        account = await directory.proven(ip, outcome.authcid)
    else:
        reason = outcome.cause if isinstance(outcome, sasl.Failed) else "the exchange went astray"
        await directory.refuse(ip, "", reason)
        raise LoginRefused(reason)
    if outcome.authzid not in {"", outcome.authcid, str(account.address)}:  # nobody acts for another here
        await directory.refuse(ip, outcome.authcid, f"wants to act as {outcome.authzid}")
        raise LoginRefused("wants to act as another")
    return account
