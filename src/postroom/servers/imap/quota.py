"""GETQUOTA, GETQUOTAROOT and SETQUOTA (RFC 9208): one quota root, the empty one, for all mail of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from postroom.formats.imap.mailbox import parse_mailbox
from postroom.formats.imap.quota import parse_getquota, parse_setquota
from postroom.formats.imap.response import quota_line, quotaroot_line
from postroom.servers.imap import names, replies

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.session import Session

UNIT = 1024  # octets in a unit of STORAGE (RFC 9208 section 5.1)


def getquota(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Tell usage and limit of a quota root."""
    root = parse_getquota(arguments)
    if root:
        raise replies.no("There is no such quota root", b"NONEXISTENT")
    return _getquota(session)


def getquotaroot(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Tell the quota root of a mailbox, with its usage and limit."""
    return _getquotaroot(session, parse_mailbox(arguments))


def setquota(_session: Session, arguments: bytes) -> NoReturn:
    """Refuse: quotas are the administrator's."""
    parse_setquota(arguments)
    raise replies.no("Quotas are set by the administrator", b"NOPERM")


async def _getquota(session: Session) -> bytes:
    limit = session.user.quota
    used, _ = await session.house.mailboxes.usage(session.user.id)
    session.say(quota_line("", [("STORAGE", -(-used // UNIT), limit // UNIT)] if limit else []))
    return replies.DONE


async def _getquotaroot(session: Session, name: str) -> bytes:
    if await names.find(session, name) is None:
        raise replies.no("There is no such mailbox", b"NONEXISTENT")
    session.say(quotaroot_line(name, [""]))
    return await _getquota(session)


async def require_room(session: Session, size: int) -> None:
    """Refuse to store so many octets more when the account has no room for them: NO [OVERQUOTA] (RFC 9208 section 4.3)."""
    limit = session.user.quota
    if limit and (await session.house.mailboxes.usage(session.user.id))[0] + size > limit:
        raise replies.no("The mailbox is full", b"OVERQUOTA")
