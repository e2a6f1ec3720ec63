"""hMailServer.ini (object model 8.20, 10.14): where its users look for the folders; what is written there acts at the next start."""

from __future__ import annotations

import os
import re
from pathlib import Path  # noqa: TC003 - a NamedTuple keeps its annotations
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.errors import ConfigurationError
from postroom.formats.ini import value_of, with_value

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST: Final = 1 << 20
"""Bytes of an ini file that are read."""

FOLDERS: Final[Mapping[str, tuple[str, str]]] = {
    "program": ("ProgramFolder", ""),
    "database": ("DatabaseFolder", "Database"),
    "messages": ("DataFolder", "Data"),
    "logs": ("LogFolder", "Logs"),
    "temp": ("TempFolder", "Temp"),
    "events": ("EventFolder", "Events"),
}
"""The keys of [Directories], and where the folders are in a new home."""

SECTION: Final = "Directories"

_NEW: Final = """\
; Folders are moved by the keys of Directories; what is changed acts at the next start.
; Everything else is set by the object model, the administration programs or `postroom settings`.
[Directories]
[Database]
Type=MSSQLCE
Username=
Password=
PasswordEncryption=1
Port=0
Server=
Database=hMailServer
Internal=1
[Security]
AdministratorPassword=
[GUILanguages]
ValidLanguages=english
"""
_WINDOWS: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\")


class IniFile(NamedTuple):
    """`Bin/hMailServer.ini` of a home that is laid out as hMailServer's."""

    home: Path

    @property
    def path(self) -> Path:
        """The file."""
        return self.home / "Bin" / "hMailServer.ini"

    def make(self) -> None:
        """Write the file of a new home, unless there is one."""
        if not self.path.exists():
            text = _NEW
            for name, (key, _) in FOLDERS.items():
                text = with_value(text, SECTION, key, str(self.usual(name)))
            self._write(text)

    def usual(self, name: str) -> Path:
        """Tell where a folder is when nobody has moved it, by our name for it."""
        return self.home / FOLDERS[name][1]

    def folders(self) -> dict[str, Path]:
        """Tell where the folders are, by our names; one that is not named, or that is another system's, is where it usually is."""
        text = self._read()
        return {name: self._place(value_of(text, SECTION, key), name) for name, (key, _) in FOLDERS.items()}

    def value(self, section: str, key: str) -> str:
        """Read a value; "" where there is none. Raises ConfigurationError for a file that can't be read."""
        return value_of(self._read(), section, key) or ""

    def number(self, section: str, key: str, usual: int) -> int:
        """Read a number that is not negative; `usual` where there is none. Raises ConfigurationError as `value` does."""
        written = self.value(section, key)
        return int(written) if re.fullmatch("[0-9]{1,9}", written) else usual

    def move(self, name: str, place: str) -> None:
        """Write where a folder is from the next start on; empty: where it usually is. Raises ConfigurationError."""
        try:
            text = with_value(self._read(), SECTION, FOLDERS[name][0], place or str(self.usual(name)))
        except ValueError as error:
            raise ConfigurationError(str(error)) from None
        self._write(text)

    def _place(self, written: str | None, name: str) -> Path:
        if not written or (os.name != "nt" and _WINDOWS.match(written)):
            return self.usual(name)
        return self.home / written

    def _read(self) -> str:
        try:
            with self.path.open("rb") as file:
                data = file.read(LARGEST)
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise ConfigurationError(f"{self.path} can't be read: {error.strerror}.") from error
        return data.decode("utf-8-sig", "replace")

    def _write(self, text: str) -> None:
        """Write the file whole or not at all: a crash leaves the old one."""
        fresh = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except OSError as error:
            raise ConfigurationError(f"{self.path} can't be written: {error.strerror}.") from error
