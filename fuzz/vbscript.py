"""Throws programs at random at VBScript: `python fuzz/vbscript.py --runs 20000 --seed 1`.

Compiling ends with code or a compilation error that has a place in the text; a run ends well or with an error of VBScript. Nothing else is raised.
"""

import random
import threading
import time

from fuzzing import fuzz
from postroom.languages.vbscript.compiler.units import compile_text
from postroom.languages.vbscript.errors import CompileError, Stopped, VBScriptError
from postroom.languages.vbscript.runtime.run import Run

WORDS = [
    "a", "b", "c", "f", "Me", "x(1)", "(", ")", ",", ".", ":", "=", "+", "-", "*", "/", "\\", "^", "&", "<>", "<", ">=", "Is", "Not", "And",
    "Or", "Xor", "Eqv", "Imp", "Mod", "1", "1.5", "&hFF&", "&o7", '"s"', '"', "#1/2/2020#", "#", "'", "Rem", "_", "Dim", "ReDim",
    "Preserve", "Set", "Let", "Const", "If", "Then", "ElseIf", "Else", "End If", "End", "For", "Each", "In", "To", "Step", "Next", "Do",
    "While", "Until", "Loop", "Wend", "Select Case", "Case", "End Select", "With", "End With", "Sub", "Function", "End Sub", "End Function",
    "Class", "End Class", "Property Get", "Property Let", "End Property", "Public", "Private", "Default", "ByRef", "ByVal", "New",
    "Nothing", "Null", "Empty", "True", "Exit Do", "Exit Sub", "Call", "On Error Resume Next", "On Error GoTo 0", "Option Explicit",
    "Erase", "Execute", "Eval(", "GetRef(", "Array(", "Len(", "Mid(", "CInt(", "Err.Raise", "Randomize", "[a b]", "\n", "\n", "\n", "\r",
    "\t", "\0", "é", "\ud800", "!", "?", "{", "@",
]  # fmt: skip
STATEMENTS = [
    "a = a + 1", "b = b & a", "Dim d(2), e", "ReDim Preserve c(3)", "If a > b Then c = 1 Else c = 2", "For i = 1 To 3 : a = a * 2 : Next",
    "For Each q In Array(1, 2) : b = b & q : Next", "Do While a < 3 : a = a + 1 : Loop",
    "Select Case a : Case 1, 2 : b = 3 : Case Else : b = 4 : End Select", "Sub S(x) : x = x + 1 : End Sub",
    "Function F(x) : F = x * 2 : End Function", "S a", "a = F(b)", "On Error Resume Next", "On Error GoTo 0",
    "Class K : Public v : Property Get P : P = v : End Property : Sub Class_Terminate : End Sub : End Class",
    "Set o = New K : o.v = 1 : a = o.P", 'Execute "a = a + 1"', 'b = Eval("a + 1")', "With o : .v = 2 : End With", "Err.Raise 5",
    "a = 1 / 0", "c(1) = Null", 'b = Mid("abc", a, 2)', "Exit Sub", "a = Not b Imp c", 'Set r = GetRef("F") : a = r(1)', "a = CInt(b)",
    "Erase c", "b = CStr(Now)", "a = #1/2/2020# + b", "ExecuteGlobal b",
]  # fmt: skip
SECONDS = 5.0
DEADLINE = 2.0
"""Seconds after which a program that loops for ever is stopped, as the host would."""


def program(dice: random.Random) -> str:
    """Write a program: words at random, or statements with a word out of place now and then."""
    if dice.random() < 0.4:
        return " ".join(dice.choices(WORDS, k=dice.randrange(40)))
    lines = dice.choices(STATEMENTS, k=dice.randrange(1, 10))
    for _ in range(dice.choice((0, 0, 1, 2))):
        place = dice.randrange(len(lines))
        words = lines[place].split(" ")
        words[dice.randrange(len(words))] = dice.choice(WORDS)
        lines[place] = " ".join(words)
    depth = dice.randint(20, 230) if dice.random() < 0.02 else 0
    return "If a Then\n" * depth + "\n".join(lines) + "\nEnd If" * depth


def proper(error: VBScriptError, text: str, least: int) -> None:
    """Hold an error against the text that it is of."""
    assert least <= error.line, text
    assert least == 0 or error.line <= text.count("\n") + text.count("\r") + 1, text
    assert error.description, text


def check(dice: random.Random) -> None:
    """Compile and run one; raises AssertionError, or what should never be raised."""
    text = program(dice)
    before = time.process_time()
    try:
        unit = compile_text(text)
    except CompileError as error:
        proper(error, text, least=1)
        return
    run = Run()
    clock = threading.Timer(DEADLINE, run.stop)
    clock.start()
    try:
        run.load(unit)
        run.close()
    except VBScriptError as error:
        proper(error, text, least=0)
    except Stopped:
        before = time.process_time()
    finally:
        clock.cancel()
    assert time.process_time() - before < SECONDS, f"too slow: {text[:200]}"


if __name__ == "__main__":
    fuzz(check)
