"""The event whose handlers run in this process: what its names mean, for `postroom.handlers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMED: Final = frozenset({"EventLog", "HMAILSERVER_ACCOUNT", "HMAILSERVER_CLIENT", "HMAILSERVER_FETCHACCOUNT", "HMAILSERVER_MESSAGE", "Result"})
"""The objects that events have, each some of them."""
_names: dict[str, Any] = {}


class Absent:
    """An object that the event at hand does not have. Only its use is an error: a file of handlers imports what any of them needs."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        object.__setattr__(self, "_name", name)

    def __getattr__(self, member: str) -> NoReturn:
        raise AttributeError(f"There is no {self._name} in this event.")

    def __setattr__(self, member: str, value: object) -> NoReturn:
        raise AttributeError(f"There is no {self._name} in this event.")

    def __bool__(self) -> bool:
        return False


def begin(names: Mapping[str, Any]) -> None:
    """Let the names mean what they do in one event; those of the event before are forgotten."""
    _names.clear()
    _names.update(names)


def meaning(name: str, usual: object) -> Any:
    """Give what a name means in this event: an object of it, one that it does not have, else the usual."""
    return _names.get(name, Absent(name) if name in NAMED else usual)
