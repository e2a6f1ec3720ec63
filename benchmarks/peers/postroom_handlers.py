"""Loads event scripts into a Postroom peer that does not run: `python -m benchmarks.peers.postroom_handlers CONFIGURATION FILE`."""

import asyncio
import sys
from pathlib import Path

from postroom.runtime.config import load
from postroom.runtime.house import House
from postroom.runtime.model import alone
from postroom.scripting.scripts import Scripts


async def make(file: Path, handlers: Path) -> None:
    """Switches event scripts on, with the text of a VBScript file."""
    house = await House.enter(load(file))
    try:
        model = alone(house)
        await house.directory.table.set("scripting.enabled", value=True)
        model.places.events.mkdir(parents=True, exist_ok=True)
        (model.places.events / "EventHandlers.vbs").write_bytes(handlers.read_bytes())
        scripts = Scripts(lambda: model)
        try:
            await scripts.open()
            await scripts.reload()
            if not scripts.active:
                raise SystemExit("the handlers could not be loaded")
        finally:
            await scripts.close()
    finally:
        await house.close()


if __name__ == "__main__":
    asyncio.run(make(Path(sys.argv[1]), Path(sys.argv[2])))
