"""Views: what one process knows of a folder that somebody reads, one for all its readers, kept current by what the writers announce."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.uidset import UidSet

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.mailboxes.changes import Change
    from postroom.mailboxes.folders import Folder

    Listener = Callable[[Change], None]


class View:
    """One folder: its uids as ranges, UIDNEXT, the highest modseq, and those who want to hear of changes.

    `uids` is shared and changes in place: a session that must hold sequence numbers still takes a copy. Flags stay in the database.
    """

    def __init__(self, folder: Folder, uids: UidSet) -> None:
        self.folder_id = folder.id
        self.account_id = folder.account_id
        self.uidvalidity = folder.uidvalidity
        self.uids = uids
        self.uidnext = folder.uidnext
        self.modseq = folder.modseq
        self.behind = 0  # how many are bringing it up to date: until then what is heard waits for them
        self._listeners: list[Listener] = []

    @property
    def idle(self) -> bool:
        """Whether nobody listens."""
        return not self._listeners

    def listen(self, listener: Listener) -> None:
        """Call `listener(change)` after each change, once the view holds it."""
        self._listeners.append(listener)

    def leave(self, listener: Listener) -> None:
        """Stop calling a listener."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    def apply(self, change: Change) -> None:
        """Take a change in and pass it on; one that the view was loaded with already is let go."""
        if change.modseq <= self.modseq:
            return
        self.modseq = change.modseq
        if change.arrived is not None:
            self.uids.add_range(*change.arrived)
            self.uidnext = max(self.uidnext, change.arrived[1] + 1)
        for low, high in change.vanished:
            self.uids.remove_range(low, high)
        for listener in tuple(self._listeners):
            listener(change)


def present_uids(uidnext: int, vanished: list[tuple[int, int]]) -> UidSet:
    """Make the set of uids in a folder from the ranges that are gone: a million messages without gaps cost one range."""
    uids = UidSet()
    low = 1
    ranges: list[tuple[int, int]] = []
    for start, end in vanished:
        if start > low:
            ranges.append((low, start - 1))
        low = max(low, end + 1)
    if low < uidnext:
        ranges.append((low, uidnext - 1))
    if ranges:
        uids = UidSet.of_ranges(ranges)
    return uids
