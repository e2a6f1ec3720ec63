"""Operators by Variant's rules: the subtype of each result for each pair of subtypes, and values."""

from collections.abc import Callable

import pytest

from languages.vbscript.running import output, value_of
from postroom.languages.vbscript import comparison, logic, operators
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import EMPTY, NOTHING, NULL, Array, Byte, Currency, Date, Long, Single, Value

SAMPLES: dict[str, Value] = {
    "Empty": EMPTY, "Null": NULL, "Boolean": True, "Byte": Byte(2), "Integer": 2, "Long": Long(2), "Single": Single(2), "Double": 2.0,
    "Currency": Currency(20_000), "Date": Date(2), "String": "2",
}  # fmt: skip
SHORT = {
    "Emp": "Empty", "Nul": "Null", "Boo": "Boolean", "Byt": "Byte", "Int": "Integer", "Lon": "Long", "Sin": "Single", "Dou": "Double",
    "Cur": "Currency", "Dat": "Date", "Str": "String",
}  # fmt: skip
GRIDS = {
    "+": """
        Emp Nul Boo Byt Int Lon Sin Dou Cur Dat Str
    Emp Int Nul Boo Byt Int Lon Sin Dou Cur Dat Str
    Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul
    Boo Boo Nul Int Int Int Lon Sin Dou Cur Dat Dou
    Byt Byt Nul Int Byt Int Lon Sin Dou Cur Dat Dou
    Int Int Nul Int Int Int Lon Sin Dou Cur Dat Dou
    Lon Lon Nul Lon Lon Lon Lon Dou Dou Cur Dat Dou
    Sin Sin Nul Sin Sin Sin Dou Sin Dou Cur Dat Dou
    Dou Dou Nul Dou Dou Dou Dou Dou Dou Cur Dat Dou
    Cur Cur Nul Cur Cur Cur Cur Cur Cur Cur Dat Cur
    Dat Dat Nul Dat Dat Dat Dat Dat Dat Dat Dat Dat
    Str Str Nul Dou Dou Dou Dou Dou Dou Cur Dat Str
    """,
    "-": """
        Emp Nul Boo Byt Int Lon Sin Dou Cur Dat Str
    Emp Int Nul Int Int Int Lon Sin Dou Cur Dat Dou
    Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul
    Boo Int Nul Int Int Int Lon Sin Dou Cur Dat Dou
    Byt Int Nul Int Byt Int Lon Sin Dou Cur Dat Dou
    Int Int Nul Int Int Int Lon Sin Dou Cur Dat Dou
    Lon Lon Nul Lon Lon Lon Lon Dou Dou Cur Dat Dou
    Sin Sin Nul Sin Sin Sin Dou Sin Dou Cur Dat Dou
    Dou Dou Nul Dou Dou Dou Dou Dou Dou Cur Dat Dou
    Cur Cur Nul Cur Cur Cur Cur Cur Cur Cur Dat Cur
    Dat Dat Nul Dat Dat Dat Dat Dat Dat Dat Dou Dat
    Str Dou Nul Dou Dou Dou Dou Dou Dou Cur Dat Dou
    """,
    "*": """
        Emp Nul Boo Byt Int Lon Sin Dou Cur Dat Str
    Emp Int Nul Int Int Int Lon Sin Dou Cur Dou Dou
    Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul
    Boo Int Nul Int Int Int Lon Sin Dou Cur Dou Dou
    Byt Int Nul Int Byt Int Lon Sin Dou Cur Dou Dou
    Int Int Nul Int Int Int Lon Sin Dou Cur Dou Dou
    Lon Lon Nul Lon Lon Lon Lon Dou Dou Cur Dou Dou
    Sin Sin Nul Sin Sin Sin Dou Sin Dou Dou Dou Dou
    Dou Dou Nul Dou Dou Dou Dou Dou Dou Dou Dou Dou
    Cur Cur Nul Cur Cur Cur Cur Dou Dou Cur Dou Dou
    Dat Dou Nul Dou Dou Dou Dou Dou Dou Dou Dou Dou
    Str Dou Nul Dou Dou Dou Dou Dou Dou Dou Dou Dou
    """,
    "/": """
        Nul Boo Byt Int Lon Sin Dou Cur Dat Str
    Emp Nul Dou Dou Dou Dou Sin Dou Dou Dou Dou
    Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul
    Boo Nul Dou Dou Dou Dou Sin Dou Dou Dou Dou
    Byt Nul Dou Dou Dou Dou Sin Dou Dou Dou Dou
    Int Nul Dou Dou Dou Dou Sin Dou Dou Dou Dou
    Lon Nul Dou Dou Dou Dou Dou Dou Dou Dou Dou
    Sin Nul Sin Sin Sin Dou Sin Dou Dou Dou Dou
    Dou Nul Dou Dou Dou Dou Dou Dou Dou Dou Dou
    Cur Nul Dou Dou Dou Dou Dou Dou Dou Dou Dou
    Dat Nul Dou Dou Dou Dou Dou Dou Dou Dou Dou
    Str Nul Dou Dou Dou Dou Dou Dou Dou Dou Dou
    """,
    "mod": """
        Nul Boo Byt Int Lon Sin Dou Cur Dat Str
    Emp Nul Int Int Int Lon Lon Lon Lon Lon Lon
    Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul
    Boo Nul Int Int Int Lon Lon Lon Lon Lon Lon
    Byt Nul Int Byt Int Lon Lon Lon Lon Lon Lon
    Int Nul Int Int Int Lon Lon Lon Lon Lon Lon
    Lon Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    Sin Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    Dou Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    Cur Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    Dat Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    Str Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    """,
    "xor": """
        Emp Nul Boo Byt Int Lon Sin Dou Cur Dat Str
    Emp Int Nul Int Int Int Lon Lon Lon Lon Lon Lon
    Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul Nul
    Boo Int Nul Boo Int Int Lon Lon Lon Lon Lon Lon
    Byt Int Nul Int Byt Int Lon Lon Lon Lon Lon Lon
    Int Int Nul Int Int Int Lon Lon Lon Lon Lon Lon
    Lon Lon Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    Sin Lon Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    Dou Lon Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    Cur Lon Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    Dat Lon Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    Str Lon Nul Lon Lon Lon Lon Lon Lon Lon Lon Lon
    """,
}
GRIDS["\\"] = GRIDS["mod"]
OPERATIONS = {
    "+": operators.add, "-": operators.subtract, "*": operators.multiply, "/": operators.divide, "\\": operators.divide_whole,
    "mod": operators.modulo, "xor": logic.exclusive,
}  # fmt: skip

