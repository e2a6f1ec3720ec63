"""JScript's own ways: tables of expressions and programs with what Windows prints."""

import pytest

from languages.jscript.hosts import output

EXPRESSIONS = r"""
[1,2,].length => 3
[1,2].length => 2
[].length => 0
[,].length => 2
[1,,].length => 3
[[1,],[2,]].length => 2
[[1,],2][0].length => 2
parseInt("010") => 8
parseInt("08") => 0
parseInt("10") => 10
parseInt("010", 10) => 10
parseInt("0x1F") => 31
parseInt("-012") => -10
parseInt(" 017 ") => 15
parseInt("0") => 0
parseInt("x") => NaN
parseInt("12px") => 12
"abcdef".substr(-2) => abcdef
"abcdef".substr(-2, 3) => abc
"abcdef".substr(2, 3) => cde
"a,,b".split(/,/).length => 2
"a,,b".split(",").length => 3
"a1b2c".split(/\d/).join("-") => a-b-c
"a1b2c".split(/(\d)/).join("-") => a-b-c
"a b c".split(/ /, 2).join("-") => a-b
"abc".split("").length => 3
"abc".split(/(?:)/).length => 3
new Date(1999, 0, 1).getYear() => 99
new Date(2026, 0, 1).getYear() => 2026
new Date(1899, 0, 1).getYear() => 1899
new Date(2026, 10, 5, 7, 8, 9).toLocaleTimeString() => 7:08:09 AM
new Date(2026, 10, 5, 0, 8, 9).toLocaleTimeString() => 12:08:09 AM
new Date(2026, 10, 5, 13, 8, 9).toLocaleString() => Thursday, November 05, 2026 1:08:09 PM
new Date(2026, 10, 5).toDateString() => Thu Nov 5 2026
new Date(Date.UTC(2026, 10, 5, 1, 2, 3)).toUTCString() => Thu, 5 Nov 2026 01:02:03 UTC
new Date(Date.UTC(2026, 10, 5, 1, 2, 3)).toGMTString() => Thu, 5 Nov 2026 01:02:03 UTC
String(new Date(NaN)) => NaN
Date.parse(new Date(2026, 10, 5, 1, 2, 3)) == new Date(2026, 10, 5, 1, 2, 3).getTime() => true
Date.parse("11/5/2026 10:00:00") == new Date(2026, 10, 5, 10).getTime() => true
Date.parse("Nov 5, 2026") == new Date(2026, 10, 5).getTime() => true
typeof new Date().getVarDate() => date
typeof new Date() => object
typeof d => object
typeof(d) => object
typeof d.self => object
typeof d.Self() => object
typeof d.when => date
typeof d.count => number
typeof d.nothing => object
typeof d.empty => undefined
typeof d.price => number
typeof undeclared => undefined
typeof(undeclared) => undefined
typeof undeclared == "undefined" => true
typeof function(){} => function
typeof parseInt => function
typeof /x/ => object
typeof "a".length => number
typeof "" + 1 => string1
typeof 1 => number
typeof typeof d => string
typeof !d => boolean
typeof null => object
typeof d.same(d).count => number
typeof [1,2,][2] => undefined
typeof new ActiveXObject("Test.Shelf") => object
ScriptEngine() => JScript
ScriptEngineMajorVersion() + "." + ScriptEngineMinorVersion() => 5.8
ScriptEngineBuildVersion() > 0 => true
escape("\u00e4 \u20ac") => %E4%20%u20AC
unescape("%E4%u20AC") == "\u00e4\u20ac" => true
encodeURIComponent("\u00e4") => %C3%A4
"a-b".replace(/-/, "+") => a+b
"abc".replace(/(b)/, "[$1]") => a[b]c
"abc".replace(/b/, function (m, at) { return m + at }) => ab1c
"x".concat("y").toUpperCase() => XY
"abc".charCodeAt(1) => 98
String.fromCharCode(72, 105) => Hi
isNaN("x") + " " + isFinite(1/0) => true false
String(1/0) => Infinity
0.1 + 0.2 => 0.3
7 / 2 => 3.5
7 % 3 => 1
-7 % 3 => -1
1 << 31 => -2147483648
-1 >>> 0 => 4294967295
2147483647 + 1 => 2147483648
"3" * "4" => 12
"3" + 4 => 34
null == undefined => true
null === undefined => false
[1,2,3].join() => 1,2,3
[3,1,2].sort().join() => 1,2,3
[1,2].concat([3]).length => 3
[1,2,3,4].slice(1,3).join() => 2,3
[1].unshift(0) => undefined
({a: 1}).a => 1
(function (a, b) { return arguments.length })(1) => 1
(function f() { return typeof f })() => function
void 0 => undefined
(1, 2) => 2
"a" in {a: 1} => true
[] instanceof Array => true
new Error("x").message => x
new Error("x").description => x
new Error(5, "x").number => 5
new Error(5, "x").description => x
new Error("x").number => 0
new Error(7).number => 7
new TypeError("t").name => TypeError
new TypeError("t") instanceof TypeError => true
new TypeError("t") instanceof Error => true
Error("x").description => x
new RangeError("r").description => r
eval("1 + 1") => 2
eval("[1,].length") => 2
eval(5) => 5
new Function("a", "b", "return a + b")(1, 2) => 3
Math.max(1, 3, 2) => 3
Math.round(2.5) => 3
(12.345).toFixed(1) => 12.3
(255).toString(16) => ff
1..toString() => 1
d("x") => undefined
d.Count => 0
d.COUNT => 0
d.exists("x") => false
d.Exists("x") => false
d["count"] => 0
d["Exists"]("x") => false
d.two(1, "b") => 1b
d.two(null, undefined) => nullundefined
d.kind(1) => Long
d.kind(1.5) => float
d.kind(4 / 2) => Long
d.kind(4294967296) => float
d.kind(true) => bool
d.kind("") => str
d.kind(new String("x")) => str
d.kind(new Number(1)) => Long
d.kind(new Date()) => Date
d.kind(new Date().getVarDate()) => Date
d.kind({}) => ProgramObject
d.kind(d.grid) => Array
d.kind(d) => Shelf
d.same(d) === d => true
d.self === d => true
d.other === d.other => false
d.same(d.when).getTime() == d.when.getTime() => true
d.when.getHours() => 6
new Date(d.when).getFullYear() => 2025
d.price => 12.5
d.big => 1099511627776
d.text.length => 8
d.same(d.text) === d.text => true
d.same("\ud800") === "\ud800" => true
d.same("a\0b").length => 3
d.same("\x01n") == "\x01n" => true
d.null === null => true
d.nothing === null => true
d + "" => a shelf
"[" + d + "]" => [a shelf]
d.calls(function (a, b) { return a * b }, 6, 7) => 42
d.reads({Subject: "s"}, "subject") => s
d.reads({f: function () { return 3 }}, "f") => 3
d.walks([1, 2, 3]) => 1+2+3
d.walks({a: 1, b: 2}) => 1+2
new VBArray(d.grid).dimensions() => 2
new VBArray(d.grid).ubound(2) => 2
new VBArray(d.grid).lbound() => 0
new VBArray(d.grid).getItem(1, 2) => 5
new VBArray(d.grid).toArray().join() => 0,3,1,4,2,5
new VBArray(d.keys()).toArray().length => 0
"count" in d => true
/a(b)(c)?/.test("xabz") && RegExp.$1 + RegExp.$2 + "." => b.
/b/.exec("abc") && RegExp.leftContext + RegExp.lastMatch + RegExp.rightContext => abc
/(b)(c)/.exec("abcd") && RegExp.lastParen => c
/b/.exec("abc") && RegExp.index => 1
/b/.exec("abc") && RegExp.input => abc
"abc".match(/(c)/) && RegExp.$1 => c
"abc".replace(/(b)/, function () { return RegExp.$1 + "!" }) => ab!c
RegExp["$1"] + "." => .
/x/.exec("abc") === null => true
"a.b".search(/\./) => 1
@_win32 => true
@_jscript_version => 5.8
@_jscript && !@_mac => true
"""

