"""What is measured: each row one thing that clients do, its marks, and how an answer is proven before its figure counts."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.imap import doors
from benchmarks.imap.box import PASSWORD, READER, WHOLE
from benchmarks.imap.client import Client, new_uid
from benchmarks.imap.letters import RARE, RARE_PART, SENDER
from benchmarks.imap.stage import Stage, proven
from benchmarks.peers.peer import DOMAIN

if TYPE_CHECKING:
    from benchmarks.imap.box import Box
    from benchmarks.imap.client import Answer

RANGE = 2000
"""Messages that STORE and COPY name."""
SERIES = 100
RETRIEVED = 500
SLICE = 1.0  # seconds of the mixed load at a time
ENVELOPE_ID = re.compile(rb'[" ](<[^" <>]+>)"\)+\r\n')
FIELD_ID = re.compile(rb"(?im)^message-id: (<[^\r]+>)")
LITERAL = re.compile(rb"\{([0-9]+)\}\r\n")


class Done(NamedTuple):
    """What one run of a row did, and what proves its answers, off the clock; `check` raises LoadFailed."""

    units: int
    check: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is measured. `run` is repeated until a round has its seconds; `prepare` and `finish` come around a round, off the clock.

    Postroom must be `must` times, and aims at `aim` times, as fast as Dovecot; with `less_cpu` it must take so many times less CPU. `late`:
    what the server does afterwards, indexing above all, is charged. `once`: a round has one run and nothing is warmed up.
    `long`: left out of a quick run.
    """

    name: str
    unit: str
    run: Callable[[Stage], Awaitable[Done]]
    must: float | None = None
    aim: float | None = None
    less_cpu: float | None = None
    prepare: Callable[[Stage], Awaitable[None]] | None = None
    finish: Callable[[Stage, int], Awaitable[None]] | None = None
    late: bool = False
    once: bool = False
    long: bool = False


# FETCH


async def _forget_reads(stage: Stage) -> None:
    await stage.client.ask(b"UNSELECT")
    stage.peer.forget_reads()
    await stage.client.ask(b"SELECT INBOX")


async def _envelopes(stage: Stage) -> Done:
    answer = await stage.client.ask(b"FETCH 1:* (ENVELOPE)")
    return Done(len(stage.box), lambda: _same_ids(stage.box, ENVELOPE_ID.findall(answer.octets), "ENVELOPE"))


def _same_ids(box: Box, found: list[bytes], what: str) -> None:
    proven(found == box.message_ids, f"{what} of {len(found)} messages instead of {len(box)}, or with other ids")


async def _flags(stage: Stage) -> Done:
    answer = await stage.client.ask(b"FETCH 1:* (FLAGS)")

    def check() -> None:
        octets = answer.octets
        lines, seen = octets.count(b" FETCH (FLAGS ("), octets.count(rb"\Seen")
        proven((lines, seen) == (len(stage.box), stage.box.seen), f"FLAGS of {lines} messages, {seen} of them seen")

    return Done(len(stage.box), check)


async def _header_fields(stage: Stage) -> Done:
    answer = await stage.client.ask(b"FETCH 1:* (BODY.PEEK[HEADER.FIELDS (FROM TO SUBJECT DATE MESSAGE-ID)])")
    return Done(len(stage.box), lambda: _same_ids(stage.box, FIELD_ID.findall(answer.octets), "header fields"))


async def _bodies(stage: Stage) -> Done:
    answer = await stage.client.ask(b"FETCH 1:%d (BODY.PEEK[])" % WHOLE)
    return Done(WHOLE, lambda: proven(_digest(answer, stage.box) == stage.box.bodies, "whole bodies of other bytes"))


def _digest(answer: Answer, box: Box) -> bytes:
    """The SHA-256 of all literals, which must have the right sizes."""
    octets, at, digest = answer.octets, 0, hashlib.sha256()
    for size in box.sizes[:WHOLE]:
        found = LITERAL.search(octets, at)
        proven(found is not None and int(found[1]) == size, f"a body of {found and found[1]!r} octets instead of {size}")
        assert found is not None
        at = found.end() + size
        digest.update(octets[found.end() : at])
    return digest.digest()


