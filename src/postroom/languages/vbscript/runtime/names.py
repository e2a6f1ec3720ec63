"""Names that only the run can find: those of other units, of the host, and variables that nothing declares.

A procedure's `scope` holds by name the cells that are not known to the compiler, and where Execute or Eval may look, all others too; under "" it has
the instance whose method runs. None is the top level.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from postroom.languages.vbscript.compiled import CompiledProcedure
from postroom.languages.vbscript.conversions import plain
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.runtime import access
from postroom.languages.vbscript.runtime.cells import Cell, Constant
from postroom.languages.vbscript.runtime.classes import Instance, new_array
from postroom.languages.vbscript.runtime.naming import GLOBAL, mangled
from postroom.languages.vbscript.runtime.procedures import Procedure, Reference
from postroom.languages.vbscript.values import EMPTY, Object, Value

Scope: TypeAlias = dict[str, Any] | None


class Names:
    """Finds, reads, calls and assigns by name. `host` are the host's objects, `members` those whose members are global names."""

    def __init__(self, host: Mapping[str, Value], members: tuple[Object, ...]) -> None:
        self.host = {name.lower(): value for name, value in host.items()}
        self.members = members
        self.procedures: dict[str, Procedure | CompiledProcedure] = {}
        """By name; a procedure of this run is made of a compiled one when it is first looked for: few events call many."""
        self.python: dict[str, Any] = {}

    def find(self, name: str, scope: Scope) -> Cell | None:
        """Find a variable's cell."""
        if scope is not None and name in scope:
            found: Cell = scope[name]
            return found
        return self.python.get(mangled(GLOBAL, name))

    def procedure(self, name: str) -> Procedure | None:
        """Find a global procedure."""
        found = self.procedures.get(name)
        if type(found) is CompiledProcedure:
            found = self.procedures[name] = self.procedure_of(found)
        return found  # type: ignore[return-value]  # of the two, it is one of this run by now

    def procedure_of(self, compiled: CompiledProcedure) -> Procedure:
        """Make a procedure of this run."""
        return Procedure(compiled.spelling, compiled.parameters, compiled.kind == "sub", compiled.private, self.python[compiled.function])

    def has_member(self, name: str, scope: Scope) -> Instance | None:
        """Find the instance whose method runs, if it has a member of that name."""
        me = scope.get("") if scope else None
        if isinstance(me, Instance):
            definition = me.definition
            if name in definition.fields or name in definition.getters or name in definition.letters or name in definition.setters:
                return me
        return None

    def me(self, scope: Scope) -> Value:
        """Find the instance whose method runs; raises 424 outside of classes."""
        found = scope.get("") if scope else None
        if found is None:
            raise VBScriptError(424, detail="Me")
        return found

    def of_host(self, name: str) -> Object | None:
        """Find the host's object that has a member of that name for all to see."""
        return next((one for one in self.members if one.has(name)), None)

    def value(self, name: str, scope: Scope, explicit: bool) -> Value:
        """Read a name; raises 500 under Option Explicit if nothing has it."""
        cell = self.find(name, scope)
        return self.called(name, scope, explicit, ()) if cell is None else cell[0]

    def called(self, name: str, scope: Scope, explicit: bool, cells: tuple[Cell, ...]) -> Value:
        """Read or call a name that is no variable."""
        me = self.has_member(name, scope)
        if me is not None:
            return me.invoke(name, cells, own=True)
        procedure = self.procedure(name)
        if procedure is not None:
            if procedure.is_sub:
                raise VBScriptError(13, detail=procedure.spelling)
            return procedure.checked(cells)
        if name in self.host:
            return access.apply(self.host[name], *cells) if cells else self.host[name]
        owner = self.of_host(name)
        if owner is not None:
            return access.obtain(owner, name, cells)
        if explicit:
            raise VBScriptError(500, detail=name)
        if cells:
            raise VBScriptError(13, detail=name)
        return EMPTY

    def invoke(self, name: str, scope: Scope, explicit: bool, *cells: Cell) -> Value:
        """Compute `name(args)`."""
        cell = self.find(name, scope)
        if cell is None:
            return self.called(name, scope, explicit, cells)
        return access.apply(cell[0], *cells)

    def perform(self, name: str, scope: Scope, explicit: bool, *cells: Cell) -> None:
        """Do `name args` as a statement; raises 13 for a name that nothing has."""
        cell = self.find(name, scope)
        procedure = self.procedure(name)
        if cell is not None:
            access.perform(cell[0], *cells)
        elif procedure is not None and self.has_member(name, scope) is None:
            procedure.checked(cells)
        elif name in self.host:
            access.perform(self.host[name], *cells)
        elif self.has_member(name, scope) is None and self.of_host(name) is None and not explicit:
            raise VBScriptError(13, detail=name)
        else:
            self.called(name, scope, explicit, cells)

    def cell(self, name: str, scope: Scope, explicit: bool) -> Cell:
        """Make a name an argument: a variable by reference, anything else by value; a name that nothing has becomes a variable."""
        found = self.find(name, scope)
        if found is None:
            if explicit or not self.unknown(name, scope):
                return [self.called(name, scope, explicit, ())]
            return self.declare(name, scope)
        return [found[0]] if type(found) is Constant else found

    def element(self, name: str, scope: Scope, explicit: bool, *cells: Cell) -> Cell:
        """Make `name(args)` an argument."""
        found = self.find(name, scope)
        return [self.called(name, scope, explicit, cells)] if found is None else access.element(found[0], *cells)

    def unknown(self, name: str, scope: Scope) -> bool:
        """Tell whether nothing has this name."""
        known = name in self.procedures or name in self.host
        return not known and self.has_member(name, scope) is None and self.of_host(name) is None

    def declare(self, name: str, scope: Scope, bounds: tuple[int, ...] | None = None) -> Cell:
        """Make a variable: of the procedure, at the top level a global one."""
        cell: Cell = [new_array(bounds)]
        if scope is None:
            self.python[mangled(GLOBAL, name)] = cell
        elif name in scope and bounds is None:
            cell = scope[name]
        else:
            scope[name] = cell
        return cell

    def store(self, name: str, scope: Scope, explicit: bool, value: Value) -> None:
        """Do `name = value`."""
        self._store(name, scope, explicit, value, by_set=False)

    def store_object(self, name: str, scope: Scope, explicit: bool, value: Value) -> None:
        """Do `Set name = value`."""
        self._store(name, scope, explicit, value, by_set=True)

    def _store(self, name: str, scope: Scope, explicit: bool, value: Value, *, by_set: bool) -> None:
        cell = self.find(name, scope)
        if cell is not None:
            cell[0] = value
            return
        me = self.has_member(name, scope)
        if me is not None:
            me.assign(name, [], value, by_set=by_set, own=True)
            return
        owner = self.of_host(name)
        if owner is not None:
            owner.put(name, [], value, by_set=by_set)
        elif not self.unknown(name, scope):
            raise VBScriptError(501, detail=name)
        elif explicit:
            raise VBScriptError(500, detail=name)
        else:
            self.declare(name, scope)[0] = value

    def put_item(self, name: str, scope: Scope, explicit: bool, value: Value, *cells: Cell) -> None:
        """Do `name(args) = value`."""
        self._put_item(name, scope, explicit, value, cells, by_set=False)

    def put_item_object(self, name: str, scope: Scope, explicit: bool, value: Value, *cells: Cell) -> None:
        """Do `Set name(args) = value`."""
        self._put_item(name, scope, explicit, value, cells, by_set=True)

    def _put_item(self, name: str, scope: Scope, explicit: bool, value: Value, cells: tuple[Cell, ...], *, by_set: bool) -> None:
        me = self.has_member(name, scope) if self.find(name, scope) is None else None
        owner = self.of_host(name) if self.unknown(name, scope) is False and name not in self.host else None
        if me is not None:
            me.assign(name, [cell[0] for cell in cells], value, by_set=by_set, own=True)
        elif owner is not None:
            owner.put(name, [cell[0] for cell in cells], value, by_set=by_set)
        else:
            (access.put_item_object if by_set else access.put_item)(self.value(name, scope, explicit), value, *cells)

    def redim(self, name: str, scope: Scope, preserve: bool, *bounds: Value) -> None:
        """Do ReDim on a name, which declares it if nothing else does."""
        cell = self.find(name, scope)
        access.redim(self.declare(name, scope) if cell is None else cell, preserve, *bounds)

    def reference(self, name: Value) -> Reference:
        """Compute GetRef; raises 5 for a procedure that is not there."""
        procedure = self.procedure(str(plain(name)).lower())
        if procedure is None:
            raise VBScriptError(5, detail="GetRef")
        return Reference(procedure)
