"""What the dialect becomes for the engine: tables, and programs that chance writes."""

import json

import _quickjs as quickjs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.jscript.hosts import Shelf, failure, output
from postroom.languages.jscript.errors import JScriptSyntaxError
from postroom.languages.jscript.rewriting import rewritten
from postroom.languages.jscript.run import Run
from postroom.languages.jscript.tokens import tokens_of
from postroom.languages.vbscript.errors import VBScriptError

REWRITTEN = r"""
oMessage.HeaderValue("X") = v                  -> oMessage.$$put.HeaderValue("X").$$value = v
a.b(1).c(2) += f(3)                            -> a.$$call.b(1).$$put.c(2).$$value += f(3)
o("x")++                                       -> o.$$at("x").$$value++
++o.Item(1)                                    -> ++o.$$put.Item(1).$$value
++o.Item(1).x                                  -> ++o.$$call.Item(1).x
o.a(1)(2) = 3                                  -> o.$$call.a(1).$$at(2).$$value = 3
o["a"](1) = 3                                  -> o.$$put["a"](1).$$value = 3
a.b(c).d = e                                   -> a.$$call.b(c).d = e
f(x)[1] = 2                                    -> f(x)[1] = 2
x = y(1) == 2                                  -> x = y(1) == 2
x = y(1) === 2                                 -> x = y(1) === 2
f(a) => b                                      -> f(a) => b
if (f(x)) ++y                                  -> if (f(x)) ++y
super.x(1)                                     -> super.x(1)
a?.b(1)                                        -> a?.b(1)
new A.B(1)                                     -> new A.$$call.B(1)
1..toString()                                  -> 1..$$call.toString()
a.b.c                                          -> a.b.c
({a: 1}).b()                                   -> ({a: 1}).$$call.b()
this.#x()                                      -> this.#x()
typeof x                                       -> (typeof x=="undefined"?"undefined":$$typeof(x))
typeof(x)                                      -> (typeof(x)=="undefined"?"undefined":$$typeof(x))
typeof a.b(c).d                                -> $$typeof( a.$$call.b(c).d)
typeof -x                                      -> typeof -x
typeof x`y`                                    -> typeof x`y`
[1,2,]                                         -> [1,2,,]
a[1,2]                                         -> a[1,2]
eval("1")                                      -> eval($$text("1"))
a.eval("1")                                    -> a.$$call.eval("1")
throw x                                        -> throw $$mark(), x
a.throw                                        -> a.throw
try {} catch (e) { f() }                       -> try {} catch (e) {e=$$caught(e); f() }
try {} catch { f() }                           -> try {} catch {$$live(); f() }
x = {catch(e) { f() }}                         -> x = {catch(e) { f() }}
if (x) {}; else y                              -> if (x) {}  else y
function a.b(x) { return c.d(x) } e            -> a.b=function (x) { return c.$$call.d(x) }; e
with (o) { f() }                               -> with ($$with(o)) { (typeof $$in_f=="undefined"?f:$$in_f)() }
with (o) { f(1) = 2 }                          -> with ($$with(o)) { (typeof $$put_f=="undefined"?f.$$at:$$put_f)(1).$$value = 2 }
with (o) f(); g()                              -> with ($$with(o)) (typeof $$in_f=="undefined"?f:$$in_f)(); g()
"a(1) = 2"                                     -> "a(1) = 2"
/a(1) = 2/                                     -> /a(1) = 2/
/[/(] = /.b(1)                                 -> /[/(] = /.$$call.b(1)
a / b(1) / c                                   -> a / b(1) / c
`a(1) = ${b.c(1)} d`                           -> `a(1) = ${b.$$call.c(1)} d`
// a(1) = 2                                    -> // a(1) = 2
/* a(1) = 2 */                                 -> /* a(1) = 2 */
x = a <!-- b.c()                               -> x = a <!-- b.c()
/*@cc_on a(1) = 2 @*/                          ->          a.$$at(1).$$value = 2    
"""  # noqa: W291 - what was a comment is spaces

