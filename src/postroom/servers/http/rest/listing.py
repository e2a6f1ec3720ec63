"""GET of a collection: a page of its items, filtered by properties, sorted, with the total and the way to the next page."""

from __future__ import annotations

import asyncio
import base64
import binascii
import fnmatch
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from postroom.model.collection import Collection
from postroom.model.derive.rest import items_of, key_of, readable
from postroom.model.errors import AccessRefused, ComError
from postroom.model.invoke import How, invoke, reading
from postroom.model.object import Object
from postroom.model.variant import coerce
from postroom.servers.http.rest.problems import Problem, problem_of
from postroom.servers.http.rest.reading import chosen, dressed, etag, plain, values
from postroom.servers.http.rest.walking import Steps, got

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postroom.model.caller import Caller
    from postroom.model.description import Description, Member
    from postroom.servers.http.rest.walking import Reached

LIMIT: Final = 100
MOST: Final = 1000
"""Items of a page: unasked, and at most."""
MOST_LOOKED_AT: Final = 200_000
"""Items that a filter or an order looks at."""
MOST_CONDITIONS: Final = 20
LONGEST_PATTERN: Final = 200
BREATH: Final = 64
"""Items after which others get a turn."""
LIKE: Final = ".like"
MARKS: Final = frozenset({"limit", "offset", "after", "sort", "fields"})


@dataclass(frozen=True, slots=True)
class Condition:
    """A property that items must have: equal to a value, or like a pattern."""

    member: Member
    meets: Callable[[Any], bool]
    key: str = ""
    """What finds the items that may meet it, where it asks for a name or an id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a collection is asked for."""

    limit: int = LIMIT
    offset: int = 0
    after: tuple[int, int] | None = None
    """How many items went before, and the id of the last of them."""
    sort: tuple[tuple[Member, bool], ...] = ()
    """Properties to sort by, the first counting most, and whether downwards."""
    conditions: tuple[Condition, ...] = ()
    fields: str | None = None
    query: tuple[tuple[str, str], ...] = field(default=())
    """The query without offset and after, for the way to the next page."""


def wanted(of: Description, query: Sequence[tuple[str, str]]) -> Wanted:
    """Read the query of a collection whose items are of a class; raises Problem."""
    known = {member.name.lower(): member for member in readable(of)}
    given = {name.lower(): value for name, value in query}
    conditions = [_condition(known, name.lower(), value) for name, value in query if name.lower() not in MARKS]
    if len(conditions) > MOST_CONDITIONS:
        raise Problem(422, f"A filter has {MOST_CONDITIONS} conditions at most.")
    return Wanted(
        _number(given, "limit", LIMIT, MOST),
        _number(given, "offset", 0, 2**53),
        _cursor(given["after"]) if "after" in given else None,
        tuple(_order(known, name) for name in given["sort"].split(",")[:10]) if given.get("sort") else (),
        tuple(conditions),
        given.get("fields"),
        tuple((name, value) for name, value in query if name.lower() not in {"offset", "after"}),
    )


def _number(given: dict[str, str], name: str, usual: int, most: int) -> int:
    text = given.get(name)
    if text is None:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 17 and (number := int(text)) <= most):
        raise Problem(422, f"{name} is a number from 0 to {most}.", member=name)
    return number


def _known(known: dict[str, Member], name: str, where: str) -> Member:
    if name not in known:
        raise Problem(
            422, f"There is no property {name[:100]} to look at: its items have {', '.join(one.name for one in known.values())}.", member=where
        )
    return known[name]


def _condition(known: dict[str, Member], name: str, value: str) -> Condition:
    member = _known(known, name.removesuffix(LIKE), name[:100])
    if name.endswith(LIKE):
        if len(value) > LONGEST_PATTERN:
            raise Problem(422, f"A pattern has {LONGEST_PATTERN} characters at most.", member=member.name)
        # fnmatch writes atomic groups: matching takes linear time for each `*`
        pattern = re.compile(fnmatch.translate(value.replace("[", "[[]")), re.IGNORECASE)
        return Condition(member, lambda found: pattern.match(str(plain(found) if found is not None else "")) is not None)
    try:
        right = plain(coerce(value, member.type))
    except ComError as error:
        raise problem_of(error, member.name) from None
    return Condition(member, lambda found: bool(plain(found) == right), str(right))


def _order(known: dict[str, Member], name: str) -> tuple[Member, bool]:
    return _known(known, name.removeprefix("-").lower(), "sort"), name.startswith("-")


def _cursor(text: str) -> tuple[int, int]:
    try:
        place, number = json.loads(base64.urlsafe_b64decode(text[:200].encode()))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        place = number = None
    if type(place) is not int or type(number) is not int or not 0 <= place < 2**53:
        raise Problem(422, "after is what `next` of an earlier page has.", member="after")
    return place, number


