"""What is no VBScript: number and place of the compile error."""

import pytest

from postroom.languages.vbscript.compiler.units import compile_text
from postroom.languages.vbscript.errors import COMPILE, CompileError
from postroom.languages.vbscript.parsing.lexer import Kind, tokens
from postroom.languages.vbscript.values import Date, Long

ERRORS = [
    ("x = ", 1023, 1), ("x = 1 +", 1023, 1), ("x = * 2", 1002, 1), ("x = (1", 1006, 1), ("x = 1)", 1025, 1), ("x = 1 2", 1025, 1),
    ("If x\n", 1017, 1), ("If x Then\n", 1014, 2), ("If Then\nEnd If", 1002, 1), ("If x Then\nEnd Sub", 1012, 2),
    ("If x Then\nElse\nElse\nEnd If", 1014, 3), ("End If", 1002, 1), ("Else", 1002, 1), ("ElseIf x Then", 1002, 1), ("For", 1010, 1),
    ("For i", 1011, 1), ("For i = 1", 1013, 1), ("For i = 1 To\n", 1023, 1), ("For i = 1 To 2\n", 1020, 2), ("For i = 1 To 2\nNext i", 1025, 2),
    ("For a(1) = 1 To 2\nNext", 1040, 1), ("For a.b = 1 To 2\nNext", 1040, 1), ("For Each x\n", 1046, 1), ("For Each x In\n", 1023, 1),
    ("For Each x In y\n", 1020, 2), ("Next", 1055, 1), ("Do\n", 1019, 2), ("Do Whale x\nLoop", 1028, 1), ("Do While\nLoop", 1023, 1),
    ("Do\nWend", 1019, 2), ("Loop", 1038, 1), ("While\nWend", 1023, 1), ("While x\n", 1018, 2), ("Wend", 1002, 1),
    ("Select x\nEnd Select", 1021, 1), ("Select Case x\n", 1014, 2), ("Select Case x\nCase 1\nEnd If", 1022, 3),
    ("Select Case x\ny = 1\nEnd Select", 1014, 2), ("Case 1", 1002, 1), ("With x\n", 1014, 2), ("With\nEnd With", 1023, 1),
    ("With x\nEnd If", 1029, 2), ("Sub\nEnd Sub", 1010, 1), ("Sub S(\nEnd Sub", 1010, 1), ("Sub S(a\nEnd Sub", 1006, 1),
    ("Sub S(a,)\nEnd Sub", 1010, 1), ("Sub S(a, a)\nEnd Sub", 1041, 1), ("Sub S(1)\nEnd Sub", 1010, 1), ("Sub S\n", 1014, 2),
    ("Sub S\nEnd Function", 1016, 2), ("Function F\nEnd Sub", 1015, 2), ("End Sub", 1002, 1), ("Dim", 1010, 1), ("Dim 5", 1010, 1),
    ("Dim x(y)", 1026, 1), ("Dim x(-1)", 1026, 1), ("Dim x(1.5)", 1026, 1), ("Dim x(1", 1006, 1), ("Dim if", 1010, 1), ("Dim x,", 1010, 1),
    ("Dim x y", 1025, 1), ("Const", 1010, 1), ("Const x", 1011, 1), ("Const x = y", 1045, 1), ('Const x = -"a"', 1045, 1), ("ReDim", 1010, 1),
    ("ReDim x", 1005, 1), ("ReDim x()", 1005, 1), ("Set x", 1011, 1), ("Set = 1", 1010, 1), ("Set x = ", 1023, 1), ("Exit", 1039, 1),
    ("Exit Do", 1039, 1), ("Exit For", 1039, 1), ("Exit Sub", 1039, 1), ("Do\nExit For\nLoop", 1039, 2), ("Sub S\nExit Function\nEnd Sub", 1039, 2),
    ("On", 1002, 1), ("On Error", 1002, 1), ("On Error Resume", 1020, 1), ("On Error GoTo 5", 1002, 1), ("On Error GoTo x", 1002, 1),
    ("x = 1\nOption Explicit", 1002, 2), ("Option", 1002, 1), ("Option Base", 1002, 1), ('x = "abc', 1033, 1), ('x = "abc\ny = "d"', 1033, 1),
    ('x = "a""', 1033, 1), ("x = #1/2/2020", 1032, 1), ("x = #hello#", 1002, 1), ("x = [abc", 1007, 1), ("x = []", 1010, 1), ("[] = 1", 1010, 1),
    ("x = [", 1007, 1), ("x = &HFFFFFFFFF", 1031, 1), ("x = 1E999", 1031, 1), ("x = ?", 1032, 1), ("x = 1 ! 2", 1032, 1),
    ("x = \u201cquoted\u201d", 1032, 1), ("y = 1\nx = {", 1032, 2), ("x = a..b", 1010, 1), ("x.", 1010, 1), ("Foo(1, 2)", 1044, 1),
    ("o.Foo(1, 2)", 1044, 1), ("Foo 1,, 2)", 1025, 1), ("Call", 1010, 1), ("Call 5", 1010, 1), ("Call Foo 5", 1025, 1), ("5 = x", 1024, 1),
    ('"a"', 1024, 1), ("= 5", 1002, 1), ("Let x = 5", 1010, 1), ("GoTo x", 1010, 1), ("New Foo", 1010, 1), ("x = New", 1010, 1),
    ("x = New 5", 1010, 1), ("x" * 256, 1030, 1), ("If 1 Then x = 1 y = 2", 1025, 1), ("Me = 5", 1037, 1), ("x = Sub", 1002, 1),
    ("x = 1 = ", 1023, 1), ("x = Not", 1023, 1), ("x = 1 And", 1023, 1), ("x = a(", 1006, 1), ("x = a(1", 1006, 1), ("Erase", 1023, 1),
    ("x = ,", 1002, 1), ("Foo 1 2", 1025, 1), ("x = a b", 1025, 1), ("Private", 1010, 1), ("Public If", 1010, 1),
    ("a = 1 : b = (2 : c = 3", 1006, 1), ("x = _\n", 1023, 2), ("Sub S : Sub T : End Sub : End Sub", 1002, 1),
]  # fmt: skip
LITERALS = [
    ("1", 1), ("0", 0), ("32767", 32767), ("32768", Long(32768)), ("2147483647", Long(2147483647)), ("2147483648", 2147483648.0), ("1.5", 1.5),
    (".5", 0.5), ("10.", 10.0), ("1e3", 1000.0), ("1E-2", 0.01), ("1.5e+2", 150.0), ("0.1", 0.1), ("00012", 12), ("99999999999999999999", 1e20),
    ("&HFF", 255), ("&hff", 255), ("&HFF&", Long(255)), ("&HFFFF", -1), ("&HFFFF&", Long(65535)), ("&H8000", -32768), ("&H7FFF", 32767),
    ("&H10000", Long(65536)), ("&HFFFFFFFF", Long(-1)), ("&HFFFFFFFF&", Long(-1)), ("&H80000000", Long(-2147483648)), ("&O17", 15), ("&o17", 15),
    ("&O177777", -1), ("&O17&", Long(15)), ("&H0", 0), ('""', ""), ('"a"', "a"), ('"a""b"', 'a"b'), ('""""', '"'), ("\"it's\"", "it's"),
    ('" _ "', " _ "), ('"\u00e9\u4e2d"', "\u00e9\u4e2d"), ("#1/2/2020#", Date(43832)), ("#12:00#", Date(0.5)), ("#2020-01-02#", Date(43832)),
    ("#1/2/2020 6:00:00 PM#", Date(43832.75)), ("#12/30/1899#", Date(0)),
]  # fmt: skip


