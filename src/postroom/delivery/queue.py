"""The durable queue: mail on its way to other servers. Rows lie in the shard of their content. All functions here run in the shard's writer.

A recipient's row waits (or is held) until a try ends it as sent or failed; the message goes when no recipient waits and no report is owed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.delivery import outbound
from postroom.delivery.outcome import State
from postroom.mailboxes.contents import NewContent, insert_content, refer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postroom.storage.database import Transaction

HELD: Final = "held"
"""The state of a recipient that a command holds back; the others are `outcome.State`."""


class QueueRecipient(NamedTuple):
    """One address that a message waits for; `options` are its DSN parameters by their RFC 3461 names, and ALIAS: the address that led here.

    With `owed` (an action of RFC 3464) nothing is to be sent any more: it has its mail, and only its sender has to be told.
    """

    address: str
    domain: str
    options: Mapping[str, str]
    owed: str = ""


class QueueItem(NamedTuple):
    """A message about to wait; an empty sender is the null reverse-path, `account_id` is who submitted it.

    `receipt` is what the log calls it, `sign` the domain that our keys sign it for, `release` the time before which it is not sent (or 0),
    `signature` the DKIM-Signature fields if they are made already. `new`: handlers of events are to see it before anybody gets it.
    """

    sender: str
    account_id: int | None
    options: Mapping[str, str]
    recipients: tuple[QueueRecipient, ...]
    receipt: str = ""
    sign: str = ""
    release: int = 0
    signature: bytes | None = None
    new: bool = False


class QueueNews(NamedTuple):
    """Mail waits for these domains from a time on; `anew` when a destination that was given a rest is to be tried at once.

    `new`: the message waits for the handlers of events to see it.
    """

    shard: int
    queue_id: int
    domains: tuple[str, ...] = ()
    due: int = 0
    owed: bool = False
    anew: bool = False
    new: bool = False


class Result(NamedTuple):
    """What a recipient's row becomes after a try; `tried` is 0 when there was none (it waited too long), `owed` a report's action or ''."""

    recipient_id: int
    state: str
    due: int
    tried: int
    status: str
    host: str
    reply: str
    reason: str
    owed: str = ""


class Ended(NamedTuple):
    """What those who keep records of what was sent hear: a recipient's row is now like this, or was taken away by a command (failed)."""

    recipient_id: int
    state: str
    reason: str


def enqueue(transaction: Transaction, content_id: int, size: int, item: QueueItem, now: int) -> int:
    """Let a stored content wait for its remote recipients; the caller counts the reference. Returns the queue id."""
    queue_id = transaction.next_id("queue")
    transaction.execute(
        "INSERT INTO queue (id, content_id, sender, account_id, created, size, receipt, sign, signature, options)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (queue_id, content_id, item.sender, item.account_id, now, size, item.receipt, item.sign, item.signature, json.dumps(dict(item.options))),
    )
    add_recipients(transaction, queue_id, item.recipients, max(now, item.release), State.NEW if item.new else State.WAITING)
    return queue_id


def add_recipients(transaction: Transaction, queue_id: int, recipients: Sequence[QueueRecipient], due: int, state: State = State.WAITING) -> None:
    """Let a message of the queue wait for these too, from a time on, and announce it."""
    transaction.executemany(
        "INSERT INTO queue_recipient (id, queue_id, address, domain, state, due, since, owed, options) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                transaction.next_id("queue_recipient"),
                queue_id,
                recipient.address,
                recipient.domain,
                State.SENT if recipient.owed else state,
                due,
                due,
                recipient.owed,
                json.dumps(dict(recipient.options)),
            )
            for recipient in recipients
        ],
    )
    new = state is State.NEW
    domains = () if new else tuple({recipient.domain for recipient in recipients if not recipient.owed})
    transaction.announce(QueueNews(transaction.shard, queue_id, domains, due, owed=any(recipient.owed for recipient in recipients), new=new))


def record(transaction: Transaction, queue_id: int, results: Sequence[Result], now: int) -> None:
    """Note what became of recipients, and let the message go when all is done; those that a command removed meanwhile stay removed."""
    ended = [note(transaction, result) for result in results]
    tell(transaction, queue_id, [known for known in ended if known is not None], now)
    retire(transaction, queue_id)


