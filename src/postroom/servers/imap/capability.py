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
    "UNSELECT ESEARCH WITHIN CONDSTORE STATUS=SIZE SORT THREAD=ORDEREDSUBJECT THREAD=REFERENCES OBJECTID ACL RIGHTS=kxte "
    "QUOTA QUOTA=RES-STORAGE".split()
)


def capability(session: Session, arguments: bytes) -> bytes:
    """Tell the capabilities."""
    parse_nothing(arguments)
    session.say(response.untagged(capabilities(session)))
    return replies.DONE


def capabilities(session: Session) -> bytes:
    """Write the inside of CAPABILITY for a session as it stands, also a response code."""
    if session.account is not None:
        return _after(session.house.directory.max_message_size(session.account), session.rules.hidden)
    starttls = session.door.starttls and session.connection.tls is None
    offered, plain = session.client.offered(session.house.directory), session.client.may_send_password
    return _before(offered, session.rules.hidden, starttls=starttls, plain=plain)


def greeting(session: Session) -> bytes:
    """Write the first line of all (RFC 3501 section 7.1.1)."""
    rules = session.rules
    return _greeting(capabilities(session), rules.welcome or f"{rules.hostname} Postroom is ready")


@lru_cache(16)
def _before(mechanisms: tuple[str, ...], hidden: frozenset[str], *, starttls: bool, plain: bool) -> bytes:
    words = [*_BEFORE, *(f"AUTH={mechanism}" for mechanism in mechanisms)]
    return response.capability([word for word in words if word not in hidden] + ["STARTTLS"] * starttls + ["LOGINDISABLED"] * (not plain))


@lru_cache(16)
def _after(most: int, hidden: frozenset[str]) -> bytes:
    # RFC 7889 section 3.1: without a value the limit may differ between mailboxes; without any limit it is not announced.
    words = [word for word in _AFTER if word not in hidden]
    return response.capability([*words, f"APPENDLIMIT={most}"] if most else words)


@lru_cache(16)
def _greeting(capabilities: bytes, text: str) -> bytes:
    return response.status(b"*", b"OK", text, capabilities)
