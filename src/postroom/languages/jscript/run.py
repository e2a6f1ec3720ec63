"""A run of a JScript program: a fresh engine, the prelude, the host's objects."""

import json
import re
import weakref
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import _quickjs as quickjs  # the package around it starts a thread, which must not be there when processes are forked

from postroom.languages.jscript.bridge import (
    MARK,
    Items,
    ProgramObject,
    SafeArray,
    date_of,
    error_out,
    plain_in,
    plain_out,
    short,
    signed,
    text_out,
)
from postroom.languages.jscript.errors import JScriptError, JScriptSyntaxError, compile_error, run_time_error, text_of
from postroom.languages.jscript.rewriting import Rewritten, rewritten
from postroom.languages.vbscript.context import CURRENT, Context
from postroom.languages.vbscript.errors import LONGEST_CODE, RUN_TIME_SOURCE, Stopped, VBScriptError
from postroom.languages.vbscript.values import NULL, Array, Object, Value

OFFSET: Final = 500
"""Lines before the program, so that the engine's places in it differ from those in the prelude."""
STACK: Final = 2 << 20
"""Bytes of the engine's stack: some 7,000 calls within each other; must fit the thread's own."""
PARTS: Final = {
    "objects": "ActiveXObject GetObject Enumerator VBArray ScriptEngine ScriptEngineMajorVersion ScriptEngineMinorVersion CollectGarbage"
    " ScriptEngineBuildVersion",
    "caught": "catch throw",
    "errors": "Error EvalError RangeError ReferenceError SyntaxError TypeError URIError",
    "variants": "typeof Date getVarDate",
    "dates": "Date getVarDate",
    "places": "$$put $$at with",
    "scopes": "with",
    "bare": "create getPrototypeOf",
    "regexps": "RegExp",
    "habits": "parseInt substr split unshift",
}
"""The parts of the prelude, in the order of their loading, and the names whose use in a program asks for them."""
_PART_OF: Final[dict[str, list[str]]] = {}
for _part, _names in PARTS.items():
    for _name in _names.split():
        _PART_OF.setdefault(_name, []).append(_part)
_PLACE: Final = re.compile(r"<input>:(\d+)(?::(\d+))?")
_FRAME: Final = re.compile(r"\(<input>:\d+:\d+\)")
_CALLED: Final = re.compile(r"[\w$]+\s*\(")
_MEMBER: Final = re.compile(r"\.\s*[\w$]*$")


@cache
def prelude(part: str) -> str:
    """Read a part of the prelude."""
    return (files("postroom.languages.jscript") / "prelude" / f"{part}.js").read_text("utf-8")


class _Held:
    """What the engine holds for a host's object: when the program lets go of it, so does the run."""

    __slots__ = ("handle", "run")

    def __init__(self, run: "weakref.ref[Run]", handle: int) -> None:
        self.run = run
        self.handle = handle

    def __call__(self) -> None:
        """Do nothing: the engine takes only what can be called."""

    def __del__(self) -> None:
        run = self.run()
        if run is not None:
            run.released(self.handle)


