"""Locales: how numbers, money and dates are written and read."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Locale:
    """A Windows locale. `lcid` is its number, `name` its tag."""

    lcid: int
    name: str
    decimal: str
    group: str
    currency: str


EN_US: Final = Locale(1033, "en-us", ".", ",", "$")
