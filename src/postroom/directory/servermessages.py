"""The texts that the server itself writes to people: their names are fixed, administrators change the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from postroom.directory.records import Record


@dataclass(frozen=True, slots=True)
class ServerMessage(Record):
    """A text under its name; words such as %MACRO_SUBJECT% are filled in when it is used."""

    TABLE: ClassVar[str] = "server_message"
    ORDER: ClassVar[str] = "lower(name), id"

    name: str = ""
    text: str = ""
