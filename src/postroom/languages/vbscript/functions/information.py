"""What a value is: the Is functions, TypeName, VarType, and which engine this is."""

from typing import Final

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.conversions import plain
from postroom.languages.vbscript.dates import read_date
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.numbers import read_number
from postroom.languages.vbscript.values import EMPTY, MISSING, NOTHING, NULL, Array, Byte, Currency, Date, Long, Object, Single, Value

_ARRAY_OF_VARIANTS: Final = 0x2000 + 12
_KINDS: Final[dict[type, tuple[int, str]]] = {
    bool: (11, "Boolean"),
    int: (2, "Integer"),
    Long: (3, "Long"),
    Byte: (17, "Byte"),
    Single: (4, "Single"),
    float: (5, "Double"),
    Currency: (6, "Currency"),
    Date: (7, "Date"),
    str: (8, "String"),
    Array: (_ARRAY_OF_VARIANTS, "Variant()"),
}
_SOLE: Final = ((EMPTY, (0, "Empty")), (NULL, (1, "Null")), (NOTHING, (9, "Nothing")), (MISSING, (10, "Error")))


def _kind(value: Value) -> tuple[int, str]:
    """Give the number and the name of the subtype."""
    return next((kind for sole, kind in _SOLE if sole is value), None) or _KINDS[type(value)]


@builtin("VarType", 1)
def vartype(value: Value) -> Value:
    """Give the number of the subtype, of an object's default value where it has one."""
    if isinstance(value, Object):
        try:
            value = plain(value)
        except VBScriptError:
            return 9
    return _kind(value)[0]


@builtin("TypeName", 1)
def typename(value: Value) -> Value:
    """Give the name of the subtype or of the object's class."""
    if isinstance(value, Object):
        return value.type_name
    return _kind(value)[1]


@builtin("IsArray", 1)
def isarray(value: Value) -> Value:
    """Whether it is an array."""
    return type(value) is Array


@builtin("IsDate", 1)
def isdate(value: Value) -> Value:
    """Whether it is a Date or a text that CDate reads as one."""
    value = _default(value)
    return type(value) is Date or (isinstance(value, str) and read_date(value) is not None)


@builtin("IsEmpty", 1)
def isempty(value: Value) -> Value:
    """Whether nothing was assigned yet."""
    return value is EMPTY


@builtin("IsNull", 1)
def isnull(value: Value) -> Value:
    """Whether it is Null, of an object whether its default value is: a field of a database's row."""
    try:
        return plain(value) is NULL
    except VBScriptError:  # it has none
        return False


@builtin("IsNumeric", 1)
def isnumeric(value: Value) -> Value:
    """Whether it is a number, Empty, or a text that CDbl reads; a Date is none."""
    value = _default(value)
    if isinstance(value, str):
        try:
            return read_number(value) is not None
        except VBScriptError:  # too large
            return False
    return value is EMPTY or (isinstance(value, int | float | Currency) and type(value) is not Date)


@builtin("IsObject", 1)
def isobject(value: Value) -> Value:
    """Whether it is an object or Nothing."""
    return value is NOTHING or isinstance(value, Object)


def _default(value: Value) -> Value:
    """Give an object's default value, NULL where it has none."""
    try:
        return plain(value)
    except VBScriptError:
        return NULL


@builtin("ScriptEngine")
def scriptengine() -> Value:
    """Give the name of the language."""
    return "VBScript"


@builtin("ScriptEngineMajorVersion")
def scriptenginemajorversion() -> Value:
    """5 of VBScript 5.8."""
    return Long(5)


@builtin("ScriptEngineMinorVersion")
def scriptengineminorversion() -> Value:
    """8 of VBScript 5.8."""
    return Long(8)


@builtin("ScriptEngineBuildVersion")
def scriptenginebuildversion() -> Value:
    """Give the build of Windows 10's last engine: scripts compare it, to see what they may use."""
    return Long(16384)
