"""Drive, Folder and File with their collections: what FileSystemObject gives."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import NOTHING, Date, Object, Value
from postroom.scripting.helpers.component import Component, assignment, member
from postroom.scripting.helpers.disk import date_of, windows_errors
from postroom.scripting.helpers.moving import copy_file, copy_folder, delete_file, delete_folder, make_folder, move
from postroom.scripting.helpers.paths import Paths, Place, WindowsPath
from postroom.scripting.helpers.textfile import READING, create_text_file, open_text_file

READ_ONLY: Final = 1
DIRECTORY: Final = 16
ARCHIVE: Final = 32
FIXED: Final = 2
"""DriveType of a disk that stays."""


class Entry(Component):
    """What files and folders have in common."""

    __slots__ = ("_paths", "_place")

    def __init__(self, paths: Paths, place: Place) -> None:
        self._paths = paths
        self._place = place

    def _status(self) -> os.stat_result:
        """Ask the disk; a folder that is only a name has the times of the machine's root."""
        with windows_errors(76 if isinstance(self, Folder) else 53):
            return (self._place.native or Path(os.sep)).stat()

    @member(default=True)
    def path(self) -> str:
        """The whole path."""
        return str(self._place.windows)

    @member()
    def name(self) -> str:
        """The last name of the path."""
        return self._place.windows.name

    @assignment()
    def put_name(self, name: str) -> None:
        """Rename it; raises 58 where something has that name, 70."""
        if "\\" in name or "/" in name or not name:
            raise VBScriptError(5)
        self._move(self._paths.find(self._place.windows.parent.child(name)))

    def _move(self, target: Place) -> None:
        move(self._place, target)
        self._place = target

    @member()
    def short_name(self) -> str:
        """The name; short ones of eight letters are not made."""
        return self.name()

    @member()
    def short_path(self) -> str:
        """The path; short ones are not made."""
        return self.path()

    @member()
    def drive(self) -> Object:
        """The drive that it is on."""
        return Drive(self._paths, self._place.windows.drive)

    @member()
    def parent_folder(self) -> Value:
        """The folder that it lies in."""
        return Folder(self._paths, self._paths.find(self._place.windows.parent))

    @member()
    def date_created(self) -> Date:
        """When it was made; where the disk doesn't keep that, when it last changed in any way."""
        status = self._status()
        return date_of(getattr(status, "st_birthtime", status.st_ctime))

    @member()
    def date_last_accessed(self) -> Date:
        """When it was last read, as far as the disk keeps that."""
        return date_of(self._status().st_atime)

    @member()
    def date_last_modified(self) -> Date:
        """When it was last written."""
        return date_of(self._status().st_mtime)

    @member()
    def attributes(self) -> int:
        """The sum of 1 read-only, 16 folder, 32 file."""
        kind = DIRECTORY if self._place.is_folder else ARCHIVE
        read_only = not self._status().st_mode & stat.S_IWUSR
        return kind + (READ_ONLY if read_only else 0)

    @assignment()
    def put_attributes(self, attributes: int) -> None:
        """Make it read-only (1) or not; the other attributes don't exist here."""
        path, mode = self._place.changeable(), self._status().st_mode
        if self._place.is_folder:
            return
        with windows_errors():
            path.chmod(mode & ~0o222 if attributes & READ_ONLY else mode | stat.S_IWUSR)


class File(Entry):
    """A file."""

    __slots__ = ()

    type_name = "File"

    @member()
    def size(self) -> Value:
        """Its bytes."""
        return self._status().st_size

    @member()
    def type(self) -> str:
        """What Windows calls such a file."""
        extension = self.name().rpartition(".")[2] if "." in self.name() else ""
        return "Text Document" if extension.lower() == "txt" else f"{extension.upper()} File".strip()

    @member()
    def copy(self, target: str, overwrite: bool = True) -> None:
        """Copy it, into a folder if the target ends in a backslash; raises 58, 70, 76."""
        copy_file(self._place, _target(self._paths, self._place, target), overwrite=overwrite)

    @member()
    def move(self, target: str) -> None:
        """Move it; raises 58, 70, 76."""
        self._move(_target(self._paths, self._place, target))

    @member()
    def delete(self, force: bool = False) -> None:
        """Delete it; raises 70 for one that is open, or read-only without `force`."""
        delete_file(self._place, force=force)

    @member()
    def open_as_text_stream(self, mode: int = READING, form: int = 0) -> Object:
        """Open it to read (1), write anew (2) or append (8); raises 5, 53, 70."""
        return open_text_file(self._place, mode, form, create=False)


class Folder(Entry):
    """A folder."""

    __slots__ = ()

    type_name = "Folder"

    @member()
    def files(self) -> Object:
        """The files in it."""
        return Files(self._paths, self._place)

    @member()
    def sub_folders(self) -> Object:
        """The folders in it."""
        return Folders(self._paths, self._place)

    @member()
    def is_root_folder(self) -> bool:
        """Whether it is a drive's root."""
        return not self._place.windows.names

    @member()
    def parent_folder(self) -> Value:
        """The folder that it lies in; Nothing for a drive's root."""
        return NOTHING if self.is_root_folder() else super().parent_folder()

    @member()
    def size(self) -> Value:
        """The bytes of all files in it and below."""
        if self._place.native is None:
            return 0
        with windows_errors(76):
            return sum(Path(folder, name).lstat().st_size for folder, _, names in os.walk(self._place.native) for name in names)

    @member()
    def type(self) -> str:
        """What Windows calls a folder."""
        return "File folder"

    @member()
    def copy(self, target: str, overwrite: bool = True) -> None:
        """Copy it with all in it; raises 58, 70, 76."""
        copy_folder(self._place, _target(self._paths, self._place, target), overwrite=overwrite)

    @member()
    def move(self, target: str) -> None:
        """Move it with all in it; raises 58, 70, 76."""
        self._move(_target(self._paths, self._place, target))

    @member()
    def delete(self, force: bool = False) -> None:
        """Delete it with all in it; raises 70."""
        delete_folder(self._place, force=force)

    @member()
    def create_text_file(self, name: str, overwrite: bool = True, unicode: bool = False) -> Object:
        """Make a text file in it; raises 58, 70, 76."""
        place = self._paths.find(f"{self.path()}\\{name}")
        return create_text_file(place, overwrite=overwrite, unicode=unicode)


