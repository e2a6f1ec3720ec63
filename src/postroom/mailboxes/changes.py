"""What readers are told: this account reached that modseq, and what happened on the way."""

from __future__ import annotations

from typing import NamedTuple

MOST_DETAILS = 1000
"""Changes of more messages than this say only that the flags of a folder changed; whoever needs them asks by modseq."""


class FlagChange(NamedTuple):
    """The flags that one message has now."""

    uid: int
    flags: int
    keywords: str
    modseq: int


class Change(NamedTuple):
    """One folder changed; announced once it is on disk. Ranges are (low, high) uids, both included."""

    account_id: int
    folder_id: int
    modseq: int
    arrived: tuple[int, int] | None = None
    vanished: tuple[tuple[int, int], ...] = ()
    flags: tuple[FlagChange, ...] | None = ()
    """None: flags of many messages changed; ask for those above the modseq that you know."""


class FoldersChanged(NamedTuple):
    """The tree of folders or the subscriptions of an account changed."""

    account_id: int
