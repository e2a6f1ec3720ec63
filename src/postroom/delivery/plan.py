"""Plans: due rows of the queue, read in bounded runs and gathered into tries: one message, one destination."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.delivery.outcome import Job, JobRecipient

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from postroom.storage.database import Database, Row

WINDOW: Final = 40
"""Rows of one destination that are read ahead in a shard."""

SMALL: Final = 16 * 1024
"""Octets up to which a message is read with its row: another read, through a thread of its own, costs more than all the rest of its try."""

MOST_RECIPIENTS: Final = 100
"""Recipients of one try: what every server has to take (RFC 5321 section 4.5.3.1.8)."""

_DUE: Final = (
    "SELECT r.due, r.id, r.queue_id, r.address, r.attempts, r.options, q.content_id, q.size, q.sender, q.options, q.sign, q.receipt, q.account_id,"
    " q.signature, q.begun, c.header_size,"
    f" CASE WHEN c.size <= {SMALL} THEN (SELECT b.data FROM body AS b WHERE b.content_id = c.id) END"
    " FROM queue_recipient AS r JOIN queue AS q ON q.id = r.queue_id JOIN content AS c ON c.id = q.content_id"
    " WHERE r.state = 'waiting' AND r.domain = ? ORDER BY r.due, r.id LIMIT ?"
)
_DOMAINS: Final = (
    "WITH RECURSIVE d (domain) AS (SELECT min(domain) FROM queue_recipient WHERE state = 'waiting' AND domain > ? UNION ALL"
    " SELECT (SELECT min(r.domain) FROM queue_recipient AS r WHERE r.state = 'waiting' AND r.domain > d.domain) FROM d WHERE d.domain IS NOT NULL)"
    " SELECT d.domain, (SELECT min(r.due) FROM queue_recipient AS r WHERE r.state = 'waiting' AND r.domain = d.domain) FROM d"
    " WHERE d.domain IS NOT NULL LIMIT ?"
)


class Plan(NamedTuple):
    """A try to be made: the job, what the log calls the message, who submitted it, how often each recipient was tried before.

    `begun`: it is the first try, and handlers of events have seen it.
    """

    job: Job
    receipt: str
    account_id: int | None
    attempts: Mapping[int, int]
    begun: bool = False


class Due(NamedTuple):
    """What of a destination is due in a shard now, and when to look again (None: nothing else waits)."""

    plans: list[Plan]
    again: int | None


async def read_due(database: Database, shard: int, domain: str, now: int, claimed: Container[int], most: int, batch: int = 0) -> Due:
    """Read the due messages of a destination, those first that are due longest; `most` bounds the rows, `batch` a try. Raises Unavailable."""
    rows = await database.read(shard, _DUE, (domain, most))
    due = [row for row in rows if row[0] <= now]
    again = now if len(due) == most else rows[len(due)][0] if len(due) < len(rows) else None
    return Due(gather(shard, domain, [row for row in due if row[1] not in claimed], batch), again)


def gather(shard: int, domain: str, rows: Iterable[Row], batch: int = 0) -> list[Plan]:
    """Gather rows into tries: recipients of one message go together, at most `batch` of them (0: as many as may be)."""
    plans: list[Plan] = []
    most = min(batch or MOST_RECIPIENTS, MOST_RECIPIENTS)
    for _, group in groupby(rows, key=lambda row: row[2]):
        recipients = list(group)
        plans += [_plan(shard, domain, recipients[start : start + most]) for start in range(0, len(recipients), most)]
    return plans


def _plan(shard: int, domain: str, rows: Sequence[Row]) -> Plan:
    _, _, queue_id, _, _, _, content_id, size, sender, options, sign, receipt, account_id, signature, begun, header_size, data = rows[0]
    recipients = tuple(JobRecipient(row[1], row[3], read_options(row[5])) for row in rows)
    message = None if data is None else (header_size, data)
    job = Job(queue_id, shard, content_id, size, sender, read_options(options), domain, recipients, sign, signature, message)
    attempts = {row[1]: row[4] for row in rows}
    return Plan(job, receipt, account_id, attempts, begun=bool(begun) and not any(attempts.values()))


def read_options(text: str) -> dict[str, str]:
    """Read the options of a row."""
    found: dict[str, Any] = json.loads(text)
    return found


async def waiting_domains(database: Database, shard: int, after: str, most: int) -> list[Row]:
    """Name the destinations that anything waits for, in order behind one, each with when its first is due; skips from one to the next."""
    return await database.read(shard, _DOMAINS, (after, most))
