"""Sets the routes of the Postroom peer: `python -m benchmarks.peers.postroom_routes CONFIGURATION PORT '{"d0.sink.test": "127.0.1.1"}'`."""

import asyncio
import json
import sys
from pathlib import Path

from postroom.runtime.config import load
from postroom.runtime.house import House
from postroom.runtime.orders import route


async def set_all(file: Path, port: int, hosts: dict[str, str]) -> None:
    """One route for each destination, and the signing keys made ahead: what is measured is not the making of keys."""
    house = await House.enter(load(file))
    try:
        for domain, host in hosts.items():
            await route.set_(house, domain, host=host, port=port)
        for hosted in house.directory.domains.list():
            await house.directory.signing.list(hosted.name)
    finally:
        await house.close()


if __name__ == "__main__":
    asyncio.run(set_all(Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])))
