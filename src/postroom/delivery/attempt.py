"""A job under way: which recipients are decided on, what went wrong so far, and the transactions over one session after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.delivery.outcome import Outcome, State
from postroom.delivery.sessions import Broken, Trouble
from postroom.formats.address import AddressError
from postroom.formats.smtpclient import Garbled, Letter, Phase, Transaction
from postroom.formats.smtpclient.commands import mail, rcpt

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.delivery.leaving import Copies, Copy
    from postroom.delivery.outcome import Job, JobRecipient
    from postroom.delivery.routing import Hop
    from postroom.delivery.sessions import Session
    from postroom.formats.smtpclient import Reply

SHUTTING_DOWN: Final = 421
TOO_MANY: Final = frozenset({452, 552})
"""What servers answer to a recipient too many (RFC 5321 section 4.5.3.1.10)."""

_TOO_MANY_ENHANCED: Final = frozenset({"4.5.3", "5.5.3", "4.0.0", "5.0.0"})
_ASKED: Final = {Phase.MAIL: "MAIL", Phase.RCPT: "RCPT", Phase.DATA: "DATA", Phase.END: "the message"}

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

    # Over a session

    async def over(self, session: Session, copies: Copies, *, pipelined: bool) -> bool:
        """Send over a session to all who are left, in as many transactions as the server needs; true when all are decided on."""
        self.broken = self.out_of_step = False
        while self._pending and await self._fits(session, copies):
            transaction, batch = self._begin(session, pipelined=pipelined)
            if not batch:
                continue
            try:
                await session.run(transaction.dialogue(), self.copy, transaction)
            except (Broken, Garbled) as error:
                self._break(error, session, transaction, batch)
                break
            finally:
                session.count += 1
                session.left_open = transaction.open
            self._hear(session, transaction, batch)
            if not self._another(transaction):
                break
        return not self._pending

    async def _fits(self, session: Session, copies: Copies) -> bool:
        """See whether the server can take this message at all; who it can't serve is decided on here."""
        peer, job, host = session.extensions, self.job, str(session.hop)
        if job.options.get("REQUIRETLS") and not peer.requiretls:
            words = f"{host} does not promise to keep mail encrypted on its way (REQUIRETLS), which this message must have"
            self.trouble(Trouble(words, "4.7.30", lasting=True), session.hop)
            return False
        if peer.size and self.copy.size > peer.size:
            self._fail("5.3.4", f"The message has {self.copy.size:,} bytes; {host} takes {peer.size:,} at most.", host)
        if not peer.smtputf8:
            said = job.options.get("SMTPUTF8") and self.copy.utf8
            words = f"{host} can't take mail with addresses or header fields beyond ASCII (SMTPUTF8)."
            self._fail("5.6.7", words, host, lambda recipient: bool(said) or not (job.sender + recipient.address).isascii())
        if self._pending and not peer.eightbit and self.copy.eightbit is not False:
            if not job.sign:
                self.copy = await copies.sevenbit(self.copy)
            if self.copy.eightbit:
                self._fail(
                    "5.6.3", f"{host} takes 7-bit mail only, and this message can't be made so: it is signed, or holds more in its header.", host
                )
        return bool(self._pending)

    def _begin(self, session: Session, *, pipelined: bool) -> tuple[Transaction, list[JobRecipient]]:
        """Write the commands; an address that can't be written is decided on here."""
        peer, job, copy = session.extensions, self.job, self.copy
        batch = self._pending[: peer.recipients]
        utf8 = peer.smtputf8 and (bool(job.options.get("SMTPUTF8")) or not job.sender.isascii() or not all(to.address.isascii() for to in batch))
        commands: list[bytes] = []
        try:
            first = mail(job.sender, peer, job.options, size=copy.size, eightbit=copy.eightbit is not False, utf8=utf8)
        except AddressError as error:
            self._fail("5.1.7", f"The sender's address can't be used. {error}", "")
            first, batch = b"", []
        for recipient in batch:
            try:
                commands.append(rcpt(recipient.address, peer, recipient.options, utf8=utf8))
            except AddressError as error:
                self._decide(recipient, State.FAILED, 0, "5.1.3", f"The address can't be used. {error}", "")
        batch = [recipient for recipient in batch if recipient.id not in self._outcomes]
        letter = Letter(first, tuple(commands), copy.whole, session.left_open)
        return Transaction(letter, peer, pipelined=pipelined), batch

    def _hear(self, session: Session, transaction: Transaction, batch: list[JobRecipient]) -> None:
        """Sort what the server said to each recipient."""
        refusal = transaction.refusal
        if refusal is not None and _elsewhere(refusal, transaction.phase):
            self.broken = refusal.code == SHUTTING_DOWN
            words = f"{session.hop} said: {refusal} (in answer to {_ASKED[transaction.phase]})"
            self.trouble(Trouble(words, refusal.enhanced, refusal.code, down=self.broken), session.hop)
        for recipient, reply in zip(batch, transaction.results, strict=True):
            if reply is None or (reply is refusal and _elsewhere(refusal, transaction.phase)) or _too_many(reply, transaction):
                continue
            self._answer(recipient, reply, transaction.phase if reply is refusal else Phase.RCPT, session)

    def _answer(self, recipient: JobRecipient, reply: Reply, phase: Phase, session: Session) -> None:
        if reply.done:
            outcome = Outcome(recipient.id, State.SENT, reply.code, reply.enhanced, reply.text, str(session.hop), reports=session.extensions.dsn)
            self._outcomes[recipient.id] = outcome
            self._pending.remove(recipient)
        else:
            state = State.FAILED if reply.lasting else State.WAITING
            text = f"{reply.text or 'No reason was given.'} (in answer to {_ASKED[phase]})"
            self._decide(recipient, state, reply.code, reply.enhanced, text, str(session.hop))

    def _another(self, transaction: Transaction) -> bool:
        """Whether another transaction helps those who are left: the server wants fewer recipients at a time."""
        return bool(transaction.accepted) and transaction.refusal is None and not self.broken

    def _break(self, error: Broken | Garbled, session: Session, transaction: Transaction, batch: list[JobRecipient]) -> None:
        """Sort what is known of each recipient when a session broke."""
        stale = isinstance(error, Broken) and error.closed and not transaction.begun and session.count > 0
        self._hear(session, transaction, batch)
        for recipient, reply in zip(batch, transaction.results, strict=True):
            if reply is None and transaction.sent and not stale:
                text = f"{session.hop} {error}, after the whole message was sent: it may have arrived, and may arrive twice."
                self._decide(recipient, State.WAITING, 0, "4.4.2", text, str(session.hop))
        self.out_of_step = transaction.pipelining and not transaction.answered and not transaction.ended and not stale
        self.broken = True
        if not stale:  # an idle session that was closed just now tells nothing
            self.trouble(Trouble(f"{session.hop} {error}"), session.hop)

    # What became of it

    def outcomes(self) -> list[Outcome]:
        """Give what became of each recipient, in the job's order."""
        return [self._outcomes[recipient.id] for recipient in self.job.recipients]

    def end(self, state: State, enhanced: str, text: str, *, down: bool = False) -> None:
        """Decide on all who are left, by ourselves; what servers said before is told too."""
        for recipient in list(self._pending):
            self._decide(recipient, state, 0, enhanced, self._told(text), self._host, down=down)

    def trouble(self, trouble: Trouble, hop: Hop) -> None:
        """Note that a server could not be used."""
        self._troubles.append(trouble)
        self._host = str(hop)

    def give_up(self) -> None:
        """Let all who are left wait: no server that was tried could be used."""
        if not self._pending:
            return
        last = self._troubles[-1] if self._troubles else Trouble("No server could be tried", "4.4.0")
        hopeless = last.lasting and all(trouble.lasting for trouble in self._troubles)
        state, enhanced = (State.FAILED, f"5{last.enhanced[1:]}") if hopeless else (State.WAITING, last.enhanced)
        down = all(trouble.down for trouble in self._troubles)
        for recipient in list(self._pending):
            self._decide(recipient, state, last.code, enhanced, self._told(""), self._host, down=down)

    def _told(self, text: str) -> str:
        told = list(dict.fromkeys([*(f"{trouble}." for trouble in self._troubles[-TOLD:]), text]))
        return " ".join(sentence for sentence in told if sentence)

    def _fail(self, enhanced: str, text: str, host: str, whom: Callable[[JobRecipient], bool] = lambda _: True) -> None:
        for recipient in [recipient for recipient in self._pending if whom(recipient)]:
            self._decide(recipient, State.FAILED, 0, enhanced, text, host)

    def _decide(self, recipient: JobRecipient, state: State, code: int, enhanced: str, text: str, host: str, *, down: bool = False) -> None:
        self._outcomes[recipient.id] = Outcome(recipient.id, state, code, enhanced, text, host, destination_down=down)
        self._pending.remove(recipient)


def _elsewhere(reply: Reply, phase: Phase) -> bool:
    """Whether another server may do better: this one shuts down, or would not begin for now (RFC 5321 section 5.1)."""
    return reply.code == SHUTTING_DOWN or (phase is Phase.MAIL and not reply.lasting)


def _too_many(reply: Reply, transaction: Transaction) -> bool:
    """Whether a recipient was refused for being one too many, and may be in the next transaction."""
    return reply.code in TOO_MANY and bool(transaction.accepted) and reply is not transaction.refusal and reply.enhanced in _TOO_MANY_ENHANCED
