"""Cutting, repeating, trimming, turning: the functions that make a text of a text. Null gives Null unless Windows says otherwise."""

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.conversions import plain, to_int, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.functions.arguments import cased, text_of_length
from postroom.languages.vbscript.utf16 import to_units
from postroom.languages.vbscript.values import MISSING, NULL, Long, Value


def _length(value: Value) -> int:
    """Give a count of characters; raises 5 below 0."""
    length = to_int(value)
    if length < 0:
        raise VBScriptError(5)
    return length


def text_or_null(value: Value) -> str | None:
    """Give the text, None for Null; an object gives its default value."""
    value = plain(value) if value is not NULL else value
    return None if value is NULL else to_text(value)


@builtin("Len", 1)
def len_(value: Value) -> Value:
    """How many characters."""
    text = text_or_null(value)
    return NULL if text is None else Long(len(text))


@builtin("Left", 2)
def left(value: Value, length: Value) -> Value:
    """Give the first characters."""
    count = _length(length)
    text = text_or_null(value)
    return NULL if text is None else text[:count]


@builtin("Right", 2)
def right(value: Value, length: Value) -> Value:
    """Give the last characters."""
    count = _length(length)
    text = text_or_null(value)
    return NULL if text is None else text[max(0, len(text) - count) :]


@builtin("Mid", 2, 3)
def mid(value: Value, start: Value, length: Value = MISSING) -> Value:
    """Give the characters from a position (1 is the first) on; none behind the end."""
    count = None if length is MISSING else to_int(length)
    first = to_int(start)
    if first < 1 or (count is not None and count < 0):
        raise VBScriptError(5)
    text = text_or_null(value)
    if text is None:
        return NULL
    return text[first - 1 :] if count is None else text[first - 1 : first - 1 + count]


@builtin("LCase", 1)
def lcase(value: Value) -> Value:
    """Give the text in small letters."""
    text = text_or_null(value)
    return NULL if text is None else cased(text, str.lower)


@builtin("UCase", 1)
def ucase(value: Value) -> Value:
    """Give the text in capitals; ß stays."""
    text = text_or_null(value)
    return NULL if text is None else cased(text, str.upper)


@builtin("LTrim", 1)
def ltrim(value: Value) -> Value:
    """Give the text without the spaces in front; only spaces, no tabs or line ends."""
    text = text_or_null(value)
    return NULL if text is None else text.lstrip(" ")


@builtin("RTrim", 1)
def rtrim(value: Value) -> Value:
    """Give the text without the spaces behind."""
    text = text_or_null(value)
    return NULL if text is None else text.rstrip(" ")


@builtin("Trim", 1)
def trim(value: Value) -> Value:
    """Give the text without the spaces at both ends."""
    text = text_or_null(value)
    return NULL if text is None else text.strip(" ")


@builtin("Space", 1)
def space(number: Value) -> Value:
    """So many spaces."""
    return " " * text_of_length(_length(number))


@builtin("String", 2)
def string(number: Value, character: Value) -> Value:
    """Give the first character of a text, or the character of a number (modulo 256), so many times."""
    character = plain(character) if character is not NULL else character
    if number is NULL or character is NULL:
        return NULL
    count = text_of_length(_length(number))
    if isinstance(character, str):
        if not character:
            raise VBScriptError(5)
        return character[0] * count
    return ansi(to_int(character) % 256) * count


@builtin("StrReverse", 1)
def strreverse(value: Value) -> Value:
    """Give the text from its end; Null is error 94."""
    return to_text(value)[::-1]


def ansi(code: int) -> str:
    """Give the character of Windows' code page 1252; the five codes without one are control characters."""
    try:
        return bytes((code,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(code)


def ansi_code(char: str) -> int:
    """Give the character's number in code page 1252, that of "?" for what isn't in it."""
    if len(char.encode("cp1252", "ignore")) == 1:
        return char.encode("cp1252")[0]
    return ord(char) if ord(char) < 256 else ord("?")


def _first(value: Value) -> str:
    text = to_text(value)
    if not text:
        raise VBScriptError(5)
    return text[0]


@builtin("Asc", 1)
def asc(value: Value) -> Value:
    """Give the number of the first character in code page 1252."""
    return ansi_code(_first(value))


@builtin("AscW", 1)
def ascw(value: Value) -> Value:
    """Give the UTF-16 unit of the first character, as Integer: negative above 32,767."""
    unit = ord(to_units(_first(value))[0])
    return unit - 0x10000 if unit > 0x7FFF else unit


@builtin("Chr", 1)
def chr_(code: Value) -> Value:
    """Give the character of a number from 0 to 255 in code page 1252."""
    number = to_int(code)
    if not 0 <= number <= 255:
        raise VBScriptError(5)
    return ansi(number)


@builtin("ChrW", 1)
def chrw(code: Value) -> Value:
    """Give the UTF-16 unit of a number from -32,768 to 65,535."""
    number = to_int(code)
    if not -0x8000 <= number <= 0xFFFF:
        raise VBScriptError(5)
    return chr(number & 0xFFFF)
