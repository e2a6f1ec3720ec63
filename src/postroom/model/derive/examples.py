"""Examples in four languages, rendered from one description of their steps, so that they can't drift apart.

The notation is a piece of Python: `name = ...`, `object.Member = ...`, `object.Member["index"] = ...`, calls, `print(...)` of texts and numbers,
`CreateObject("hMailServer.Message")`, and `for one in rows:`. `app` is an Application that has logged in. What the description does not know is
refused.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from postroom.model.derive.rest import CREATED, ROOT, Place, class_of, is_collection, items_of, places
from postroom.model.description import Description, Member
from postroom.model.tree import CLASSES

PRINTED: Final = ("string", "integer", "int64")
"""Types that all languages print alike; enumerations as numbers."""

HEADS: Final = {
    "python": 'from postroom.client import Application\n\napp = Application()\napp.Authenticate("Administrator", "secret")\n',
    "php": '<?php\n$app = new COM("hMailServer.Application", NULL, CP_UTF8);\n$app->Authenticate("Administrator", "secret");\n',
    "csharp": (
        "using System;\nusing hMailServer;\n\nclass Program\n{\n    static void Main()\n    {\n        Application app = new Application();\n"
        '        app.Authenticate("Administrator", "secret");\n        // ...\n    }\n}\n'
    ),
    "vbscript": 'Set app = CreateObject("hMailServer.Application")\napp.Authenticate "Administrator", "secret"\n',
}
"""How a program begins in each language."""
TITLES: Final = {"python": "Python", "php": "PHP", "csharp": "C#", "vbscript": "VBScript"}


EXAMPLE: Final = re.compile(r"^# (.+)\n", re.MULTILINE)


def sections(text: str) -> dict[str, str]:
    """Take a file of examples apart: the steps by the title over them, what stands before the first title left out."""
    _, *found = EXAMPLE.split(text)
    return {title: f"{steps.strip()}\n" for title, steps in zip(found[::2], found[1::2], strict=True)}


class NotInNotation(ValueError):
    """An example says what the notation or the model does not know."""


@dataclass
class Language:
    """How the steps are written in a language; `Python` is the notation itself."""

    known: dict[str, Description] = field(default_factory=lambda: {"app": CLASSES["Application"]})
    """The class of each name that stands for an object."""
    named: set[str] = field(default_factory=lambda: {"app"})
    depth: int = 0

    def render(self, steps: str) -> str:
        """Write the steps of an example; raises NotInNotation."""
        return "".join(f"{line}\n" for line in self.lines(ast.parse(steps).body))

    def lines(self, body: list[ast.stmt]) -> Iterator[str]:
        """Write statements."""
        for statement in body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    kind = self.kind(value)
                    yield self.name_it(name, self.write(value), self.of(kind))
                    self.learn(name, kind)
                case ast.Assign(targets=[ast.Attribute(value=target, attr=attribute)], value=value):
                    member = self.member(target, attribute)
                    yield self.put(self.write(target), member, self.argument(member.type, value))
                case ast.Assign(targets=[ast.Subscript(value=ast.Attribute(value=target, attr=attribute), slice=index)], value=value):
                    member = self.member(target, attribute)
                    written = self.argument(member.parameters[0].type, index)
                    yield self.put_indexed(self.write(target), member, written, self.argument(member.type, value))
                case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=values)):
                    yield self.show([self.printed(value) for value in values])
                case ast.Expr(value=ast.Call() as call):
                    yield self.do(call)
                case ast.For(target=ast.Name(id=name), iter=ast.Name(id=rows), body=inner):
                    yield from self.loop(name, rows, inner)
                case _:
                    raise NotInNotation(ast.unparse(statement))

    def loop(self, name: str, rows: str, inner: list[ast.stmt]) -> Iterator[str]:
        """Write a loop over the items of a collection."""
        if not is_collection(self.known[rows]):
            raise NotInNotation(f"{rows} is no collection")
        index = "index" if not self.depth else f"index{self.depth + 1}"
        begin, end = self.around(name, rows, index)
        yield from begin
        self.learn(name, f"object:{items_of(self.known[rows]).name}")
        self.depth += 1
        yield from (f"    {line}" for line in self.lines(inner))
        self.depth -= 1
        yield from end

    def learn(self, name: str, kind: str) -> None:
        """Remember what a name stands for."""
        self.named.add(name)
        if kind.startswith("object:"):
            self.known[name] = CLASSES[kind.removeprefix("object:")]

    def kind(self, value: ast.expr) -> str:
        """Give the type of an expression, as the description has it."""
        match value:
            case ast.Name(id=name):
                return f"object:{self.known[name].name}" if name in self.known else "string"
            case ast.Call(func=ast.Name(id="CreateObject"), args=[ast.Constant(value=str(progid))]):
                return f"object:{progid.removeprefix('hMailServer.')}"
            case ast.Constant(value=constant):
                return {str: "string", bool: "boolean", int: "integer"}[type(constant)]
            case ast.Attribute(value=target, attr=attribute) | ast.Call(func=ast.Attribute(value=target, attr=attribute)):
                return self.member(target, attribute).type
        raise NotInNotation(ast.unparse(value))

    def of(self, kind: str) -> Description | None:
        """Give the class of a type, None for a plain one."""
        return CLASSES[kind.removeprefix("object:")] if kind.startswith("object:") else None

    def member(self, target: ast.expr, name: str) -> Member:
        """Find the member of what an expression gives."""
        one = self.of(self.kind(target))
        found = one.members.get(name.lower()) if one is not None else None
        if found is None or found.name != name:
            raise NotInNotation(f"{ast.unparse(target)}.{name}")
        return found

    def printed(self, value: ast.expr) -> str:
        """Write what is printed: of a type that all languages print alike."""
        kind = self.kind(value)
        if kind not in PRINTED and not kind.startswith("enum:"):
            raise NotInNotation(f"{ast.unparse(value)} is printed in different ways")
        return self.number(self.write(value)) if kind.startswith("enum:") else self.write(value)

    def write(self, value: ast.expr) -> str:
        """Write an expression."""
        match value:
            case ast.Name(id=name):
                return self.variable(name)
            case ast.Constant(value=str(text)):
                return self.text(text)
            case ast.Constant(value=bool(truth)):
                return self.truth(truth)
            case ast.Constant(value=int(number)):
                return str(number)
            case ast.Attribute(value=target, attr=attribute):
                return self.read(self.write(target), self.member(target, attribute))
            case ast.Call(func=ast.Name(id="CreateObject"), args=[ast.Constant(value=str(progid))]):
                return self.create(progid)
            case ast.Call(func=ast.Attribute(value=target, attr=attribute)):
                return self.ask(self.write(target), self.member(target, attribute), self.arguments(value))
        raise NotInNotation(ast.unparse(value))

    def arguments(self, call: ast.Call) -> list[str]:
        """Write the arguments of a call."""
        assert isinstance(call.func, ast.Attribute)
        wanted = [one for one in self.member(call.func.value, call.func.attr).parameters if not one.out]
        if len(wanted) != len(call.args):
            raise NotInNotation(ast.unparse(call))
        return [self.argument(one.type, value) for one, value in zip(wanted, call.args, strict=True)]

    def argument(self, kind: str, value: ast.expr) -> str:
        """Write a value that is given for a type."""
        written = self.write(value)
        return self.enumeration(kind.removeprefix("enum:"), written) if kind.startswith("enum:") and isinstance(value, ast.Constant) else written

    def do(self, call: ast.Call) -> str:
        """Write a call whose value nobody wants."""
        return self.write(call)

    # Python's own; the others say theirs

    def create(self, progid: str) -> str:
        """Write the making of an object without a parent."""
        return f'CreateObject("{progid}")'

    def variable(self, name: str) -> str:
        """Write a name."""
        return name

    def text(self, text: str) -> str:
        """Write a text."""
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r").replace("\n", "\\n") + '"'

    def truth(self, truth: bool) -> str:
        """Write a truth value."""
        return str(truth)

    def number(self, written: str) -> str:
        """Write an enumeration's value as a number."""
        return written

    def enumeration(self, name: str, written: str) -> str:
        """Write a number as an enumeration's value."""
        return written

    def read(self, target: str, member: Member) -> str:
        """Write the reading of a property."""
        return f"{target}.{member.name}"

    def ask(self, target: str, member: Member, given: list[str]) -> str:
        """Write a call, or the reading of a property with an index."""
        return f"{target}.{member.name}({', '.join(given)})"

    def name_it(self, name: str, value: str, of: Description | None) -> str:
        """Write an assignment to a name."""
        return f"{name} = {value}"

    def put(self, target: str, member: Member, value: str) -> str:
        """Write the writing of a property."""
        return f"{target}.{member.name} = {value}"

    def put_indexed(self, target: str, member: Member, index: str, value: str) -> str:
        """Write the writing of a property with an index."""
        return f"{target}.{member.name}[{index}] = {value}"

    def show(self, values: list[str]) -> str:
        """Write what prints values, with spaces between."""
        return f"print({', '.join(values)})"

    def around(self, name: str, rows: str, index: str) -> tuple[list[str], list[str]]:
        """Write what stands before and behind the body of a loop."""
        return [f"for {name} in {rows}:"], []


