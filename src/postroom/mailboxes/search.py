"""SEARCH: what the database can decide is decided there, the rest on stored text, off the loop, run by run.

A search key (formats.imap.search) becomes an SQL condition as far as possible: flags, dates, sizes and modseqs. What is left, text in headers and
bodies, is looked for in what delivery rendered, among the messages that the text index can't rule out (index.py). No message is parsed again,
and no run is held longer than it takes.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from postroom.formats.dates import parse_date
from postroom.formats.imap import search as keys
from postroom.formats.mime import FIELDS as USUAL_FIELDS
from postroom.formats.mime import split_text
from postroom.formats.text import fold
from postroom.formats.uidset import UidSet
from postroom.mailboxes.fieldtexts import sayings
from postroom.mailboxes.index import WORTH, narrow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.storage.database import Row

MICROSECONDS: Final = 1_000_000
DAY: Final = 24 * 3600 * MICROSECONDS
EPOCH: Final = dt.date(1970, 1, 1)
OF_TEXT: Final = frozenset({"text", "own_text", "blob", "header_size", "content_size"})
OF_USUAL_FIELDS: Final = frozenset({"fields", "own_fields", "blob", "header_size"})
OF_HEADER: Final = frozenset({"data", "blob", "header_size"})
RUN_BYTES: Final = 1024 * 1024
"""About what one read of a search brings: no client is waited for while it is looked at, so that it may be more than a FETCH reads."""

_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is asked of: the folder's uids as the session knows them, which are recent, and what numbers mean there."""

    uids: UidSet
    recent: UidSet
    resolve: Callable[[keys.Numbers], UidSet]
    now: int


@dataclass(slots=True)
class Candidate:
    """One message that a search looks at: the fields that were read of it, and its octets where a key needs them."""

    uid: int
    values: dict[str, Any]
    octets: bytes | None
    _split: tuple[bytes, bytes] | None = None

    def folded(self) -> tuple[bytes, bytes]:
        """Give header and body, decoded and folded."""
        if self._split is None:
            self._split = split_text(self.values["text"], self._read, self.values["header_size"], self.values["content_size"])
        return self._split

    def header(self, *, usual: bool) -> bytes:
        """Give the raw header, or only its usual fields where those will do."""
        fields: bytes | None = self.values["fields"] if usual else None
        return self._read(0, self.values["header_size"]) if fields is None else fields

    def _read(self, start: int, length: int) -> bytes:
        return (self.octets or b"")[start : start + length]


@dataclass(slots=True)
class Plan:
    """A search made ready: SQL conditions with their values, what is left to look at, and the fields that takes."""

    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    uids: UidSet | None = None
    rest: list[Callable[[Candidate], bool]] = field(default_factory=list)
    needs: set[str] = field(default_factory=set)
    said: list[keys.Header] = field(default_factory=list)
    """Texts in usual header fields, which are looked for in what is kept of those."""
    needles: list[str] = field(default_factory=list)
    """Folded texts that every match has somewhere: what the text index narrows by."""


def plan(key: keys.Key, scope: Scope) -> Plan:
    """Part a search into what the database decides and what has to be looked at."""
    made = Plan(uids=scope.uids)
    for part in key.keys if isinstance(key, keys.And) else (key,):
        if isinstance(part, keys.Numbers):
            made.uids = (made.uids or UidSet()) & scope.resolve(part)
            continue
        condition = _sql(part, scope)
        if condition is not None:
            made.conditions.append(condition[0])
            made.values += condition[1]
        elif isinstance(part, keys.Header) and _kept(part):
            made.said.append(part)
        else:
            made.rest.append(_predicate(part, scope, made.needs))
            if isinstance(part, keys.Body | keys.Text):
                made.needles.append(fold(part.text))
    return made


async def search(mailboxes: Mailboxes, folder_id: int, key: keys.Key, scope: Scope) -> list[int]:
    """Find the uids of the messages that match, ascending, among those the session knows."""
    made = plan(key, scope)
    uids = await narrow(mailboxes, folder_id, made.uids or UidSet(), made.needles)
    for part in made.said:
        if len(uids) >= WORTH:
            uids &= await _saying(mailboxes, folder_id, part, scope.uids)
        else:
            made.rest.append(_predicate(part, scope, made.needs))
    if not uids:
        return []
    present = mailboxes.present(folder_id)
    if present is not None and not made.conditions and not made.rest:
        return list(uids & present)
    names = ["uid", "flags", "keywords", "content_id", *sorted(made.needs)]
    found: list[int] = []
    async for rows in mailboxes.fetch(folder_id, uids, names, where=(" AND ".join(made.conditions), made.values), run_bytes=RUN_BYTES):
        if not made.rest:
            found += [row[0] for row in rows]
            continue
        async for candidates in _candidates(mailboxes, names, rows):
            found += await asyncio.to_thread(_matching, candidates, made.rest)
    return found


