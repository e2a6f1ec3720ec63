"""A store to test with: databases, blobs, mailboxes and delivery in one temporary directory, proven consistent at the end of each test."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from postroom.delivery.accept import Accepted, Delivery, LocalRecipient
from postroom.delivery.spool import Spool
from postroom.formats.address import Address
from postroom.mailboxes.mailboxes import Mailboxes
from postroom.operations.check import check
from postroom.storage.files import FileBlobs
from postroom.storage.sqlite.engine import SQLiteDatabase, create

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


class House:
    """The floors up to delivery, opened on a directory."""

    def __init__(self, directory: Path, clock: Callable[[], float]) -> None:
        self.database = SQLiteDatabase(directory)
        self.blobs = FileBlobs(directory)
        self.mailboxes = Mailboxes(self.database, self.blobs, clock)
        self.delivery = Delivery(self.mailboxes)

    async def deliver(self, message: bytes, *accounts: int, sender: str = "sender@remote.test") -> Accepted:
        """Deliver a message to the INBOX of accounts by their ids."""
        spool = Spool(self.blobs, 64 * 1024 * 1024)
        for start in range(0, len(message), 65536):
            if spool.write(message[start : start + 65536]):
                await spool.settle()
        recipients = [LocalRecipient(account, Address(f"user{account}", "example.test")) for account in accounts]
        return await self.delivery.accept(spool, Address.parse(sender), recipients)


@asynccontextmanager
async def opened(directory: Path, clock: Callable[[], float] = lambda: 1_795_000_000.0) -> AsyncIterator[House]:
    """Open a house, making its files first, and prove its store when the test is over."""
    create(directory, 2)
    house = House(directory, clock)
    await house.database.open()
    try:
        yield house
        await house.delivery.close()
        assert await check(house.database, house.blobs) == []
    finally:
        await house.database.close()
        await house.blobs.close()
