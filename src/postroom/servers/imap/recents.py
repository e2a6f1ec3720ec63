r"""Which messages are \Recent (RFC 3501 section 2.3.2): those that no session of this process was told of when it opened the folder to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from postroom.mailboxes.folders import Folder

MOST_FOLDERS: Final = 20_000
"""Folders remembered; of one that was forgotten, messages are recent from the first that isn't seen."""


class Recents:
    """For each folder the first uid that is still recent. It lives as long as the process: nothing of it is worth a write to the disk."""

    def __init__(self) -> None:
        self._firsts: dict[int, int] = {}

    def first(self, folder: Folder) -> int:
        """Give the lowest uid that is recent for the next who opens the folder."""
        return self._firsts.get(folder.id, folder.seen_below)

    def claim(self, folder_id: int, uidnext: int) -> int:
        """Let all below `uidnext` be recent for one session alone; gives the first uid it gets (`uidnext` when others were told)."""
        first = self._firsts.pop(folder_id, uidnext)
        self._firsts[folder_id] = max(first, uidnext)
        if len(self._firsts) > MOST_FOLDERS:
            del self._firsts[next(iter(self._firsts))]
        return min(first, uidnext)

    def peek(self, folder_id: int, uidnext: int) -> int:
        """Give what `claim` would, and leave it to others: for EXAMINE."""
        return min(self._firsts.get(folder_id, uidnext), uidnext)
