"""Claims of idempotent requests: a request with an Idempotency-Key is written down before it acts, with what its effect will be made of.

Who repeats it gets the first answer; who repeats one that a crash cut short has it completed, with the same ids and secrets. All functions here run
in the control database's writer.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.storage.database import Transaction

KEPT: Final = 24 * 3600 * 1_000_000
"""Microseconds for which a claim holds."""


class Claimed(NamedTuple):
    """What is known of a request: `digest` of the one that claimed, its sealed `plan`, status and sealed answer when it was answered."""

    id: int
    digest: bytes
    created: int
    plan: bytes
    status: int | None
    answer: bytes | None


def claim(transaction: Transaction, key: bytes, word: str, digest: bytes, plan: bytes, now: int) -> Claimed:
    """Claim a request by the SHA-256 of its API key and its Idempotency-Key, or read the claim that holds."""
    transaction.execute("DELETE FROM idempotency WHERE key = ? AND word = ? AND created <= ?", (key, word, now - KEPT))
    transaction.execute(
        "INSERT INTO idempotency (id, key, word, digest, created, plan) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key, word) DO NOTHING",
        (transaction.next_id("idempotency"), key, word, digest, now, plan),
    )
    sql = "SELECT id, digest, created, plan, status, answer FROM idempotency WHERE key = ? AND word = ?"
    return Claimed._make(transaction.execute(sql, (key, word))[0])


def note_answer(transaction: Transaction, number: int, status: int, answer: bytes) -> None:
    """Write down what a claimed request was answered."""
    transaction.execute("UPDATE idempotency SET status = ?, answer = ? WHERE id = ?", (status, answer, number))


def once(transaction: Transaction, number: int | None, function: Callable[..., Any], *arguments: Any) -> Any:
    """Run a function of the control database unless the claimed request did so before; what it returned then (a JSON value) is returned again.

    So an effect and the note that it happened are one commit. Without a claim (None) it just runs.
    """
    if number is None:
        return function(transaction, *arguments)
    rows = transaction.execute("SELECT result FROM idempotency WHERE id = ? AND result IS NOT NULL", (number,))
    if rows:
        return json.loads(rows[0][0])
    result = function(transaction, *arguments)
    transaction.execute("UPDATE idempotency SET result = ? WHERE id = ?", (json.dumps(result), number))
    return result


def forget(transaction: Transaction, now: int, most: int) -> int:
    """Forget up to `most` claims that hold no more; returns how many."""
    rows = transaction.execute("SELECT id FROM idempotency WHERE created <= ? ORDER BY created LIMIT ?", (now - KEPT, most))
    transaction.executemany("DELETE FROM idempotency WHERE id = ?", rows)
    return len(rows)
