"""What tests of the directory share: a real database in a temporary folder, passwords that cost nothing, a clock set by hand."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from directory.workers import CHEAP, KEY, Clock, Worker
from postroom.directory.directory import Directory
from postroom.storage.sqlite.engine import SQLiteDatabase, create


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def furnish(folder: Path) -> None:
    create(folder, 4)
    opened = SQLiteDatabase(folder)
    await opened.open()
    made = await Directory.open(opened, KEY, defaults=CHEAP)
    await made.domains.add("example.test")
    await made.accounts.add("alice@example.test", "secret-1")
    made.close()
    await opened.close()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the domain example.test and the account alice, whose password is secret-1; each test works on a copy."""
    folder = tmp_path_factory.mktemp("furnished")
    asyncio.run(furnish(folder))
    return folder


@pytest.fixture
async def database(tmp_path: Path, furnished: Path) -> AsyncIterator[SQLiteDatabase]:
    shutil.copytree(furnished, tmp_path, dirs_exist_ok=True)
    opened = SQLiteDatabase(tmp_path)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def worker(database: SQLiteDatabase, clock: Clock) -> AsyncIterator[Worker]:
    """Open a directory as a worker does: `await worker(pins=...)`; several share the database."""
    workers: list[Directory] = []

    async def opened(**options: object) -> Directory:
        defaults = {**CHEAP, **options.pop("defaults", {})}  # type: ignore[dict-item]  # a test passes a dict
        made = await Directory.open(database, KEY, defaults=defaults, clock=clock, sleep=clock.sleep, **options)  # type: ignore[arg-type]  # likewise
        workers.append(made)
        return made

    yield opened
    for made in workers:
        made.close()


@pytest.fixture
async def directory(worker: Worker) -> Directory:
    return await worker()
