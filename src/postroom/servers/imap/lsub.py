"""LSUB (RFC 3501 section 6.3.9): the subscribed names that match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.imap.list import parse_lsub
from postroom.formats.imap.response import list_line
from postroom.servers.imap import names, replies, shared
from postroom.servers.imap.list import ancestors, matching

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.formats.imap.list import List
    from postroom.servers.imap.session import Session


def lsub(session: Session, arguments: bytes) -> Coroutine[Any, Any, bytes]:
    """Tell the subscriptions."""
    return _lsub(session, parse_lsub(arguments))


async def _lsub(session: Session, asked: List) -> bytes:
    mailboxes, account = session.house.mailboxes, session.user.id
    subscribed = {folder.name for folder in await mailboxes.folders(account) if folder.subscribed}
    subscribed.update(await mailboxes.subscriptions(account))
    subscribed.update(folder.name for folder in await shared.folders(session) if folder.subscribed)
    shown = set(await matching(session, asked, list(subscribed)))
    above: set[str] = set()
    if "%" in asked.patterns[0]:
        # A level that is not subscribed to itself, but stands above a subscription that `%` doesn't reach.
        above = set(await matching(session, asked, list(ancestors(subscribed - shown) - subscribed)))
    for name in sorted(shown | above):
        attributes = ("\\Noselect",) if name in above else ()
        session.say(list_line(attributes, session.rules.separator, names.shown(session, name), command=b"LSUB"))
    await session.drained()
    return replies.DONE
