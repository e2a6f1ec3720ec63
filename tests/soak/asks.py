"""Commands on the messages of the folder that is selected: how they are said, what they do in the model, what their answer must be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from soak.mail import Folder, Letter, Message, require

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from soak.told import Told
    from soak.wire import Answer

FLAGS: Final = ("\\Seen", "\\Flagged", "\\Deleted", "\\Deleted", "\\Answered", "\\Draft", "$Work", "$Junk", "urgent")
WORDS: Final = ("apple", "pear", "plum", "cherry", "quince")
DATES: Final = (" 1-Jan-2020 10:00:00 +0000", "15-Jun-2021 23:59:59 +0000", "29-Feb-2024 00:00:00 +0000")
SECTIONS: Final = ("BODY[]", "BODY[TEXT]", "BODY[HEADER]", "BODY[HEADER.FIELDS (SUBJECT)]", "BODY[TEXT]<2.10>", "RFC822.TEXT")
ITEMS: Final = ("FLAGS", "UID", "RFC822.SIZE", "INTERNALDATE", "ENVELOPE", "BODYSTRUCTURE", "MODSEQ")


@dataclass(frozen=True)
class Ask:
    """A command ready to be said: what stands behind the tag, and how its answer is held against the model, which `check` changes too."""

    verb: str
    text: bytes
    check: Callable[[Told, Answer], None]
    effect: Callable[[Told], Any] | None = None  # what it does to the model, where it is one change that a crash makes or does not make


@dataclass(frozen=True)
class Named:
    """A sequence set as it is said; `uids` gives what it means to a session at the moment."""

    text: str
    uid: bool

    @property
    def prefix(self) -> str:
        return "UID " if self.uid else ""

    def numbers(self, last: int) -> set[int]:
        """Expand the set; `last` is what `*` means."""
        found: set[int] = set()
        for part in self.text.split(","):
            ends = [last if end == "*" else int(end) for end in part.split(":")]
            found.update(range(min(ends), max(ends) + 1))
        return found

    def uids(self, told: Told) -> list[int] | None:
        """Give the uids that are named, None when a number is named that there isn't."""
        if self.uid:
            named = self.numbers(told.uids[-1] if told.uids else 0)
            return [uid for uid in told.uids if uid in named]
        if not told.uids and "*" in self.text:
            return []
        named = self.numbers(len(told.uids))
        if not named <= set(range(1, len(told.uids) + 1)):
            return None
        return [told.uids[number - 1] for number in sorted(named)]


def some_numbers(chance: random.Random, told: Told) -> Named:
    """Make up a sequence set, mostly of messages that are there."""
    uid = chance.random() < 0.5
    highest = (told.uids[-1] if told.uids else 1) + 1 if uid else max(len(told.uids), 1)
    if chance.random() < 0.15:
        return Named(chance.choice(("1:*", "*")), uid)
    if not uid and chance.random() < 0.02:
        return Named(str(highest + 1 + chance.randrange(3)), uid)
    parts = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        low = chance.choice(told.uids) if uid and told.uids else chance.randint(1, highest)
        parts.append(str(low) if chance.random() < 0.6 else f"{low}:{chance.randint(1, highest)}")
    return Named(",".join(parts), uid)


def some_flags(chance: random.Random, most: int = 2) -> frozenset[str]:
    return frozenset(chance.choice(FLAGS) for _ in range(chance.randint(0 if most > 2 else 1, most)))


def refused(told: Told, answer: Answer, verb: str, *conditions: str) -> None:
    """Hold that a command was refused; the news are told nevertheless."""
    told.hear(answer, verb)
    require(answer.condition in conditions, f"{told.name}: {answer.line!r}, expected {conditions}")


def done(told: Told, answer: Answer, codes: Sequence[str] = ("",)) -> None:
    """Hold that a command was done; `codes` are the response codes it may have."""
    require(answer.condition == "OK", f"{told.name}: {answer.line!r}")
    require(answer.code.partition(" ")[0] in {*codes, ""}, f"{told.name}: {answer.line!r}")


# FETCH


def read_all() -> Ask:
    """Ask for everything that the server knows of all messages."""
    return _fetch(Named("1:*", uid=True), ["FLAGS", "MODSEQ", "RFC822.SIZE", "INTERNALDATE", "ENVELOPE", "BODY.PEEK[]"], None, seen=False)


