// Members of the host's objects as global names, and the names of the program's functions.
"use strict";
(function ({ host, back, out, ask, hide, bind }) {
  bind("$$global", (name, object, called) => {
    const target = back(object).$$target;
    const get = () => back(host("g", target.handle, name)), set = (value) => { back(host("p", target.handle, name, out(value))); };
    if (called) hide(globalThis, name, (...args) => ask(target, name, args));
    else Reflect.defineProperty(globalThis, name, { get, set, configurable: true });
  });
  bind("$$functions", () => JSON.stringify(Object.keys(globalThis).filter((name) => typeof globalThis[name] === "function")));
})($$kit);
