"""The host's side: objects, named globals, calls from outside, stopping, and where errors are."""

import threading
from collections.abc import Iterator

import pytest

from languages.vbscript.running import Screen, output
from postroom.languages.vbscript.compiler.units import compile_text
from postroom.languages.vbscript.context import Context
from postroom.languages.vbscript.errors import Stopped, VBScriptError
from postroom.languages.vbscript.runtime.run import Run
from postroom.languages.vbscript.values import EMPTY, NOTHING, NULL, Array, Long, Object, Value


class Message(Object):
    """An object as the server has them: a property, an indexed one, items, a method with an out-parameter."""

    type_name = "Message"

    def __init__(self) -> None:
        self.subject = "Hello"
        self.headers: dict[str, Value] = {}
        self.puts: list[tuple[str, list[Value], Value, bool]] = []

    def get(self, name: str, args: list[Value]) -> Value:
        if name == "subject":
            return self.subject
        if name in {"headervalue", ""}:
            return self.headers.get(args[0], "") if args else "default"
        if name == "lookup":
            args[1] = f"found {args[0]}"
            return Long(1)
        if name == "self":
            return self
        raise VBScriptError(438)

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        if name == "subject":
            self.subject = value
        elif name in {"headervalue", ""}:
            self.headers[args[0] if args else ""] = value
        else:
            raise VBScriptError(438)
        self.puts.append((name, args, value, by_set))

    def call(self, name: str, args: list[Value]) -> Value:
        if name == "broken":
            raise KeyError(name)
        return super().call(name, args)

    def enumerate(self) -> Iterator[Value]:
        return iter(["one", "two"])

    def has(self, name: str) -> bool:
        return name in {"subject", "headervalue", "lookup"}


OF_OBJECTS = [
    ("WScript.Echo m.Subject, m.SUBJECT", "Hello Hello"),
    ('m.Subject = "New" : WScript.Echo m.Subject', "New"),
    ('m.Subject = "[" & m.Subject & "]" : WScript.Echo m.Subject', "[Hello]"),
    ('m.HeaderValue("X") = "v" : WScript.Echo m.HeaderValue("X")', "v"),
    ('m("X") = "v" : WScript.Echo m("X")', "v"),
    ('m.Self.Self.HeaderValue("X") = 1 : WScript.Echo m.Self.HeaderValue("X")', "1"),
    ("WScript.Echo m", "default"),
    ("x = m : WScript.Echo x", "default"),
    ('WScript.Echo m & "!", m = "default"', "default! True"),
    ('r = m.Lookup("a", out) : WScript.Echo r, out', "1 found a"),
    ('m.Lookup "a", out : WScript.Echo out', "found a"),
    ('Call m.Lookup("a", out) : WScript.Echo out', "found a"),
    ('m.Lookup "a", (out) : WScript.Echo "[" & out & "]"', "[]"),
    ('Dim a(1) : m.Lookup "a", a(1) : WScript.Echo a(1)', "found a"),
    ('Sub S(p) : m.Lookup "b", p : End Sub\nS x : WScript.Echo x', "found b"),
    ("For Each i In m : WScript.Echo i : Next", "one|two"),
    ('With m : .Subject = "W" : .HeaderValue("A") = 2 : WScript.Echo .Subject, .HeaderValue("A") : End With', "W 2"),
    ("Set n = m : n.Subject = 5 : WScript.Echo m.Subject", "5"),
    ("WScript.Echo TypeName(m)", "Message"),
    ("m.Nothing", "!438"),
    ("m.Nothing = 1", "!438"),
    ('Set m.HeaderValue("o") = m : WScript.Echo m.HeaderValue("o").Subject', "Hello"),
    ('WScript.Echo Subject : Subject = "global" : WScript.Echo m.Subject', "Hello|global"),
    ('HeaderValue("g") = 3 : WScript.Echo HeaderValue("g")', "3"),
    ("Sub S : WScript.Echo Subject : End Sub\nS", "Hello"),
    ("Sub S : Dim Subject : Subject = 1 : WScript.Echo Subject : End Sub\nS", "1"),
]


