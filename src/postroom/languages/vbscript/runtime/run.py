"""A run: fresh globals, into which units are loaded and whose procedures the host calls."""

from collections.abc import Callable, Mapping
from itertools import islice
from types import TracebackType
from typing import Any, Final

from postroom.languages.vbscript import comparison, logic, operators
from postroom.languages.vbscript.compiled import FILE_PREFIX, Compiled, CompiledClass, CompiledProcedure
from postroom.languages.vbscript.compiler.units import compile_expression, compile_fragment, compile_text, with_room
from postroom.languages.vbscript.context import CURRENT, Context
from postroom.languages.vbscript.conversions import to_text, truth
from postroom.languages.vbscript.errors import LONGEST_CODE, CompileError, Stopped, VBScriptError
from postroom.languages.vbscript.functions import FUNCTIONS
from postroom.languages.vbscript.runtime import access
from postroom.languages.vbscript.runtime.cells import Constant, Member
from postroom.languages.vbscript.runtime.classes import Definition, Instance, new_array
from postroom.languages.vbscript.runtime.err import CAUGHT, Err, as_error
from postroom.languages.vbscript.runtime.names import Names, Scope
from postroom.languages.vbscript.runtime.naming import BUILTIN, GLOBAL, mangled
from postroom.languages.vbscript.values import EMPTY, MISSING, NOTHING, NULL, Object, Value, from_host

_SHARED: Final[dict[str, Any]] = {
    **{name: value for name, value in vars(access).items() if callable(value) and not name.startswith("_")},
    **{
        function.__name__: function
        for function in (
            *(operators.add, operators.subtract, operators.multiply, operators.divide, operators.divide_whole, operators.modulo, operators.power),
            *(operators.negative, operators.positive, operators.concatenate, operators.join, operators.fold),
            *(comparison.equal, comparison.unequal, comparison.same),
            *(logic.both, logic.either, logic.exclusive, logic.equivalent, logic.implies, logic.inverse),
            *(truth, new_array),
        )
    },
    "less": comparison.less,
    "greater": comparison.greater,
    "at_most": comparison.at_most,
    "at_least": comparison.at_least,
    "Constant": Constant,
    "CAUGHT": CAUGHT,
    "EMPTY": EMPTY,
    "NULL": NULL,
    "NOTHING": NOTHING,
    "MISSING": MISSING,
    **{BUILTIN + name: builtin.function for name, builtin in FUNCTIONS.items()},
}
_FUNCTION_OF: Final = {builtin.function.__code__: builtin.name for builtin in FUNCTIONS.values()}


