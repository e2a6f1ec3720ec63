"""Dates: their parts and their names, and putting one together. Now and Timer are in `clock`, intervals in `intervals`."""

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.context import current
from postroom.languages.vbscript.conversions import plain, to_bool, to_date, to_int, to_integer, to_text
from postroom.languages.vbscript.dates import read_date
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.functions.arguments import count_or
from postroom.languages.vbscript.moments import DAY, Moment, full_year, moment_of, whole_days
from postroom.languages.vbscript.values import MISSING, NULL, Date, Value


def moment_or_null(value: Value) -> Moment | None:
    """Give the date taken apart, None for Null."""
    value = plain(value) if value is not NULL else value
    return None if value is NULL else moment_of(to_date(value))


def first_day_of_week(value: Value) -> int:
    """Give the day that a week starts with, Sunday 0, from an argument of 0 (the locale's) to 7; raises 5."""
    number = count_or(value, 1)
    if not 0 <= number <= 7:
        raise VBScriptError(5)
    return (number or current().locale.first_day) - 1


@builtin("Year", 1)
def year(date: Value) -> Value:
    """Give the year, 100 to 9999."""
    moment = moment_or_null(date)
    return NULL if moment is None else moment.year


@builtin("Month", 1)
def month(date: Value) -> Value:
    """Give the month, 1 to 12."""
    moment = moment_or_null(date)
    return NULL if moment is None else moment.month


@builtin("Day", 1)
def day(date: Value) -> Value:
    """Give the day of the month."""
    moment = moment_or_null(date)
    return NULL if moment is None else moment.day


@builtin("Hour", 1)
def hour(date: Value) -> Value:
    """Give the hour, 0 to 23."""
    moment = moment_or_null(date)
    return NULL if moment is None else moment.hour


@builtin("Minute", 1)
def minute(date: Value) -> Value:
    """Give the minute."""
    moment = moment_or_null(date)
    return NULL if moment is None else moment.minute


@builtin("Second", 1)
def second(date: Value) -> Value:
    """Give the second."""
    moment = moment_or_null(date)
    return NULL if moment is None else moment.second


@builtin("Weekday", 1, 2)
def weekday(date: Value, first: Value = MISSING) -> Value:
    """Give the day of the week, 1 for the day that it starts with (Sunday, unless told)."""
    start = first_day_of_week(first)
    moment = moment_or_null(date)
    return NULL if moment is None else (moment.weekday - start) % 7 + 1


@builtin("MonthName", 1, 2)
def monthname(number: Value, abbreviate: Value = MISSING) -> Value:
    """Give the locale's name of a month."""
    short = abbreviate is not MISSING and to_bool(abbreviate)
    index = to_int(number)
    if not 1 <= index <= 12:
        raise VBScriptError(5)
    locale = current().locale
    return (locale.months_short if short else locale.months).split()[index - 1]


@builtin("WeekdayName", 1, 3)
def weekdayname(number: Value, abbreviate: Value = MISSING, first: Value = MISSING) -> Value:
    """Give the locale's name of a day of the week, 1 for the day that it starts with."""
    start = first_day_of_week(first)
    short = abbreviate is not MISSING and to_bool(abbreviate)
    index = to_int(number)
    if not 1 <= index <= 7:
        raise VBScriptError(5)
    locale = current().locale
    return (locale.days_short if short else locale.days).split()[(index - 1 + start) % 7]


@builtin("DateSerial", 3)
def dateserial(year: Value, month: Value, day: Value) -> Value:
    """Give a date of its parts: the 14th month is February of the next year, day 0 the last of the month before, year 29 is 2029, year 30 is 1930."""
    years, months, days = to_integer(year), to_integer(month), to_integer(day)
    return Date(whole_days(full_year(years), months, days))


@builtin("TimeSerial", 3)
def timeserial(hour: Value, minute: Value, second: Value) -> Value:
    """Give a time of its parts, each of which may be too large or negative."""
    hours, minutes, seconds = to_integer(hour), to_integer(minute), to_integer(second)
    return Date((hours * 3600 + minutes * 60 + seconds) / DAY)


@builtin("DateValue", 1)
def datevalue(value: Value) -> Value:
    """Give the day of a text or a Date, without the time."""
    return Date(moment_of(_read(value)).whole_days)


@builtin("TimeValue", 1)
def timevalue(value: Value) -> Value:
    """Give the time of a text or a Date, without the day."""
    if value is NULL or (value := plain(value)) is NULL:
        return NULL
    moment = moment_of(_read(value))
    return Date((moment.hour * 3600 + moment.minute * 60 + moment.second) / DAY)


def _read(value: Value) -> float:
    if type(value) is Date:
        return value
    days = read_date(to_text(value))
    if days is None:
        raise VBScriptError(13)
    return days
