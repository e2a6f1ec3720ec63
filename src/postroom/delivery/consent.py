"""Consent: what the handlers of events say to a try to deliver a message, and what they are told of its end (events.md 3.9 to 3.11)."""

from __future__ import annotations

import enum
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from postroom.delivery import queue
from postroom.delivery.advice import advice
from postroom.delivery.extras import keep
from postroom.delivery.outcome import Outcome, State
from postroom.delivery.plan import read_options
from postroom.delivery.queued import Queued
from postroom.delivery.treatment import DELETED, MIRRORED, RULES
from postroom.events import ON_DELIVERY_FAILED, REJECT, DeliverMessage, DeliveryFailed, DeliveryStart, nested
from postroom.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from postroom.delivery.extras import Extra
    from postroom.delivery.plan import Plan
    from postroom.delivery.treatment import Treated, Treatment
    from postroom.events import Events
    from postroom.mailboxes.contents import NewContent
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.storage.database import Transaction

log = get_logger("queue")

START: Final = "Delivery cancelled by OnDeliveryStart-event"
DELIVER: Final = "Message delivery cancelled during OnDeliverMessage-event"
"""What those are told who handle the failure of a try that a handler cancels."""

LOST: Final = "a handler of events was lost"
MAILBOX: Final = "5.2."
"""Begins the codes of what only a mailbox refuses (RFC 3463 section 3.3): no failure of delivery to hMailServer."""


class Verdict(enum.Enum):
    """What becomes of a try."""

    GO = enum.auto()
    CANCELLED = enum.auto()
    WAIT = enum.auto()


class Consent:
    """Asks handlers, and deletes what they cancel."""

    def __init__(self, events: Events, mailboxes: Mailboxes, treatment: Treatment) -> None:
        self._events = events
        self._mailboxes = mailboxes
        self._treatment = treatment

    @property
    def asked(self) -> bool:
        """Whether anybody wants to be asked."""
        return self._events.delivering

    @property
    def told(self) -> bool:
        """Whether anybody wants to hear of failures."""
        return ON_DELIVERY_FAILED in self._events.active

    async def to(self, mail: Queued) -> Verdict:
        """Ask about a try, with the server's rules in between where they have not judged yet; what is cancelled is gone then. Raises Unavailable."""
        with nested(mail.depth):
            verdict = await self._ask(mail, DeliveryStart, START)
            if verdict is Verdict.GO and RULES in mail.letter.options:
                verdict = await self._do(mail, RULES, await self._treatment.judge(mail))
            if verdict is Verdict.GO:
                verdict = await self._ask(mail, DeliverMessage, DELIVER)
            if verdict is Verdict.GO and MIRRORED in mail.letter.options:
                await self._do(mail, MIRRORED, await self._treatment.mirror(mail))
            return verdict

    async def _ask(self, mail: Queued, event: type[DeliveryStart | DeliverMessage], reason: str) -> Verdict:
        if event.trigger not in self._events.active:
            return Verdict.GO
        result = await self._events.fire(event(mail))
        if result.deferred:
            return Verdict.WAIT
        if result.value == REJECT:
            await self._cancel(mail, event.trigger, reason)
            return Verdict.CANCELLED
        return Verdict.GO

    async def _do(self, mail: Queued, owed: str, treated: Treated) -> Verdict:
        """Do once what a message's options owe; all that follows from that is durable in one commit, which takes the option away."""
        content = None if treated.content is None or treated.deleted else await self._treatment.stored(treated.content)
        options = {name: value for name, value in mail.letter.options.items() if name != owed} | treated.options
        ending = DELETED if treated.deleted else ""
        did = await self._mailboxes.database.transact(
            mail.shard, done_with, mail.id, owed, content, options, tuple(treated.extras), ending, self._mailboxes.now()
        )
        if did and treated.deleted:
            await self.tell_failures(mail, [(recipient.address, DELETED) for recipient in mail.rows])
            return Verdict.CANCELLED
        await mail.renew()
        return Verdict.GO

    async def to_try(self, plan: Plan) -> tuple[Plan, list[Outcome] | None]:
        """Ask about a try of the queue; gives it with the content that handlers may have saved, or what becomes of its recipients instead."""
        mail = await Queued.find(self._mailboxes, plan.job.queue_id)
        if mail is None:
            return plan, None
        verdict = await self.to(mail)
        numbers = [recipient.id for recipient in plan.job.recipients]
        if verdict is Verdict.CANCELLED:
            return plan, [Outcome(number, State.FAILED, 0, "5.7.1", "cancelled by a handler of events", cancelled=True) for number in numbers]
        if verdict is Verdict.WAIT:
            return plan, [Outcome(number, State.WAITING, 0, "4.3.0", LOST) for number in numbers]
        if not mail.rewritten:
            return plan, None
        letter = mail.letter
        changed = replace(plan.job, content_id=letter.content_id, size=letter.size, options=letter.options, signature=None, message=None)
        return plan._replace(job=changed), None

    async def _cancel(self, mail: Queued, trigger: str, reason: str) -> None:
        await self._mailboxes.database.transact(mail.shard, queue.remove, (mail.id,), self._mailboxes.now(), "", reason)
        text = f"Message will be deleted. Action triggered by script subscribing to {trigger}."
        log.info("mail-cancelled", id=mail.letter.receipt, queue=mail.id, sender=mail.sender or "<>", reason=text)
        await self.tell_failures(mail, [(recipient.address, reason) for recipient in mail.rows])

    async def find(self, queue_id: int) -> Queued | None:
        """Give a message of the queue; raises Unavailable."""
        return await Queued.find(self._mailboxes, queue_id)

    def mail_of(self, plan: Plan) -> Queued:
        """Give the message of a try, whose row may be gone."""
        return Queued.of(self._mailboxes, plan)

    async def tell_failures(self, mail: Queued, failures: Iterable[tuple[str, str]]) -> None:
        """Tell of recipients who will not get a message, each with its reason; never raises."""
        if self.told:
            with nested(mail.depth):
                for recipient, reason in failures:
                    await self._events.fire(DeliveryFailed(mail, recipient, reason))


def done_with(
    transaction: Transaction,
    queue_id: int,
    owed: str,
    content: NewContent | None,
    options: Mapping[str, str],
    extras: tuple[Extra, ...],
    ending: str,
    now: int,
) -> bool:
    """Do to a message of the queue what it owed, unless that was done; runs in the shard's writer. `ending` says why it is deleted, if it is."""
    rows = transaction.execute("SELECT options FROM queue WHERE id = ?", (queue_id,))
    if not rows or owed not in read_options(rows[0][0]):
        return False
    keep(transaction, extras, now)
    if ending:
        queue.remove(transaction, (queue_id,), now, "", ending)
        return True
    if content is not None:
        queue.rewrite(transaction, (queue_id,), content)
    transaction.execute("UPDATE queue SET options = ? WHERE id = ?", (json.dumps(dict(options)), queue_id))
    return True


def block(address: str, status: str, reason: str) -> str:
    """Say about a recipient what a report to the sender does."""
    lines = [f"   {address}", f"   {advice(status).happened}", *([f"   In detail: {reason}"] if reason else [])]
    return "\r\n".join(lines) + "\r\n"
