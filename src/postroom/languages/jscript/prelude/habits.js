// Where JScript's functions differ from today's: scripts were written for what they did.
"use strict";
(function ({ hide }) {
  // A leading zero is octal unless a radix is given.
  const { parseInt } = globalThis;
  hide(globalThis, "parseInt", (text, radix) => {
    if (radix) return parseInt(text, radix);
    const octal = /^\s*([+-]?)0([0-7]*)(?![xX])/.exec(String(text));
    return octal ? Number(octal[1] + "1") * (octal[2] ? parseInt(octal[2], 8) : 0) : parseInt(text);
  });
  const { substr, split } = String.prototype;
  // A negative start is the first character.
  hide(String.prototype, "substr", function (start, ...length) { return substr.call(this, start < 0 ? 0 : start, ...length); });
  // A regular expression as separator leaves out empty pieces and what it captured.
  hide(String.prototype, "split", function (separator, limit) {
    if (!(separator instanceof RegExp)) return split.call(this, separator, limit);
    const flags = separator.flags.includes("g") ? separator.flags : separator.flags + "g", text = String(this), pieces = [];
    let from = 0;
    for (const found of text.matchAll(new RegExp(separator.source, flags))) {
      if (found[0] === "" && (found.index === 0 || found.index === text.length)) continue;
      if (found.index > from) pieces.push(text.slice(from, found.index));
      from = found.index + found[0].length;
    }
    if (from < text.length) pieces.push(text.slice(from));
    return limit === undefined ? pieces : pieces.slice(0, limit);
  });
  const { unshift } = Array.prototype;
  hide(Array.prototype, "unshift", function (...items) { unshift.apply(this, items); });
})($$kit);
