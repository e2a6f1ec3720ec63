"""The durable queue: mail on its way to other servers. Rows lie in the shard of their content. All functions here run in the shard's writer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from postroom.mailboxes.contents import refer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postroom.storage.database import Transaction


class QueueRecipient(NamedTuple):
    """One address that a message waits for; `options` are its DSN parameters by their RFC 3461 names."""

    address: str
    domain: str
    options: Mapping[str, str]


class QueueItem(NamedTuple):
    """A message about to wait; an empty sender is the null reverse-path, `account_id` is who submitted it."""

    sender: str
    account_id: int | None
    options: Mapping[str, str]
    recipients: tuple[QueueRecipient, ...]


class QueueNews(NamedTuple):
    """Something in the queue of a shard is due or changed."""

    shard: int
    queue_id: int


def enqueue(transaction: Transaction, content_id: int, size: int, item: QueueItem, now: int) -> int:
    """Let a stored content wait for its remote recipients, due at once; the caller counts the reference. Returns the queue id."""
    queue_id = transaction.next_id("queue")
    transaction.execute(
        "INSERT INTO queue (id, content_id, sender, account_id, created, size, options) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (queue_id, content_id, item.sender, item.account_id, now, size, json.dumps(dict(item.options))),
    )
    transaction.executemany(
        "INSERT INTO queue_recipient (id, queue_id, address, domain, state, due, options) VALUES (?, ?, ?, ?, 'waiting', ?, ?)",
        [
            (
                transaction.next_id("queue_recipient"),
                queue_id,
                recipient.address,
                recipient.domain,
                now,
                json.dumps(dict(recipient.options)),
            )
            for recipient in item.recipients
        ],
    )
    transaction.announce(QueueNews(transaction.shard, queue_id))
    return queue_id


def remove(transaction: Transaction, queue_ids: Sequence[int]) -> int:
    """Take messages out of the queue, undelivered; returns how many there were."""
    removed = 0
    for queue_id in queue_ids:
        rows = transaction.execute("DELETE FROM queue WHERE id = ? RETURNING content_id", (queue_id,))
        transaction.execute("DELETE FROM queue_recipient WHERE queue_id = ?", (queue_id,))
        for (content_id,) in rows:
            refer(transaction, content_id, -1)
            removed += 1
    return removed


def hold(transaction: Transaction, queue_ids: Sequence[int], held: bool) -> int:
    """Hold messages back or let them go; returns how many changed."""
    return sum(
        len(transaction.execute("UPDATE queue SET held = ? WHERE id = ? AND held <> ? RETURNING id", (int(held), queue_id, int(held))))
        for queue_id in queue_ids
    )


def hold_everything(transaction: Transaction) -> int:
    """Hold back all that waits in a shard that was restored: it may have been sent since the backup. Returns how many messages there are."""
    transaction.execute("UPDATE queue SET held = 1")
    return int(transaction.execute("SELECT count(*) FROM queue")[0][0])
