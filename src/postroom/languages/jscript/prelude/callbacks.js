// What the host does with objects and functions of the program.
"use strict";
(function ({ out, back, failure, bind, report }) {
  const spelled = (target, name) => {
    if (name in target) return name;
    for (const key in target) if (key.toLowerCase() === name) return key;
    return Object.getOwnPropertyNames(target).find((key) => key.toLowerCase() === name);
  };
  const value = (target, args) => {
    if (typeof target === "function") return target(...args);
    const plain = target.valueOf();
    return plain === target ? String(target) : plain;
  };
  const member = (target, name, args) => {
    const key = spelled(target, name);
    if (key === undefined) throw failure(438);
    return typeof target[key] === "function" && target[key].$$handle === undefined ? target[key](...args) : target[key];
  };
  const ways = {
    g: (target, name, args) => name === "" ? value(target, args) : member(target, name, args),
    p: (target, name, args) => {
      if (args.length !== 1) throw failure(450);
      target[spelled(target, name) ?? name] = args[0];
    },
    e: (target) => Object.values(target).length,
    i: (target, index) => Object.values(target)[index],
  };
  bind("$$member", (target, way, name, ...args) => {
    try {
      return out(ways[way](target, name, args.map(back)));
    } catch (error) { return report(error); }
  });
})($$kit);
