"""The errors of ADO, with its numbers and texts."""

from collections.abc import Mapping
from typing import Final

from postroom.languages.vbscript.errors import VBScriptError

ILLEGAL: Final = 3001
CANNOT_OPEN: Final = 3002
CANNOT_WRITE: Final = 3004
NO_ROW: Final = 3021
NOT_ALLOWED: Final = 3219
NOT_SUPPORTED: Final = 3251
NO_SUCH_ITEM: Final = 3265
CLOSED: Final = 3704
OPEN: Final = 3705
NO_CONNECTION: Final = 3709
FAILED: Final = 0x80004005 - (1 << 32)
BAD_SQL: Final = 0x80040E14 - (1 << 32)
AGAINST_A_RULE: Final = 0x80040E2F - (1 << 32)
ROW_IS_GONE: Final = 0x80040E38 - (1 << 32)
_TEXTS: Final[Mapping[int, str]] = {
    ILLEGAL: "Arguments are of the wrong type, are out of acceptable range, or are in conflict with one another.",
    CANNOT_OPEN: "File could not be opened.",
    CANNOT_WRITE: "Write to file failed.",
    NO_ROW: "Either BOF or EOF is True, or the current record has been deleted. Requested operation requires a current record.",
    NOT_ALLOWED: "Operation is not allowed in this context.",
    NOT_SUPPORTED: "Current Recordset does not support updating. This may be a limitation of the provider, or of the selected locktype.",
    NO_SUCH_ITEM: "Item cannot be found in the collection corresponding to the requested name or ordinal.",
    CLOSED: "Operation is not allowed when the object is closed.",
    OPEN: "Operation is not allowed when the object is open.",
    NO_CONNECTION: "The connection cannot be used to perform this operation. It is either closed or invalid in this context.",
    ROW_IS_GONE: "Row cannot be located for updating. Some values may have been changed since it was last read.",
}


def ado_error(number: int, text: str = "") -> VBScriptError:
    """Make an error of ADO."""
    return VBScriptError(number, text or _TEXTS[number], "ADODB")