VALUES = [
    ("1 + 2", "3"), ("1 - 2", "-1"), ("3 * 4", "12"), ("7 / 2", "3.5"), ("7 \\ 2", "3"), ("-7 \\ 2", "-3"), ("7 \\ -2", "-3"), ("7 Mod 3", "1"),
    ("-7 Mod 3", "-1"), ("7 Mod -3", "1"), ("7.5 Mod 3", "2"), ("6.5 Mod 4", "2"), ("19 Mod 6.7", "5"), ("2 ^ 10", "1024"), ("2 ^ -1", "0.5"),
    ("2 ^ 0.5", "1.4142135623731"), ("-2 ^ 2", "-4"), ("(-2) ^ 2", "4"), ("(-8) ^ 3", "-512"), ("0 ^ 0", "1"), ("2 ^ 3 ^ 2", "64"),
    ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("10 - 2 - 3", "5"), ("100 / 10 / 2", "5"), ("100 \\ 7 \\ 2", "7"), ("2 * 3 Mod 4", "2"),
    ("7 \\ 2 * 2", "1"), ("8 / 2 \\ 2", "2"), ("5 Mod 3 + 1", "3"), ("- -1", "1"), ("+-1", "-1"), ("1 & 2", "12"), ("1 + 2 & 3", "33"),
    ("1 & 2 + 3", "15"), ('"a" & 1 + 1', "a2"), ('"1" + "2"', "12"), ('"1" + 2', "3"), ('1 + "2"', "3"), ('"3" - "1"', "2"), ('"3" * "2"', "6"),
    ('"1.5" + 1', "2.5"), ('" 5 " + 1', "6"), ('"1e2" + 0', "100"), ('"&HFF" + 0', "255"), ('"$5" + 0', "5"), ('"1,000" + 0', "1000"),
    ('"(5)" + 0', "-5"), ('"-5" + 0', "-5"), ('"5-" + 0', "-5"), ("True + True", "-2"), ("True * 5", "-5"), ("-True", "1"),
    ("True & False", "TrueFalse"), ('Null & "a"', "a"), ('"a" & Null', "a"), ("Null & Null", "Null"), ("Null + 1", "Null"), ("1 - Null", "Null"),
    ("Null * 0", "Null"), ("Null / 0", "Null"), ("0 \\ Null", "Null"), ("Null Mod 0", "Null"), ("Null ^ 0", "Null"), ("-Null", "Null"),
    ("Not Null", "Null"), ('Empty & "a"', "a"), ("Empty + 1", "1"), ('Empty + "a"', "a"), ("Empty - 1", "-1"), ("Empty * 5", "0"),
    ("Empty & Empty", ""), ("-Empty", "0"), ("2 ^ Empty", "1"), ("32767 + 1", "32768"), ("-32768 - 1", "-32769"), ("2147483647 + 1", "2147483648"),
    ("32767 * 32767", "1073676289"), ("2147483647 * 2", "4294967294"), ("1000000 * 1000000", "1000000000000"), ("TypeName(32767 + 1)", "Long"),
    ("TypeName(2147483647 + 1)", "Double"), ("TypeName(-32768)", "Long"), ("TypeName(-32767 - 1)", "Integer"), ("TypeName(1 / 1)", "Double"),
    ("TypeName(4 \\ 2)", "Integer"), ("TypeName(4.0 \\ 2)", "Long"), ("TypeName(2 ^ 2)", "Double"), ("TypeName(1 + CLng(1))", "Long"),
    ("TypeName(40000 - 39999)", "Long"), ("TypeName(200 * 200)", "Long"), ("TypeName(CByte(200) + CByte(55))", "Byte"),
    ("TypeName(CByte(200) + CByte(56))", "Integer"), ("TypeName(CByte(1) - CByte(2))", "Integer"), ("TypeName(CByte(16) * CByte(16))", "Integer"),
    ("TypeName(1 = 1)", "Boolean"), ("TypeName(1 & 1)", "String"), ("TypeName(True + True)", "Integer"), ("TypeName(Not 1)", "Integer"),
    ("TypeName(-CByte(1))", "Integer"), ("TypeName(-True)", "Integer"), ('TypeName(-"1")', "Double"), ("TypeName(-Date)", "Date"),
    ("TypeName(-CCur(1))", "Currency"), ('TypeName(+"1")', "String"), ("TypeName(Null)", "Null"), ("TypeName(Empty)", "Empty"),
    ("TypeName(Nothing)", "Nothing"), ("TypeName(&HFF)", "Integer"), ("TypeName(&HFF&)", "Long"), ("TypeName(1.0)", "Double"),
    ("TypeName(#1/1/2020#)", "Date"), ("CCur(1.5) + CCur(2.25)", "3.75"), ("CCur(1.5) * 2", "3"), ("CCur(1) / 3", "0.333333333333333"),
    ("CCur(1.1) * CCur(1.1)", "1.21"), ("CCur(0.0001) * CCur(0.5)", "0"), ("CCur(922337203685477) * 1000", "9.22337203685477E+17"),
    ("CCur(5) Mod 3", "2"), ("#1/1/2020# + 1", "1/2/2020"), ("#1/2/2020# - #1/1/2020#", "1"), ("#1/1/2020# - 1", "12/31/2019"),
    ("#1/1/2020# + #6:00#", "1/1/2020 6:00:00 AM"), ("#1/1/2020# * 1", "43831"), ('#1/1/2020# & ""', "1/1/2020"), ("0.1 + 0.2", "0.3"),
    ("0.1 + 0.2 = 0.3", "False"), ("1 / 3", "0.333333333333333"), ("2 / 3", "0.666666666666667"), ("1E15", "1E+15"),
    ("123456789012345", "123456789012345"), ("1234567890123456", "1.23456789012346E+15"), ("0.0001", "0.0001"), ("1 / 30", "3.33333333333333E-02"),
    ("1E-7", "0.0000001"), ("-0.5", "-0.5"), ("1E100", "1E+100"), ("100000 * 100000", "10000000000"), ("CSng(1) / 3", "0.3333333"),
]  # fmt: skip
COMPARED = [
    ("1 = 1", "True"), ("1 = 2", "False"), ("1 <> 2", "True"), ("1 >< 1", "False"), ("1 < 2", "True"), ("2 =< 2", "True"), ("2 => 3", "False"),
    ("3 >= 3", "True"), ("1 = 1.0", "True"), ("1 = True", "False"), ("-1 = True", "True"), ("0 = False", "True"), ("0 = Empty", "True"),
    ('"" = Empty', "True"), ("Empty = Empty", "True"), ("Null = Null", "Null"), ("Null = 1", "Null"), ("Null <> 1", "Null"), ("1 < Null", "Null"),
    ('"a" = "a"', "True"), ('"a" = "A"', "False"), ('"a" < "b"', "True"), ('"B" < "a"', "True"), ('"a" < "ab"', "True"), ('"" < "a"', "True"),
    ('"10" < "9"', "True"), ('"10" = 10', "True"), ('10 = "10"', "True"), ('"10.0" = 10', "True"), ('10 < "9"', "False"), ('"abc" = 1', "!13"),
    ("#1/1/2020# = 43831", "True"), ("#1/1/2020# < #1/2/2020#", "True"), ("CCur(1.5) = 1.5", "True"), ("CCur(1.5) < 2", "True"),
    ("1 = 1 = True", "True"), ("3 > 2 > 1", "False"), ("1 + 1 = 2", "True"), ('"a" & "b" = "ab"', "True"), ("Not 1 = 2", "True"),
    ("Nothing Is Nothing", "True"), ("WScript Is WScript", "True"), ("WScript Is Nothing", "False"), ("Not WScript Is Nothing", "True"),
    ("True > False", "False"), ("CByte(5) = 5", "True"), ("CSng(0.5) = 0.5", "True"), ("CSng(0.1) = 0.1", "False"), ("Array(1) = 1", "!13"),
    ('True = "True"', "True"), ('"5" > 10', "False"), ("-1 < 0", "True"), ("1E300 > 1E299", "True"), ("Empty < 1", "True"), ("Empty > -1", "True"),
    ('Empty < "a"', "True"),
]  # fmt: skip
VARIABLES = [
    ('n = 10 : s = "10" : WScript.Echo n = s, n < s, n > s, s > n, s <= n', "False True False True False"),
    ('n = 99 : s = "1" : WScript.Echo n < s', "True"),
    ('s = "10" : WScript.Echo s = 10, 10 = s, s < 9, s > 9', "True True False True"),
    ('n = 10 : WScript.Echo n = "10", "10" = n, n < "9"', "True True True"),
    ('s = "x" : WScript.Echo s = 10', "!13"),
    ('n = 10 : WScript.Echo n = "x"', "False"),
    ('n = 10 : s = "10" : WScript.Echo n = CInt(s), CStr(n) = s, CLng(n) = s', "True True False"),
    ('b = True : s = "True" : WScript.Echo b = s, b = "True", s = True', "False True False"),
    ('d = #1/1/2020# : s = "1/1/2020" : WScript.Echo d = s, d = "1/1/2020"', "False True"),
    ('e = Empty : s = "" : n = 0 : WScript.Echo e = s, e = n, s = n', "True True False"),
]
LOGIC = [
    ("True And True", "True"), ("True And False", "False"), ("True Or False", "True"), ("True Xor True", "False"), ("True Eqv True", "True"),
    ("True Imp False", "False"), ("False Imp True", "True"), ("False Imp False", "True"), ("Not True", "False"), ("Not False", "True"),
    ("Not 0", "-1"), ("Not -1", "0"), ("Not 5", "-6"), ("6 And 3", "2"), ("6 Or 3", "7"), ("6 Xor 3", "5"), ("6 Eqv 3", "-6"), ("6 Imp 3", "-5"),
    ("True And 6", "6"), ("False Or 6", "6"), ("5.5 And 7", "6"), ('"5" And 7', "5"), ('"True" And True', "True"), ("Empty Or 3", "3"),
    ("Empty And 3", "0"), ("Not Empty", "-1"), ("&HFF And &H0F", "15"), ("&HFFFF And 255", "255"), ("&H10000 Or 1", "65537"), ("-1 And 255", "255"),
    ("Null And True", "Null"), ("Null And False", "False"), ("False And Null", "False"), ("Null And 0", "0"), ("True And Null", "Null"),
    ("Null Or True", "True"), ("True Or Null", "True"), ("Null Or False", "Null"), ("False Or Null", "Null"), ("Null Or 5", "5"),
    ("Null Or Null", "Null"), ("Null And Null", "Null"), ("Null Xor True", "Null"), ("True Xor Null", "Null"), ("Null Eqv True", "Null"),
    ("True Imp Null", "Null"), ("False Imp Null", "True"), ("Null Imp True", "True"), ("Null Imp False", "Null"), ("Null Imp Null", "Null"),
    ("Not Null", "Null"), ('Not "5"', "-6"), ("Not CByte(5)", "250"), ("1 = 1 And 2 = 2", "True"), ("1 = 1 Or 2 = 3 And 1 = 2", "True"),
    ("Not True Or True", "True"), ("Not (True Or True)", "False"), ("True Or True Xor True", "False"), ("1 Or 2 And 4", "1"),
    ("True Eqv False Imp True", "True"), ("Not 1 And 1", "0"), ("CCur(3) And 1", "1"),
]  # fmt: skip


