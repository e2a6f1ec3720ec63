"""GET: an object as JSON, with its properties and the way to what is below it; the ETag is made of the properties."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from postroom.model.derive.rest import ASKED, children, readable
from postroom.model.errors import AccessRefused, ComError
from postroom.model.invoke import How, invoke, may_read
from postroom.model.object import Object
from postroom.model.variant import clean
from postroom.servers.http.rest.problems import Problem, problem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from postroom.model.caller import Caller
    from postroom.model.description import Description, Member
    from postroom.servers.http.rest.walking import Reached

MOST_NAMES: Final = 200
MARKS: Final = ("_class", "_self", "_links")
"""What an object's JSON has besides its properties."""


def plain(value: Any) -> Any:
    """Give a value as JSON has it: dates in the server's local time, as ISO 8601; Empty and Nothing are null."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, (bool, float)) or value is None:
        return value
    if isinstance(value, int):
        return int(value)
    return value.replace(microsecond=0, tzinfo=None).isoformat() if isinstance(value, dt.datetime) else None


def chosen(one: Description, fields: str | None) -> list[Member]:
    """Give the properties that `fields`, names with commas between, asks for; without it all but those whose reading does something."""
    offered = readable(one)
    if fields is None:
        return [member for member in offered if (one.name, member.name.lower()) not in ASKED]
    names = fields.lower().split(",")
    if len(names) > MOST_NAMES:
        raise Problem(422, f"At most {MOST_NAMES} properties are asked for by name.", member="fields")
    known = {member.name.lower(): member for member in offered}
    for name in names:
        if name not in known:
            raise Problem(422, f"{one.name} has no property {name[:100]} that can be read.", member="fields")
    return [known[name] for name in dict.fromkeys(names)]


async def values(caller: Caller, target: Object, members: Iterable[Member]) -> dict[str, Any]:
    """Read properties: those that the caller may not see are left out; one that can't be read just now fails the whole."""
    found: dict[str, Any] = {}
    for member in members:
        try:
            found[member.name] = plain((await invoke(caller, target, member.name, (), How.GET)).value)
        except AccessRefused:
            continue
        except ComError as error:
            raise problem_of(error, member.name) from None
    return found


def etag(properties: Any) -> str:
    """Make the ETag of what was read."""
    text = json.dumps(properties, separators=(",", ":"))
    return f'"{hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}"'


def dressed(caller: Caller, target: Object, path: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Put class, path and the ways on to the properties of an object."""
    links = {member.name: f"{path}/{member.name.lower()}" for member in children(target.description) if path and may_read(caller, target, member)}
    made = {"_class": target.description.name, **({"_self": path} if path else {}), **properties}
    return {**made, "_links": links} if links else made


async def shown(reached: Reached, fields: str | None = None) -> tuple[dict[str, Any], str]:
    """Give an object's JSON and its ETag."""
    target = reached.object
    properties = await values(reached.caller, target, chosen(target.description, fields))
    return dressed(reached.caller, target, reached.path, properties), etag(properties)


async def unplaced(caller: Caller, value: Any, read: Any) -> Any:
    """Give what a call has returned: an object, which stands nowhere in the tree, as its properties; a collection as a list of such."""
    if not isinstance(value, Object):
        return plain(value)
    items: Sequence[Object] | None = await read(caller, value)
    if items is not None:
        return [await unplaced(caller, one, read) for one in items]
    return dressed(caller, value, "", await values(caller, value, chosen(value.description, None)))
