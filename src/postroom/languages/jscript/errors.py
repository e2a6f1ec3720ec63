"""JScript's errors: Microsoft's numbers and English texts, and which of them stands for what the JavaScript engine says."""

import re
from typing import Final

from postroom.languages.vbscript.errors import LONGEST_CODE, RUN_TIME, VBScriptError

RUN_TIME_SOURCE: Final = "Microsoft JScript runtime error"
COMPILE_SOURCE: Final = "Microsoft JScript compilation error"

JSCRIPT: Final = {
    5000: "Cannot assign to 'this'",
    5001: "Number expected",
    5002: "Function expected",
    5003: "Cannot assign to a function result",
    5004: "Cannot index object",
    5005: "String expected",
    5006: "Date object expected",
    5007: "Object expected",
    5008: "Illegal assignment",
    5009: "Undefined identifier",
    5010: "Boolean expected",
    5012: "Object member expected",
    5013: "VBArray expected",
    5014: "JScript object expected",
    5015: "Enumerator object expected",
    5016: "Regular Expression object expected",
    5017: "Syntax error in regular expression",
    5018: "Unexpected quantifier",
    5019: "Expected ']' in regular expression",
    5020: "Expected ')' in regular expression",
    5021: "Invalid range in character set",
    5022: "Exception thrown and not caught",
    5023: "Function does not have a valid prototype object",
    5024: "The URI to be encoded contains an invalid character",
    5025: "The URI to be decoded is not a valid encoding",
    5026: "The number of fractional digits is out of range",
    5027: "The precision is out of range",
    5028: "Array or arguments object expected",
    5029: "Array length must be a finite positive integer",
}
"""Run-time errors that only JScript has; the others are VBScript's."""

COMPILE: Final = {
    1001: "Out of memory",
    1002: "Syntax error",
    1003: "Expected ':'",
    1004: "Expected ';'",
    1005: "Expected '('",
    1006: "Expected ')'",
    1007: "Expected ']'",
    1008: "Expected '{'",
    1009: "Expected '}'",
    1010: "Expected identifier",
    1011: "Expected '='",
    1012: "Expected '/'",
    1013: "Invalid number",
    1014: "Invalid character",
    1015: "Unterminated string constant",
    1016: "Unterminated comment",
    1018: "'return' statement outside of function",
    1019: "Can't have 'break' outside of loop",
    1020: "Can't have 'continue' outside of loop",
    1023: "Expected hexadecimal digit",
    1024: "Expected 'while'",
    1025: "Label redefined",
    1026: "Label not found",
    1027: "'default' can only appear once in a 'switch' statement",
    1028: "Expected identifier or string",
    1029: "Expected '@end'",
    1030: "Conditional compilation is turned off",
    1031: "Expected constant",
    1032: "Expected '@'",
    1033: "Expected 'catch'",
    1034: "Expected 'var'",
    1035: "'throw' must be followed by an expression on the same source line",
}
"""The errors of JScript's compiler."""


def text_of(number: int) -> str:
    """Give JScript's text of a run-time error."""
    return JSCRIPT.get(number) or RUN_TIME.get(number) or "Unknown runtime error"


class JScriptError(VBScriptError):
    """An error of a JScript program: number, text, line and column as `VBScriptError` has them."""

    def __init__(self, number: int, description: str = "", source: str = "") -> None:
        super().__init__(number, description or text_of(number), source or RUN_TIME_SOURCE)


class JScriptSyntaxError(JScriptError):
    """A text that is no JScript."""

    def __init__(self, number: int, description: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(number, description or COMPILE.get(number, COMPILE[1002]), COMPILE_SOURCE)
        self.line = line
        self.column = column

    def located(self, text: str) -> "JScriptSyntaxError":
        """Add the source line."""
        lines = text.splitlines()
        self.code = lines[self.line - 1][:LONGEST_CODE] if 0 < self.line <= len(lines) else ""
        return self


_RUN_TIME: Final = [
    (re.compile(pattern), number, description)
    for pattern, number, description in (
        (r"'?(?P<name>.+?)'? is not defined$", 5009, "'{name}' is undefined"),
        (r"Maximum call stack size exceeded", 28, ""),
        (r"out of memory", 7, ""),
        (r"cannot (?:read|set) property '\$\$\w+' of (?:null|undefined)", 5007, ""),
        (r"cannot (?:read|set) property '.*' of (?P<name>null|undefined)", 5007, "'{name}' is null or not an object"),
        (r"not a function$", 5002, ""),
        (r"is not a (?:function|constructor)$", 438, ""),
        (r"(?:not a Date object)", 5006, ""),
        (r"invalid array length", 5029, ""),
        (r"(?:invalid 'instanceof'|invalid 'in' operand)", 5002, ""),
        (r"toFixed\(\)|number of digits", 5026, ""),
        (r"toPrecision\(\)|toExponential\(\)", 5027, ""),
        (r"expecting surrogate pair|invalid character$", 5024, ""),
        (r"expecting hex digit|expecting %%|malformed", 5025, ""),
        (r"nothing to repeat|invalid repetition", 5018, ""),
        (r"unexpected end of regexp", 5019, ""),
        (r"expecting '\)'", 5020, ""),
        (r"invalid class range", 5021, ""),
        (r"(?:regular expression|regexp|invalid group|invalid escape)", 5017, ""),
        (r"null or undefined|convert undefined or null|Cannot convert undefined", 5007, ""),
        (r"read.only|no setter", 5008, ""),
    )
]

_COMPILE: Final = [
    (re.compile(pattern), number)
    for pattern, number in (
        (r"nothing to repeat|invalid repetition", 5018),
        (r"unexpected end of regexp|unexpected end$", 5019),
        (r"invalid class range", 5021),
        (r"unclosed '\)'", 5020),
        (r"regular expression|invalid group|extraneous characters", 5017),
        (r"expecting ';'", 1004),
        (r"expecting ':'", 1003),
        (r"expecting '\('", 1005),
        (r"expecting '\)'", 1006),
        (r"expecting ']'", 1007),
        (r"expecting '\{'", 1008),
        (r"expecting '}'", 1009),
        (r"expecting '='", 1011),
        (r"field name|name expected|missing formal parameter|invalid property name|requires a name", 1010),
        (r"invalid number literal", 1013),
        (r"unexpected character|token in expression: '[@\\#]|first character of private", 1014),
        (r"unexpected end of string", 1015),
        (r"unexpected end of comment", 1016),
        (r"return not in a function", 1018),
        (r"break must be inside", 1019),
        (r"continue must be inside", 1020),
        (r"(?:hexadecimal|Unicode) escape", 1023),
        (r"duplicate label", 1025),
        (r"label not found", 1026),
        (r"duplicate default", 1027),
        (r"expecting catch", 1033),
        (r"after throw", 1035),
        (r"invalid assignment|invalid increment|left.hand", 5008),
    )
]


def run_time_error(name: str, message: str) -> tuple[int, str]:
    """Give JScript's number and text for an error of the engine; its own text where JScript has none (number 0: of no kind that is known)."""
    for pattern, number, description in _RUN_TIME:
        found = pattern.search(message)
        if found:
            return number, description.format(**found.groupdict()) if description else text_of(number)
    return {"TypeError": 13, "RangeError": 5, "URIError": 5025, "SyntaxError": 1002}.get(name, 0), message


def compile_error(message: str) -> tuple[int, str]:
    """Give JScript's number and text for what the engine says of a text that is no program: 1002 where nothing is nearer."""
    number = next((number for pattern, number in _COMPILE if pattern.search(message)), 1002)
    return number, COMPILE.get(number) or text_of(number)
