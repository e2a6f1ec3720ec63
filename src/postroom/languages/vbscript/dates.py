"""Dates: their text by locale, and their reading from text."""

from datetime import datetime, timedelta

from postroom.languages.vbscript.locales import Locale
from postroom.languages.vbscript.values import Date

_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a Date of VBScript has no zone


def date_text(date: Date) -> str:
    """The date as CStr writes it: the short date, the long time, the one that says nothing left out."""
    whole = int(date)
    moment = _DAY_ZERO + timedelta(days=whole, seconds=round(abs(date - whole) * 86400))
    day = f"{moment.month}/{moment.day}/{moment.year}"
    time = f"{moment.hour % 12 or 12}:{moment.minute:02}:{moment.second:02} {'AM' if moment.hour < 12 else 'PM'}"
    return " ".join(([day] if whole else []) + ([time] if date != whole or not whole else []))


def read_date(text: str, locale: Locale | None = None) -> float | None:
    """The days that a text means (`#...#` literals and CDate), None if it is no date."""
    for form in ("%m/%d/%Y", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%H:%M:%S", "%Y-%m-%d", "%m/%d/%y"):
        try:
            moment = datetime.strptime(text.strip(), form)  # noqa: DTZ007 - a Date of VBScript has no zone
        except ValueError:
            continue
        if "%Y" not in form and "%y" not in form:
            return (moment - datetime(1900, 1, 1)) / timedelta(days=1)  # noqa: DTZ001 - likewise
        return (moment - _DAY_ZERO) / timedelta(days=1)
    return None
