"""From one subtype to another by name: CBool, CByte, CCur, CDate, CDbl, CInt, CLng, CSng, CStr. Null is error 94."""

from postroom.languages.vbscript import conversions
from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.values import Byte, Value


@builtin("CBool", 1)
def cbool(value: Value) -> Value:
    """Give a Boolean."""
    return conversions.to_bool(value)


@builtin("CByte", 1)
def cbyte(value: Value) -> Value:
    """Give a Byte; True is 255."""
    return Byte(255) if value is True else conversions.to_byte(value)


@builtin("CCur", 1)
def ccur(value: Value) -> Value:
    """Give a Currency."""
    return conversions.to_currency(value)


@builtin("CDate", 1)
def cdate(value: Value) -> Value:
    """Give a Date; a text in the locale's order, a number as days."""
    return conversions.to_date(value)


@builtin("CDbl", 1)
def cdbl(value: Value) -> Value:
    """Give a Double."""
    return conversions.to_double(value)


@builtin("CInt", 1)
def cint(value: Value) -> Value:
    """Give an Integer, halves to the even neighbour."""
    return conversions.to_integer(value)


@builtin("CLng", 1)
def clng(value: Value) -> Value:
    """Give a Long, halves to the even neighbour."""
    return conversions.to_long(value)


@builtin("CSng", 1)
def csng(value: Value) -> Value:
    """Give a Single."""
    return conversions.to_single(value)


@builtin("CStr", 1)
def cstr(value: Value) -> Value:
    """Give a String, numbers and dates as the locale writes them."""
    return conversions.to_text(value)
