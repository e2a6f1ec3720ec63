"""The Err object."""

from typing import Final

from postroom.languages.vbscript.conversions import to_int, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import MISSING, Long, Object, Value

OUT_OF_STACK: Final = 28
OUT_OF_MEMORY: Final = 7
CAUGHT: Final = (VBScriptError, RecursionError, MemoryError)
"""What On Error Resume Next may catch: nothing of the host's, no bug of ours."""


def as_error(error: BaseException) -> VBScriptError:
    """Read Python's own ends of stack and memory as VBScript's errors 28 and 7."""
    if isinstance(error, VBScriptError):
        return error
    return VBScriptError(OUT_OF_STACK if isinstance(error, RecursionError) else OUT_OF_MEMORY)


class Err(Object):
    """The last error: Number, Description, Source, HelpFile, HelpContext; Raise and Clear."""

    __slots__ = ("description", "help_context", "help_file", "number", "source")

    type_name = "Object"

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget the error."""
        self.number = Long(0)
        self.description = self.source = self.help_file = ""
        self.help_context = Long(0)

    def catch(self, error: BaseException) -> None:
        """Take what a caught error tells."""
        told = as_error(error)
        self.number = Long(told.number)
        self.description = told.description
        self.source = told.source
        self.help_file = told.help_file
        self.help_context = Long(told.help_context)

    def get(self, name: str, args: list[Value]) -> Value:
        """Read a property, or do Raise and Clear."""
        if name == "raise":
            self.throw(args)
        if args:
            raise VBScriptError(450)
        if name == "clear":
            self.clear()
            return Long(0)
        attribute = _PROPERTIES.get(name)
        if attribute is None:
            raise VBScriptError(438)
        return getattr(self, attribute)

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        """Assign to a property."""
        attribute = _PROPERTIES.get(name)
        if attribute is None:
            raise VBScriptError(438)
        is_text = attribute in {"description", "source", "help_file"}
        setattr(self, attribute, to_text(value) if is_text else Long(to_int(value)))

    def throw(self, args: list[Value]) -> None:
        """Err.Raise number, source, description, help file, help context; raises 5 for number 0."""
        if not 1 <= len(args) <= 5:
            raise VBScriptError(450)
        number = to_int(args[0])
        if number == 0:
            raise VBScriptError(5)
        source, description, help_file = ("" if text is MISSING else to_text(text) for text in (args[1:4] + [MISSING] * 3)[:3])
        context = to_int(args[4]) if len(args) > 4 and args[4] is not MISSING else 0
        raise VBScriptError(number, description, source, help_file=help_file, help_context=context)


_PROPERTIES: Final = {
    "": "number",
    "number": "number",
    "description": "description",
    "source": "source",
    "helpfile": "help_file",
    "helpcontext": "help_context",
}
