"""What one session was told, and whether it may be: its sequence numbers are tracked through its own untagged responses alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from soak.mail import SYSTEM, Account, Folder, Message, require
from soak.wire import Text, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from soak.wire import Answer

BY_NUMBER: Final = frozenset({"FETCH", "STORE", "SEARCH", "SORT", "THREAD"})
"""Commands during which no EXPUNGE may be told (RFC 3501 section 7.4.1)."""
_NUMBERED: Final = re.compile(rb"\* (\d+) (EXISTS|RECENT|EXPUNGE|FETCH)\b")


class Told:
    """A session's picture of the folder that it has selected.

    `uids` stand in the order of its sequence numbers. `owed` are those whose flags others changed and which it was not told of yet;
    `asked` those that the command in hand is to tell about, `past` the flags that messages had since it began.
    """

    def __init__(self, name: str, account: Account, *, alone: bool) -> None:
        """`alone`: one process serves all sessions, so that it knows who was told of a message first."""
        self.name = name
        self.account = account
        self.alone = alone
        self.selection = object()  # stands for the time in which one folder is selected
        self.condstore = False
        self.plain = False  # whether the command in hand may be told flags without their mod-sequence
        self.folder: Folder | None = None
        self.read_only = False
        self.uids: list[int] = []
        self.highest_uid = 0
        self.owed: set[int] = set()
        self.asked: set[int] = set()
        self.fresh: set[int] = set()
        self.past: dict[int, set[frozenset[str]]] = {}
        self.fetched: dict[int, dict[bytes, Any]] = {}
        self.flags: dict[int, frozenset[str]] = {}
        self.recent: dict[int, bool] = {}
        self.recents = (0, 0)  # how many are recent, at least and at most: an EXPUNGE doesn't say whether its message was
        self.known_flags: frozenset[str] = frozenset()

    # Selecting

    def select(self, folder: Folder, *, read_only: bool) -> None:
        """Have a folder selected; EXISTS and RECENT follow."""
        self.unselect()
        self.folder, self.read_only, self.selection = folder, read_only, object()
        folder.listeners.append(self.changed)

    def unselect(self) -> None:
        """Have nothing selected."""
        if self.folder is not None:
            self.folder.listeners.remove(self.changed)
        self.folder, self.uids, self.highest_uid, self.recents = None, [], 0, (0, 0)
        self.owed, self.asked, self.flags, self.recent = set(), set(), {}, {}
        self.known_flags = frozenset()

    def changed(self, uid: int, by: object) -> None:
        """Hear from the model that a message's flags changed."""
        self.past.setdefault(uid, set()).add(self.here.messages[uid].flags)
        if by is not self and uid in self.uids:
            self.owed.add(uid)

    @property
    def here(self) -> Folder:
        assert self.folder is not None
        return self.folder

    def present(self, uids: Iterable[int] | None = None) -> list[Message]:
        """Give the messages that the session knows of and which are still there."""
        return self.here.named(self.uids if uids is None else set(uids) & set(self.uids))

    # Hearing

    def begin(self, *, idle: bool = False) -> None:
        """Begin a command: from here on its answer is heard. In IDLE what came lately may still be told of."""
        self.asked, self.fetched, self.plain = set(), {}, False
        self.fresh = self.fresh if idle else set()
        self.past = {uid: {message.flags} for uid, message in self.folder.messages.items()} if self.folder else {}

    def hear(self, answer: Answer, verb: str, *others: bytes) -> list[list[Any]]:
        """Take in all untagged responses of a command, and give those that begin with the words of `others`."""
        mine = []
        for line in answer.untagged:
            if not self.take(line, expunges=verb not in BY_NUMBER):
                words = tokens(line[2:])
                require(words[0] in others, f"{self.name}: {line[:200]!r} in answer to {verb}")
                mine.append(words)
        self.settled(expunges=verb not in BY_NUMBER)
        return mine

    def take(self, line: bytes, *, expunges: bool) -> bool:
        """Take in one untagged response about the folder that is selected; False when it is about something else."""
        numbered = _NUMBERED.match(line)
        if numbered is None:
            if line.startswith(b"* FLAGS ") and self.folder is not None:
                self._flags_line(tokens(line)[2])
                return True
            return False
        require(self.folder is not None, f"{self.name}: {line!r}, but nothing is selected")
        number = int(numbered[1])
        match numbered[2]:
            case b"EXISTS":
                self._exists(number)
            case b"RECENT":
                self._recent(number)
            case b"EXPUNGE":
                require(expunges, f"{self.name}: EXPUNGE where the RFC forbids it")
                self._expunge(number)
            case _:
                self._fetch(number, tokens(line)[3])
        return True

    def _flags_line(self, flags: list[bytes]) -> None:
        self.known_flags = frozenset(flag.decode() for flag in flags)
        require(self.known_flags >= SYSTEM, f"{self.name}: FLAGS without {SYSTEM - self.known_flags}")

    def _exists(self, number: int) -> None:
        require(number >= len(self.uids), f"{self.name}: EXISTS {number} after {len(self.uids)}, without EXPUNGE")
        new = [uid for uid in self.here.messages if uid > self.highest_uid]
        require(number == len(self.uids) + len(new), f"{self.name}: EXISTS {number}, but {len(self.uids)} were known and {len(new)} came")
        self.uids += new
        self.fresh.update(new)
        self.highest_uid = max([self.highest_uid, *new])

    def _recent(self, number: int) -> None:
        require(number <= len(self.uids), f"{self.name}: RECENT {number} of {len(self.uids)}")
        self.recents = (number, number)
        self._count_recent()

    def _count_recent(self) -> None:
        sure = sum(self.recent.get(uid) is True for uid in self.uids)
        never = sum(self.recent.get(uid) is False for uid in self.uids)
        least, most = self.recents
        possible = sure <= most and least <= len(self.uids) - never
        require(possible, f"{self.name}: RECENT {self.recents}, but {sure} are and {never} of {len(self.uids)} are not")

    def _expunge(self, number: int) -> None:
        require(1 <= number <= len(self.uids), f"{self.name}: EXPUNGE {number} of {len(self.uids)}")
        uid = self.uids.pop(number - 1)
        require(uid not in self.here.messages, f"{self.name}: EXPUNGE of uid {uid}, which is there")
        recent, (least, most) = self.recent.pop(uid, None), self.recents
        self.recents = (least if recent is False else max(least - 1, 0), most - 1 if recent else min(most, len(self.uids)))
        self.owed.discard(uid)

    def _fetch(self, number: int, items: list[Any]) -> None:
        require(1 <= number <= len(self.uids), f"{self.name}: FETCH {number} of {len(self.uids)}")
        uid = self.uids[number - 1]
        told = dict(zip(items[::2], items[1::2], strict=True))
        require(int(told.get(b"UID", uid)) == uid, f"{self.name}: number {number} is uid {uid}, not {told.get(b'UID')!r}")
        message = self.here.messages.get(uid)
        if message is None:  # in IDLE it may have been told before the message went, and read after
            require(uid in self.fresh, f"{self.name}: FETCH of uid {uid}, which is gone")
            return
        # What changed between its arrival and the moment at which EXISTS could be told may be told, too.
        wanted = uid in self.asked or uid in self.owed or uid in self.fresh
        require(wanted, f"{self.name}: FETCH of uid {uid}, which nobody asked for and nobody changed")
        self.fetched.setdefault(uid, {}).update(told)
        if b"FLAGS" in told:
            self._fetch_flags(message, {flag.decode() for flag in told[b"FLAGS"]})
            # RFC 7162 section 3.1: with every flag that changed; a FETCH that asks for flags gets what it asks for.
            require(not self.condstore or self.plain or b"MODSEQ" in told, f"{self.name}: FLAGS without MODSEQ, though CONDSTORE is in use")
        if b"MODSEQ" in told:
            require(self.condstore, f"{self.name}: MODSEQ, though CONDSTORE is not in use")
            self._fetch_modseq(message, int(told[b"MODSEQ"][0]))
        hear_items(message, told)

    def _fetch_modseq(self, message: Message, modseq: int) -> None:
        if len(self.past.get(message.uid, ())) < 2:  # otherwise it may be from before the command changed the message: the last one counts
            message.tell_modseq(modseq)

    def _fetch_flags(self, message: Message, flags: set[str]) -> None:
        uid = message.uid
        recent = "\\Recent" in flags
        require(self.recent.get(uid, recent) == recent, f"{self.name}: uid {uid}: \\Recent changed to {recent}")
        self.recent[uid] = recent
        if recent and self.alone and not self.read_only:
            owner = self.here.recent_to.setdefault(uid, self.selection)
            require(owner is self.selection, f"{self.name}: uid {uid} is \\Recent, as it was to another session (RFC 3501 section 2.3.2)")
        self._count_recent()
        plain = frozenset(flags - {"\\Recent"})
        require(
            plain == message.flags or plain in self.past.get(uid, ()),
            f"{self.name}: uid {uid} has {sorted(plain)}, but should have {sorted(message.flags)}",
        )
        require(plain <= self.known_flags, f"{self.name}: {plain - self.known_flags} in FETCH, but not in FLAGS")
        self.flags[uid] = plain
        if plain == message.flags:
            self.owed.discard(uid)

    # Afterwards

    @property
    def news(self) -> str:
        """What the session should have been told by now and was not; empty when it knows all (expunges are another matter)."""
        if self.folder is None:
            return ""
        messages = self.folder.messages
        if [uid for uid in self.uids if uid in messages] != list(messages):
            return f"knows {self.uids}, but there are {list(messages)}"
        owed = [uid for uid in self.owed if uid in messages]
        return f"was not told that the flags of {owed} changed" if owed else ""

    def settled(self, *, expunges: bool) -> None:
        """Hold that a command's answer told all there was to tell."""
        if self.folder is None:
            return
        require(not self.news, f"{self.name}: {self.news}")
        if expunges:
            require(len(self.uids) == len(self.folder.messages), f"{self.name}: knows {self.uids}, but only {list(self.folder.messages)} are left")
        for uid, flags in self.flags.items():
            message = self.folder.messages.get(uid)
            if uid in self.fetched and message is not None and b"FLAGS" in self.fetched[uid]:
                require(flags == message.flags, f"{self.name}: the last told of uid {uid} was {sorted(flags)}, it has {sorted(message.flags)}")
                if last := self.fetched[uid].get(b"MODSEQ"):
                    message.tell_modseq(int(last[0]))
        self.recent = {uid: recent for uid, recent in self.recent.items() if uid in self.uids}