def of_message(program: str) -> str:
    message, screen = Message(), Screen()
    run = Run({"WScript": screen, "M": message}, members=(message,))
    try:
        run.load(compile_text(program))
    except VBScriptError as error:
        screen.lines.append(f"!{error.number}")
    return "|".join(screen.lines)


def test_objects_of_the_host() -> None:
    assert [(program, expected, found) for program, expected in OF_OBJECTS if (found := of_message(program)) != expected] == []


def test_set_and_let_tell_themselves_apart() -> None:
    message = Message()
    Run({"m": message}).load(compile_text('m.HeaderValue("a", "b") = 1\nSet m.HeaderValue("c") = m\nm.Subject = Array(1)'))
    assert message.puts[:2] == [("headervalue", ["a", "b"], 1, False), ("headervalue", ["c"], message, True)]
    assert type(message.puts[2][2]) is Array


def test_the_host_calls_procedures_by_name_in_any_case() -> None:
    run = Run()
    run.load(compile_text("Function OnHELO(a, b)\nOnHELO = a & b & TypeName(b)\nEnd Function"))
    assert run.has("onhelo")
    assert not run.has("OnDeliverMessage")
    assert run.call("OnHelo", ("x", 5)) == "x5Long"
    assert run.call("OnHelo", ("x", None)) == "xEmpty"
    with pytest.raises(VBScriptError) as caught:
        run.call("OnHelo", ("x",))
    assert caught.value.number == 450
    with pytest.raises(VBScriptError) as caught:
        run.call("Missing")
    assert caught.value.number == 13


def test_globals_are_fresh_in_each_run() -> None:
    unit = compile_text("n = n + 1\nFunction F : n = n + 1 : F = n : End Function")
    for _ in range(2):
        run = Run()
        run.load(unit)
        assert run.call("F") == 2


def test_a_text_is_compiled_once() -> None:
    assert compile_text("x = 12345") is compile_text("x = 12345")


def test_an_error_tells_line_column_code_and_name() -> None:
    with pytest.raises(VBScriptError) as caught:
        Run().load(compile_text('a = 1\nSub S\n\n    b = CInt("x")\nEnd Sub\nS'))
    error = caught.value
    assert (error.line, error.column, error.code, error.report) == (4, 5, '    b = CInt("x")', "Type mismatch: 'CInt'")
    assert error.hresult == 0x800A000D


@pytest.mark.parametrize(
    ("program", "report"),
    [
        ("Foo 1", "Type mismatch: 'foo'"),
        ("Option Explicit\nx = 1", "Variable is undefined: 'x'"),
        ("oMsg.Save", "Object required: 'oMsg'"),
        ("Set oMsg = Nothing : oMsg.Save", "Object variable not set: 'oMsg'"),
        ("WScript.Quux", "Object doesn't support this property or method: 'Quux'"),
        ('x = "abc" * 2', "Type mismatch: '[string: \"abc\"]'"),
        ("x = Left()", "Wrong number of arguments or invalid property assignment: 'Left'"),
        ("Set x = New Foo", "Class not defined: 'Foo'"),
        ('x = Left("a", -1)', "Invalid procedure call or argument: 'Left'"),
    ],
)
def test_a_report_names_the_culprit(program: str, report: str) -> None:
    with pytest.raises(VBScriptError) as caught:
        Run({"WScript": Screen()}).load(compile_text(program))
    assert caught.value.report == report


@pytest.mark.parametrize(
    "program",
    [
        "Do : Loop",
        "While True : Wend",
        "For i = 1 To 1 Step 0 : Next",
        "Sub S : S2 : End Sub\nSub S2 : Do : Call S3 : Loop : End Sub\nSub S3 : End Sub\nS",
    ],
)
@pytest.mark.parametrize("before", ["", "On Error Resume Next\n"])
def test_a_run_is_stopped_from_outside_whatever_it_does(program: str, before: str) -> None:
    run = Run()
    threading.Timer(0.02, run.stop).start()
    with pytest.raises(Stopped):
        run.load(compile_text(before + program))


