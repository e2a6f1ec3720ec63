"""From a path to the object that it means: names of members and keys of items by turns, each step through the gate."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from postroom.model.derive.rest import CREATED, ROOT, VERBS, class_of, is_collection, key_of
from postroom.model.errors import BadIndex, ComError, Overflowed
from postroom.model.invoke import How, create, invoke, seek
from postroom.model.object import Object
from postroom.servers.http.rest.problems import Problem, not_found, problem_of

if TYPE_CHECKING:
    from postroom.model.caller import Caller
    from postroom.model.description import Member

DEEPEST: Final = 64
"""Steps of a path: folders in folders are what makes one long."""
SAFE: Final = "@!$&'()*+,;=:~.-_"
"""What a step of a path need not encode (RFC 3986 section 3.3)."""


@dataclass(slots=True)
class Reached:
    """What a path means: the objects on the way with their own paths, the last being the one meant; a member of it, where the path names one."""

    caller: Caller
    objects: list[Object]
    paths: list[str]
    member: Member | None = None
    arguments: tuple[str, ...] = ()
    created: bool = False
    """Whether it was made without a parent."""
    unread: bool = False
    """Whether it is a collection whose items were not read yet."""

    @property
    def object(self) -> Object:
        """The object that is meant."""
        return self.objects[-1]

    @property
    def path(self) -> str:
        """Its path."""
        return self.paths[-1]

    @property
    def parent(self) -> Object | None:
        """The object that it was reached from."""
        return self.objects[-2] if len(self.objects) > 1 else None

    def go(self, found: Object, step: str) -> None:
        """Take a step."""
        self.objects.append(found)
        self.paths.append(f"{self.path}/{step}")

    async def get(self, name: str, *arguments: Any) -> Any:
        """Read a member of the object that is meant, or call it; raises Problem."""
        return await got(self.caller, self.object, name, *arguments)


async def got(caller: Caller, target: Object, name: str, *arguments: Any) -> Any:
    """Read a member or call it; raises Problem."""
    try:
        return (await invoke(caller, target, name, arguments)).value
    except ComError as error:
        raise problem_of(error, name) from None


async def walk(caller: Caller, application: Object, steps: list[str]) -> Reached:
    """Walk a path from the Application; raises Problem."""
    if len(steps) > DEEPEST:
        raise Problem(414, f"A path has {DEEPEST} steps at most.")
    reached, left = Reached(caller, [application], [ROOT]), deque(steps)
    while left:
        if reached.member is not None:
            raise not_found(left[0])
        step = left.popleft()
        if not await _to_item(reached, step):
            await _to_member(reached, step, left)
    return reached


async def _to_item(reached: Reached, step: str) -> bool:
    """Take a step to an item of a collection; False when there is none of that name."""
    rows = reached.object
    if not is_collection(rows.description) or _is_action(rows, step):
        return False
    found = await item(reached.caller, rows, step)
    if found is not None:
        reached.go(found, quote(step, SAFE))
    return found is not None


def _is_action(rows: Object, step: str) -> bool:
    """Tell whether a step names a method of a collection: an item of that name is reached with `=` before it."""
    member = rows.description.members.get(step.lower())
    return member is not None and member.is_method and step.lower() not in VERBS


async def item(caller: Caller, rows: Object, step: str) -> Object | None:
    """Find an item: digits are an id, or an index where items have no id; anything else, and what follows `=`, is a name."""
    key, named = key_of(rows.description), step.startswith("=")
    ways: list[tuple[str, Any]] = []
    if step.isascii() and step.isdecimal() and len(step) < 19:
        ways.append(("ItemByDBID" if "itembydbid" in rows.description.members else "Item", int(step)))
    if key is not None:
        ways.append((key.name, step.removeprefix("=") if named else step))
    for name, argument in ways:
        try:
            found = (await invoke(caller, rows, name, (argument,), How.GET)).value
        except BadIndex:
            continue
        except ComError as error:
            if isinstance(error, Overflowed):
                continue
            raise problem_of(error, name) from None
        if isinstance(found, Object):
            return found
    return None


async def _to_member(reached: Reached, step: str, left: deque[str]) -> None:
    """Take a step to a member: to the object that it gives, or to the member itself, which ends the path."""
    here = reached.object
    member = here.description.members.get(step.lower())
    if member is None or (member.is_method and step.lower() in VERBS):
        if len(reached.objects) > 1 or step.lower() not in _CREATED:
            raise not_found(step)
        reached.go(create(here.context, step), step.lower())
        reached.created = True
        return
    if member.is_method or (not member.parameters and not member.type.startswith("object:")):
        reached.member = member
        return
    if len(left) < len(member.parameters):
        raise not_found(f"{member.name} without a step for its {member.parameters[0].name}")
    arguments = tuple(left.popleft() for _ in member.parameters)
    if not member.type.startswith("object:"):
        reached.member, reached.arguments = member, arguments
        return
    found = await _given(reached, member, arguments, left)
    if not isinstance(found, Object):
        raise not_found(member.name)
    reached.go(found, "/".join([member.name.lower(), *(quote(one, SAFE) for one in arguments)]))


_CREATED: Final = {name.lower() for name in CREATED}


async def _given(reached: Reached, member: Member, arguments: tuple[str, ...], left: deque[str]) -> Any:
    """Give the object that a property gives: of a collection no more than what the next step asks for, or nothing yet, where that is cheaper."""
    if not arguments and is_collection(class_of(member)) and (not left or left[0].lower() not in class_of(member).members):
        try:
            found = await seek(reached.caller, reached.object, member, left[0].removeprefix("=") if left else None)
            reached.unread = found is not None and not left
        except ComError as error:
            raise problem_of(error, member.name) from None
        if found is not None:
            return found
    return await reached.get(member.name, *arguments)


class Steps:
    """The steps from a collection to its items: the name where it is unique, else the id, else the index."""

    def __init__(self, caller: Caller, rows: Object) -> None:
        self._caller = caller
        self._rows: Any = rows
        self._key = key_of(rows.description)

    async def to(self, found: Object, index: int) -> str:
        """Give the step to an item."""
        name = self._name(getattr(found, "record", None))
        if name:
            marked = (name.isascii() and name.isdecimal()) or name.startswith("=") or name.lower() in self._rows.description.members
            return quote(f"={name}" if marked else name, SAFE)
        if "itembydbid" in self._rows.description.members:
            return str(await got(self._caller, found, "ID"))
        return str(index)

    def _name(self, record: Any) -> str:
        """Give the name of a record, unless an earlier one has it too."""
        if self._key is None or record is None or not hasattr(self._rows, "items"):
            return ""
        name = str(self._rows.key(record))
        return name if name and self._first.get(name.lower()) is record else ""

    @cached_property
    def _first(self) -> dict[str, Any]:
        """The first record of each name, whatever its case."""
        found: dict[str, Any] = {}
        for one in self._rows.items:
            record = getattr(one, "record", one)
            found.setdefault(self._rows.key(record).lower(), record)
        return found
