"""A home laid out as hMailServer's: its folders and its ini file, made where they are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.errors import ConfigurationError
from postroom.operations.inifile import IniFile

if TYPE_CHECKING:
    from pathlib import Path

OTHERS: Final = ("Bin", "Languages", "Addons")
"""The folders that nobody moves."""


def lay_out(home: Path) -> None:
    """Make the folders and `Bin/hMailServer.ini`; raises ConfigurationError when they can't be made."""
    ini = IniFile(home)
    ini.make()
    try:
        for folder in (*(home / name for name in OTHERS), *ini.folders().values()):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"{error.filename} can't be made for hMailServer's mode: {error.strerror}.") from error
