"""The live log: the lines of this process in hMailServer's layout (8.12), kept while somebody looks."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from postroom.log import watching
from postroom.model.loglines import AWSTATS, LogLine, conversations, line_of, shows
from postroom.network import transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postroom.directory.parts import Logging

MOST_CHARACTERS: Final = 256 << 10
"""Of lines that wait to be read; the oldest go first. It is what one process sends another."""


class LiveLog:
    """Keeps lines from `begin` to `end`; bounded, and each is given once."""

    def __init__(self, masks: Callable[[], Logging]) -> None:
        """`masks()` gives the settings that say what is shown."""
        self._masks = masks
        self._lines: deque[LogLine] = deque()
        self._characters = 0
        self._guard = threading.Lock()  # lines come from any thread
        self._watch = ExitStack()
        self.on = False

    def begin(self) -> None:
        """Keep lines from now on."""
        self.end()
        self._watch.enter_context(watching(self._take))
        self._watch.callback(transcript.leave, self._wants)
        transcript.join(self._wants)
        self.on = True

    def end(self) -> None:
        """Keep no more, and forget those that wait."""
        self._watch.close()
        self.on = False
        self.take()

    def take(self) -> list[LogLine]:
        """Give the lines that wait, and forget them."""
        with self._guard:
            lines, self._characters = list(self._lines), 0
            self._lines.clear()
        return lines

    def add(self, lines: Sequence[LogLine]) -> None:
        """Keep lines of processes that have no live log of their own, if somebody looks and the settings show them."""
        masks = self._masks()
        found = [line for line in lines if self.on and line.kind != AWSTATS and shows(masks, line.kind)]
        with self._guard:
            self._lines.extend(found)
            self._characters += sum(len(line.text) for line in found)
            while self._characters > MOST_CHARACTERS:
                self._characters -= len(self._lines.popleft().text)

    def _take(self, facts: dict[str, Any]) -> None:
        self.add([line_of(facts)])

    def _wants(self) -> frozenset[str]:
        return conversations(self._masks())
