"""What every store of large bodies promises. A second one (S3) has to pass all of this."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from postroom.storage import files
from postroom.storage.blobs import Blobs, BlobsUnavailable
from postroom.storage.files import FileBlobs


@pytest.fixture(params=["files"])
async def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Blobs]:
    made = FileBlobs(tmp_path)
    yield made
    await made.close()


async def test_what_was_appended_is_read_back_whole_and_in_pieces(blobs: Blobs) -> None:
    bodies = [bytes([n]) * (n * 1000) for n in range(1, 30)]
    keys = await asyncio.gather(*(blobs.append(body) for body in bodies))
    assert len(set(keys)) == len(bodies)
    for key, body in zip(keys, bodies, strict=True):
        assert await blobs.read(key, 0, len(body)) == body
        assert await blobs.read(key, 10, 20) == body[10:30]


async def test_pieces_are_read_together_in_the_order_asked_for(blobs: Blobs) -> None:
    keys = [await blobs.append(bytes([n]) * 1000) for n in range(3)]
    assert await blobs.read_many([(keys[2], 0, 3), (keys[0], 990, 10), (keys[1], 1, 1)]) == [b"\2" * 3, b"\0" * 10, b"\1"]
    with pytest.raises(BlobsUnavailable):
        await blobs.read_many([(keys[0], 0, 1), ("s:gone.seg:0", 0, 1)])


async def test_a_spool_file_becomes_a_body(blobs: Blobs) -> None:
    path = blobs.spool_path()
    path.write_bytes(b"large" * 1000)
    key = await blobs.adopt(path)
    assert not path.exists()
    assert await blobs.read(key, 5, 5) == b"large"


async def test_a_copy_has_a_key_and_a_life_of_its_own(blobs: Blobs) -> None:
    path = blobs.spool_path()
    path.write_bytes(b"large" * 1000)
    first = await blobs.adopt(path)
    second = await blobs.copy(first, 5000)
    assert second != first
    await blobs.free([first])
    assert await blobs.read(second, 0, 5000) == b"large" * 1000
    with pytest.raises(BlobsUnavailable):
        await blobs.read(first, 0, 10)


async def test_a_body_that_is_not_there_is_unavailable(blobs: Blobs) -> None:
    with pytest.raises(BlobsUnavailable):
        await blobs.read("f:abcdef", 0, 10)
    with pytest.raises(BlobsUnavailable):
        await blobs.adopt(blobs.spool_path())
    await blobs.free(["f:abcdef"])


async def test_after_a_failed_sync_a_segment_is_never_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = FileBlobs(tmp_path)
    first = await blobs.append(b"first")

    def fail(_descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(files, "sync_file", fail)
        with pytest.raises(BlobsUnavailable, match="Input/output"):
            await blobs.append(b"second")
    third = await blobs.append(b"third")
    assert third.split(":")[1] != first.split(":")[1]
    assert await blobs.read(third, 0, 5) == b"third"
    await blobs.close()