def note(transaction: Transaction, result: Result) -> Ended | None:
    """Note what became of one recipient; a try of one that is held by now does not let it go. None when it has ended or is no more."""
    state, owed = result.state, result.owed
    rows = transaction.execute(
        "UPDATE queue_recipient SET state = CASE WHEN state = 'held' AND ? = 'waiting' THEN state ELSE ? END, attempts = attempts + ?, due = ?,"
        " tried = CASE WHEN ? > tried THEN ? ELSE tried END, status = ?, host = ?, reply = ?, reason = ?,"
        " owed = CASE WHEN ? <> '' THEN ? WHEN ? = 'waiting' THEN owed ELSE '' END WHERE id = ? AND state IN ('waiting', 'held') RETURNING state",
        (
            *(state, state, int(result.tried > 0), result.due),
            *(result.tried, result.tried, result.status, result.host, result.reply, result.reason),
            *(owed, owed, state, result.recipient_id),
        ),
    )
    return Ended(result.recipient_id, rows[0][0], result.reason) if rows else None


def tell(transaction: Transaction, queue_id: int, ended: Sequence[Ended], now: int) -> None:
    """Let the records of what was sent follow, in the commit that changes the queue: the one place where they are told."""
    outbound.settle(transaction, queue_id, [(one.state, one.reason) for one in ended], now)


def retire(transaction: Transaction, queue_id: int) -> bool:
    """Let a message go when no recipient of it waits and no report is owed; returns whether it went."""
    open_rows = "SELECT 1 FROM queue_recipient WHERE queue_id = ? AND (state IN ('new', 'waiting', 'held') OR owed <> '') LIMIT 1"
    if transaction.execute(open_rows, (queue_id,)):
        return False
    transaction.execute("DELETE FROM queue_recipient WHERE queue_id = ?", (queue_id,))
    for (content_id,) in transaction.execute("DELETE FROM queue WHERE id = ? RETURNING content_id", (queue_id,)):
        refer(transaction, content_id, -1)
    return True


def rewrite(transaction: Transaction, queue_ids: Sequence[int], content: NewContent) -> int:
    """Give messages that wait another content; returns how many are in the queue still. A try in hand sends the old one."""
    rewritten = 0
    for queue_id in queue_ids:
        for (old,) in transaction.execute("SELECT content_id FROM queue WHERE id = ?", (queue_id,)):
            content_id = insert_content(transaction, content, 1)
            sql = "UPDATE queue SET content_id = ?, size = ?, signature = NULL WHERE id = ?"  # a signature of the old one would be wrong
            transaction.execute(sql, (content_id, content.size, queue_id))
            refer(transaction, old, -1)
            rewritten += 1
    return rewritten


def warn(transaction: Transaction, recipient_ids: Sequence[int], owed: Sequence[str]) -> None:
    """Note that the delay of these is known to their senders, or that a report of it is owed."""
    transaction.executemany(
        "UPDATE queue_recipient SET warned = 1, owed = ? WHERE id = ? AND state = 'waiting' AND warned = 0",
        [(action, number) for number, action in zip(recipient_ids, owed, strict=True)],
    )


def remove(transaction: Transaction, queue_ids: Sequence[int], now: int, domain: str = "", reason: str = "removed by command") -> int:
    """Take messages out of the queue, undelivered, or only their recipients at a domain; returns how many messages that were."""
    removed = 0
    for queue_id in queue_ids:
        rows = transaction.execute(
            "DELETE FROM queue_recipient WHERE queue_id = ? AND (? = '' OR domain = ?) RETURNING id, state", (queue_id, domain, domain)
        )
        ended = [Ended(number, State.FAILED, reason) for number, state in rows if state in {State.NEW, State.WAITING, HELD}]
        tell(transaction, queue_id, ended, now)
        retire(transaction, queue_id)
        removed += bool(rows)
    return removed


