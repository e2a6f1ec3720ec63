"""Procedures of a script as values of the run."""

from collections.abc import Callable
from typing import NamedTuple

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.runtime.cells import Cell
from postroom.languages.vbscript.values import Object, Value


class Procedure(NamedTuple):
    """A Sub or Function, or a class's member: how it is written, how many parameters it has, and the Python function that takes their cells."""

    spelling: str
    parameters: int
    is_sub: bool
    private: bool
    function: Callable[..., Value]

    def checked(self, cells: tuple[Cell, ...], *before: object) -> Value:
        """Call it; raises 450 for a wrong number of arguments."""
        if len(cells) != self.parameters:
            raise VBScriptError(450, detail=self.spelling)
        return self.function(*before, *cells)


class Reference(Object):
    """What GetRef gives: calling it calls the procedure."""

    __slots__ = ("procedure",)

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure

    def invoke(self, cells: tuple[Cell, ...]) -> Value:
        """Call the procedure with the caller's variables."""
        return self.procedure.checked(cells)

    def get(self, name: str, args: list[Value]) -> Value:
        """Call the procedure, which is the default member."""
        if name:
            raise VBScriptError(438)
        cells = [[arg] for arg in args]
        found = self.procedure.checked(tuple(cells))
        args[:] = [cell[0] for cell in cells]
        return found