@pytest.mark.parametrize("before", ["", "On Error Resume Next\n"])
def test_a_bug_of_the_host_is_never_swallowed(before: str) -> None:
    with pytest.raises(KeyError):
        Run({"m": Message()}).load(compile_text(before + "m.Broken\nx = 1"))


def test_a_bug_in_class_terminate_is_never_swallowed() -> None:
    program = "Class C : Private Sub Class_Terminate : m.Broken : End Sub : End Class\nSet o = New C : Set o = Nothing\nDo : Loop"
    with pytest.raises(KeyError):
        Run({"m": Message()}).load(compile_text(program))


def test_the_host_makes_objects() -> None:
    context = Context(create_object=lambda name, _: Message() if name == "My.Message" else NOTHING)
    assert output('Set x = CreateObject("My.Message") : WScript.Echo x.Subject', context=context) == "Hello"
    assert output("Set r = New RegExp : WScript.Echo r Is Nothing", context=context) == "True"


def test_values_of_the_host() -> None:
    run = Run()
    run.load(compile_text("Function F(x) : F = TypeName(x) : End Function"))
    given = {"String": "a", "Long": 5, "Double": 5.5, "Boolean": True, "Empty": None, "Null": NULL, "Nothing": NOTHING, "Variant()": [1, "b"]}
    assert {name: run.call("F", (value,)) for name, value in given.items()} == {name: name for name in given}
    assert run.call("F", (1 << 40,)) == "Double"
    assert run.call("F", (EMPTY,)) == "Empty"


@pytest.mark.parametrize("before", ["", "On Error Resume Next\n"])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("If True Then\n", "End If\n"), ("Do\n", "Exit Do\nLoop\n"), ("For i{} = 1 To 1\n", "Next\n"), ("For Each i{} In Array(1)\n", "Next\n"),
        ("With WScript\n", "End With\n"), ("Select Case 1\nCase 1\n", "End Select\n"), ("If False Then\nElse\n", "End If\n"),
    ],
)  # fmt: skip
def test_blocks_nest_two_hundred_deep(before: str, opening: str, closing: str) -> None:
    program = before + "".join(opening.format(depth) for depth in range(200)) + 'WScript.Echo "in"\n' + closing * 200 + 'WScript.Echo "out"'
    assert output(program) == "in|out"


def test_exit_leaves_loops_that_lie_deep() -> None:
    nested = "Do\n" + "For i = 1 To 2\nIf True Then\nWith WScript\n" * 12 + "Exit Do\n" + "End With\nEnd If\nNext\n" * 12 + "Loop\nWScript.Echo i"
    assert output(nested) == "1"
    inner = "Function F\nDo\n" + "If True Then\nDo\n" * 12 + "F = 7\nExit Function\n" + "Loop\nEnd If\n" * 12 + "Loop\nEnd Function\nWScript.Echo F"
    assert output(inner) == "7"
    resumed = "On Error Resume Next\n" + "If True Then\n" * 20 + "On Error GoTo 0\n" + "End If\n" * 20 + "x = 1 / 0"
    assert output(resumed) == "!11"


@pytest.mark.parametrize(
    "text", ["(" * 5000, "x = " + "(" * 5000, "x = " + "Not " * 5000 + "1", "x = a" + ".b" * 5000, "x = " + "a(" * 5000, "If x Then\n" * 5000]
)
def test_nesting_without_end_is_an_error_of_vbscript(text: str) -> None:
    with pytest.raises(VBScriptError) as caught:
        compile_text(text)
    assert caught.value.number in {1001, 1024, 1002}


def test_recursion_without_end_is_error_28() -> None:
    assert output("Sub R(n) : R n + 1 : End Sub\nR 1") == "!28"
    assert output("Class C : Public Default Function F(n) : F = Me(n) : End Function : End Class\nSet c = New C : x = c(1)") == "!28"
    assert output('Sub R : Execute "R" : End Sub\nR') == "!28"
    assert output('Function R : R = Eval("Q") : End Function\nFunction Q : Q = R() : End Function\nx = R()') == "!28"