PROGRAMS = r"""
d("x") = 1; WScript.Echo(d("x")) => 1
d("x") = 1; d("x") += 5; WScript.Echo(d("x")) => 6
d("x") = 1; d("x")++; ++d("x"); WScript.Echo(d("x")) => 3
d("x") = 8; d("x") >>>= 1; d("x") |= 1; WScript.Echo(d("x")) => 5
d.Item("x") = "y"; WScript.Echo(d.item("x"), d("x")) => y y
d.Item("x") = 1; WScript.Echo(d.Item("x")--, d.Item("x")) => 1 0
d.Item("x") = 1; WScript.Echo(--d.Item("x")) => 0
d["Item"]("x") = 2; WScript.Echo(d("x")) => 2
d.self.Item("x") = 3; WScript.Echo(d("x")) => 3
d.Self()("x") = 4; WScript.Echo(d("x")) => 4
d.same(d).Item("x") = 5; WScript.Echo(d("x")) => 5
d("a") = d("b") = 6; WScript.Echo(d("a"), d("b")) => 6 6
var o = {inner: d}; o.inner("x") = 7; WScript.Echo(d("x")) => 7
var o = {inner: d}; o.inner.Item("x") = 7; WScript.Echo(d("x")) => 7
var a = [d]; a[0]("x") = 8; WScript.Echo(d("x")) => 8
(d)("x") = 9; WScript.Echo(d("x")) => 9
d("f") = d("x") == undefined ? "none" : "some"; WScript.Echo(d("f")) => none
if (d("x") == 1) d("y") = 2; else d("y") = 3; WScript.Echo(d("y")) => 3
for (var i = 0; i < 3; i++) d(i) = i * i; WScript.Echo(d(2)) => 4
d.Subject = "s"; d.subject += "t"; WScript.Echo(d.SUBJECT) => st
d.Subject = "a"; with (d) { Subject = "b"; WScript.Echo(Subject, Count) } => b 0
with (d) { Add("k", 1); Item("k") = 2; Item("k") += 3; WScript.Echo(Item("k")) } => 5
with (d) Add("k", 1); WScript.Echo(d.Count) => 1
with (d) with (self) { Add("k", 1); WScript.Echo(Count) } => 1
with (Math) { WScript.Echo(max(1, 2), floor(1.5), PI > 3) } => 2 1 true
with ([1]) { push(2); WScript.Echo(length) } => 2
function add() { return "mine" } with ({}) { WScript.Echo(add()) } => mine
with (d) { var n = two(1, 2) } WScript.Echo(n) => 12
var e = new Enumerator(d); WScript.Echo(e.atEnd(), e.item()) => true undefined
d("a") = 1; d("b") = 2; for (var e = new Enumerator(d); !e.atEnd(); e.moveNext()) WScript.Echo(e.item()) => a|b
d("a") = 1; var e = new Enumerator(d); e.moveNext(); WScript.Echo(e.atEnd()); e.moveFirst(); WScript.Echo(e.item()) => true|a
var e = new Enumerator([5, 6]); e.moveNext(); WScript.Echo(e.item()) => 6
d("a") = 1; for (var k in d) WScript.Echo(k); WScript.Echo("end") => end
d.add("a", 1); d.Add("b", 2); WScript.Echo(new VBArray(d.Keys()).toArray().join("+")) => a+b
var x = new ActiveXObject("Test.Shelf"); x("q") = 1; WScript.Echo(x("q"), d("q")) => 1 undefined
try { new ActiveXObject("No.Such") } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description) } => 429 ActiveX component can't create object
try { undeclared() } catch (e) { WScript.Echo(e.number, e.message) } => -2146823281 Object expected
try { undeclared } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description, e.name) } => 5009 'undeclared' is undefined ReferenceError
try { var n = null; n.x } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description) } => 5007 'null' is null or not an object
try { var n; n.x() } catch (e) { WScript.Echo(e.number & 0xFFFF) } => 5007
try { ({}).x() } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description) } => 438 Object doesn't support this property or method
try { var n = 1; n() } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description) } => 5002 Function expected
try { d.denied } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description, e.message) } => 70 Permission denied Permission denied
try { d.own } catch (e) { WScript.Echo(e.number, e.description) } => -2147352567 Domain is full.
try { d.nosuch } catch (e) { WScript.Echo(e.number & 0xFFFF) } => 438
try { d.nosuch = 1 } catch (e) { WScript.Echo(e.number & 0xFFFF) } => 438
try { d.Count = 1 } catch (e) { WScript.Echo(e.number & 0xFFFF) } => 450
try { new VBArray([1]) } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description) } => 5013 VBArray expected
try { new VBArray(d.grid).ubound(3) } catch (e) { WScript.Echo(e.number & 0xFFFF) } => 9
try { new Array(-1) } catch (e) { WScript.Echo(e.number & 0xFFFF) } => 5029
try { (1).toFixed(200) } catch (e) { WScript.Echo(e.number & 0xFFFF) } => 5026
try { decodeURIComponent("%") } catch (e) { WScript.Echo(e.number & 0xFFFF) } => 5025
try { new RegExp("[") } catch (e) { WScript.Echo(e.number & 0xFFFF) } => 5019
try { new RegExp("*") } catch (e) { WScript.Echo(e.number & 0xFFFF) } => 5018
try { eval("1 +") } catch (e) { WScript.Echo(e.number & 0xFFFF, e.name) } => 1002 SyntaxError
try { (function f() { f() })() } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description) } => 28 Out of stack space
try { throw new Error(5, "mine") } catch (e) { WScript.Echo(e.number, e.description, e.message) } => 5 mine mine
try { throw "text" } catch (e) { WScript.Echo(e) } => text
try { throw {a: 1} } catch (e) { WScript.Echo(e.a) } => 1
try { try { undeclared() } catch (e) { throw e } } catch (f) { WScript.Echo(f.number & 0xFFFF) } => 5007
try { undeclared() } catch (e) { e.description = "new"; WScript.Echo(e.description) } finally { WScript.Echo("end") } => new|end
function f() { try { return 1 } finally { WScript.Echo("f") } } WScript.Echo(f()) => f|1
function f(){} try { f(1) = 2 } catch (e) { WScript.Echo(e.number & 0xFFFF, e.description) } => 5003 Cannot assign to a function result
var o = {}; function o.hello(x) { return "hello " + x } WScript.Echo(o.hello("w")) => hello w
var o = {a: {}}; function o.a.b() { return 1 } WScript.Echo(o.a.b()) => 1
if (true) { WScript.Echo(1) }; else { WScript.Echo(2) } => 1
if (false) { WScript.Echo(1) }; else WScript.Echo(2) => 2
a: for (var i = 0; ; i++) { for (;;) { if (i > 1) break a; continue a } } WScript.Echo(i) => 2
var i = 0; do i++; while (i < 3) WScript.Echo(i) => 3
var s = ""; for (var k in {a: 1, b: 2}) s += k; WScript.Echo(s) => ab
switch (2) { case 1: WScript.Echo(1); case 2: WScript.Echo(2); default: WScript.Echo(3) } => 2|3
var x = 10, g = 2, i = 1; WScript.Echo(x /2/ g, x / g / i) => 2.5 5
var s = "a/b".replace(/\//g, "\\"); WScript.Echo(s) => a\b
var re = /[/]/; WScript.Echo(re.test("/")) => true
WScript.Echo("// no comment", '/* none */') => // no comment /* none */
WScript.Echo(1) // a comment with d("x") = 1 => 1
/*@cc_on WScript.Echo("on") @*/ => on
//@cc_on WScript.Echo("on")
/*@cc_on @if (@_jscript_version >= 5) WScript.Echo("5"); @else WScript.Echo("old"); @end @*/ => 5
/*@if (@_mac) WScript.Echo("mac"); @elif (@_win32) WScript.Echo("win"); @else @*/ WScript.Echo("else"); /*@end @*/ => win
@set @debug = 2 * (3 + 1) => nothing
@if (!@unknown) => !1029 Expected '@end'
@if (1 => !1002 Syntax error
@end => !1002 Syntax error
@set x = 1 => !1032 Expected '@'
@set @x 1 => !1011 Expected '='
@if 1 => !1005 Expected '('
@if (foo) => !1031 Expected constant
eval("var shared = 5"); WScript.Echo(shared) => 5
eval("d('z') = 3"); WScript.Echo(d("z")) => 3
eval("function late() { return 1 }"); WScript.Echo(late()) => 1
function outer() { var secret = 1; return eval("secret + 1") } WScript.Echo(outer()) => 2
this.g = 1; WScript.Echo(g) => 1
WScript.Echo(this == this.self, typeof window) => false undefined
x = 5; WScript.Echo(delete x, typeof x) => true undefined
var s = ""; for (var i = 0; i < 3000; i++) s += "ab"; d("s") = s; WScript.Echo(d("s").length) => 6000
var s = "\u00e9"; for (var i = 0; i < 12; i++) s += s; WScript.Echo(d.same(s) === s) => true
for (var i = 0; i < 300; i++) { var t = d.other; t("x") = i } WScript.Echo(t("x")) => 299
for (var i = 0; i < 9; i++) { d.self.self.Add(i, d.other); d.other.self.Add(1, d.self) } WScript.Echo(d.self.Count, d(3).self.Count) => 9 0
d.other.Add("x", 1); WScript.Echo("kept until the call is done") => kept until the call is done
var f = d.calls; => !438 Object doesn't support this property or method
CollectGarbage(); WScript.Echo("ok") => ok
var o = Object.create(null); o.f = function () { return 1 }; WScript.Echo(o.f()) => 1
class A { m() { return 1 } } class B extends A { m() { return super.m() + 1 } } WScript.Echo(new B().m()) => 2
let t = `a${[1, 2].map(x => x * 2).join()}b`; WScript.Echo(t) => a2,4b
var {a, b = 2} = {a: 1}; WScript.Echo(a + b) => 3
WScript.Echo(d?.count, null?.x()) => 0 undefined
WScript.Echo([...[1, 2]].length, JSON.stringify({a: [1]})) => 2 {"a":[1]}
undeclared() => !5007 Object expected
d.nosuch() => !438 Object doesn't support this property or method
throw "x" => !5022 Exception thrown and not caught
throw new Error(9, "y") => !9 y
throw {description: "told"} => !5022 told
var x = ; => !1002 Syntax error
foo bar => !1004 Expected ';'
if x => !1002 Syntax error
"abc => !1015 Unterminated string constant
/* => !1016 Unterminated comment
return 1 => !1018 'return' statement outside of function
break => !1019 Can't have 'break' outside of loop
continue => !1020 Can't have 'continue' outside of loop
break foo => !1026 Label not found
switch (1) { default: default: } => !1027 'default' can only appear once in a 'switch' statement
try {} => !1033 Expected 'catch'
var 1a => !1013 Invalid number
a. => !1010 Expected identifier
"\xg" => !1023 Expected hexadecimal digit
a: a: 1 => !1025 Label redefined
# => !1014 Invalid character
"""


def rows(table: str) -> list[tuple[str, str]]:
    return [(program, wanted) for program, _, wanted in (line.rpartition(" => ") for line in table.strip().splitlines()) if program]


@pytest.mark.parametrize(("expression", "wanted"), rows(EXPRESSIONS))
def test_an_expression_has_its_value(expression: str, wanted: str) -> None:
    conditional = "@cc_on\n" if "@" in expression else ""
    found = output(f"{conditional}WScript.Echo({expression})")
    assert found.partition(" ")[0] == wanted if wanted.startswith("!") else found == wanted


@pytest.mark.parametrize(("program", "wanted"), rows(PROGRAMS))
def test_a_program_prints(program: str, wanted: str) -> None:
    assert output(program) == wanted.replace("nothing", "")


def test_the_tables_are_whole() -> None:
    assert len(rows(EXPRESSIONS)) + len(rows(PROGRAMS)) >= 200
