"""Which function answers which event; the commands that need one line have it here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.smtp import Reply, events
from postroom.servers.smtp import replies
from postroom.servers.smtp.auth import auth, auth_line
from postroom.servers.smtp.bdat import bdat
from postroom.servers.smtp.data import chunk, data, end
from postroom.servers.smtp.ehlo import hello
from postroom.servers.smtp.mail import mail
from postroom.servers.smtp.rcpt import rcpt
from postroom.servers.smtp.rset import rset
from postroom.servers.smtp.starttls import starttls
from postroom.servers.smtp.xclient import xclient

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from postroom.servers.smtp.session import Answer, Session


def bad(session: Session, event: events.Bad) -> Reply | None:
    """Answer what was no command."""
    if event.fatal:
        session.part(event.reply)
        return None
    return event.reply


def quit_(session: Session, _event: events.Quit) -> None:
    """QUIT (RFC 5321 section 4.1.1.10)."""
    session.part(replies.BYE)


def said(reply: Reply) -> Callable[[Session, Any], Reply]:
    """Make the command that always answers the same."""
    return lambda _session, _event: reply


COMMANDS: Mapping[type, Callable[[Session, Any], Answer]] = {
    events.Hello: hello,
    events.Mail: mail,
    events.Rcpt: rcpt,
    events.Data: data,
    events.Bdat: bdat,
    events.Chunk: chunk,
    events.End: end,
    events.Auth: auth,
    events.Line: auth_line,
    events.StartTls: starttls,
    events.Xclient: xclient,
    events.Rset: rset,
    events.Quit: quit_,
    events.Bad: bad,
    events.Noop: said(replies.OK),
    events.Help: said(replies.HELP),
    events.Vrfy: said(replies.CANNOT_VERIFY),
    events.Expn: said(replies.NO_LISTS),
}
