// ActiveXObject, GetObject, Enumerator, VBArray, what a host's object is in an expression, and who the engine is.
"use strict";
(function (kit) {
  const { MARK, host, back, out, failure, bind, ask } = kit;
  function following(all) {
    const value = host("i", all.$$handle);
    return value === MARK + "z" ? [true] : [false, back(value)];
  }
  function* items(target) {
    const all = back(host("e", target.handle));
    for (;;) {
      const [done, item] = following(all);
      if (done) return;
      yield item;
    }
  }
  function primitive(target, hint) {
    const value = ask(target, "", []);
    if (typeof value !== "object" && typeof value !== "function") return value;
    return value === null ? "null" : hint === "number" ? Number(value) : String(value);
  }
  kit.meant = (target, name) => {
    if (name === Symbol.toPrimitive) return (hint) => primitive(target, hint);
    return name === Symbol.iterator ? () => items(target) : undefined;
  };
  bind("ActiveXObject", function ActiveXObject(name, server) {
    if (!new.target) throw failure(5002);
    return back(host("c", out(String(name)), server === undefined ? "" : out(String(server))));
  });
  bind("GetObject", (path, name) => back(host("C", path === undefined ? "" : out(String(path)), name === undefined ? "" : out(String(name)))));

  bind("Enumerator", class Enumerator {
    #of; #all; #ended = true; #item;
    constructor(of) {
      this.#of = of;
      this.moveFirst();
    }
    moveFirst() {
      const of = this.#of;
      if (of === undefined || of === null) return;
      if (typeof of.$$handle === "number") this.#all = back(host("e", of.$$handle));
      else if (typeof of === "object" || typeof of === "string") this.#all = Object.values(of).values();
      else throw failure(451);
      this.moveNext();
    }
    moveNext() {
      if (this.#all === undefined) return;
      if (typeof this.#all.$$handle === "number") [this.#ended, this.#item] = following(this.#all);
      else ({ done: this.#ended, value: this.#item } = this.#all.next());
      if (this.#ended) this.#all = undefined;
    }
    atEnd() { return Boolean(this.#ended); }
    item() { return this.#ended ? undefined : this.#item; }
  });

  bind("VBArray", class VBArray {
    #of;
    constructor(of) {
      if (of === undefined || of === null || typeof of.$$handle !== "number" || host("a", of.$$handle) !== true) throw failure(5013);
      this.#of = of;
    }
    dimensions() { return this.#of.$$call.dimensions(); }
    lbound(dimension = 1) { return this.#of.$$call.lbound(dimension); }
    ubound(dimension = 1) { return this.#of.$$call.ubound(dimension); }
    getItem(...subscripts) { return this.#of.$$call.getitem(...subscripts); }
    toArray() { return [...this.#of]; }
  });

  bind("ScriptEngine", () => "JScript");
  bind("ScriptEngineMajorVersion", () => 5);
  bind("ScriptEngineMinorVersion", () => 8);
  bind("ScriptEngineBuildVersion", () => 18702);
  bind("CollectGarbage", () => undefined);
})($$kit);
