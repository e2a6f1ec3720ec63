r"""Windows paths as scripts write them, and the folders of this machine that they stand for.

Scripts see drive C: with hMailServer's program folder and, in it, the server's folders; nothing else of the machine exists for them. Between them lie
folders that are only names (`C:\Program Files (x86)`): they can be listed, and nothing can be made in them.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.utf16 import from_units

ROOT: Final = r"C:\Program Files (x86)\hMailServer"
"""Where hMailServer's installer puts it."""
BAD_NAME: Final = 52
DENIED: Final = 70
NO_SUCH_PATH: Final = 76
_LONGEST: Final = 4096
"""Characters of a path."""
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(\..*)?", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r'[<>|"*?:\x00-\x1f]')


class WindowsPath(NamedTuple):
    """An absolute path of Windows: its drive's letter (upper case) and the names below it."""

    drive: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.drive}:\\" + "\\".join(self.names)

    @property
    def folded(self) -> tuple[str, ...]:
        """What tells whether two paths are the same: case doesn't count."""
        return (self.drive.lower(), *(name.lower() for name in self.names))

    @property
    def parent(self) -> "WindowsPath":
        """The folder that it lies in; a drive's root lies in itself."""
        return WindowsPath(self.drive, self.names[:-1])

    @property
    def name(self) -> str:
        """The last name; "" for a drive's root."""
        return self.names[-1] if self.names else ""

    def child(self, name: str) -> "WindowsPath":
        """Name what lies in this folder."""
        return WindowsPath(self.drive, (*self.names, name))


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder that scripts see: its Windows path and where it really is. In one that is not `writable` nothing is made, changed or deleted."""

    windows: str
    native: Path
    writable: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """What a path leads to: `native` is None for a folder that is only a name, `mount` then too. `is_root` is a mapped folder itself."""

    windows: WindowsPath
    native: Path | None
    mount: Mount | None

    @property
    def is_root(self) -> bool:
        """Whether this is a mapped folder itself, or only a name: neither moves, nor goes away."""
        return self.mount is None or self.native == self.mount.native

    @property
    def is_folder(self) -> bool:
        """Whether there is a folder."""
        return self.native is None or self.native.is_dir()

    @property
    def is_file(self) -> bool:
        """Whether there is a file: a FIFO or a device would block, or worse, and is none."""
        return self.native is not None and self.native.is_file()

    def existing(self) -> Path:
        """Give the real path for reading; raises 70 for what is only a name."""
        if self.native is None:
            raise VBScriptError(DENIED)
        return self.native

    def changeable(self) -> Path:
        """Give the real path of what shall be made or changed; raises 70 where nothing may be."""
        if self.native is None or self.mount is None or not self.mount.writable:
            raise VBScriptError(DENIED)
        return self.native


class Paths:
    """The map of one server's folders. `current` is the folder from which relative paths are read; WScript.Shell changes it."""

    def __init__(self, mounts: Iterable[Mount], root: str = ROOT) -> None:
        # The real place of a mapped folder is taken once: what a link in it leads to is held against this.
        self._mounts = {parse(mount.windows).folded: Mount(mount.windows, mount.native.resolve(), mount.writable) for mount in mounts}
        self.root = parse(root)
        self.current = self.root
        known = [parse(mount.windows) for mount in self._mounts.values()] + [self.root, parse(r"C:\Windows\System32")]
        self._names = {place.folded: place for path in known for place in _ancestors(path)}

    @property
    def drives(self) -> list[str]:
        """The letters of the drives."""
        return sorted({path.drive for path in self._names.values()})

    def absolute(self, text: str) -> WindowsPath:
        """Read a path as Windows does from the current folder: `..` never leads above the drive's root; raises 52, 70, 76."""
        return parse(text, self.current)

    def find(self, text: str | WindowsPath) -> Place:
        """Find what a path leads to; it need not exist. Raises 76 outside of what scripts see, 70 where a link leads out of its folder."""
        path = self.absolute(text) if isinstance(text, str) else text
        folded = path.folded
        for length in range(len(folded), 0, -1):
            mount = self._mounts.get(folded[:length])
            if mount is not None:
                return Place(path, _inside(mount.native, path.names[length - 1 :]), mount)
        if folded in self._names:
            return Place(path, None, None)
        raise VBScriptError(NO_SUCH_PATH, detail=f"{path}: no folder that scripts may open (setting script_folders)")

    def exists(self, text: str) -> Place | None:
        """Find what a path leads to, None where scripts can't even ask."""
        try:
            return self.find(text)
        except VBScriptError:
            return None

    def names_in(self, folder: WindowsPath) -> list[str]:
        """Name the mapped folders, and those that are only names, in a folder that is only a name."""
        return [path.name for folded, path in self._names.items() if path.names and folded[:-1] == folder.folded]

    def disk_of(self, drive: str) -> Path:
        """Give a folder of this machine on a drive, to ask how full its disk is."""
        on_drive = (mount.native for mount in self._mounts.values() if mount.windows[:1].upper() == drive)
        return next(on_drive, Path(os.sep))

    def to_windows(self, native: Path) -> str:
        """Give the path by which scripts know a file of this machine; one outside of the map keeps its own."""
        around = (mount for mount in self._mounts.values() if native.is_relative_to(mount.native))
        best = max(around, key=lambda mount: len(mount.native.parts), default=None)
        if best is None:
            return str(native)
        return str(WindowsPath(parse(best.windows).drive, (*parse(best.windows).names, *native.relative_to(best.native).parts)))


