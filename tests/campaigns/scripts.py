"""The scripts campaign: script processes are killed, hang, eat memory and crash under a load of mail; each acknowledged message arrives once.

The server itself must stand all through it, and the mail goes on as if the handler had done nothing, or waits for another try where the setting
says so. At the end all mail is read, no script process is left behind, and handlers work as before.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from .content import fault_in, message, new_token, token_of
from .deeds import DEEDS, HANDLERS, MOMENTS, SEEN
from .load import happens
from .report import Report, silent
from .server import Postroom, ServerError
from .wire import IMAP, SMTP, LostError, RefusedError, Switchboard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS: Final = (
    ("VBScript", "continue"), ("JScript", "defer"), ("Python", "continue"), ("VBScript", "defer"), ("JScript", "continue"), ("Python", "defer"),
)  # fmt: skip
"""Languages, and what becomes of mail whose script was lost: one server each."""
LEAST_OF_A_ROUND: Final = 6
SENDERS: Final = 10
MESSAGES_A_CONNECTION: Final = 20
WEIGHTS: Final = {"none": 40, "hang": 30, "linger": 20, "eat": 4, "talk": 3, "crash": 3}
LONGEST_PAUSE: Final = 0.15
"""Seconds between two kills."""
OF_FORK_SERVERS: Final = 0.03
"""The share of the kills that hit a fork server."""
LEFT_SECONDS: Final = 10.0
FORK_SERVER: Final = b"postroom.scripting.forkserver"
PINS: Final = """\
retry_times = "{retries}"
scripting.enabled = "yes"
scripting.language = "{language}"
scripting.when_lost = "{when_lost}"
scripting.time_limit = "1 second"
scripting.memory_limit = "64 MB"
scripting.max_calls = 20000
"""


class Letter(NamedTuple):
    """A message that was acknowledged, and what it asked handlers for."""

    recipients: tuple[str, ...]
    deed: str


class Process(NamedTuple):
    """A fork server or script process."""

    number: int
    parent: int


@dataclass(slots=True)
class ScriptsCampaign:
    """A load of mail over one server, and the killing of its script processes."""

    server: Postroom
    language: str
    when_lost: str
    seed: int
    report: Report
    numbers: Iterator[int]
    chance: random.Random
    wanted: int
    letters: dict[str, Letter] = field(default_factory=dict)
    hangs: int = 0
    kills: int = 0

    async def run(self) -> None:
        """Send and kill until there were enough kills and hangs; raises ServerError where the server does not come up or go down."""
        await self.server.start()
        workers = self.server.processes("worker")
        sending = asyncio.gather(*(self._go_on(random.Random(f"{self.seed} {self.where} sender {n}")) for n in range(SENDERS)))
        await asyncio.gather(self._kill(), sending)
        self._found("the end", [] if self.server.processes("worker") == workers else ["a worker fell"])
        await self._compare()
        self._found("the processes", await self._left())
        self.report.figures["events that were lost"] += self.server.log.read_text(errors="replace").count("script-lost")
        if code := await self.server.stop():
            self._found("stopped with TERM", [f"exit {code}"])
        self._found("the directory", self.server.check())

    @property
    def where(self) -> str:
        """Name the round."""
        return f"{self.language}, {self.when_lost}"

    def _found(self, what: str, defects: list[str]) -> None:
        self.report.found(f"{self.where}: {what}", defects)

    @property
    def _enough(self) -> bool:
        return self.hangs >= self.wanted and self.kills >= self.wanted

    # Sending

    async def _go_on(self, chance: random.Random) -> None:
        while not self._enough:
            try:
                await self._session(chance)
            except LostError as lost:
                self._found("a connection", [f"it was lost: {lost}"])

    async def _session(self, chance: random.Random) -> None:
        async with await SMTP.connect(self.server.target.smtp, Switchboard()) as smtp:
            for _ in range(MESSAGES_A_CONNECTION):
                if self._enough:
                    return
                await self._send(smtp, chance)

    async def _send(self, smtp: SMTP, chance: random.Random) -> None:
        """Send a message until it is taken: one that is put off asks for nothing any more."""
        token = new_token(f"e{self.seed}", next(self.numbers), chance.choice((1_000, 3_000, 20_000)))
        recipients = tuple(chance.sample(self.server.target.accounts, chance.choice((1, 1, 2, 4))))
        deed = f"{self._deed(chance)} {chance.choice(tuple(MOMENTS))}"
        await self._hand_in(smtp, token, recipients, deed)
        self.report.figures["messages"] += 1

    async def _hand_in(self, smtp: SMTP, token: str, recipients: tuple[str, ...], deed: str) -> None:
        while True:
            self._note(deed)
            content = b"X-Deed: %b\r\n" % deed.encode() + message(token)
            try:
                await smtp.envelope(f"sender@{token}.example", recipients, len(content))
                await smtp.content(content)
            except RefusedError as refused:
                if self.when_lost != "defer" or not str(refused).startswith("451"):
                    self._found("a sender", [f"{token} ({deed}) was refused: {refused}"])
                self.report.figures["put off (451)"] += 1
                deed = "none accept"
                continue
            self.letters[token] = Letter(recipients, deed)
            return

    def _deed(self, chance: random.Random) -> str:
        deed = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        return "linger" if deed == "hang" and self.hangs >= self.wanted else deed

    def _note(self, deed: str) -> None:
        kind = deed.partition(" ")[0]
        self.hangs += kind == "hang"
        if kind in DEEDS:
            self.report.figures[{"hang": "hangs", "linger": "long talks", "eat": "bombs", "talk": "endless talks", "crash": "crashes"}[kind]] += 1

    # Killing

    async def _kill(self) -> None:
        while not self._enough:
            await asyncio.sleep(self.chance.uniform(0.0, LONGEST_PAUSE))
            if self.kills >= self.wanted:
                continue
            servers = self.chance.random() < OF_FORK_SERVERS
            workers = self.server.processes("worker")
            if mine := [process.number for process in self._processes() if (process.parent in workers) == servers]:
                with suppress(ProcessLookupError):
                    os.kill(self.chance.choice(mine), signal.SIGKILL)
                    self.kills += 1
                    self.report.figures["kills of fork servers" if servers else "kills"] += 1

    def _processes(self) -> list[Process]:
        """Find fork servers and script processes of this server: they are of its session, wherever a fall has left them.

        A fork server's parent is a worker, a script process's parent is a fork server.
        """
        assert self.server.process is not None
        found = []
        for entry in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                number = int(entry.name)
                state, parent, _, session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
                if int(session) == self.server.process.pid and state not in "ZX" and FORK_SERVER in (entry / "cmdline").read_bytes():
                    found.append(Process(number, int(parent)))
        return found

    async def _left(self) -> list[str]:
        """Find script processes that nobody has any more: those whose fork server fell end by themselves."""

        def orphans() -> list[int]:
            found = self._processes()
            parents = {process.number for process in found} | set(self.server.processes("worker"))
            return [process.number for process in found if process.parent not in parents]

        for _ in range(round(LEFT_SECONDS / 0.1)):
            if not orphans():
                return []
            await asyncio.sleep(0.1)
        return [f"processes {orphans()} go on without a fork server"]

    # Comparing

    async def _compare(self) -> None:
        """Hand in a last message, which nothing keeps handlers from; then read all mail."""
        async with await SMTP.connect(self.server.target.smtp, Switchboard()) as smtp:
            last = new_token(f"e{self.seed}", next(self.numbers), 1_000)
            await self._hand_in(smtp, last, self.server.target.accounts, "none accept")
        empty = await happens(lambda: self.server.command("queue", "--json").strip() in {"[]", ""})
        self._found("the queue", [] if empty else [f"it does not run empty: {self.server.command('queue')[:1000]}"])
        missing: list[str] = []
        for _ in range(100):
            found = await self._read()
            missing = [f"{token} is missing for {to}" for token, letter in self.letters.items() for to in letter.recipients if not found[to, token]]
            if not missing:
                break
            await asyncio.sleep(0.05)  # a handover to another shard
        self._found("the mailboxes", missing + [defect for key, copies in found.items() for defect in self._wrong(*key, copies)])
        handled = [copy for (_, token), copies in found.items() if token == last for copy in copies]
        self._found("the last message", [] if all(copy.count(SEEN) == len(MOMENTS) for copy in handled) else ["no handler has seen it"])
        self.report.figures["mails compared"] += sum(map(len, found.values()))

    def _wrong(self, account: str, token: str, copies: list[bytes]) -> Iterator[str]:
        letter = self.letters.get(token)
        if letter is None or account not in letter.recipients:
            yield f"{token} was never acknowledged for {account}"
            return
        if len(copies) != 1:
            yield f"{token} is there {len(copies)} times for {account}"
        head, parted, body = copies[0].partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        plain = b"\r\n".join(line for line in lines if not line.startswith((SEEN, b"X-Deed: "))) + parted + body
        if fault := fault_in(plain, token):
            yield f"{token} for {account}: {fault}"
        deed, _, moment = letter.deed.partition(" ")
        if deed in {"hang", "talk"} and self.when_lost == "continue" and b"%b%b: " % (SEEN, moment.encode()) in head:
            yield f"{token} ({letter.deed}): what the handler did after it should have been ended is there"
        self.report.figures["seen by all three handlers"] += head.count(SEEN) == len(MOMENTS)

    async def _read(self) -> dict[tuple[str, str], list[bytes]]:
        found: dict[tuple[str, str], list[bytes]] = defaultdict(list)
        for account in self.server.target.accounts:
            async with await IMAP.connect(self.server.target.imap, Switchboard()) as imap:
                await imap.login(account, self.server.target.password)
                await imap.ask('SELECT "INBOX"')
                with suppress(RefusedError):
                    for response in await imap.ask("UID FETCH 1:* (BODY.PEEK[])"):
                        for literal in response.literals:
                            found[account, token_of(literal) or "?"].append(literal)
        return found


async def run(folder: Path, runs: int, seed: int = 1, tell: Callable[[str], None] = silent) -> Report:
    """Kill and hang so many script processes each, over servers of each language."""
    report = Report("scripts", tell)
    template = Postroom(folder / "template")
    template.make_accounts()
    rounds = ROUNDS[: max(1, min(len(ROUNDS), runs // LEAST_OF_A_ROUND))]
    numbers = count()
    for number, (language, when_lost) in enumerate(rounds):
        wanted = runs // len(rounds) + (number < runs % len(rounds))
        pins = PINS.format(language=language, when_lost=when_lost, retries=", ".join(["1 second"] * 20))
        server = template.copy_to(folder / f"{language}-{when_lost}", pins=pins)
        server.handle(*HANDLERS[language])
        campaign = ScriptsCampaign(server, language, when_lost, seed, report, numbers, random.Random(f"{seed} {number}"), wanted)
        try:
            await campaign.run()
        except (ServerError, LostError, RefusedError) as error:
            report.found(campaign.where, [f"it can't go on: {error!r}"])
        finally:
            await server.kill()
        report.tell(f"{number + 1} of {len(rounds)}: {report}")
    return report
