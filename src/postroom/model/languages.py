"""Languages: the translations of administration programs, a file each (18.6). They are read once and never fail."""

from __future__ import annotations

import configparser
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from postroom.model import kinds
from postroom.model.collection import Collection, by_key, count, item
from postroom.model.description import Right, getter, method
from postroom.model.errors import Failed
from postroom.model.kinds import Boolean
from postroom.model.object import Object

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ENGLISH: Final = "english"
LARGEST: Final = 4 << 20
"""Bytes of a language file that are read."""


class Languages(Collection, iid="94720D8A-BC4D-493D-8BDC-8FB28BF31BA5", clsid="BE1070A2-9265-495E-B134-27FAA93916CE"):
    """The languages that there are: English, and one for each file in the folder of languages."""

    __slots__ = ()
    of = "Language"

    Item = item(0, Right.NONE)
    Count = count(1, Right.NONE)
    ItemByName = by_key(3, "The language of a name, such as german.", read=Right.NONE)

    async def read(self) -> Sequence[str]:
        """Name them, in lower case."""
        folder = self.house.places.languages
        return sorted({ENGLISH, *(file.stem.lower() for file in folder.glob("*.ini"))})

    def key(self, record: Any) -> str:
        """Give a language's name."""
        return record.name if isinstance(record, Language) else str(record)

    def wrap(self, record: Any) -> Language:
        """Make the object of a name."""
        made = Language(self.context)
        made.name = record
        return made


class Language(Object, iid="A98C92EF-6AA0-4F22-A29F-BE9154CC242A", clsid="1C70E18B-C63D-458C-B080-64E4F94C4E83"):
    """A language."""

    __slots__ = ("name",)

    def __init__(self, context: Any, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self.name = ENGLISH

    @getter(1, "The translation of an English text; the text itself where there is none.")
    def String(self, EnglishString: kinds.String) -> kinds.String:
        return translations(self.house.places.languages, self.name).get(EnglishString, EnglishString)

    @getter(2, "Its name, in lower case.")
    def Name(self) -> kinds.String:
        return self.name

    @getter(3, "Whether its file is there.")
    def IsDownloaded(self) -> Boolean:
        return self.name == ENGLISH or bool(translations(self.house.places.languages, self.name))

    @method(4, "Fetches its file; as in hMailServer it always fails.")
    async def Download(self) -> None:
        raise Failed("Not implemented.")


@lru_cache(64)
def translations(folder: Path, name: str) -> Mapping[str, str]:
    """Read a language file: lines String_N=English and String_N=translation in its sections; a broken one translates nothing."""
    file = next((found for found in folder.glob("*.ini") if found.stem.lower() == name), None)
    if file is None:
        return {}
    english = next((found for found in folder.glob("*.ini") if found.stem.lower() == ENGLISH), None)
    texts, originals = _strings(file), _strings(english) if english is not None else {}
    return {original: texts[key] for key, original in originals.items() if key in texts} or texts


def _strings(file: Path) -> dict[str, str]:
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), comment_prefixes=(";",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys are texts, whose case counts
    try:
        parser.read_string(_decoded(file.read_bytes()[:LARGEST]))
    except (OSError, configparser.Error, UnicodeDecodeError):
        return {}
    return {key: value for section in parser.sections() for key, value in parser.items(section)}


def _decoded(data: bytes) -> str:
    """Read UTF-8, or UTF-16 with its mark, as Windows programs write it."""
    return data.decode("utf-16") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else data.decode("utf-8-sig", "replace")
