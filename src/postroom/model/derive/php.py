"""The generated parts of the PHP client: constants, names of members, and the methods with out-parameters, which PHP wants by reference."""

from __future__ import annotations

import inspect
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from postroom.model import enumerations
from postroom.model.tree import CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.model.description import Description, Member

HEAD: Final = "<?php\n// Made by `make clients` of the model's description: change that instead.\n"


def description() -> str:
    """Write the constants of all enumerations and the names that `isset` and indexes need."""
    lines = [HEAD]
    for _, one in inspect.getmembers(enumerations, lambda found: inspect.isclass(found) and issubclass(found, IntEnum) and found is not IntEnum):
        lines += [f"defined('{member.name}') || define('{member.name}', {member.value});" for member in one]
    lines.append("\n// The members of each class, in lower case.\nconst POSTROOM_MEMBERS = [")
    lines += [_names(one, lambda _: True) for one in _classes()]
    lines.append("];\n\n// The properties with an index.\nconst POSTROOM_INDEXED = [")
    lines += [_names(one, lambda member: bool(member.parameters) and not member.is_method and member.put is not None) for one in _classes()]
    return "\n".join([*filter(None, lines), "];", ""])


def outs() -> str:
    """Write a class for each class with out-parameters: its methods take them by reference."""
    parts = [HEAD]
    for one in _classes():
        methods = [_method(member) for member in one.members.values() if any(given.out for given in member.parameters)]
        if methods:
            parts.append(f"class COM_{one.name} extends VARIANT\n{{\n" + "\n".join(methods) + "}\n")
    return "\n".join(parts)


FILES: Final = {"php/description.php": description, "php/outs.php": outs}


def _classes() -> list[Description]:
    return [CLASSES[name] for name in sorted(CLASSES)]


def _names(one: Description, wanted: Callable[[Member], bool]) -> str:
    names = [f"'{name}' => 1" for name, member in one.members.items() if wanted(member)]
    return f"    '{one.name}' => [{', '.join(names)}]," if names else ""


def _method(member: Member) -> str:
    given = [f"${one.name}" for one in member.parameters if not one.out]
    outs = [one.name for one in member.parameters if one.out]
    taken = ", ".join([*given, *(f"&${name}" for name in outs)])
    lines = [f"    public function {member.name}({taken})", "    {"]
    lines.append(f"        $value = $this->postroomAsk('com.call', '{member.name}', [{', '.join(given)}], $outs);")
    lines += [f"        ${name} = $outs['{name}'];" for name in outs]
    return "\n".join([*lines, "        return $value;", "    }", ""])
