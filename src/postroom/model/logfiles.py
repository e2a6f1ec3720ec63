"""The log files that hMailServer's users know (8.12): a file a day, and one for errors. Whoever reads them may delete or move them meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from postroom.model.livelog import kind_of, laid_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from postroom.directory.parts import Logging


class LogFiles:
    """Writes what is logged into files of a folder; `masks()` gives the settings that say what. It is called by the log's thread."""

    def __init__(self, folder: Path, masks: Callable[[], Logging]) -> None:
        self._folder = folder
        self._masks = masks

    def take(self, lines: Sequence[dict[str, Any]]) -> None:
        """Append lines, each to the file of its day; errors have files of their own, whatever is masked. Raises OSError."""
        masks = self._masks()
        texts: dict[str, list[str]] = {}
        for facts in lines:
            kind, mask = kind_of(facts)
            day, text = time.strftime("%Y-%m-%d", time.localtime(facts["time"])), laid_out(kind, facts)
            if kind == "ERROR":
                texts.setdefault(f"ERROR_hmailserver_{day}.log", []).append(text)
            if masks.enabled and getattr(masks, mask):
                texts.setdefault(f"hmailserver_{day}.log", []).append(text)
        for name, found in texts.items():
            self._append(self._folder / name, found)

    def _append(self, file: Path, texts: Sequence[str]) -> None:
        """Write whole lines in one go, into the file that has the name now: other processes write there too."""
        with file.open("ab", buffering=0) as opened:
            opened.write("".join(f"{text}\r\n" for text in texts).encode("utf-8", "replace"))
