"""Throws programs at random at the JScript dialect: `python fuzz/jscript.py --runs 10000 --seed 1`.

The rewriting ends with a program or a syntax error of JScript; a run of it ends with a value or an error of JScript that has a place in the text.
"""

import random
import time
from collections.abc import Iterator

from fuzzing import fuzz
from postroom.languages.jscript.errors import JScriptSyntaxError
from postroom.languages.jscript.rewriting import rewritten
from postroom.languages.jscript.run import Run
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import EMPTY, Array, Object, Value

PIECES = [
    "o", "a", "b", "x", "f", "(", ")", "[", "]", "{", "}", ".", ",", ";", ":", "?", "=", "+=", "++", "--", "==", "/", "/x/g", "*", "-", "!",
    "`", "${", "'s'", '"t"', "1", "1.5", "0x1f", "null", "this", "var ", "function ", "return ", "typeof ", "new ", "delete ", "void ",
    "in ", "throw ", "catch", "try{", "}catch(e){", "}finally{", "if(", "else ", "with(", "switch(a){case 1:", "default:", "eval(",
    "for(x in ", ".Item(", ".Count", '("k")=', "\n", "@cc_on ", "@if(", "@elif(", "@else ", "@end ", "@set @v=", "@_win32", "/*@cc_on ",
    "@*/", "//@if(1)", "//", "/*", "*/", "\\", "\0", "é", "😀", "\ud800", "<!--", "=>", "class ", "async ", "...", "?.", "#x", "RegExp.$1",
    "new Enumerator(", "new VBArray(", "Error(", "[1,2,]",
]  # fmt: skip
STATEMENTS = [
    'o("k") = a', "o.Item(a) += 1", "o.Item(b)++", "with (o) { Item(1) = Count; f() }", "typeof o.Item(1)",
    "try { f(o) } catch (e) { a = e.number }", "eval('o(1) = [1,]')", "throw { description: a }",
    "for (var e = new Enumerator(o); !e.atEnd(); e.moveNext()) a = e.item()", "function o.x() {}", "if (a) {}; else b = 1",
    "a = o.Call(function (x) { return x })", "a = new VBArray(o.Keys()).toArray()", "o.Fail()", "a = String(o)", "x.y.z()",
    "a = [1,2,].length", "b = a && b", "a = a + b", "var f = function () { return f }", "a = /(.)/.exec('x') && RegExp.$1",
    "a = new Date().getVarDate()",
]  # fmt: skip
SECONDS = 5.0


class Target(Object):
    """A host's object that takes everything."""

    def get(self, name: str, args: list[Value]) -> Value:
        """Give something for each name."""
        match name:
            case "fail":
                raise VBScriptError(70)
            case "keys":
                return Array.of(["k", 1])
            case "call" if args and isinstance(args[0], Object):
                return args[0].get("", [1])
        return args[0] if args else EMPTY

    def put(self, name: str, args: list[Value], value: Value, *, by_set: bool) -> None:
        """Take a value."""

    def enumerate(self) -> Iterator[Value]:
        """Give two items."""
        return iter(["k", self])

    def has(self, name: str) -> bool:
        """Know some names."""
        return name in {"item", "count", "x"}


def program(dice: random.Random) -> str:
    """Write a program: tokens at random, or statements with a token out of place now and then."""
    if dice.random() < 0.5:
        return dice.choice(["", " "]).join(dice.choices(PIECES, k=dice.randrange(30)))
    text = ";\n".join(dice.choices(STATEMENTS, k=dice.randrange(1, 6)))
    for _ in range(dice.choice((0, 0, 1, 2))):
        place = dice.randint(0, len(text))
        text = text[:place] + dice.choice(PIECES) + text[place + dice.choice((0, 0, 1)) :]
    return text * (dice.randint(2, 300) if dice.random() < 0.02 else 1)


def proper(error: VBScriptError, text: str, least: int) -> None:
    """Hold an error against the text that it is of."""
    assert least <= error.line <= text.count("\n") + 1, text
    assert error.description, text


def check(dice: random.Random) -> None:
    """Rewrite and run one; raises AssertionError, or what should never be raised."""
    text = program(dice)
    before = time.process_time()
    try:
        found = rewritten(text)
    except JScriptSyntaxError as error:
        proper(error, text, least=1)
        return
    assert found.text.count("\n") == text.count("\n"), text
    run = Run({"o": Target(), "a": 1, "b": "two"})
    try:
        # A loop without an end is the process's business, which has a deadline: here nothing loops.
        run.load(rewritten(text) if "for(" not in text.replace("for (", "for(") else rewritten("0"))
    except VBScriptError as error:
        proper(error, text, least=0)
    finally:
        run.close()
    assert time.process_time() - before < SECONDS, f"too slow: {text[:200]}"


if __name__ == "__main__":
    fuzz(check, 10_000)
