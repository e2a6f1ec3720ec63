import pytest

from scripthouse import echoed

MAKE = 'Dim d: Set d = CreateObject("Scripting.Dictionary")\n'

PROGRAMS = {
    "keys stay in the order in which they came": (
        'd.Add "b", 1: d.Add "a", 2: d.Remove "b": d.Add "b", 3: WScript.Echo Join(d.Keys, ","), Join(d.Items, ",")',
        "a,b 2,3",
    ),
    "reading a key that is not there adds it": ('x = d("new"): WScript.Echo d.Count, TypeName(x), d.Exists("new")', "1 Empty True"),
    "assigning adds or replaces": ('d("k") = 1: d.Item("k") = 2: d("l") = 3: WScript.Echo d.Count, d("k")', "2 2"),
    "an object is an item by Set": ('Set d("o") = d: WScript.Echo d("o") Is d, TypeName(d.Item("o"))', "True Dictionary"),
    "a key twice is error 457": ('d.Add "k", 1: d.Add "k", 2', "!457"),
    "removing what is not there is error 32811": ('d.Remove "k"', "!32811"),
    "renaming keeps the place": ('d("a") = 1: d("b") = 2: d.Key("a") = "c": WScript.Echo Join(d.Keys, ","), d("c")', "c,b 1"),
    "renaming what is not there is error 32811": ('d.Key("a") = "c"', "!32811"),
    "renaming onto another key is error 457": ('d("a") = 1: d("b") = 2: d.Key("a") = "b"', "!457"),
    "case counts unless told otherwise": ('d("A") = 1: WScript.Echo d.Exists("a")', "False"),
    "text comparison finds a key in any case and keeps its spelling": (
        'd.CompareMode = 1: d("Ab") = 1: d("aB") = 2: WScript.Echo d.Count, d.Keys()(0), d("AB")',
        "1 Ab 2",
    ),
    "text comparison knows letters beyond ASCII": (
        'd.CompareMode = vbTextCompare: d("ÄÖ") = 1: WScript.Echo d.Exists("äö"), d.Exists("ao")',
        "True False",
    ),
    "the comparison stays once there are keys": ('d("a") = 1: d.CompareMode = 1', "!5"),
    "a number and its text are two keys": ('d(1) = "n": d("1") = "t": WScript.Echo d.Count, d(1), d("1")', "2 n t"),
    "equal numbers of any type are one key": (
        "d(1) = 0: d(CLng(1)) = 1: d(1.0) = 2: d(CByte(1)) = 3: d(CCur(1)) = 4: WScript.Echo d.Count, d(1)",
        "1 4",
    ),
    "an array is no key": ("d(Array(1)) = 0", "!13"),
    "objects are keys by identity": ("Set r = New RegExp: d.Add r, 1: d.Add d, 2: WScript.Echo d(r), d(d), d.Count", "1 2 2"),
    "For Each gives keys, and they may be removed meanwhile": (
        'd("a") = 1: d("b") = 2: For Each k In d: d.Remove k: WScript.Echo k: Next: WScript.Echo d.Count',
        "a|b|0",
    ),
    "Items can be indexed at once": ('d("a") = 5: WScript.Echo d.Items()(0), d.Items(0), UBound(d.Keys)', "5 5 0"),
    "no keys make arrays without elements": ("WScript.Echo UBound(d.Keys), UBound(d.Items)", "-1 -1"),
    "an array that is an item is a copy": ('a = Array(1, 2): d("a") = a: a(0) = 9: WScript.Echo d("a")(0)', "1"),
    "RemoveAll empties it": ('d("a") = 1: d.RemoveAll: WScript.Echo d.Count', "0"),
    "its type has a name": ("WScript.Echo TypeName(d), IsObject(d)", "Dictionary True"),
    "With works on it": ('With d: .Add "a", 1: WScript.Echo .Count, .Item("a"): End With', "1 1"),
    "an unknown member is error 438": ("d.Nothing1", "!438"),
    "Count can't be assigned": ("d.Count = 1", "!438"),
    "too many arguments are error 450": ('d.Add "a", 1, 2', "!450"),
    "too few arguments are error 450": ('d.Add "a"', "!450"),
    "Date keys are found again": ("d(#2020-01-02#) = 1: WScript.Echo d(#2020-01-02#), TypeName(d.Keys()(0))", "1 Date"),
}


@pytest.mark.parametrize("sentence", PROGRAMS)
def test_dictionary(sentence: str) -> None:
    program, result = PROGRAMS[sentence]
    assert echoed(MAKE + program) == result


@pytest.mark.long
def test_a_hundred_thousand_keys_take_linear_time() -> None:
    assert echoed(MAKE + 'For i = 1 To 100000: d("k" & i) = i: Next: WScript.Echo d.Count, d("k77")') == "100000 77"
