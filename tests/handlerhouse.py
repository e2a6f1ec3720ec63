"""A server with doors whose handlers of events are scripts, in each of the three languages.

async def test_events_3_2_...(serve: Serve) -> None:
    async with serve("helo") as server:
        client = await server.doors.client("smtp")
        assert await client.say("EHLO bad.test") == '554 Go "away"'

The handlers stand in scripting/handlers, one text in three languages; each test runs three times.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from doorhouse import PATIENCE, DoorHouse, doorhouse
from eventhouse import EventHouse, Kept, sources
from modelhouse import Hand
from postroom import log
from postroom.scripting.scripts import Scripts
from postroom.scripting.triggers import Triggers

HANDLERS: Final = Path(__file__).parent / "scripting" / "handlers"
COMMON: Final = {
    "VBScript": 'Function YesNo(b)\nIf b Then YesNo = "yes" Else YesNo = "no"\nEnd Function\n',
    "JScript": 'function YesNo(b) { return b ? "yes" : "no" }\n',
    "Python": 'def YesNo(b):\n    return "yes" if b else "no"\n\n',
}
"""What each handlers file begins with: the languages write booleans in ways of their own."""
LANGUAGES: Final = tuple(COMMON)


def handlers(name: str, language: str) -> str:
    """Read a handlers file of the tests, in one language."""
    text = (HANDLERS / f"{name}.txt").read_text(encoding="utf-8")
    found = re.search(rf"(?ms)^=== {language}\n(.*?)(?=^=== |\Z)", text)
    assert found, f"{name} has no {language}"
    return COMMON[language] + found[1]


@dataclass
class Server:
    """A server whose handlers are scripts."""

    doors: DoorHouse
    events: EventHouse
    language: str
    read: dict[str, int] = field(default_factory=dict)

    async def new(self, name: str = "alice") -> list[bytes]:
        """Read what has come to an INBOX since it was read so."""
        await self.doors.quiet()
        letters = await self.doors.inbox(name)
        before, self.read[name] = self.read.get(name, 0), len(letters)
        return letters[before:]

    async def written(self, *lines: str) -> bool:
        """Wait until the event log has these lines, and no others."""
        async with asyncio.timeout(PATIENCE):
            while len(self.events.written()) < len(lines):  # noqa: ASYNC110 - it is written by whom nobody waits for
                await asyncio.sleep(0.001)
        found = self.events.written()
        assert found == list(lines), found
        return True

    async def load(self, name: str) -> None:
        """Put another of the tests' handlers files in place, and have it loaded."""
        await self.events.load(handlers(name, self.language))

    async def scripting(self) -> Hand:
        """Give Settings.Scripting in the administrator's hand."""
        app = await self.events.below.login()
        found: Hand = await app("Settings.Scripting")
        return found


@asynccontextmanager
async def served(folder: Path, text: str, language: str, start: Kept, **settings: Any) -> AsyncIterator[Server]:
    """Open one, with a handlers file loaded, if there is one; settings that begin with `scripting_` are those of event scripts."""
    mine = {setting.removeprefix("scripting_"): settings.pop(setting) for setting in list(settings) if setting.startswith("scripting_")}
    known: dict[str, Any] = {"plain_text_login": "always", "login_delay": "0 seconds", "max_invalid_logon_attempts": "1000", **settings}
    with sources():
        async with doorhouse(folder, **known) as doors:
            scripts = Scripts(lambda: doors.model.house, 1, start.launch)
            object.__setattr__(doors.model.house, "scripts", scripts)
            events = EventHouse(doors.model, scripts, folder)
            await events.set(**{"enabled": True, "language": language, "processes": 2, **mine})
            await scripts.open()
            Triggers(scripts, doors.town.directory.events).start()
            with log.watching(events.lines.append):
                try:
                    if text:
                        await events.load(text)
                        assert events.logged("script-unloadable") == [], events.lines
                    yield Server(doors, events, language)
                    await doors.quiet()
                finally:
                    doors.town.directory.events.subscribe(doors.handlers, ())
                    await doors.town.directory.events.settled()
                    if scripts._pool is not None:
                        scripts._pool.retire()


@dataclass
class Serve:
    """Opens servers with handlers of one language."""

    folder: Path
    language: str
    start: Kept

    @asynccontextmanager
    async def __call__(self, name: str, **settings: Any) -> AsyncIterator[Server]:
        """Open one with a handlers file of the tests."""
        async with served(self.folder, handlers(name, self.language), self.language, self.start, **settings) as server:
            yield server
