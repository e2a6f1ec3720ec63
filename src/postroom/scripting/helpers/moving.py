"""Making, copying, moving and deleting files and folders as Windows does. Links are never followed, copied or made."""

import os
import shutil
import stat
from pathlib import Path

from postroom.languages.vbscript.errors import VBScriptError
from postroom.scripting.helpers.disk import refuse_locked, windows_errors
from postroom.scripting.helpers.paths import DENIED, NO_SUCH_PATH, Place

THERE_ALREADY = 58


def make_folder(place: Place) -> Place:
    """Make a folder; raises 58 where something has that name, 70, 76."""
    if place.native is None:
        raise VBScriptError(THERE_ALREADY)
    with windows_errors(NO_SUCH_PATH):
        place.changeable().mkdir(0o750)
    return place


def delete_file(place: Place, *, force: bool) -> None:
    """Delete a file; raises 70 for one that is open, or read-only without `force`."""
    path = place.changeable()
    with windows_errors():
        if not force and is_read_only(path):
            raise VBScriptError(DENIED)
        refuse_locked(path)
        path.unlink()


def delete_folder(place: Place, *, force: bool) -> None:
    """Delete a folder with all in it; raises 70 for a mapped folder itself, and for read-only content without `force`."""
    path = place.changeable()
    if place.is_root:
        raise VBScriptError(DENIED)
    with windows_errors(NO_SUCH_PATH):
        if not force and any(is_read_only(Path(folder, name)) for folder, _, names in os.walk(path) for name in names):
            raise VBScriptError(DENIED)
        shutil.rmtree(path)


def copy_file(source: Place, target: Place, *, overwrite: bool) -> None:
    """Copy a file with its times; raises 58, 70 for a target that is a folder, read-only or open, 76."""
    path = target.changeable()
    if target.is_folder or (target.is_file and is_read_only(path)):
        raise VBScriptError(DENIED)
    if target.is_file and not overwrite:
        raise VBScriptError(THERE_ALREADY)
    refuse_locked(path)
    with windows_errors(NO_SUCH_PATH):
        try:
            shutil.copy2(source.existing(), path, follow_symlinks=False)
        except shutil.SameFileError:
            raise VBScriptError(DENIED) from None


def copy_folder(source: Place, target: Place, *, overwrite: bool) -> None:
    """Copy a folder with all in it; files that are there are replaced if `overwrite`, else 58. Raises 70 for a folder into itself."""
    top, into = source.existing(), target.changeable()
    if into.is_relative_to(top):
        raise VBScriptError(DENIED)
    with windows_errors(NO_SUCH_PATH):
        for folder, folders, names in os.walk(top):
            there = into / Path(folder).relative_to(top)
            there.mkdir(exist_ok=True)
            folders[:] = [name for name in folders if not Path(folder, name).is_symlink()]
            for name in names:
                _copy_into(Path(folder, name), there / name, overwrite=overwrite)


def _copy_into(source: Path, target: Path, *, overwrite: bool) -> None:
    if not stat.S_ISREG(source.lstat().st_mode):
        return
    if os.path.lexists(target) and (not overwrite or target.is_symlink()):
        raise VBScriptError(DENIED if target.is_symlink() else THERE_ALREADY)
    shutil.copy2(source, target, follow_symlinks=False)


def move(source: Place, target: Place) -> None:
    """Move or rename a file or folder; raises 58 where something is there, 70 for a mapped folder itself and for open files, 76."""
    path, into = source.changeable(), target.changeable()
    if source.is_root or (into.is_relative_to(path) and path != into):
        raise VBScriptError(DENIED)
    renamed = into.parent == path.parent and into.name.lower() == path.name.lower()  # only the spelling changes
    if os.path.lexists(into) and not renamed:
        raise VBScriptError(THERE_ALREADY)
    if not into.parent.is_dir():
        raise VBScriptError(NO_SUCH_PATH)
    if source.is_file:
        refuse_locked(path)
    with windows_errors(NO_SUCH_PATH):
        shutil.move(path, into.parent / target.windows.name)


def is_read_only(path: Path) -> bool:
    """Whether a file's own permission keeps its owner from writing."""
    return not path.lstat().st_mode & stat.S_IWUSR
