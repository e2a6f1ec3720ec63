"""SEARCH and UID SEARCH (RFC 3501 section 6.4.4) with ESEARCH (RFC 4731) and MODSEQ (RFC 7162 section 3.1.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.formats.imap.response import ExtendedSearch, esearch_line, search_line
from postroom.formats.imap.search import Search, parse_search
from postroom.formats.uidset import UidSet
from postroom.mailboxes import search as mailboxes_search
from postroom.mailboxes.search import Scope
from postroom.servers.imap import replies

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.servers.imap.selected import Selected
    from postroom.servers.imap.session import Session


def search(session: Session, arguments: bytes, *, uid: bool) -> Coroutine[Any, Any, bytes]:
    """Find messages."""
    asked = parse_search(arguments)
    return _search(session, session.folder, asked, uid=uid)


async def _search(session: Session, selected: Selected, asked: Search, *, uid: bool) -> bytes:
    found = await found_uids(session, selected, asked)
    modseq = await _highest(session, selected, asked, found) if asked.has_modseq and found else None
    if asked.returns is None:
        session.say(search_line(found if uid else selected.uids.ranks(found), modseq))
    else:
        uids = UidSet(found)
        result = ExtendedSearch.of(uids if uid else selected.uids.positions(uids), asked.returns, modseq)
        session.say(esearch_line(session.tag, result, uid=uid))
    await session.drained()
    return replies.DONE


async def found_uids(session: Session, selected: Selected, asked: Search) -> list[int]:
    """Give the uids of the messages that a search finds, ascending."""
    if asked.has_modseq:
        session.use_condstore()
    mailboxes = session.house.mailboxes
    scope = Scope(selected.uids, selected.recent, selected.resolve, mailboxes.now())
    return await mailboxes_search.search(mailboxes, selected.folder.id, asked.key, scope)


async def _highest(session: Session, selected: Selected, asked: Search, found: list[int]) -> int:
    """Give the highest mod-sequence of what the reply tells of: of the first or last alone when only those are told (RFC 7162 section 3.1.10)."""
    returns = asked.returns
    if returns and not returns & {"ALL", "COUNT"}:
        found = [found[0]] * ("MIN" in returns) + [found[-1]] * ("MAX" in returns)
    highest = 0
    async for rows in session.house.mailboxes.fetch(selected.folder.id, UidSet(set(found)), ["modseq"]):
        highest = max(highest, *(modseq for (modseq,) in rows))
    return highest