# SEARCH


def _search(criteria: str, found: Callable[[Box], list[int]]) -> Callable[[Stage], Awaitable[Done]]:
    async def run(stage: Stage) -> Done:
        answer = await stage.client.ask(b"SEARCH " + criteria.encode())
        return Done(len(stage.box), lambda: proven(_numbers(answer) == found(stage.box), f"SEARCH {criteria} found {len(_numbers(answer))}"))

    return run


def _numbers(answer: Answer) -> list[int]:
    line = answer.octets.partition(b"* SEARCH")[2].partition(b"\r\n")[0]
    return sorted(map(int, line.split()))


# Changes


async def _empty_work(stage: Stage) -> None:
    await stage.client.ask(b"DELETE Work")
    await stage.client.ask(b"CREATE Work")


async def _searched_work(stage: Stage) -> None:
    """Empty Work, and search it: from then on Postroom indexes what comes in, which an unsearched folder is spared."""
    await _empty_work(stage)
    searcher = stage.sessions[1]
    await searcher.ask(b"APPEND" + stage.appends[0][6:])
    for count in (1, 2, 4, 8, 16, 32):
        await searcher.ask(b"SELECT Work")
        await searcher.ask(b"COPY 1:%d Work" % count)
    await searcher.ask(b"SELECT Work")
    await searcher.ask(b"SEARCH TEXT nowhere")
    await searcher.ask(b"STORE 1:* +FLAGS.SILENT (\\Deleted)")
    await searcher.ask(b"CLOSE")


async def _work_holds(stage: Stage, expected: int) -> None:
    answer = await stage.client.ask(b"STATUS Work (MESSAGES)")
    proven(b"(MESSAGES %d)" % expected in answer.octets, f"Work does not hold {expected} messages: {answer.octets[:100]!r}")


async def _append_in_series(stage: Stage) -> Done:
    for command in stage.appends[:SERIES]:
        new_uid(await stage.client.ask(command))
    return Done(SERIES)


async def _append_in_flight(stage: Stage) -> Done:
    commands = iter(stage.appends)

    async def session(client: Client) -> None:
        for command in commands:
            new_uid(await client.ask(command))

    await asyncio.gather(*(session(client) for client in stage.sessions))
    return Done(len(stage.appends))


async def _store(stage: Stage) -> Done:
    on = stage.drafts = not stage.drafts
    answer = await stage.client.ask(b"STORE 1:%d %bFLAGS (\\Draft)" % (RANGE, b"+" if on else b"-"))

    def check() -> None:
        lines, drafts = answer.octets.count(b" FETCH ("), answer.octets.count(rb"\Draft")
        proven((lines, drafts) == (RANGE, RANGE * on), f"STORE told of {lines} messages, {drafts} of them drafts")

    return Done(RANGE, check)


async def _copy(stage: Stage) -> Done:
    new_uid(await stage.client.ask(b"COPY 1:%d Work" % RANGE))
    return Done(RANGE)


# Doors


async def _select(stage: Stage) -> Done:
    for _ in range(20):
        answer = await stage.client.ask(b"SELECT INBOX")
    return Done(20, lambda: proven(b"* %d EXISTS" % len(stage.box) in answer.octets, "SELECT tells another number of messages"))


async def _log_in_before(stage: Stage) -> None:
    """Log everybody in, several times: each of a server's processes keeps what it has seen."""
    for _ in range(4):
        await _log_in(stage)


async def _log_in(stage: Stage) -> Done:
    return Done(doors.log_in(stage.peer.imap_port, list(islice(stage.names, doors.HANDFUL)), PASSWORD))


async def _log_in_first(stage: Stage) -> Done:
    return Done(doors.log_in(stage.peer.imap_port, stage.strangers(), PASSWORD))


