"""The event scripts of one process, loaded when they are first needed: a server without scripts pays nothing for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from postroom.directory.scripts import forget_script
from postroom.directory.settings import SettingChanged
from postroom.runtime.model import alone
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.events import Events
    from postroom.model.house import House as ModelHouse
    from postroom.runtime.house import House
    from postroom.scripting.scripts import Scripts
    from postroom.scripting.triggers import Triggers

ENABLED = "scripting.enabled"


class EventScripts:
    """The way to a worker's `Scripts`; as the object model has it too."""

    def __init__(self, house: Callable[[], ModelHouse], workers: int = 1, events: Events | None = None) -> None:
        """`house` is what the object model works on; all `workers` share the script processes that the settings allow.

        The handlers subscribe to `events`, if any.
        """
        self._house = house
        self._workers = workers
        self._events = events
        self._opening: asyncio.Task[Scripts] | None = None

    async def open(self) -> None:
        """Open them if they are on, else as soon as they are."""
        house = self._house()
        house.database.listen(self._hear)
        if house.settings.scripting.enabled:
            await self.scripts()

    async def close(self) -> None:
        """End all script processes."""
        self._house().database.unlisten(self._hear)
        if self._opening is not None:
            await (await self._opening).close()

    async def scripts(self) -> Scripts:
        """Give them, loaded now if nobody needed them before."""
        if self._opening is None or (self._opening.done() and self._opening.exception() is not None):
            self._opening = asyncio.create_task(self._open())
        return await asyncio.shield(self._opening)

    async def reload(self) -> None:
        """Read the handlers file; see `Scripts.reload`."""
        await (await self.scripts()).reload()

    async def check(self) -> str:
        """Check the handlers file; see `Scripts.check`."""
        return await (await self.scripts()).check()

    async def _open(self) -> Scripts:
        def load() -> tuple[type[Scripts], type[Triggers]]:
            from postroom.scripting.scripts import Scripts  # noqa: PLC0415 - with the model: a fifth of a second that start-up should not pay
            from postroom.scripting.triggers import Triggers  # noqa: PLC0415 - likewise

            return Scripts, Triggers

        scripts, triggers = await asyncio.to_thread(load)
        made = scripts(self._house, self._workers)
        await made.open()
        if self._events is not None:
            triggers(made, self._events).start()
        return made

    def _hear(self, news: object) -> None:
        if self._opening is None and isinstance(news, SettingChanged) and news.name == ENABLED and self._house().settings.scripting.enabled:
            self._opening = asyncio.create_task(self._open())


async def load_at_start(house: House) -> None:
    """Read the handlers file when the server starts, before any worker needs it; while event scripts are off, forget the last (events.md 1.3)."""
    if not house.directory.settings.scripting.enabled:
        await house.database.transact(CONTROL, forget_script)
        return
    model = alone(house)
    scripts = EventScripts(lambda: model)
    try:
        await scripts.reload()
    finally:
        await scripts.close()
