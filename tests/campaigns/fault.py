"""The fault campaign: the disk fails under a running server, which must refuse, say why, go on reading, and recover by itself.

Afterwards its power is cut: what was written before a failed fsync is gone then, so a promise made on it would show.
"""

from __future__ import annotations

import asyncio
import errno
import random
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from . import journal
from .compare import compare
from .content import ORIGIN, message, new_token
from .faults import Act, Fault, FaultTable, On
from .ledger import Answer, Fate, Ledger, Request, Verb
from .load import Load, Target
from .power import try_cut
from .rebuild import Disk
from .recording import Recording, environment
from .report import Report, silent
from .server import Postroom, ServerError
from .wire import IMAP, SMTP, LostError, RefusedError, Switchboard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BEFORE: Final = 0.7
DURING: Final = 2.0
AFTER: Final = 0.7
RECOVERY_SECONDS: Final = 15.0
RECOVERY_PAUSE: Final = 0.2
CUTS: Final = 3
DISTURBED: Final = {"everything": "*", "write-ahead log": "*.db-wal", "segment": "blobs/*.seg", "spool": "spool/*"}
_UNHANDLED: Final = re.compile(r"Traceback|never retrieved|unhandled", re.IGNORECASE)
_REASON: Final = re.compile(r"Input/output error|disk I/O error|No space left|disk is full|Errno (5|28)|EIO|ENOSPC|below the reserve", re.IGNORECASE)
_REFUSAL: Final = re.compile(r"4\d\d[ -]|a\d+ NO ")


@dataclass(frozen=True, slots=True)
class Trial:
    """One way in which a disk fails; `once` faults strike a single call, others until they are switched off."""

    name: str
    faults: tuple[Fault, ...]
    refuses: bool = True  # short writes may succeed after all


def trials() -> list[Trial]:
    """List all faults: every kind on every sort of file."""
    found = []
    for place, pattern in DISTURBED.items():
        for on, name in ((On.WRITE | On.TRUNCATE | On.CREATE, "write"), (On.SYNC, "sync")):
            found += [
                Trial(f"EIO at each {name}, {place}", (Fault(on, pattern),)),
                Trial(f"EIO at one {name}, {place}", (Fault(on, pattern, times=1),)),
            ]
        found.append(Trial(f"ENOSPC, {place}", (Fault(On.WRITE | On.CREATE | On.TRUNCATE, pattern, error=errno.ENOSPC),)))
        found.append(Trial(f"short writes, {place}", (Fault(On.WRITE, pattern, Act.SHORT),), refuses=False))
    found.append(Trial("EIO at each sync, database at a checkpoint", (Fault(On.SYNC | On.WRITE, "*.db"),), refuses=False))
    found.append(Trial("EIO at each rename", (Fault(On.RENAME, "*"),)))
    return found