class Run:
    """One run of a program: load it, call its functions. Only one thread, the same always, may use it.

    `host` are named objects (oMessage, EventLog); the members of `members` are global names as well. Errors leave as VBScriptError with line, column
    and code; what a host's object raises otherwise (`Stopped`) leaves as it is, whatever the program catches. A limit of time is the host's: it ends
    the process.
    """

    def __init__(self, host: Mapping[str, Value] | None = None, members: tuple[Object, ...] = (), context: Context | None = None) -> None:
        self.begin(host or {}, members, context or Context())
        self.program: Rewritten | None = None
        self.failure: BaseException | None = None
        self.objects: dict[int, Object] = {}
        self.handles: dict[int, int] = {}
        self.free: list[int] = []
        self.parts: set[str] = set()
        self.self = weakref.ref(self)
        self.engine: Any = quickjs.Context()
        self.engine.set_max_stack_size(STACK)
        self.engine.add_callable("$$host", _Asked(self.self))
        self.engine.eval(prelude("core"))

    def begin(self, host: Mapping[str, Value], members: tuple[Object, ...], context: Context) -> None:
        """Say what the program will see, where that was not known when the run was made."""
        self.named = host
        self.members = members
        self.context = context

    # what the host does

    def load(self, program: Rewritten) -> None:
        """Bring the named objects in and run the top-level code."""
        self.ready(program)
        self.main()

    def ready(self, program: Rewritten) -> None:
        """Bring the named objects in; nothing of the program runs."""
        self.program = program
        for name, value in self.named.items():
            self.enter("$$name", name, self.out(value))
        self.prepare(program.names)
        self.global_members(program.free)

    def main(self) -> None:
        """Run the top-level code of a program that is ready."""
        assert self.program is not None
        program = self.program
        self.enter("$$run", "\n" * OFFSET + program.text.replace("\0", " "), compiling=True)

    def check(self, program: Rewritten) -> None:
        """Compile a program without running it; raises JScriptSyntaxError."""
        self.program = program
        try:
            self.enter("$$run", "throw 0;" + "\n" * OFFSET + program.text.replace("\0", " "), compiling=True)
        except JScriptSyntaxError:
            raise
        except VBScriptError:
            return

    @property
    def functions(self) -> frozenset[str]:
        """The names of the program's global functions."""
        self.part("names")
        return frozenset(json.loads(self.engine.get("$$functions")()))

    def has(self, name: str) -> bool:
        """Tell whether there is a global function of exactly that name."""
        return name in self.functions

    def call(self, name: str, args: Iterable[Value] = ()) -> Value:
        """Call a global function; raises 5007 where there is none."""
        return self.enter("$$do", name, *(self.out(arg) for arg in args))

    def close(self) -> None:
        """Let go of the program and of all objects."""
        self.engine = None
        self.objects.clear()
        self.handles.clear()

    # what happens within

    def enter(self, function: str, *args: Any, compiling: bool = False) -> Value:
        """Call a function of the prelude, and raise what it reports."""
        token = CURRENT.set(self.context)
        try:
            found = self.engine.get(function)(*args)
        except (quickjs.JSException, quickjs.StackOverflow) as error:
            raise JScriptError(28 if isinstance(error, quickjs.StackOverflow) else 51) from None
        finally:
            CURRENT.reset(token)
        if type(found) is str and found[:2] == MARK + "x":
            raise self.failure or Stopped
        if type(found) is str and found[:2] == MARK + "e":
            raise self.reported(json.loads(found[2:]), compiling=compiling)
        return self.taken(found)

    def of_program(self, foreign: quickjs.Object, how: str, name: str | int, args: list[Value]) -> Value:
        """Read, call or assign for the host what belongs to the program."""
        self.part("callbacks")
        return self.enter("$$member", foreign, how, name, *(self.out(arg) for arg in args))

    def prepare(self, names: frozenset[str]) -> None:
        """Load the parts of the prelude that a text asks for by its names."""
        wanted = {part for name in names & _PART_OF.keys() for part in _PART_OF[name]}
        for part in PARTS:
            if part in wanted:
                self.part(part)

    def part(self, name: str) -> None:
        """Load a part of the prelude, once."""
        if name not in self.parts:
            self.parts.add(name)
            self.engine.eval(prelude(name))

    def global_members(self, names: frozenset[str]) -> None:
        """Make members of the host's objects global names where the text uses them."""
        assert self.program is not None
        for owner in self.members:
            for name in sorted(names - self.named.keys()):
                if owner.has(name.lower()):
                    self.part("names")
                    called = re.search(rf"(?<![.\w$]){re.escape(name)}\s*\(", self.program.source) is not None
                    self.enter("$$global", name, self.out(owner), called)

    def reported(self, report: list[Any], *, compiling: bool) -> VBScriptError:
        """Make an error of what the prelude reports: number, the engine's name of it, text, stack, source."""
        number, name, message, stack, source = report
        place = self.place(stack)
        if compiling and name == "SyntaxError" and number is None and not self.place("\n".join(_FRAME.findall(stack))):
            error: JScriptError = JScriptSyntaxError(*compile_error(message if place else message.replace("expecting", "unclosed")))
        elif number is None:
            error = JScriptError(*self.meaning(name, message, stack))
        else:
            error = JScriptError(short(number), message or text_of(short(number)), "" if source == RUN_TIME_SOURCE else source)
        if place and self.program is not None:
            error.line, error.column = place[0], self.program.column(*place)
            lines = self.program.lines
            error.code = lines[error.line - 1].rstrip("\r")[:LONGEST_CODE] if error.line <= len(lines) else ""
        return error

    def meaning(self, name: str, message: str, stack: str) -> tuple[int, str]:
        """Give JScript's number and text of one of the engine's errors; what stands at its place tells some of them apart."""
        number, text = run_time_error(name, message) if name != "SyntaxError" else compile_error(message)
        place = self.place(stack)
        if number in {5002, 5009} and place and self.program is not None and place[0] <= len(self.program.lines):
            line, start = self.program.lines[place[0] - 1], self.program.column(*place) - 1
            if number == 5009 and _CALLED.match(line, start):
                return 5007, text_of(5007)
            if number == 5002 and _MEMBER.search(line[: start + 1]):
                return 438, text_of(438)
        return number, text

    def place(self, stack: str) -> tuple[int, int] | None:
        """Find the innermost place of the program in a stack."""
        for line, column in _PLACE.findall(stack):
            if int(line) > OFFSET:
                return int(line) - OFFSET, int(column or 1)
        return None

    # values

    def out(self, value: Value) -> Any:
        """Give a value as it crosses to the program."""
        found = plain_out(value)
        if found is not ...:
            return found
        if type(value) is ProgramObject and value.run is self:
            return value.foreign
        if type(value) is Array:
            value = SafeArray(value)
        if not isinstance(value, Object):
            raise VBScriptError(458)
        handle = self.handles.get(id(value))
        if handle is not None:
            return f"{MARK}o{handle}"
        handle = self.free.pop() if self.free else len(self.objects) + 1
        self.objects[handle] = value
        self.handles[id(value)] = handle
        self.engine.add_callable(f"$$new{handle}", _Held(self.self, handle))
        return f"{MARK}N{handle}"

    def released(self, handle: int) -> None:
        """Forget an object that the program has let go of."""
        value = self.objects.pop(handle, None)
        if value is not None:
            del self.handles[id(value)]
            self.free.append(handle)

    def taken(self, value: Any) -> Value:
        """Give what comes from the program as a Variant."""
        if type(value) is quickjs.Object:
            return ProgramObject(self, value)
        if type(value) is not str or value[:1] != MARK:
            return plain_in(value)
        rest = value[2:]
        match value[1]:
            case "n":
                return NULL
            case "t":
                return json.loads(rest)
            case "d":
                return date_of(float(rest))
        found = self.objects[int(rest)]
        return found.array if type(found) is SafeArray else found


