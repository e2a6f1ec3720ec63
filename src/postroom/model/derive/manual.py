"""The manual of the object model: a page a class, with members, rights, texts and an example in four languages; an index; the enumerations."""

from __future__ import annotations

import inspect
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from postroom.model import enumerations
from postroom.model.derive.examples import HEADS, TITLES, rendered, sections, usual
from postroom.model.derive.openapi import right_of
from postroom.model.derive.rest import is_secret, places
from postroom.model.tree import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postroom.model.description import Description, Member, Parameter

NAMES: Final = {"string": "text", "integer": "number", "int64": "large number", "boolean": "truth value", "float": "real number", "variant": "date"}
FENCES: Final = {"python": "python", "php": "php", "csharp": "csharp", "vbscript": "vb"}
HANDED: Final = {
    "Client": 'Sub OnClientConnect(oClient)\n    EventLog.Write oClient.IPAddress & ":" & oClient.Port\nEnd Sub\n',
    "EventLog": 'Sub OnAcceptMessage(oClient, oMessage)\n    EventLog.Write "From " & oMessage.FromAddress\nEnd Sub\n',
    "Result": 'Sub OnClientConnect(oClient)\n    If oClient.IPAddress = "192.0.2.1" Then Result.Value = 1\nEnd Sub\n',
}
"""What only event scripts are given: they are written in VBScript."""


def pages(examples: str) -> dict[str, str]:
    """Write all pages by their names, with the examples of a file (`examples.sections`)."""
    own = sections(examples)
    found = {f"{name}.md": page(CLASSES[name], own) for name in CLASSES}
    return {**found, "index.md": index(), "enumerations.md": enumeration_page()}


def index() -> str:
    """Write the index."""
    lines = [
        "# The object model, class by class\n",
        "Each class with its members, their types, rights and texts, and an example in Python, PHP, C# and VBScript. The common tasks are in",
        "[the guide](../../guide/object-model.md), how to reach a server in [hMailServer's object model](../../guide/objects.md), the numbers of",
        "enumerations [on their own page](enumerations.md). Every example begins with a program that has logged in:\n",
        *blocks(HEADS),
        "| class | what it is |\n|---|---|",
        *(f"| [{name}]({name}.md) | {_cell(CLASSES[name].text.partition(chr(10))[0])} |" for name in sorted(CLASSES)),
    ]
    return "\n".join(lines) + "\n"


def enumeration_page() -> str:
    """Write the page of the enumerations."""
    found = inspect.getmembers(enumerations, lambda one: inspect.isclass(one) and issubclass(one, IntEnum) and one is not IntEnum)
    parts = ["# Enumerations\n"]
    for name, one in found:
        rows = "\n".join(f"| {member.value} | `{member.name}` |" for member in one)
        parts.append(f"## {name}\n\n{inspect.getdoc(one)}\n\n| number | name |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def page(one: Description, own: dict[str, str]) -> str:
    """Write the page of a class."""
    members = list(one.members.values())
    parts = [f"# {one.name}\n\n{one.text}\n", _places(one), "## Example\n", *_example(one, own)]
    properties, methods = [member for member in members if not member.is_method], [member for member in members if member.is_method]
    if properties:
        rows = (f"| {_name(member)} | {_type(member.type)} | {_rights(member)} | {_meaning(one, member)} |" for member in properties)
        parts.append("## Properties\n\n| property | type | who | meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n")
    if methods:
        rows = (f"| {_name(member)} | {_type(member.type) or 'nothing'} | {right_of(member)} | {_meaning(one, member)} |" for member in methods)
        parts.append("## Methods\n\n| method | gives | who | meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def blocks(texts: dict[str, str]) -> Iterator[str]:
    """Write a text in each language as a block of code under the language's name."""
    for language, text in texts.items():
        yield f"{TITLES[language]}:\n\n```{FENCES[language]}\n{text.rstrip()}\n```\n"


def tasks(text: str) -> str:
    """Write the common tasks of a file of examples."""
    return "\n".join("\n".join([f"## {title}\n", *blocks(rendered(steps))]) for title, steps in sections(text).items())


def _example(one: Description, own: dict[str, str]) -> Iterator[str]:
    if one.name in HANDED:
        yield "Only event scripts are given it, and they are written in VBScript:\n"
        yield f"```vb\n{HANDED[one.name].rstrip()}\n```\n"
        return
    yield "`app` has logged in, as [the index](index.md) shows.\n"
    yield from blocks(rendered(own.get(one.name) or usual(one)))


def _places(one: Description) -> str:
    above = [f"[{other.name}]({other.name}.md).{member.name}" for other, member in _givers(one)]
    ways = [f"`{place.path}`" for place in places() if place.of is one]
    lines = [f"Reached by {', '.join(above)}." if above else "", f"In [REST](../../guide/api-objects.md): {', '.join(ways)}." if ways else ""]
    return "\n".join(line for line in lines if line) + "\n"


def _givers(one: Description) -> Iterable[tuple[Description, Member]]:
    wanted = f"object:{one.name}"
    return [(other, member) for _, other in sorted(CLASSES.items()) for member in other.members.values() if member.type == wanted]


def _name(member: Member) -> str:
    default = " (default member)" if member.dispid == 0 else ""
    if not member.parameters:
        return f"`{member.name}{'()' if member.is_method else ''}`{default}"
    return f"`{member.name}({', '.join(_parameter(given) for given in member.parameters)})`{default}"


def _parameter(given: Parameter) -> str:
    return f"{'out ' if given.out else ''}{given.name} As {NAMES.get(given.type) or given.type.partition(':')[2]}"


def _type(kind: str) -> str:
    if kind.startswith("object:"):
        name = kind.partition(":")[2]
        return f"[{name}]({name}.md)"
    if kind.startswith("enum:"):
        name = kind.partition(":")[2]
        return f"[{name}](enumerations.md#{name.lower()})"
    return NAMES.get(kind, "")


def _rights(member: Member) -> str:
    read, write = right_of(member), right_of(member, write=True)
    if member.put is None:
        return f"{read}; read-only"
    return read if read == write else f"{read}; to write: {write}"


def _meaning(one: Description, member: Member) -> str:
    words = [member.text]
    if member.ignored:
        words.append("Accepted and ignored, as hMailServer does.")
    if is_secret(one, member):
        words.append("In REST it is only written.")
    if member.pending:
        words.append(f"{'Not available yet' if member.is_method else 'Stored only'}: {member.pending}.")
    return _cell(" ".join(words))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")