def fetch(chance: random.Random, told: Told) -> Ask:
    named = some_numbers(chance, told)
    items = [item for item in ITEMS if chance.random() < 0.3] or ["FLAGS"]
    section, peek = (chance.choice(SECTIONS), chance.random() < 0.6) if chance.random() < 0.4 else ("", False)
    if section:
        items.append(section.replace("BODY[", "BODY.PEEK[") if peek and section != "RFC822.TEXT" else section)
    since = told.here.highest if chance.random() < 0.1 else None
    return _fetch(named, items, since, seen=bool(section) and not (peek and section != "RFC822.TEXT"))


def _fetch(named: Named, items: list[str], since: int | None, *, seen: bool) -> Ask:
    modifier = f" (CHANGEDSINCE {since})" if since else ""

    def check(told: Told, answer: Answer) -> None:
        uids = named.uids(told)
        if uids is None:
            refused(told, answer, named.prefix + "FETCH", "BAD", "NO")
            return
        told.condstore = told.condstore or "MODSEQ" in items or bool(since)
        told.begin()
        wanted = [message for message in told.present(uids) if not since or message.newer_than(since) is not False]
        certain = [message.uid for message in wanted if not since or message.newer_than(since)]
        told.asked, told.plain = {message.uid for message in wanted}, "MODSEQ" not in items
        if seen and not told.read_only:
            for message in wanted:
                told.here.flag(message.uid, message.flags | {"\\Seen"})
        told.hear(answer, named.prefix + "FETCH")
        done(told, answer, ["EXPUNGEISSUED"])
        keys = {item.partition(" (CH")[0].replace(".PEEK", "").replace("<2.10>", "<2>").encode() for item in items}
        keys |= {b"UID"} if named.uid else set()
        for uid in certain:
            lacking = keys - set(told.fetched.get(uid, ()))
            require(not lacking, f"{told.name}: FETCH did not tell {lacking} of uid {uid}")

    return Ask(named.prefix + "FETCH", f"{named.prefix}FETCH {named.text} ({' '.join(items)}){modifier}".encode(), check)


# STORE


def store(chance: random.Random, told: Told) -> Ask:
    named, flags = some_numbers(chance, told), some_flags(chance)
    mode, silent = chance.choice(("+", "+", "-", "")), chance.random() < 0.4
    since: int | None = None
    if chance.random() < 0.2:
        known = [message.modseq for message in told.here.messages.values() if message.modseq is not None]
        since = chance.choice([*known, told.here.above, 0])
    verb = named.prefix + "STORE"
    modifier = f"(UNCHANGEDSINCE {since}) " if since is not None else ""
    text = f"{verb} {named.text} {modifier}{mode}FLAGS{'.SILENT' if silent else ''} ({' '.join(sorted(flags))})"

    def combined(message: Message) -> frozenset[str]:
        return message.flags | flags if mode == "+" else message.flags - flags if mode == "-" else flags

    def effect(told: Told) -> None:
        for message in told.present(named.uids(told) or []):
            told.here.flag(message.uid, combined(message), by=told)

    def check(told: Told, answer: Answer) -> None:
        uids = named.uids(told)
        if told.read_only or uids is None:
            refused(told, answer, verb, "NO", "BAD")
            return
        told.condstore = told.condstore or since is not None
        told.begin()
        messages = told.present(uids)
        if since is not None:
            kept = _modified(told, answer, messages, since, uid=named.uid)
            messages = [message for message in messages if message.uid not in kept]
        changed = [message.uid for message in messages if told.here.flag(message.uid, combined(message), by=told)]
        told.asked = set(changed if silent else [message.uid for message in messages])
        told.hear(answer, verb)
        done(told, answer, ["MODIFIED", "EXPUNGEISSUED"])
        for uid in [message.uid for message in messages] if not silent else []:
            require(b"FLAGS" in told.fetched.get(uid, ()), f"{told.name}: {verb} did not tell the flags of uid {uid}")
        for uid in changed if told.condstore else []:
            require(b"MODSEQ" in told.fetched.get(uid, ()), f"{told.name}: {verb} did not tell the MODSEQ of uid {uid}")

    return Ask(verb, text.encode(), check, effect if since is None else None)


def _modified(told: Told, answer: Answer, messages: list[Message], since: int, *, uid: bool) -> set[int]:
    """Give the uids that MODIFIED names, which must be those that changed since (RFC 7162 section 3.1.3)."""
    found: set[int] = set()
    if answer.code.startswith("MODIFIED "):
        numbers = Named(answer.code.removeprefix("MODIFIED "), uid).numbers(0)
        found = numbers if uid else {told.uids[number - 1] for number in numbers}
    for message in messages:
        newer = message.newer_than(since)
        require(newer in {None, message.uid in found}, f"{told.name}: MODIFIED {sorted(found)} for {since}, uid {message.uid} has {message.modseq}")
        if newer is None and message.uid in found:
            message.above = max(message.above, since)
    require(found <= {message.uid for message in messages}, f"{told.name}: MODIFIED {sorted(found)} has more than was named")
    return found


