"""Whole scripts as administrators write them."""

import pytest

from languages.vbscript.running import Screen, output
from postroom.languages.vbscript.compiler.units import compile_text
from postroom.languages.vbscript.context import Context
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.runtime.run import Run
from postroom.languages.vbscript.values import EMPTY, Long, Object, Value

INCLUDED = (
    'Const GREETING = "hello"\nDim counter : counter = 10\nFunction Greet(who) : counter = counter + 1 : Greet = GREETING & ", " & who : End Function'
)


class Result(Object):
    """The server's Result."""

    def __init__(self) -> None:
        self.members: dict[str, Value] = {"value": Long(0), "message": ""}

    def get(self, name: str, args: list[Value]) -> Value:
        if name not in self.members:
            raise VBScriptError(438)
        return self.members[name]

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        self.members[name] = value


class Files(Object):
    """FileSystemObject, as far as reading one file; the first opening fails as a locked file does."""

    tries = 0

    def get(self, name: str, args: list[Value]) -> Value:
        if name == "opentextfile":
            Files.tries += 1
            if Files.tries % 2:
                raise VBScriptError(70)
            return self
        if name == "readall":
            return INCLUDED
        if name == "close":
            return EMPTY
        raise VBScriptError(438)


HANDLERS = """
Option Explicit
Private Const LIMIT = 3
Public obSink

Function Include(sInstFile)
   Dim f, s, oFSO
   Set oFSO = CreateObject("Scripting.FileSystemObject")
   On Error Resume Next
   Do
      Err.Clear
      Set f = oFSO.OpenTextFile(sInstFile)
   Loop While Err.Number = 70
   On Error GoTo 0
   s = f.ReadAll
   f.Close
   ExecuteGlobal s
End Function

Sub OnHELO(oClient)
   Dim re : Const BAD = "bad host"
   Select Case LCase(oClient.HELO)
      Case "localhost", "[127.0.0.1]"
         Result.Value = 2
         Result.Message = "Go away, " & oClient.HELO & "."
      Case BAD
         Result.Value = 1
      Case Else
         If InStr(oClient.HELO, ".") = 0 Then Result.Value = 3 : Result.Message = "No dots"
   End Select
End Sub

Sub OnAcceptMessage(oClient, oMessage)
   Include "C:\\helpers.vbs"
   EventLog.Write(Greet(oClient.HELO) & " " & counter)
   Dim i, aWords
   aWords = Split("viagra casino lottery")
   For i = 0 To UBound(aWords)
      If InStr(1, oMessage.Subject, aWords(i), vbTextCompare) > 0 Then
         With Result
            .Value = .Value + 1
            .Message = .Message & aWords(i) & ";"
         End With
      End If
   Next
   If Result.Value >= LIMIT Then
      Exit Sub
   End If
   oMessage.Subject = "[checked] " & oMessage.Subject
End Sub
"""


class Log(Screen):
    """EventLog."""

    def get(self, name: str, args: list[Value]) -> Value:
        return super().get("echo" if name == "write" else name, args)


class Bag(Result):
    """An object of properties."""

    def __init__(self, **members: Value) -> None:
        self.members = members


def fired(event: str, *objects: Object) -> tuple[Result, Log]:
    result, log = Result(), Log()
    run = Run({"Result": result, "EventLog": log}, context=Context(create_object=lambda *_: Files()))
    run.load(compile_text(HANDLERS))
    run.call(event, objects)
    run.close()
    return result, log


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [("localhost", 2, "Go away, localhost."), ("BAD HOST", 1, ""), ("nodots", 3, "No dots"), ("mail.example.com", 0, "")],
)
def test_a_handler_answers_helo(name: str, value: int, message: str) -> None:
    result, _ = fired("OnHELO", Bag(helo=name))
    assert (result.members["value"], result.members["message"]) == (value, message)


def test_a_handler_includes_a_file_and_changes_a_message() -> None:
    message = Bag(subject="Win the LOTTERY at our casino")
    result, log = fired("OnAcceptMessage", Bag(helo="mx"), message)
    assert log.lines == ["hello, mx 11"]
    assert result.members["message"] == "casino;lottery;"
    assert message.members["subject"] == "[checked] Win the LOTTERY at our casino"


