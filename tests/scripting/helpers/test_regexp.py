import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postroom.languages.vbscript.utf16 import to_units
from postroom.scripting.helpers.regexp import KEPT, RegExp, search
from scripthouse import attempt, echoed

MAKE = "Dim r: Set r = New RegExp\n"
SHOW = '\nSub Show(t): For Each m In r.Execute(t): WScript.Echo m.Value & "@" & m.FirstIndex & "+" & m.Length: Next: End Sub\n'

PROGRAMS = {
    "a new one finds nothing but emptiness": ('WScript.Echo r.Pattern, r.Global, r.IgnoreCase, r.MultiLine, r.Test("x")', " False False False True"),
    "Test": (r'r.Pattern = "^\d{1,3}(\.\d{1,3}){3}$": WScript.Echo r.Test("192.0.2.1"), r.Test("192.0.2")', "True False"),
    "case counts unless IgnoreCase": ('r.Pattern = "abc": WScript.Echo r.Test("ABC"): r.IgnoreCase = True: WScript.Echo r.Test("ABC")', "False|True"),
    "Execute gives the first match": ('r.Pattern = "\\d+".Replace', "!424"),
    "Global gives every match": (r'r.Pattern = "\d+": r.Global = True: Show "a1b22c333"', "1@1+1|22@3+2|333@6+3"),
    "without Global the first only": (r'r.Pattern = "\d+": Show "a1b22c333"', "1@1+1"),
    "an empty match steps on": ('r.Pattern = "x*": r.Global = True: WScript.Echo r.Execute("axb").Count', "4"),
    "the default members lead to the text": (
        r'r.Pattern = "(\w)(\w)": Set c = r.Execute("ab"): WScript.Echo c(0), c(0).SubMatches(1), c.Item(0).SubMatches.Count',
        "ab b 2",
    ),
    "a group that took no part is Empty": (
        'r.Pattern = "(a)|(b)": WScript.Echo TypeName(r.Execute("b")(0).SubMatches(0)), r.Execute("b")(0).SubMatches(1)',
        "Empty b",
    ),
    "For Each walks the groups": ('r.Pattern = "(a)(b)": For Each s In r.Execute("ab")(0).SubMatches: WScript.Echo s: Next', "a|b"),
    "a match beyond the last is error 5": ('r.Pattern = "a": x = r.Execute("a")(1)', "!5"),
    "a group beyond the last is error 5": ('r.Pattern = "a": x = r.Execute("a")(0).SubMatches(0)', "!5"),
    "a point does not stop at a carriage return, as on Windows": ('r.Pattern = ".+": WScript.Echo Len(r.Execute("ab" & vbCrLf & "c")(0))', "3"),
    "a point stops at no other line end than LF": ('r.Pattern = ".+": WScript.Echo Len(r.Execute("a" & ChrW(&h2028) & "b")(0))', "3"),
    "a point in a class is a point": ('r.Pattern = "[.]": WScript.Echo r.Test("x"), r.Test(".")', "False True"),
    "an escaped point is a point": (r'r.Pattern = "a\.b": WScript.Echo r.Test("axb"), r.Test("a.b")', "False True"),
    "white space is ASCII's only": (
        r'r.Pattern = "\s": WScript.Echo r.Test(ChrW(160)), r.Test(vbTab): r.Pattern = "[\s]": WScript.Echo r.Test(ChrW(160)), r.Test(" ")',
        "False True|False True",
    ),
    "what is no white space": (r'r.Pattern = "\S": WScript.Echo r.Test(ChrW(160)), r.Test(vbTab)', "True False"),
    "MultiLine lets ^ and $ stand at line ends": (
        'r.Pattern = "^b$": WScript.Echo r.Test("a" & vbLf & "b"): r.MultiLine = True: WScript.Echo r.Test("a" & vbLf & "b")',
        "False|True",
    ),
    "lookahead and backreferences": (r'r.Pattern = "(\w)\1(?=c)(?!d)": Show "aabbc"', "bb@2+2"),
    "lazy quantifiers": ('r.Pattern = "a+?": Show "aaa"', "a@0+1"),
    "Replace replaces the first": ('r.Pattern = "a": WScript.Echo r.Replace("aaa", "b")', "baa"),
    "Replace replaces every one if Global": ('r.Pattern = "a": r.Global = True: WScript.Echo r.Replace("aaxa", "b")', "bbxb"),
    "Replace knows groups and the match": (
        r'r.Pattern = "(\w+)@(\w+)": WScript.Echo r.Replace("joe@example", "$2 at $1, $&, $$, $3, $0")',
        "example at joe, joe@example, $, $3, $0",
    ),
    "Replace knows what stands before and behind": ('r.Pattern = "b": WScript.Echo r.Replace("abc", "[$`|$\']")', "a[a|c]c"),
    "Replace writes nothing for a group that took no part": ('r.Pattern = "(x)?b": WScript.Echo r.Replace("ab", "<$1>")', "a<>"),
    "ten groups and one group with a zero": (
        'r.Pattern = "(a)": WScript.Echo r.Replace("a", "$10"): r.Pattern = "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)": WScript.Echo r.Replace("abcdefghij", "$10$1")',
        "a0|ja",
    ),
    "without a match the text stays": ('r.Pattern = "z": WScript.Echo r.Replace("abc", "x")', "abc"),
    "numbers and Empty are texts": (r'r.Pattern = "\d": WScript.Echo r.Test(5), r.Test(Empty)', "True False"),
    "Null is error 94": ("r.Test Null", "!94"),
    "a quantifier without anything before it is error 5018": ('r.Pattern = "*a": r.Test "a"', "!5018"),
    "two quantifiers are error 5018": ('r.Pattern = "a**": r.Test "a"', "!5018"),
    "an open class is error 5019": ('r.Pattern = "[a": r.Test "a"', "!5019"),
    "an open group is error 5020": ('r.Pattern = "(a": r.Test "a"', "!5020"),
    "a range backwards is error 5021": ('r.Pattern = "[z-a]": r.Test "a"', "!5021"),
    "a group closed twice is error 5017": ('r.Pattern = "a)": r.Test "a"', "!5017"),
    "a backslash at the end is error 5017": ('r.Pattern = "a\\": r.Test "a"', "!5017"),
    "setting a bad pattern is no error yet": ('r.Pattern = "(": WScript.Echo r.Pattern', "("),
    "an emoji counts two characters": ('r.Pattern = ".": r.Global = True: WScript.Echo r.Execute(ChrW(&hD83D) & ChrW(&hDE00)).Count', "2"),
    "a lone surrogate is found": (
        'r.Pattern = ChrW(&hD800): WScript.Echo r.Test("a" & ChrW(&hD800)), Hex(AscW(r.Execute("a" & ChrW(&hD800))(0)))',
        "True D800",
    ),
    "a text joined of many pieces is searched": (
        't = "": For i = 1 To 2000: t = t & "ab": Next: r.Pattern = "(ab)+$": WScript.Echo r.Execute(t)(0).Length',
        "4000",
    ),
    "NUL is a character": ('r.Pattern = "a" & Chr(0) & "b": WScript.Echo r.Test("a" & Chr(0) & "b")', "True"),
    "types have names": (
        'r.Pattern = "(a)": WScript.Echo TypeName(r), TypeName(r.Execute("a")), TypeName(r.Execute("a")(0)), TypeName(r.Execute("a")(0).SubMatches)',
        "IRegExp2 IMatchCollection2 IMatch2 ISubMatches",
    ),
    "the same by ProgID": ('Set r = CreateObject("vbscript.regexp"): r.Pattern = "a": WScript.Echo r.Test("a")', "True"),
}
del PROGRAMS["Execute gives the first match"]


