// Objects without a prototype still know what rewritten calls ask of them.
"use strict";
(function ({ hide }) {
  const bare = { __proto__: null };
  for (const name of ["$$call", "$$put", "$$at"]) {
    const found = Object.getOwnPropertyDescriptor(Object.prototype, name);
    if (found) Object.defineProperty(bare, name, found);
  }
  const { create, getPrototypeOf } = Object;
  hide(Object, "create", function (base, ...rest) { return create(base === null ? bare : base, ...rest); });
  hide(Object, "getPrototypeOf", function (of) { const found = getPrototypeOf(of); return found === bare ? null : found; });
})($$kit);