@dataclass(slots=True)
class Patient:
    """A recorded server with a fault table, and the load on it."""

    server: Postroom
    table: FaultTable
    load: Load
    recording: Recording

    @classmethod
    def prepare(cls, template: Postroom, folder: Path, library: Path, seed: int) -> Patient:
        """Copy the template; nothing fails yet."""
        server = template.copy_to(folder / f"trial-{seed}")
        table, file = FaultTable(server.home / "faults"), server.home / "journal"
        journal.begin(file)
        server.environment = environment(library, server.data, file, table.path)
        ledger = Ledger()
        load = Load(server.target, ledger, Switchboard(), f"f{seed}", random.Random(seed).getrandbits(32), persevere=True)
        return cls(server, table, load, Recording(file, Disk(server.data), ledger))

    async def suffer(self, trial: Trial) -> list[str]:
        """Load the server, let its disk fail and heal, and return what was wrong meanwhile."""
        await self.server.start()
        loading = asyncio.create_task(self.load.run())
        try:
            return await self._suffer(trial)
        finally:
            loading.cancel()
            with suppress(asyncio.CancelledError):
                await loading

    async def _suffer(self, trial: Trial) -> list[str]:
        await asyncio.sleep(BEFORE)
        defects = [f"refused while all was well: {text}" for text in self.load.refusals]
        with self.table.struck(*trial.faults):
            await asyncio.sleep(DURING / 2)
            defects += await self._reads_go_on()
            await asyncio.sleep(DURING / 2)
        struck = sum(self.table.hits(slot) for slot in range(len(trial.faults)))
        defects += [] if struck else ["the fault never struck: nothing is proved"]
        defects += await self._recovers()
        await asyncio.sleep(AFTER)
        return defects + self._refusals(trial, struck) + self._log(trial, struck)

    async def _reads_go_on(self) -> list[str]:
        target = self.server.target
        try:
            async with asyncio.timeout(5), await IMAP.connect(target.imap, Switchboard()) as imap:
                await imap.login(target.accounts[0], target.password)
                await imap.ask('SELECT "INBOX"')
                await imap.ask("UID FETCH 1:* (FLAGS ENVELOPE BODY.PEEK[])")
        except (LostError, RefusedError, TimeoutError) as error:
            return [f"reading stopped: {error!r}"]
        return []

    async def _recovers(self) -> list[str]:
        """Deliver until it is accepted again; the probes are in the ledger like everything else."""
        for _ in range(round(RECOVERY_SECONDS / RECOVERY_PAUSE)):
            if await probe(self.server.target, self.load):
                return []
            await asyncio.sleep(RECOVERY_PAUSE)
        return [f"no delivery was accepted for {RECOVERY_SECONDS:.0f} seconds after the fault had gone"]

    def _refusals(self, trial: Trial, struck: int) -> list[str]:
        refusals = self.load.refusals
        defects = [f"refused with {text}" for text in refusals if not _REFUSAL.match(text)]
        if trial.refuses and struck and not refusals:
            defects.append("nothing was refused")
        if self.server.process is None or self.server.process.returncode is not None:
            defects.append("the server is gone")
        return defects

    def _log(self, trial: Trial, struck: int) -> list[str]:
        log = self.server.log_text()
        defects = [f"logged: {found[0]}..." for found in [_UNHANDLED.search(log)] if found]
        if trial.refuses and struck and not _REASON.search(log):
            defects.append("the log doesn't say why")
        return defects


async def probe(target: Target, load: Load) -> bool:
    """Try to deliver one message to everybody; tells whether it was accepted."""
    token = new_token(f"{load.name}-probe", next(load.numbers), 2000)
    try:
        async with await SMTP.connect(target.smtp, load.switchboard) as smtp:
            content = message(token)
            await smtp.envelope(f"sender@{ORIGIN}", target.accounts, len(content))
            request = load.ledger.ask(Request(Verb.DELIVER, target.accounts, (token,), smtp.stream))
            await smtp.content(content)
            request.answer, request.offset = Answer.DONE, smtp.consumed
    except (LostError, RefusedError):
        return False
    return True


async def try_trial(patient: Patient, trial: Trial, folder: Path, seed: int) -> list[str]:
    """Run one trial: what went wrong meanwhile, what the live server holds, and what is left when its power is cut."""
    try:
        defects = await patient.suffer(trial)
        ledger = patient.load.ledger
        verdict = await compare(patient.server.target, ledger, ledger.fates(lambda _: True))
        defects += verdict.defects
    finally:
        await patient.server.kill()
    patient.recording.read()
    for point, home, _ in patient.recording.cut(patient.recording.points(CUTS, seed), folder, seed):
        cut, _ = await try_cut(patient.recording, point, home, Fate.MAYBE)
        defects += [f"after a power cut ({home.name} at {point}): {defect}" for defect in cut]
    return defects


async def run(folder: Path, seed: int = 1, tell: Callable[[str], None] = silent, only: str = "") -> Report:
    """Let the disk fail in every way, or in those whose name holds `only`."""
    report = Report("fault", tell)
    library = journal.build(folder)
    template = Postroom(folder / "template")
    template.make_accounts()
    for number, trial in enumerate(trials()):
        if only not in trial.name:
            continue
        patient = Patient.prepare(template, folder, library, seed + number)
        try:
            defects = await try_trial(patient, trial, folder, seed + number)
        except (ServerError, LostError, RefusedError) as error:
            defects = [f"the trial ended: {error}"]
        report.figures["faults"] += 1
        report.figures["struck"] += patient.table.hits()
        counts = patient.load.ledger.counts()
        report.figures["acknowledged requests"] += counts[Answer.DONE]
        report.figures["refused requests"] += len(patient.load.refusals)
        report.figures["requests without an answer"] += counts[Answer.NONE]
        report.found(trial.name, defects)
        tell(f"{trial.name}: struck {patient.table.hits()} times, {len(patient.load.refusals)} refusals, {len(defects)} defects")
    return report
