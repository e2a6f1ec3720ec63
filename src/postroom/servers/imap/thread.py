"""THREAD and UID THREAD (RFC 5256 section 3)."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Final

from postroom.formats import headers
from postroom.formats.imap.thread import Thread, parse_thread
from postroom.formats.imap.threads import Threaded, by_ordered_subject, by_references, thread_line
from postroom.formats.uidset import UidSet
from postroom.servers.imap import replies
from postroom.servers.imap.search import found_uids
from postroom.servers.imap.stored import read_envelope, sent_at, subject_of, text

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from postroom.servers.imap.selected import Selected
    from postroom.servers.imap.session import Session
    from postroom.storage.database import Row

FIELDS: Final = ("uid", "internaldate", "envelope", "fields")
MOST_REFERENCES: Final = 200
"""How many of a message's references count, the newest of them."""

_message_ids: Final = re.compile(r"<([^<>\s]+)>").findall


def thread(session: Session, arguments: bytes, *, uid: bool) -> Coroutine[Any, Any, bytes]:
    """Find messages, and tell which answer which."""
    return _thread(session, session.folder, parse_thread(arguments), uid=uid)


async def _thread(session: Session, selected: Selected, asked: Thread, *, uid: bool) -> bytes:
    found = await found_uids(session, selected, asked.search)
    messages: list[Threaded] = []
    async for rows in session.house.mailboxes.fetch(selected.folder.id, UidSet(found), FIELDS):
        uids = [row[0] for row in rows]
        messages += await asyncio.to_thread(_threaded, rows, uids if uid else selected.uids.ranks(uids))
    threads = by_references if asked.algorithm == "REFERENCES" else by_ordered_subject
    session.say(await asyncio.to_thread(lambda: thread_line(threads(messages))))
    await session.drained()
    return replies.DONE


def _threaded(rows: Sequence[Row], numbers: Sequence[int]) -> list[Threaded]:
    """Read what threading needs of some rows. Where the fields are too long to be kept apart, In-Reply-To alone links the message."""
    made = []
    for number, (_, internal_date, stored, fields) in zip(numbers, rows, strict=True):
        envelope = read_envelope(stored)
        references = _ids(headers.find(fields, "References") if fields else None) or _ids(text(envelope.in_reply_to))[:1]
        message_id = next(iter(_ids(text(envelope.message_id))), "")
        made.append(Threaded(number, message_id, tuple(references[-MOST_REFERENCES:]), subject_of(envelope), sent_at(envelope, internal_date)))
    return made


def _ids(value: bytes | None) -> list[str]:
    return _message_ids(value.decode("utf-8", "replace")) if value else []
