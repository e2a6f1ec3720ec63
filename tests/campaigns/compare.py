"""After the restart: read every mailbox through IMAP (one through POP3 too) and hold it against the ledger."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .content import fault_in, token_of
from .ledger import Fate, Held, Mailbox, Request, Verb
from .wire import IMAP, POP3, Switchboard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .ledger import Ledger, Sighting
    from .load import Target

READERS: Final = 4
HANDOVER_TRIES: Final = 20  # a message accepted for several shards reaches the last of them soon; what a crash left, before the start is over
HANDOVER_PAUSE: Final = 0.1
_ITEMS: Final = (re.compile(rb"\bUID (\d+)"), re.compile(rb"\bFLAGS \(([^)]*)\)"), re.compile(rb"\bRFC822\.SIZE (\d+)"))
_LIST: Final = re.compile(rb'^\* LIST \(([^)]*)\) (?:"[^"]*"|NIL) "?([^"\r\n]+)"?\r\n')


@dataclass(frozen=True, slots=True)
class Found:
    """A message as it is served now; `fault` says what is wrong with its bytes."""

    uid: int
    token: str
    flags: frozenset[str]
    size: int
    fault: str | None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as it is served now."""

    validity: int
    next_uid: int
    messages: tuple[Found, ...]


Observed = dict[str, dict[str, Folder]]


@dataclass(slots=True)
class Verdict:
    """What is wrong, and counted apart: messages kept although nobody read their 250 (their sender may send them again)."""

    defects: list[str] = field(default_factory=list)
    kept_unanswered: list[Request] = field(default_factory=list)
    lost_unanswered: list[Request] = field(default_factory=list)
    settled: dict[str, Mailbox] = field(default_factory=dict)
    messages: int = 0


async def read_all(target: Target) -> Observed:
    """Read every account through IMAP, a few at a time."""
    switchboard, places = Switchboard(), asyncio.Semaphore(READERS)

    async def read(account: str) -> tuple[str, dict[str, Folder]]:
        async with places, await IMAP.connect(target.imap, switchboard) as imap:
            await imap.login(account, target.password)
            return account, {name: await _read_folder(imap, name) for name in await _folders(imap)}

    return dict(await asyncio.gather(*map(read, target.accounts)))


async def _folders(imap: IMAP) -> list[str]:
    found = [_LIST.match(response.text) for response in await imap.ask('LIST "" "*"')]
    return [match[2].decode() for match in found if match and b"\\Noselect" not in match[1]]


async def _read_folder(imap: IMAP, name: str) -> Folder:
    selected = b"".join(response.text for response in await imap.ask(f'SELECT "{name}"'))
    validity, following, exists = (
        int(found[1]) if (found := re.search(pattern, selected)) else 0
        for pattern in (rb"\[UIDVALIDITY (\d+)", rb"\[UIDNEXT (\d+)", rb"\* (\d+) EXISTS")
    )
    fetched = await imap.ask("UID FETCH 1:* (UID FLAGS RFC822.SIZE BODY.PEEK[])") if exists else []
    messages = tuple(_found(response.text, response.literals[0]) for response in fetched if response.literals)
    if len(messages) != exists:
        messages += (Found(0, "?", frozenset(), 0, f"{exists} messages exist, {len(messages)} were fetched"),)
    return Folder(validity, following, messages)


def _found(text: bytes, body: bytes) -> Found:
    uid, flags, size = (found[1] if (found := pattern.search(text)) else b"" for pattern in _ITEMS)
    token = token_of(body)
    fault = "it has no token" if token is None else fault_in(body, token)
    if size != b"%d" % len(body):
        fault = f"RFC822.SIZE {size.decode()} but {len(body)} bytes"
    return Found(int(uid or 0), token or "?", frozenset(flags.decode().split()) - {"\\Recent"}, len(body), fault)


async def compare(
    target: Target, ledger: Ledger, fates: dict[Request, Fate], seen: Callable[[Sighting], bool] = lambda _: True, tries: int = HANDOVER_TRIES
) -> Verdict:
    """Read and judge; a delivery to several shards gets the time that its handover may take. Raises LostError and RefusedError."""
    for _ in range(tries):
        observed = await read_all(target)
        verdict = judge(observed, ledger, fates, seen)
        if not verdict.defects:
            break
        await asyncio.sleep(HANDOVER_PAUSE)
    verdict.defects += await _read_pop3(target, observed)
    return verdict


