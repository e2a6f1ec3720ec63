// What is told of an error that nobody caught: number, kind, text, stack, source.
"use strict";
(function (kit) {
  const { MARK, STOP, stopped } = kit;
  const thrown = (error) => {
    const described = typeof error === "object" && error !== null && "description" in error;
    return [5022, "", described ? String(error.description) : "", String(kit.thrown ?? ""), ""];
  };
  const told = (error) => {
    const engines = Reflect.getPrototypeOf(error) !== Error.prototype && !Object.hasOwn(error, "number");
    const description = Object.hasOwn(error, "description") ? error.description : error.message;
    return [engines ? null : Number(error.number ?? 0), String(error.name), String(description), String(error.stack), String(error.source ?? "")];
  };
  kit.report = (error) => {
    if (error === STOP || stopped()) return MARK + "x";
    try {
      return MARK + "e" + JSON.stringify(error instanceof Error ? told(error) : thrown(error));
    } catch {
      return MARK + "e" + JSON.stringify([5022, "", "", "", ""]); // an object that throws while it is looked at
    }
  };
})($$kit);