def let_begin(transaction: Transaction, queue_id: int, due: int, begun: int) -> list[int]:
    """Let a new message's recipients wait for tries from a time on; returns their ids. `begun`: handlers have seen its first try."""
    rows = transaction.execute(
        "UPDATE queue_recipient SET state = 'waiting', due = ? WHERE queue_id = ? AND state = 'new' RETURNING id", (due, queue_id)
    )
    transaction.execute("UPDATE queue SET begun = ? WHERE id = ?", (begun, queue_id))
    return [number for (number,) in rows]


def announce(transaction: Transaction, queue_id: int, due: int) -> None:
    """Tell that a message waits for its destinations from a time on."""
    rows = transaction.execute("SELECT DISTINCT domain FROM queue_recipient WHERE queue_id = ? AND state = 'waiting'", (queue_id,))
    if rows:
        transaction.announce(QueueNews(transaction.shard, queue_id, tuple(row[0] for row in rows), due))


def postpone(transaction: Transaction, queue_id: int, due: int) -> None:
    """Let a new message wait, with its handlers, until a time."""
    let_begin(transaction, queue_id, due, 0)
    announce(transaction, queue_id, due)


def hold(transaction: Transaction, queue_ids: Sequence[int], domain: str = "") -> int:
    """Hold messages back, or only their recipients at a domain; returns how many messages changed."""
    return _change(transaction, "state = 'held' WHERE state = 'waiting'", (), queue_ids, domain)


def release(transaction: Transaction, queue_ids: Sequence[int], now: int, domain: str = "") -> int:
    """Let held messages go at once, with all their time before them again; returns how many changed."""
    changed = _change(transaction, "state = 'waiting', due = ?, since = ?, warned = 0 WHERE state = 'held'", (now, now), queue_ids, domain)
    _announce(transaction, queue_ids, domain, now)
    return changed


def retry(transaction: Transaction, queue_ids: Sequence[int], now: int, domain: str = "") -> int:
    """Let waiting messages be tried at once, their destinations too; returns how many messages that are."""
    changed = _change(transaction, "due = CASE WHEN due > ? THEN ? ELSE due END WHERE state = 'waiting'", (now, now), queue_ids, domain)
    _announce(transaction, queue_ids, domain, now)
    return changed


def _change(transaction: Transaction, change: str, values: Sequence[Any], queue_ids: Sequence[int], domain: str) -> int:
    sql = f"UPDATE queue_recipient SET {change} AND queue_id = ? AND (? = '' OR domain = ?) RETURNING id"
    return sum(bool(transaction.execute(sql, (*values, queue_id, domain, domain))) for queue_id in queue_ids)


def _announce(transaction: Transaction, queue_ids: Sequence[int], domain: str, now: int) -> None:
    """Tell that mail may be tried now; one announcement for a domain, however many messages wait for it."""
    if domain:
        transaction.announce(QueueNews(transaction.shard, 0, (domain,), now, anew=True))
        return
    for queue_id in queue_ids:
        rows = transaction.execute("SELECT DISTINCT domain FROM queue_recipient WHERE queue_id = ? AND state = 'waiting'", (queue_id,))
        transaction.announce(QueueNews(transaction.shard, queue_id, tuple(row[0] for row in rows), now, anew=True))


def rest(transaction: Transaction, domain: str, until: int, failures: int, status: str, reason: str) -> None:
    """Note that a destination is left alone until a time."""
    transaction.execute(
        "INSERT INTO destination (domain, until, failures, status, reason) VALUES (?, ?, ?, ?, ?) ON CONFLICT (domain) DO UPDATE"
        " SET until = excluded.until, failures = excluded.failures, status = excluded.status, reason = excluded.reason",
        (domain, until, failures, status, reason),
    )


def wake(transaction: Transaction, domain: str) -> None:
    """Note that a destination answers again, or that nothing waits for it."""
    transaction.execute("DELETE FROM destination WHERE domain = ?", (domain,))


def hold_everything(transaction: Transaction) -> int:
    """Hold back all that waits in a shard that was restored: it may have been sent since the backup. Returns how many messages there are."""
    held = transaction.execute("UPDATE queue_recipient SET state = 'held' WHERE state IN ('new', 'waiting') RETURNING queue_id")
    return len({queue_id for (queue_id,) in held})