class Python(Language):
    """Python."""


class PHP(Language):
    """PHP, with the client's class COM or Windows' own."""

    def create(self, progid: str) -> str:
        """Write the making of an object."""
        return f'new COM("{progid}", NULL, CP_UTF8)'

    def variable(self, name: str) -> str:
        """Write a name."""
        return f"${name}"

    def text(self, text: str) -> str:
        """Write a text."""
        return super().text(text).replace("$", "\\$")

    def truth(self, truth: bool) -> str:
        """Write a truth value."""
        return str(truth).lower()

    def read(self, target: str, member: Member) -> str:
        """Write the reading of a property."""
        return f"{target}->{member.name}"

    def ask(self, target: str, member: Member, given: list[str]) -> str:
        """Write a call."""
        return f"{target}->{member.name}({', '.join(given)})"

    def do(self, call: ast.Call) -> str:
        """Write a call as a statement."""
        return f"{super().do(call)};"

    def name_it(self, name: str, value: str, of: Description | None) -> str:
        """Write an assignment."""
        return f"${name} = {value};"

    def put(self, target: str, member: Member, value: str) -> str:
        """Write a property."""
        return f"{target}->{member.name} = {value};"

    def put_indexed(self, target: str, member: Member, index: str, value: str) -> str:
        """Write a property with an index."""
        return f"{target}->{member.name}[{index}] = {value};"

    def show(self, values: list[str]) -> str:
        """Print."""
        return f"echo {', {}, '.format(self.text(' ')).join(values)}, {self.text(chr(10))};"

    def around(self, name: str, rows: str, index: str) -> tuple[list[str], list[str]]:
        """Write a loop."""
        return [f"foreach (${rows} as ${name}) {{"], ["}"]


