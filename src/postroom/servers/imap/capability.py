"""CAPABILITY (RFC 3501 section 6.1.1): what works here and now, and nothing else."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from postroom.formats.imap import response
from postroom.formats.imap.mailbox import parse_nothing
from postroom.servers.imap import replies

if TYPE_CHECKING:
    from postroom.servers.imap.session import Session

# RFC 2971, 4959; RFC 7888: before login only small literals come unasked.
_BEFORE = ("IMAP4rev1", "LITERAL-", "SASL-IR", "ID", "ENABLE")
_AFTER = tuple(
    "IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE NAMESPACE CHILDREN LIST-EXTENDED LIST-STATUS SPECIAL-USE CREATE-SPECIAL-USE UIDPLUS MOVE "
    "UNSELECT ESEARCH WITHIN CONDSTORE STATUS=SIZE SORT THREAD=ORDEREDSUBJECT THREAD=REFERENCES OBJECTID QUOTA QUOTA=RES-STORAGE".split()
)


def capability(session: Session, arguments: bytes) -> bytes:
    """Tell the capabilities."""
    parse_nothing(arguments)
    session.say(response.untagged(capabilities(session)))
    return replies.DONE


def capabilities(session: Session) -> bytes:
    """Write the inside of CAPABILITY for a session as it stands, also a response code."""
    if session.account is not None:
        return _after(session.house.directory.max_message_size(session.account))
    starttls = session.door.starttls and session.connection.tls is None
    return _before(session.client.offered(session.house.directory), starttls=starttls, plain=session.client.may_send_password)


def greeting(session: Session) -> bytes:
    """Write the first line of all (RFC 3501 section 7.1.1)."""
    return _greeting(capabilities(session), session.rules.hostname)


@lru_cache(16)
def _before(mechanisms: tuple[str, ...], *, starttls: bool, plain: bool) -> bytes:
    words = [*_BEFORE, *(f"AUTH={mechanism}" for mechanism in mechanisms)]
    return response.capability(words + ["STARTTLS"] * starttls + ["LOGINDISABLED"] * (not plain))


@lru_cache(16)
def _after(most: int) -> bytes:
    # RFC 7889 section 3.1: without a value the limit may differ between mailboxes; without any limit it is not announced.
    return response.capability([*_AFTER, f"APPENDLIMIT={most}"] if most else _AFTER)


@lru_cache(16)
def _greeting(capabilities: bytes, hostname: str) -> bytes:
    return response.status(b"*", b"OK", f"{hostname} Postroom is ready", capabilities)
