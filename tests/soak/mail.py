"""The model: an account's mail as the RFCs let clients see it, in plain values; nothing here is the server's.

What a server is free to choose (ids, UIDVALIDITY, mod-sequences) is learned when it is first told, and held it to from then on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SEPARATOR: Final = "/"
SYSTEM: Final = frozenset({"\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"})
STANDARD: Final = {"INBOX": "", "Drafts": "\\Drafts", "Sent": "\\Sent", "Junk": "\\Junk", "Trash": "\\Trash", "Archive": "\\Archive"}


class Wrong(AssertionError):
    """The server said what it must not say, or kept back what it must say."""


def require(so: object, what: str) -> None:
    """Hold the server to something."""
    if not so:
        raise Wrong(what)


@dataclass(eq=False)
class Letter:
    """The octets of a message; `exact` when the server must not have put a line before them; `stored` once they were told."""

    sent: bytes
    exact: bool
    subject: str
    stored: bytes | None = None
    size: int | None = None

    def tell_size(self, size: int) -> None:
        """Hear RFC822.SIZE."""
        least = len(self.sent)
        require(size == least if self.exact else size >= least, f"{self.subject}: {size} octets, {least} were sent")
        require(self.size in {None, size}, f"{self.subject}: {size} octets, {self.size} before")
        self.size = size

    def tell(self, octets: bytes) -> None:
        """Hear the whole message."""
        require(octets == self.sent if self.exact else octets.endswith(self.sent), f"{self.subject}: other octets than were sent")
        require(self.stored in {None, octets}, f"{self.subject}: other octets than before")
        self.stored = octets
        self.tell_size(len(octets))


@dataclass(eq=False)
class Message:
    """A letter in a folder. Its mod-sequence is `modseq` where it was told; it is above `above` and, where that is known, at most `most`."""

    uid: int
    letter: Letter
    flags: frozenset[str]
    date: str | None
    above: int
    modseq: int | None = None
    most: int | None = None

    def tell_modseq(self, modseq: int) -> None:
        """Hear the mod-sequence."""
        require(self.modseq in {None, modseq}, f"uid {self.uid}: MODSEQ {modseq}, but {self.modseq} before, and nothing changed")
        require(modseq > self.above, f"uid {self.uid}: MODSEQ {modseq} is not above {self.above}, which the folder had before the change")
        self.modseq = modseq

    def newer_than(self, modseq: int) -> bool | None:
        """Tell whether the mod-sequence is above a value; None when that is not known."""
        if self.modseq is not None:
            return self.modseq > modseq
        return True if self.above >= modseq else False if self.most is not None and self.most <= modseq else None


@dataclass(eq=False)
class Folder:
    """A folder; `listeners` are called with the uid of each message whose flags change, and with who changed it."""

    name: str
    use: str = ""
    id: str = ""
    uidvalidity: int = 0
    uidnext: int = 1
    messages: dict[int, Message] = field(default_factory=dict)
    above: int = 0  # HIGHESTMODSEQ was at least this
    highest: int | None = None  # HIGHESTMODSEQ as it is, where that is known
    alive: bool = True
    recent_to: dict[int, object] = field(default_factory=dict)  # by uid the one selection, not to read only, to which it was recent
    listeners: list[Callable[[int, object], None]] = field(default_factory=list)

    def tell_highest(self, modseq: int) -> None:
        """Hear HIGHESTMODSEQ."""
        known = [message.modseq for message in self.messages.values() if message.modseq is not None]
        require(modseq >= max(known, default=0), f"{self.name}: HIGHESTMODSEQ {modseq}, but a message has {max(known, default=0)}")
        if self.highest is None:
            require(modseq > self.above, f"{self.name}: HIGHESTMODSEQ {modseq}, it was {self.above} before a change")
        else:
            require(modseq == self.highest, f"{self.name}: HIGHESTMODSEQ {modseq}, but {self.highest} before, and nothing changed")
        self.highest = modseq
        for message in self.messages.values():
            message.most = message.most or modseq

    def tell_id(self, number: str) -> None:
        """Hear MAILBOXID."""
        require(self.id in {"", number}, f"{self.name}: MAILBOXID {number}, but {self.id} before")
        self.id = number

    def change(self) -> int:
        """Begin a change; gives what the new mod-sequences must be above."""
        known = [message.modseq for message in self.messages.values() if message.modseq is not None]
        self.above = max([self.above, self.highest or 0, *known])
        self.highest = None
        return self.above

    def add(self, letter: Letter, flags: Iterable[str] = (), date: str | None = None) -> Message:
        """Put a message in."""
        made = Message(self.uidnext, letter, frozenset(flags), date, self.change())
        self.messages[made.uid] = made
        self.uidnext += 1
        return made

    def flag(self, uid: int, flags: frozenset[str], by: object = None) -> bool:
        """Set a message's flags; tells whether that changed them."""
        message = self.messages[uid]
        if message.flags == flags:
            return False
        message.above, message.modseq, message.most, message.flags = self.change(), None, None, flags
        for listener in tuple(self.listeners):
            listener(uid, by)
        return True

    def remove(self, uids: Iterable[int]) -> None:
        """Take messages out."""
        gone = [uid for uid in uids if uid in self.messages]
        if gone:
            self.change()
        for uid in gone:
            del self.messages[uid]

    def named(self, uids: Iterable[int]) -> list[Message]:
        """Give the messages that are still there."""
        return [self.messages[uid] for uid in sorted(uids) if uid in self.messages]

    def unseen(self) -> list[int]:
        """List the uids of messages that are not seen."""
        return [uid for uid, message in self.messages.items() if "\\Seen" not in message.flags]


