"""What can go wrong with a script, as the logs tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from postroom.languages.vbscript.errors import VBScriptError

LONGEST: Final = 2000
"""Characters of a description: a script chooses it."""


class ScriptError(NamedTuple):
    """An error of compiling or running: `number` as Windows writes it, `line` and `column` from 1, 0 where they are not known."""

    source: str
    number: int
    description: str
    line: int = 0
    column: int = 0
    code: str = ""

    @classmethod
    def of(cls, error: VBScriptError) -> ScriptError:
        """Take what an engine raised."""
        return cls(error.source, error.hresult, error.report[:LONGEST], error.line, error.column, error.code)

    @classmethod
    def read(cls, told: Any) -> ScriptError:
        """Read what a script process sent, be it damaged."""
        source, number, description, line, column, code = told
        return cls(str(source), int(number), str(description), int(line), int(column), str(code))

    def __str__(self) -> str:
        """Write it as hMailServer does (events.md 1.10)."""
        place = f"Line: {self.line} Column: {self.column} - Code: {self.code}"
        return f"Script Error: Source: {self.source} - Error: {self.number & 0xFFFFFFFF:08X} - Description: {self.description} - {place}"
