// RegExp.$1 to $9, lastMatch, lastParen, leftContext, rightContext, input and index: what the last match left behind.
"use strict";
(function ({ hide }) {
  const { exec } = RegExp.prototype;
  let last = null, place = -1;
  hide(RegExp.prototype, "exec", function (text) {
    const found = exec.call(this, text);
    if (found !== null) {
      last = found;
      place = found.index + found[0].length;
      hide(found, "lastIndex", place);
    }
    return found;
  });
  const group = (number) => last !== null && last[number] !== undefined ? last[number] : "";
  const statics = {
    lastMatch: () => group(0),
    lastParen: () => last === null || last.length < 2 ? "" : group(last.length - 1),
    leftContext: () => last === null ? "" : last.input.slice(0, last.index),
    rightContext: () => last === null ? "" : last.input.slice(place),
    input: () => last === null ? "" : last.input,
    index: () => last === null ? -1 : last.index,
    lastIndex: () => place,
  };
  const short = { "$&": "lastMatch", "$+": "lastParen", "$`": "leftContext", "$'": "rightContext", "$_": "input" };
  for (const [name, read] of Object.entries(statics)) Object.defineProperty(RegExp, name, { get: read, set() {}, configurable: true });
  for (const [name, long] of Object.entries(short)) Object.defineProperty(RegExp, name, { get: statics[long], set() {}, configurable: true });
  for (let number = 1; number < 10; number++) {
    Object.defineProperty(RegExp, "$" + number, { get: () => group(number), set() {}, configurable: true });
  }
  const { compile } = RegExp.prototype;
  hide(RegExp.prototype, "compile", function (...args) { return compile.apply(this, args); });
})($$kit);
