"""Arrivals: mail of the queue whose destination is here: it was to be sent later, or its domain was hosted since.

The same commit places it and ends its row, so that no crash loses or doubles it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from postroom import metrics
from postroom.delivery import handover, queue
from postroom.delivery.accept import LocalRecipient
from postroom.delivery.extras import keep
from postroom.delivery.outcome import Outcome, State
from postroom.delivery.post import Room, onward, success
from postroom.delivery.queue import Result
from postroom.delivery.queued import content_of
from postroom.delivery.results import owed
from postroom.delivery.treatment import FOLDER, Reached
from postroom.directory.resolve import NOT_OURS, Refusal, Resolution
from postroom.errors import Unavailable
from postroom.formats.address import Address, AddressError
from postroom.mailboxes.contents import refer
from postroom.mailboxes.placing import Placed, Placement, place_one

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postroom.delivery.accept import Delivery
    from postroom.delivery.extras import Extra
    from postroom.delivery.outcome import JobRecipient
    from postroom.delivery.plan import Plan
    from postroom.delivery.post import Post
    from postroom.delivery.queue import QueueRecipient
    from postroom.delivery.queued import Queued
    from postroom.directory.accounts import Account
    from postroom.directory.directory import Directory
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.storage.database import Row, Transaction


class Arrived(NamedTuple):
    """What a commit placed, and the handovers it made for other shards."""

    placed: list[Placed]
    handovers: list[int]


class Together(NamedTuple):
    """Recipients of one message who get it in one commit: the ends of their rows, the placements by shard, and where it goes on to."""

    results: tuple[Result, ...]
    shares: Mapping[int, tuple[Placement, ...]]
    onward: tuple[QueueRecipient, ...]


class Arrivals:
    """Delivers what waits for domains of ours."""

    def __init__(self, directory: Directory, mailboxes: Mailboxes, post: Post, delivery: Delivery) -> None:
        self._directory = directory
        self._mailboxes = mailboxes
        self._post = post
        self._delivery = delivery

    def here(self, domain: str) -> bool:
        """Tell whether a destination is hosted here."""
        return self._directory.domains.get(domain) is not None

    async def deliver(self, plan: Plan) -> list[Outcome]:
        """Deliver one message to its recipients here and tell what became of each."""
        return [await self._deliver_one(plan, recipient) for recipient in plan.job.recipients]

    async def _deliver_one(self, plan: Plan, recipient: JobRecipient) -> Outcome:
        try:
            address = Address.parse(recipient.address)
        except AddressError as error:
            return Outcome(recipient.id, State.FAILED, 0, "5.1.3", str(error))
        found = await self._directory.resolve(address, _sender(plan), authenticated=True)  # who handed it in was judged then
        if isinstance(found, Refusal):
            state = State.FAILED if found.code >= 500 else State.WAITING
            return Outcome(recipient.id, state, 0, found.enhanced, found.text)
        if found is NOT_OURS:
            return Outcome(recipient.id, State.WAITING, 0, "4.3.5", "the domain is not hosted here any more")
        return await self._no_room(recipient, found.accounts, plan.job.size) or await self._place(plan, recipient, address, found)

    async def together(self, mail: Queued) -> Together:
        """Find those recipients of a message whom it can be placed for now, as it is; the others wait for tries of their own, which say why."""
        results: list[Result] = []
        local: list[LocalRecipient] = []
        further: list[QueueRecipient] = []
        sender = Address.parse(mail.sender) if mail.sender else None
        for recipient, domain in zip(mail.rows, mail.domains, strict=True):
            address = _address(recipient) if self.here(domain) else None
            if address is None:
                continue
            found = self._directory.cached(address, sender, authenticated=True) or await self._directory.resolve(address, sender, authenticated=True)
            if not isinstance(found, Resolution) or await self._no_room(recipient, found.accounts, mail.size):
                continue
            reached = [Reached(account, address) for account in found.accounts]
            if FOLDER in mail.letter.options or self._post.treatment.concerns_accounts(reached):
                continue
            results.append(_delivered(recipient, found, mail.sender, self._mailboxes.now()))
            local += [LocalRecipient(account.id, address) for account in found.accounts]
            further += onward(address, found, recipient.options, self._directory.destination)
        shares = {shard: tuple(share) for shard, share in self._delivery.shares(sender, local).items()}
        return Together(tuple(results), shares, tuple(further))

    async def _no_room(self, recipient: JobRecipient, accounts: Sequence[Account], size: int) -> Outcome | None:
        await self._post.measure(accounts)
        room = self._post.room(accounts, size)
        if room is Room.NEVER:
            return Outcome(recipient.id, State.FAILED, 0, "5.2.3", "the message is larger than the mailbox may become")
        if room is Room.FULL:
            return Outcome(recipient.id, State.WAITING, 0, "4.2.2", "the mailbox is full")
        return None

    async def _place(self, plan: Plan, recipient: JobRecipient, address: Address, found: Resolution) -> Outcome:
        job, sender = plan.job, _sender(plan)
        extras: tuple[Extra, ...] = ()
        local = [LocalRecipient(account.id, address) for account in found.accounts]
        try:
            reached = [Reached(account, address) for account in found.accounts]
            folder = job.options.get(FOLDER, "")
            if folder or self._post.treatment.concerns_accounts(reached):
                treated = await self._post.treatment.arrive(await self._content(plan), sender, [address], reached, folder)
                local, extras = treated.local, tuple(treated.extras)
        except Unavailable as error:
            return Outcome(recipient.id, State.WAITING, 0, "4.3.0", f"this server could not read or write it: {error}")
        shares = self._delivery.shares(sender, local)
        now = self._mailboxes.now()
        result = _delivered(recipient, found, job.sender, now)
        try:
            arrived: Arrived = await self._mailboxes.database.transact(
                job.shard,
                arrive,
                job.queue_id,
                result,
                {shard: tuple(share) for shard, share in shares.items()},
                tuple(onward(address, found, recipient.options, self._directory.destination)),
                now,
                extras,
            )
        except Unavailable as error:
            return Outcome(recipient.id, State.WAITING, 0, "4.3.0", f"this server could not store it: {error}")
        metrics.deliveries.add(amount=len(arrived.placed))
        self._delivery.hand_on(job.shard, arrived.handovers)
        return Outcome(recipient.id, State.SENT, 0, "2.1.5", "delivered here", reports=True)

    async def _content(self, plan: Plan) -> bytes:
        """Read a message of the queue; raises Unavailable."""
        content = await content_of(self._mailboxes, plan.job.shard, plan.job.content_id)
        if content is None:
            raise Unavailable(f"content {plan.job.content_id} is not there")
        return content


def _address(recipient: JobRecipient) -> Address | None:
    try:
        return Address.parse(recipient.address)
    except AddressError:
        return None


def _delivered(recipient: JobRecipient, found: Resolution, sender: str, now: int) -> Result:
    """Say that a recipient has the message, and what its sender has to be told of that."""
    action = success(found)
    told = "" if action is None else owed(action, sender, recipient.options.get("NOTIFY", ""))
    return Result(recipient.id, State.SENT, now, now, "2.1.5", "", "", "delivered here", told)


def _sender(plan: Plan) -> Address | None:
    return Address.parse(plan.job.sender) if plan.job.sender else None


def arrive(
    transaction: Transaction,
    queue_id: int,
    result: Result,
    shares: Mapping[int, tuple[Placement, ...]],
    onward: tuple[QueueRecipient, ...],
    now: int,
    extras: tuple[Extra, ...] = (),
) -> Arrived:
    """Place a message of the queue for one of its recipients and end its row, unless that was done; runs in the shard's writer."""
    sql = "SELECT q.content_id, q.size FROM queue AS q JOIN queue_recipient AS r ON r.queue_id = q.id WHERE r.id = ? AND r.state = 'waiting'"
    rows = transaction.execute(sql, (result.recipient_id,))
    if not rows:
        return Arrived([], [])
    return _place(transaction, queue_id, rows[0], (result,), shares, onward, now, extras)


