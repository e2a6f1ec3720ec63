"""Races: several sessions say a command at the same moment. Who comes first is the server's to decide; what comes of it is not.

While they run, an answer is held only against what holds in any order: EXPUNGE where it may be told, EXISTS that never shrinks, numbers that
mean the right uids. After a NOOP each session must know the folder as it is then.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from soak.asks import in_order, new_letter, quoted
from soak.mail import require
from soak.told import BY_NUMBER
from soak.wire import deliver, tokens

if TYPE_CHECKING:
    from soak.mail import Folder, Letter
    from soak.told import Told
    from soak.wire import Answer
    from soak.world import Client, World

MOST: Final = 4
_LINE: Final = re.compile(rb"\* (\d+) (EXISTS|RECENT|EXPUNGE|FETCH)\b")
_COPYUID: Final = re.compile(r"\[COPYUID \d+ ([0-9:,]+) ([0-9:,]+)\]")


@dataclass
class Slot:
    """A sequence number as a session knows it: the uid, unless the message is newer than that, and the flags last told."""

    uid: int | None
    flags: frozenset[str] | None = None


@dataclass
class Picture:
    """What a session makes of untagged responses in a race."""

    told: Told
    slots: list[Slot] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.slots = [Slot(uid) for uid in self.told.uids]

    def hear(self, answer: Answer, verb: str) -> None:
        """Take in the answer to a command."""
        require(answer.condition == "OK", f"{self.told.name}: {answer.line!r} for {verb}")
        for line in answer.untagged:
            if found := _LINE.match(line):
                self._take(int(found[1]), found[2], line, verb)
            elif line.startswith(b"* FLAGS "):
                self.told.take(line, expunges=False)

    def _take(self, number: int, kind: bytes, line: bytes, verb: str) -> None:
        name, count = self.told.name, len(self.slots)
        if kind == b"EXISTS":
            require(number >= count, f"{name}: EXISTS {number} after {count}, without EXPUNGE")
            self.slots += [Slot(None) for _ in range(number - count)]
        elif kind != b"RECENT":
            require(1 <= number <= count, f"{name}: {line!r}, but there are {count}")
            if kind == b"EXPUNGE":
                require(verb not in BY_NUMBER, f"{name}: EXPUNGE in answer to {verb}")
                del self.slots[number - 1]
            else:
                self._fetch(self.slots[number - 1], tokens(line)[3], line)

    def _fetch(self, slot: Slot, items: list[Any], line: bytes) -> None:
        told = dict(zip(items[::2], items[1::2], strict=True))
        if uid := told.get(b"UID"):
            require(slot.uid in {None, int(uid)}, f"{self.told.name}: {line!r}, but that was uid {slot.uid}")
            slot.uid = int(uid)
        if b"FLAGS" in told:
            slot.flags = frozenset(flag.decode() for flag in told[b"FLAGS"]) - {"\\Recent"}

    def settle(self) -> None:
        """Hold the picture against the model, once everything has been told; the session goes on with it."""
        told, messages = self.told, list(self.told.here.messages.values())
        known = [slot.uid for slot in self.slots]
        require(len(known) == len(messages), f"{told.name}: knows {known}, there are {[message.uid for message in messages]}")
        for slot, message in zip(self.slots, messages, strict=True):
            require(slot.uid in {None, message.uid}, f"{told.name}: knows {known}, there are {[each.uid for each in messages]}")
            silent = slot.flags is None and message.uid not in told.owed
            require(silent or slot.flags == message.flags, f"{told.name}: uid {message.uid} has {message.flags}, it was told {slot.flags}")
        told.uids = [message.uid for message in messages]
        told.highest_uid = max([told.highest_uid, *told.uids])
        told.owed, told.flags, told.recent, told.recents = set(), {}, {}, (0, len(told.uids))


@dataclass
class Racer:
    """One session's part in a race: what it says, and the letter that it appends or the uids that it moves."""

    client: Client
    verb: str
    text: bytes
    letter: Letter | None = None
    keyword: tuple[str, frozenset[int]] | None = None
    moves: frozenset[int] = frozenset()


async def race(world: World) -> None:
    """Let some sessions that have the same folder open race, and see what comes of it."""
    for client in world.clients:
        if client.idle:
            await world.end_idle(client)
    open_now = [client for client in world.clients if client.told.folder is not None and client.told.folder.alive and not client.told.read_only]
    if not open_now:
        return
    folder = world.chance.choice(open_now).told.here
    clients = [client for client in open_now if client.told.here is folder][:MOST]
    target = world.chance.choice([other for other in world.account.folders.values() if other is not folder])
    moving = world.chance.random() < 0.3
    racers = [_moving(world, client, target) if moving else _changing(world, client, folder) for client in clients]
    extra = asks_letter(world) if folder is world.account.inbox and not moving and world.chance.random() < 0.5 else None
    pictures = {id(client): Picture(client.told) for client in world.clients if client.told.folder is not None}
    answers = await _run(world, racers, extra)
    for racer, answer in zip(racers, answers, strict=True):
        pictures[id(racer.client)].hear(answer, racer.verb)
    if moving:
        _moved(folder, target, racers, answers)
    else:
        _changed(folder, racers, answers, extra)
    for client in world.clients:
        if client.told.folder is not None:
            tag = client.imap.tag()
            client.imap.send(tag + b" NOOP\r\n")
            pictures[id(client)].hear(await client.imap.answer(tag), "NOOP")
            pictures[id(client)].settle()


