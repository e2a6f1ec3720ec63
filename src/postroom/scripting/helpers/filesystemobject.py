"""Scripting.FileSystemObject: the folders that scripts may see, by Windows' paths."""

import fnmatch
import re
import secrets
from pathlib import Path
from typing import Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import Object
from postroom.scripting.helpers.component import Component, member
from postroom.scripting.helpers.desk import Desk
from postroom.scripting.helpers.entries import Drive, Drives, File, Folder
from postroom.scripting.helpers.moving import copy_file, copy_folder, delete_file, delete_folder, make_folder, move
from postroom.scripting.helpers.paths import BAD_NAME, Place
from postroom.scripting.helpers.textfile import READING, create_text_file, open_text_file

_WILD: Final = re.compile(r"[*?]")
_NO_DEVICE: Final = 68
_SPECIAL: Final = ("C:\\Windows", "C:\\Windows\\System32")


class FileSystemObject(Component):
    """The root of the file system's objects."""

    __slots__ = ("_paths", "_streams")

    type_name = "FileSystemObject"

    def __init__(self, desk: Desk) -> None:
        self._paths = desk.paths
        self._streams = desk.streams

    # names: these look at no disk

    @member()
    def build_path(self, path: str, name: str) -> str:
        """Put a folder's path and a name together."""
        return path + name if not path or path.endswith(("\\", "/", ":")) else f"{path}\\{name}"

    @member()
    def get_file_name(self, path: str) -> str:
        """Give a path's last name."""
        return _last_name(path)

    @member()
    def get_base_name(self, path: str) -> str:
        """Give the last name without its extension."""
        base, dot, _ = _last_name(path).rpartition(".")
        return base if dot else _last_name(path)

    @member()
    def get_extension_name(self, path: str) -> str:
        """Give what follows the last name's last point."""
        return _last_name(path).rpartition(".")[2] if "." in _last_name(path) else ""

    @member()
    def get_parent_folder_name(self, path: str) -> str:
        """Give a path without its last name."""
        cut = path.rstrip("\\/")
        place = max(cut.rfind("\\"), cut.rfind("/"))
        if place < 0:
            return cut[:2] if re.match(r"[A-Za-z]:.", cut) else ""
        return cut[: place + 1] if place in {0, 2} and (place == 0 or cut[1] == ":") else cut[:place]

    @member()
    def get_drive_name(self, path: str) -> str:
        """Give a path's drive, as "C:", or the share of a network path."""
        match = re.match(r"[A-Za-z]:|\\\\[^\\]+\\[^\\]+", path)
        return match[0] if match else ""

    @member()
    def get_absolute_path_name(self, path: str) -> str:
        """Give the whole path that a path means from the current folder; wildcards may be in it."""
        return str(self._paths.absolute(path)) if not _WILD.search(path) else self._wild_absolute(path)

    def _wild_absolute(self, path: str) -> str:
        folder, name = _parted(path)
        return str(self._paths.absolute(folder)).rstrip("\\") + "\\" + name

    @member()
    def get_temp_name(self) -> str:
        """Make up a name for a temporary file."""
        return f"rad{secrets.token_hex(3)[:5].upper()}.tmp"

    @member()
    def get_file_version(self, path: str) -> str:
        """Give a program's version; no file here has one."""
        return ""

    # what is there

    @member()
    def drives(self) -> Object:
        """Give the drives."""
        return Drives(self._paths)

    @member()
    def drive_exists(self, path: str) -> bool:
        """Tell whether there is such a drive."""
        return path[:1].upper() in self._paths.drives and path[1:2] in {"", ":"}

    @member()
    def file_exists(self, path: str) -> bool:
        """Tell whether there is such a file that scripts may see."""
        place = self._paths.exists(path)
        return place is not None and place.is_file

    @member()
    def folder_exists(self, path: str) -> bool:
        """Tell whether there is such a folder that scripts may see."""
        place = self._paths.exists(path) if path else None
        return place is not None and place.is_folder

    @member()
    def get_drive(self, path: str) -> Object:
        """Give a drive; raises 68 where there is none, 5 for what names none."""
        if not re.fullmatch(r"[A-Za-z](:\\?)?", path):
            raise VBScriptError(5)
        if not self.drive_exists(path):
            raise VBScriptError(_NO_DEVICE)
        return Drive(self._paths, path[0].upper())

    @member()
    def get_file(self, path: str) -> Object:
        """Give a file; raises 53 where there is none."""
        place = self._file_at(path)
        if not place.is_file:
            raise VBScriptError(53)
        return File(self._paths, place)

    def _file_at(self, path: str) -> Place:
        if not path:
            raise VBScriptError(5)
        return self._paths.find(path)

    @member()
    def get_folder(self, path: str) -> Object:
        """Give a folder; raises 76 where there is none."""
        place = self._file_at(path)
        if not place.is_folder:
            raise VBScriptError(76)
        return Folder(self._paths, place)

    @member()
    def get_special_folder(self, which: int) -> Object:
        """Give Windows' folder (0), the system's (1), that of temporary files (2); raises 5."""
        if not 0 <= which <= 2:
            raise VBScriptError(5)
        return self.get_folder([*_SPECIAL, f"{self._paths.root}\\Temp"][which])

    @member()
    def get_standard_stream(self, which: int, _unicode: bool = False) -> Object:
        """Give standard input (0), output (1) or error (2); event scripts have none: 52."""
        if not 0 <= which <= 2:
            raise VBScriptError(5)
        if which >= len(self._streams):
            raise VBScriptError(BAD_NAME)
        return self._streams[which]

    # what is made and changed

    @member()
    def open_text_file(self, path: str, mode: int = READING, create: bool = False, form: int = 0) -> Object:
        """Open a text file to read (1), write anew (2) or append (8); form -1 is Unicode, 0 and -2 are ANSI. Raises 5, 53, 70, 76."""
        return open_text_file(self._file_at(path), mode, form, create=create)

    @member()
    def create_text_file(self, path: str, overwrite: bool = True, unicode: bool = False) -> Object:
        """Make a text file; raises 58 where there is one that shall not be overwritten, 70, 76."""
        return create_text_file(self._file_at(path), overwrite=overwrite, unicode=unicode)

    @member()
    def create_folder(self, path: str) -> Object:
        """Make a folder; raises 58 where there is one, 70, 76."""
        return Folder(self._paths, make_folder(self._file_at(path)))

    @member()
    def delete_file(self, path: str, force: bool = False) -> None:
        """Delete a file, or all that a pattern in the last name fits; raises 53 where there is none, 70 for those that are read-only or open."""
        for place in self._matches(path, folders=False):
            delete_file(place, force=force)

    @member()
    def delete_folder(self, path: str, force: bool = False) -> None:
        """Delete a folder with all in it, or all folders that a pattern fits; raises 76, 70."""
        for place in self._matches(path.rstrip("\\/"), folders=True):
            delete_folder(place, force=force)

    @member()
    def copy_file(self, source: str, target: str, overwrite: bool = True) -> None:
        """Copy a file, or all that a pattern fits into a folder; raises 53, 58, 70, 76."""
        for place in self._matches(source, folders=False):
            copy_file(place, self._target(place, source, target), overwrite=overwrite)

    @member()
    def copy_folder(self, source: str, target: str, overwrite: bool = True) -> None:
        """Copy a folder with all in it, or all that a pattern fits; raises 58, 70, 76."""
        for place in self._matches(source.rstrip("\\/"), folders=True):
            copy_folder(place, self._target(place, source, target), overwrite=overwrite)

    @member()
    def move_file(self, source: str, target: str) -> None:
        """Move or rename a file, or all that a pattern fits; raises 53, 58, 70, 76."""
        for place in self._matches(source, folders=False):
            move(place, self._target(place, source, target))

    @member()
    def move_folder(self, source: str, target: str) -> None:
        """Move or rename a folder, or all that a pattern fits; raises 58, 70, 76."""
        for place in self._matches(source.rstrip("\\/"), folders=True):
            move(place, self._target(place, source, target))

    def _target(self, place: Place, source: str, target: str) -> Place:
        """Say where one of the sources goes: into the target that ends in a backslash, or that is meant for several."""
        into = target.endswith(("\\", "/")) or _WILD.search(source)
        folder = self._file_at(target)
        if not into:
            return folder
        if not folder.is_folder:
            raise VBScriptError(76)
        return self._paths.find(folder.windows.child(place.windows.name))

    def _matches(self, path: str, *, folders: bool) -> list[Place]:
        """Find what a path means whose last name may be a pattern; raises 53 or 76 where it means nothing."""
        missing = 76 if folders else 53
        folder, name = _parted(path)
        if not _WILD.search(name):
            found = [self._file_at(path)]
        else:
            within = self._paths.find(folder or ".")
            names = sorted(_names(within.native)) if within.native else []
            fitting = re.compile(_pattern(name), re.IGNORECASE)
            found = [self._paths.find(within.windows.child(one)) for one in names if fitting.match(one)]
        found = [place for place in found if (place.is_folder if folders else place.is_file)]
        if not found:
            raise VBScriptError(missing)
        return found


def _names(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()] if folder.is_dir() else []


def _pattern(name: str) -> str:
    """Give Windows' pattern as a regular expression: `*.*` means every name, brackets mean themselves."""
    return fnmatch.translate("*" if name == "*.*" else name.replace("[", "[[]"))


def _parted(path: str) -> tuple[str, str]:
    place = max(path.rfind("\\"), path.rfind("/"), 1 if path[1:2] == ":" else -1)
    return path[: place + 1], path[place + 1 :]


def _last_name(path: str) -> str:
    return re.split(r"[\\/:]", path.rstrip("\\/"))[-1] if not re.fullmatch(r"[A-Za-z]:[\\/]*", path) else ""