async def _read_pop3(target: Target, observed: Observed) -> list[str]:
    account = target.accounts[0]
    inbox = sorted(observed[account]["INBOX"].messages, key=lambda message: message.uid)
    async with await POP3.connect(target.pop3, Switchboard()) as pop3:
        await pop3.ask(f"USER {account}")
        await pop3.ask(f"PASS {target.password}")
        names = [line.split()[1] for line in (await pop3.lines("UIDL")).splitlines()]
        defects = [] if len(names) == len(set(names)) == len(inbox) else [f"{account}: POP3 names {len(names)} messages, IMAP {len(inbox)}"]
        for number, message in enumerate(inbox[: len(names)], 1):
            body = await pop3.lines(f"RETR {number}")
            fault = f"its token is {token_of(body)}" if token_of(body) != message.token else message.fault or fault_in(body, message.token)
            if fault:
                defects.append(f"{account}: POP3 message {number} is not {message.token}: {fault}")
        await pop3.ask("QUIT")
    return defects


def judge(observed: Observed, ledger: Ledger, fates: dict[Request, Fate], seen: Callable[[Sighting], bool]) -> Verdict:
    """Hold what is served against the ledger."""
    verdict = Verdict()
    expected = ledger.expect(fates)
    for account, folders in observed.items():
        readings: list[list[str]] = [_hold(account, folders, mailbox) for mailbox in expected.get(account, [{}])]
        best: list[str] = min(readings, key=len)
        verdict.defects += best
        verdict.settled[account] = {name: {m.token: Held(m.flags) for m in folder.messages} for name, folder in folders.items()}
        verdict.messages += sum(len(folder.messages) for folder in folders.values())
    verdict.defects += _uids(observed, filter(seen, ledger.sightings))
    _count_unanswered(verdict, ledger, fates)
    return verdict


def _hold(account: str, folders: dict[str, Folder], mailbox: Mailbox) -> list[str]:
    defects: list[str] = []
    for name in folders.keys() | mailbox.keys():
        if name not in folders:
            defects.append(f"{account}/{name}: the folder is gone")
            continue
        defects += [f"{account}/{name}: {defect}" for defect in _hold_folder(folders[name], mailbox.get(name, {}))]
    return defects


def _hold_folder(folder: Folder, expected: dict[str, Held]) -> Iterator[str]:
    found: dict[str, Found] = {}
    for message in folder.messages:
        if message.fault:
            yield f"{message.token} (uid {message.uid}): {message.fault}"
        if message.token in found:
            yield f"{message.token} is there twice (uids {found[message.token].uid} and {message.uid})"
        elif message.token not in expected:
            yield f"{message.token} (uid {message.uid}) should not be there"
        elif expected[message.token].needed and message.flags != expected[message.token].flags:
            yield f"{message.token} has flags {sorted(message.flags)}, acknowledged were {sorted(expected[message.token].flags)}"
        found[message.token] = message
    for token, held in expected.items():
        if held.needed and token not in found:
            yield f"{token} was acknowledged and is missing"


def _uids(observed: Observed, sightings: Iterable[Sighting]) -> Iterator[str]:
    now = {
        (account, name): (folder.validity, folder.next_uid, {message.uid: message.token for message in folder.messages})
        for account, folders in observed.items()
        for name, folder in folders.items()
    }
    for account, folders in observed.items():
        for name, folder in folders.items():
            uids = [message.uid for message in folder.messages]
            if len(uids) != len(set(uids)) or uids != sorted(uids) or (uids and uids[-1] >= folder.next_uid):
                yield f"{account}/{name}: uids {uids} with UIDNEXT {folder.next_uid}"
    for s in sightings:
        validity, following, tokens = now.get((s.account, s.folder), (0, 0, {}))
        if validity != s.validity:
            yield f"{s.account}/{s.folder}: UIDVALIDITY {s.validity} became {validity}"
        elif s.uid >= following:
            yield f"{s.account}/{s.folder}: uid {s.uid} was given out, UIDNEXT is {following}"
        elif tokens.get(s.uid, s.token) != s.token:
            yield f"{s.account}/{s.folder}: uid {s.uid} was {s.token} and is {tokens[s.uid]} now"


def _count_unanswered(verdict: Verdict, ledger: Ledger, fates: dict[Request, Fate]) -> None:
    """A delivery without an answer is there for all its recipients or for none."""
    touched = {(r.accounts[0], token) for r in ledger.requests if r.verb is not Verb.DELIVER and fates[r] is Fate.DONE for token in r.tokens}
    there = {(account, token) for account, mailbox in verdict.settled.items() for messages in mailbox.values() for token in messages}
    for request in ledger.requests:
        if request.verb is not Verb.DELIVER or fates[request] is not Fate.MAYBE:
            continue
        reached = [account for account in request.accounts if (account, request.tokens[0]) in there | touched]
        if reached and len(reached) < len(request.accounts):
            verdict.defects.append(f"{request.tokens[0]} reached {len(reached)} of {len(request.accounts)} recipients: half a delivery")
        (verdict.kept_unanswered if reached else verdict.lost_unanswered).append(request)
