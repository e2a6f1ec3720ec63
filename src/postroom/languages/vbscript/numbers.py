"""Numbers: their text as CStr writes it, their reading from text, their rounding."""

import re
import struct
from typing import Final

from postroom.languages.vbscript.context import current
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import Currency, Single

CURRENCY_UNIT: Final = 10_000
_LONGEST: Final = 400
"""A text of more characters is no number: int() of a million digits would take minutes."""
_NUMBER = re.compile(r"(\d*)(?:\.(\d*))?(?:[eEdD]([+-]?\d{1,6}))?", re.ASCII)
_RADIX = re.compile(r"&(?:[hH]([0-9a-fA-F]+)|[oO]?([0-7]+))&?", re.ASCII)


def float_text(value: float) -> str:
    """Make a Double with up to 15 digits, a Single with up to 7; exponents where the plain form would need more places than that."""
    digits = 7 if type(value) is Single else 15
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - NaN is what differs from itself
        return "-1.#IND" if value != value else f"{'-' if value < 0 else ''}1.#INF"  # noqa: PLR0124 - likewise
    mantissa, _, exponent = f"{abs(value):.{digits - 1}e}".partition("e")
    return _sign(value) + _placed(mantissa.replace(".", "").rstrip("0"), int(exponent), digits, current().locale.decimal)


def _sign(value: float) -> str:
    return "-" if value < 0 else ""


def _placed(figures: str, power: int, digits: int, point: str) -> str:
    """Figures with the point where it belongs; `power` is the first figure's."""
    if not figures:
        return "0"
    if power >= digits or len(figures) - 1 - power > digits:
        rest = point + figures[1:] if len(figures) > 1 else ""
        return f"{figures[0]}{rest}E{'-' if power < 0 else '+'}{abs(power):02}"
    if power < 0:
        return f"0{point}{'0' * (-power - 1)}{figures}"
    whole, fraction = figures[: power + 1].ljust(power + 1, "0"), figures[power + 1 :]
    return whole + (point + fraction if fraction else "")


def currency_text(value: Currency) -> str:
    """Make a Currency with up to four places."""
    whole, fraction = divmod(abs(value.scaled), CURRENCY_UNIT)
    places = f"{fraction:04}".rstrip("0")
    return f"{'-' if value.scaled < 0 else ''}{whole}{current().locale.decimal + places if places else ''}"


def read_number(text: str) -> float | None:
    """Give the Double that a text means: sign on either side or parentheses, group marks, the locale's money sign, exponent, &H and &O; else None."""
    text = text.strip(" \t\r\n\x0b\x0c\xa0")
    if not text or len(text) > _LONGEST:
        return None
    if text[0] == "&":
        return _read_radix(text)
    body, negative = _unsigned(text)
    if body is None:
        return None
    match = _NUMBER.fullmatch(_plain(body))
    if match is None or not (match[1] or match[2]):
        return None
    try:
        value = float(f"{match[1] or '0'}.{match[2] or '0'}e{match[3] or '0'}")
    except OverflowError:  # pragma: no cover - float() gives inf
        value = float("inf")
    if value == float("inf"):
        raise VBScriptError(6)
    return -value if negative else value


def _read_radix(text: str) -> float | None:
    match = _RADIX.fullmatch(text)
    if match is None:
        return None
    value = int(match[1], 16) if match[1] else int(match[2], 8)
    return None if value >= 1 << 32 else float(radix_value(value))


def radix_value(value: int) -> int:
    """Tell what the bits of a &H or &O number mean: 16 bits with a sign as far as they go, then 32."""
    if value < 1 << 16:
        return value - (1 << 16) if value >= 1 << 15 else value
    return value - (1 << 32) if value >= 1 << 31 else value


def _unsigned(text: str) -> tuple[str | None, bool]:
    """Give the text without its sign and money mark, and whether it is negative; None for two signs."""
    negative = False
    if text[0] == "(" and text[-1] == ")":
        text, negative = text[1:-1].strip(), True
        if text[:1] in {"-", "+"}:
            return None, False
    else:
        for sign in ("-", "+"):
            if text.startswith(sign):
                text, negative = text[1:].strip(), sign == "-"
                break
            if text.endswith(sign):
                text, negative = text[:-1].strip(), sign == "-"
                break
    money = current().locale.currency
    if text.startswith(money):
        text = text[len(money) :].strip()
    elif text.endswith(money):
        text = text[: -len(money)].strip()
    return text, negative


def _plain(text: str) -> str:
    """Give the number with a point for the locale's decimal sign and without group marks before it."""
    locale = current().locale
    whole, found, rest = text.partition(locale.decimal)
    if whole[:1].isdigit():
        whole = whole.replace(locale.group, "")
    return whole + "." + rest if found else whole


def rounded(value: float) -> int:
    """Give the nearest whole number, halves to the even one; raises 6 for infinity and NaN."""
    try:
        return round(value)
    except (OverflowError, ValueError):
        raise VBScriptError(6) from None


def single(value: float) -> Single:
    """Give the number in 32 bits; raises 6 where it does not fit."""
    try:
        return Single(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        raise VBScriptError(6) from None
