"""AUTHENTICATE (RFC 3501 section 6.2.2, SASL-IR of RFC 4959): logins by the SASL exchange of `formats.sasl`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.errors import LoginRefused
from postroom.formats import sasl
from postroom.formats.imap.authenticate import decode_response, parse_authenticate
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.response import continuation
from postroom.servers.imap import login, replies
from postroom.servers.login import PLAIN_TEXT, proceed

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.formats.imap.events import Line
    from postroom.servers.imap.session import Session


def authenticate(session: Session, arguments: bytes) -> bytes | Coroutine[Any, Any, bytes | None] | None:
    """Begin a login."""
    asked = parse_authenticate(arguments)
    if session.house.directory.banned(session.connection.peer.ip):
        return login.refused(session, "the address is banned", banned=True)
    offered = session.client.offered(session.house.directory)
    if asked.mechanism not in offered:
        if asked.mechanism in PLAIN_TEXT:
            raise replies.no("Start TLS first", b"PRIVACYREQUIRED")
        raise replies.no("This mechanism is not offered", b"CANNOT")
    exchange = session.client.begin(asked.mechanism, offered)
    if asked.initial is None:
        _challenge(session, exchange, exchange.prompt)
        return None
    return _follow(session, exchange, exchange.step(asked.initial))


def authenticate_line(session: Session, event: Line) -> bytes | Coroutine[Any, Any, bytes | None] | None:
    """Take the client's next response."""
    exchange, session.exchange = session.exchange, None
    response = decode_response(event.data)
    if exchange is None or response is None:
        raise CommandRefused("Authentication cancelled")
    return _follow(session, exchange, exchange.step(response))


def _challenge(session: Session, exchange: sasl.Exchange, data: bytes) -> None:
    session.exchange = exchange
    session.core.expect_line()
    session.say(continuation(sasl.encode(data)))


def _follow(session: Session, exchange: sasl.Exchange, outcome: sasl.Outcome) -> Coroutine[Any, Any, bytes | None] | None:
    if isinstance(outcome, sasl.Challenge):
        _challenge(session, exchange, outcome.data)
        return None
    return _finish(session, exchange, outcome)


async def _finish(session: Session, exchange: sasl.Exchange, outcome: sasl.Outcome) -> bytes | None:
    """Do what the exchange asks for until it is over or waits for the client."""
    try:
        reached = await proceed(session.house.directory, session.client.ip, exchange, outcome, session.rules.master_user)
    except LoginRefused as error:
        return login.refused(session, error.reason, banned=error.banned)
    if isinstance(reached, sasl.Challenge):
        _challenge(session, exchange, reached.data)
        return None
    return login.welcome(session, reached)
