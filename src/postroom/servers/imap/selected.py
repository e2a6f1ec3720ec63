"""What one session knows of the folder that it has selected: its own sequence numbers, and the news it was not told of yet.

Changes are heard from the folder's view as they happen. They wait here until a moment at which the RFC lets them be told (RFC 3501
sections 5.2, 7.3 and 7.4.1): until then a sequence number means the message that the client thinks it means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.directory.sharing import EVERYTHING, Right
from postroom.formats.flags import RECENT, TABLE, render_flags
from postroom.formats.imap import response
from postroom.formats.imap.fetched import modseq_chunk
from postroom.formats.uidset import MAX_UID, UidSet
from postroom.mailboxes.changes import MOST_DETAILS, FlagChange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from postroom.formats.imap.search import Numbers
    from postroom.formats.imap.sequence import SequenceSet
    from postroom.mailboxes.changes import Change
    from postroom.mailboxes.folders import Folder
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.mailboxes.messages import Stored
    from postroom.mailboxes.views import View
    from postroom.servers.imap.recents import Recents

SYSTEM: Final = rb"\Answered \Flagged \Deleted \Seen \Draft"
CUSTOMARY: Final = ("$Forwarded", "$MDNSent", "$Junk", "$NotJunk", "$Phishing", "$Important")
"""Keywords that FLAGS tells of from the start (RFC 5788); others are added when they are met."""
MOST_KEYWORDS: Final = 1000
"""Keywords that FLAGS tells of: thousands of them are an attack on the clients of the folder."""
MOST_BLANKS: Final = 100


class Selected:
    """A folder as a session sees it. `uids` are the messages the client was told of; `listener` is called when news came."""

    __slots__ = (
        "_arrived",
        "_blanks",
        "_flags",
        "_keywords",
        "_new_keywords",
        "_recents",
        "_vanished",
        "_words",
        "condstore",
        "folder",
        "listener",
        "news",
        "read_only",
        "recent",
        "rights",
        "uids",
        "view",
    )

    def __init__(self, folder: Folder, view: View, recents: Recents, *, read_only: bool, rights: Right = EVERYTHING) -> None:
        """Begin to listen; `leave` ends it. `rights` are what the user may do here."""
        self.rights = rights
        self.folder = folder
        self.view = view
        self.read_only = read_only
        self.condstore = False  # whether changes are told with their mod-sequence (RFC 7162 section 3.1)
        self.uids = view.uids.copy()
        self.news = False
        self.listener: Callable[[], None] | None = None
        self._recents = recents
        self._arrived = UidSet()
        self._vanished = UidSet()
        self._flags: dict[int, tuple[FlagChange, int]] = {}  # by uid what the client doesn't know yet, and the first modseq of that
        self._blanks: set[int] = set()  # modseqs of changes that didn't tell the flags
        self._keywords: tuple[str, ...] = CUSTOMARY
        self._new_keywords = False
        self._words: dict[str, list[str]] = {}
        first = recents.first(folder)
        self.recent = UidSet.of_ranges(self.uids.between(first, MAX_UID))
        if not read_only:
            recents.claim(folder.id, max(view.uidnext, first))
        view.listen(self.hear)

    def leave(self) -> None:
        """Hear no more."""
        self.view.leave(self.hear)

    # Numbers

    def named(self, numbers: SequenceSet, *, uid: bool) -> UidSet:
        """Give the uids that a command names; CommandRefused for a number beyond the last message.

        In an empty folder `1:*` names nothing: clients say it before they look.
        """
        if uid and len(numbers.ranges) == 1 and not numbers.star:  # as most commands name them
            return UidSet.of_ranges(self.uids.between(*numbers.ranges[0]))
        if uid:
            return numbers.uids(self.uids)
        if numbers.star and not self.uids:
            return UidSet()
        return numbers.numbered(self.uids)

    def resolve(self, key: Numbers) -> UidSet:
        """Give the uids that a search key names."""
        return self.named(key.numbers, uid=key.uid)

    # Flags

    def keywords(self, words: str) -> list[str]:
        """Split stored keywords; those that FLAGS has not told of are noted."""
        found = self._words.get(words)
        if found is None:
            found = words.split()
            fresh = [word for word in found if word not in self._keywords]
            if fresh and len(self._keywords) < MOST_KEYWORDS:
                self._keywords = (*self._keywords, *fresh)
                self._new_keywords = True
            if len(self._words) >= MOST_KEYWORDS:
                self._words.clear()
            self._words[words] = found
        return found

    def flags_line(self) -> bytes:
        """Write FLAGS with all keywords met so far."""
        return response.flags_line(b" ".join([SYSTEM, *(word.encode("ascii") for word in self._keywords)]))

    def new_flags_line(self) -> bytes:
        """Write FLAGS if a keyword was met that it has not told of, otherwise nothing; goes before the line that has the keyword."""
        if not self._new_keywords:
            return b""
        self._new_keywords = False
        return self.flags_line()

    def rendered(self, uids: Sequence[int], flags: Sequence[int], keywords: Sequence[str]) -> Iterable[bytes]:
        r"""Write the insides of FLAGS for many messages: a lookup each, as long as none is recent or has keywords."""
        if self.recent:
            flags = [bits | RECENT if rank else bits for bits, rank in zip(flags, self.recent.ranks(uids), strict=True)]
        if not any(keywords):
            return map(TABLE.__getitem__, flags)
        return [render_flags(bits, self.keywords(words)) if words else TABLE[bits] for bits, words in zip(flags, keywords, strict=True)]

    # News

    def hear(self, change: Change) -> None:
        """Take in what happened to the folder; called by the view."""
        if change.arrived is not None:
            self._hear_arrived(*change.arrived)
        for low, high in change.vanished:
            self._vanished.update(UidSet.of_ranges(self.uids.between(low, high)))
            self._forget_arrived(UidSet.of_ranges(self._arrived.between(low, high)))
        if change.flags is None:
            self._blanks.add(change.modseq)
            if len(self._blanks) > MOST_BLANKS:
                self._blanks = {min(self._blanks)}
        else:
            for item in change.flags:
                self._hear_flags(item)
        self.news = True
        if self.listener is not None:
            self.listener()

    def _hear_arrived(self, low: int, high: int) -> None:
        self._arrived.add_range(low, high)
        recents = self._recents
        first = (recents.peek if self.read_only else recents.claim)(self.folder.id, high + 1)
        if first <= high:
            self.recent.add_range(max(first, low), high)

    def _hear_flags(self, item: FlagChange) -> None:
        known = self._flags.get(item.uid)
        self._flags[item.uid] = (item, known[1] if known else item.modseq)
        if len(self._flags) > MOST_DETAILS:
            self._blanks.add(min(first for _, first in self._flags.values()))
            self._flags.clear()

    def settle(self, stored: Stored) -> None:
        """Know that this session made a change and tells of it itself, or was asked not to."""
        self._blanks.discard(stored.modseq)
        for item in stored.changed:
            known = self._flags.get(item.uid)
            if known is None or known[0].modseq > item.modseq:  # another session has changed it again since: that is still to be told
                continue
            if known[1] == item.modseq:
                del self._flags[item.uid]
            else:
                self._flags[item.uid] = (item, known[1])

    def vanish(self, gone: UidSet) -> None:
        """Know that messages are gone, also when the view has not said so yet."""
        self._vanished.update(self.uids & gone)
        self._forget_arrived(self._arrived & gone)
        self.news = True

    def _forget_arrived(self, gone: UidSet) -> None:
        """Never tell of what came and went."""
        self._arrived.difference_update(gone)
        self.recent.difference_update(gone)

    @property
    def missing(self) -> bool:
        """Whether messages are gone that the client still counts."""
        return bool(self._vanished)

    @property
    def unread(self) -> bool:
        """Whether flags must be read first, by `look_up`."""
        return bool(self._blanks)

    async def look_up(self, mailboxes: Mailboxes) -> None:
        """Read the flags of changes that did not tell them; raises Unavailable."""
        blanks, since = self._blanks, min(self._blanks) - 1
        self._blanks = set()
        try:
            changes = await mailboxes.changes_since(self.folder.id, since)
        except Exception:
            self._blanks |= blanks
            raise
        for item in changes:
            known = self._flags.get(item.uid)
            if known is None or known[0].modseq < item.modseq:
                self._flags[item.uid] = (item, known[1] if known else item.modseq)
        self.news = True

    def tell(self, *, expunges: bool) -> bytes:
        """Write the news; without `expunges` messages that are gone keep their numbers for now."""
        said = []
        if expunges and self._vanished:
            said.append(response.expunges(list(self.uids.positions(self._vanished))[::-1]))
            self.uids.difference_update(self._vanished)
            self.recent.difference_update(self._vanished)
            self._vanished = UidSet()
        if self._arrived:
            self.uids.update(self._arrived)
            self._arrived = UidSet()
            said += [response.exists(len(self.uids)), response.recent(len(self.recent))]
        if self._flags:
            changes = [item for uid, (item, _) in sorted(self._flags.items()) if uid in self.uids and uid not in self._vanished]
            self._flags.clear()
            said.append(self.flag_lines(changes))
        self.news = bool(self._vanished or self._blanks)
        return b"".join(said)

    def flag_lines(self, changes: Sequence[FlagChange], *, uid: bool = True) -> bytes:
        """Write FETCH lines that tell of flags, ascending by uid; the mod-sequence is told when the session has asked for it."""
        uids = [item.uid for item in changes]
        numbers = self.uids.ranks(uids)
        if self.condstore:
            bits = self.rows_bits(changes)
            lines = modseq_chunk(
                (number, item.uid, flags, self.keywords(item.keywords) if item.keywords else (), item.modseq)
                for number, item, flags in zip(numbers, changes, bits, strict=True)
            )
        else:
            shown = self.rendered(uids, [item.flags for item in changes], [item.keywords for item in changes])
            form = b"* %d FETCH (UID %d FLAGS (%b))\r\n" if uid else b"* %d FETCH (FLAGS (%b))\r\n"
            lines = b"".join(map(form.__mod__, zip(numbers, uids, shown, strict=True) if uid else zip(numbers, shown, strict=True)))
        return self.new_flags_line() + lines

    def rows_bits(self, changes: Iterable[FlagChange]) -> list[int]:
        r"""Give the flag bits, \Recent among them."""
        return [item.flags | RECENT if item.uid in self.recent else item.flags for item in changes]
