"""Days as VBScript counts them, and the calendar: from a Date to year, month, day, hour, minute, second and back, and onto paper."""

import re
from datetime import date
from typing import Final, NamedTuple

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.locales import Locale

DAY: Final = 86_400
"""Seconds of a day."""
_DAY_ZERO: Final = date(1899, 12, 30).toordinal()
_FIRST_YEAR: Final = 100
_LAST_YEAR: Final = 9999
_PICTURE: Final = re.compile(r"'([^']*)'|(d{1,4}|M{1,4}|y{1,4}|h{1,2}|H{1,2}|m{1,2}|s{1,2}|t{1,2})|(.)", re.DOTALL)


class Moment(NamedTuple):
    """A Date taken apart, in whole seconds."""

    year: int
    month: int
    day: int
    hour: int = 0
    minute: int = 0
    second: int = 0

    @property
    def weekday(self) -> int:
        """The day of the week, Sunday 0."""
        return date(self.year, self.month, self.day).toordinal() % 7

    @property
    def whole_days(self) -> int:
        """Days since 30 December 1899, without the time."""
        return date(self.year, self.month, self.day).toordinal() - _DAY_ZERO


def moment_of(days: float) -> Moment:
    """Take a Date apart, rounded to the second. Before day 0 the fraction still runs forward: -1.25 is 29 December, 6 o'clock."""
    whole = int(days)
    seconds = int(abs(days - whole) * DAY + 0.5)
    whole, seconds = whole + seconds // DAY, seconds % DAY
    day = date.fromordinal(max(1, min(whole + _DAY_ZERO, date.max.toordinal())))
    return Moment(day.year, day.month, day.day, seconds // 3600, seconds // 60 % 60, seconds % 60)


def days_of(whole: int, seconds: float = 0) -> float:
    """Give a Date of whole days and seconds of that day (0 to 86,399)."""
    return whole - seconds / DAY if whole < 0 else whole + seconds / DAY


def whole_days(year: int, month: int, day: int) -> int:
    """Give the days of a date whose month and day may be out of range (month 14, day 0, day -30); raises 5 beyond the years 100 to 9999."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= year <= _LAST_YEAR:
        raise VBScriptError(5)
    return checked_days(date(year, month, 1).toordinal() - _DAY_ZERO + day - 1)


def checked_days(whole: int) -> int:
    """Give the days, where they lie in the years 100 to 9999; raises 5 elsewhere."""
    if not date(_FIRST_YEAR, 1, 1).toordinal() <= whole + _DAY_ZERO <= date.max.toordinal():
        raise VBScriptError(5)
    return whole


def month_length(year: int, month: int) -> int:
    """How many days the month has."""
    return 31 - (month - 1) % 7 % 2 if month != 2 else 28 + is_leap(year)


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def full_year(year: int) -> int:
    """Give the year that two digits mean: 0 to 29 are of this century, 30 to 99 of the last."""
    if 0 <= year <= 29:
        return 2000 + year
    return 1900 + year if 30 <= year <= 99 else year


def is_valid(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day, within the years of a Date."""
    return _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def painted(moment: Moment, picture: str, locale: Locale) -> str:
    """Give the moment as a picture of Windows shows it: `dddd, d. MMMM yyyy`, `h:mm:ss tt`, 'text in quotes'."""
    beside_day = bool(locale.genitives) and re.search(r"(?<!d)d{1,2}(?!d)", re.sub(r"'[^']*'", "", picture)) is not None
    months = locale.genitives if beside_day else locale.months
    return "".join(_part(match, moment, locale, months) for match in _PICTURE.finditer(picture)).strip()


def _part(match: re.Match[str], moment: Moment, locale: Locale, months: str) -> str:
    quoted, mark, other = match.groups()
    if mark is None:
        return quoted if other is None else other
    if mark in {"dddd", "ddd"}:
        return (locale.days if len(mark) == 4 else locale.days_short).split()[moment.weekday]
    if mark in {"MMMM", "MMM"}:
        return (months if len(mark) == 4 else locale.months_short).split()[moment.month - 1]
    if mark[0] == "t":
        return (locale.am if moment.hour < 12 else locale.pm)[: 1 if len(mark) == 1 else None]
    if mark[0] == "y":
        return str(moment.year) if len(mark) > 2 else f"{moment.year % 100:02}"
    number = {"d": moment.day, "M": moment.month, "h": moment.hour % 12 or 12, "H": moment.hour, "m": moment.minute, "s": moment.second}[mark[0]]
    return f"{number:0{len(mark)}}"
