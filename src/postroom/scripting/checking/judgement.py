"""What of a script will not work here: triggers, objects and members held against the object model."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.errors import PostroomError
from postroom.model.tree import CLASSES
from postroom.scripting.checking import injscript, inpython, invbscript
from postroom.scripting.checking.uses import CALL, CREATED, Function, Made, Note, Uses
from postroom.scripting.helpers import CLASSES as HELPERS
from postroom.scripting.triggers import OBJECTS, PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from postroom.model.description import Description, Member
    from postroom.scripting.checking.uses import Chain

LANGUAGES: Final[Mapping[str, Callable[[str], Uses]]] = {".vbs": invbscript.uses_of, ".js": injscript.uses_of, ".py": inpython.uses_of}
LARGEST: Final = 16 << 20
"""Bytes of a file."""

NAMED: Final[Mapping[str, str]] = {"Result": "Result", "EventLog": "EventLog", **{named: kind for kind, named in OBJECTS.values()}}
"""The named objects with their classes (events.md 1.8)."""

PASSES: Final = 4
"""How often what variables are is looked at again: `Set b = a.X` may stand before `Set a = ...`."""
LONGEST_CHAIN: Final = 50
_VERSION: Final = re.compile(r"(\.[0-9]{1,2}){1,2}$")


class Unreadable(PostroomError):
    """The file can't be checked; the sentence says why."""


class Problem(NamedTuple):
    """Something that will not work: where, what kind of thing (syntax, trigger, object, member, pending), and why."""

    line: int
    kind: str
    text: str


@dataclass(slots=True)
class Judgement:
    """What a file uses and what of it will not work."""

    language: str
    triggers: list[Function] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        return {
            "language": self.language,
            "triggers": [{"name": one.name, "line": one.line} for one in self.triggers],
            "functions": [{"name": one.name, "line": one.line} for one in self.functions],
            "objects": [{"progid": one.progid, "line": one.line, "supported": supported(one.progid)} for one in self.made],
            "problems": [problem._asdict() for problem in self.problems],
            "notes": [note._asdict() for note in self.notes],
            "works": not self.problems,
        }


def judged(file: Path) -> Judgement:
    """Check a file; raises Unreadable."""
    reader = LANGUAGES.get(file.suffix.lower())
    if reader is None:
        raise Unreadable(f"{file}: handlers are .vbs, .js or .py files.")
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(f"Can't read {file}: {error.strerror}.") from None
    if len(content) > LARGEST:
        raise Unreadable(f"{file} is larger than 16 MB.")
    text = content.decode("utf-16", "replace") if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else content.decode("utf-8-sig", "replace")
    return judge(reader(text))


def judge(uses: Uses) -> Judgement:
    """Hold what a script uses against what there is."""
    known = {uses.folded(name): name for name in PARAMETERS}
    judgement = Judgement(uses.language, made=uses.made, notes=uses.notes)
    judgement.problems += [Problem(line, "script", text) for line, text in uses.problems]
    for function in uses.functions:
        trigger = known.get(uses.folded(function.name))
        (judgement.triggers if trigger else judgement.functions).append(function)
        judgement.problems += about_trigger(uses, function, trigger)
    judgement.problems += [Problem(one.line, "object", unsupported(one.progid)) for one in uses.made if one.progid and not supported(one.progid)]
    judgement.problems += about_members(uses, variables(uses))
    judgement.problems = sorted(set(judgement.problems))
    return judgement


def about_trigger(uses: Uses, function: Function, trigger: str | None) -> list[Problem]:
    """Tell what is wrong with the name or the parameters of a function."""
    if trigger is None:
        meant = next((name for name in PARAMETERS if name.lower() == function.name.lower()), None)
        if meant is None:
            return []
        return [Problem(function.line, "trigger", f"{function.name} is never called: {uses.language} tells names by case, the trigger is {meant}.")]
    wanted = len(PARAMETERS[trigger])
    if len(function.parameters) == wanted or uses.language == "JScript" or "*" in function.parameters:
        return []
    return [Problem(function.line, "trigger", f"{trigger} is called with {_counted(wanted)}; this one takes {len(function.parameters)}.")]


