"""Event scripts over a house of the object model: a handlers file, events that are fired, and what was logged.

async with eventhouse(tmp_path, "Sub OnHELO(oClient)\\n...") as house:
    assert (await house.fire("OnHELO")).value == 1
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from modelhouse import ModelHouse, modelhouse
from postroom import log
from postroom.events import Client as Peer
from postroom.model.caller import Context
from postroom.model.events import Client
from postroom.model.message import Message
from postroom.model.object import Object
from postroom.scripting.launch import Launch, launch
from postroom.scripting.pool import ScriptProcess
from postroom.scripting.scripts import Outcome, Scripts
from postroom.storage.database import CONTROL

SOURCES = str(Path(__file__).parents[1] / "src")
EXTENSIONS = {"VBScript": "vbs", "JScript": "js", "Python": "py"}


@dataclass
class Kept:
    """A way to script processes that many scripts use, one after another: the fork server stays."""

    launch: Launch

    def __getattr__(self, name: str) -> Any:
        return getattr(self.launch, name)

    async def close(self) -> None:
        """Keep it."""


@contextmanager
def sources() -> Iterator[None]:
    """Let programs that are started find the sources."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = SOURCES
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before


@dataclass
class EventHouse:
    """Scripts over a house."""

    below: ModelHouse
    scripts: Scripts
    folder: Path
    lines: list[dict[str, Any]] = field(default_factory=list)

    @property
    def file(self) -> Path:
        """The handlers file of the language that is set."""
        return self.folder / "Events" / f"EventHandlers.{EXTENSIONS.get(self.below.house.settings.scripting.language, '')}"

    async def load(self, text: str | bytes) -> None:
        """Write a handlers file and load it."""
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_bytes(text if isinstance(text, bytes) else text.encode())
        await self.scripts.reload()

    async def set(self, **values: object) -> None:
        """Change settings of scripting."""
        for name, value in values.items():
            await self.below.house.directory.table.set(f"scripting.{name}", value)

    def context(self) -> Context:
        """Make the context of an event."""
        return self.scripts.context()

    def client(self, context: Context, **facts: Any) -> Client:
        """Make a client."""
        return Client(context, Peer(**{"port": 25, "ip": "192.0.2.1", "helo": "mx.example.org", "session": 7, **facts}))

    def message(self, context: Context) -> Message:
        """Make a message as an event has it: not made alone, so that nobody has to log in."""
        made = Message.create(context)
        made.standalone = False
        return made

    async def fire(self, name: str, *more: Any, result: int | None = 0, with_message: bool = False, **facts: Any) -> Outcome:
        """Fire an event about a client, and a message if wanted."""
        context = self.context()
        named: dict[str, Object | None] = {"HMAILSERVER_CLIENT": self.client(context, **facts)}
        if with_message:
            named["HMAILSERVER_MESSAGE"] = self.message(context)
        outcome = await self.scripts.run(name, [*named.values(), *more], named, result=result, context=context)
        return outcome._replace(error="")  # tests of errors look at what was logged

    def processes(self) -> list[ScriptProcess]:
        """Give the script processes that wait for an event."""
        assert self.scripts._pool is not None
        return self.scripts._pool._idle

    def logged(self, event: str) -> list[dict[str, Any]]:
        """Give the lines of an event that were logged."""
        return [line for line in self.lines if line["event"] == event]

    def written(self) -> list[str]:
        """Give what was written to the event log."""
        path = self.folder / "logs" / "hmailserver_events.log"
        return [line.rsplit("\t", 1)[1].strip('"') for line in path.read_text().splitlines()] if path.exists() else []

    async def written_more(self, than: int) -> None:
        """Wait until a script has written to the event log."""
        while len(self.written()) <= than:  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.001)


@asynccontextmanager
async def eventhouse(
    folder: Path, text: str | bytes | None = None, language: str = "VBScript", start: Launch | None = None, **settings: object
) -> AsyncIterator[EventHouse]:
    """Open one with scripts that are on, and load a text; `settings` are those of scripting."""
    with sources():
        async with modelhouse(folder) as below:
            scripts = Scripts(lambda: below.house, 1, start or launch())
            object.__setattr__(below.house, "scripts", scripts)
            house = EventHouse(below, scripts, folder)
            await house.set(enabled=True, **{"language": language, "processes": 2, **settings})
            await scripts.open()
            with log.watching(house.lines.append):
                try:
                    if text is not None:
                        await house.load(text)
                    yield house
                finally:
                    await scripts.close()


async def loads(below: ModelHouse) -> int:
    """Count the rows of loaded scripts."""
    rows = await below.house.database.read(CONTROL, "SELECT count(*) FROM script")
    return int(rows[0][0])
