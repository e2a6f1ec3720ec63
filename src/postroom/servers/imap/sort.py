"""SORT and UID SORT (RFC 5256 section 3)."""

from __future__ import annotations

import asyncio
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from postroom.formats.imap.response import search_line
from postroom.formats.imap.sort import Sort, SortKey, parse_sort
from postroom.formats.imap.subject import base_subject
from postroom.formats.text import fold
from postroom.formats.uidset import UidSet
from postroom.servers.imap import replies
from postroom.servers.imap.search import found_uids
from postroom.servers.imap.stored import Envelope, first_mailbox, read_envelope, sent_at, subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Sequence

    from postroom.servers.imap.selected import Selected
    from postroom.servers.imap.session import Session
    from postroom.storage.database import Row

FIELDS: Final = ("uid", "internaldate", "size", "envelope")


def sort(session: Session, arguments: bytes, *, uid: bool) -> Coroutine[Any, Any, bytes]:
    """Find messages, and put them in order."""
    return _sort(session, session.folder, parse_sort(arguments), uid=uid)


async def _sort(session: Session, selected: Selected, asked: Sort, *, uid: bool) -> bytes:
    found = await found_uids(session, selected, asked.search)
    fields = FIELDS if any(key.name in _OF_ENVELOPE for key in asked.keys) else FIELDS[:3]
    rows: list[tuple[Any, ...]] = []
    async for run in session.house.mailboxes.fetch(selected.folder.id, UidSet(found), fields):
        rows += await asyncio.to_thread(_valued, run, asked.keys)
    uids = await asyncio.to_thread(_sorted, rows, asked.keys)
    session.say(search_line(uids if uid else map(selected.uids.rank, uids), command=b"SORT"))
    await session.drained()
    return replies.DONE


def _valued(rows: Iterable[Row], keys: Sequence[SortKey]) -> list[tuple[Any, ...]]:
    """Give the uids of some rows with what they are sorted by."""
    valued = []
    for row in rows:
        envelope = read_envelope(row[3]) if len(row) > 3 else None
        valued.append(
            (row[0], *(_OF_ENVELOPE[key.name](envelope, row) if envelope and key.name in _OF_ENVELOPE else _OF_ROW[key.name](row) for key in keys))
        )
    return valued


def _sorted(rows: list[tuple[Any, ...]], keys: Sequence[SortKey]) -> list[int]:
    """Sort by the last key first: what is equal keeps its order, in the end that of the messages."""
    for place, key in reversed(list(enumerate(keys, 1))):
        rows.sort(key=itemgetter(place), reverse=key.reverse)
    return [row[0] for row in rows]


_OF_ROW: Final[dict[str, Callable[[Row], Any]]] = {"ARRIVAL": itemgetter(1), "SIZE": itemgetter(2)}
_OF_ENVELOPE: Final[dict[str, Callable[[Envelope, Row], Any]]] = {
    "CC": lambda envelope, _: first_mailbox(envelope.cc),
    "DATE": lambda envelope, row: sent_at(envelope, row[1]),
    "FROM": lambda envelope, _: first_mailbox(envelope.from_),
    "SUBJECT": lambda envelope, _: fold(base_subject(subject_of(envelope))[0]),
    "TO": lambda envelope, _: first_mailbox(envelope.to),
}
