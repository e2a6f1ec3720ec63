"""An account of 10,000 folders: listed whole, by level and by pattern, with STATUS; renamed and subscribed as one tree."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from imaphouse import MemoryWire, placed
from postroom.mailboxes import folders
from postroom.mailboxes.folders import LEVEL
from postroom.storage.database import Transaction

COUNT = 10_000


def make_many(transaction: Transaction, account: int) -> None:
    """Make a hundred folders of a hundred each, in one transaction."""
    for number in range(100):
        parent = folders.create_folder(transaction, account, f"tree{LEVEL}{number:02}", "", 0).name
        for child in range(100):
            folders._insert(transaction, account, f"{parent}{LEVEL}{child:02}", "", 0)


@pytest.mark.long
async def test_ten_thousand_folders(tmp_path: Path) -> None:
    async with placed(tmp_path) as place:
        await place.store.mailboxes._transact(16, make_many, 16)
        wire = MemoryWire(place)
        await wire.receive()

        async def lines(command: bytes) -> list[bytes]:
            await wire.send(b"t " + command + b"\r\n")
            heard = b""
            while not heard.startswith(b"t ") and b"\r\nt " not in heard:
                heard += await asyncio.wait_for(wire.receive(), 20)
            *told, answer, _ = heard.split(b"\r\n")
            assert answer.startswith(b"t OK"), answer
            return told

        await lines(b"LOGIN alice secret-1")
        listed = await lines(b'LIST "" tree*')
        assert len(listed) == COUNT + 101
        assert listed[:3] == [rb'* LIST (\HasChildren) "/" tree', rb'* LIST (\HasChildren) "/" tree/00', rb'* LIST (\HasNoChildren) "/" tree/00/00']
        assert len(await lines(b'LIST "" tree/%')) == 100
        assert len(await lines(b'LIST "" *%/4*2')) == 191
        assert len(await lines(b'LIST "" tree/%/% RETURN (STATUS (MESSAGES UNSEEN SIZE))')) == 2 * COUNT
        assert await lines(b"RENAME tree INBOX/moved") == []
        assert len(await lines(b'LSUB "" INBOX/*')) == COUNT + 101
        assert await lines(b'LIST "" tree*') == []
        wire.connection.close()
        await asyncio.sleep(0)
        place.ends_well()
