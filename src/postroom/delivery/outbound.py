"""Outbound records: what programs sent through the HTTP API, and what became of it. All functions here run in the shard's writer.

A record lies in the shard of its content and is written in the same commit, so there is never a message without its record, or the other way
round. Its state follows the delivery: `queued` while a recipient waits in the queue (all do until the time that `send_at` names), `sent` when all
have it, `failed` when all have ended and at least one will not get it; `error` then has the words of the servers that refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.storage.database import Row, Transaction

QUEUED: Final = "queued"
SENT: Final = "sent"
FAILED: Final = "failed"
DELAYED: Final = "delayed"

MOST_ERROR: Final = 4000
"""Characters of words that a record keeps: a message may have a thousand recipients."""

MOST_EVENTS: Final = 200
COLUMNS: Final = "id, account_id, sender, recipients, subject, message_id, queue_id, state, error, created, sent, due"


class Outgoing(NamedTuple):
    """What is to be recorded: `token` is of the idempotent request that asked for it, `refused` has the words for recipients that can't get it.

    `due` is when the message goes, if it is kept back until a time (UTC microseconds).
    """

    account_id: int | None
    token: bytes | None
    sender: str
    recipients: tuple[str, ...]
    subject: str
    message_id: str
    refused: tuple[str, ...] = ()
    due: int | None = None


class Record(NamedTuple):
    """A record as it was when read; times in UTC microseconds. `due` is when a message that is kept back goes."""

    id: int
    account_id: int | None
    sender: str
    recipients: tuple[str, ...]
    subject: str
    message_id: str
    queue_id: int | None
    state: str
    error: str | None
    created: int
    sent: int | None
    due: int | None


class Event(NamedTuple):
    """Something that happened to a recorded message: `delayed`, `sent`, `failed`, with the words for it."""

    type: str
    details: str
    created: int


def record_of(row: Row) -> Record:
    """Make a Record from a row of COLUMNS."""
    return Record._make([*row[:3], tuple(json.loads(row[3])), *row[4:]])


def find(transaction: Transaction, token: bytes | None) -> Record | None:
    """Read what an idempotent request recorded before, if it did."""
    rows = transaction.execute(f"SELECT {COLUMNS} FROM outbound WHERE token = ?", (token,)) if token is not None else []
    return record_of(rows[0]) if rows else None


def insert(transaction: Transaction, new: Outgoing, queue_id: int | None, now: int) -> Record:
    """Record a message; `queue_id` is there when recipients of it wait in the queue."""
    error = "\n".join(new.refused)[:MOST_ERROR] or None
    state = QUEUED if queue_id is not None else FAILED if new.refused else SENT
    record = Record(
        transaction.next_id("outbound"),
        new.account_id,
        new.sender,
        new.recipients,
        new.subject,
        new.message_id,
        queue_id,
        state,
        error,
        now,
        now if state == SENT else None,
        new.due,
    )
    transaction.execute(
        "INSERT INTO outbound (id, account_id, sender, recipients, subject, message_id, queue_id, state, error, created, sent, due, token, failed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*record[:3], json.dumps(record.recipients), *record[4:], new.token, len(new.refused)),
    )
    return record


def record(transaction: Transaction, new: Outgoing, now: int) -> Record:
    """Record a message that none of its recipients can get: there is no content. Once for a token."""
    return find(transaction, new.token) or insert(transaction, new, None, now)


def settle(transaction: Transaction, queue_id: int, ended: Sequence[tuple[str, str]], now: int) -> None:
    """Note what became of recipients of a queued message, each with its words: `sent` and `failed` end one, any other state says why it waits on.

    Runs in the commit that changed their rows, before the message leaves the queue. A message that no program sent has no record: then this is
    one look into an index.
    """
    for number, failed, words in transaction.execute("SELECT id, failed, error FROM outbound WHERE queue_id = ?", (queue_id,)):
        failures = [reason for state, reason in ended if state == FAILED]
        kept = "\n".join([*([words] if failed and words else []), *failures])
        lost = failed + len(failures)
        waits = transaction.execute("SELECT 1 FROM queue_recipient WHERE queue_id = ? AND state IN ('new', 'waiting', 'held') LIMIT 1", (queue_id,))
        delays = [reason for state, reason in ended if state not in (SENT, FAILED)]
        if waits and not lost:
            kept = delays[-1] if delays else words or ""
        state = QUEUED if waits else FAILED if lost else SENT
        transaction.execute(
            "UPDATE outbound SET failed = ?, state = ?, error = ?, sent = ? WHERE id = ?",
            (lost, state, kept[:MOST_ERROR] or None, now if state == SENT else None, number),
        )
        for state, reason in ended:
            note(transaction, number, state if state in (SENT, FAILED) else DELAYED, reason, now)


def note(transaction: Transaction, number: int, type_: str, details: str, now: int) -> None:
    """Write down something that happened to a recorded message."""
    rows = transaction.execute("SELECT count(*) FROM outbound_event WHERE outbound_id = ?", (number,))
    if rows[0][0] < MOST_EVENTS:
        transaction.execute(
            "INSERT INTO outbound_event (id, outbound_id, type, details, created) VALUES (?, ?, ?, ?, ?)",
            (transaction.next_id("outbound_event"), number, type_, details[:MOST_ERROR], now),
        )


def forget(transaction: Transaction, before: int, most: int) -> int:
    """Forget up to `most` records made before a time whose messages have ended; returns how many."""
    sql = "SELECT id FROM outbound WHERE created < ? AND state <> ? ORDER BY created LIMIT ?"
    numbers: Sequence[tuple[int]] = [(row[0],) for row in transaction.execute(sql, (before, QUEUED, most))]
    transaction.executemany("DELETE FROM outbound_event WHERE outbound_id = ?", numbers)
    transaction.executemany("DELETE FROM outbound WHERE id = ?", numbers)
    return len(numbers)