async def _set_up(stage: Stage) -> Done:
    return Done(sum(doors.set_up(stage.peer.imap_port) for _ in range(5)))


async def _set_up_encrypted(stage: Stage) -> Done:
    return Done(doors.set_up_encrypted(stage.peer.imaps_port, stage.tls))


# POP3


async def _enter_maildrop(stage: Stage) -> None:
    stage.pop = await Client.connect(stage.peer.pop3_port, greeting=b"+OK")
    for command in (f"USER {READER}@{DOMAIN}", f"PASS {PASSWORD}"):
        proven((await stage.pop.exchange(command.encode() + b"\r\n", (b"+OK", b"-ERR"))).startswith(b"+OK"), "POP3 login refused")


async def _retrieve(stage: Stage) -> Done:
    pieces = []
    for number in range(1, RETRIEVED + 1):
        await stage.pop.exchange(b"RETR %d\r\n" % number, (b".\r\n", b"-ERR"))
        pieces.append(stage.pop.taken())

    def check() -> None:
        found = [len(octets.octets.partition(b"\r\n")[2].replace(b"\r\n..", b"\r\n.")) - 3 for octets in pieces]
        proven(found == stage.box.sizes[:RETRIEVED], "RETR gave messages of other sizes")

    return Done(RETRIEVED, check)


async def _leave_maildrop(stage: Stage, _units: int) -> None:
    await stage.pop.exchange(b"QUIT\r\n", (b"+OK", b"-ERR"))
    stage.pop.close()


# Mixed


async def _mixed(stage: Stage) -> Done:
    return Done(await stage.mixed.run(SLICE))


ROWS = (
    Row("ENVELOPE of all, first read", "messages", _envelopes, 8, 14, prepare=_forget_reads, once=True),
    Row("ENVELOPE of all, cached", "messages", _envelopes, 4, 6),
    Row("FLAGS of all", "messages", _flags, 1.3, 2),
    Row("header fields of all", "messages", _header_fields, 1),
    Row(f"{WHOLE:,} whole bodies", "messages", _bodies, 2.5, 4),
    Row("SEARCH FROM", "messages", _search(f"FROM {SENDER}", lambda box: box.wanted), 4, 6),
    Row("SEARCH TEXT without the index", "messages", _search(f"TEXT {RARE_PART}", lambda box: box.rare), 5, 15),
    Row("SEARCH TEXT with the index", "messages", _search(f"TEXT {RARE}", lambda box: box.rare)),
    Row("SELECT", "times", _select, 1),
    Row("POP3 RETR", "messages", _retrieve, 1, prepare=_enter_maildrop, finish=_leave_maildrop),
    Row("first logins", "logins", _log_in_first, once=True),
    Row("logins", "logins", _log_in, 5, 15, prepare=_log_in_before),
    Row("connection set-up, plain", "connections", _set_up, 10),
    Row("connection set-up, TLS", "connections", _set_up_encrypted, 5),
    Row(f"STORE of {RANGE:,}", "messages", _store, 1),
    Row("COPY", "messages", _copy, 0.7, 1, prepare=_empty_work, finish=_work_holds, late=True),
    Row("APPEND in series", "messages", _append_in_series, 1.8, 2.3, prepare=_empty_work, finish=_work_holds, late=True),
    Row("APPEND, 50 in flight", "messages", _append_in_flight, 4, 6, prepare=_empty_work, finish=_work_holds, late=True),
    Row(
        "APPEND in series, folder indexed", "messages", _append_in_series,
        prepare=_searched_work, finish=_work_holds, late=True, long=True,
    ),
    Row(
        "APPEND, 50 in flight, folder indexed", "messages", _append_in_flight,
        prepare=_searched_work, finish=_work_holds, late=True, long=True,
    ),
    Row(
        "mixed load of 20 sessions", "commands", _mixed, 1.5, less_cpu=2, late=True,
        prepare=lambda stage: stage.mixed.enter(), finish=lambda stage, _units: stage.mixed.leave(),
    ),
)  # fmt: skip
