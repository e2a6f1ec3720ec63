"""Files as Windows opens them: locks that refuse at once, and errors with Windows' numbers."""

import errno
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from postroom.languages.vbscript.context import current
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.moments import days_of, whole_days
from postroom.languages.vbscript.values import Date

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

DENIED: Final = 70
_NUMBERS: Final[Mapping[int, int]] = {
    errno.ENOENT: 53,
    errno.EACCES: DENIED,
    errno.EPERM: DENIED,
    errno.EROFS: DENIED,
    errno.ELOOP: DENIED,
    errno.EBUSY: DENIED,
    errno.EAGAIN: DENIED,
    errno.EISDIR: DENIED,
    errno.ENOTEMPTY: DENIED,
    errno.ENXIO: DENIED,
    errno.EEXIST: 58,
    errno.ENOSPC: 61,
    errno.EDQUOT: 61,
    errno.EFBIG: 61,
    errno.EMFILE: 67,
    errno.ENFILE: 67,
    errno.ENAMETOOLONG: 52,
    errno.EINVAL: 52,
    errno.ENOTDIR: 76,
    errno.EXDEV: 74,
}
_DEVICE_ERROR: Final = 57
_GUARDS: Final = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"))
"""What each open says besides: follow no link, wait for nobody, give it to no program that is started."""


@contextmanager
def windows_errors(missing: int = 53) -> Iterator[None]:
    """Turn an error of the operating system into VBScript's; `missing` is the number for what isn't there: 53 a file, 76 a folder."""
    try:
        yield
    except OSError as error:
        number = missing if error.errno == errno.ENOENT else _NUMBERS.get(error.errno or 0, _DEVICE_ERROR)
        raise VBScriptError(number) from None


class OpenFile:
    """An open file without a buffer: what a script wrote is the system's at once. It closes with its last reference."""

    __slots__ = ("_handle",)

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __del__(self) -> None:
        self.close()

    def fileno(self) -> int:
        """Give the system's number of it."""
        return self._handle

    def read(self, size: int) -> bytes:
        """Read up to so many bytes, none at the end."""
        return os.read(self._handle, size)

    def write(self, data: bytes) -> None:
        """Write all of the data."""
        view = memoryview(data)
        while view:
            view = view[os.write(self._handle, view) :]

    def size(self) -> int:
        """Give its bytes."""
        return os.fstat(self._handle).st_size

    def truncate(self) -> None:
        """Cut it to nothing."""
        os.ftruncate(self._handle, 0)

    def close(self) -> None:
        """Close it; twice is no error."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


def open_to_read(path: Path) -> OpenFile:
    """Open a file for reading; raises 53, 70 (also where another script writes it)."""
    file = _opened(path, os.O_RDONLY)
    _lock(file, shared=True)
    _unlock(file)  # a reader keeps nobody from writing
    return file


def open_to_write(path: Path, *, append: bool = False, create: bool = True, exclusive: bool = False) -> OpenFile:
    """Open a file for writing, alone; raises 53, 58 (`exclusive`), 70, 76. It is cut to nothing once the lock is held."""
    flags = os.O_RDWR | (os.O_APPEND if append else 0) | (os.O_CREAT if create else 0) | (os.O_EXCL if exclusive else 0)
    file = _opened(path, flags)
    _lock(file, shared=False)
    if not append:
        with windows_errors():
            file.truncate()
    return file


def _opened(path: Path, flags: int) -> OpenFile:
    """Open a regular file and nothing else: a FIFO would block, and a link put there since the path was checked leads nowhere."""
    with windows_errors(76 if flags & os.O_CREAT else 53):
        file = OpenFile(os.open(path, flags | _GUARDS, 0o640))
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        raise VBScriptError(DENIED)
    return file


def refuse_locked(path: Path) -> None:
    """Raise 70 where another has the file open for writing: Windows neither deletes nor replaces it then."""
    with suppress(OSError):
        _lock(OpenFile(os.open(path, os.O_RDWR | _GUARDS)), shared=False)


if sys.platform == "win32":
    _FAR: Final = 0x7FFF0000
    """The byte that is locked lies behind any text: a lock on Windows keeps others from reading what it covers."""

    def _lock(file: OpenFile, *, shared: bool) -> None:  # noqa: ARG001 - this system's locks know one kind
        try:
            _locking(file, msvcrt.LK_NBLCK)
        except OSError:
            raise VBScriptError(DENIED) from None

    def _unlock(file: OpenFile) -> None:
        _locking(file, msvcrt.LK_UNLCK)

    def _locking(file: OpenFile, how: int) -> None:
        os.lseek(file.fileno(), _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file.fileno(), how, 1)
        finally:
            os.lseek(file.fileno(), 0, os.SEEK_SET)

else:

    def _lock(file: OpenFile, *, shared: bool) -> None:
        """Take both kinds of lock that programs use; raises 70 where another holds one."""
        kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
        try:
            fcntl.flock(file.fileno(), kind)
            fcntl.lockf(file.fileno(), kind)
        except OSError:
            raise VBScriptError(DENIED) from None

    def _unlock(file: OpenFile) -> None:
        fcntl.lockf(file.fileno(), fcntl.LOCK_UN)
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


def date_of(seconds: float) -> Date:
    """Give a time of the disk as a Date in the run's zone."""
    zone = current().clock().tzinfo
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    return Date(days_of(whole_days(moment.year, moment.month, moment.day), moment.hour * 3600 + moment.minute * 60 + moment.second))
