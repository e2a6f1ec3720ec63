"""A compiled text: code that any number of runs may load."""

from types import CodeType
from typing import NamedTuple

from postroom.languages.vbscript.values import Value

FILE_PREFIX = "vbscript:"
"""What the file names of script code begin with in Python's frames."""


class CompiledProcedure(NamedTuple):
    """A procedure of a unit: `function` is its Python name; `kind` is sub, function, get, let or set; `public` and `default` matter in classes."""

    name: str
    spelling: str
    parameters: int
    kind: str
    function: str
    private: bool
    default: bool


class CompiledClass(NamedTuple):
    """A class of a unit: variables with bounds and whether they are private, and members."""

    name: str
    spelling: str
    fields: tuple[tuple[str, tuple[int, ...] | None, bool], ...]
    members: tuple[CompiledProcedure, ...]


class Compiled(NamedTuple):
    """A unit's code with what a run prepares before it: literals, global variables with their bounds, constants, procedures, classes.

    `implicit` are the variables that only assignment declares; `main` is the Python name of the top-level code; `lines` are the text's, for reports.
    """

    file: str
    lines: tuple[str, ...]
    code: CodeType
    main: str
    literals: dict[str, Value]
    variables: dict[str, tuple[int, ...] | None]
    implicit: frozenset[str]
    constants: dict[str, Value]
    procedures: tuple[CompiledProcedure, ...]
    classes: tuple[CompiledClass, ...]
