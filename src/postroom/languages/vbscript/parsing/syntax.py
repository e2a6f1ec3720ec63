"""What the parser makes of a text: expressions, statements, procedures and classes. Names are lower case."""

from typing import NamedTuple, TypeAlias

from postroom.languages.vbscript.values import Value


class Literal(NamedTuple):
    """A number, string, date, or True, False, Null, Empty, Nothing."""

    value: Value


class Name(NamedTuple):
    """A variable, procedure, function of the language or object of the host."""

    name: str
    spelling: str


class Me(NamedTuple):
    """The instance whose method runs."""


class WithObject(NamedTuple):
    """The object of the nearest With, what `.Name` begins at."""


class Member(NamedTuple):
    """`target.name`."""

    target: "Expression"
    name: str
    spelling: str


class Call(NamedTuple):
    """`target(args)`: a call or an index, which only the run can tell. None is an omitted argument."""

    target: "Expression"
    args: "tuple[Expression | None, ...]"


class New(NamedTuple):
    """`New Class`."""

    name: str
    spelling: str


class Grouped(NamedTuple):
    """An expression in parentheses: as an argument it goes by value."""

    inner: "Expression"


class Unary(NamedTuple):
    """`-x`, `+x`, `Not x`."""

    sign: str
    operand: "Expression"


class Chain(NamedTuple):
    """Operators of one rank, from left to right: `first sign operand sign operand ...`."""

    first: "Expression"
    rest: "tuple[tuple[str, Expression], ...]"


Expression: TypeAlias = Literal | Name | Me | WithObject | Member | Call | New | Grouped | Unary | Chain


class At(NamedTuple):
    """Where a statement begins, 1-based."""

    line: int
    column: int


class Assign(NamedTuple):
    """`target = value`, with `by_set` `Set target = value`."""

    at: At
    target: Expression
    value: Expression
    by_set: bool


class Invoke(NamedTuple):
    """A call as a statement; `target` without its arguments."""

    at: At
    target: Expression
    args: tuple[Expression | None, ...]


class Declared(NamedTuple):
    """A variable of Dim, Public, Private: `bounds` None is no array, () one without cells yet."""

    name: str
    spelling: str
    bounds: tuple[int, ...] | None
    private: bool = False


class Dim(NamedTuple):
    """Dim, and Public or Private for variables."""

    at: At
    variables: tuple[Declared, ...]


class Const(NamedTuple):
    """Constants with their values."""

    at: At
    values: tuple[tuple[str, Value], ...]


class ReDim(NamedTuple):
    """ReDim of one variable or member."""

    at: At
    target: Expression
    bounds: tuple[Expression, ...]
    preserve: bool


class Erase(NamedTuple):
    """Erase of one array."""

    at: At
    target: Expression


class Branch(NamedTuple):
    """One condition of an If with its statements."""

    at: At
    condition: Expression
    body: "tuple[Statement, ...]"


class If(NamedTuple):
    """If with its ElseIfs; `otherwise` is Else."""

    at: At
    branches: tuple[Branch, ...]
    otherwise: "tuple[Statement, ...]"


class Case(NamedTuple):
    """One Case with its values."""

    at: At
    values: tuple[Expression, ...]
    body: "tuple[Statement, ...]"


class Select(NamedTuple):
    """Select Case."""

    at: At
    subject: Expression
    cases: tuple[Case, ...]
    otherwise: "tuple[Statement, ...]"


class For(NamedTuple):
    """For ... Next; `step` None is 1."""

    at: At
    variable: Name
    first: Expression
    last: Expression
    step: Expression | None
    body: "tuple[Statement, ...]"


class ForEach(NamedTuple):
    """For Each ... Next."""

    at: At
    variable: Name
    items: Expression
    body: "tuple[Statement, ...]"


class Loop(NamedTuple):
    """Do and While. `before` is tested before the body, `after` behind it; `until` turns both round; `word` is what Exit names."""

    at: At
    word: str
    before: Expression | None
    after: Expression | None
    until: bool
    body: "tuple[Statement, ...]"
    end: At


class With(NamedTuple):
    """With ... End With."""

    at: At
    target: Expression
    body: "tuple[Statement, ...]"


class Exit(NamedTuple):
    """Exit Do, For, Sub, Function, Property."""

    at: At
    what: str


class OnError(NamedTuple):
    """On Error Resume Next (`resume`), On Error GoTo 0."""

    at: At
    resume: bool


Statement: TypeAlias = Assign | Invoke | Dim | Const | ReDim | Erase | If | Select | For | ForEach | Loop | With | Exit | OnError


class Parameter(NamedTuple):
    """A parameter; `by_value` is ByVal."""

    name: str
    by_value: bool


class Procedure(NamedTuple):
    """A Sub, Function or Property: `kind` is sub, function, get, let or set."""

    at: At
    kind: str
    name: str
    spelling: str
    parameters: tuple[Parameter, ...]
    body: tuple[Statement, ...]
    private: bool = False
    default: bool = False


class Class(NamedTuple):
    """A class with its variables and members."""

    at: At
    name: str
    spelling: str
    variables: tuple[Declared, ...]
    members: tuple[Procedure, ...]


class Unit(NamedTuple):
    """A whole text: `explicit` is Option Explicit; statements keep their order, procedures and classes are known from the start."""

    explicit: bool
    body: tuple[Statement, ...]
    procedures: tuple[Procedure, ...]
    classes: tuple[Class, ...]
