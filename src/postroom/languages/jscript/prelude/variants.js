// Dates of the host, and `typeof` as JScript answers it.
"use strict";
(function (kit) {
  class VarDate extends Date {}
  kit.VarDate ??= VarDate;
  kit.dated = (ms) => {
    const at = new Date(ms);
    const found = new kit.VarDate(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds());
    if (at.getUTCFullYear() < 100) found.setFullYear(at.getUTCFullYear());
    return found;
  };
  kit.bind("$$typeof", (value) => {
    if (value instanceof kit.VarDate) return "date";
    return typeof value === "function" && typeof value.$$handle === "number" ? "object" : typeof value;
  });
})($$kit);
