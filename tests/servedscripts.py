"""A server with doors on loopback whose events are handled by real scripts, in processes of their own.

async with served(tmp_path, "Sub OnHELO(oClient)\\n...", "VBScript", start) as server:
    client = await server.doors.smtp()
    ...
    assert await server.written("what the handler wrote to the event log")
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from doorhouse import PATIENCE, DoorHouse, doorhouse
from eventhouse import EventHouse, Kept, sources
from postroom import log
from postroom.scripting.scripts import Scripts
from postroom.scripting.triggers import Triggers


@dataclass
class Server:
    """A server whose handlers are scripts."""

    doors: DoorHouse
    events: EventHouse
    read: dict[str, int] = field(default_factory=dict)

    async def written(self, *lines: str) -> bool:
        """Wait until the event log has these lines, and no others."""
        async with asyncio.timeout(PATIENCE):
            while len(self.events.written()) < len(lines):  # noqa: ASYNC110 - it is written by whom nobody waits for
                await asyncio.sleep(0.001)
        assert self.events.written() == list(lines)
        return True

    async def new(self, name: str = "alice") -> list[bytes]:
        """Read what has come to an INBOX since it was read so."""
        await self.doors.quiet()
        letters = await self.doors.inbox(name)
        before, self.read[name] = self.read.get(name, 0), len(letters)
        return letters[before:]


@asynccontextmanager
async def served(folder: Path, text: str, language: str, start: Kept, **settings: object) -> AsyncIterator[Server]:
    """Open one, with a handlers file loaded, if there is one."""
    with sources():
        async with doorhouse(folder, **{"plain_text_login": "always", "login_delay": "0 seconds", **settings}) as doors:
            scripts = Scripts(lambda: doors.model.house, 1, start.launch)
            object.__setattr__(doors.model.house, "scripts", scripts)
            house = EventHouse(doors.model, scripts, folder)
            await house.set(enabled=True, language=language, processes=2)
            await scripts.open()
            Triggers(scripts, doors.town.directory.events).start()
            with log.watching(house.lines.append):
                try:
                    if text:
                        await house.load(text)
                        assert scripts.active, [line for line in house.lines if line["level"] == "error"]
                    yield Server(doors, house)
                    await doors.quiet()
                finally:
                    doors.town.directory.events.subscribe(doors.handlers, ())
                    await doors.town.directory.events.settled()
                    if scripts._pool is not None:
                        scripts._pool.retire()
