"""Checkpoints in their own thread: inline they stalled commits for 24 to 79 ms.

A passive checkpoint runs whenever the log has grown by a few megabytes; above 64 MB the writer gives way until the log has been restarted,
so that it can't grow without end under constant load. Only while a backup holds a snapshot it grows on.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

import apsw

from postroom.storage.sqlite.connection import open_checkpointer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGE: Final = 4096
CHECKPOINT_PAGES: Final = 4 * 1024 * 1024 // PAGE
RESTART_PAGES: Final = 64 * 1024 * 1024 // PAGE
GIVE_WAY_SECONDS: Final = 5.0


class Checkpointer(threading.Thread):
    """Moves one database's write-ahead log into its file, beside the writer."""

    def __init__(self, path: Path, report: Callable[[str], None]) -> None:
        super().__init__(name=f"checkpoint {path.name}", daemon=True)
        self._path = path
        self._report = report
        self._wake = threading.Event()
        self._restarted = threading.Event()
        self._restarted.set()
        self._pages = 0
        self._done = 0
        self._closing = False

    @property
    def wal_bytes(self) -> int:
        """The size of the write-ahead log that the last commit left."""
        return self._pages * PAGE

    def logged(self, pages: int) -> None:
        """Hear from the writer, in its thread, how many pages the log holds after a commit."""
        if pages < self._pages:
            self._done = 0
        self._pages = pages
        if pages >= RESTART_PAGES:
            self._restarted.clear()
            self._wake.set()
        elif pages - self._done >= CHECKPOINT_PAGES:
            self._wake.set()

    def give_way(self) -> None:
        """Let the log be restarted before the next commit when it has grown too long; called by the writer between commits.

        Does not wait longer than GIVE_WAY_SECONDS: a reader that holds its snapshot must not stop the mail.
        """
        if not self._restarted.is_set():
            self._restarted.wait(GIVE_WAY_SECONDS)
            self._restarted.set()

    def finish(self) -> None:
        """End the thread; blocks until it has."""
        self._closing = True
        self._wake.set()
        self.join()

    def run(self) -> None:
        """Checkpoint each time the log has grown enough, until told to finish."""
        connection = open_checkpointer(self._path)
        while True:
            self._wake.wait()
            self._wake.clear()
            if self._closing:
                break
            self._checkpoint(connection)
        connection.close()

    def _checkpoint(self, connection: apsw.Connection) -> None:
        try:
            logged, self._done = connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
            # While a backup holds its snapshot a restart would wait for its end, and keep the writer out meanwhile: then the log grows.
            if self._done >= logged and not self._restarted.is_set():
                connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_RESTART)
        except apsw.Error as error:
            # Nothing is lost: the log keeps everything, and the next growth tries again.
            self._report(f"{self._path.name}: checkpoint failed: {error}")
        finally:
            self._restarted.set()
