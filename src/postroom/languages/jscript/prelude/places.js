// Assignment to what a call gives: `o.Item(1) = v`. The call makes a place, whose value is read and written.
"use strict";
(function (kit) {
  const { host, back, out, failure, ask } = kit;
  let pending;
  class Place {
    constructor(target, name, args) { this.target = target; this.name = name; this.args = args; }
    get $$value() { return ask(this.target, this.name, this.args); }
    set $$value(value) { back(host("P", this.target.handle, this.name, out(value), ...this.args.map(out))); }
  }
  const puts = new Proxy({}, { get(_, name) { const target = pending; return (...args) => new Place(target, name, args); } });
  kit.putting = (target) => { pending = target; return puts; };
  kit.placing = (target) => (...args) => new Place(target, "", args);
  kit.place = (...all) => new Place(...all);

  // JavaScript's own objects: only what a member gives may be a host's object.
  const placeOf = kit.placeOf = (value) => {
    if (value === undefined || value === null) throw failure(5007);
    const target = value.$$target;
    if (target === undefined) throw failure(5003);
    return (...args) => new Place(target, "", args);
  };
  const plain = new Proxy({}, { get: (_, name) => placeOf(pending[name]) });
  Reflect.defineProperty(Object.prototype, "$$put", { get() { pending = this; return plain; }, configurable: true });
  Reflect.defineProperty(Object.prototype, "$$at", { get() { return placeOf(this); }, configurable: true });
})($$kit);