TOP: Final = WindowsPath("C", ())


def parse(text: str, current: WindowsPath = TOP) -> WindowsPath:
    """Read a path, from a current folder; raises 52 for what is no file name, 70 for devices, 76 for network paths."""
    text = from_units(text).replace("/", "\\")
    if len(text) > _LONGEST:
        raise VBScriptError(BAD_NAME)
    if text.startswith("\\\\"):  # \\server\share, and \\?\ and \\.\ which would go round every rule below
        raise VBScriptError(NO_SUCH_PATH)
    drive, names = current
    if re.match(r"[A-Za-z]:", text):
        # "D:x" counts from that drive's current folder; only the current drive has one here.
        drive, names = text[0].upper(), current.names if text[0].upper() == current.drive else ()
        text = text[2:]
    if text.startswith("\\"):
        names = ()
    kept = list(names)
    for part in text.split("\\"):
        _follow(kept, part)
    return WindowsPath(drive, tuple(kept))


def _follow(names: list[str], part: str) -> None:
    """Take one step of a path."""
    if part == "..":
        del names[-1:]
        return
    name = part.rstrip(". ")  # Windows drops them, so "secret.txt. " is secret.txt
    if not name:
        return
    if _FORBIDDEN.search(name) or len(os.fsencode(name)) > 255:  # among them "file.txt:stream", an alternate stream
        raise VBScriptError(BAD_NAME)
    if _DEVICE.fullmatch(name):
        raise VBScriptError(DENIED)
    names.append(name)


def _ancestors(path: WindowsPath) -> Iterator[WindowsPath]:
    for length in range(len(path.names) + 1):
        yield WindowsPath(path.drive, path.names[:length])


def _inside(top: Path, names: tuple[str, ...]) -> Path:
    """Walk down from a mapped folder, names in any case; raises 70 where a link leads out of it, 76 where a folder is missing on the way."""
    place = top
    for depth, name in enumerate(names):
        place = spelled(place, name)
        if place.is_symlink():
            place = place.resolve()
            if not place.is_relative_to(top):
                raise VBScriptError(DENIED)
        if depth < len(names) - 1 and not place.is_dir():
            raise VBScriptError(NO_SUCH_PATH)
    return place


def spelled(folder: Path, name: str) -> Path:
    """Give the path of a name in a folder as the disk spells it; the name itself where nothing is called so."""
    exact = folder / name
    if os.path.lexists(exact):
        return exact
    wanted = name.lower()
    try:
        with os.scandir(folder) as entries:
            return next((folder / entry.name for entry in entries if entry.name.lower() == wanted), exact)
    except OSError:
        return exact
