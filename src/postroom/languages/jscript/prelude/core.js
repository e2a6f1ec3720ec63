// What every program needs: the host's objects, calls told from properties, errors with Microsoft's numbers.
(function (host) {
  "use strict";
  delete globalThis.$$host;
  const { apply, defineProperty, has, get, set } = Reflect;
  const MARK = "\x01", STOP = {};
  const hide = (target, name, value) => defineProperty(target, name, { value, writable: true, configurable: true });
  const bind = (name, value) => hide(globalThis, name, value);
  let pending, stopped = false, thrown = "";

  // Values to the host: primitives as they are; what the way there would harm, and what is none, as marked text.
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
    if (value instanceof String || value instanceof Number || value instanceof Boolean) return out(value.valueOf());
    return value;
  }

  // Values from the host.
  const objects = new Map();
  function back(value) {
    if (value === null) return undefined;
    if (typeof value !== "string" || value.charCodeAt(0) !== 1) return value;
    const rest = value.slice(2);
    switch (value[1]) {
      case "n": return null;
      case "t": return JSON.parse(rest);
      case "d": return dated(Number(rest));
      case "o": return objects.get(Number(rest)).deref();
      case "N": return taken(Number(rest));
      case "x": stopped = true; throw STOP;
    }
    const [number, description, source] = JSON.parse(rest);
    throw failure(number, description, source);
  }
  function failure(number, description, source) {
    if (description === undefined) [number, description] = JSON.parse(host("m", number));
    const error = new Error(description);
    hide(error, "number", number);
    hide(error, "description", description);
    if (source) hide(error, "source", source);
    return error;
  }
  class VarDate extends Date {}
  function dated(ms) {
    const shifted = new Date(ms);
    return new VarDate(shifted.getUTCFullYear(), shifted.getUTCMonth(), shifted.getUTCDate(), shifted.getUTCHours(), shifted.getUTCMinutes(),
      shifted.getUTCSeconds(), shifted.getUTCMilliseconds());
  }

  // A host's object: a callable whose end tells the host to let go of it, behind a proxy.
  function taken(handle) {
    const slot = "$$new" + handle, target = globalThis[slot];
    delete globalThis[slot];
    target.handle = handle;
    const proxy = new Proxy(target, members);
    objects.set(handle, new WeakRef(proxy));
    return proxy;
  }
  const ask = (target, name, args) => back(host("g", target.handle, name, ...args.map(out))); // holds the target, so that the host keeps it
  function primitive(target, hint) {
    const value = ask(target, "", []);
    if (typeof value !== "object" && typeof value !== "function") return value;
    return value === null ? "null" : hint === "number" ? Number(value) : String(value);
  }
  const members = {
    get(target, name) {
      switch (name) {
        case "$$call": pending = target; return calls;
        case "$$put": pending = target; return puts;
        case "$$at": return (...args) => new Place(target, "", args);
        case "$$handle": return target.handle;
        case "$$target": return target;
        case Symbol.toPrimitive: return (hint) => primitive(target, hint);
        case Symbol.iterator: return () => items(target);
      }
      return typeof name === "symbol" ? undefined : back(host("g", target.handle, name));
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
  function* items(target) {
    const all = back(host("e", target.handle));
    for (;;) {
      const [done, item] = following(all);
      if (done) return;
      yield item;
    }
  }
  function following(all) {
    const value = host("i", all.$$handle);
    return value === MARK + "z" ? [true] : [false, back(value)];
  }
  const calls = new Proxy({}, { get(_, name) { const target = pending; return (...args) => ask(target, name, args); } });
  const puts = new Proxy({}, { get(_, name) { const target = pending; return (...args) => new Place(target, name, args); } });

  // `o.Item(1) = v`: the call makes a place, whose value is read and written.
  class Place {
    constructor(target, name, args) { this.target = target; this.name = name; this.args = args; }
    get $$value() { return ask(this.target, this.name, this.args); }
    set $$value(value) { back(host("P", this.target.handle, this.name, out(value), ...this.args.map(out))); }
  }
  // The same words of JavaScript's own objects: a call is a call; only what a member gives may be a host's object.
  const plainPuts = new Proxy({}, { get(_, name) { const value = pending[name]; return placeOf(value); } });
  const placeOf = (value) => {
    if (value === undefined || value === null) throw failure(5007);
    if (typeof value.$$handle !== "number") throw failure(5003);
    return (...args) => new Place(value.$$target, "", args);
  };
  for (const base of [Object.prototype]) {
    defineProperty(base, "$$call", { get() { return this; }, configurable: true });
    defineProperty(base, "$$put", { get() { pending = this; return plainPuts; }, configurable: true });
    defineProperty(base, "$$at", { get() { return placeOf(this); }, configurable: true });
  }
  const bare = { __proto__: null };
  for (const name of ["$$call", "$$put", "$$at"]) defineProperty(bare, name, Object.getOwnPropertyDescriptor(Object.prototype, name));
  const { create, getPrototypeOf } = Object;
  hide(Object, "create", function (base, ...rest) { return create(base === null ? bare : base, ...rest); });
  hide(Object, "getPrototypeOf", function (of) { const found = getPrototypeOf(of); return found === bare ? null : found; });

  // What rewritten programs call.
  bind("$$typeof", (value) => value instanceof VarDate ? "date" : typeof value === "function" && typeof value.$$handle === "number" ? "object" : typeof value);
  bind("$$live", () => { if (stopped) throw STOP; });
  bind("$$mark", () => { thrown = new Error().stack; });
  bind("$$caught", (error) => {
    if (stopped) throw STOP;
    if (error instanceof Error && !Object.hasOwn(error, "number")) told(error);
    return error;
  });
  bind("$$text", (value) => typeof value === "string" ? back(host("r", text(value))) : value);
  bind("$$with", (target) => {
    const own = target === undefined || target === null ? undefined : target.$$target; // a host's object
    const scope = own ? { __proto__: null } : Object(target);
    const called = (name) => name.startsWith("$$in_") ? name.slice(5) : name.startsWith("$$put_") ? name.slice(6) : null;
    const known = (name) => own ? host("h", own.handle, name) === true : has(scope, name);
    return new Proxy(scope, {
      has: (_, name) => typeof name === "string" && known(called(name) ?? name),
      get(_, name) {
        if (typeof name === "symbol") return undefined;
        const inner = called(name);
        if (own) {
          if (inner === null) return back(host("g", own.handle, name));
          return name.startsWith("$$in_") ? (...args) => ask(own, inner, args) : (...args) => new Place(own, inner, args);
        }
        if (inner === null) return get(scope, name);
        return name.startsWith("$$in_") ? (...args) => apply(scope[inner], scope, args) : placeOf(scope[inner]);
      },
      set(_, name, value) {
        if (own) back(host("p", own.handle, name, out(value)));
        else set(scope, name, value);
        return true;
      },
    });
  });

  // Errors.
  for (const [name, value] of [["number", 0], ["description", undefined]]) {
    defineProperty(Error.prototype, name, {
      get() { return name === "description" ? this.message : value; },
      set(given) { defineProperty(this, name, { value: given, writable: true, configurable: true, enumerable: true }); },
      configurable: true,
    });
  }
  function told(error) {
    if (Object.hasOwn(error, "message") && error.constructor !== Error && error.stack !== undefined) {
      const [number, description] = JSON.parse(host("m", error.name, text(String(error.message)), text(String(error.stack))));
      if (number) {
        hide(error, "number", number);
        hide(error, "description", description);
        hide(error, "message", description);
      }
    }
  }
  function report(error) {
    if (error === STOP || stopped) return MARK + "x";
    const engine = error instanceof Error && Object.getPrototypeOf(error) !== Error.prototype && !Object.hasOwn(error, "number");
    let whole;
    try {
      whole = error instanceof Error
        ? [engine ? null : Number(error.number), String(error.name), String(error.description), String(error.stack), String(error.source ?? "")]
        : [5022, "", typeof error === "object" && error !== null && "description" in error ? String(error.description) : "", thrown, ""];
    } catch (_) {
      whole = [5022, "", "", thrown, ""];
    }
    return MARK + "e" + JSON.stringify(whole);
  }

  // What the host calls.
  bind("$$run", (program) => {
    try { (0, eval)(program); } catch (error) { return report(error); }
  });
  bind("$$do", (name, ...args) => {
    try {
      const found = globalThis[name];
      if (typeof found !== "function") throw failure(5007);
      return out(found(...args.map(back)));
    } catch (error) { return report(error); }
  });
  bind("$$member", (target, how, name, ...args) => {
    try {
      const given = args.map(back);
      if (how === "e") return [...Object.values(target)].length;
      if (how === "i") return out(Object.values(target)[name]);
      const key = name === "" ? "" : name in target ? name : spelled(target, name);
      if (how === "p") {
        const value = given.pop();
        if (given.length) throw failure(450);
        target[key ?? name] = value;
        return undefined;
      }
      if (key === "") {
        if (typeof target === "function") return out(target(...given));
        return out(target[Symbol.toPrimitive] ? String(target) : target.valueOf() === target ? String(target) : target.valueOf());
      }
      if (key === undefined) throw failure(438);
      return out(typeof target[key] === "function" && target[key].$$handle === undefined ? target[key](...given) : target[key]);
    } catch (error) { return report(error); }
  });
  const spelled = (target, name) => {
    for (const key in target) if (key.toLowerCase() === name) return key;
    return Object.getOwnPropertyNames(target).find((key) => key.toLowerCase() === name);
  };
  bind("$$name", (name, value) => { globalThis[name] = back(value); });
  bind("$$global", (name, object, called) => {
    const target = back(object).$$target;
    const read = () => back(host("g", target.handle, name)), write = (value) => { back(host("p", target.handle, name, out(value))); };
    if (called) hide(globalThis, name, (...args) => ask(target, name, args));
    else defineProperty(globalThis, name, { get: read, set: write, configurable: true });
  });
  bind("$$functions", () => JSON.stringify(Object.keys(globalThis).filter((name) => typeof globalThis[name] === "function")));
  bind("$$kit", { host, out, back, failure, hide, bind, following, VarDate });
})($$host);