class CSharp(Language):
    """C#, with the interop assembly; in a method with `using System; using hMailServer;`."""

    def create(self, progid: str) -> str:
        """Write the making of an object."""
        return f"new {progid.removeprefix('hMailServer.')}()"

    def truth(self, truth: bool) -> str:
        """Write a truth value."""
        return str(truth).lower()

    def number(self, written: str) -> str:
        """Write an enumeration as a number."""
        return f"(int){written}"

    def enumeration(self, name: str, written: str) -> str:
        """Write a number as an enumeration."""
        return f"({name}){written}"

    def ask(self, target: str, member: Member, given: list[str]) -> str:
        """Write a call, an indexer, or tlbimp's get_ method."""
        if member.is_method:
            return super().ask(target, member, given)
        return f"{target}[{', '.join(given)}]" if member.dispid == 0 else f"{target}.get_{member.name}({', '.join(given)})"

    def do(self, call: ast.Call) -> str:
        """Write a call as a statement."""
        return f"{super().do(call)};"

    def name_it(self, name: str, value: str, of: Description | None) -> str:
        """Write an assignment, the first one with `var`."""
        return f"{name} = {value};" if name in self.named else f"var {name} = {value};"

    def put(self, target: str, member: Member, value: str) -> str:
        """Write a property."""
        return f"{target}.{member.name} = {value};"

    def put_indexed(self, target: str, member: Member, index: str, value: str) -> str:
        """Write tlbimp's set_ method."""
        return f"{target}.set_{member.name}({index}, {value});"

    def show(self, values: list[str]) -> str:
        """Print."""
        return f"Console.WriteLine({' + {} + '.format(self.text(' ')).join(values)});"

    def around(self, name: str, rows: str, index: str) -> tuple[list[str], list[str]]:
        """Write a loop by index."""
        return [f"for (int {index} = 0; {index} < {rows}.Count; {index}++)", "{", f"    var {name} = {self.item(rows, index)};"], ["}"]

    def item(self, rows: str, index: str) -> str:
        """Write an item: the indexer, where Item is the default member."""
        return self.ask(rows, self.known[rows].members["item"], [index])