@pytest.mark.parametrize("sentence", PROGRAMS)
def test_regexp(sentence: str) -> None:
    program, result = PROGRAMS[sentence]
    assert echoed(MAKE + program + SHOW) == result


@given(st.text(max_size=30), st.text(max_size=200))
@settings(deadline=None)
def test_any_pattern_on_any_text_gives_matches_or_a_script_error(pattern: str, text: str) -> None:
    units = to_units(text)
    found, error = attempt(search, to_units(pattern), units, every=True)
    assert error == 0 or 5017 <= error <= 5021
    assert all(0 <= one.whole[0] <= one.whole[1] <= len(units) for one in found or [])


@given(st.text(max_size=100), st.text(alphabet="$&`'0123456789x", max_size=20))
@settings(deadline=None)
def test_replacing_every_character_by_itself_changes_nothing_and_no_template_breaks(text: str, template: str) -> None:
    expression = RegExp()
    expression.pattern, expression.global_ = "[^]", True
    assert expression.replace(to_units(text), "$&") == to_units(text)
    expression.replace(to_units(text), template)


@pytest.mark.parametrize("pattern", ["(" * 5000 + ")" * 5000, "[" * 10000, "a{1000000000}", "(?:" * 20000, "\\" * 9999, "(a*)*" * 300])
def test_a_monstrous_pattern_ends_as_a_script_error_or_a_result(pattern: str) -> None:
    assert attempt(search, pattern, "b" * 50)[1] in {0, 7, 28, 5017, 5018, 5019, 5020, 5021}


@pytest.mark.long
def test_a_long_text_is_searched() -> None:
    assert len(search("ab", "ab" * 100_000, every=True)) == 100_000


def test_more_patterns_than_are_kept_find_the_same_again_and_again() -> None:
    for _ in range(2):
        for number in range(KEPT + 20):
            text = f"x{number}x{number}"
            assert [one.whole[0] for one in search(f"X{number}", text, flags="i", every=True)] == [0, len(text) // 2]
            assert search(f"X{number}", text) == []
