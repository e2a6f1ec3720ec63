"""Dates of mail: RFC 5322 section 3.3 in header fields, date-time of RFC 3501 in IMAP. Times are integers: microseconds since 1970, UTC."""

import re
from calendar import timegm
from time import gmtime

from postroom.errors import PostroomError

SECOND = 1_000_000  # microseconds

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTH_NUMBER = {name.lower(): number for number, name in enumerate(_MONTHS, 1)}
# Obsolete zones (RFC 5322 section 4.3); the military letters and unknown names mean nothing known, so UTC.
_ZONES = {
    "edt": -240,
    "est": -300,
    "cdt": -300,
    "cst": -360,
    "mdt": -360,
    "mst": -420,
    "pdt": -420,
    "pst": -480,
    "bst": 60,
    "cet": 60,
    "cest": 120,
}
_DATE = re.compile(
    r"(?:[a-z]{2,9}[\s,.]+|,\s*)?(\d{1,2})[\s-]+([a-z]{3})[a-z]{0,6}\.?[\s,-]+(\d{2,4})[\s,]+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?"
    r"(?:\.\d{1,9})?\s*(?:(?:GMT|UTC)?([+-])(\d{2}):?(\d{2})|([a-z]{1,5}))?",
    re.IGNORECASE | re.ASCII,
)
_INTERNAL = re.compile(r"([ \d]\d)-([a-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)", re.IGNORECASE | re.ASCII)
_COMMENT = re.compile(r"\([^()]*+\)|[()]")
_TEXT_CHARACTERS = 100


class DateError(PostroomError):
    """The text is no date of the form asked for."""


def format_date(time: int, offset: int = 0) -> str:
    """Write a time for a Date field: `Fri, 21 Nov 1997 09:55:06 -0600`; the offset of the zone is in minutes."""
    year, month, day, hour, minute, second, weekday, _, _ = gmtime(time // SECOND + offset * 60)
    return f"{_DAYS[weekday]}, {day:02} {_MONTHS[month - 1]} {year:04} {hour:02}:{minute:02}:{second:02} {_zone(offset)}"


def parse_date(text: str) -> int | None:
    """Read a Date field, also in the obsolete and the broken forms that arrive; None when there is no reading it."""
    if len(text) > _TEXT_CHARACTERS:
        text = text[:_TEXT_CHARACTERS]
    found = _DATE.match(_COMMENT.sub(" ", text).strip() if "(" in text else text.strip())
    if found is None:
        return None
    day, month, year, hour, minute, second, sign, zone_hours, zone_minutes, zone = found.groups()
    offset = _offset(sign, zone_hours, zone_minutes) if sign else _ZONES.get((zone or "").lower(), 0)
    return _time(_year(year), month, int(day), int(hour), int(minute), int(second or 0), offset)


def format_internaldate(time: int, offset: int = 0) -> str:
    """Write a time as IMAP's date-time without its quotes: `17-Jul-1996 02:44:25 -0700` (RFC 3501 section 9)."""
    year, month, day, hour, minute, second, _, _, _ = gmtime(time // SECOND + offset * 60)
    return f"{day:2}-{_MONTHS[month - 1]}-{year:04} {hour:02}:{minute:02}:{second:02} {_zone(offset)}"


def parse_internaldate(text: str) -> int:
    """Read IMAP's date-time without its quotes; raises DateError."""
    found = _INTERNAL.fullmatch(text)
    if found:
        day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = found.groups()
        time = _time(int(year), month, int(day), int(hour), int(minute), int(second), _offset(sign, zone_hours, zone_minutes))
        if time is not None:
            return time
    raise DateError("The date is not of the form 17-Jul-1996 02:44:25 -0700.")


def _zone(offset: int) -> str:
    hours, minutes = divmod(abs(offset), 60)
    return f"{'-' if offset < 0 else '+'}{hours:02}{minutes:02}"


def _offset(sign: str, hours: str, minutes: str) -> int:
    offset = int(hours) * 60 + int(minutes)
    return -offset if sign == "-" else offset


def _year(text: str) -> int:
    """Read a year; those of two and three digits as RFC 5322 section 4.3 says."""
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(text) == 3 else year


def _time(year: int, month: str, day: int, hour: int, minute: int, second: int, offset: int) -> int | None:
    number = _MONTH_NUMBER.get(month.lower())
    if number is None or not (1 <= day <= _last_day(year, number) and hour < 24 and minute < 60 and second <= 60 and abs(offset) < 6000):
        return None
    if year < 1:
        return None
    return (timegm((year, number, day, hour, minute, second, 0, 0, 0)) - offset * 60) * SECOND


def _last_day(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