async def _candidates(mailboxes: Mailboxes, names: Sequence[str], rows: Sequence[Row]) -> AsyncIterator[list[Candidate]]:
    """Read what lies in files, and give the messages of a run as many at a time as `RUN_BYTES` of octets allow: each may bring 1 MiB."""
    candidates: list[Candidate] = []
    weight = 0
    for row in rows:
        candidates.append(await _candidate(mailboxes, names, row))
        weight += len(candidates[-1].octets or b"")
        if weight > RUN_BYTES:
            yield candidates
            candidates, weight = [], 0
    if candidates:
        yield candidates


def _kept(key: keys.Header) -> bool:
    """Tell whether a key asks for a part of one line of a field that is kept with each message."""
    return _usual(key.field) and bool(key.text) and not {"\r", "\n"} & set(key.text)


async def _saying(mailboxes: Mailboxes, folder_id: int, key: keys.Header, uids: UidSet) -> UidSet:
    """Find the messages with a text in a usual header field."""
    find, names = _field(key.field), ["uid", *sorted(OF_USUAL_FIELDS)]

    def read_lines(candidates: Sequence[Candidate]) -> list[tuple[int, bytes]]:
        return [(one.uid, b"\n".join(sayings(find.findall(one.header(usual=True))))) for one in candidates]

    async def read(fresh: UidSet) -> list[tuple[int, bytes]]:
        lines = []
        async for rows in mailboxes.fetch(folder_id, fresh, names, run_bytes=RUN_BYTES):
            lines += await asyncio.to_thread(read_lines, [await _candidate(mailboxes, names, row) for row in rows])
        return lines

    return await mailboxes.field_texts.find(folder_id, key.field.lower(), key.text, uids, read)


async def _candidate(mailboxes: Mailboxes, names: Sequence[str], row: Row) -> Candidate:
    values = dict(zip(names, row, strict=True))
    octets = values.get("data") or values.get("own_text") or values.get("own_fields")
    if octets is None and values.get("blob"):
        # Bounded: a message whose own octets are its text has 1 MiB at most, and of others only the header is wanted.
        whole = "text" in values and values["text"] is None
        header = "data" in values or ("fields" in values and values["fields"] is None)
        if whole or header:
            octets = await mailboxes.blobs.read(values["blob"], 0, values["content_size"] if whole else values["header_size"])
    return Candidate(values["uid"], values, octets)


def _matching(candidates: Sequence[Candidate], predicates: Sequence[Callable[[Candidate], bool]]) -> list[int]:
    return [candidate.uid for candidate in candidates if all(predicate(candidate) for predicate in predicates)]


# Conditions


def _sql(key: keys.Key, scope: Scope) -> tuple[str, list[Any]] | None:
    """Give a key as an SQL condition, or None when the database can't decide it."""
    match key:
        case keys.And(parts):
            return _joined(parts, " AND ", "1 = 1", scope)
        case keys.Or(parts):
            return _joined(parts, " OR ", "1 = 0", scope)
        case keys.Not(inner):
            condition = _sql(inner, scope)
            return None if condition is None else (f"NOT ({condition[0]})", condition[1])
        case keys.FlagBits(present, absent) if not (present | absent) & 32:
            return f"(m.flags & {present} = {present} AND m.flags & {absent} = 0)", []
        case keys.Size(larger, smaller):
            return _between("m.size", larger, smaller)
        case keys.Dates(since, before, False):
            return _between("m.internaldate", None if since is None else _start(since) - 1, None if before is None else _start(before))
        case keys.Within(seconds, older):
            return f"m.internaldate {'<' if older else '>='} ?", [scope.now - seconds * MICROSECONDS]
        case keys.ModSeq(least):
            return "m.modseq >= ?", [least]
        case _:
            return None


def _joined(parts: Sequence[keys.Key], word: str, empty: str, scope: Scope) -> tuple[str, list[Any]] | None:
    conditions, values = [], []
    for part in parts:
        condition = _sql(part, scope)
        if condition is None:
            return None
        conditions.append(condition[0])
        values += condition[1]
    return f"({word.join(conditions) or empty})", values


def _between(column: str, above: int | None, below: int | None) -> tuple[str, list[Any]]:
    conditions = [f"{column} > ?"] * (above is not None) + [f"{column} < ?"] * (below is not None)
    return f"({' AND '.join(conditions) or '1 = 1'})", [value for value in (above, below) if value is not None]


def _start(day: dt.date) -> int:
    return (day - EPOCH).days * DAY


# Predicates


