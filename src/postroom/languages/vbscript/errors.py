"""Every error of VBScript with Windows' number and English text, and the exceptions that carry them."""

from typing import Final

FACILITY: Final = 0x800A0000
"""What Windows adds to a number for the HRESULT that logs and `Script Error` lines show."""

LONGEST_CODE: Final = 255
"""Characters of a source line that an error carries: logs are no place for a line of a megabyte."""

RUN_TIME: Final = {
    5: "Invalid procedure call or argument",
    6: "Overflow",
    7: "Out of memory",
    9: "Subscript out of range",
    10: "This array is fixed or temporarily locked",
    11: "Division by zero",
    13: "Type mismatch",
    14: "Out of string space",
    17: "Can't perform requested operation",
    28: "Out of stack space",
    35: "Sub or Function not defined",
    48: "Error in loading DLL",
    51: "Internal error",
    52: "Bad file name or number",
    53: "File not found",
    54: "Bad file mode",
    55: "File already open",
    57: "Device I/O error",
    58: "File already exists",
    61: "Disk full",
    62: "Input past end of file",
    67: "Too many files",
    68: "Device unavailable",
    70: "Permission denied",
    71: "Disk not ready",
    74: "Can't rename with different drive",
    75: "Path/File access error",
    76: "Path not found",
    91: "Object variable not set",
    92: "For loop not initialized",
    93: "Invalid pattern string",
    94: "Invalid use of Null",
    322: "Can't create necessary temporary file",
    424: "Object required",
    429: "ActiveX component can't create object",
    430: "Class doesn't support Automation",
    432: "File name or class name not found during Automation operation",
    438: "Object doesn't support this property or method",
    440: "Automation error",
    445: "Object doesn't support this action",
    446: "Object doesn't support named arguments",
    447: "Object doesn't support current locale setting",
    448: "Named argument not found",
    449: "Argument not optional",
    450: "Wrong number of arguments or invalid property assignment",
    451: "Object not a collection",
    453: "Specified DLL function not found",
    455: "Code resource lock error",
    457: "This key is already associated with an element of this collection",
    458: "Variable uses an Automation type not supported in VBScript",
    462: "The remote server machine does not exist or is unavailable",
    481: "Invalid picture",
    500: "Variable is undefined",
    501: "Illegal assignment",
    502: "Object not safe for scripting",
    503: "Object not safe for initializing",
    504: "Object not safe for creating",
    505: "Invalid or unqualified reference",
    506: "Class not defined",
    507: "An exception occurred",
    5016: "Regular Expression object expected",
    5017: "Syntax error in regular expression",
    5018: "Unexpected quantifier",
    5019: "Expected ']' in regular expression",
    5020: "Expected ')' in regular expression",
    5021: "Invalid range in character set",
    32811: "Element not found",
}
"""The run-time errors, number to text."""

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
    1012: "Expected 'If'",
    1013: "Expected 'To'",
    1014: "Expected 'End'",
    1015: "Expected 'Function'",
    1016: "Expected 'Sub'",
    1017: "Expected 'Then'",
    1018: "Expected 'Wend'",
    1019: "Expected 'Loop'",
    1020: "Expected 'Next'",
    1021: "Expected 'Case'",
    1022: "Expected 'Select'",
    1023: "Expected expression",
    1024: "Expected statement",
    1025: "Expected end of statement",
    1026: "Expected integer constant",
    1027: "Expected 'While' or 'Until'",
    1028: "Expected 'While', 'Until' or end of statement",
    1029: "Expected 'With'",
    1030: "Identifier too long",
    1031: "Invalid number",
    1032: "Invalid character",
    1033: "Unterminated string constant",
    1034: "Unterminated comment",
    1035: "Nested comment",
    1036: "'Me' cannot be used outside of a procedure",
    1037: "Invalid use of 'Me' keyword",
    1038: "'loop' without 'do'",
    1039: "Invalid 'exit' statement",
    1040: "Invalid 'for' loop control variable",
    1041: "Name redefined",
    1042: "Must be first statement on the line",
    1043: "Cannot assign to non-ByVal argument",
    1044: "Cannot use parentheses when calling a Sub",
    1045: "Expected literal constant",
    1046: "Expected 'In'",
    1047: "Expected 'Class'",
    1048: "Must be defined inside a Class",
    1049: "Expected Let or Set or Get in property declaration",
    1050: "Expected 'Property'",
    1051: "Number of arguments must be consistent across properties specification",
    1052: "Cannot have multiple default property/method in a Class",
    1053: "Class initialize or terminate do not have arguments",
    1054: "Property set or let must have at least one argument",
    1055: "Unexpected 'Next'",
    1056: "'Default' can be specified only on 'Property' or 'Function' or 'Sub'",
    1057: "'Default' specification must also specify 'Public'",
    1058: "'Default' specification can only be on Property Get",
}
"""The errors of the compiler, number to text."""

RUN_TIME_SOURCE: Final = "Microsoft VBScript runtime error"
COMPILE_SOURCE: Final = "Microsoft VBScript compilation error"


class VBScriptError(Exception):
    """An error that a script may meet: `On Error Resume Next` catches it, `Err` tells it.

    `number` is VBScript's (13) or a component's own HRESULT (negative or above 65,535); `description` is what Err.Description says; `detail` is the
    name that Windows adds in its report of an error nobody caught ("Type mismatch: 'CInt'"). `line` and `column` are 1-based and 0 while not known;
    `code` is the source line.
    """

    def __init__(self, number: int, description: str = "", source: str = "", detail: str = "", help_file: str = "", help_context: int = 0) -> None:
        text = description or RUN_TIME.get(number) or COMPILE.get(number) or "Unknown runtime error"
        super().__init__(f"{number}: {text}")
        self.number = number
        self.description = text
        self.source = source or RUN_TIME_SOURCE
        self.detail = detail
        self.help_file = help_file
        self.help_context = help_context
        self.line = 0
        self.column = 0
        self.code = ""

    @property
    def hresult(self) -> int:
        """The number as Windows reports it, unsigned: 13 is 0x800A000D; a component's own HRESULT stays."""
        return FACILITY + self.number if 0 <= self.number <= 0xFFFF else self.number & 0xFFFFFFFF

    @property
    def report(self) -> str:
        """The description with the detail in quotes, as an error that nobody caught is printed."""
        return f"{self.description}: '{self.detail}'" if self.detail else self.description


class CompileError(VBScriptError):
    """The text is no VBScript. `line` and `column` say where, 1-based."""

    def __init__(self, number: int, line: int, column: int, code: str = "", detail: str = "") -> None:
        super().__init__(number, source=COMPILE_SOURCE, detail=detail)
        self.line = line
        self.column = column
        self.code = code[:LONGEST_CODE]


class Stopped(BaseException):
    """The host ended the run (time limit, shutdown): no script can catch it."""