@dataclass(eq=False)
class Account:
    """All folders of somebody, by name, and the names subscribed to."""

    address: str
    folders: dict[str, Folder] = field(default_factory=lambda: {name: Folder(name, use) for name, use in STANDARD.items()})
    subscribed: set[str] = field(default_factory=lambda: set(STANDARD))
    validities: dict[tuple[str, int], Folder] = field(default_factory=dict)  # which folder a name and UIDVALIDITY mean, for ever

    @property
    def inbox(self) -> Folder:
        return self.folders["INBOX"]

    def tell_validity(self, folder: Folder, uidvalidity: int) -> None:
        """Hear a folder's UIDVALIDITY."""
        require(folder.uidvalidity in {0, uidvalidity}, f"{folder.name}: UIDVALIDITY {uidvalidity}, but {folder.uidvalidity} before")
        folder.uidvalidity = uidvalidity
        owner = self.validities.setdefault((folder.name, uidvalidity), folder)
        require(owner is folder, f"{folder.name}: UIDVALIDITY {uidvalidity} was that of another folder of this name")

    def below(self, name: str) -> list[str]:
        """List the folders below a name."""
        return [other for other in self.folders if other.startswith(name + SEPARATOR)]

    def can_create(self, name: str) -> bool:
        return name not in self.folders

    def create(self, name: str) -> Folder:
        """Make a folder and the parents it lacks; each is subscribed to, as its maker's clients will want it."""
        levels = name.split(SEPARATOR)
        for depth in range(1, len(levels) + 1):
            place = SEPARATOR.join(levels[:depth])
            if place not in self.folders:
                self.folders[place] = Folder(place)
                self.subscribed.add(place)
        return self.folders[name]

    def can_delete(self, name: str) -> bool:
        return name in self.folders and name != "INBOX" and not self.below(name)

    def delete(self, name: str) -> None:
        """Remove a folder: its messages are gone, its name stays subscribed to (RFC 3501 section 6.3.9)."""
        gone = self.folders.pop(name)
        gone.remove(list(gone.messages))
        gone.alive = False

    def can_rename(self, name: str, new: str) -> bool:
        return name in self.folders and new not in self.folders and (name == "INBOX" or not new.startswith(name + SEPARATOR))

    def rename(self, name: str, new: str) -> None:
        """Rename a tree, or empty INBOX into a new folder (RFC 3501 section 6.3.5)."""
        if name == "INBOX":
            self.move(self.inbox, list(self.inbox.messages), self.create(new))
            return
        parent = new.rpartition(SEPARATOR)[0]
        if parent:
            self.create(parent)
        for old in [name, *self.below(name)]:
            folder = self.folders.pop(old)
            folder.name = new + old[len(name) :]
            self.folders[folder.name] = folder
            if old in self.subscribed:
                self.subscribed.discard(old)
                self.subscribed.add(folder.name)

    def copy(self, source: Folder, uids: Iterable[int], target: Folder) -> tuple[list[int], list[int]]:
        """Copy messages; gives their uids here and there."""
        from_here = source.named(uids)
        made = [target.add(message.letter, message.flags, message.date) for message in from_here]
        return [message.uid for message in from_here], [message.uid for message in made]

    def move(self, source: Folder, uids: Iterable[int], target: Folder) -> tuple[list[int], list[int]]:
        """Move messages; gives their uids here and there."""
        here, there = self.copy(source, uids, target)
        source.remove(here)
        return here, there

    def expunge(self, folder: Folder, uids: Iterable[int]) -> list[int]:
        r"""Remove those of the messages that have \Deleted."""
        gone = [message.uid for message in folder.named(uids) if "\\Deleted" in message.flags]
        folder.remove(gone)
        return gone
