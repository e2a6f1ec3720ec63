"""Which function answers which event; the commands that need one line have it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.pop3 import Reply, events
from postroom.servers.pop3 import replies
from postroom.servers.pop3.auth import auth, line, mechanisms
from postroom.servers.pop3.capa import capa
from postroom.servers.pop3.dele import dele, rset
from postroom.servers.pop3.list import list_
from postroom.servers.pop3.quit import quit_
from postroom.servers.pop3.retr import retr
from postroom.servers.pop3.stat import stat
from postroom.servers.pop3.stls import stls
from postroom.servers.pop3.top import top
from postroom.servers.pop3.uidl import uidl
from postroom.servers.pop3.user import pass_, user
from postroom.servers.pop3.utf8 import lang, utf8

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from postroom.servers.pop3.session import Answer, Session


def bad(session: Session, event: events.Bad) -> Reply | None:
    """Answer what was no command; count it, for too many of them are an attack or a confusion."""
    session.bad_commands += 1
    session.exchange = None
    if event.fatal:
        session.part(event.reply)
        return None
    return event.reply


def noop(session: Session, _event: events.Noop) -> Reply:
    """NOOP (RFC 1939 section 5)."""
    session.opened_maildrop()
    return replies.OK


COMMANDS: Mapping[type, Callable[[Session, Any], Answer]] = {
    events.Auth: auth,
    events.Bad: bad,
    events.Capa: capa,
    events.Dele: dele,
    events.Lang: lang,
    events.Line: line,
    events.List: list_,
    events.Mechanisms: mechanisms,
    events.Noop: noop,
    events.Pass: pass_,
    events.Quit: quit_,
    events.Retr: retr,
    events.Rset: rset,
    events.Stat: stat,
    events.Stls: stls,
    events.Top: top,
    events.Uidl: uidl,
    events.User: user,
    events.Utf8: utf8,
}
