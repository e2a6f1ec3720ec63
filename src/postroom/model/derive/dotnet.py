"""The generated part of the .NET client, in the shape that tlbimp gives a type library: programs written for the original compile unchanged.

Namespace hMailServer; an interface IInterfaceX and a coclass interface X for each class, with XClass behind it; the default member as indexer,
other indexed properties as get_ and set_ methods.
"""

from __future__ import annotations

import inspect
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from postroom.model import enumerations
from postroom.model.tree import CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.model.description import Description, Member, Parameter

TYPES: Final = {"string": "string", "integer": "int", "int64": "long", "boolean": "bool", "float": "float", "variant": "object", "": "void"}
FROM_WIRE: Final = {
    "string": '(string)({0} ?? "")',
    "integer": "Convert.ToInt32({0})",
    "int64": "Convert.ToInt64({0})",
    "boolean": "Convert.ToBoolean({0})",
    "float": "Convert.ToSingle({0})",
    "variant": "{0}",
}
HEAD: Final = """// Made by `make clients` of the model's description: change that instead.
using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyVersion("1.0.0.0")]
[assembly: ImportedFromTypeLib("hMailServer")]
[assembly: Guid("db241b59-a1b1-4c59-98fc-8d101a2995f2")]

namespace hMailServer
{
"""


def interop() -> str:
    """Write Interop.cs."""
    classes = [CLASSES[name] for name in sorted(CLASSES)]
    parts = [HEAD, *(_enumeration(one) for one in _enumerations()), *(_class(one) for one in classes), _factory(classes), "}\n"]
    return "".join(parts)


FILES: Final = {"dotnet/Interop.cs": interop}


def _enumerations() -> list[type[IntEnum]]:
    found = inspect.getmembers(enumerations, lambda one: inspect.isclass(one) and issubclass(one, IntEnum) and one is not IntEnum)
    return [one for _, one in found]


def _enumeration(one: type[IntEnum]) -> str:
    values = "".join(f"        {member.name} = {member.value},\n" for member in one)
    return f"    public enum {one.__name__}\n    {{\n{values}    }}\n\n"


def _class(one: Description) -> str:
    name = one.name
    members = list(one.members.values())
    declared = "".join(f"        [DispId({member.dispid})]\n{_declaration(member)}" for member in members)
    made = "".join(_definition(member) for member in members)
    iid, clsid = one.iid.lower(), one.clsid.lower()
    return (
        f'    [ComImport, Guid("{iid}")]\n    public interface IInterface{name}\n    {{\n{declared}    }}\n\n'
        f'    [ComImport, Guid("{iid}"), CoClass(typeof({name}Class))]\n    public interface {name} : IInterface{name}\n    {{\n    }}\n\n'
        f'    [Guid("{clsid}")]\n    public class {name}Class : Postroom.RemoteObject, IInterface{name}, {name}\n    {{\n'
        f'        public {name}Class() : base("{one.progid}")\n        {{\n        }}\n\n'
        f"        internal {name}Class(Postroom.Session session, long handle) : base(session, handle)\n        {{\n        }}\n{made}    }}\n\n"
    )


def _declaration(member: Member) -> str:
    """Write a member of an interface."""
    kind, taken = _type(member.type), _taken(member.parameters)
    named = f'[System.Runtime.CompilerServices.IndexerName("{member.name}")]'
    if member.is_method:
        return f"        {kind} {member.name}({taken});\n"
    accessors = "{ get; set; }" if member.put else "{ get; }"
    if not member.parameters:
        return f"        {kind} {member.name} {accessors}\n"
    if member.dispid == 0:
        return f"        {named}\n        {kind} this[{taken}] {accessors}\n"
    setter = f"        void set_{member.name}({taken}, {kind} value);\n" if member.put else ""
    return f"        {kind} get_{member.name}({taken});\n{setter}"


def _definition(member: Member) -> str:
    """Write a member of a class."""
    kind, taken = _type(member.type), _taken(member.parameters)
    names = "".join(f", @{one.name}" for one in member.parameters if not one.out)
    read, write = _read(member.type, f'Get("{member.name}"{names})'), f'Put("{member.name}"{names}, value)'
    if member.is_method:
        return _method(member, kind, taken, names)
    body = f"get {{ return {read}; }}" + (f" set {{ {write}; }}" if member.put else "")
    if not member.parameters:
        return f"\n        public virtual {kind} {member.name} {{ {body} }}\n"
    if member.dispid == 0:
        named = f'[System.Runtime.CompilerServices.IndexerName("{member.name}")]'
        return f"\n        {named}\n        public virtual {kind} this[{taken}] {{ {body} }}\n"
    setter = f"\n        public virtual void set_{member.name}({taken}, {kind} value) {{ {write}; }}\n" if member.put else ""
    return f"\n        public virtual {kind} get_{member.name}({taken}) {{ return {read}; }}\n{setter}"


def _method(member: Member, kind: str, taken: str, names: str) -> str:
    outs = [one for one in member.parameters if one.out]
    if not outs:
        call = f'Call("{member.name}"{names})'
        body = f"return {_read(member.type, call)};" if member.type else f"{call};"
        return f"\n        public virtual {kind} {member.name}({taken}) {{ {body} }}\n"
    lines = [f"\n        public virtual {kind} {member.name}({taken})", "        {", "            var outs = new Dictionary<string, object>();"]
    lines.append(f'            object result = CallOut("{member.name}", outs{names});')
    lines += [f'            @{one.name} = {_read(one.type, f"""outs["{one.name}"]""")};' for one in outs]
    return "\n".join([*lines, f"            return {_read(member.type, 'result')};", "        }", ""])


def _factory(classes: Sequence[Description]) -> str:
    cases = "".join(f'                case "{one.name}": return new {one.name}Class(session, handle);\n' for one in classes)
    return (
        "    internal static class Classes\n    {\n"
        "        internal static object Make(string name, Postroom.Session session, long handle)\n        {\n"
        f"            switch (name)\n            {{\n{cases}                default: return null;\n            }}\n        }}\n    }}\n"
    )


def _taken(parameters: Sequence[Parameter]) -> str:
    return ", ".join(f"{'out ' if one.out else ''}{_type(one.type)} @{one.name}" for one in parameters)


def _type(kind: str) -> str:
    return TYPES.get(kind) or kind.partition(":")[2]


def _read(kind: str, value: str) -> str:
    if kind in FROM_WIRE:
        return FROM_WIRE[kind].format(value)
    name = kind.partition(":")[2]
    return f"({name})Convert.ToInt32({value})" if kind.startswith("enum:") else f"({name}){value}"
