"""The generated types of the Python client: editors complete by them, and type checkers know every member; nothing of them runs.

`model.pyi` is for objects whose members are called, `aiomodel.pyi` for paths that are awaited, `handlers.pyi` for what handlers of events import.
"""

from __future__ import annotations

import textwrap
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Final, Union, get_args, get_origin, get_type_hints

from postroom.model import kinds
from postroom.model.derive.rest import is_collection, items_of
from postroom.model.tree import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postroom.model.description import Description, Member

TYPES: Final = {"string": "str", "integer": "int", "int64": "int", "boolean": "bool", "float": "float", "variant": "_Date | None", "": "None"}
GIVEN: Final = {"variant": "_Date | str | None"}
"""What may be written where it is more than what is read."""

HEAD: Final = '''"""{text}

Made by `make clients` of the model's description: change that instead.
"""

from collections.abc import {imports}
from datetime import datetime as _Date
from types import TracebackType as _TracebackType
from typing import Any, Generic, Self, TypeVar

from postroom.client import {module} as _m

_Index = TypeVar("_Index", contravariant=True)
_Value = TypeVar("_Value")
_Item = TypeVar("_Item", covariant=True)

'''
SYNC: Final = (
    HEAD.format(text="The types of the server's objects.", imports="Iterator", module="model")
    + '''class Indexed(Generic[_Index, _Value]):
    """A property with an index."""

    def __call__(self, index: _Index, /) -> _Value: ...
    def __getitem__(self, index: _Index) -> _Value: ...
    def __setitem__(self, index: _Index, value: _Value) -> None: ...
    def set(self, index: _Index, value: _Value, /) -> None: ...

class Object:
    """An object of the server."""

    def __enter__(self) -> Self: ...
    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: _TracebackType | None) -> None: ...

class Collection(Object, Generic[_Item]):
    """An object with items."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[_Item]: ...
    def __getitem__(self, index: int) -> _Item: ...
    def __call__(self, index: int, /) -> _Item: ...
'''
)
ASYNC: Final = (
    HEAD.format(text="The types of paths through the server's objects.", imports="AsyncIterator, Generator", module="aiomodel")
    + '''class Read(Generic[_Item]):
    """A value at the end of a path."""

    def __await__(self) -> Generator[Any, Any, _Item]: ...

class Value(Read[_Value]):
    """A value that can be written, too."""

    async def set(self, value: _Value) -> None: ...

class Object:
    """An object, or a path to one: awaited it is the object."""

    def __await__(self) -> Generator[Any, Any, Self]: ...
    async def close(self) -> None: ...

class Collection(Object, Generic[_Item]):
    """An object with items."""

    def __aiter__(self) -> AsyncIterator[_Item]: ...
    def __getitem__(self, index: int) -> _Item: ...
'''
)
HANDLERS: Final = '''"""What handlers in Python import: the classes of their parameters, for annotations, and the names that every event has.

Made by `make clients` of the model's description: change that instead.
"""

from typing import Any, Literal, overload

from postroom.client import model as _m
from postroom.client.errors import com_error as com_error
{classes}

Result: _m.Result
"""What the event's handler decides."""
EventLog: _m.EventLog
"""The log that scripts write to."""
HMAILSERVER_CLIENT: _m.Client
"""The client of the event, the same that the handler gets."""
HMAILSERVER_MESSAGE: _m.Message
"""The message of the event, likewise."""
HMAILSERVER_ACCOUNT: _m.Account
"""The account whose password is checked."""
HMAILSERVER_FETCHACCOUNT: _m.FetchAccount
"""The account that mail is fetched from."""

{creating}
@overload
def CreateObject(progid: str) -> Any:
    """Makes an object of the server by its ProgID; raises com_error."""
'''
GLOBAL: Final = ("EventLog", "Result")
"""Classes whose name, in handlers, is that of the event's one object."""
CREATED: Final = ("Application", "Message", "Utilities")
"""The classes of which handlers make objects; the others are reached from an Application."""


def sync() -> str:
    """Write model.pyi."""
    return SYNC + "".join(_class(CLASSES[name], "\n".join(_members(CLASSES[name]))) for name in sorted(CLASSES))


