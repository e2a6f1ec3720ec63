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
from .load import Load, Target, happens
from .power import try_recording
from .rebuild import Disk
from .recording import Recording, environment
from .report import Report, silent
from .server import Postroom, ServerError
from .wire import IMAP, SMTP, LostError, RefusedError, Switchboard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

BETWEEN: Final = 15  # acknowledgements before a fault and after it
STRIKES: Final = 5  # how often a lasting fault is felt at least
RECOVERY_SECONDS: Final = 30.0
RECOVERY_PAUSE: Final = 0.2
CUTS: Final = 2
DISTURBED: Final = {"everything": "*", "write-ahead log": "*.db-wal", "segment": "blobs/*.seg", "spool": "spool/*"}
_UNHANDLED: Final = re.compile(r"Traceback|never retrieved|unhandled", re.IGNORECASE)
_REASON: Final = re.compile(r"Input/output error|disk I/O error|No space left|disk is full|Errno (5|28)|EIO|ENOSPC|below the reserve", re.IGNORECASE)
_REFUSAL: Final = re.compile(r"4\d\d[ -]|a\d+ NO ")


@dataclass(frozen=True, slots=True)
class Trial:
    """One way in which a disk fails; a fault that strikes `once` strikes a single call, others do until they are switched off."""

    name: str
    fault: Fault
    refuses: bool = True  # something must be refused, and the log must say why; short writes may succeed after all, a checkpoint is tried again

    @property
    def once(self) -> bool:
        """Whether it strikes a single call."""
        return self.fault.times == 1


def trials() -> list[list[Trial]]:
    """List all faults, every kind on every sort of file; those of a sort are tried on the same server, one after another."""
    found = [_trials_of(place, pattern) for place, pattern in DISTURBED.items()]
    others = [
        Trial("EIO at each sync, database at a checkpoint", Fault(On.SYNC | On.WRITE, "*.db"), refuses=False),
        Trial("EIO at each rename", Fault(On.RENAME, "*")),
    ]
    return [*found, others]


def _trials_of(place: str, pattern: str) -> list[Trial]:
    found: list[Trial] = []
    for on, name in ((On.WRITE | On.TRUNCATE | On.CREATE, "write"), (On.SYNC, "sync")):
        # What is struck once in these may be a checkpoint's.
        refuses = place not in {"everything", "write-ahead log"}
        found.append(Trial(f"EIO at each {name}, {place}", Fault(on, pattern)))
        found.append(Trial(f"EIO at one {name}, {place}", Fault(on, pattern, times=1), refuses))
    found.append(Trial(f"ENOSPC, {place}", Fault(On.WRITE | On.CREATE | On.TRUNCATE, pattern, error=errno.ENOSPC)))
    found.append(Trial(f"short writes, {place}", Fault(On.WRITE, pattern, Act.SHORT), refuses=False))
    return found


