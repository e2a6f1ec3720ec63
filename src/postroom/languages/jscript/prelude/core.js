// What every program needs: values to and from the host, the host's objects, calls told from properties. Kept small: each run compiles it anew.
"use strict";
(function (host) {
  delete globalThis.$$host;
  const MARK = "\x01", STOP = {}, objects = new Map();
  const hide = (target, name, value) => Reflect.defineProperty(target, name, { value, writable: true, configurable: true });
  const bind = (name, value) => hide(globalThis, name, value);
  let pending, stopped = false;

  // To the host: primitives as they are; what the way there would harm, and what is none, as marked text.
  function text(value) {
    const whole = value.length > 256 ? value.slice(0) : value; // a rope has to be one piece
    return whole.charCodeAt(0) === 1 || whole.includes("\0") || !whole.isWellFormed() ? MARK + "t" + JSON.stringify(whole) : whole;
  }
  function out(value) {
    switch (typeof value) {
      case "string": return text(value);
      case "number": case "boolean": case "undefined": return value;
      case "bigint": return Number(value);
      case "symbol": throw failure(13);
    }
    if (value === null) return MARK + "n";
    const handle = value.$$handle;
    if (typeof handle === "number") return MARK + "o" + handle;
    if (value instanceof Date) return MARK + "d" + (value.getTime() - value.getTimezoneOffset() * 60000);
    return value instanceof String || value instanceof Number || value instanceof Boolean ? out(value.valueOf()) : value;
  }

  // From the host.
  function back(value) {
    if (value === null) return undefined;
    if (typeof value !== "string" || value.charCodeAt(0) !== 1) return value;
    const rest = value.slice(2);
    switch (value[1]) {
      case "n": return null;
      case "t": return JSON.parse(rest);
      case "d": return part("variants").dated(Number(rest));
      case "o": return proxied(objects.get(Number(rest)).deref());
      case "N": return taken(Number(rest));
      case "x": stopped = true; throw STOP;
    }
    throw failure(...JSON.parse(rest));
  }
  function failure(number, description, source) {
    if (description === undefined) [number, description] = JSON.parse(host("m", number));
    const error = new Error(description);
    hide(error, "number", number);
    hide(error, "description", description);
    if (source) hide(error, "source", source);
    return error;
  }
  const part = (name) => { host("l", name); return kit; };

  // A host's object: a callable whose end tells the host to let go of it, behind a proxy.
  function taken(handle) {
    const slot = "$$new" + handle, target = globalThis[slot];
    delete globalThis[slot];
    target.handle = handle;
    objects.set(handle, new WeakRef(target));
    return proxied(target);
  }
  function proxied(target) {
    const known = target.proxy?.deref();
    if (known !== undefined) return known;
    const proxy = new Proxy(target, members);
    target.proxy = new WeakRef(proxy);
    return proxy;
  }
  const ask = (target, name, args) => back(host("g", target.handle, name, ...args.map(out))); // holds the target, so that the host keeps it
  const members = {
    get(target, name) {
      switch (name) {
        case "$$call": pending = target; return calls;
        case "$$handle": return target.handle;
        case "$$target": return target;
        case "$$put": return part("places").putting(target);
        case "$$at": return part("places").placing(target);
      }
      return typeof name === "symbol" ? part("objects").meant(target, name) : back(host("g", target.handle, name));
    },
    set(target, name, value) {
      back(host("p", target.handle, name, out(value)));
      return true;
    },
    apply: (target, self, args) => ask(target, "", args),
    construct() { throw failure(445); },
    has: (target, name) => typeof name === "string" && host("h", target.handle, name) === true,
    deleteProperty() { throw failure(438); },
    defineProperty() { throw failure(438); },
    getPrototypeOf: () => Object.prototype,
    setPrototypeOf: () => false,
    ownKeys: () => [],
    getOwnPropertyDescriptor: () => undefined,
  };
  const calls = new Proxy({}, { get(_, name) { const target = pending; return (...args) => ask(target, name, args); } });
  Reflect.defineProperty(Object.prototype, "$$call", { get() { return this; }, configurable: true });

  // What the host calls.
  const report = (error) => part("reports").report(error);
  bind("$$run", (program) => {
    try { (0, eval)(program); } catch (error) { return report(error); }
  });
  bind("$$do", (name, ...args) => {
    try {
      if (typeof globalThis[name] !== "function") throw failure(5007);
      return out(globalThis[name](...args.map(back)));
    } catch (error) { return report(error); }
  });
  bind("$$text", (value) => typeof value === "string" ? back(host("r", text(value))) : value);
  bind("$$name", (name, value) => { globalThis[name] = back(value); });
  const kit = { MARK, STOP, host, text, out, back, failure, ask, hide, bind, report, stopped: () => stopped };
  bind("$$kit", kit);
})($$host);