def test_texts_that_are_refused() -> None:
    wrong = []
    for text, number, line in ERRORS:
        try:
            compile_text(text)
        except CompileError as error:
            if (error.number, error.line) != (number, line):
                wrong.append((text, (number, line), (error.number, error.line)))
        else:
            wrong.append((text, (number, line), (0, 0)))
    assert wrong == []


def test_an_error_carries_its_text_place_and_line() -> None:
    with pytest.raises(CompileError) as caught:
        compile_text("a = 1\r\n  b = (2\r\nc = 3")
    error = caught.value
    assert (error.number, error.description, error.line, error.column, error.code) == (1006, COMPILE[1006], 2, 9, "  b = (2")
    assert error.hresult == 0x800A03EE
    assert error.source == "Microsoft VBScript compilation error"


def test_literals() -> None:
    wrong = [(text, value, found) for text, value in LITERALS if (found := tokens(text)[0].value) != value or type(found) is not type(value)]
    assert wrong == []


def test_lines_end_where_vbscript_sees_it() -> None:
    with pytest.raises(CompileError) as caught:
        compile_text('\ufeffa = 1\x0cb = "\u2028"\r\nc = (')
    assert (caught.value.line, caught.value.code) == (1, '\ufeffa = 1\x0cb = "\u2028"')
    with pytest.raises(CompileError) as caught:
        compile_text('\ufeffa = "\x0c\u2028"\rc = (')
    assert (caught.value.line, caught.value.code) == (2, "c = (")


def test_operators_have_other_spellings() -> None:
    assert [token.text for token in tokens(">< =< =>") if token.kind is Kind.SIGN] == ["<>", "<=", ">="]


def test_a_dot_after_a_blank_begins_a_member_of_with() -> None:
    assert [token.kind for token in tokens("a.b .c")][:5] == [Kind.NAME, Kind.SIGN, Kind.NAME, Kind.DOT, Kind.NAME]