def hear_items(message: Message, told: dict[bytes, Any]) -> None:
    """Hold what was told of a message, flags and mod-sequence aside, against the model."""
    letter = message.letter
    head, _, text = letter.sent.partition(b"\r\n\r\n")
    subject = letter.subject.encode()
    expected: dict[bytes, Any] = {
        b"BODY[TEXT]": text,
        b"RFC822.TEXT": text,
        b"BODY[TEXT]<2>": text[2:12],
        b"BODY[HEADER.FIELDS (SUBJECT)]": b"Subject: %b\r\n\r\n" % subject,
    }
    for item, value in told.items():
        if item in expected:
            require(value == expected[item], f"uid {message.uid}: {item!r} is {value[:100]!r}, not {expected[item][:100]!r}")
        elif item == b"RFC822.SIZE":
            letter.tell_size(int(value))
        elif item == b"BODY[]":
            letter.tell(value)
        elif item == b"BODY[HEADER]":
            require(value.endswith(head + b"\r\n\r\n"), f"uid {message.uid}: another header than was sent")
        elif item == b"INTERNALDATE":
            require(message.date in {None, value.decode()}, f"uid {message.uid}: INTERNALDATE {value}, not {message.date}")
            message.date = value.decode()
        elif item == b"ENVELOPE":
            require(value[1] == subject, f"uid {message.uid}: ENVELOPE with subject {value[1]!r}, not {subject!r}")
        elif item == b"BODYSTRUCTURE":
            require(isinstance(value[0], Text) and value[0].lower() == b"text", f"uid {message.uid}: {value!r}")
        else:
            require(item in {b"UID", b"FLAGS", b"MODSEQ"}, f"uid {message.uid}: {item!r} was not asked for")