def _target(paths: Paths, place: Place, text: str) -> Place:
    found = paths.find(text)
    return paths.find(found.windows.child(place.windows.name)) if text.endswith(("\\", "/")) else found


class _Entries(Component):
    """The files or folders in a folder, read anew each time."""

    __slots__ = ("_paths", "_place")

    def __init__(self, paths: Paths, place: Place) -> None:
        self._paths = paths
        self._place = place

    def _names(self) -> list[str]:
        """The names, in the order of their letters as NTFS has them; links that lead out of the folder aren't shown."""
        raise VBScriptError(451)

    def _entry(self, name: str) -> Object:
        raise VBScriptError(451)

    def _scanned(self, *, folders: bool) -> list[str]:
        if self._place.native is None:
            return self._paths.names_in(self._place.windows) if folders else []
        with windows_errors(76), os.scandir(self._place.native) as entries:
            names = [entry.name for entry in entries if (entry.is_dir() if folders else entry.is_file())]
        return sorted((name for name in names if self._paths.exists(str(self._place.windows.child(name)))), key=str.lower)

    @member()
    def count(self) -> int:
        """How many there are."""
        return len(self._names())

    @member(default=True)
    def item(self, name: str) -> Object:
        """Give one by its name; raises 53 or 76."""
        return self._entry(name)

    def enumerate(self) -> Iterator[Value]:
        """Give them one after the other."""
        return map(self._entry, self._names())


class Files(_Entries):
    """The files in a folder."""

    __slots__ = ()

    type_name = "IFileCollection"

    def _names(self) -> list[str]:
        return self._scanned(folders=False)

    def _entry(self, name: str) -> Object:
        place = self._paths.find(f"{self._place.windows}\\{name}")
        if not place.is_file:
            raise VBScriptError(53)
        return File(self._paths, place)


class Folders(_Entries):
    """The folders in a folder."""

    __slots__ = ()

    type_name = "IFolderCollection"

    def _names(self) -> list[str]:
        return self._scanned(folders=True)

    def _entry(self, name: str) -> Object:
        place = self._paths.find(f"{self._place.windows}\\{name}")
        if not place.is_folder:
            raise VBScriptError(76)
        return Folder(self._paths, place)

    @member()
    def add(self, name: str) -> Object:
        """Make a folder; raises 58, 70."""
        return Folder(self._paths, make_folder(self._paths.find(f"{self._place.windows}\\{name}")))


class Drive(Component):
    """A drive: there is C:, and those of the setting script_folders."""

    __slots__ = ("_letter", "_paths")

    type_name = "Drive"

    def __init__(self, paths: Paths, letter: str) -> None:
        self._paths = paths
        self._letter = letter

    def _disk(self) -> tuple[int, int]:
        """Give the whole and the free space of the disk that the drive's first mapped folder lies on."""
        with windows_errors(71):
            usage = shutil.disk_usage(self._paths.disk_of(self._letter))
        return usage.total, usage.free

    @member(default=True)
    def path(self) -> str:
        """The letter with a colon."""
        return f"{self._letter}:"

    @member()
    def drive_letter(self) -> str:
        """The letter."""
        return self._letter

    @member()
    def drive_type(self) -> int:
        """2: a disk that stays."""
        return FIXED

    @member()
    def file_system(self) -> str:
        """What scripts expect of a disk."""
        return "NTFS"

    @member()
    def is_ready(self) -> bool:
        """Always."""
        return True

    @member()
    def available_space(self) -> float:
        """Free bytes."""
        return float(self._disk()[1])

    @member()
    def free_space(self) -> float:
        """Free bytes."""
        return float(self._disk()[1])

    @member()
    def total_size(self) -> float:
        """All bytes."""
        return float(self._disk()[0])

    @member()
    def root_folder(self) -> Object:
        """The topmost folder."""
        return Folder(self._paths, self._paths.find(WindowsPath(self._letter, ())))

    @member()
    def serial_number(self) -> int:
        """0: which disk it is tells scripts nothing."""
        return 0

    @member()
    def share_name(self) -> str:
        """Empty: it is no network drive."""
        return ""

    @member()
    def volume_name(self) -> str:
        """Empty."""
        return ""


class Drives(Component):
    """The drives."""

    __slots__ = ("_paths",)

    type_name = "Drives"

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    @member()
    def count(self) -> int:
        """How many there are."""
        return len(self._paths.drives)

    @member(default=True)
    def item(self, letter: str) -> Object:
        """Give one by its letter; raises 68."""
        if letter[:1].upper() not in self._paths.drives or letter[1:] not in {"", ":", ":\\"}:
            raise VBScriptError(68)
        return Drive(self._paths, letter[0].upper())

    def enumerate(self) -> Iterator[Value]:
        """Give them one after the other."""
        return (Drive(self._paths, letter) for letter in self._paths.drives)