class Run(Names):
    """One run of a script: load units, call procedures, stop it from another thread.

    `host` are named objects (oMessage, EventLog); the members of `members` are global names as well. Errors leave as VBScriptError with line, column
    and code; `Stopped` leaves after `stop`; anything else is a bug.
    """

    def __init__(self, host: Mapping[str, Value] | None = None, members: tuple[Object, ...] = (), context: Context | None = None) -> None:
        super().__init__(host or {}, members)
        self.context = context or Context()
        self.err = Err()
        self.classes: dict[str, Definition] = {}
        self.lines: dict[str, tuple[str, ...]] = {}
        self.stopping = [False]
        self.pending: BaseException | None = None
        self.closed = False
        self.python = {**_SHARED, **self.own_functions(), "S": self.stopping, "err": self.err, "catch": self.err.catch, "clear": self.err.clear}
        self.of_runtime = len(self.python)

    def own_functions(self) -> dict[str, Callable[..., Any]]:
        """Name the functions of this run that compiled code calls."""
        return {
            "name_value": self.value,
            "name_invoke": self.invoke,
            "name_perform": self.perform,
            "name_cell": self.cell,
            "name_element": self.element,
            "name_store": self.store,
            "name_store_object": self.store_object,
            "name_put_item": self.put_item,
            "name_put_item_object": self.put_item_object,
            "name_redim": self.redim,
            "name_declare": self.declare,
            "name_me": self.me,
            "reference": self.reference,
            "new": self.new,
            "halt": self.halt,
            "execute": self.execute,
            "execute_global": self.execute_global,
            "evaluate": self.evaluate,
            "own": self.own,
            "own_put": self.own_put,
            "fail": self.fail,
        }

    # what the host does

    def load(self, unit: Compiled) -> None:
        """Load a unit and run its top-level code."""
        with self.running():
            self.install(unit)

    def ready(self, unit: Compiled) -> Callable[..., Value]:
        """Bring a unit's names into the globals; gives its top-level code, for `begin`: nothing of the script has run then."""
        with self.running():
            return self.define_unit(unit)

    def begin(self, main: Callable[..., Value]) -> None:
        """Run the top-level code of a unit that is ready."""
        with self.running():
            main()

    def has(self, name: str) -> bool:
        """Tell whether there is a global procedure of that name, in any case."""
        return name.lower() in self.procedures

    def call(self, name: str, args: tuple[Value, ...] = ()) -> Value:
        """Call a global procedure; raises 13 where there is none, 450 for a wrong number of arguments."""
        with self.running():
            procedure = self.procedure(name.lower())
            if procedure is None:
                raise VBScriptError(13, detail=name)
            return procedure.checked(tuple([from_host(arg)] for arg in args))

    def stop(self) -> None:
        """End the run at its next loop or call, from any thread."""
        self.stopping[0] = True

    def close(self) -> None:
        """Let go of the globals, so that Class_Terminate runs where it should; nothing can be called after."""
        self.end()
        self.clear()

    def end(self) -> None:
        """Let go of what the script's variables hold; `clear` is to follow, at any time."""
        with self.running():
            # What the script made comes behind what the runtime has, for names keep the order of their making.
            for name, cell in list(islice(self.python.items(), self.of_runtime, None)):
                if type(cell) is list and name.startswith(GLOBAL):
                    cell[0] = EMPTY
        self.closed = True

    def clear(self) -> None:
        """Take the globals apart, of a run that has ended or was never begun."""
        self.closed = True
        self.python.clear()  # the functions' globals hold this run, and it them: that ring would wait for the collector

    def running(self) -> "Running":
        """Set the scene for script code, and give errors that leave it their place."""
        return Running(self)

    def locate(self, error: VBScriptError, caught: BaseException) -> None:
        """Write into an error where it happened: the innermost place in the script, and the function of the language that raised it."""
        if isinstance(error, CompileError) and error.line:
            return
        step = caught.__traceback__
        while step is not None:
            code = step.tb_frame.f_code
            if code.co_filename.startswith(FILE_PREFIX):
                lines = self.lines.get(code.co_filename, ())
                error.line = step.tb_lineno
                error.column = column_of(step.tb_lasti, code)
                error.code = lines[error.line - 1][:LONGEST_CODE] if 0 < error.line <= len(lines) else ""
            elif code in _FUNCTION_OF and (not error.detail or error.detail.startswith("[")):
                error.detail = _FUNCTION_OF[code]
            step = step.tb_next

    # what loading does

    def install(self, unit: Compiled, *args: object) -> Value:
        """Bring a unit's names into the globals and run its top-level code."""
        return self.define_unit(unit)(*args)

    def define_unit(self, unit: Compiled) -> Callable[..., Value]:
        """Bring a unit's names into the globals; gives its top-level code."""
        python = self.python
        self.lines[unit.file] = unit.lines
        replaced = {procedure.name for procedure in unit.procedures if procedure.function in python} if self.procedures else set()
        exec(unit.code, python)  # noqa: S102 - code that our compiler made of the script
        python.update(unit.literals)
        for name, value in unit.constants.items():
            python[mangled(GLOBAL, name)] = Constant([value])
        for name, bounds in unit.variables.items():
            owner = self.of_host(name) if name in unit.implicit else None
            if name in unit.implicit and name in self.host:
                python[mangled(GLOBAL, name)] = Constant([self.host[name]])
            elif owner is not None:
                python[mangled(GLOBAL, name)] = Member(owner, name)
            else:
                self.ensure(name, bounds)
        self.procedures.update({procedure.name: procedure for procedure in unit.procedures})
        for procedure in unit.procedures:
            if procedure.name in replaced or procedure.name in FUNCTIONS:
                self.define(procedure, replaces=procedure.name in replaced)
        for definition in unit.classes:
            self.define_class(definition)
        main: Callable[..., Value] = python[unit.main]
        return main

    def ensure(self, name: str, bounds: tuple[int, ...] | None) -> None:
        """Make a global variable if there is none; a declared array is made anew."""
        key = mangled(GLOBAL, name)
        if key not in self.python or bounds is not None:
            self.python[key] = [new_array(bounds)]
        if BUILTIN + name in self.python:
            cell = self.python[key]
            self.python[BUILTIN + name] = lambda *values: access.apply(cell[0], *([value] for value in values)) if values else cell[0]

    def define(self, compiled: CompiledProcedure, *, replaces: bool) -> None:
        """Make a procedure known that replaces another, or a function of the language: it takes its place for code that knows the old."""
        procedure = self.procedure_of(compiled)
        self.procedures[compiled.name] = procedure
        if replaces:
            self.python[compiled.function] = lambda *cells: procedure.checked(cells)
        if BUILTIN + compiled.name in self.python:
            self.python[BUILTIN + compiled.name] = lambda *values: procedure.checked(tuple([value] for value in values))

    def define_class(self, compiled: CompiledClass) -> None:
        """Make a class known."""
        definition = Definition(compiled.spelling)
        for name, bounds, private in compiled.fields:
            definition.fields[name] = bounds
            if not private:
                definition.public.add(name)
        for member in compiled.members:
            definition.add(member.kind, member.name, self.procedure_of(member), default=member.default)
        self.classes[compiled.name] = definition

    # what compiled code calls

    def new(self, name: str, spelling: str) -> Value:
        """Compute `New name`; raises 506."""
        definition = self.classes.get(name)
        if definition is None:
            if name == "regexp":
                return self.context.create_object("VBScript.RegExp", "")
            raise VBScriptError(506, detail=spelling)
        instance = Instance(definition, self.ended)
        beginning = definition.getters.get("class_initialize")
        if beginning is not None:
            beginning.function(instance)
        return instance

    def ended(self, instance: Instance) -> None:
        """Run Class_Terminate; its errors go nowhere, as on Windows, but a stop or a bug comes up at the run's next step."""
        if self.closed:
            return
        try:
            instance.definition.getters["class_terminate"].function(instance)
        except CAUGHT:
            return
        except BaseException as error:  # noqa: BLE001 - Python swallows what leaves a finalizer: it is kept for `halt`
            self.pending = error
            self.stopping[0] = True

    def halt(self) -> None:
        """End the run: the host said so, or a finalizer met a bug."""
        raise self.pending or Stopped

    def fail(self, number: int, detail: str) -> Value:
        """Raise an error that the compiler foresaw, when its statement runs."""
        raise VBScriptError(number, detail=detail)

    def own(self, me: Instance, name: str, *cells: list[Value]) -> Value:
        """Compute `name(args)` or `Me.name(args)` within the class."""
        return me.invoke(name, cells, own=True)

    def own_put(self, me: Instance, name: str, value: Value, by_set: bool, *cells: list[Value]) -> None:
        """Do `name(args) = value` within the class."""
        stored = access.assigned(value) if by_set else access.copied(value)
        me.assign(name, [cell[0] for cell in cells], stored, by_set=by_set, own=True)

    def execute_global(self, text: Value) -> Value:
        """Do ExecuteGlobal."""
        return self.install(compile_text(to_text(text)))

    def execute(self, text: Value, scope: Scope) -> Value:
        """Do Execute: in the procedure's scope, at the top level as ExecuteGlobal."""
        return self.execute_global(text) if scope is None else self.install(compile_fragment(to_text(text)), scope)

    def evaluate(self, text: Value, scope: Scope) -> Value:
        """Compute Eval; what is no text is its own value."""
        if type(text) is not str:
            return text
        return self.install(compile_expression(text), scope)


class Running:
    """Sets the scene for code of a run: a context manager of its own, for there are three in each event."""

    __slots__ = ("run", "token")

    def __init__(self, run: Run) -> None:
        self.run = run

    def __enter__(self) -> None:
        with_room()
        self.token = CURRENT.set(self.run.context)

    def __exit__(self, kind: type[BaseException] | None, caught: BaseException | None, trace: TracebackType | None) -> None:
        CURRENT.reset(self.token)
        if isinstance(caught, CAUGHT):
            error = as_error(caught)
            self.run.locate(error, caught)
            raise error.with_traceback(None) from None


def column_of(instruction: int, code: Any) -> int:
    """Tell the column of an instruction, 1-based."""
    for index, position in enumerate(code.co_positions()):
        if index == instruction // 2:
            return (position[2] or 0) + 1
    return 0
