"""EHLO, HELO (RFC 5321 section 4.1.1.1) and LHLO (RFC 2033 section 4.1): who the client says it is, and what is to be had here."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from postroom.events import HELO, ON_HELO
from postroom.formats.dates import SECOND
from postroom.formats.smtp import Reply
from postroom.servers.smtp import handlers, replies
from postroom.servers.smtp.auth import offered
from postroom.servers.smtp.house import Role

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.formats.smtp.events import Hello
    from postroom.servers.smtp.rules import Rules
    from postroom.servers.smtp.session import Session


def hello(session: Session, event: Hello) -> Reply | Coroutine[Any, Any, Reply] | None:
    """Answer with the extensions; a second hello is a RSET (RFC 5321 section 4.1.4)."""
    if session.core.buffered and not session.rules.early_talkers and not session.spared:
        session.house.log.info("early-talker", session=session.connection.id, client=session.client_ip)
        session.part(replies.EARLY)  # pipelining before it was allowed: no mail server does (RFC 2920 section 3.1)
        return None
    if ON_HELO in session.house.events.active:
        return _ask(session, event)
    return _greet(session, event)


async def _ask(session: Session, event: Hello) -> Reply:
    """Let handlers decide; refused, the session stays as it was. Who is logged in does not count here (events.md 3.2)."""
    await handlers.ask(session, HELO(handlers.client(session, helo=event.name, username="", authenticated=False)))
    return _greet(session, event)


def _greet(session: Session, event: Hello) -> Reply:
    session.forget()
    session.hello = event
    if event.verb == "HELO":
        return Reply.of(250, "", session.rules.hostname)
    starttls = session.door.starttls and session.connection.tls is None
    requiretls = session.connection.tls is not None and session.door.role is not Role.LMTP
    xclient = session.door.trusts(session.connection.peer.ip)
    return _extensions(session.rules, starttls, offered(session), xclient, requiretls, _future_release(session))


def _future_release(session: Session) -> str:
    """Offer FUTURERELEASE to users: how far ahead in seconds and until when (RFC 4865 section 3), to the minute; '' where it is not to be had."""
    seconds = session.rules.future_release
    if not seconds or session.door.role is not Role.SUBMISSION:
        return ""
    latest = (session.house.clock() // SECOND + seconds) // 60 * 60
    return f"FUTURERELEASE {seconds} {time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(latest))}"


@lru_cache(64)
def _extensions(rules: Rules, starttls: bool, mechanisms: tuple[str, ...], xclient: bool, requiretls: bool, future_release: str) -> Reply:
    lines = [rules.hostname, "PIPELINING", f"SIZE {rules.limits.size}" if rules.limits.size else "SIZE", "8BITMIME"]
    if rules.smtputf8:
        lines.append("SMTPUTF8")
    lines += ["CHUNKING", "ENHANCEDSTATUSCODES"]
    if rules.dsn:
        lines.append("DSN")
    if requiretls:
        lines.append("REQUIRETLS")  # only where TLS is on (RFC 8689 section 2)
    if future_release:
        lines.append(future_release)
    if starttls:
        lines.append("STARTTLS")
    if mechanisms:
        lines.append(f"AUTH {' '.join(mechanisms)}")
    limits = [f"{name}={value}" for name, value in (("MAILMAX", rules.messages), ("RCPTMAX", rules.recipients)) if value]
    if limits:
        lines.append(f"LIMITS {' '.join(limits)}")
    if xclient:
        lines.append("XCLIENT NAME ADDR PORT HELO")
    return Reply.of(250, "", *lines)
