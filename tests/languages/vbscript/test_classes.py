"""Classes: variables, properties, defaults, birth and death of instances, and With."""

import pytest

from languages.vbscript.running import output
from postroom.languages.vbscript.compiler.units import compile_text
from postroom.languages.vbscript.errors import CompileError

PERSON = """
Class Person
  Private m_name
  Public Age
  Public Property Get Name : Name = m_name : End Property
  Public Property Let Name(value) : m_name = value : End Property
  Public Default Property Get Text : Text = m_name & "/" & Age : End Property
  Public Function Older(years) : Older = Age + years : End Function
  Private Function Hidden : Hidden = "secret" : End Function
  Public Function Shown : Shown = Hidden & Me.Hidden : End Function
  Public Sub Grow : Age = Age + 1 : End Sub
  Public Sub Rename(n) : Name = n : End Sub
  Public Sub RenameMe(n) : Me.Name = n : End Sub
End Class
Set p = New Person : p.Name = "Joe" : p.Age = 30
"""
OF_PERSON = [
    ("WScript.Echo p.Name", "Joe"),
    ("WScript.Echo p.NAME, p.age", "Joe 30"),
    ("WScript.Echo p", "Joe/30"),
    ('WScript.Echo p & "!"', "Joe/30!"),
    ("x = p : WScript.Echo x", "Joe/30"),
    ("WScript.Echo p.Text", "Joe/30"),
    ("WScript.Echo p.Older(5)", "35"),
    ("p.Grow : WScript.Echo p.Age", "31"),
    ("Call p.Grow : Call p.Grow() : p.Grow() : WScript.Echo p.Age", "33"),
    ('p.Rename "Ann" : WScript.Echo p.Name', "Ann"),
    ('p.RenameMe "Ann" : WScript.Echo p.Name', "Ann"),
    ("WScript.Echo p.Shown", "secretsecret"),
    ("WScript.Echo p.Hidden", "!438"),
    ("WScript.Echo p.m_name", "!438"),
    ("p.m_name = 1", "!438"),
    ("p.Missing", "!438"),
    ("p.Missing = 1", "!438"),
    ("WScript.Echo p.Missing", "!438"),
    ("WScript.Echo p.Older", "!450"),
    ("WScript.Echo p.Older(1, 2)", "!450"),
    ("p.Text = 1", "!450"),
    ("Set q = p : q.Age = 1 : WScript.Echo p.Age", "1"),
    ("Set q = New Person : q.Age = 1 : WScript.Echo p.Age", "30"),
    ("Set q = p : WScript.Echo p Is q", "True"),
    ("Set q = New Person : WScript.Echo p Is q", "False"),
    ("WScript.Echo p Is Nothing", "False"),
    ("WScript.Echo TypeName(p), IsObject(p), VarType(Nothing)", "Person True 9"),
    ('If p = "Joe/30" Then WScript.Echo 1', "1"),
    ('With p : .Age = 5 : .Name = "W" : WScript.Echo .Text, .Older(1) : End With', "W/5 6"),
    ("With p\nWith WScript\n.Echo 1\nEnd With\nWScript.Echo .Age\nEnd With", "1|30"),
    ("With p : WScript.Echo .Name & .Age : End With", "Joe30"),
    ("With p : WScript.Echo .Name, .Age : End With", "Joe 30"),
    ("With p : If .Age > 1 Then WScript.Echo .Name\nEnd With", "Joe"),
    ("With New Person : .Age = 3 : WScript.Echo .Age : End With", "3"),
    ("x = (New Person).Older(2) : WScript.Echo x", "2"),
    ("Dim a(1) : Set a(0) = p : a(0).Age = 9 : WScript.Echo p.Age, a(0).Name", "9 Joe"),
    ("Dim a(1) : Set a(0) = p : WScript.Echo a(0)", "Joe/30"),
    ("Dim a(1) : a(0) = p : WScript.Echo TypeName(a(0))", "String"),
    ("Function F : Set F = p : End Function\nWScript.Echo F.Name, F().Age", "Joe 30"),
    ('Function F : Set F = p : End Function\nF.Age = 8 : F().Name = "Z" : WScript.Echo p.Text', "Z/8"),
    ("Sub S(o) : Set o = Nothing : End Sub\nS p : WScript.Echo p Is Nothing", "True"),
    ("Sub S(ByVal o) : o.Age = 2 : Set o = Nothing : End Sub\nS p : WScript.Echo p.Age", "2"),
    ('Set p.Age = New Person : p.Age.Name = "inner" : WScript.Echo p.Age.Name', "inner"),
    ("p.Age = Array(1, 2) : WScript.Echo p.Age(1)", "2"),
    ("p.Name = 5 : WScript.Echo p.Name + 1", "6"),
    ("p.Age = p.Age + p.Age : WScript.Echo p.Age", "60"),
]
CLASSES = [
    ("Class C : End Class\nSet o = New C : WScript.Echo TypeName(o)", "C"),
    ("Class C : End Class\nSet o = New c : WScript.Echo TypeName(o)", "C"),
    ("Class C : End Class\nSet o = New C : x = o", "!438"),
    ("Set o = New C : WScript.Echo TypeName(o)\nClass C : End Class", "C"),
    ("Set o = New Nowhere", "!506"),
    ("Class C : Dim a, b : End Class\nSet o = New C : o.a = 1 : o.b = 2 : WScript.Echo o.a + o.b", "3"),
    ("Class C : Public a(2) : End Class\nSet o = New C : o.a(1) = 5 : WScript.Echo o.a(1)", "5"),
    ("Class C : Private a(2) : Sub S : a(1) = 5 : WScript.Echo a(1), UBound(a) : End Sub : End Class\nSet o = New C : o.S", "5 2"),
    (
        (
            "Class C : Dim a() : Sub S : ReDim a(1) : a(0) = 5 : ReDim Preserve a(7) : T UBound(a) + a(0) : End Sub : End Class\n"
            "Sub T(x) : WScript.Echo x : End Sub\nSet o = New C : o.S"
        ),
        "12",
    ),
    ('Class C : Private Sub Class_Initialize : WScript.Echo "born" : End Sub : End Class\nSet o = New C : WScript.Echo 1', "born|1"),
    ("Class C : Public v : Sub Class_Initialize : v = 3 : End Sub : End Class\nx = (New C).v : WScript.Echo x", "3"),
    ("Class C : Private Sub Class_Initialize : x = 1 / 0 : End Sub : End Class\nSet o = New C", "!11"),
    ("Class C : Public Property Get P(i) : P = i * 2 : End Property : End Class\nSet o = New C : WScript.Echo o.P(4)", "8"),
    (
        (
            "Class C : Dim k, w : Property Get P(i) : P = w : End Property : Property Let P(i, v) : k = i : w = v : End Property : End Class\n"
            "Set o = New C : o.P(3) = 7 : WScript.Echo o.k, o.P(0)"
        ),
        "3 7",
    ),
    (
        "Class C : Dim w : Property Let P(i, j, v) : w = i & j & v : End Property : End Class\nSet o = New C : o.P(1, 2) = 3 : WScript.Echo o.w",
        "123",
    ),
    (
        (
            "Dim w : Class C : Public Default Property Get P(i) : P=i&w : End Property : Property Let P(i, v) : w=i&v : End Property : End Class\n"
            "Set o = New C : o(1) = 2 : WScript.Echo o(3)"
        ),
        "312",
    ),
    ("Class C : Public Default Function F(a, b) : F = a + b : End Function : End Class\nSet o = New C : WScript.Echo o(1, 2)", "3"),
    ("Class C : Public Default Sub S(a) : WScript.Echo a : End Sub : End Class\nSet o = New C : o 5", "5"),
    (
        (
            "Class C : Dim o : Public Property Set P(v) : Set o = v : End Property : Public Property Get P : Set P = o : End Property : End Class\n"
            "Set c1 = New C : Set c1.P = c1 : WScript.Echo c1.P Is c1"
        ),
        "True",
    ),
    ("Class C : Public Property Set P(v) : End Property : End Class\nSet o = New C : o.P = 5", "!438"),
    ("Class C : Public Property Let P(v) : End Property : End Class\nSet o = New C : Set o.P = o", "!438"),
    ("Class C : Public Property Let P(v) : WScript.Echo TypeName(v) : End Property : End Class\nSet o = New C : o.P = o", "C"),
    ("Class C : Public Property Get P : P = 1 : Exit Property : P = 2 : End Property : End Class\nx = (New C).P : WScript.Echo x", "1"),
    ("Class C : Function F(n) : If n = 0 Then F = 0 Else F = n + F(n - 1)\nEnd Function : End Class\nx = (New C).F(4) : WScript.Echo x", "10"),
    ("Class C : Function F(n) : If n = 0 Then F = 0 Else F = n + Me.F(n - 1)\nEnd Function : End Class\nx = (New C).F(4) : WScript.Echo x", "10"),
    ('Class C : Sub S : Set x = Me : x.T : End Sub : Sub T : WScript.Echo "T" : End Sub : End Class\nSet o = New C : o.S', "T"),
    ("Class C : Sub S : G Me : End Sub : Public v : End Class\nSub G(o) : o.v = 4 : End Sub\nSet o = New C : o.S : WScript.Echo o.v", "4"),
    ("Class C : Public Me2 : Function Self : Set Self = Me : End Function : End Class\nSet o = New C : WScript.Echo o.Self Is o", "True"),
    ("g = 1\nClass C : Sub S : g = g + 1 : End Sub : End Class\nSet o = New C : o.S : o.S : WScript.Echo g", "3"),
    ("Class C : Dim x : Sub S : x = 5 : End Sub : End Class\nx = 1 : Set o = New C : o.S : WScript.Echo x, o.x", "1 5"),
    ('Class C : Dim x : Sub S(x) : x = 5 : End Sub : End Class\nSet o = New C : o.S 1 : WScript.Echo "[" & o.x & "]"', "[]"),
    ("Class C : Function [Next] : [Next] = 4 : End Function : End Class\nx = (New C).Next : WScript.Echo x", "4"),
    ("Class C : Public Function Loop1 : Loop1 = 1 : End Function : Public [End] : End Class\nSet o = New C : o.End = 3 : WScript.Echo o.End", "3"),
    ("Class A : Public B : End Class\nClass B : Public V : End Class\nSet x = New A : Set x.B = New B : x.B.V = 6 : WScript.Echo x.B.V", "6"),
    (
        (
            "Class C : Public Items : Private Sub Class_Initialize : Items = Array(1, 2, 3) : End Sub : End Class\n"
            "For Each i In (New C).Items : WScript.Echo i : Next"
        ),
        "1|2|3",
    ),
]
MORTAL = 'Class M : Public N : Private Sub Class_Terminate : WScript.Echo "end " & N : End Sub : End Class\n'
DEATHS = [
    ('Set o = New M : o.N = 1 : Set o = Nothing : WScript.Echo "after"', "end 1|after"),
    ('Set o = New M : o.N = 1 : o = 5 : WScript.Echo "after"', "end 1|after"),
    ('Set o = New M : o.N = 1 : Set o = New M : o.N = 2 : WScript.Echo "after"', "end 1|after|end 2"),
    ('Set o = New M : o.N = 1 : Set p = o : Set o = Nothing : WScript.Echo "held" : Set p = Nothing', "held|end 1"),
    ('Set o = New M : o.N = 1 : WScript.Echo "last"', "last|end 1"),
    ('Sub S : Dim o : Set o = New M : o.N = 1 : WScript.Echo "in" : End Sub\nS : WScript.Echo "after"', "in|end 1|after"),
    ('Sub S : Set o = New M : o.N = 1 : End Sub\nS : WScript.Echo "after"', "end 1|after"),
    ('Function F : Set F = New M : F.N = 3 : End Function\nSet x = F : WScript.Echo "held" : Set x = Nothing', "held|end 3"),
    ('Sub S(o) : o.N = 1 : End Sub\nS New M : WScript.Echo "after"', "end 1|after"),
    ('With New M : .N = 4 : WScript.Echo "in" : End With : WScript.Echo "after"', "in|end 4|after"),
    ('Dim a(1) : Set a(0) = New M : a(0).N = 1 : Erase a : WScript.Echo "after"', "end 1|after"),
    ('ReDim a(1) : Set a(1) = New M : a(1).N = 1 : ReDim Preserve a(0) : WScript.Echo "after"', "end 1|after"),
    ('On Error Resume Next\nSub S : Set o = New M : o.N = 1 : x = 1 / 0 : End Sub\nS : WScript.Echo "after", Err.Number', "end 1|after 11"),
    (
        "On Error Resume Next\nSub T : Set o = New M : o.N=2 : S : End Sub\nSub S : Set o = New M : o.N=1 : x=1/0 : End Sub\nT : WScript.Echo 3",
        "end 1|end 2|3",
    ),
    ('For i = 1 To 2 : Set o = New M : o.N = i : Next : Set o = Nothing : WScript.Echo "after"', "end 1|end 2|after"),
    ('For Each x In Array(New M) : x.N = 1 : Next : WScript.Echo "loop over" : Set x = Nothing : WScript.Echo "after"', "loop over|end 1|after"),
    ('Set o = New M : o.N = 1 : Execute "Set o = Nothing" : WScript.Echo "after"', "end 1|after"),
    ("(New M).N = 1 : WScript.Echo 1", "!1002"),
    ('x = (New M).N : WScript.Echo "after"', "end |after"),
]
FAILING = "Class M : Private Sub Class_Terminate : x = 1 / 0 : End Sub : End Class\n"
REFUSED = [
    ("Class C\nPublic a, a\nEnd Class", 1041),
    ("Class C\nPublic a\nSub a\nEnd Sub\nEnd Class", 1041),
    ("Class C\nSub a\nEnd Sub\nFunction a\nEnd Function\nEnd Class", 1041),
    ("Class C\nSub Class_Initialize(a)\nEnd Sub\nEnd Class", 1053),
    ("Class C\nSub Class_Terminate(a)\nEnd Sub\nEnd Class", 1053),
    ("Class C\nProperty Let P\nEnd Property\nEnd Class", 1054),
    ("Class C\nProperty Set P()\nEnd Property\nEnd Class", 1054),
    ("Class C\nProperty Get P(a)\nEnd Property\nProperty Let P(v)\nEnd Property\nEnd Class", 1051),
    ("Class C\nPublic Default Property Get P\nEnd Property\nPublic Default Property Get Q\nEnd Property\nEnd Class", 1052),
    ("Class C\nPrivate Default Property Get P\nEnd Property\nEnd Class", 1057),
    ("Class C\nDefault Property Get P\nEnd Property\nEnd Class", 1057),
    ("Class C\nPublic Default Property Let P(v)\nEnd Property\nEnd Class", 1058),
    ("Class C\nProperty P\nEnd Property\nEnd Class", 1049),
    ("Class C\nProperty Get P\nEnd Function\nEnd Class", 1050),
    ("Class C\nSub S\nEnd Class", 1016),
    ("Class C\nEnd Sub", 1047),
    ("Class C\nx = 1\nEnd Class", 1002),
    ("Class\nEnd Class", 1010),
    ("Property Get P\nEnd Property", 1048),
    ("Sub S\nClass C\nEnd Class\nEnd Sub", 1002),
    ("Public Default Sub S\nEnd Sub", 1048),
]


@pytest.mark.parametrize(
    ("before", "rows"), [(PERSON, OF_PERSON), ("", CLASSES), (MORTAL, DEATHS)], ids=["a class with everything", "small classes", "ends of instances"]
)
def test_classes(before: str, rows: list[tuple[str, str]]) -> None:
    assert [(program, expected, found) for program, expected in rows if (found := output(before + program)) != expected] == []


def test_an_error_in_class_terminate_goes_nowhere() -> None:
    assert output(FAILING + "Set o = New M : Set o = Nothing : WScript.Echo 1") == "1"


def test_classes_that_are_refused() -> None:
    found = []
    for program, _ in REFUSED:
        with pytest.raises(CompileError) as caught:
            compile_text(program)
        found.append((program, caught.value.number))
    assert found == REFUSED
