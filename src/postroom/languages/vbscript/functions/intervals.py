"""Intervals: DateAdd, DateDiff, DatePart, with their letters yyyy q m y d w ww h n s."""

from typing import Final

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.context import current
from postroom.languages.vbscript.conversions import to_int, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.functions.arguments import count_or
from postroom.languages.vbscript.functions.calendar import first_day_of_week, moment_or_null
from postroom.languages.vbscript.moments import DAY, Moment, checked_days, days_of, is_leap, month_length, whole_days
from postroom.languages.vbscript.values import MISSING, NULL, Date, Long, Value

_MONTHS: Final = {"yyyy": 12, "q": 3, "m": 1}
_DAYS: Final = {"y": 1, "d": 1, "w": 1, "ww": 7}
_SECONDS: Final = {"h": 3600, "n": 60, "s": 1}


def _interval(value: Value) -> str:
    """Give the interval's letters in lower case; raises 5 for others."""
    name = to_text(value).lower()
    if name not in _MONTHS and name not in _DAYS and name not in _SECONDS:
        raise VBScriptError(5)
    return name


def _seconds(moment: Moment) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


@builtin("DateAdd", 3)
def dateadd(interval: Value, number: Value, date: Value) -> Value:
    """Give the date so many intervals later; a month's end stays within the month: 31 January and a month is the last of February."""
    name, count = _interval(interval), to_int(number)
    moment = moment_or_null(date)
    if moment is None:
        return NULL
    if name in _MONTHS:
        return Date(days_of(_months_later(moment, count * _MONTHS[name]), _seconds(moment)))
    if name in _DAYS:
        return Date(days_of(checked_days(moment.whole_days + count * _DAYS[name]), _seconds(moment)))
    whole, seconds = divmod(_seconds(moment) + count * _SECONDS[name], DAY)
    return Date(days_of(checked_days(moment.whole_days + whole), seconds))


def _months_later(moment: Moment, months: int) -> int:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return whole_days(year, month + 1, min(moment.day, month_length(year, month + 1)))


@builtin("DateDiff", 3, 5)
def datediff(interval: Value, first: Value, second: Value, first_day: Value = MISSING, first_week: Value = MISSING) -> Value:
    """How many times an interval begins between two dates: 31 December and 1 January are a year apart. `w` counts weeks, `ww` their first days."""
    name, start = _interval(interval), first_day_of_week(first_day)
    _first_week(first_week)
    one, other = moment_or_null(first), moment_or_null(second)
    if one is None or other is None:
        return NULL
    return Long(checked_long(_count(other, name, start) - _count(one, name, start) if name != "w" else _weeks(one, other)))


def checked_long(number: int) -> int:
    """Give the number, where a Long holds it; raises 6."""
    if not -0x80000000 <= number <= 0x7FFFFFFF:
        raise VBScriptError(6)
    return number


def _weeks(one: Moment, other: Moment) -> int:
    days = other.whole_days - one.whole_days
    return days // 7 if days >= 0 else -(-days // 7)


def _count(moment: Moment, name: str, start: int) -> int:
    """How many of these intervals began before the moment, from some beginning."""
    if name == "yyyy":
        return moment.year
    if name in {"q", "m"}:
        months = moment.year * 12 + moment.month - 1
        return months // _MONTHS[name]
    if name == "ww":
        return (moment.whole_days - start - 1) // 7  # day 0 was a Saturday
    if name in _DAYS:
        return moment.whole_days
    return (moment.whole_days * DAY + _seconds(moment)) // _SECONDS[name]


@builtin("DatePart", 2, 4)
def datepart(interval: Value, date: Value, first_day: Value = MISSING, first_week: Value = MISSING) -> Value:
    """One part of a date: year, quarter, month, day of the year (y), day, weekday (w), week (ww), hour, minute (n), second."""
    name, start, rule = _interval(interval), first_day_of_week(first_day), _first_week(first_week)
    moment = moment_or_null(date)
    if moment is None:
        return NULL
    parts = {"yyyy": moment.year, "q": (moment.month + 2) // 3, "m": moment.month, "d": moment.day, "w": (moment.weekday - start) % 7 + 1}
    parts |= {"y": moment.whole_days - whole_days(moment.year, 1, 1) + 1, "h": moment.hour, "n": moment.minute, "s": moment.second}
    return parts[name] if name != "ww" else _week(moment, start, rule)


def _first_week(value: Value) -> int:
    """Give the rule for the first week, from an argument of 0 (the locale's) to 3; raises 5."""
    number = count_or(value, 1)
    if not 0 <= number <= 3:
        raise VBScriptError(5)
    return number or current().locale.first_week


def _week(moment: Moment, start: int, rule: int) -> int:
    days = moment.whole_days
    first = _week_one(moment.year, start, rule)
    if days < first:
        first = _week_one(moment.year - 1, start, rule)
    elif moment.year < 9999 and rule == 2 and days >= (following := _week_one(moment.year + 1, start, rule)):
        # A known error of Windows (KB 200299), kept: the first day of a week that belongs to a leap year is in week 53 of the old one.
        return 53 if days == following and is_leap(moment.year + 1) else 1
    return (days - first) // 7 + 1


def _week_one(year: int, start: int, rule: int) -> int:
    """Give the day on which a year's first week begins: the week with 1 January (1), with four days of the year (2), with seven (3)."""
    new_year = Moment(year, 1, 1)
    before = (new_year.weekday - start) % 7
    within = 7 - before
    late = (rule == 2 and within < 4) or (rule == 3 and within < 7)
    return new_year.whole_days - before + (7 if late else 0)
