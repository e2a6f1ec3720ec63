// Error as JScript makes it: `new Error(number, description)`; both orders of reading it, `message` and `description`.
"use strict";
(function ({ hide }) {
  for (const kind of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
    const made = (args, target) => {
      const numbered = typeof args[0] === "number" || args.length > 1 && !(typeof args[1] === "object");
      const error = Reflect.construct(kind, numbered ? args.length > 1 ? [args[1]] : [] : args, target);
      hide(error, "number", numbered ? Number(args[0]) | 0 : 0);
      hide(error, "description", error.message);
      return error;
    };
    const dialect = new Proxy(kind, {
      construct: (_, args, target) => made(args, target),
      apply: (_, self, args) => made(args, kind),
    });
    hide(kind.prototype, "constructor", dialect);
    hide(globalThis, kind.name, dialect);
  }
})($$kit);
