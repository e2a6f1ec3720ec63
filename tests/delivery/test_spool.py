"""The spool: what was written is what is stored, whatever was looked at meanwhile."""

from pathlib import Path

import pytest

from postroom.delivery.spool import Spool
from store import opened


@pytest.mark.parametrize("size", [100, 300_000, 900_000, 3_000_000], ids=["in memory", "in a segment", "in pieces", "in a file of its own"])
async def test_a_look_at_the_header_changes_nothing(tmp_path: Path, size: int) -> None:
    message = b"From: a@b.test\r\n\r\n" + b"".join(b"%08d\r\n" % number for number in range(size // 10))
    async with opened(tmp_path) as house:
        spool = Spool(house.blobs, len(message))
        for start in range(0, len(message), 70_000):
            if spool.write(message[start : start + 70_000]):
                await spool.settle()
        assert spool.head(16) == message[:16]
        content = await spool.finish(0)
        stored = content.data if content.blob is None else await house.blobs.read(content.blob, 0, 2 * len(message))
    assert content.size == len(message)
    assert stored == message
