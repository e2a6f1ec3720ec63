// `with`: the names of a host's object, and calls that are told from properties. `$$in_Save` is a call of Save, `$$put_Item` a place in Item.
"use strict";
(function ({ host, back, out, ask, bind, place, placeOf }) {
  const called = (name) => name.startsWith("$$in_") ? name.slice(5) : name.startsWith("$$put_") ? name.slice(6) : null;
  const ofHost = (target) => ({
    has: (_, name) => typeof name === "string" && host("h", target.handle, called(name) ?? name) === true,
    get(_, name) {
      if (typeof name === "symbol") return undefined;
      const inner = called(name);
      if (inner === null) return back(host("g", target.handle, name));
      return name.startsWith("$$in_") ? (...args) => ask(target, inner, args) : (...args) => place(target, inner, args);
    },
    set(_, name, value) {
      back(host("p", target.handle, name, out(value)));
      return true;
    },
  });
  const own = {
    has: (target, name) => typeof name === "string" && (called(name) ?? name) in target,
    get(target, name) {
      if (typeof name === "symbol") return target[name];
      const inner = called(name);
      if (inner === null) return Reflect.get(target, name);
      return name.startsWith("$$in_") ? (...args) => Reflect.apply(target[inner], target, args) : placeOf(target[inner]);
    },
    set: (target, name, value) => Reflect.set(target, name, value),
  };
  bind("$$with", (value) => {
    const target = value === undefined || value === null ? undefined : value.$$target;
    return target === undefined ? new Proxy(Object(value), own) : new Proxy({ __proto__: null }, ofHost(target));
  });
})($$kit);