STACK = """
Class Stack
   Private items, top
   Private Sub Class_Initialize
      ReDim items(1)
      top = -1
   End Sub
   Public Property Get Count : Count = top + 1 : End Property
   Public Sub Push(ByVal value)
      If top = UBound(items) Then ReDim Preserve items(top * 2 + 1)
      top = top + 1
      If IsObject(value) Then Set items(top) = value Else items(top) = value
   End Sub
   Public Function Pop
      If top < 0 Then Err.Raise vbObjectError + 1, "Stack", "Stack is empty"
      If IsObject(items(top)) Then Set Pop = items(top) Else Pop = items(top)
      items(top) = Empty
      top = top - 1
   End Function
End Class
Dim s, i
Set s = New Stack
For i = 1 To 5 : s.Push i * i : Next
s.Push s
WScript.Echo s.Count, TypeName(s.Pop), s.Pop, s.Pop, s.Count
For i = 1 To 3 : s.Pop : Next
On Error Resume Next
s.Pop
WScript.Echo Err.Source, Err.Description, s.Count
"""
SORT = """
Sub QuickSort(a, low, high)
   Dim i, j, pivot, swap
   i = low : j = high : pivot = a((low + high) \\ 2)
   Do While i <= j
      While a(i) < pivot : i = i + 1 : Wend
      While pivot < a(j) : j = j - 1 : Wend
      If i <= j Then
         swap = a(i) : a(i) = a(j) : a(j) = swap
         i = i + 1 : j = j - 1
      End If
   Loop
   If low < j Then QuickSort a, low, j
   If i < high Then QuickSort a, i, high
End Sub
Dim list : list = Array(5, 3, 9, -1, 7, 3, 0, 12)
QuickSort list, LBound(list), UBound(list)
WScript.Echo Join(list, " ")
"""
ROMAN = """
Function Roman(ByVal n)
   Dim v, t, i
   v = Array(1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
   t = Split("M CM D CD C XC L XL X IX V IV I")
   Do Until n = 0
      For i = 0 To UBound(v)
         If n >= v(i) Then Roman = Roman & t(i) : n = n - v(i) : Exit For
      Next
   Loop
End Function
Dim year : year = 1984
WScript.Echo Roman(year), Roman(2026), year
"""
SIEVE = """
Dim prime(100), i, j, text
For i = 2 To 100 : prime(i) = True : Next
For i = 2 To 10
   If prime(i) Then
      For j = i * i To 100 Step i : prime(j) = False : Next
   End If
Next
For i = 2 To 30
   If prime(i) Then text = text & " " & i
Next
WScript.Echo Trim(text)
"""
TEXTS = """
Function Wrap(ByVal text, width)
   Dim word, line
   For Each word In Split(text, " ")
      If Len(line) + Len(word) > width Then
         Wrap = Wrap & RTrim(line) & "/"
         line = ""
      End If
      line = line & word & " "
   Next
   Wrap = Wrap & RTrim(line)
End Function
Function Reverse(s) : If Len(s) < 2 Then Reverse = s Else Reverse = Reverse(Mid(s, 2)) & Left(s, 1)
End Function
WScript.Echo Wrap("the quick brown fox jumps over the lazy dog", 12)
WScript.Echo Reverse("stressed")
"""


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (STACK, "6 Stack 25 16 3|Stack Stack is empty 0"),
        (SORT, "-1 0 3 3 5 7 9 12"),
        (ROMAN, "MCMLXXXIV MMXXVI 1984"),
        (SIEVE, "2 3 5 7 11 13 17 19 23 29"),
        (TEXTS, "the quick/brown fox/jumps over/the lazy dog|desserts"),
    ],
    ids=["stack", "quicksort", "roman numbers", "sieve", "texts"],
)
def test_well_known_programs(program: str, expected: str) -> None:
    assert output(program) == expected
