"""Makes the accounts of the Postroom peer: `python -m benchmarks.peers.postroom_accounts CONFIGURATION DOMAIN PASSWORD NAME...`."""

import asyncio
import sys
from pathlib import Path

from postroom.runtime.config import load
from postroom.runtime.house import House
from postroom.runtime.orders import account, domain


async def make(file: Path, name: str, password: str, accounts: list[str]) -> None:
    """One password hash for all: what is measured is not the making of accounts."""
    house = await House.enter(load(file))
    try:
        await domain.add(house, name)
        await account.add_many(house, name, accounts, password)
    finally:
        await house.close()


if __name__ == "__main__":
    asyncio.run(make(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]))
