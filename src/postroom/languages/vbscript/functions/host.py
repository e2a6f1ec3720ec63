"""Objects from the host, the locale, and what needs a screen: a server has none."""

from typing import Final, Never

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.context import current
from postroom.languages.vbscript.conversions import plain, to_int, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.locales import named, numbered
from postroom.languages.vbscript.numbers import read_number
from postroom.languages.vbscript.values import MISSING, Long, Value

_HOME: Final = {0, 1024, 2048}
"""Numbers that mean the server's own locale, the user's and the system's on Windows."""


@builtin("CreateObject", 1, 2)
def createobject(name: Value, server: Value = MISSING) -> Value:
    """Give an object of a class by its ProgID; the host makes it or raises 429."""
    return current().create_object(to_text(name), "" if server is MISSING else to_text(server))


@builtin("GetObject", 0, 2)
def getobject(path: Value = MISSING, name: Value = MISSING) -> Value:
    """Give an object by its path, its ProgID or both; the host finds it or raises 432 or 429."""
    if path is MISSING and name is MISSING:
        raise VBScriptError(450)
    return current().get_object("" if path is MISSING else to_text(path), "" if name is MISSING else to_text(name))


@builtin("GetLocale")
def getlocale() -> Value:
    """Give the number of the locale in force."""
    return Long(current().locale.lcid)


@builtin("SetLocale", 0, 1)
def setlocale(locale: Value = MISSING) -> Value:
    """Change the locale, by number (1031), hexadecimal text or name ("de-DE"); 0 or nothing gives the server's. The answer is the number before."""
    context = current()
    before = context.locale.lcid
    wanted = 0 if locale is MISSING else plain(locale)
    if isinstance(wanted, str) and (number := read_number(wanted)) is None:
        found = named(wanted)
    else:
        number = to_int(wanted)
        found = context.home_locale if number in _HOME else numbered(number)
    if found is None:
        raise VBScriptError(447)
    context.locale = found
    return Long(before)


@builtin("MsgBox", 1, 5)
def msgbox(*_arguments: Value) -> Value:
    """Error 70, as Windows gives a script in a service: there is nobody to press a button, and waiting for one would stop the mail."""
    _no_screen("MsgBox")


@builtin("InputBox", 1, 7)
def inputbox(*_arguments: Value) -> Value:
    """Error 70, as MsgBox."""
    _no_screen("InputBox")


@builtin("LoadPicture", 1)
def loadpicture(_name: Value) -> Value:
    """Error 481: no picture is of use here."""
    raise VBScriptError(481)


def _no_screen(name: str) -> Never:
    raise VBScriptError(70, detail=name)
