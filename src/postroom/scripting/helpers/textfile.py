"""Opening text files, for all members that do: OpenTextFile, CreateTextFile, OpenAsTextStream."""

import codecs
from typing import Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.scripting.helpers.disk import open_to_read, open_to_write, windows_errors
from postroom.scripting.helpers.paths import Place
from postroom.scripting.helpers.textstream import ANSI, UNICODE, TextStream

READING: Final = 1
WRITING: Final = 2
APPENDING: Final = 8
_FORMS: Final = {-2: ANSI, -1: UNICODE, 0: ANSI}


def open_text_file(place: Place, mode: int, form: int, *, create: bool) -> TextStream:
    """Open a text file; raises 5 for a mode or form that isn't, 53, 70, 76."""
    if mode not in {READING, WRITING, APPENDING} or form not in _FORMS:
        raise VBScriptError(5)
    encoding = _FORMS[form]
    if mode == READING:
        if create and not place.existing().exists():
            open_to_write(place.changeable(), append=True).close()
        return TextStream(open_to_read(place.existing()), encoding)
    raw = open_to_write(place.changeable(), append=mode == APPENDING, create=create)
    with windows_errors():
        if encoding == UNICODE and not raw.size():
            raw.write(codecs.BOM_UTF16_LE)
    return TextStream(raw, encoding, writing=True)


def create_text_file(place: Place, *, overwrite: bool, unicode: bool) -> TextStream:
    """Make a text file; raises 58 where there is one that shall not be overwritten, 70, 76."""
    raw = open_to_write(place.changeable(), exclusive=not overwrite)
    encoding = UNICODE if unicode else ANSI
    with windows_errors():
        if unicode:
            raw.write(codecs.BOM_UTF16_LE)
    return TextStream(raw, encoding, writing=True)