class _Asked:
    """What the prelude calls: one word says what is wanted. It holds the run weakly, for the run holds the engine and the engine this."""

    __slots__ = ("run", "words")

    def __init__(self, run: "weakref.ref[Run]") -> None:
        self.run = run
        self.words: dict[str, Callable[..., Any]] = {
            "g": self.get,
            "p": self.put,
            "P": self.put_item,
            "h": self.has,
            "e": self.enumerate,
            "i": self.item,
            "a": self.is_array,
            "c": self.create,
            "C": self.get_object,
            "m": self.meaning,
            "r": self.rewrite,
            "l": Run.part,
        }

    def __call__(self, word: str, *args: Any) -> Any:
        """Answer the prelude; an error is told, anything else that is raised ends the program."""
        run = self.run()
        assert run is not None
        try:
            return self.words[word](run, *args)
        except VBScriptError as error:
            return error_out(error)
        except RecursionError:
            return error_out(VBScriptError(28))
        except BaseException as error:  # noqa: BLE001 - a stop or a bug: the run raises it when the program has ended
            run.failure = error
            return MARK + "x"

    def get(self, run: Run, handle: int, name: str, *args: Any) -> Any:
        """Read a property or call a method."""
        return run.out(run.objects[handle].get(name.lower(), [run.taken(arg) for arg in args]))

    def put(self, run: Run, handle: int, name: str, value: Any) -> None:
        """Assign to a property."""
        self.put_item(run, handle, name, value)

    def put_item(self, run: Run, handle: int, name: str, value: Any, *args: Any) -> None:
        """Assign to a property with indexes."""
        stored = run.taken(value)
        run.objects[handle].put(name.lower(), [run.taken(arg) for arg in args], stored, by_set=isinstance(stored, Object))

    def has(self, run: Run, handle: int, name: str) -> bool:
        """Tell whether an object has a member."""
        return run.objects[handle].has(name.lower())

    def enumerate(self, run: Run, handle: int) -> Any:
        """Begin to walk through an object."""
        return run.out(Items(run.objects[handle].enumerate()))

    def item(self, run: Run, handle: int) -> Any:
        """Give the next item of a walk."""
        walk = run.objects[handle]
        assert isinstance(walk, Items)
        for value in walk.iterator:
            return run.out(value)
        return MARK + "z"

    def is_array(self, run: Run, handle: int) -> bool:
        """Tell whether an object stands for an array."""
        return type(run.objects[handle]) is SafeArray

    def create(self, run: Run, name: Any, server: Any) -> Any:
        """Do `new ActiveXObject(name)`."""
        return run.out(run.context.create_object(str(run.taken(name)), str(run.taken(server))))

    def get_object(self, run: Run, path: Any, name: Any) -> Any:
        """Do `GetObject(path, name)`."""
        return run.out(run.context.get_object(str(run.taken(path)), str(run.taken(name))))

    def meaning(self, run: Run, name: str | int, message: str = "", stack: str = "") -> str:
        """Tell number and text of one of the engine's errors, or of a number."""
        if isinstance(name, int):
            return json.dumps([signed(name), text_of(name)])
        number, text = run.meaning(name, str(run.taken(message)), str(run.taken(stack)))
        return json.dumps([signed(number) if number else 0, text])

    def rewrite(self, run: Run, text: Any) -> Any:
        """Make of a text for eval what the engine takes."""
        found = rewritten(str(run.taken(text)))
        run.prepare(found.names)
        return text_out(found.text)
