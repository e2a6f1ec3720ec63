"""The generated parts of the Windows client: the type library's source, and the tables that its DLL serves the classes by.

Every interface is dual; its members stand by dispid, a property's reading before its writing: programs bound to the original's vtables find
each member at its place.
"""

from __future__ import annotations

import inspect
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.model import enumerations
from postroom.model.tree import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postroom.model.description import Description, Member, Parameter

LIBRARY: Final = "DB241B59-A1B1-4C59-98FC-8D101A2995F2"


class Kind(NamedTuple):
    """How a type is written: in IDL, in C++, and as a letter in the tables."""

    idl: str
    cpp: str
    letter: str


KINDS: Final = {
    "string": Kind("BSTR", "BSTR", "S"),
    "integer": Kind("long", "LONG", "L"),
    "int64": Kind("hyper", "LONGLONG", "H"),
    "boolean": Kind("VARIANT_BOOL", "VARIANT_BOOL", "B"),
    "float": Kind("float", "FLOAT", "F"),
    "variant": Kind("VARIANT", "VARIANT", "V"),
}
MARK: Final = "// Made by `make clients` of the model's description: change that instead.\n"
IDL: Final = (
    MARK
    + """
import "oaidl.idl";

[
    uuid({library}),
    version(1.0),
    helpstring("hMailServer's object model, served by Postroom")
]
library hMailServer
{{
    importlib("stdole2.tlb");
{enumerations}{declared}
{interfaces}{coclasses}}}
"""
)
INTERFACE: Final = """
    [object, uuid({iid}), dual, oleautomation, pointer_default(unique)]
    interface IInterface{name} : IDispatch
    {{
{members}    }};
"""
COCLASS: Final = """
    [uuid({clsid})]
    coclass {name}
    {{
        [default] interface IInterface{name};
    }};
"""
TABLES: Final = (
    MARK
    + """
#include "object.h"
{classes}
const Class classes[] = {{
{rows}}};
const unsigned class_count = {count};
"""
)
TABLE: Final = """
static const Member members_{name}[] = {{
{members}}};
static const void *const vtable_{name}[] = {{DISPATCH,
{slots}}};
"""


class Slot(NamedTuple):
    """A place in a vtable: a member, by its number in the class, and whether it is written there."""

    member: Member
    number: int
    put: bool


def slots(one: Description) -> Iterator[Slot]:
    """Give the places of a class's vtable behind IDispatch's seven, in order."""
    for number, member in enumerate(one.members.values()):
        yield Slot(member, number, put=False)
        if member.put is not None:
            yield Slot(member, number, put=True)


def idl() -> str:
    """Write hMailServer.idl."""
    classes = _classes()
    return IDL.format(
        library=LIBRARY,
        enumerations="".join(_enumeration(one) for one in _enumerations()),
        declared="".join(f"\n    interface IInterface{one.name};" for one in classes),
        interfaces="".join(INTERFACE.format(iid=one.iid, name=one.name, members=_lines(_declared(slot) for slot in slots(one))) for one in classes),
        coclasses="".join(COCLASS.format(clsid=one.clsid, name=one.name) for one in classes),
    )


def tables() -> str:
    """Write classes.cpp."""
    classes = _classes()
    rows = [f'{{L"{one.name}", {_guid(one.clsid)}, {_guid(one.iid)}, vtable_{one.name}, members_{one.name}, {len(one.members)}}},' for one in classes]
    return TABLES.format(classes="".join(_table(one) for one in classes), rows=_lines(rows, 4), count=len(classes))


FILES: Final = {"windows/hMailServer.idl": idl, "windows/classes.cpp": tables}


def _classes() -> list[Description]:
    return [CLASSES[name] for name in sorted(CLASSES)]


def _enumerations() -> list[type[IntEnum]]:
    found = inspect.getmembers(enumerations, lambda one: inspect.isclass(one) and issubclass(one, IntEnum) and one is not IntEnum)
    return [one for _, one in found]


def _lines(lines: Iterable[str], indent: int = 8) -> str:
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


def _enumeration(one: type[IntEnum]) -> str:
    values = ",\n".join(f"        {member.name} = {member.value}" for member in one)
    return f"\n    typedef enum {one.__name__}\n    {{\n{values}\n    }} {one.__name__};\n"


def _kind(name: str) -> Kind:
    family, _, known = name.partition(":")
    if family == "enum":
        return Kind(known, "LONG", "L")
    return Kind(f"IInterface{known} *", "IDispatch *", "O") if family == "object" else KINDS[name]


def _declared(slot: Slot) -> str:
    """Write a member of an interface in IDL."""
    member = slot.member
    taken = [f"[{'out' if one.out else 'in'}] {_kind(one.type).idl}{' *' if one.out else ''} {_spelled(one.name)}" for one in member.parameters]
    if slot.put:
        taken.append(f"[in] {_kind(member.type).idl} newVal")
    elif member.type:
        taken.append(f"[out, retval] {_kind(member.type).idl} *pVal")
    way = "" if member.is_method else ", propput" if slot.put else ", propget"
    return f"[id({member.dispid}){way}] HRESULT {member.name}({', '.join(taken).replace('* *', '**')});"


def _spelled(name: str) -> str:
    """Spell a parameter like the member of the same name: a type library keeps one spelling of a name, the first."""
    return next((one.members[name.lower()].name for one in _classes() if name.lower() in one.members), name)


def _table(one: Description) -> str:
    members = (_row(member) for member in one.members.values())
    places = (f"{_thunk(slot)}, // {slot.member.name}" for slot in slots(one))
    return TABLE.format(name=one.name, members=_lines(members, 4), slots=_lines(places, 4))


def _row(member: Member) -> str:
    """Write what the DLL knows of a member: name, dispid, whether it is a method and can be written, what it gives, what it takes."""
    gives = f"'{_kind(member.type).letter}'" if member.type else "0"
    made = member.type.partition(":")[2] if member.type.startswith("object:") else ""
    letters = "".join(_letter(one) for one in member.parameters)
    names = ",".join(one.name for one in member.parameters)
    facts = f"{str(member.is_method).lower()}, {str(member.put is not None).lower()}"
    return f'{{L"{member.name}", {member.dispid}, {facts}, {gives}, L"{made}", "{letters}", L"{names}"}},'


def _letter(one: Parameter) -> str:
    letter = _kind(one.type).letter
    return letter.lower() if one.out else letter


def _thunk(slot: Slot) -> str:
    member = slot.member
    taken = [f"{_kind(one.type).cpp}{' *' if one.out else ''}" for one in member.parameters]
    if slot.put:
        taken.append(_kind(member.type).cpp)
    elif member.type:
        taken.append(f"{_kind(member.type).cpp} *")
    return f"SLOT({', '.join([str(slot.number * 2 + slot.put), *taken])})"


def _guid(text: str) -> str:
    first, second, third, fourth, fifth = text.split("-")
    rest = ", ".join(f"0x{(fourth + fifth)[at : at + 2]}" for at in range(0, 16, 2))
    return f"{{0x{first}, 0x{second}, 0x{third}, {{{rest}}}}}"