def begin(
    transaction: Transaction,
    queue_id: int,
    results: tuple[Result, ...],
    shares: Mapping[int, tuple[Placement, ...]],
    onward: tuple[QueueRecipient, ...],
    now: int,
) -> Arrived:
    """Let a new message go: place it for these recipients at once, the others wait for tries. Runs in the shard's writer.

    A message of which a command took recipients away meanwhile is left to its tries as a whole: each of those looks at its own row.
    """
    waiting = set(queue.let_begin(transaction, queue_id, now, 1))
    arrived = Arrived([], [])
    if results and all(result.recipient_id in waiting for result in results):
        content = transaction.execute("SELECT content_id, size FROM queue WHERE id = ?", (queue_id,))[0]
        arrived = _place(transaction, queue_id, content, results, shares, onward, now)
    if len(waiting) > len(results) or not arrived.placed:
        queue.announce(transaction, queue_id, now)
    if any(result.owed for result in results):
        transaction.announce(queue.QueueNews(transaction.shard, queue_id, (), now, owed=True))
    return arrived


def _place(
    transaction: Transaction,
    queue_id: int,
    content: Row,
    results: Sequence[Result],
    shares: Mapping[int, tuple[Placement, ...]],
    onward: tuple[QueueRecipient, ...],
    now: int,
    extras: tuple[Extra, ...] = (),
) -> Arrived:
    content_id, size = content
    here = shares.get(transaction.shard, ())
    others = {shard: share for shard, share in shares.items() if shard != transaction.shard}
    refer(transaction, content_id, len(here) + len(others))
    placed = [place_one(transaction, content_id, size, now, placement) for placement in here]
    handovers = [handover.hand_over(transaction, content_id, shard, share, now) for shard, share in others.items()]
    if onward:
        queue.add_recipients(transaction, queue_id, onward, now)
    queue.record(transaction, queue_id, results, now)
    kept = keep(transaction, extras, now)
    return Arrived([*placed, *kept.placed], [*handovers, *kept.handovers])