# COPY, MOVE, APPEND


def copy(chance: random.Random, told: Told) -> Ask:
    named, moves = some_numbers(chance, told), chance.random() < 0.5
    name = chance.choice([*told.account.folders, told.here.name, "Nowhere"])
    verb = named.prefix + ("MOVE" if moves else "COPY")

    def effect(told: Told) -> tuple[list[int], list[int]]:
        run = told.account.move if moves else told.account.copy
        return run(told.here, named.uids(told) or [], told.account.folders[name])

    def check(told: Told, answer: Answer) -> None:
        target = told.account.folders.get(name)
        if target is None or (moves and told.read_only) or named.uids(told) is None:
            refused(told, answer, verb, "NO", "BAD")
            require(target is not None or answer.condition == "BAD" or "CREATE" in answer.code or told.read_only, f"{told.name}: {answer.line!r}")
            return
        told.begin()
        here, there = effect(told)
        mine = told.hear(answer, verb, b"OK")
        done(told, answer, ["COPYUID"])
        codes = [found[1].decode() for line in answer.untagged if (found := re.match(rb"\* OK \[(COPYUID [^\]]*)\]", line))]
        codes += [answer.code] if answer.code else []
        require(len(mine) == (1 if moves and here else 0), f"{told.name}: {answer.untagged[:3]}")
        require(len(codes) == (1 if here else 0), f"{told.name}: {verb} of {here}: {codes}")
        if here:
            _, uidvalidity, source, made = codes[0].split(" ")
            told.account.tell_validity(target, int(uidvalidity))
            require(in_order(source) == here, f"{told.name}: COPYUID from {source}, it should be {here}")
            require(in_order(made) == there, f"{told.name}: COPYUID to {made}, it should be {there}")

    return Ask(verb, f"{verb} {named.text} {quoted(name)}".encode(), check, effect if name in told.account.folders else None)


def in_order(numbers: str) -> list[int]:
    """Expand a set in the order it is written."""
    found: list[int] = []
    for part in numbers.split(","):
        low, _, high = part.partition(":")
        found += range(int(low), int(high or low) + 1)
    return found


def quoted(name: str) -> str:
    """Write a mailbox name; those of the model have no `"` or `\\`, and those beyond ASCII stand in their own table."""
    encoded = "/".join(ENCODED.get(level, level) for level in name.split("/"))
    return f'"{encoded}"' if " " in encoded else encoded


ENCODED: Final = {"Käse": "K&AOQ-se", "R&D": "R&-D"}


def new_letter(chance: random.Random, number: int, *, exact: bool) -> Letter:
    """Write a message nobody has seen before; one in ten is so large that it is kept apart."""
    word = chance.choice(WORDS)
    lines = [b"%b number %d" % (word.encode(), number)] * chance.choice((1, 1, 2, 5))
    if chance.random() < 0.1:
        lines += [b"." * 70] * 700
    subject = f"{word} {number}"
    head = f"From: {chance.choice(WORDS)}@remote.test\r\nSubject: {subject}\r\nDate: Mon, 02 Nov 2026 10:00:00 +0000\r\nMessage-ID: <{number}@x>\r\n"
    return Letter(head.encode() + b"\r\n" + b"\r\n".join(lines) + b"\r\n", exact, subject)


def append(chance: random.Random, told: Told, letter: Letter) -> Ask:
    name = chance.choice([*told.account.folders, *([told.folder.name] * 3 if told.folder else []), "Nowhere"])
    flags, date = some_flags(chance, 3), chance.choice((None, *DATES))
    when = f'"{date}" ' if date else ""
    text = f"APPEND {quoted(name)} ({' '.join(sorted(flags))}) {when}{{{len(letter.sent)}+}}\r\n".encode() + letter.sent

    def effect(told: Told) -> Message:
        return told.account.folders[name].add(letter, flags, date)

    def check(told: Told, answer: Answer) -> None:
        target = told.account.folders.get(name)
        if target is None:
            refused(told, answer, "APPEND", "NO")
            require(answer.code == "TRYCREATE", f"{told.name}: {answer.line!r}")
            return
        told.begin()
        made = effect(told)
        told.hear(answer, "APPEND")
        done(told, answer, ["APPENDUID"])
        _, uidvalidity, uid = answer.code.split(" ")
        told.account.tell_validity(target, int(uidvalidity))
        require(int(uid) == made.uid, f"{told.name}: APPENDUID {uid}, but UIDNEXT was {made.uid}")

    return Ask("APPEND", text, check, effect if name in told.account.folders else None)