def paths() -> str:
    """Write aiomodel.pyi."""
    return ASYNC + "".join(_class(CLASSES[name], "\n".join(_ways(CLASSES[name]))) for name in sorted(CLASSES))


def handlers() -> str:
    """Write handlers.pyi."""
    classes = "\n".join(f"from postroom.client.model import {name} as {name}" for name in sorted(CLASSES) if name not in GLOBAL)
    creating = "\n".join(f'@overload\ndef CreateObject(progid: Literal["{CLASSES[name].progid}"]) -> _m.{name}: ...' for name in CREATED)
    return HANDLERS.format(classes=classes, creating=creating)


FILES: Final = {
    "../src/postroom/client/model.pyi": sync,
    "../src/postroom/client/aiomodel.pyi": paths,
    "../src/postroom/handlers.pyi": handlers,
}


def _class(one: Description, body: str) -> str:
    above = f"Collection[_m.{items_of(one).name}]" if is_collection(one) else "Object"
    return f"\nclass {one.name}({above}):\n{_text(one.text, '')}\n{body}\n"


def _members(one: Description) -> Iterator[str]:
    """Write the members of a class whose members are called."""
    for member in one.members.values():
        if member.is_method or (member.parameters and member.put is None):
            yield _function(member, _returned(member))
        elif member.parameters:
            kind = _kind(member.type)
            yield f"    @property\n    def {member.name}(self) -> _m.Indexed[{_kind(member.parameters[0].type)}, {kind}]:\n{_text(member.text)}"
            yield f"    def Set{member.name}(self, {_taken(member)}, value: {kind}) -> None:\n{_text(member.text)}"
        else:
            yield f"    @property\n    def {member.name}(self) -> {_kind(member.type)}:\n{_text(member.text)}"
            if member.put is not None:
                given = GIVEN.get(member.type, _kind(member.type))
                yield f"    @{member.name}.setter\n    def {member.name}(self, value: {given}) -> None: ..."


def _ways(one: Description) -> Iterator[str]:
    """Write the members of a class whose members begin or go on with a path."""
    for member in one.members.values():
        returned = _returned(member)
        if returned != _kind(member.type) or not member.type.startswith("object:"):
            returned = f"_m.{'Value' if member.put is not None else 'Read'}[{returned}]"
        if member.is_method or member.parameters:
            yield _function(member, returned)
        else:
            yield f"    @property\n    def {member.name}(self) -> {returned}:\n{_text(member.text)}"


def _function(member: Member, returned: str) -> str:
    taken = f"self, {_taken(member)}" if _taken(member) else "self"
    return f"    def {member.name}({taken}) -> {returned}:\n{_text(member.text)}"


def _taken(member: Member) -> str:
    return ", ".join(f"{one.name}: {GIVEN.get(one.type, _kind(one.type))}" for one in member.parameters if not one.out)


def _returned(member: Member) -> str:
    """Write what a member gives: an object or Nothing, and out-parameters behind the value."""
    kind = _kind(member.type)
    if member.type.startswith("object:") and _may_be_nothing(member):
        kind += " | None"
    outs = [_kind(one.type) for one in member.parameters if one.out]
    return f"tuple[{', '.join([kind, *outs])}]" if outs else kind


def _may_be_nothing(member: Member) -> bool:
    function = member.call or member.get
    written = getattr(function, "__annotations__", {}).get("return", "")
    if not written or "|" not in str(written):
        return False
    found = get_type_hints(function, localns={**vars(kinds), **{name: one.made for name, one in CLASSES.items()}}).get("return")
    return get_origin(found) in {Union, UnionType} and NoneType in get_args(found)


def _kind(kind: str) -> str:
    if kind.startswith("object:"):
        return f"_m.{kind.removeprefix('object:')}"
    return "int" if kind.startswith("enum:") else TYPES[kind]


def _text(text: str, indent: str = "    ") -> str:
    words = textwrap.wrap(text.replace("\\", "\\\\").replace('"""', "'''"), 140)
    closing = '"""' if len(words) == 1 and not words[0].endswith('"') else f'\n{indent}    """'
    return f'{indent}    """' + f"\n{indent}    ".join(words) + closing
