"""Dates: their text by locale, and their reading from text."""

import re
from functools import cache
from typing import Final, NamedTuple

from postroom.languages.vbscript.context import current
from postroom.languages.vbscript.locales import EN_US, Locale
from postroom.languages.vbscript.moments import DAY, days_of, full_year, is_valid, moment_of, painted, whole_days
from postroom.languages.vbscript.values import Date

_LONGEST: Final = 100
"""A text of more characters is no date."""
_TOKEN: Final = re.compile(r"\s*(?:([0-9]+)|([^\W\d_]+)|([/\-.,:]))\s*")
_ORDERS: Final = {"MDY": ("MDY", "DMY", "YMD", "YDM"), "DMY": ("DMY", "MDY", "YMD", "YDM"), "YMD": ("YMD", "MDY", "DMY", "YDM")}
"""In which orders three numbers are tried, by the locale's own: the first that the calendar has is it."""
_HALVES: Final = {"am": 0, "a": 0, "pm": 12, "p": 12}


class _Token(NamedTuple):
    """A number, a word in lower case, or a separator; the other two are empty."""

    number: str
    word: str
    separator: str


def date_text(date: Date) -> str:
    """Give the date as CStr writes it: the short date, the long time, the one that says nothing left out."""
    return general_text(date, current().locale)


def general_text(date: float, locale: Locale) -> str:
    """Give the date in a locale's form, as `date_text`."""
    moment = moment_of(date)
    has_day = moment.whole_days != 0
    has_time = moment[3:] != (0, 0, 0)
    day = [painted(moment, locale.short_date, locale)] if has_day else []
    time = [painted(moment, locale.time, locale)] if has_time or not has_day else []
    return " ".join(day + time)


def read_date(text: str, locale: Locale | None = None) -> float | None:
    """Give the days that a text means, in a locale (the run's, unless named), None if it is no date.

    A time may stand before or after the day. Numbers are read in the locale's order where the calendar has that day, else in another; two numbers are
    day and month of this year, or month and year; month names may be the locale's or English. A weekday's name is refused, as Windows does.
    """
    locale = locale or current().locale
    tokens = _tokens(_english_halves(text.lower(), locale)) if len(text) <= _LONGEST else None
    if not tokens:
        return None
    found = _time(tokens, locale)
    if found is None:
        return None
    seconds, rest = found
    if not rest:
        return None if seconds is None else days_of(0, seconds)
    day = _day(rest, locale)
    return None if day is None else days_of(whole_days(*day), seconds or 0)


def _english_halves(text: str, locale: Locale) -> str:
    """Write the locale's words for the halves of the day as am and pm: "a.m.", "πμ"."""
    for word, half in ((locale.am, " am "), (locale.pm, " pm ")):
        if (word and not word.isascii()) or "." in word:  # the others are words that tokens are made of
            text = text.replace(word.lower(), half)
    return text