def _counted(arguments: int) -> str:
    return "1 argument" if arguments == 1 else f"{arguments} arguments"


def supported(progid: str) -> bool:
    """Tell whether CreateObject makes it; one that only the run knows is taken for yes."""
    name = progid.lower()
    return not progid or name in {one.progid.lower() for one in CLASSES.values()} or _VERSION.sub("", name) in HELPERS or name in HELPERS


def unsupported(progid: str) -> str:
    """Say that there is no such object."""
    return f"CreateObject of {progid} is error 429: there is no such object in this server."


def variables(uses: Uses) -> dict[tuple[str, str], Description]:
    """Tell what variables are, by function and name, as far as that shows: parameters of triggers, named objects, what is assigned."""
    known: dict[tuple[str, str], Description] = {("", uses.folded(name)): CLASSES[kind] for name, kind in NAMED.items()}
    triggers = {uses.folded(name): kinds for name, kinds in PARAMETERS.items()}
    for function in uses.functions:
        scope = uses.folded(function.name)
        for name, kind in zip(function.parameters, triggers.get(scope, ()), strict=False):
            if kind:
                known[scope, uses.folded(name)] = CLASSES[kind]
    several: set[tuple[str, str]] = set()
    for _ in range(PASSES):
        for bound in uses.bound:
            found = meant(uses, known, bound.scope, (*bound.chain, CALL) if bound.item else bound.chain)
            key = uses.folded(bound.scope), bound.variable
            if found is not None and known.setdefault(key, found) is not found:
                several.add(key)
    return {key: kind for key, kind in known.items() if key not in several}


def meant(uses: Uses, known: dict[tuple[str, str], Description], scope: str, chain: Chain) -> Description | None:
    """Give the class of a chain's value, None where that doesn't show."""
    steps = walked(uses, known, scope, chain)
    return steps[-1][1] if steps and len(steps) == len(chain) else None


def walked(uses: Uses, known: dict[tuple[str, str], Description], scope: str, chain: Chain) -> list[tuple[Member | None, Description | None]]:
    """Follow a chain as far as its classes are known; each step has the member and the class of its value."""
    first = chain[0]
    if first.startswith(CREATED):
        kind = next((one for one in CLASSES.values() if one.progid.lower() == first.removeprefix(CREATED).lower()), None)
    else:
        name = uses.folded(first)
        kind = known.get((uses.folded(scope), name)) or known.get(("", name))
    steps: list[tuple[Member | None, Description | None]] = [(None, kind)]
    member: Member | None = None
    for part in chain[1:LONGEST_CHAIN]:
        if kind is None:
            break
        if part == CALL:
            if member is None or not (member.parameters or member.is_method):
                member = kind.default
                kind = class_of(member)
            steps.append((member, kind))
            member = None
            continue
        member = kind.members.get(part.lower())
        kind = class_of(member)
        steps.append((member, kind))
    return steps


def class_of(member: Member | None) -> Description | None:
    """Give the class of a member's value."""
    return CLASSES.get(member.type.removeprefix("object:")) if member is not None and member.type.startswith("object:") else None


def about_members(uses: Uses, known: dict[tuple[str, str], Description]) -> list[Problem]:
    """Tell of members that the model doesn't have, and of those whose machinery waits."""
    found: list[Problem] = []
    for scope, use in uses.uses:
        kind: Description | None = None
        for part, (member, following) in zip(use.chain, walked(uses, known, scope, use.chain), strict=False):
            if kind is not None and part != CALL:
                if member is None:
                    if uses.language != "Python" or not part.startswith("Set"):
                        found.append(Problem(use.line, "member", f"hMailServer.{kind.name} has no member {part}."))
                elif member.pending:
                    found.append(Problem(use.line, "pending", f"hMailServer.{kind.name}.{member.name}: {member.pending}."))
            kind = following
    return found
