// Errors that a program catches have Microsoft's number and text; what the host ends can't be caught.
"use strict";
(function (kit) {
  const { STOP, host, text, bind, hide, stopped } = kit;
  for (const [name, read] of [["number", () => 0], ["description", (error) => error.message]]) {
    Reflect.defineProperty(Error.prototype, name, {
      get() { return read(this); },
      set(value) { hide(this, name, value); },
      configurable: true,
    });
  }
  bind("$$live", () => { if (stopped()) throw STOP; });
  bind("$$mark", () => { kit.thrown = new Error().stack; });
  bind("$$caught", (error) => {
    if (stopped()) throw STOP;
    if (!(error instanceof Error) || Object.hasOwn(error, "number") || Reflect.getPrototypeOf(error) === Error.prototype) return error;
    const [number, description] = JSON.parse(host("m", error.name, text(String(error.message)), text(String(error.stack))));
    if (number) for (const [name, value] of [["number", number], ["description", description], ["message", description]]) hide(error, name, value);
    return error;
  });
})($$kit);