def _tokens(text: str) -> list[_Token] | None:
    tokens, place = [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            return None
        tokens.append(_Token(match[1] or "", match[2] or "", match[3] or ""))
        place = match.end()
    return tokens


def _time(tokens: list[_Token], locale: Locale) -> tuple[int | None, list[_Token]] | None:
    """Give the seconds of the time among the tokens (None: there is no time) and the other tokens; None for what can't be a time."""
    # Where dates don't use it, a point separates hours from minutes: "13.50" is ten to two.
    marks = {":"} if locale.date_separator == "." else {":", "."}
    runs = [(start, _run(tokens, start, marks)) for start, token in enumerate(tokens) if token.number]
    halved = ((start, end) for start, end in runs if _half(tokens, end) is not None or _half(tokens, start - 1) is not None)
    start, end = next((run for run in runs if run[1] > run[0] + 1), None) or next(halved, (0, 0))
    if not end:
        return None, tokens
    behind, ahead = _half(tokens, end), _half(tokens, start - 1)  # Koreans say it before the hour
    seconds = _seconds([int(item.number[:9]) for item in tokens[start:end:2]], ahead if behind is None else behind)
    before, after = tokens[: start - (behind is None and ahead is not None)], tokens[end + (behind is not None) :]
    return None if seconds is None or (before and after) else (seconds, before or after)


def _run(tokens: list[_Token], start: int, marks: set[str]) -> int:
    """Give the end of the numbers, three at most, with such marks between them."""
    end = start + 1
    while end + 1 < len(tokens) and end - start < 5 and tokens[end].separator in marks and tokens[end + 1].number:
        end += 2
    return end


def _half(tokens: list[_Token], place: int) -> int | None:
    """Give 0 for AM, 12 for PM at a place."""
    return _HALVES.get(tokens[place].word) if 0 <= place < len(tokens) else None


def _seconds(numbers: list[int], half: int | None) -> int | None:
    hour, minute, second = (*numbers, 0, 0)[:3]
    if hour > 23 or minute > 59 or second > 59:
        return None
    if half is not None and hour <= 12:  # "13:55 AM" is taken as 13:55
        hour = hour % 12 + half
    return (hour * 3600 + minute * 60 + second) % DAY


def _day(tokens: list[_Token], locale: Locale) -> tuple[int, int, int] | None:
    """Year, month and day among tokens that hold no time."""
    parts = _parts(tokens, locale)
    if parts is None:
        return None
    numbers = [part for part in parts if isinstance(part, str)]
    months = [part for part in parts if isinstance(part, int)]
    if len(months) > 1 or len(numbers) > 3:
        return None
    if months:
        return _beside_month(numbers, months[0], year_first=locale.order == "YMD" and parts[0] != months[0])
    if len(numbers) == 3:
        return next((day for order in _ORDERS[locale.order] if (day := _fitted(numbers, order)) is not None), None)
    return _two(numbers, locale) if len(numbers) == 2 else None


def _parts(tokens: list[_Token], locale: Locale) -> list[str | int] | None:
    """Numbers as text and months as numbers, in their order; None for a word that is no month or separators in the wrong places."""
    names = _month_names(locale)
    fillers = _fillers(locale)
    parts: list[str | int] = []
    separated = True
    for token in tokens:
        if token.number or token.word in names:
            parts.append(token.number or names[token.word])
            separated = False
        elif token.separator == "." and parts and not separated:
            continue  # "1. Januar", "Jan. 5": the point may be followed by another separator
        elif token.separator in {"/", "-", ",", "."} and not separated:
            separated = True
        elif token.word not in fillers:
            return None
    return None if separated else parts


@cache
def _month_names(locale: Locale) -> dict[str, int]:
    """Every name of a month, the locale's before the English ones."""
    names: dict[str, int] = {}
    for words in (locale.months, locale.genitives, locale.months_short, EN_US.months, EN_US.months_short):
        for month, name in enumerate(words.split(), 1):
            if name[0].isalpha():
                names.setdefault(name.lower().rstrip("."), month)
    return names


@cache
def _fillers(locale: Locale) -> frozenset[str]:
    """Give the words of a long date that mean nothing: "de" in Spanish."""
    return frozenset(word for literal in re.findall(r"'([^']*)'", locale.long_date) for word in re.findall(r"\w+", literal.lower()))


def _beside_month(numbers: list[str], month: int, *, year_first: bool) -> tuple[int, int, int] | None:
    """Give the day that a month's name and one or two numbers mean: day, or year, or both."""
    if len(numbers) == 1:
        (number,) = numbers
        return _checked(str(current().clock().year), month, number) or _checked(number, month, "1")
    if len(numbers) != 2:
        return None
    first, second = numbers
    here, there = _checked(second, month, first), _checked(first, month, second)
    return (there or here) if year_first else (here or there)


def _fitted(numbers: list[str], order: str) -> tuple[int, int, int] | None:
    part = dict(zip(order, numbers, strict=True))
    return _checked(part["Y"], int(part["M"][:9]), part["D"]) if len(part["M"]) < 3 else None


def _two(numbers: list[str], locale: Locale) -> tuple[int, int, int] | None:
    """Two numbers: day and month of this year in either order, else month and year."""
    first, second = numbers
    year = str(current().clock().year)
    days = [(year, first, second), (year, second, first)]
    if locale.order == "DMY":
        days.reverse()
    for found, month, day in [*days, (second, first, "1"), (first, second, "1")]:
        if len(month) < 3 and (fit := _checked(found, int(month), day)) is not None:
            return fit
    return None


def _checked(year: str, month: int, day: str) -> tuple[int, int, int] | None:
    """Give the day, where the calendar has it: a year has one to four digits, a day one or two."""
    if len(year) > 4 or len(day) > 2:
        return None
    number = full_year(int(year)) if len(year) < 3 else int(year)
    return (number, month, int(day)) if is_valid(number, month, int(day)) else None
