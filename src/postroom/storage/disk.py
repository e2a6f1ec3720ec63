"""What makes bytes and names durable, and what says that a disk or a directory is not ours to use."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Final

from postroom.errors import ConfigurationError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path

NETWORK_FILE_SYSTEMS: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "fuse.sshfs", "glusterfs", "ceph"})

RESTORING: Final = "restoring"
"""The folder of a data directory in which a restore is built; where it stands, one was interrupted."""


def sync_file(descriptor: int) -> None:
    """Put a file's bytes on disk; on macOS also out of the drive's own cache."""
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    elif hasattr(os, "fdatasync"):
        os.fdatasync(descriptor)
    else:
        os.fsync(descriptor)


def sync_directory(directory: Path) -> None:
    """Put the names in a directory on disk; Windows has no such call and needs none (NTFS journals names)."""
    if sys.platform == "win32":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def free_bytes(directory: Path) -> int:
    """Tell how many bytes are free for us where a directory lies."""
    return shutil.disk_usage(directory).free


class DirectoryLock:
    """Holds a data directory for one server or command, by a lock of the operating system that ends with the process."""

    def __init__(self, directory: Path) -> None:
        """Take the lock; raises ConfigurationError when somebody else holds it, or when the file system is of the network."""
        refuse_network_file_system(directory)
        path = directory / "lock"
        self._file = path.open("a+b")
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise ConfigurationError(f"{directory} is in use by another Postroom; stop that one first, or use its control socket") from error

    def release(self) -> None:
        """Give the directory free."""
        self._file.close()


def hold(descriptor: int) -> None:
    """Mark an open file as being written, until it is closed or its process ends; nothing on Windows, where one process serves."""
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def held(path: Path) -> bool:
    """Tell whether some process holds a file; on Windows never."""
    if sys.platform == "win32":
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def refuse_network_file_system(directory: Path) -> None:
    """Raise ConfigurationError when a directory lies on a network file system: SQLite's locks and syncs don't hold there."""
    kind = file_system_of(directory)
    if kind in NETWORK_FILE_SYSTEMS:
        raise ConfigurationError(f"{directory} lies on a network file system ({kind}), where commits are not durable: use a local disk")


def file_system_of(directory: Path, mountinfo: str = "/proc/self/mountinfo") -> str:
    """Name the kind of file system that a directory lies on, or '' where the system does not tell (only Linux does)."""
    try:
        with open(mountinfo, encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - not a path of ours
            mounts = [line.split() for line in file]
    except OSError:
        return ""
    whole = str(directory.resolve())
    best, kind = "", ""
    for fields in mounts:
        point = fields[4].replace("\\040", " ")
        inside = whole == point or whole.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[fields.index("-") + 1]
    return kind
