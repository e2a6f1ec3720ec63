"""Throw broken delivery statuses at their parser: `python fuzz/dsn.py --runs 20000 --seed 1`.

It refuses with DSNError and nothing else, in linear time; what it reads can be written, and is read the same again.
"""

import random
from dataclasses import replace

from fuzzing import fuzz
from postroom.formats.dsn import Action, DSNError, Report, Status, parse, serialise

SEEDS = [
    b"Reporting-MTA: dns; mx.test\r\nOriginal-Envelope-Id: a  b\r\nArrival-Date: Fri, 21 Nov 1997 09:55:06 -0600\r\n\r\n",
    b"Original-Recipient: rfc822;A@b.test\r\nFinal-Recipient: rfc822; a@b.test\r\nAction: failed\r\nStatus: 5.1.1\r\n",
    b"Final-Recipient: rfc822; a@b.test\r\nAction: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx (x)\r\nDiagnostic-Code: smtp; 550\r\n no\r\n\r\n",
    b"Final-Recipient: utf-8; \\x{159}a@b.test\r\nAction: Delayed (still)\r\nStatus: 4.4.7\r\nWill-Retry-Until: Sat, 22 Nov 1997 09:55:06 +0000\r\n",
    b"Final-Recipient: a@b.test\nAction: relayed\nStatus: 2.0.0\n\n",
]
SPICE = [
    b"\r\n",
    b"\n",
    b"\n\n",
    b"\r",
    b":",
    b";",
    b" ",
    b"\0",
    b"\xff",
    b"\xc3\xa4",
    b"\\x{110000}",
    b"\\x{D800}",
    b"Status: ",
    b"Action: failed",
    b"x" * 3000,
]


def broken(dice: random.Random) -> bytes:
    """Make a delivery status out of the seeds: spliced, spiced, now and then many times over."""
    data = bytearray(SEEDS[0] + b"".join(dice.choices(SEEDS, k=dice.randint(1, 3))))
    for _ in range(dice.choice((0, 1, 3, 8))):
        place = dice.randrange(len(data) + 1)
        data[place : place + dice.choice((0, 0, 1, 9))] = dice.choice(SPICE)
    return bytes(data) * (dice.randint(2, 50) if dice.random() < 0.02 else 1)


def invented(dice: random.Random) -> Report:
    """Invent a report with whatever a peer may have said in it."""

    def words() -> str:
        return "".join(
            chr(dice.choice((32, 43, 58, 59, 92, 97, 127, 228, 0x159, 0x1F600, dice.randrange(1, 0xD800)))) for _ in range(dice.randrange(40))
        )

    statuses = [
        Status(
            "".join(filter(str.isprintable, words())) + "@b.test",
            dice.choice(list(Action)),
            "5.1.1",
            f"rfc822;{words()}",
            words(),
            words(),
            dice.choice((None, 10**15)),
        )
        for _ in range(dice.randint(1, 3))
    ]
    return Report("mx.test", tuple(statuses), words())


def usual(status: Status) -> bool:
    """Tell whether a status has addresses such as we write: those that were parsed before."""
    kind, _, original = status.original.partition(";")
    return f"{kind}{status.final}{original}".isprintable() and kind.isascii() and len(kind) <= 64 and len(status.final) <= 256


def check(dice: random.Random) -> None:
    """Hold one delivery status against the rules; raises AssertionError."""
    try:
        read = parse(broken(dice))
    except DSNError:
        read = None
    if read is None or not all(map(usual, read.recipients)):
        if dice.random() < 0.7:
            return
        read = invented(dice)
    for utf8 in (False, True):
        written = serialise(read, utf8=utf8)
        assert utf8 or written.isascii(), written
        assert max(map(len, written.split(b"\r\n"))) <= 998, written
        assert b"\n" not in written.replace(b"\r\n", b""), written
        try:
            again = parse(written)
        except DSNError:
            assert not read.reporting.strip() or any(not status.final.strip() for status in read.recipients), written
            return
        settled = parse(serialise(again, utf8=utf8))
        assert replace(settled, envid="") == replace(again, envid=""), written
        assert [status.action for status in again.recipients] == [status.action for status in read.recipients], written


if __name__ == "__main__":
    fuzz(check, seconds=3)
