"""POST, PATCH and DELETE: properties and Save, calls of methods, new items; a change is made as a whole, or not at all."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

from postroom.model.collection import Collection
from postroom.model.derive.rest import VERBS, indexed, is_collection, plain, properties
from postroom.model.description import CLASSES
from postroom.model.errors import ComError
from postroom.model.invoke import How, invoke
from postroom.model.object import Object
from postroom.model.row import Row
from postroom.model.variant import coerce
from postroom.servers.http.rest.problems import Problem, not_allowed, problem_of
from postroom.servers.http.rest.reading import MARKS
from postroom.servers.http.rest.walking import Steps, got

if TYPE_CHECKING:
    from postroom.model.caller import Caller
    from postroom.model.description import Description, Member
    from postroom.servers.http.rest.walking import Reached

MOST_CALLS: Final = 1000
"""Calls of one method that a body holds."""
READS: Final = frozenset({"saveas"})
"""Methods of a message's pieces that change nothing."""


def body_of(given: Any) -> dict[str, Any]:
    """Take a body's members by their names in lower case; raises Problem unless it is an object."""
    if not isinstance(given, dict):
        raise Problem(422, "The body is a JSON object.")
    return {name.lower(): value for name, value in given.items() if name not in MARKS}


class Change:
    """What a body asks for: values of properties, of properties by index, and calls of methods, which are made before Save."""

    def __init__(self, of: Description, body: dict[str, Any]) -> None:
        """Judge names and types, so that nothing is begun that can't be done; raises Problem."""
        self.puts: list[tuple[Member, tuple[Any, ...]]] = []
        self.calls: list[tuple[Member, list[Any]]] = []
        plain_ones = {member.name.lower(): member for member in properties(of)}
        by_index = {member.name.lower(): member for member in indexed(of)}
        for name, value in body.items():
            member = of.members.get(name)
            if name in plain_ones:
                self.puts.append((plain_ones[name], (_fitting(plain_ones[name], value),)))
            elif name in by_index:
                self.puts += _by_index(by_index[name], value)
            elif member is not None and member.is_method and name not in VERBS:
                self.calls += _calls(member, value)
            else:
                raise Problem(422, f"{of.name} has no member {name[:100]} to write.", member=name[:100])
        self._refuse_read_only(of)

    def _refuse_read_only(self, of: Description) -> None:
        for member, _ in self.puts:
            if member.put is None:
                raise Problem(422, f"{of.name}.{member.name} can only be read.", member=member.name)

    async def make(self, caller: Caller, target: Object) -> None:
        """Write the properties, in the order of the body, and make the calls; what was applied at once is taken back when one is refused."""
        undo: list[tuple[Member, Any]] = []
        at_once = not isinstance(target, Row)
        try:
            for member, arguments in self.puts:
                old = await got(caller, target, member.name) if at_once and len(arguments) == 1 else None
                await put(caller, target, member, *arguments)
                undo.append((member, old))
        except Problem:
            for member, old in reversed(undo) if at_once else ():
                with contextlib.suppress(Problem):
                    await put(caller, target, member, old)
            raise
        for member, given in self.calls:
            await called(caller, target, member, given)


def _fitting(member: Member, value: Any) -> Any:
    """Refuse a value that is not of the property's type; JSON's lists and objects are of none."""
    if isinstance(value, (list, dict)):
        raise Problem(422, f"{member.name} is one value of type {member.type}.", 0x80020005, member.name)
    try:
        return coerce(value, member.type)
    except ComError as error:
        raise problem_of(error, member.name) from None


def _by_index(member: Member, value: Any) -> list[tuple[Member, tuple[Any, ...]]]:
    if not isinstance(value, dict) or len(value) > MOST_CALLS:
        raise Problem(422, f"{member.name} is an object: its names are indexes.", member=member.name)
    return [(member, (index, _fitting(member, one))) for index, one in value.items()]


def _calls(member: Member, value: Any) -> list[tuple[Member, list[Any]]]:
    if not isinstance(value, list) or len(value) > MOST_CALLS:
        raise Problem(422, f"{member.name} is a method: a list of calls, each an object of arguments or a list of them.", member=member.name)
    return [(member, arguments(member, one)) for one in value]


def arguments(member: Member, given: Any) -> list[Any]:
    """Give the arguments of a call in their order: from a list, or from an object by name, with or without prefix; raises Problem."""
    wanted = [one for one in member.parameters if not one.out]
    if isinstance(given, dict):
        left = {name.lower(): value for name, value in given.items()}
        found = []
        for one in wanted:
            name = next((name for name in (one.name.lower(), plain(one.name).lower()) if name in left), None)
            if name is None:
                raise Problem(422, f"{member.name} needs {one.name}.", member=one.name)
            found.append(left.pop(name))
        if left:
            raise Problem(422, f"{member.name} takes no {next(iter(left))[:100]}.", member=member.name)
        given = found
    if not isinstance(given, list) or len(given) != len(wanted) or any(isinstance(one, (list, dict)) for one in given):
        raise Problem(422, f"{member.name} takes {', '.join(one.name for one in wanted) or 'no arguments'}.", member=member.name)
    return given