@dataclass(slots=True)
class Patient:
    """A recorded server with a fault table, and the load on it: one trial after another, until one finds a defect."""

    server: Postroom
    table: FaultTable
    load: Load
    recording: Recording
    struck: int = 0
    _logged: int = 0
    _loading: asyncio.Task[None] | None = None

    @classmethod
    async def admit(cls, template: Postroom, folder: Path, library: Path, seed: int) -> Patient:
        """Start a server over a copy of the template, and the load; nothing fails yet."""
        server = template.copy_to(folder / f"patient-{seed}")
        table, file = FaultTable(server.home / "faults"), server.home / "journal"
        journal.begin(file)
        server.environment = environment(library, server.data, file, table.path)
        ledger = Ledger()
        load = Load(server.target, ledger, Switchboard(), f"f{seed}", random.Random(seed).getrandbits(32), persevere=True)
        patient = cls(server, table, load, Recording(file, Disk(server.data), ledger))
        await server.start()
        patient._loading = asyncio.create_task(load.run())
        return patient

    async def suffer(self, trial: Trial) -> list[str]:
        """Let the disk fail and heal under load, then compare; returns what was wrong."""
        refused = len(self.load.refusals)
        defects = [] if await self.load.goes_on(BETWEEN) else ["nothing was acknowledged before the fault"]
        defects += [f"refused while all was well: {text}" for text in self.load.refusals[refused:]]
        with self.table.struck(trial.fault):
            await happens(lambda: self._felt(trial, refused))
            defects += await self._reads_go_on()
        hits = self.table.hits()
        self.struck += hits
        defects += [] if hits else ["the fault never struck: nothing is proved"]
        defects += await self._recovers()
        defects += [] if await self.load.goes_on(BETWEEN) else ["nothing was acknowledged after the fault"]
        defects += self._refusals(trial, self.load.refusals[refused:]) + self._log(trial)
        async with self.load.paused():
            verdict = await compare(self.server.target, self.load.ledger, self.load.ledger.fates(lambda _: True))
        return defects + verdict.defects

    def _felt(self, trial: Trial, refused: int) -> bool:
        hits = self.table.hits()
        return hits >= (1 if trial.once else STRIKES) and (not trial.refuses or len(self.load.refusals) > refused)

    async def dismiss(self) -> None:
        """End the load and kill the server."""
        if self._loading:
            self._loading.cancel()
            with suppress(asyncio.CancelledError):
                await self._loading
        await self.server.kill()

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

    def _refusals(self, trial: Trial, refusals: list[str]) -> list[str]:
        defects = [f"refused with {text}" for text in refusals if not _REFUSAL.match(text)]
        if trial.refuses and not refusals:
            defects.append("nothing was refused")
        if self.server.process is None or self.server.process.returncode is not None:
            defects.append("the server is gone")
        return defects

    def _log(self, trial: Trial) -> list[str]:
        log, known = self.server.log_text(), self._logged
        self._logged = len(log)
        defects = [f"logged: {found[0]}..." for found in [_UNHANDLED.search(log, known)] if found]
        if trial.refuses and not _REASON.search(log, known):
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


@dataclass(slots=True)
class Ward:
    """Where servers fall ill: tries faults on one after another, and cuts the power of each at the end."""

    folder: Path
    seed: int
    cuts: int
    report: Report
    library: Path
    template: Postroom
    _admitted: int = 0

    async def try_all(self, waiting: Sequence[Trial]) -> None:
        """Try faults; a server is replaced after one that found a defect, so that it is not found again in the next."""
        rest = list(waiting)
        while rest:
            self._admitted += 1
            patient = await Patient.admit(self.template, self.folder, self.library, self.seed + self._admitted)
            try:
                while rest and not await self._try(patient, rest.pop(0)):
                    pass
            finally:
                await patient.dismiss()
            await self._cut(patient)

    async def _try(self, patient: Patient, trial: Trial) -> list[str]:
        try:
            defects = await patient.suffer(trial)
        except (ServerError, LostError, RefusedError) as error:
            defects = [f"the trial ended: {error!r}"]
        self.report.figures["faults"] += 1
        self.report.found(trial.name, defects)
        self.report.tell(f"{trial.name}: struck {patient.table.hits()} times, {len(defects)} defects")
        return defects

    async def _cut(self, patient: Patient) -> None:
        """Count what happened to a server, and see what is left of it when its power is cut."""
        counts = patient.load.ledger.counts()
        figures = self.report.figures
        figures["struck"] += patient.struck
        figures["acknowledged requests"] += counts[Answer.DONE]
        figures["refused requests"] += len(patient.load.refusals)
        figures["requests without an answer"] += counts[Answer.NONE]
        patient.recording.read()
        await try_recording(patient.recording, self.folder, self.cuts, self.seed + self._admitted, self.report, Fate.MAYBE)


async def run(folder: Path, seed: int = 1, tell: Callable[[str], None] = silent, only: str = "", cuts: int = CUTS) -> Report:
    """Let the disk fail in every way, or in those whose name holds `only`; then cut the power of each server so many times."""
    template = Postroom(folder / "template")
    template.make_accounts()
    ward = Ward(folder, seed, cuts, Report("fault", tell), journal.build(folder), template)
    for of_a_sort in trials():
        await ward.try_all([trial for trial in of_a_sort if only in trial.name])
    return ward.report
