"""Mail of our users is signed when it comes: once, with the same octets that a signature at its leaving would cover."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from postroom.delivery.accept import Delivery
from postroom.delivery.leaving import Copies
from postroom.delivery.plan import gather, read_due
from postroom.delivery.queue import QueueRecipient
from postroom.delivery.spool import Spool
from postroom.errors import Unavailable
from postroom.formats.address import Address
from store import House, opened

MESSAGE = b"From: a@example.test\r\nSubject: hello\r\n\r\nHello.\r\n"
SIGNED = b"DKIM-Signature: v=1; the test\r\n"


class Signer:
    """Signs what it is given, and remembers it."""

    def __init__(self, *, works: bool = True) -> None:
        self.seen: list[tuple[str, bytes, bytes]] = []
        self.works = works

    async def __call__(self, domain: str, header: bytes, body: AsyncIterator[bytes]) -> bytes:
        if not self.works:
            raise Unavailable("the keys can't be read")
        self.seen.append((domain, header, b"".join([piece async for piece in body])))
        return SIGNED


async def left(house: House, early: Signer, late: Signer, message: bytes, *destinations: str, release: int = 0) -> list[bytes | None]:
    """Accept a message for destinations and make the copy that leaves for each."""
    spool = Spool(house.blobs, 1 << 20)
    spool.write(message)
    waiting = [QueueRecipient(f"b@{name}", name, {}) for name in destinations]
    delivery = Delivery(house.mailboxes, early)
    await delivery.accept(spool, Address.parse("a@example.test"), [], waiting, sign="example.test", release=release)
    copies, now = Copies(house.database, house.blobs, late), max(release, house.mailboxes.now())
    places = [(name, shard) for name in destinations for shard in range(house.database.shards)]
    plans = [plan for name, shard in places for plan in (await read_due(house.database, shard, name, now, (), 10)).plans]
    return [(await copies.make(plan.job)).whole for plan in plans]


async def test_a_message_for_many_destinations_is_signed_once_before_it_is_acknowledged(tmp_path: Path) -> None:
    async with opened(tmp_path) as house:
        early, late = Signer(), Signer()
        assert await left(house, early, late, MESSAGE, "one.test", "two.test", "three.test") == [SIGNED + MESSAGE] * 3
        assert (early.seen, late.seen) == ([("example.test", MESSAGE[:40], MESSAGE[40:])], [])


@pytest.mark.parametrize(
    ("message", "works", "release"),
    [
        (MESSAGE.replace(b"Hello", "Grüße".encode()), True, 0),
        (MESSAGE + b"x" * 1200 + b"\r\n", True, 0),
        (MESSAGE, False, 0),
        (MESSAGE, True, 1_795_000_100_000_000),
    ],
    ids=["not fit for 7 bits", "long lines", "no keys just now", "to be sent later"],
)
async def test_what_can_not_be_signed_yet_is_signed_when_it_leaves(tmp_path: Path, message: bytes, *, works: bool, release: int) -> None:
    async with opened(tmp_path) as house:
        early, late = Signer(works=works), Signer()
        (whole,) = await left(house, early, late, message, "one.test", release=release)
        assert whole is not None
        assert whole.startswith(SIGNED)
        assert (early.seen, len(late.seen)) == ([], 1)


def test_a_try_knows_the_signature_of_its_message() -> None:
    row = (1, 7, 3, "b@one.test", 0, "{}", 5, len(MESSAGE), "a@example.test", "{}", "example.test", "r1", 1, SIGNED, 0, 40, MESSAGE)
    (plan,) = gather(0, "one.test", [row])
    assert (plan.job.signature, plan.job.message, plan.attempts) == (SIGNED, (40, MESSAGE), {7: 0})
