"""The sending campaign: a server is killed again and again while it sends; then all that it acknowledged must have arrived, and nothing twice.

One thing may come twice: what the other server acknowledged when our commit of that was not over (docs/flow.md). Of that the server's log says
nothing, and a kill follows at once; everything else that comes twice is a defect. What is refused there must be reported exactly once.
"""

from __future__ import annotations

import asyncio
import base64
import os
import random
import re
import signal
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final

from .content import message, new_token
from .kill import VICTIMS
from .load import happens
from .report import Report, silent
from .server import Postroom, ServerError
from .sink import REFUSED, Sink, Taken
from .wire import IMAP, SMTP, LostError, RefusedError, Switchboard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from .load import Target

KILLS_A_DIRECTORY: Final = 25
SENDERS: Final = 5
MOST_ACKNOWLEDGED: Final = 40
LONGEST_PAUSE: Final = 0.02
AFTERMATH: Final = 0.7
DOMAINS: Final = 12
SIZES: Final = ((70, 1_000, 4_000), (20, 4_000, 40_000), (10, 300_000, 900_000))
PINS: Final = f'retry_times = "{", ".join(["1 second"] * 100)}"\nfile_into_sent = "no"'
WINDOW_SECONDS: Final = 2.0
"""How long before a kill what comes twice may have been acknowledged: far more than a commit takes, for a machine with much else to do and for a
writer that starts again in between. How long it was is told."""

LAST_SECONDS: Final = 1.0
"""How long after a kill the other server may take what lies in its socket."""

_SENT: Final = re.compile(r"mail-tried  id=(\S+)  .*?  recipient=(\S+)  host=\S+  sent=\d+  reason=")  # without any that wait or failed
_TOKEN: Final = re.compile(rb"X-Token: (\S+)")


@dataclass(slots=True)
class Submission:
    """A message that was handed in; `done` when its 250 was read."""

    token: str
    sender: str
    recipients: tuple[str, ...]
    done: bool = False