def asks_letter(world: World) -> Letter:
    """Write a letter that comes from elsewhere."""
    world.letters += 1
    return new_letter(world.chance, world.letters, exact=False)


async def _run(world: World, racers: list[Racer], extra: Letter | None) -> list[Answer]:
    tags = [racer.client.imap.tag() for racer in racers]
    for tag, racer in zip(tags, racers, strict=True):
        racer.client.imap.send(b"%b %b\r\n" % (tag, racer.text))
    arriving = [deliver(world.place.smtp, world.place.hello, world.account.address, extra.sent)] if extra else []
    answering = [racer.client.imap.answer(tag) for tag, racer in zip(tags, racers, strict=True)]
    answers, _ = await asyncio.gather(asyncio.gather(*answering), asyncio.gather(*arriving))
    return list(answers)


def _moving(world: World, client: Client, target: Folder) -> Racer:
    uids = frozenset(uid for uid in client.told.uids if world.chance.random() < 0.4)
    if not uids:
        return Racer(client, "NOOP", b"NOOP")
    return Racer(client, "UID MOVE", f"UID MOVE {','.join(map(str, sorted(uids)))} {quoted(target.name)}".encode(), moves=uids)


def _changing(world: World, client: Client, folder: Folder) -> Racer:
    kind, count = world.chance.choice(("APPEND", "STORE", "STORE", "EXPUNGE", "FETCH", "SEARCH", "NOOP")), len(client.told.uids)
    if kind == "APPEND":
        world.letters += 1
        letter = new_letter(world.chance, world.letters, exact=True)
        return Racer(client, kind, f"APPEND {quoted(folder.name)} {{{len(letter.sent)}+}}\r\n".encode() + letter.sent, letter)
    if kind == "STORE" and count:
        # Each session has a keyword of its own, so that what they do comes to the same in any order.
        low, high = sorted((world.chance.randint(1, count), world.chance.randint(1, count)))
        word, mode = f"own{world.clients.index(client)}", world.chance.choice("+-")
        named = frozenset(client.told.uids[low - 1 : high])
        return Racer(client, kind, f"STORE {low}:{high} {mode}FLAGS ({word})".encode(), keyword=(mode + word, named))
    if kind == "FETCH" and count:
        return Racer(client, kind, b"FETCH 1:* (UID FLAGS)")
    if kind == "SEARCH":
        return Racer(client, kind, b"SEARCH UNSEEN")
    return Racer(client, "EXPUNGE", b"EXPUNGE") if kind == "EXPUNGE" else Racer(client, "NOOP", b"NOOP")


def _changed(folder: Folder, racers: list[Racer], answers: list[Answer], extra: Letter | None) -> None:
    """Let the model follow: appended letters in the order of their uids, the one from elsewhere where there is a gap."""
    known = {uid for racer in racers if racer.verb == "EXPUNGE" for uid in racer.client.told.uids}  # nobody removes what it was not told of
    placed = {int(answer.code.split(" ")[2]): racer.letter for racer, answer in zip(racers, answers, strict=True) if racer.letter is not None}
    count = len(placed) + (extra is not None)
    free = [uid for uid in range(folder.uidnext, folder.uidnext + count) if uid not in placed]
    require(len(free) == (extra is not None), f"{folder.name}: UIDNEXT was {folder.uidnext}, then {sorted(placed)} were appended")
    for _ in range(count):
        letter = placed.get(folder.uidnext) or extra
        assert letter is not None
        folder.add(letter)
    for racer in racers:
        if racer.keyword is not None:
            change, uids = racer.keyword
            for message in folder.named(uids):
                flags = message.flags | {change[1:]} if change[0] == "+" else message.flags - {change[1:]}
                folder.flag(message.uid, flags, by=racer.client.told)
    folder.remove([message.uid for message in folder.named(known) if "\\Deleted" in message.flags])


def _moved(folder: Folder, target: Folder, racers: list[Racer], answers: list[Answer]) -> None:
    """Let the model follow: each message went once, with whichever session COPYUID says."""
    pairs: list[tuple[int, int]] = []
    for answer in answers:
        for found in _COPYUID.finditer(" ".join(line.decode("utf-8", "replace") for line in answer.untagged if line.startswith(b"* OK"))):
            pairs += zip(in_order(found[2]), in_order(found[1]), strict=True)
    gone = [here for _, here in pairs]
    wanted = {uid for racer in racers for uid in racer.moves if uid in folder.messages}
    require(sorted(gone) == sorted(wanted), f"{folder.name}: of {sorted(wanted)} {sorted(gone)} were moved")
    for there, here in sorted(pairs):
        message = folder.messages[here]
        made = target.add(message.letter, message.flags, message.date)
        require(made.uid == there, f"{target.name}: COPYUID tells {there}, UIDNEXT was {made.uid}")
    folder.remove(gone)
