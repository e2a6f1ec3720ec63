"""What a locale is: separators, currency, pictures of dates, names of months and days."""

from dataclasses import dataclass
from typing import Final

NO_BREAK: Final = "\u00a0"
"""The space between groups that no line break parts."""

_ENGLISH_MONTHS: Final = "January February March April May June July August September October November December"
_ENGLISH_MONTHS_SHORT: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_ENGLISH_DAYS: Final = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday"
_ENGLISH_DAYS_SHORT: Final = "Sun Mon Tue Wed Thu Fri Sat"
NUMBERED: Final = "1 2 3 4 5 6 7 8 9 10 11 12"
"""What Windows gives as short names of months where a language has none."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A Windows locale: `lcid` is its number, `name` its tag in lower case.

    `money` and `owed` show where the symbol ($) and the number (n) of a positive and a negative amount stand. Dates and times are pictures as
    GetDateFormat reads them. Names are separated by spaces; `genitives` are the months beside a day, where they differ. `first_day` counts from
    Sunday as 1; `first_week` is 1 for the week with 1 January, 2 for the first with four days, as vbFirstJan1 and vbFirstFourDays.
    """

    lcid: int
    name: str
    decimal: str = "."
    group: str = ","
    currency: str = "$"
    money: str = "$n"
    owed: str = "-$n"
    money_group: str = ""
    money_digits: int = 2
    short_date: str = "dd/MM/yyyy"
    long_date: str = "d MMMM yyyy"
    time: str = "HH:mm:ss"
    am: str = ""
    pm: str = ""
    months: str = _ENGLISH_MONTHS
    months_short: str = _ENGLISH_MONTHS_SHORT
    genitives: str = ""
    days: str = _ENGLISH_DAYS
    days_short: str = _ENGLISH_DAYS_SHORT
    first_day: int = 2
    first_week: int = 2

    @property
    def order(self) -> str:
        """The order of a short date's parts: "MDY", "DMY" or "YMD"."""
        return "".join(sorted("DMY", key=lambda part: self.short_date.lower().index(part.lower())))

    @property
    def date_separator(self) -> str:
        """What stands between the parts of a short date."""
        return next(char for char in self.short_date if not char.isalpha())