async def page(reached: Reached, query: Sequence[tuple[str, str]]) -> tuple[dict[str, Any], str]:
    """Give a page of a collection, and its ETag."""
    rows, caller = reached.object, reached.caller
    asked = wanted(items_of(rows.description), query)
    indexes, start, total = await _chosen(reached, asked)
    members = _members(items_of(rows.description), asked)
    steps, items = Steps(caller, rows), []
    last = 0
    for index in indexes:
        one = await got(caller, rows, "Item", index)
        properties = await values(caller, one, members)
        items.append(dressed(caller, one, f"{reached.path}/{await steps.to(one, index)}", properties))
        last = getattr(getattr(one, "record", None), "id", 0)
        if not len(items) % BREATH:
            await asyncio.sleep(0)
    body = {"_class": rows.description.name, "_self": reached.path, "total": total, "offset": start, "items": items, "next": None}
    end = start + len(items)
    if items and end < total:
        cursor = base64.urlsafe_b64encode(json.dumps([end, last]).encode()).decode()
        body["next"] = f"{reached.path}?{urlencode([*asked.query, ('after', cursor)])}"
    return body, etag(body)


async def _chosen(reached: Reached, asked: Wanted) -> tuple[Sequence[int], int, int]:
    """Tell which items are on a page, by their indexes, how many go before, and how many there are: read no more than that where it can be."""
    rows, caller = reached.object, reached.caller
    total = int(await got(caller, rows, "Count"))
    if reached.unread and isinstance(rows, Collection):
        part = None
        if not asked.conditions and not asked.sort and not asked.offset:
            part = await _part(rows, asked)
        if part is not None:
            rows.items = list(part[0])
            return range(len(rows.items)), asked.after[0] if asked.after is not None else 0, part[1]
        await _read(rows, asked)
        total = len(rows.items)
    found: Sequence[int] = range(total)
    if asked.conditions or asked.sort:
        found = await _ordered(caller, rows, await _met(caller, rows, total, asked), asked)
    start = _start(rows, found, asked)
    return found[start : start + asked.limit], start, len(found)


async def _part(rows: Collection, asked: Wanted) -> tuple[Sequence[Any], int] | None:
    try:
        return await reading(rows.part(asked.after[1] if asked.after is not None else 0, asked.limit))
    except ComError as error:
        raise problem_of(error) from None


async def _read(rows: Collection, asked: Wanted) -> None:
    """Read the items: no more than one, where a condition asks for a name or an id that can be looked up."""
    keys = [one.key for one in asked.conditions if one.key and _is_key(rows, one)]
    try:
        if keys and type(rows).seek is not Collection.seek:
            rows.items = list(await reading(rows.seek(keys[0])))
        else:
            await reading(rows.refresh())
    except ComError as error:
        raise problem_of(error) from None


def _is_key(rows: Collection, condition: Condition) -> bool:
    """Tell whether a condition is about what items are looked up by: digits are an id."""
    if condition.key.isdecimal():
        return condition.member.name == "ID" and "itembydbid" in rows.description.members
    found = key_of(rows.description)
    return found is not None and found.name == f"ItemBy{condition.member.name}"


def _members(of: Description, asked: Wanted) -> list[Member]:
    """Give the properties that a page's items have: those that are read at once, unless others are asked for."""
    return chosen(of, asked.fields) if asked.fields is not None else [member for member in chosen(of, None) if member.at_once]


def _start(rows: Object, found: Sequence[int], asked: Wanted) -> int:
    """Tell where a page begins: after the item that a cursor names, wherever it is by now; where it was, if it is gone."""
    if asked.after is None:
        return min(asked.offset, len(found))
    place, number = asked.after
    for at, index in enumerate(found) if number else ():
        one = rows.items[index] if isinstance(rows, Collection) else None
        if getattr(getattr(one, "record", one), "id", 0) == number:
            return at + 1
    return min(max(place - 1, 0) if number else place, len(found))


async def _look(caller: Caller, rows: Object, index: int) -> Object:
    """Give an item to look at, without keeping it: a filter goes through more than memory should hold."""
    if not isinstance(rows, Collection) or isinstance(rows.items[index], Object):
        found: Object = await got(caller, rows, "Item", index)
        return found
    made: Object = rows.wrap(rows.items[index])
    return made


async def _met(caller: Caller, rows: Object, total: int, asked: Wanted) -> list[int]:
    """Give the indexes of the items that meet all conditions."""
    if total > MOST_LOOKED_AT:
        raise Problem(422, f"The collection has {total:,} items: a filter or an order looks at {MOST_LOOKED_AT:,} at most.")
    if total:
        await got(caller, rows, "Item", 0)  # the right to see items at all
    found = []
    for index in range(total) if asked.conditions else ():
        one = await _look(caller, rows, index)
        if all([one_.meets(await _value(caller, one, one_.member)) for one_ in asked.conditions]):
            found.append(index)
        if not index % BREATH:
            await asyncio.sleep(0)
    return found if asked.conditions else list(range(total))


async def _ordered(caller: Caller, rows: Object, found: list[int], asked: Wanted) -> list[int]:
    """Sort by the properties asked for."""
    for member, down in reversed(asked.sort):
        keys: dict[int, Any] = {}
        for index in found:
            value = plain(await _value(caller, await _look(caller, rows, index), member))
            keys[index] = (value is not None, value.casefold() if isinstance(value, str) else value if value is not None else 0)
            if not index % BREATH:
                await asyncio.sleep(0)
        found = sorted(found, key=keys.__getitem__, reverse=down)
    return found


async def _value(caller: Caller, one: Object, member: Member) -> Any:
    """Read a property to compare; one that the caller may not see is like one without a value."""
    try:
        return (await invoke(caller, one, member.name, (), How.GET)).value
    except AccessRefused:
        return None
    except ComError as error:
        raise problem_of(error, member.name) from None