# EXPUNGE, CLOSE, NOOP


def expunge(chance: random.Random, told: Told) -> Ask:
    named = Named(some_numbers(chance, told).text, uid=True) if chance.random() < 0.5 else None
    verb = "UID EXPUNGE" if named else "EXPUNGE"

    def effect(told: Told) -> None:
        told.account.expunge(told.here, named.uids(told) or [] if named else told.uids)

    def check(told: Told, answer: Answer) -> None:
        if told.read_only:
            refused(told, answer, verb, "NO")
            return
        told.begin()
        effect(told)
        told.hear(answer, verb)
        done(told, answer)

    return Ask(verb, f"{verb} {named.text if named else ''}".strip().encode(), check, effect)


def close(chance: random.Random, told: Told) -> Ask:
    verb = chance.choice(("CLOSE", "UNSELECT"))

    def check(told: Told, answer: Answer) -> None:
        told.begin()
        folder, uids = told.here, list(told.uids)
        if verb == "CLOSE" and not told.read_only:
            told.account.expunge(folder, uids)
        require(not answer.untagged, f"{told.name}: {verb} told {answer.untagged[:3]}")
        done(told, answer)
        told.unselect()

    return Ask(verb, verb.encode(), check)


def noop(chance: random.Random, told: Told) -> Ask:
    verb = chance.choice(("NOOP", "CHECK") if told.folder else ("NOOP",))

    def check(told: Told, answer: Answer) -> None:
        told.begin()
        told.hear(answer, verb)
        done(told, answer)

    return Ask(verb, verb.encode(), check)


def select(chance: random.Random, told: Told, name: str = "", verb: str = "") -> Ask:
    name = name or chance.choice([*told.account.folders, *["INBOX"] * 4, "Nowhere"])
    verb = verb or chance.choice(("SELECT", "SELECT", "SELECT", "EXAMINE"))
    condstore = chance.random() < 0.2

    def check(told: Told, answer: Answer) -> None:
        folder = told.account.folders.get(name)
        told.unselect()
        if folder is None:
            refused(told, answer, verb, "NO")
            return
        told.condstore = told.condstore or condstore
        told.select(folder, read_only=verb == "EXAMINE")
        told.begin()
        mine = told.hear(answer, verb, b"OK")
        done(told, answer, ["READ-ONLY" if told.read_only else "READ-WRITE"])
        require(answer.code, f"{told.name}: {answer.line!r}")
        _opened(told, folder, [b" ".join(_flat(words[1:])).decode() for words in mine], answer)

    return Ask(verb, f"{verb} {quoted(name)}{' (CONDSTORE)' if condstore else ''}".encode(), check)


def _flat(words: list[Any]) -> list[bytes]:
    return [b"(" + b" ".join(_flat(word)) + b")" if isinstance(word, list) else word for word in words]


def _opened(told: Told, folder: Folder, lines: list[str], answer: Answer) -> None:
    """Hold what SELECT tells against the model (RFC 3501 section 6.3.1)."""
    codes = {found[1]: found[2] for line in lines if (found := re.match(r"\[([A-Z]+) ([^\]]*)\]", line))}
    told.account.tell_validity(folder, int(codes["UIDVALIDITY"]))
    folder.tell_highest(int(codes["HIGHESTMODSEQ"]))
    folder.tell_id(codes["MAILBOXID"])
    require(int(codes["UIDNEXT"]) == folder.uidnext, f"{told.name}: UIDNEXT {codes['UIDNEXT']}, it is {folder.uidnext}")
    require(b"\\*" in answer.untagged[1] or told.read_only, f"{told.name}: {answer.untagged[1]!r}")
    unseen = folder.unseen()
    first = told.uids.index(unseen[0]) + 1 if unseen else 0
    require(int(codes.get("UNSEEN", 0)) == first, f"{told.name}: UNSEEN {codes.get('UNSEEN')}, the first is {first}")
    words = [
        word for line in answer.untagged for word in (b" EXISTS\r\n", b" RECENT\r\n", b"* FLAGS ") if line.endswith(word) or line.startswith(word)
    ]
    require(len(words) == 3, f"{told.name}: {answer.untagged}")
