// Date as JScript writes it, getYear and getVarDate.
"use strict";
(function (kit) {
  const { hide } = kit;
  const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const two = (number) => String(number).padStart(2, "0");
  const zone = (date) => {
    const minutes = -date.getTimezoneOffset(), size = Math.abs(minutes);
    return minutes === 0 ? "UTC" : "UTC" + (minutes < 0 ? "-" : "+") + two(Math.floor(size / 60)) + two(size % 60);
  };
  const year = (value) => value > 0 ? String(value) : (1 - value) + " B.C.";
  const time = (date) => two(date.getHours()) + ":" + two(date.getMinutes()) + ":" + two(date.getSeconds());
  const day = (date) => DAYS[date.getDay()].slice(0, 3) + " " + MONTHS[date.getMonth()].slice(0, 3) + " " + date.getDate();
  const utcTime = (date) => two(date.getUTCHours()) + ":" + two(date.getUTCMinutes()) + ":" + two(date.getUTCSeconds());
  const localTime = (date) => (date.getHours() % 12 || 12) + ":" + two(date.getMinutes()) + ":" + two(date.getSeconds()) + (date.getHours() < 12 ? " AM" : " PM");
  const localDay = (date) => DAYS[date.getDay()] + ", " + MONTHS[date.getMonth()] + " " + two(date.getDate()) + ", " + date.getFullYear();
  const texts = {
    toString: (date) => day(date) + " " + time(date) + " " + zone(date) + " " + year(date.getFullYear()),
    toDateString: (date) => day(date) + " " + year(date.getFullYear()),
    toTimeString: (date) => time(date) + " " + zone(date),
    toUTCString: (date) => DAYS[date.getUTCDay()].slice(0, 3) + ", " + date.getUTCDate() + " " + MONTHS[date.getUTCMonth()].slice(0, 3) + " "
      + year(date.getUTCFullYear()) + " " + utcTime(date) + " UTC",
    toLocaleString: (date) => localDay(date) + " " + localTime(date),
    toLocaleDateString: localDay,
    toLocaleTimeString: localTime,
  };
  texts.toGMTString = texts.toUTCString;
  for (const [name, write] of Object.entries(texts)) {
    hide(Date.prototype, name, function () { return isNaN(this.getTime()) ? "NaN" : write(this); });
  }
  // JScript's getYear: two digits in the twentieth century, else all of them.
  hide(Date.prototype, "getYear", function () {
    const found = this.getFullYear();
    return found >= 1900 && found <= 1999 ? found - 1900 : found;
  });
  hide(Date.prototype, "getVarDate", function () { return new kit.VarDate(this.getTime()); });
  const { parse } = Date;
  hide(Date, "parse", (text) => {
    const found = parse(text);
    return isNaN(found) ? parse(String(text).replace(/\bUTC([+-]\d{4})? (\d{1,6})$/, "$2 GMT$1").replace(/-/g, "/")) : found;
  });
})($$kit);
