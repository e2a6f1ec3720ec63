"""FETCH and UID FETCH (RFC 3501 section 6.4.5) with CHANGEDSINCE (RFC 7162 section 3.1.4): stored bytes joined, run by run."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from postroom.directory.sharing import Right
from postroom.errors import Unavailable
from postroom.formats.flags import SEEN
from postroom.formats.imap.fetch import Attribute, Items, parse_fetch
from postroom.formats.imap.fetched import section_start
from postroom.formats.imap.strings import clean
from postroom.formats.uidset import UidSet
from postroom.mailboxes.mailboxes import FLAGS_RUN
from postroom.mailboxes.messages import How
from postroom.servers.imap import replies
from postroom.servers.imap.failures import deferred
from postroom.servers.imap.items import Layout, layout
from postroom.servers.imap.sections import Source, say_section

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from postroom.servers.imap.selected import Selected
    from postroom.servers.imap.session import Session
    from postroom.storage.database import Row


FEW_RANGES: Final = 100
"""In a set with more ranges, each a read of its own, flags are read message by message."""


def fetch(session: Session, arguments: bytes, *, uid: bool) -> Coroutine[Any, Any, bytes]:
    """Tell about messages."""
    asked = parse_fetch(arguments)
    selected = session.folder
    uids = selected.named(asked.numbers, uid=uid)
    if Attribute.MODSEQ in asked.items.attributes:  # CHANGEDSINCE asks for it too
        session.use_condstore()
    how = layout(asked.items, uid=uid, modseq=False)
    if how.only_flags and asked.items.changed_since is None and uids.range_count <= FEW_RANGES and not selected.recent:
        return _fetch_flags(session, selected, uids, asked.items, how)
    return _fetch(session, selected, uids, asked.items, how)


async def _fetch_flags(session: Session, selected: Selected, uids: UidSet, items: Items, how: Layout) -> bytes:
    """Tell the flags of many messages, by the thousand; where one is gone or has keywords, message by message."""
    mailboxes = session.house.mailboxes
    for start, end in uids.ranges():
        for low in range(start, end + 1, FLAGS_RUN):
            high = min(low + FLAGS_RUN - 1, end)
            flags = await mailboxes.plain_flags(selected.folder.id, low, high)
            if flags is None:
                await _fetch(session, selected, UidSet.of_ranges([(low, high)]), items, how)
            else:
                session.say(how.flag_lines(selected, low, flags))
                await session.drained()
    return replies.DONE


async def _fetch(session: Session, selected: Selected, uids: UidSet, items: Items, how: Layout) -> bytes:
    unseen: list[int] = []
    sets_seen = items.sets_seen and not selected.read_only and bool(selected.rights & Right.SEEN)
    whole = how.whole is not None
    async for rows in session.house.mailboxes.fetch(selected.folder.id, uids, how.fields, items.changed_since or 0, whole=whole):
        if sets_seen:
            place = how.fields.index("flags")
            unseen += [row[0] for row in rows if not row[place] & SEEN]
        await _say_rows(session, selected, how, rows)
    if unseen:
        await _set_seen(session, selected, unseen)
    return replies.DONE


async def _say_rows(session: Session, selected: Selected, how: Layout, rows: Sequence[Row]) -> None:
    if "fields" in how.fields:
        rows = await _with_headers(session, selected, how, rows)
    lines = how.lines(selected, rows)
    session.say(selected.new_flags_line())
    if not how.sections:
        session.say(b"".join(lines))
        await session.drained()
        return
    sources = map(Source._make, map(itemgetter(*[how.fields.index(name) for name in Source._fields]), rows))
    for line, source in zip(lines, sources, strict=True):
        if how.whole is not None and source.data is not None:
            prefix, data = source.prefix, clean(source.data)
            session.say(b"%b%b%b" % (line, section_start(how.whole, len(prefix) + len(data)), prefix))
            session.say(data)
            session.say(b")\r\n")
        else:
            await _say_pieces(session, how, line, source)
        if session.much:
            await session.drained()


async def _say_pieces(session: Session, how: Layout, line: bytes, source: Source) -> None:
    mark = session.mark()
    session.say(line)
    try:
        await _say_sections(session, how, source)
    except Unavailable:
        if session.take_back(mark):
            raise
        session.connection.abort()  # half a line can be neither ended nor taken back
        raise ConnectionAbortedError from None


async def _say_sections(session: Session, how: Layout, source: Source) -> None:
    for number, section in enumerate(how.sections):
        if number:
            session.say(b" ")
        await say_section(session, section, source)
    session.say(b")\r\n")


async def _with_headers(session: Session, selected: Selected, how: Layout, rows: Sequence[Row]) -> Sequence[Row]:
    """Put the whole header in the place of usual fields that were too long to be kept apart."""
    place = how.fields.index("fields")
    if None not in map(itemgetter(place), rows):
        return rows
    return [row if row[place] is not None else (*row[:place], await _header(session, selected, row[0]), *row[place + 1 :]) for row in rows]


async def _header(session: Session, selected: Selected, uid: int) -> bytes:
    mailboxes = session.house.mailboxes
    async for rows in mailboxes.fetch(selected.folder.id, UidSet([uid]), ["header_size", "data", "blob"]):
        size, data, blob = rows[0]
        return await mailboxes.read(b"", data, blob, 0, size)
    return b""


async def _set_seen(session: Session, selected: Selected, uids: Sequence[int]) -> None:
    r"""Set \Seen, which the news tell of before the reply; a disk that is full keeps nobody from reading."""
    try:
        await session.house.mailboxes.store(selected.folder.id, UidSet(uids), How.ADD, SEEN)
    except Unavailable as error:
        deferred(session, error)
