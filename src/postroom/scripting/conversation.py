"""One event's conversation with its script process: the object model's part of it, and its bounds."""

from __future__ import annotations

import asyncio
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.errors import PostroomError
from postroom.model.description import CLASSES
from postroom.model.errors import ComError, TypeMismatch
from postroom.model.invoke import How, create, invoke, not_yet, open_members, read_at_once
from postroom.model.object import Object
from postroom.model.remote.values import UnknownTag, decoded, encoded
from postroom.scripting.wire import packed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postroom.model.caller import Context
    from postroom.model.description import Description, Member
    from postroom.scripting.line import Kinds
    from postroom.scripting.pool import ScriptProcess

RESULT: Final = 0
PLAIN: Final = frozenset({str, int, bool, float})
"""What travels as it is."""
LONGEST_RUN: Final = 1000


OVERDUE: Final = "It took longer than {:g} seconds."
FELL: Final = "Its process ended before it had answered: it crashed, or took more memory than it may."


class Bounds(NamedTuple):
    """What one event may take: seconds, calls of the object model, bytes that it writes to the event log."""

    seconds: float = 60.0
    calls: int = 250_000
    output: int = 1 << 20


class Lost(PostroomError):
    """The script did not end by itself: its process was ended, or fell. The text says why."""


class Conversation:
    """Answers a script's calls until its event ends. Objects are known to it by handles, which end with the event."""

    def __init__(self, process: ScriptProcess, context: Context, bounds: Bounds) -> None:
        self._process = process
        self._context = context
        self._bounds = bounds
        self._calls = 0
        self._written = 0
        self._objects: list[Any] = [None]
        self._handles: dict[int, int] = {}

    def handle(self, target: Object) -> int:
        """Give an object its handle."""
        number = self._handles.get(id(target))
        if number is None:
            number = self._handles[id(target)] = len(self._objects)
            self._objects.append(target)
        return number

    async def hold(self, opening: bytes) -> list[Any]:
        """Send what begins the event, answer what the script asks, give its end frame; raises Lost. Whoever lent the process ends it then."""
        process, seconds = self._process, self._bounds.seconds
        process.answer_at_once = self.at_once
        process.begin(opening, seconds)
        try:
            while True:
                frame = await process.heard()
                if frame is None:
                    raise Lost(OVERDUE.format(seconds) if process.overdue else FELL)
                if type(frame) is list and frame and frame[0] == "end":
                    return frame
                process.write(await self._answer(frame))
        except TimeoutError:
            raise Lost(OVERDUE.format(seconds)) from None

    def at_once(self, frame: Any) -> bytes | None:
        """Answer the reading of a plain property, which waits for nothing; None, with nothing done, for all else."""
        try:
            word, number, name, arguments = frame
            if word != "get" or arguments or self._calls >= self._bounds.calls:
                return None
            target = self._objects[number]
            member = target.description.member(name)
            if not member.at_once:
                return None
            value = read_at_once(self._context.caller, target, member)
        except Exception:  # noqa: BLE001 - whatever is wrong with it, `_answer` says
            return None
        if type(value) not in PLAIN and not_yet(value):
            return None
        self._calls += 1
        return packed([0, self._told(value, member.type)])

    async def _answer(self, frame: Any) -> bytes:
        self._calls += 1
        if self._calls > self._bounds.calls:
            raise Lost(f"It made more than {self._bounds.calls} calls of the object model.")
        try:
            async with asyncio.timeout_at(self._process.until):
                return packed(await self._answered(frame))
        except ComError as error:
            return packed([1, error.hresult, str(error), error.source])
        except UnknownTag:
            return packed([1, TypeMismatch.hresult, "", ""])

    async def _answered(self, frame: Any) -> list[Any]:
        match frame:
            case ["get", int(number), str(name), list(arguments)]:
                return await self._get(self._found(number), name, self._taken(arguments))
            case ["put", int(number), str(name), list(arguments)]:
                await invoke(self._context.caller, self._found(number), name, self._taken(arguments), How.PUT)
                return [0, None]
            case ["new", str(progid)]:
                return [0, self._told(create(self._context, progid), "object")]
            case ["items", int(number), int(start), int(count)]:
                return [0, await self._items(self._found(number), start, count)]
            case ["kind", str(name)] if name in CLASSES:
                return [0, CLASSES[name].outline()]
            case ["crashed", str(trace)]:
                raise Lost(f"Its process met an error that no code expected: {trace}")
        raise Lost("It wrote what is no call.")

    async def _get(self, target: Object, name: str, arguments: list[Any]) -> list[Any]:
        member = target.description.member(name)
        outs = len(member.outs)
        if outs and len(arguments) == len(member.parameters):
            arguments = arguments[:-outs]  # scripts name a variable for each out-parameter
        if member.name == "Write" and target.description.name == "EventLog":
            self._count(arguments)
        answer = await invoke(self._context.caller, target, name, arguments)
        told = [0, self._told(answer.value, member.type)]
        if answer.outs is not None:
            told.append([self._told(value, "string") for value in answer.outs.values()])
        return told

    def _count(self, arguments: list[Any]) -> None:
        """Count what goes to the event log: an endless loop must not fill the disk."""
        self._written += sum(len(one) for one in arguments if isinstance(one, str))
        if self._written > self._bounds.output:
            raise Lost(f"It wrote more than {self._bounds.output} characters to the event log.")

    async def _items(self, rows: Object, start: int, count: int) -> list[Any]:
        if "item" not in rows.description.members or start < 0:
            raise TypeMismatch("collection")
        caller = self._context.caller
        total = (await invoke(caller, rows, "Count", (), How.GET)).value
        run = range(start, min(total, start + min(count, LONGEST_RUN)))
        return [total, [self._told((await invoke(caller, rows, "Item", (index,), How.GET)).value, "object") for index in run]]

    def _found(self, number: int) -> Object:
        if not 0 < number < len(self._objects):
            raise Lost("It wrote what is no call.")
        found: Object = self._objects[number]
        return found

    def _taken(self, arguments: list[Any]) -> list[Any]:
        return [decoded(value, lambda given: self._found(int(given.get("h") or 0))) for value in arguments]

    def _told(self, value: Any, kind: str) -> Any:
        if type(value) in PLAIN:
            return value
        return encoded(value, kind if kind.startswith("object") else "variant", self.handle)

    def opening(
        self, number: int, name: str, arguments: Sequence[Any], named: Mapping[str, Object | None], result: int | None, words: frozenset[str]
    ) -> bytes:
        """Pack what begins an event: the text by its number, the handler's name, arguments and named objects, and what is known of them."""
        given = [(self.handle(value),) if isinstance(value, Object) else self._told(value, "object") for value in arguments]
        handles = [(each, None if one is None else self.handle(one)) for each, one in named.items()]
        if result is not None:
            handles.append(("Result", RESULT))
        objects: list[Object] = self._objects[1:]
        known = {handle: found for handle, target in enumerate(objects, 1) if (found := self._snapshot(target, words))}
        shape = (tuple([target.description.name for target in objects]), tuple(handles))
        return packed(["run", number, name, given, shape, known, result, self._bounds.seconds])

    def _snapshot(self, target: Object, words: frozenset[str]) -> dict[str, Any]:
        """Read the plain properties that the script's text mentions: that costs less than one question."""
        caller, description = self._context.caller, target.description
        handed = caller.trusted and not target.standalone
        found = {}
        for name, member, free in plain_members(description, words, int(target.context.login.level)):
            try:
                value = member.get(target) if free and handed else read_at_once(caller, target, member)  # type: ignore[misc]  # it has one
            except PostroomError:
                continue
            if type(value) in PLAIN:
                found[name] = value
            elif not not_yet(value):
                found[name] = encoded(value, "variant", self.handle)
        return found


@lru_cache(256)
def plain_members(description: Description, words: frozenset[str], level: int) -> tuple[tuple[str, Member, bool], ...]:
    """Give the properties of a class that are read without a wait and that a text has the words for; and whether anybody of a level may read them."""
    free = open_members(description, level)
    return tuple((name, member, name in free) for name, member in description.members.items() if member.at_once and name in words)


@cache
def kinds_of_events() -> Kinds:
    """Describe the classes whose objects events have, which every script process knows from its start."""
    return {name: CLASSES[name].outline() for name in ("Account", "Client", "EventLog", "FetchAccount", "Message", "Result")}
