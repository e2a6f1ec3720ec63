"""FormatNumber, FormatCurrency, FormatPercent, FormatDateTime: numbers and dates as the locale writes them."""

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, NamedTuple

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.context import current
from postroom.languages.vbscript.conversions import plain, to_date, to_number
from postroom.languages.vbscript.dates import general_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.functions.arguments import count_or
from postroom.languages.vbscript.locales import Locale
from postroom.languages.vbscript.moments import moment_of, painted
from postroom.languages.vbscript.numbers import CURRENCY_UNIT
from postroom.languages.vbscript.values import MISSING, NULL, Currency, Single, Value

_MOST_PLACES: Final = 255
_EXACT: Final = Context(prec=700)
"""Digits enough for the largest Double with the most decimal places."""
_USE_DEFAULT: Final = -2


class _Form(NamedTuple):
    """How a number is wished: decimal places (-1: the locale's), and three choices, None for the locale's."""

    places: int
    leading_zero: bool | None
    parentheses: bool | None
    groups: bool | None


def _form(places: Value, leading: Value, parentheses: Value, groups: Value) -> _Form:
    count = count_or(places, -1)
    if not -1 <= count <= _MOST_PLACES:
        raise VBScriptError(5)
    return _Form(count, _choice(leading), _choice(parentheses), _choice(groups))


def _choice(value: Value) -> bool | None:
    """TristateTrue -1, TristateFalse 0, TristateUseDefault -2; any other number is error 5."""
    number = count_or(value, _USE_DEFAULT)
    if number not in {-2, -1, 0}:
        raise VBScriptError(5)
    return None if number == _USE_DEFAULT else number == -1


def _decimal(value: Value) -> Decimal:
    """Give the number in the digits that CStr shows; Null is error 13 here."""
    if value is NULL or (value := plain(value)) is NULL:
        raise VBScriptError(13)
    number = to_number(value)
    if type(number) is Currency:
        return Decimal(number.scaled) / CURRENCY_UNIT
    if isinstance(number, float):
        return Decimal(f"{number:.{7 if type(number) is Single else 15}g}")
    return Decimal(number)


def _digits(number: Decimal, form: _Form, places: int, decimal: str, group: str) -> str:
    """Give the number without its sign: grouped, halves rounded away from 0."""
    rounded = abs(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    whole, _, fraction = f"{rounded:f}".partition(".")
    if form.leading_zero is False and whole == "0" and fraction:
        whole = ""
    elif form.groups is not False:
        whole = f"{int(whole):,}".replace(",", group)
    return whole + (decimal + fraction if fraction else "")


def _is_negative(number: Decimal, places: int) -> bool:
    """Whether a minus is to be seen: not for what rounds to 0."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT) < 0


def _plain_number(number: Decimal, form: _Form, locale: Locale, mark: str = "") -> str:
    places = 2 if form.places == -1 else form.places
    text = _digits(number, form, places, locale.decimal, locale.group) + mark
    if not _is_negative(number, places):
        return text
    return f"({text})" if form.parentheses else f"-{text}"


@builtin("FormatNumber", 1, 5)
def formatnumber(value: Value, places: Value = MISSING, leading: Value = MISSING, parentheses: Value = MISSING, groups: Value = MISSING) -> Value:
    """Give a number with two decimal places and groups of thousands, unless told otherwise."""
    return _plain_number(_decimal(value), _form(places, leading, parentheses, groups), current().locale)


@builtin("FormatPercent", 1, 5)
def formatpercent(value: Value, places: Value = MISSING, leading: Value = MISSING, parentheses: Value = MISSING, groups: Value = MISSING) -> Value:
    """Give a hundred times the number, with a percent sign."""
    return _plain_number(_decimal(value) * 100, _form(places, leading, parentheses, groups), current().locale, "%")


@builtin("FormatCurrency", 1, 5)
def formatcurrency(value: Value, places: Value = MISSING, leading: Value = MISSING, parentheses: Value = MISSING, groups: Value = MISSING) -> Value:
    """Give an amount of money with the locale's symbol."""
    number, form, locale = _decimal(value), _form(places, leading, parentheses, groups), current().locale
    count = locale.money_digits if form.places == -1 else form.places
    text = _digits(number, form, count, locale.decimal, locale.money_group or locale.group)
    picture = _owed(form, locale) if _is_negative(number, count) else locale.money
    return picture.replace("n", "\0").replace("$", locale.currency).replace("\0", text)


def _owed(form: _Form, locale: Locale) -> str:
    """Give the picture of a negative amount: the locale's, unless parentheses are asked for or refused."""
    if form.parentheses:
        return f"({locale.money})"
    return f"-{locale.money}" if form.parentheses is False and "(" in locale.owed else locale.owed


@builtin("FormatDateTime", 1, 2)
def formatdatetime(value: Value, form: Value = MISSING) -> Value:
    """Give a date in a form: 0 general, 1 long date, 2 short date, 3 long time, 4 short time with 24 hours."""
    number = count_or(form, 0)
    if value is NULL:
        raise VBScriptError(13)
    date, locale = to_date(value), current().locale
    if number == 0:
        return general_text(date, locale)
    pictures = {1: locale.long_date, 2: locale.short_date, 3: locale.time, 4: "HH:mm"}
    if number not in pictures:
        raise VBScriptError(5)
    return painted(moment_of(date), pictures[number], locale)
