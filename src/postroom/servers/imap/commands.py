"""Which function answers which command, and in which states; the commands that need one line have it here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from postroom.formats.imap import events
from postroom.formats.imap.mailbox import parse_nothing
from postroom.formats.imap.response import CONTINUE
from postroom.servers.imap import replies
from postroom.servers.imap.append import append, append_chunk, append_end, append_failed, append_without_message
from postroom.servers.imap.authenticate import authenticate, authenticate_line
from postroom.servers.imap.capability import capability
from postroom.servers.imap.close import close, unselect
from postroom.servers.imap.copy import copy, move
from postroom.servers.imap.create import create
from postroom.servers.imap.delete import delete
from postroom.servers.imap.deleteacl import deleteacl
from postroom.servers.imap.enable import enable
from postroom.servers.imap.expunge import expunge, uid_expunge
from postroom.servers.imap.fetch import fetch
from postroom.servers.imap.getacl import getacl
from postroom.servers.imap.id import identify
from postroom.servers.imap.idle import idle, idle_line
from postroom.servers.imap.list import list_
from postroom.servers.imap.listrights import listrights
from postroom.servers.imap.login import login
from postroom.servers.imap.lsub import lsub
from postroom.servers.imap.myrights import myrights
from postroom.servers.imap.namespace import namespace
from postroom.servers.imap.quota import getquota, getquotaroot, setquota
from postroom.servers.imap.rename import rename
from postroom.servers.imap.search import search
from postroom.servers.imap.select import examine, select
from postroom.servers.imap.setacl import setacl
from postroom.servers.imap.sort import sort
from postroom.servers.imap.starttls import starttls
from postroom.servers.imap.state import State
from postroom.servers.imap.status import status
from postroom.servers.imap.store import store
from postroom.servers.imap.subscribe import subscribe, unsubscribe
from postroom.servers.imap.thread import thread

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from postroom.servers.imap.session import Session

    Waiting = Coroutine[Any, Any, bytes | None]
    Answer = bytes | None | Waiting
    """What stands behind the tag; None when the tagged reply comes later, or not."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A command: its function, the states (bits of State) it may be given in, and whether its reply may tell of other sessions' expunges.

    They may not be told in answer to FETCH, STORE and SEARCH by number (RFC 3501 section 7.4.1), whose like are SORT and THREAD.
    """

    run: Callable[[Session, bytes], Answer]
    states: int
    expunges: bool = True


def noop(_session: Session, arguments: bytes) -> bytes:
    """NOOP (RFC 3501 section 6.1.2) and CHECK (6.4.1): what is acknowledged is on disk already; news are told as with any command."""
    parse_nothing(arguments)
    return replies.DONE


def logout(session: Session, arguments: bytes) -> None:
    """LOGOUT (RFC 3501 section 6.1.3)."""
    parse_nothing(arguments)
    session.unselect()
    session.part(replies.BYE + b"%b %b" % (session.tag, replies.LOGGED_OUT))


def literal_wanted(session: Session, _event: events.ContinuationNeeded) -> None:
    """Let a literal come (RFC 3501 section 7.5); the core has seen that it is not too large."""
    session.say(CONTINUE)


def bad(session: Session, event: events.BadCommand) -> bytes | None:
    """Answer what was no command."""
    session.tag = event.tag
    append_failed(session)
    session.exchange = None
    session.idling = False
    answer = replies.reply(b"BAD", event.text)
    if event.fatal:
        session.part(b"%b %b" % (event.tag, answer) + replies.LOST_COUNT)
        return None
    return answer


def line(session: Session, event: events.Line) -> Answer:
    """Pass a line on to who asked for it."""
    return idle_line(session, event) if session.idling else authenticate_line(session, event)


def _verbs() -> Mapping[str, Verb]:
    by_number = {"FETCH": fetch, "STORE": store, "SEARCH": search, "SORT": sort, "THREAD": thread}
    either = {"COPY": copy, "MOVE": move}
    selected = State.SELECTED
    return {
        **{name: Verb(partial(run, uid=False), selected, expunges=False) for name, run in by_number.items()},
        **{name: Verb(partial(run, uid=False), selected) for name, run in either.items()},
        **{f"UID {name}": Verb(partial(run, uid=True), selected) for name, run in {**by_number, **either}.items()},
        "NOOP": Verb(noop, State.ANY),
        "CAPABILITY": Verb(capability, State.ANY),
        "LOGOUT": Verb(logout, State.ANY),
        "ID": Verb(identify, State.ANY),
        "STARTTLS": Verb(starttls, State.NOT_AUTHENTICATED),
        "LOGIN": Verb(login, State.NOT_AUTHENTICATED),
        "AUTHENTICATE": Verb(authenticate, State.NOT_AUTHENTICATED),
        "ENABLE": Verb(enable, State.LOGGED_IN),
        "NAMESPACE": Verb(namespace, State.LOGGED_IN),
        "LIST": Verb(list_, State.LOGGED_IN),
        "LSUB": Verb(lsub, State.LOGGED_IN),
        "STATUS": Verb(status, State.LOGGED_IN),
        "CREATE": Verb(create, State.LOGGED_IN),
        "DELETE": Verb(delete, State.LOGGED_IN),
        "RENAME": Verb(rename, State.LOGGED_IN),
        "SUBSCRIBE": Verb(subscribe, State.LOGGED_IN),
        "UNSUBSCRIBE": Verb(unsubscribe, State.LOGGED_IN),
        "SELECT": Verb(select, State.LOGGED_IN),
        "EXAMINE": Verb(examine, State.LOGGED_IN),
        "APPEND": Verb(append_without_message, State.LOGGED_IN),
        "IDLE": Verb(idle, State.LOGGED_IN),
        "GETQUOTA": Verb(getquota, State.LOGGED_IN),
        "GETQUOTAROOT": Verb(getquotaroot, State.LOGGED_IN),
        "SETQUOTA": Verb(setquota, State.LOGGED_IN),
        "SETACL": Verb(setacl, State.LOGGED_IN),
        "DELETEACL": Verb(deleteacl, State.LOGGED_IN),
        "GETACL": Verb(getacl, State.LOGGED_IN),
        "LISTRIGHTS": Verb(listrights, State.LOGGED_IN),
        "MYRIGHTS": Verb(myrights, State.LOGGED_IN),
        "CHECK": Verb(noop, selected),
        "CLOSE": Verb(close, selected),
        "UNSELECT": Verb(unselect, selected),
        "EXPUNGE": Verb(expunge, selected),
        "UID EXPUNGE": Verb(uid_expunge, selected),
    }


COMMANDS: Mapping[str, Verb] = _verbs()

EVENTS: Mapping[type, Callable[[Session, Any], Answer]] = {
    events.ContinuationNeeded: literal_wanted,
    events.Append: append,
    events.LiteralChunk: append_chunk,
    events.AppendEnd: append_end,
    events.Line: line,
    events.BadCommand: bad,
}
