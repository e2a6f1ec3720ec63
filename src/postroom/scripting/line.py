"""A script's line to the object model: it asks the worker, and answers by itself what came with the event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from postroom.model.errors import UNKNOWN_NAME, ComError
from postroom.model.variant import coerce

if TYPE_CHECKING:
    from postroom.scripting.wire import Pipe

RESULT: Final = 0
"""The handle of Result, which the script process keeps itself and sends when the event ends."""
RESULT_TYPES: Final = {"value": "integer", "parameter": "integer", "message": "string"}

Kinds = dict[str, dict[str, Any]]
"""What is known of classes by name: {"class", "members": {"port": {"name", "get", "put", "call", "params", "type"}}, "default"}."""


class ModelError(Exception):
    """A call of the object model that failed: the number is an HRESULT, unsigned."""

    def __init__(self, number: int, text: str, source: str) -> None:
        super().__init__(text)
        self.number = number
        self.text = text
        self.source = source


class Line:
    """Values are as JSON has them; objects are {"$t": "obj", "h": handle, "c": class}."""

    def __init__(self, pipe: Pipe, kinds: Kinds, methods: frozenset[str] = frozenset()) -> None:
        """`kinds` is filled while the process lives; `methods` are those of the events' objects, in lower case."""
        self._pipe = pipe
        self.kinds = kinds
        self._methods = methods
        self.known: dict[int, dict[str, Any]] = {}
        """What is known of the event's objects: plain properties by handle and name in lower case, and what Result holds."""

    @property
    def result(self) -> dict[str, Any]:
        """What the script has decided so far."""
        return self.known.get(RESULT, {})

    def get(self, handle: int, name: str, arguments: list[Any]) -> tuple[Any, list[Any]]:
        """Read a property or call a method: the value and the out-parameters. Raises ModelError."""
        name = name.lower()
        known = self.known.get(handle)
        if known is not None:
            if not arguments and name in known:
                return known[name], []
            if handle == RESULT:
                raise ModelError(UNKNOWN_NAME, f"Unknown name: {name[:100]}.", "")
            if name in self._methods:  # Save, RefreshContent: what was known may not hold any more
                del self.known[handle]
        answer = self._asked(["get", handle, name, arguments])
        return answer[1], answer[2] if len(answer) > 2 else []

    def put(self, handle: int, name: str, arguments: list[Any]) -> None:
        """Write a property: the last argument is the value. Raises ModelError."""
        if handle == RESULT:
            self._decide(name.lower(), arguments)
            return
        self.known.pop(handle, None)
        self._asked(["put", handle, name, arguments])

    def create(self, progid: str) -> Any:
        """Make an object of the model alone; raises ModelError."""
        return self._asked(["new", progid])[1]

    def items(self, handle: int, start: int, count: int) -> tuple[int, list[Any]]:
        """Give how many items a collection has, and a run of them; raises ModelError."""
        total, found = self._asked(["items", handle, start, count])[1]
        return total, found

    def kind(self, name: str) -> dict[str, Any]:
        """Tell what is known of a class; asked for once in a process's life."""
        found = self.kinds.get(name)
        if found is None:
            found = self.kinds[name] = self._asked(["kind", name])[1]
        return found

    def _decide(self, name: str, arguments: list[Any]) -> None:
        if name not in RESULT_TYPES or len(arguments) != 1:
            raise ModelError(UNKNOWN_NAME, f"Unknown name: {name[:100]}.", "")
        try:
            self.known[RESULT][name] = coerce(arguments[0], RESULT_TYPES[name])
        except ComError as error:
            raise ModelError(error.hresult, str(error), error.source) from None

    def _asked(self, frame: list[Any]) -> list[Any]:
        self._pipe.say(frame)
        answer: list[Any] = self._pipe.hear(answer=True)
        if answer[0]:
            raise ModelError(answer[1], answer[2], answer[3])
        return answer


def methods_of(kinds: Kinds) -> frozenset[str]:
    """Name the methods of some classes, in lower case: after one of them what was known of its object may not hold any more."""
    return frozenset(name for kind in kinds.values() for name, one in kind["members"].items() if one["call"])
