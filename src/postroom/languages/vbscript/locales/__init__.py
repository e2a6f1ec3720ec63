"""Locales: how numbers, money and dates are written and read.

The values are the defaults of Windows 7, the last Windows that shipped a new VBScript; a Unicode library (CLDR) would write other abbreviations,
other separators and other orders than the scripts have seen. Groups are three digits in all of them, and a negative number has its minus in front.
"""

from typing import Final

from postroom.languages.vbscript.locales import eastern, english, germanic, others, romance
from postroom.languages.vbscript.locales.english import EN_US
from postroom.languages.vbscript.locales.locale import NO_BREAK, Locale

__all__ = ["EN_US", "LOCALES", "NO_BREAK", "Locale", "named", "numbered"]

LOCALES: Final = tuple(
    locale for family in (english, germanic, romance, eastern, others) for locale in vars(family).values() if isinstance(locale, Locale)
)
"""The locales that SetLocale knows; the first of a language is its default."""

_BY_NUMBER: Final = {locale.lcid: locale for locale in LOCALES}
# Microsoft's chart of locales names some by language alone ("da"), and Norwegian "no-no".
_BY_NAME: Final = (
    {locale.name[:2]: locale for locale in reversed(LOCALES)}
    | {locale.name: locale for locale in LOCALES}
    | {"no-no": germanic.NB_NO, "no": germanic.NB_NO}
)


def numbered(lcid: int) -> Locale | None:
    """Give the locale of a number (1031), None where it isn't one of ours."""
    return _BY_NUMBER.get(lcid)


def named(name: str) -> Locale | None:
    """Give the locale of a name ("de-DE", "da"), None where it isn't one of ours."""
    return _BY_NAME.get(name.strip().lower().replace("_", "-"))
