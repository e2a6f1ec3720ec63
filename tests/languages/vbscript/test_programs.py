"""Programs that chance writes: the compiler ends with code or an error of VBScript, a run with values or an error of VBScript."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from languages.vbscript.running import Screen
from postroom.languages.vbscript.compiler.units import compile_fragment, compile_text, with_room
from postroom.languages.vbscript.errors import CompileError, VBScriptError
from postroom.languages.vbscript.runtime.run import Run

pytestmark = pytest.mark.long

with_room()  # hypothesis wants to see no change of that limit during a test

NAMES = ["a", "b", "c", "F", "S", "o", "wscript", "[x y]", "err", "Left", "vbCrLf", "Me", "Class1"]
LITERALS = [
    "1",
    "-1",
    "32767",
    "2147483647",
    "0",
    ".5",
    "1E3",
    '"abc"',
    '"12"',
    '""',
    "True",
    "Null",
    "Empty",
    "Nothing",
    "&HFF",
    "#1/2/2020#",
    "&H80000000",
]
OPERATORS = "+ - * / \\ Mod ^ & = <> < > <= >= And Or Xor Eqv Imp Is".split()


def extended(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, st.sampled_from(OPERATORS), inner).map(" ".join),
        inner.map("({})".format),
        inner.map("Not {}".format),
        inner.map("-{}".format),
        st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=3)).map(lambda call: f"{call[0]}({', '.join(call[1])})"),
        st.tuples(st.sampled_from(NAMES), st.sampled_from(["Name", "Echo", "Number", "If"])).map(".".join),
        inner.map("Array({})".format),
        inner.map("UBound({})".format),
        inner.map("Eval({})".format),
    )


EXPRESSIONS = st.recursive(st.sampled_from(NAMES + LITERALS), extended, max_leaves=8)
SIMPLE = st.one_of(
    st.tuples(st.sampled_from(NAMES), EXPRESSIONS).map(" = ".join),
    st.tuples(st.sampled_from(NAMES), EXPRESSIONS).map("Set {0[0]} = {0[1]}".format),
    st.tuples(st.sampled_from(NAMES), EXPRESSIONS, EXPRESSIONS).map("{0[0]}({0[1]}) = {0[2]}".format),
    st.tuples(st.sampled_from(NAMES), EXPRESSIONS).map("{0[0]}.Name = {0[1]}".format),
    st.tuples(st.sampled_from(NAMES), st.lists(EXPRESSIONS, max_size=3)).map(lambda call: f"{call[0]} {', '.join(call[1])}"),
    st.tuples(st.sampled_from(NAMES), EXPRESSIONS).map("Call {0[0]}({0[1]})".format),
    EXPRESSIONS.map("ReDim Preserve a({})".format),
    EXPRESSIONS.map("wscript.Echo {}".format),
    EXPRESSIONS.map("Execute {}".format),
    st.sampled_from(
        [
            "Erase a",
            "Dim a",
            "Dim b(2)",
            "Const K = 1",
            "On Error Resume Next",
            "On Error GoTo 0",
            "Exit For",
            "Exit Do",
            "Set o = New Class1",
            "Err.Clear",
            "ReDim c(2, 1)",
        ]
    ),
)


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, max_size=4).map("\n".join)
    return st.one_of(
        st.tuples(EXPRESSIONS, body, body).map("If {0[0]} Then\n{0[1]}\nElse\n{0[2]}\nEnd If".format),
        st.tuples(EXPRESSIONS, body, EXPRESSIONS, body).map("If {0[0]} Then\n{0[1]}\nElseIf {0[2]} Then\n{0[3]}\nEnd If".format),
        st.tuples(EXPRESSIONS, body).map("For i = 1 To 3\nj = {0[0]}\n{0[1]}\nNext".format),
        st.tuples(EXPRESSIONS, body).map("For a = {0[0]} To 3\n{0[1]}\nExit For\nNext".format),
        st.tuples(EXPRESSIONS, body).map("For Each e In {0[0]}\n{0[1]}\nNext".format),
        st.tuples(EXPRESSIONS, body).map("Do While {0[0]}\n{0[1]}\nExit Do\nLoop".format),
        st.tuples(EXPRESSIONS, body).map("Select Case {0[0]}\nCase 1, a\n{0[1]}\nCase Else\nEnd Select".format),
        st.tuples(EXPRESSIONS, body).map("With {0[0]}\n{0[1]}\n.Name = 1\nEnd With".format),
        st.tuples(EXPRESSIONS, inner).map("If {0[0]} Then {0[1]}".format),
    )


STATEMENTS = st.recursive(SIMPLE, nested, max_leaves=8)
CLASS = """
Class Class1
Public Name
Private Sub Class_Terminate
{}
End Sub
Public Default Property Get P(i)
{}
End Property
End Class
"""
PROGRAMS = st.one_of(
    st.lists(STATEMENTS, max_size=6).map("\n".join),
    st.tuples(st.lists(STATEMENTS, max_size=4).map("\n".join), st.lists(STATEMENTS, max_size=4).map("\n".join)).map(
        "Function F(x)\n{0[0]}\nF = x\nEnd Function\nSub S(ByVal a)\n{0[0]}\nEnd Sub\n{0[1]}\nS 1\nb = F(2)".format
    ),
    st.tuples(STATEMENTS, STATEMENTS).map(lambda bodies: CLASS.format(*bodies) + "Set o = New Class1\nb = o(1)\nSet o = Nothing"),
)
WORDS = [
    "If", "Then", "Else", "End", "Sub", "Function", "For", "Next", "Do", "Loop", "While", "Wend", "Select", "Case", "Class", "Property", "Get", "(",
    ")", ",", ".", "=", "\n", ":", "_\n", "x", "1", '"s"', "+", "&", "Dim", "Set", "New", "Call", "With", "Exit", "On", "Error", "Resume", "ReDim",
    "Const", "Public", "Default", "To", "Each", "In", "Not", "Me", "#1/1/2020#", "[a]", "'", "Rem", "&H", "Option", "Explicit", "ByVal", "Nothing",
    "Execute", "End If", "End Sub", "Sub S\n",
]  # fmt: skip


def compiles_or_is_refused(text: str) -> None:
    for compiler in (compile_text, compile_fragment):
        refused = None
        try:
            compiler(text)
        except CompileError as error:
            refused = error
        assert refused is None or (refused.number > 1000 and refused.line >= 1)


@settings(max_examples=60, deadline=None)
@given(PROGRAMS)
def test_a_program_ends_with_values_or_an_error_of_vbscript(program: str) -> None:
    run, failed = Run({"wscript": Screen()}), None
    try:
        run.load(compile_text(program))
        run.close()
    except VBScriptError as error:
        failed = error
    assert failed is None or failed.line >= 1


@settings(max_examples=60, deadline=None)
@given(PROGRAMS, st.data())
def test_a_mutilated_program_is_code_or_an_error_of_vbscript(program: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(program))] * 2)))
    compiles_or_is_refused(program[:start] + data.draw(st.sampled_from(["", " ", "\n", '"', "(", *WORDS])) + program[end:])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_words_in_any_order_are_code_or_an_error_of_vbscript(text: str) -> None:
    compiles_or_is_refused(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_code_or_an_error_of_vbscript(text: str) -> None:
    compiles_or_is_refused(text)


BLOCKS = [
    ("If a = b Then", "End If"),
    ("If False Then\nElseIf Not c Then", "End If"),
    ("If False Then\nElse", "End If"),
    ("For i{0} = 1 To 1", "Next"),
    ("For Each e{0} In Array(1)", "Next"),
    ("Do", "Exit Do\nLoop"),
    ("Do While True", "Exit Do\nLoop"),
    ("While w{0} < 1\nw{0} = w{0} + 1", "Wend"),
    ("With wscript", "End With"),
    ("Select Case 2\nCase 1\nCase Else", "End Select"),
]
AROUND = [
    "{}",
    "On Error Resume Next\n{}",
    "Function F(a)\n{}\nF = a\nEnd Function\nb = F(1)",
    "Sub S\nOn Error Resume Next\n{}\nEnd Sub\nS",
    "Class Class1\nPublic Default Property Get P(i)\n{}\nP = i\nEnd Property\nEnd Class\nSet o = New Class1\nb = o(1)",
]


@st.composite
def deep_programs(draw: st.DrawFn) -> str:
    """Blocks within blocks, and expressions within expressions or in a long row, up to depths that nobody writes."""
    kinds = draw(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=5))
    depth = draw(st.one_of(st.integers(1, 30), st.integers(190, 260), st.integers(260, 600)))
    opening = [kinds[level % len(kinds)][0].format(level) for level in range(depth)]
    closing = [kinds[level % len(kinds)][1] for level in reversed(range(depth))]
    operands = draw(st.lists(st.sampled_from([*NAMES, *LITERALS]), min_size=1, max_size=5))
    operator = draw(st.sampled_from(OPERATORS))
    row = f" {operator} ".join(operands[n % len(operands)] for n in range(draw(st.sampled_from([1, 50, 5_000]))))
    brackets = draw(st.sampled_from([0, 20, 100, 2_000]))
    inner = [draw(SIMPLE), f"x = {'(' * brackets}{row}{')' * brackets}", draw(SIMPLE)]
    return draw(st.sampled_from(AROUND)).format("\n".join([*opening, *inner, *closing]))


@settings(max_examples=40, deadline=None)
@given(deep_programs())
def test_a_deep_program_ends_with_values_or_an_error_of_vbscript(program: str) -> None:
    run, failed = Run({"wscript": Screen()}), None
    try:
        run.load(compile_text(program))
        run.close()
    except VBScriptError as error:
        failed = error
    assert failed is None or failed.line >= 1


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(["F(n + 1)", "1 + F(n)", "o(n)", 'Eval("G(n)")', "F(F(n))", "Array(F(n))(0)"]), st.booleans(), st.integers(0, 60))
def test_any_recursion_without_end_is_error_28(call: str, resumes: bool, depth: int) -> None:
    opening, closing = "If True Then\n" * depth, "End If\n" * depth
    body = f"{opening}F = {call}\n{closing}"
    of_class = "Class Class1\nPublic Default Function P(n)\nP = F(n)\nEnd Function\nEnd Class\nSet o = New Class1\n"
    run = Run({"wscript": (screen := Screen())})
    program = f"Dim o\nFunction F(n)\n{body}End Function\nFunction G(n)\nG = F(n)\nEnd Function\n{of_class}"
    program += "On Error Resume Next\nx = F(1)\nwscript.Echo Err.Number" if resumes else "x = F(1)"
    failed = 0
    try:
        run.load(compile_text(program))
    except VBScriptError as error:
        failed = error.number
    assert (failed, screen.lines) == ((0, ["28"]) if resumes else (28, []))