class VBScript(Language):
    """VBScript, by cscript or in a page."""

    def text(self, text: str) -> str:
        """Write a text; a line's end is vbCrLf."""
        parts = ['"' + part.replace('"', '""') + '"' for part in text.split("\r\n")]
        return " & vbCrLf & ".join(parts).replace(' & ""', "")

    def do(self, call: ast.Call) -> str:
        """Write a call as a statement: without parentheses."""
        assert isinstance(call.func, ast.Attribute)
        member = self.member(call.func.value, call.func.attr)
        return f"{self.write(call.func.value)}.{member.name} {', '.join(self.arguments(call))}".rstrip()

    def name_it(self, name: str, value: str, of: Description | None) -> str:
        """Write an assignment, of an object with Set."""
        return f"Set {name} = {value}" if of is not None else f"{name} = {value}"

    def ask(self, target: str, member: Member, given: list[str]) -> str:
        """Write a call in an expression."""
        return super().ask(target, member, given) if given else f"{target}.{member.name}"

    def put_indexed(self, target: str, member: Member, index: str, value: str) -> str:
        """Write a property with an index."""
        return f"{target}.{member.name}({index}) = {value}"

    def show(self, values: list[str]) -> str:
        """Print."""
        return f"WScript.Echo {' & {} & '.format(self.text(' ')).join(values)}"

    def around(self, name: str, rows: str, index: str) -> tuple[list[str], list[str]]:
        """Write a loop by index."""
        return [f"For {index} = 0 To {rows}.Count - 1", f"    Set {name} = {rows}.Item({index})"], ["Next"]


LANGUAGES: Final[dict[str, type[Language]]] = {"python": Python, "php": PHP, "csharp": CSharp, "vbscript": VBScript}


def rendered(steps: str) -> dict[str, str]:
    """Write an example in every language; raises NotInNotation."""
    return {name: language().render(steps) for name, language in LANGUAGES.items()}


def usual(one: Description) -> str:
    """Make the example of a class that has none of its own, at its nearest place: raises NotInNotation for one that has no place."""
    shortcuts = {"links", *(name.lower() for name in CREATED)}
    found = [place for place in places() if place.of is one and place.path.split("/")[2:3] not in [[name] for name in shortcuts]]
    if not found:
        raise NotInNotation(one.name)
    place = min(found, key=lambda place: place.path.count("/"))
    name = one.name.lower()
    shown = [member.name for member in one.members.values() if member.get and not member.parameters and member.type in PRINTED][:2]
    if is_collection(one):
        of_item = [member.name for member in items_of(one).members.values() if member.get and not member.parameters and member.type in PRINTED][:2]
        return f"{name} = {_way(place)}\nfor one in {name}:\n    print({', '.join(f'one.{member}' for member in of_item)})\n"
    return f"{name} = {_way(place)}\n" + (f"print({', '.join(f'{name}.{member}' for member in shown)})\n" if shown else "")


ITEMS: Final = {"domain": 'ItemByName("example.test")', "account": 'ItemByAddress("alice@example.test")'}


def _way(place: Place) -> str:
    """Write the expression that leads to a place."""
    here, way = CLASSES["Application"], "app"
    for step in place.path.removeprefix(ROOT).strip("/").split("/"):
        if step.startswith("{"):
            here, way = items_of(here), f"{way}.{ITEMS.get(step[1:-1], 'Item(0)')}"
        else:
            member = here.members[step]
            here, way = class_of(member), f"{way}.{member.name}"
    return way