def _predicate(key: keys.Key, scope: Scope, needs: set[str]) -> Callable[[Candidate], bool]:
    """Give a key as a test of a message, and note the fields that it needs."""
    match key:
        case keys.And(parts):
            tests = [_predicate(part, scope, needs) for part in parts]
            return lambda message: all(test(message) for test in tests)
        case keys.Or(parts):
            tests = [_predicate(part, scope, needs) for part in parts]
            return lambda message: any(test(message) for test in tests)
        case keys.Not(inner):
            test = _predicate(inner, scope, needs)
            return lambda message: not test(message)
        case keys.Numbers():
            uids = scope.resolve(key)
            return lambda message: message.uid in uids
        case keys.FlagBits(present, absent):
            recent = scope.recent
            return lambda message: _flags_match(message, present, absent, recent)
        case keys.Keyword(name, present):
            word = name.lower()
            return lambda message: (word in message.values["keywords"].lower().split()) is present
        case keys.ObjectId(identifier, thread):
            return lambda message: not thread and identifier == email_id(message.values["content_id"])
        case _:
            return _text_predicate(key, scope, needs)


def _flags_match(message: Candidate, present: int, absent: int, recent: UidSet) -> bool:
    flags = message.values["flags"] | (32 if message.uid in recent else 0)
    return flags & present == present and not flags & absent


def _text_predicate(key: keys.Key, scope: Scope, needs: set[str]) -> Callable[[Candidate], bool]:
    match key:
        case keys.Header(name, text):
            return _header_predicate(name, text, needs)
        case keys.Body(text):
            needs |= OF_TEXT
            wanted = fold(text).encode()
            return lambda message: wanted in message.folded()[1]
        case keys.Text(text):
            needs |= OF_TEXT
            wanted = fold(text).encode()
            return lambda message: wanted in message.folded()[0] or wanted in message.folded()[1]
        case keys.Dates(since, before, True):
            needs |= OF_USUAL_FIELDS
            return lambda message: _sent_between(message, since, before)
        case _:
            return _value_predicate(key, scope, needs)


def _value_predicate(key: keys.Key, scope: Scope, needs: set[str]) -> Callable[[Candidate], bool]:
    """Test what the database decides as a rule, where it stands below an OR or NOT beside text."""
    match key:
        case keys.Size(larger, smaller):
            needs.add("size")
            return lambda message: (larger is None or message.values["size"] > larger) and (smaller is None or message.values["size"] < smaller)
        case keys.Dates(since, before, _):
            needs.add("internaldate")
            low, high = (None if day is None else _start(day) for day in (since, before))
            return lambda message: (low is None or message.values["internaldate"] >= low) and (high is None or message.values["internaldate"] < high)
        case keys.Within(seconds, older):
            needs.add("internaldate")
            edge = scope.now - seconds * MICROSECONDS
            return lambda message: (message.values["internaldate"] < edge) is older
        case keys.ModSeq(least):
            needs.add("modseq")
            return lambda message: message.values["modseq"] >= least
    raise AssertionError(f"no test for {key!r}")


def _usual(name: str) -> bool:
    return name.lower().encode("utf-8", "replace") in USUAL_FIELDS


def _header_predicate(name: str, text: str, needs: set[str]) -> Callable[[Candidate], bool]:
    usual = _usual(name)
    needs |= OF_USUAL_FIELDS if usual else OF_HEADER
    find = _field(name)
    wanted = fold(text).encode("utf-8", "replace")
    return lambda message: any(wanted in saying for saying in sayings(find.findall(message.header(usual=usual))))


@lru_cache(256)  # names are the client's to make up
def _field(name: str) -> re.Pattern[bytes]:
    """Make the expression for the value of a field, continuation lines included; bounded by the header's own lines."""
    return re.compile(rb"^" + re.escape(name.encode("utf-8", "replace")) + rb"[ \t]*:((?:[^\n]*+\n[ \t])*+[^\n]*+)", re.IGNORECASE | re.MULTILINE)


def _sent_between(message: Candidate, since: dt.date | None, before: dt.date | None) -> bool:
    found = _field("Date").search(message.header(usual=True))
    day = written_day(found[1]) if found else None
    return day is not None and (since is None or day >= since) and (before is None or day < before)


def written_day(value: bytes) -> dt.date | None:
    """Read the day of a Date field as it is written, whatever its time and zone (RFC 3501 6.4.4); None when there is no reading it."""
    time = parse_date(_CLOCK.sub("12:00 +0000", value.decode("latin-1"), count=1))
    return None if time is None else EPOCH + dt.timedelta(microseconds=time)


def email_id(content_id: int) -> str:
    """Give the EMAILID of a content (RFC 8474): the same for every copy of it."""
    return f"M{content_id}"