def kind(value: Value) -> str:
    return next((name for name, sample in SAMPLES.items() if type(sample) is type(value) and (value is sample or name not in {"Empty", "Null"})), "?")


@pytest.mark.parametrize("sign", list(GRIDS))
def test_the_subtype_of_a_result(sign: str) -> None:
    heads, *rows = [line.split() for line in GRIDS[sign].strip().splitlines()]
    wrong = []
    for left, *cells in rows:
        for right, cell in zip(heads, cells, strict=True):
            found = kind(OPERATIONS[sign](SAMPLES[SHORT[left]], SAMPLES[SHORT[right]]))
            if found != SHORT[cell]:
                wrong.append((SHORT[left], sign, SHORT[right], SHORT[cell], found))
    assert wrong == []


@pytest.mark.parametrize("rows", [VALUES, COMPARED, LOGIC], ids=["arithmetic", "comparison", "logic"])
def test_values(rows: list[tuple[str, str]]) -> None:
    assert [(text, expected, found) for text, expected in rows if (found := value_of(text)) != expected] == []


def test_a_text_and_a_number_compare_by_what_is_written_out() -> None:
    assert [(text, expected, found) for text, expected in VARIABLES if (found := output(text)) != expected] == []


@pytest.mark.parametrize("value", [NOTHING, Array.of([1])])
@pytest.mark.parametrize("operation", [*OPERATIONS.values(), operators.power, operators.concatenate, comparison.equal, comparison.less])
def test_nothing_and_arrays_are_no_operands(operation: Callable[[Value, Value], Value], value: Value) -> None:
    for pair in ((value, 1), (1, value)):
        with pytest.raises(VBScriptError) as caught:
            operation(*pair)
        assert caught.value.number == (91 if value is NOTHING else 13)


@pytest.mark.long
def test_long_chains_neither_nest_nor_fail() -> None:
    assert output("x = " + '"a" & ' * 5000 + '"b"\nWScript.Echo Len(x)') == "5001"
    assert output("x = " + "1 + " * 5000 + "1\nWScript.Echo x") == "5001"
    assert output("x = " + "1 - 1 + " * 3000 + "1\nWScript.Echo x") == "1"
    assert output("x = " + "True And " * 3000 + "False\nWScript.Echo x") == "False"