async def put(caller: Caller, target: Object, member: Member, *given: Any) -> None:
    """Write a property through the gate; raises Problem."""
    try:
        await invoke(caller, target, member.name, given, How.PUT)
    except ComError as error:
        raise problem_of(error, member.name) from None


async def called(caller: Caller, target: Object, member: Member, given: list[Any]) -> dict[str, Any]:
    """Call a method through the gate: gives its `value` and its out-parameters, as they are; raises Problem."""
    try:
        answer = await invoke(caller, target, member.name, given, How.CALL)
    except ComError as error:
        raise problem_of(error, member.name) from None
    return {"value": answer.value} if answer.outs is None else {"value": answer.value, "out": answer.outs}


async def add(reached: Reached, body: dict[str, Any]) -> Reached:
    """Make a new item of a collection, or a new object without a parent: Add, properties, calls, Save. Gives where it is."""
    caller, rows = reached.caller, reached.object
    if reached.created:
        await _filled(caller, rows, Change(rows.description, body), made=False)
        return reached
    adder = rows.description.members.get("add")
    if adder is None:
        raise not_allowed("GET")
    given = [_popped(body, one.name) for one in adder.parameters]
    of = CLASSES[rows.description.members["item"].type.removeprefix("object:")]
    change = Change(of, body)
    item = (await called(caller, rows, adder, given))["value"]
    if not isinstance(item, Object):  # it was put in at once, as the last
        await save_pieces(reached)
        item = await got(caller, rows, "Item", int(await got(caller, rows, "Count")) - 1)
    await _filled(caller, item, change, made=bool(given))
    reached.go(item, await Steps(caller, rows).to(item, int(await got(caller, rows, "Count")) - 1))
    return reached


def _popped(body: dict[str, Any], name: str) -> Any:
    for one in (name.lower(), plain(name).lower()):
        if one in body:
            return body.pop(one)
    raise Problem(422, f"A new item needs {plain(name)}.", member=plain(name))


async def _filled(caller: Caller, item: Object, change: Change, *, made: bool) -> None:
    """Fill a new object and save it; one that was `made` before it was filled goes again when that is refused."""
    try:
        await change.make(caller, item)
        if "save" in item.description.members and not (made and not change.puts):
            await save(caller, item, change)
    except Problem:
        if made:
            with contextlib.suppress(ComError):
                await invoke(caller, item, "Delete", (), How.CALL)
        raise


async def save(caller: Caller, target: Object, change: Change) -> None:
    """Save; a refusal names the property when only one was written."""
    try:
        await invoke(caller, target, "Save", (), How.CALL)
    except ComError as error:
        raise problem_of(error, change.puts[0][0].name if len(change.puts) == 1 else "Save") from None


async def patch(reached: Reached, body: dict[str, Any]) -> None:
    """Change an object: all of it, or nothing."""
    target = reached.object
    if is_collection(target.description) or reached.created:
        raise not_allowed("GET", "POST")
    change = Change(target.description, body)
    await change.make(reached.caller, target)
    if "save" in target.description.members:
        await save(reached.caller, target, change)
    await save_pieces(reached)


async def delete(reached: Reached) -> None:
    """Delete an item."""
    target, rows = reached.object, reached.parent
    own = target.description.members.get("delete")
    of_rows = rows.description.members.get("deletebydbid") if rows is not None and is_collection(rows.description) else None
    if own is not None and own.is_method and not own.parameters:
        await called(reached.caller, target, own, [])
    elif rows is not None and of_rows is not None:
        await called(reached.caller, rows, of_rows, [await got(reached.caller, target, "ID")])
    else:
        raise not_allowed("GET", *(("PATCH",) if any(member.put for member in properties(target.description)) else ()))
    await save_pieces(reached)


async def call(reached: Reached, body: Any) -> dict[str, Any]:
    """Call the method that the path names. Names in the body that are no parameters are properties, written before for this call alone."""
    member, target = reached.member, reached.object
    assert member is not None
    given = body
    if isinstance(body, dict):
        names = {name for one in member.parameters for name in (one.name.lower(), plain(one.name).lower())}
        rest = {name: value for name, value in body.items() if name.lower() not in names and name not in MARKS}
        if rest and not set(map(str.lower, rest)) <= {one.name.lower() for one in properties(target.description)}:
            raise Problem(422, f"{member.name} takes no {next(iter(rest))[:100]}.", member=member.name)
        given = {name: value for name, value in body.items() if name not in rest and name not in MARKS}
        await Change(target.description, body_of(rest)).make(reached.caller, target)
    answer = await called(reached.caller, target, member, arguments(member, given))
    if member.name.lower() not in READS:
        await save_pieces(reached)
    return answer


async def save_pieces(reached: Reached) -> None:
    """Save the message whose pieces were changed: header fields and attachments act on it, and nobody holds it between requests."""
    if isinstance(reached.object, (Row, Collection)):
        return
    row = next((one for one in reversed(reached.objects[:-1]) if isinstance(one, Row)), None)
    if row is not None and "save" in row.description.members:
        await got(reached.caller, row, "Save")