SLASHES = [
    ("a = b / c / d", "/ /"),
    ("a = /b/ / c", "/b/ /"),
    ("(a) / b / c", "/ /"),
    ("if (a) /b/.c()", "/b/"),
    ("a[0] / b / c", "/ /"),
    ("a++ / b", "/"),
    ("a\n++/b/.c", "/b/"),
    ("return /b/", "/b/"),
    ("x.return / b / c", "/ /"),
    ("{} /b/", "/b/"),
    ("x = {} / b / c", "/ /"),
    ("x = function () {} / b / c", "/ /"),
    ("function f() {} /b/", "/b/"),
    ("`${a}` / b / c", "/ /"),
    ("`${/}/}`", "/}/"),
    ("a => {} \n/b/", "/ /"),
    ("typeof /b/", "/b/"),
    ("case /b/:", "/b/"),
    ("[/b/, /[/]/]", "/b/ /[/]/"),
    ("this / b / c", "/ /"),
    ("a ? /b/ : /c/", "/b/ /c/"),
    (")/b/", "/ /"),
]


@pytest.mark.parametrize("row", REWRITTEN.strip("\n").splitlines())
def test_a_piece_of_the_dialect_becomes_standard(row: str) -> None:
    source, _, wanted = row.partition("-> ")
    assert rewritten(source.rstrip()).text.rstrip() == wanted.rstrip()


@pytest.mark.parametrize(("source", "wanted"), SLASHES)
def test_a_slash_is_division_or_begins_a_regular_expression(source: str, wanted: str) -> None:
    assert " ".join(token.text for token in tokens_of(source) if token.text.startswith("/")) == wanted


PLACES = [
    ("x = 1\n  undeclared()", 2, 3),
    ('d("a") = undeclared()', 1, 10),
    ('d.Item("a") = 1; undeclared()', 1, 18),
    ('d.Item("a").x = typeof y + undeclared()', 1, 28),
    ('"\u00e9\U0001f600"; undeclared()', 1, 7),
    ("function f() {\r\n  try { g() } catch (e) { throw e }\r\n}\r\nf()", 2, 9),
    ("/* a\nb */ var x = ;", 2, 14),
    ('d.Item("x").y = [1,]; foo bar', 1, 27),
    ("\n\n\nthrow 'x'", 4, 6),
    ("@if (@_mac)\nx\n@end\nundeclared()", 4, 1),
    ("@if (1)\n @set 5\n@end", 2, 7),
    ("x = 1;\neval('\\n\\nundeclared()')", 2, 6),
]


@pytest.mark.parametrize(("program", "line", "column"), PLACES)
def test_an_error_tells_its_place_in_the_program_as_it_was_written(program: str, line: int, column: int) -> None:
    error = failure(program)
    assert (error.line, error.column) == (line, column)
    assert error.code == program.split("\n")[line - 1].rstrip("\r")


PIECES = (
    "a b c d o x ( ) [ ] { } . , ; : ? => = == += ++ -- / /x/ * ` ${ \" ' \\ \n \r\n // /* */ @cc_on @if @else @elif @end @set @x /*@cc_on @*/ //@if"
    " eval with catch throw typeof function new if else for while do return super class async let var 1 0x 1. .5 1n # \u00e9 \U0001f600 <!-- \u2028"
).split(" ")


@given(st.lists(st.sampled_from(PIECES), max_size=40).flatmap(lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))))
@settings(max_examples=200, deadline=None)
def test_no_text_ends_the_rewriting_with_anything_but_a_syntax_error(text: str) -> None:
    found = tokens_of(text)
    assert [token.start for token in found] == sorted({token.start for token in found})
    assert all(text.startswith(token.text, token.start) for token in found)
    try:
        program = rewritten(text)
    except JScriptSyntaxError as error:
        assert 0 < error.line <= text.count("\n") + 1  # noqa: PT017 - most texts raise nothing
        return
    assert program.text.count("\n") == text.count("\n")
    for line in range(1, text.count("\n") + 2):
        columns = [program.column(line, column) for column in range(1, 30)]
        assert columns == sorted(columns)


NAMES = st.sampled_from(["a", "b", "c"])


def calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions of standard JavaScript around others."""
    return st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "%", "<", "==", "===", "&&", "||", ","]), inner).map(
            lambda it: f"({it[0]} {it[1]} {it[2]})"
        ),
        st.tuples(st.sampled_from(["typeof ", "!", "-", "void ", "+"]), inner).map(lambda it: f"({it[0]}{it[1]})"),
        st.tuples(inner, st.sampled_from(["toString()", "valueOf()", "constructor.name", "length"])).map(lambda it: f"({it[0]}).{it[1]}"),
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, max_size=2).map(lambda items: f"f({', '.join(items)})"),
        st.lists(inner, max_size=2).map(lambda items: f"o.m({', '.join(items)})"),
        st.tuples(inner, inner).map(lambda it: f"({it[0]} ? {it[1]} : {it[2 - 1]})"),
        st.tuples(NAMES, inner).map(lambda it: f"({it[0]} = {it[1]})"),
        st.tuples(NAMES, st.sampled_from(["++", "--"])).map(lambda it: f"({it[0]}{it[1]})"),
        inner.map(lambda it: f"(function (x) {{ return x + {it} }})(1)"),
        inner.map(lambda it: f"{{k: {it}}}.k").map(lambda it: f"({it})"),
        inner.map(lambda it: f"`t${{{it}}}`"),
        inner.map(lambda it: f"eval({json.dumps(it)})"),
        inner.map(lambda it: f"String({it}).replace(/[a/]/g, '/')"),
    )


EXPRESSIONS = st.recursive(
    st.one_of(NAMES, st.sampled_from(["1", "2.5", '"s"', "null", "undefined", "true", "/r/g", "typeof a"])), calls, max_leaves=8
)


def statements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(EXPRESSIONS, inner, inner).map(lambda it: f"if ({it[0]}) {{ {it[1]} }} else {{ {it[2]} }}"),
        inner.map(lambda it: f"for (var i = 0; i < 2; i++) {{ {it} }}"),
        st.tuples(inner, inner).map(lambda it: f"try {{ {it[0]} }} catch (e) {{ {it[1]} }}"),
        st.tuples(NAMES, inner).map(lambda it: f"with ({{a: 1}}) {{ {it[1]} }}"),
        st.tuples(inner, inner).map("\n".join),
        inner.map(lambda it: f"(function () {{ {it} }})();"),
        inner.map(lambda it: f"switch (a) {{ case 1: {it} break; default: {it} }}"),
    )


PROGRAMS = st.recursive(st.one_of(EXPRESSIONS.map(lambda it: f"log({it});"), EXPRESSIONS.map(lambda it: f"throw {it};")), statements, max_leaves=5)
BEFORE = """var a = 1, b = "two", c = [3], said = [], o = {m: function (x) { return [this === o, x] }};
function f(x, y) { return arguments.length + String(x) }
function log(x) { said.push(typeof x, String(x)) }
"""


@given(PROGRAMS)
@settings(max_examples=60, deadline=None)
def test_a_program_without_the_dialect_means_what_it_meant(program: str) -> None:
    whole = f"{BEFORE}try {{ {program} }} catch (thrown) {{ said.push(typeof thrown) }}\n"
    plain = quickjs.Context()
    plain.eval(whole + "0")
    assert output(whole + 'WScript.Echo(said.join("|"))') == plain.eval('said.join("|")')


@pytest.mark.long
def test_a_long_program_is_rewritten_in_linear_time() -> None:
    for piece in ('o.Item("x") = f(1);\n', "a(", "(", "[1,", "{", "`${", "var x, ", "with (o) f(", "/[", "++a.b(", "function a.b(", "typeof x."):
        found = rewritten(piece * 2_000)
        assert found.text.count("\n") == found.source.count("\n")


def test_deep_conditions_of_conditional_compilation_are_refused() -> None:
    with pytest.raises(JScriptSyntaxError):
        rewritten("@if (" + "(" * 5000 + "1")
    with pytest.raises(JScriptSyntaxError):
        rewritten("@if (" + "!" * 5000 + "1")


DEEP = [
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("f(", ")"),
    ("a.b(", ")"),
    ("o[", "]"),
    ("function () {", "}"),
    ("if (a) {", "}"),
    ("with (d) {", "}"),
    ("!", ""),
    ("a = ", ""),
]


@pytest.mark.long
@given(st.lists(st.sampled_from(DEEP), min_size=1, max_size=4), st.sampled_from([5, 50, 500, 5_000]), st.sampled_from(["1", "d('a') = 2", "", "@if"]))
@settings(max_examples=40, deadline=None)
def test_a_deep_program_ends_with_a_value_or_an_error_of_jscript(kinds: list[tuple[str, str]], depth: int, inner: str) -> None:
    opening = "".join(kinds[level % len(kinds)][0] for level in range(depth))
    closing = "".join(kinds[level % len(kinds)][1] for level in reversed(range(depth)))
    run, failed = Run({"d": Shelf()}), None
    try:
        run.load(rewritten(f"var a, f, o; x = {opening}{inner}{closing}"))
    except VBScriptError as error:
        failed = error
    finally:
        run.close()
    assert failed is None or failed.description
