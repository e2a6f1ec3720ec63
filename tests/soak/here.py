"""A whole server in the process of a test: its doors on ports of loopback, one account, logins that cost nothing."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from postroom.network.listener import Encrypted, Listener, open_socket
from postroom.operations.check import check
from postroom.runtime.config import Configuration
from postroom.runtime.doors import Doors
from postroom.runtime.house import House
from soak.world import Place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

PASSWORD: Final = "secret-1"
CHEAP: Final = {"password_memory": 8192, "password_passes": 1, "max_number_of_invalid_commands": 0, "host_name": "mail.example.test"}


@asynccontextmanager
async def here(directory: Path, address: str = "alice@example.test") -> AsyncIterator[Place]:
    """Open the doors; the store is proven when they close."""
    house = await House.enter(Configuration(data=directory, logs=directory, pins=CHEAP))
    doors = Doors(house)
    ports = []
    for protocol in ("imap", "lmtp", "pop3"):
        listener = Listener(protocol, "127.0.0.1", 0, tls=Encrypted.NEVER)
        accepting = open_socket(listener)
        ports.append(accepting.getsockname()[1])
        await doors.open(listener, accepting)
    try:
        await house.directory.domains.add("example.test")
        await house.directory.accounts.add(address, PASSWORD)
        imap, lmtp, pop3 = ports
        yield Place(imap, lmtp, pop3, b"LHLO", address, PASSWORD, alone=True)
        assert await check(house.database, house.blobs) == []
    finally:
        await doors.drain(5)
        await house.close()