@dataclass(slots=True)
class Submitters:
    """Programs that submit without rest; `run` ends when the server is gone, or when cancelled."""

    target: Target
    chance: random.Random
    name: str
    numbers: Iterator[int]
    submissions: list[Submission]
    persevere: bool = False
    acknowledged: int = 0
    refusals: list[str] = field(default_factory=list)

    async def run(self) -> None:
        """Submit from several connections."""
        async with asyncio.TaskGroup() as group:
            for _ in range(SENDERS):
                group.create_task(self._go_on())

    async def _go_on(self) -> None:
        while True:
            try:
                await self._session()
            except RefusedError as refused:
                self.refusals.append(str(refused))
            except LostError:
                if not self.persevere:
                    return
                await asyncio.sleep(0.1)

    async def _session(self) -> None:
        sender = self.chance.choice(self.target.accounts)
        async with await SMTP.connect(self.target.submission, Switchboard()) as smtp:
            await smtp.ask(b"AUTH PLAIN %b\r\n" % base64.b64encode(f"\0{sender}\0{self.target.password}".encode()), b"235")
            for _ in range(8):
                await self._submit(smtp, sender)
                await asyncio.sleep(self.chance.uniform(0, LONGEST_PAUSE))
            await smtp.ask(b"QUIT\r\n", b"221")

    async def _submit(self, smtp: SMTP, sender: str) -> None:
        _, least, most = self.chance.choices(SIZES, [share for share, _, _ in SIZES])[0]
        token = new_token(self.name, next(self.numbers), self.chance.randint(least, most))
        recipients = tuple(self._recipient(token, place) for place in range(self.chance.choices((1, 2, 4), (70, 20, 10))[0]))
        content = message(token, sender)
        await smtp.envelope(sender, recipients, len(content))
        submission = Submission(token, sender, recipients)
        self.submissions.append(submission)
        await smtp.content(content)
        submission.done = True
        self.acknowledged += 1

    def _recipient(self, token: str, place: int) -> str:
        kind = REFUSED if self.chance.random() < 0.05 else "box"
        return f"{kind}-{place}-{token}@d{self.chance.randrange(DOMAINS)}.sink.test"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known at the end: what was handed in, what the other server took, what our log says was sent and committed, when we were killed."""

    submissions: tuple[Submission, ...]
    taken: tuple[Taken, ...]
    committed: dict[tuple[str, str], int]  # (receipt, first recipient of a try) -> how many lines of the log say so
    kills: tuple[float, ...]


def judge(evidence: Evidence) -> tuple[list[str], list[float]]:
    """Give the defects, and for each message that came twice how many seconds before a kill it had been acknowledged (negative: behind it)."""
    times: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    for taken in evidence.taken:
        times[taken.token, taken.recipient].append(taken)
    defects = [
        f"{submission.token} to {recipient} was acknowledged and never arrived"
        for submission in evidence.submissions
        for recipient in submission.recipients
        if submission.done and not recipient.startswith(REFUSED) and (submission.token, recipient) not in times
    ]
    windows: list[float] = []
    for (token, recipient), all_taken in times.items():
        for earlier in sorted(all_taken, key=lambda taken: taken.at)[:-1]:
            window = min((kill - earlier.at for kill in evidence.kills if kill > earlier.at - LAST_SECONDS), default=float("inf"))
            windows.append(window)
            if window > WINDOW_SECONDS:
                defects.append(f"{token} to {recipient} came again: it had been acknowledged {window:.3f} s before a kill")
        if evidence.committed.get((all_taken[0].receipt, recipient), 0) > 1:
            defects.append(f"{token} to {recipient} came again after it had been noted as sent")
    return defects, windows


@dataclass(slots=True)
class SendingCampaign:
    """Kills of one server while it sends."""

    server: Postroom
    sink: Sink
    seed: int
    report: Report
    numbers: Iterator[int]
    submissions: list[Submission] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)

    async def round(self, number: int, victim: str | None = None) -> None:
        """Submit, kill, start again; without a victim chance chooses one. Raises ServerError when the server doesn't start again."""
        chance = random.Random(f"{self.seed} {number}")
        victim = victim or chance.choices(list(VICTIMS), list(VICTIMS.values()))[0]
        some = random.Random(chance.getrandbits(32))
        load = Submitters(self.server.target, some, f"s{self.seed}", self.numbers, self.submissions, victim.startswith("a "))
        task = asyncio.create_task(load.run())
        enough = chance.randrange(MOST_ACKNOWLEDGED)
        await happens(lambda: load.acknowledged >= enough)
        await asyncio.sleep(chance.uniform(0.0, 0.05))
        await self._kill(victim, chance)
        if load.persevere:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        if not load.persevere:
            self.report.found(
                f"round {number} ({victim})", (f"refused without a cause: {words}" for words in load.refusals if not words.startswith("421"))
            )
        self.report.figures["kills"] += 1
        self.report.figures["acknowledged submissions"] += load.acknowledged
        if victim == "the start":
            await self._killed_start(chance)
        await self.server.start()

    async def _kill(self, victim: str, chance: random.Random) -> None:
        if victim.startswith("a "):
            self._note()
            os.kill(chance.choice(self.server.processes(victim.removeprefix("a "))), signal.SIGKILL)
            await asyncio.sleep(chance.uniform(0.0, AFTERMATH))
        elif victim == "nothing":
            if code := await self.server.stop():
                self.report.found("stopped with TERM", [f"exit {code}"])
            return
        elif victim == "the supervisor":
            self._note()
            if left := await self.server.lose_supervisor():
                self.report.found("without their supervisor", [f"{left} processes went on"])
        self._note()
        await self.server.kill()

    async def _killed_start(self, chance: random.Random) -> None:
        starting = asyncio.create_task(self.server.start())
        await asyncio.sleep(chance.uniform(0.1, 1.5))
        self._note()
        await self.server.kill()
        with suppress(ServerError):
            await starting
        await self.server.kill()

    def _note(self) -> None:
        self.kills.append(time.monotonic())

    async def finish(self) -> None:
        """Let the queue run empty, and hold what arrived against what was acknowledged."""
        empty = await happens(self._is_empty)
        self.report.found("the end", [] if empty else [f"the queue does not run empty: {self.server.command('queue')[:2000]}"])
        defects, windows = judge(Evidence(tuple(self.submissions), tuple(self.sink.taken), self._committed(), tuple(self.kills)))
        self.report.found("at the other server", defects + self.sink.faults)
        self.report.found("reports", await self._wrong_reports())
        figures = self.report.figures
        figures["messages at the other server"] += len(self.sink.taken)
        figures["twice, since acknowledged after the kill"] += sum(window < 0 for window in windows)
        figures["twice, since acknowledged just before it"] += sum(window >= 0 for window in windows)
        figures["ms before it at most"] = max([figures["ms before it at most"], *(round(window * 1000) for window in windows)])

    def _is_empty(self) -> bool:
        return self.server.command("queue", "--json").strip() in {"[]", ""}

    def _committed(self) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = defaultdict(int)
        for receipt, recipient in _SENT.findall(self.server.log.read_text(errors="replace")):
            found[receipt, recipient] += 1
        return found

    async def _wrong_reports(self) -> list[str]:
        """Every recipient that was refused has been reported once; of a submission without an answer, at most once."""
        expected = {submission.token: sum(to.startswith(REFUSED) for to in submission.recipients) for submission in self.submissions}
        found: dict[str, int] = defaultdict(int)
        for account in self.server.target.accounts:
            async for text in self._mail(account):
                if token := _TOKEN.search(text):
                    found[token[1].decode()] += len(re.findall(rb"^Action: failed\r$", text, re.MULTILINE))
        self.report.figures["refusals reported"] += sum(found.values())
        done = {submission.token: submission.done for submission in self.submissions}
        wrong = [
            f"{token}: {found[token]} of {many} refusals reported"
            for token, many in expected.items()
            if found[token] != many and (done[token] or found[token])
        ]
        return wrong + [f"{token}: a report of what nobody sent" for token in found if token not in expected]

    async def _mail(self, account: str) -> AsyncIterator[bytes]:
        async with await IMAP.connect(self.server.target.imap, Switchboard()) as imap:
            await imap.login(account, self.server.target.password)
            await imap.ask('SELECT "INBOX"')
            with suppress(RefusedError):
                for response in await imap.ask("UID FETCH 1:* (BODY.PEEK[])"):
                    for literal in response.literals:
                        yield literal


async def run(folder: Path, kills: int, seed: int = 1, tell: Callable[[str], None] = silent) -> Report:
    """Kill sending servers so many times, one directory for some kills."""
    report = Report("send", tell)
    template = Postroom(folder / "template", pins=PINS)
    template.make_accounts()
    numbers = count()
    for first in range(0, kills, KILLS_A_DIRECTORY):
        async with Sink(seed) as sink:
            server = template.copy_to(folder / f"from-{first}", pins=PINS)
            server.command("route", "set", "*", "--host", "127.0.0.1", "--port", str(sink.port), "--security", "none")
            campaign = SendingCampaign(server, sink, seed, report, numbers)
            await _run_rounds(campaign, range(first, min(first + KILLS_A_DIRECTORY, kills)))
    return report


async def _run_rounds(campaign: SendingCampaign, rounds: range) -> None:
    server, report = campaign.server, campaign.report
    await server.start()
    try:
        for number in rounds:
            await campaign.round(number)
            report.tell(f"{number + 1} {report}")
        await campaign.finish()
    except (ServerError, LostError, RefusedError) as error:
        report.found(f"round {number}", [f"the rounds over {server.home} can't go on: {error}"])
    finally:
        await server.kill()
    report.found(f"the directory after round {number}", server.check())
