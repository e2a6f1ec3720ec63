"""AUTH (RFC 5034): logins by the SASL exchange of `formats.sasl`; passwords in plain text over TLS or from loopback only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.directory.errors import LoginRefused
from postroom.formats import sasl
from postroom.formats.pop3 import Refused, Reply
from postroom.servers.login import PLAIN_TEXT, proceed
from postroom.servers.pop3 import replies
from postroom.servers.pop3.login import open_maildrop, refused, tell

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from postroom.formats.pop3.events import Auth, Line, Mechanisms
    from postroom.servers.pop3.session import Session

    Next = Reply | bytes | Coroutine[Any, Any, Reply | bytes]


def offered(session: Session) -> tuple[str, ...]:
    """Give the mechanisms that this connection may use."""
    return session.client.offered(session.house.directory)


def mechanisms(session: Session, _event: Mechanisms) -> Reply:
    """List them, for clients that know no CAPA."""
    return Reply.ok("These mechanisms are offered", offered(session))


def auth(session: Session, event: Auth) -> Next:
    """Begin a login."""
    if session.maildrop is not None:
        raise Refused(replies.LOGGED_IN_ALREADY)
    session.name = None
    allowed = offered(session)
    if event.mechanism not in allowed:
        raise Refused(replies.LOGIN_NEEDS_TLS if event.mechanism in PLAIN_TEXT else replies.NO_MECHANISM)
    exchange = session.client.begin(event.mechanism, allowed)
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
        reached = await proceed(session.house.directory, session.client_ip, exchange, outcome)
    except LoginRefused as error:
        if isinstance(outcome, sasl.Password) and not error.banned:
            await tell(session, outcome.authcid, authenticated=False)
        return refused(session, error)
    if isinstance(reached, sasl.Challenge):
        return _challenge(session, exchange, reached.data)
    if isinstance(outcome, sasl.Password):
        await tell(session, outcome.authcid, authenticated=True)
    return await open_maildrop(session, reached)
