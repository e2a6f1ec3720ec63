"""The log files that hMailServer's users know (8.12): a file a day, one for errors, one for AWStats. They may be moved and deleted at any time."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from postroom.model.loglines import AWSTATS, CONVERSATIONS, ERROR, LONGEST, conversations, line_of, shows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from io import FileIO
    from pathlib import Path

    from postroom.directory.parts import Logging
    from postroom.model.loglines import LogLine

AWSTATS_FILE = "hmailserver_awstats.log"


class LogFiles:
    """Writes lines into files of a folder; `masks()` gives the settings that say what. One thread at a time may call it."""

    def __init__(self, folder: Path, masks: Callable[[], Logging], longest: int = LONGEST) -> None:
        """`longest` is how many characters the text of a line may have."""
        self._folder = folder
        self._masks = masks
        self._longest = longest
        self._kept: dict[str, FileIO] = {}

    def wants(self) -> frozenset[str]:
        """Name the conversations that are to be written down for the files."""
        masks = self._masks()
        return conversations(masks) | ({"awstats"} if masks.aw_stats_enabled else set())

    def lines(self, logged: Sequence[dict[str, Any]]) -> list[LogLine]:
        """Lay out what was logged."""
        return [line_of(facts, self._longest) for facts in logged]

    def write(self, lines: Sequence[LogLine]) -> None:
        """Append lines, each to the file of its day; errors have files of their own, whatever is masked. Raises OSError."""
        masks = self._masks()
        texts: dict[str, list[str]] = {}
        for line in lines:
            if line.kind == AWSTATS:
                texts.setdefault(AWSTATS_FILE, []).append(line.text)
                continue
            day = time.strftime("%Y-%m-%d", time.localtime(line.time))
            if line.kind == ERROR:
                texts.setdefault(f"ERROR_hmailserver_{day}.log", []).append(line.text)
            if line.kind in CONVERSATIONS or shows(masks, line.kind):
                texts.setdefault(f"hmailserver_{day}.log", []).append(line.text)
        for name in self._kept.keys() - (texts.keys() if masks.keep_files_open else set()):
            self._kept.pop(name).close()
        for name, found in texts.items():
            self._append(name, "".join(f"{text}\r\n" for text in found).encode("utf-8", "replace"), keep=masks.keep_files_open)

    def close(self) -> None:
        """Let go of the files."""
        while self._kept:
            self._kept.popitem()[1].close()

    def _append(self, name: str, data: bytes, *, keep: bool) -> None:
        """Write whole lines in one go, into the file that has the name now."""
        path, kept = self._folder / name, self._kept.get(name)
        if kept is not None and not _is(kept, path):
            self._kept.pop(name).close()
            kept = None
        file = kept or path.open("ab", buffering=0)
        try:
            file.write(data)
        finally:
            if keep:
                self._kept[name] = file
            else:
                file.close()


def _is(file: FileIO, path: Path) -> bool:
    """Tell whether the open file still has that name: somebody may have moved or deleted it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except OSError:
        return False
