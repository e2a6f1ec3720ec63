"""Chores do their work to the end, in runs."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from postroom.directory.settings import Settings
from postroom.formats.uidset import UidSet
from postroom.mailboxes import index
from postroom.runtime.chores import Chores
from postroom.storage.blobs import Tidied
from store import opened


async def test_all_that_came_is_indexed_in_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "RUN_BYTES", 100)
    async with opened(tmp_path) as house:
        for number in range(5):
            await house.deliver(b"Subject: %d\r\n\r\nhello\r\n" % number, 1, 2)
        await house.delivery.close()
        for account in (1, 2):
            folder = await house.mailboxes.folder(account, "INBOX")
            assert folder is not None
            await index.narrow(house.mailboxes, folder.id, UidSet.of_ranges([(1, 1000)]), ["hello"])
        house.directory = SimpleNamespace(settings=Settings())  # type: ignore[attr-defined]  # a store's house has none
        chores = Chores(cast("Any", house))
        assert await chores.index() == 10
        assert await chores.index() == 0
        assert await chores.tidy() == Tidied(0, 0)
