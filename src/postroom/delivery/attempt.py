"""A job under way: which recipients are decided on, what went wrong so far, and the transactions over one session after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.delivery.outcome import Outcome, State
from postroom.delivery.sessions import Broken, Trouble
from postroom.formats.address import AddressError
from postroom.formats.smtpclient import Garbled, Letter, Phase, Transaction
from postroom.formats.smtpclient.commands import mail, rcpt

if TYPE_CHECKING:
    from postroom.delivery.leaving import Copies, Copy
    from postroom.delivery.outcome import Job, JobRecipient
    from postroom.delivery.routing import Hop
    from postroom.delivery.sessions import Session
    from postroom.formats.smtpclient import Reply

SHUTTING_DOWN: Final = 421
TOO_MANY: Final = frozenset({452, 552})
"""What servers answer to a recipient too many (RFC 5321 section 4.5.3.1.10)."""

TOLD: Final = 3
"""Servers whose trouble is told in an outcome."""


class Attempt:
    """What one try came to so far. `broken` says that the last session is of no more use, `out_of_step` that it broke among commands in a group."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.copy: Copy
        self.broken = False
        self.out_of_step = False
        self._pending: list[JobRecipient] = list(job.recipients)
        self._outcomes: dict[int, Outcome] = {}
        self._troubles: list[Trouble] = []
        self._host = ""

    # What became of it

    def outcomes(self) -> list[Outcome]:
        """Give what became of each recipient, in the job's order."""
        return [self._outcomes[recipient.id] for recipient in self.job.recipients]

    def end(self, state: State, enhanced: str, text: str, *, down: bool = False) -> None:
        """Decide on all who are left, by ourselves; what servers said before is told too."""
        for recipient in self._pending:
            self._outcomes[recipient.id] = Outcome(recipient.id, state, 0, enhanced, self._told(text), self._host, destination_down=down)
        self._pending = []

    def trouble(self, trouble: Trouble, hop: Hop) -> None:
        """Note that a server could not be used."""
        self._troubles.append(trouble)
        self._host = str(hop)

    def give_up(self) -> None:
        """Let all who are left wait: no server that was tried could be used."""
        if not self._pending:
            return
        last = self._troubles[-1] if self._troubles else Trouble("No server was tried", "4.4.0")
        text = self._told("")
        lacking = bool(self._troubles) and all(trouble.lasting for trouble in self._troubles)
        for recipient in self._pending:
            state, enhanced = (State.FAILED, f"5{last.enhanced[1:]}") if lacking else (State.WAITING, last.enhanced)
            self._outcomes[recipient.id] = Outcome(recipient.id, state, last.code, enhanced, text, self._host, destination_down=not lacking)
        self._pending = []

    def _told(self, text: str) -> str:
        told = list(dict.fromkeys([*(f"{trouble}." for trouble in self._troubles[-TOLD:]), text]))
        return " ".join(sentence for sentence in told if sentence)
