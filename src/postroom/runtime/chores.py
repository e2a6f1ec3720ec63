"""Chores: what one process of the server does now and then: sweep contents, tidy their bodies, index text, apply handovers that wait."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from postroom.delivery import outbound
from postroom.directory import claims
from postroom.errors import Unavailable
from postroom.log import get_logger, remove_old
from postroom.mailboxes.bodies import Bodies
from postroom.mailboxes.contents import sweep_contents
from postroom.mailboxes.index import forget_gone, index_new
from postroom.model import files
from postroom.model.house import Places
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from postroom.runtime.house import House
    from postroom.storage.blobs import Tidied

log = get_logger("chores")

SWEEP_SECONDS: Final = 30.0
HANDOVER_SECONDS: Final = 5.0
INDEX_SECONDS: Final = 10.0
TIDY_SECONDS: Final = 1800.0
FORGET_SECONDS: Final = 3600.0
EXPIRE_SECONDS: Final = 60.0
KEPT: Final = 24 * 3600 * 1_000_000
"""Microseconds for which it is remembered that a handover was applied."""

PATIENCE: Final = 10_000_000
"""Microseconds after which a handover that still stands is taken to have failed, and is applied again."""

RUN: Final = 200


class Chores:
    """Runs each chore at its interval until stopped; a chore that fails is logged and tried again at its next time."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin."""
        for chore, seconds in self._intervals():
            self._tasks.append(asyncio.create_task(self._repeat(chore, seconds)))

    def _intervals(self) -> tuple[tuple[Callable[[], Awaitable[object]], float], ...]:
        return (
            (self.sweep, SWEEP_SECONDS),
            (self.hand_over, HANDOVER_SECONDS),
            (self.index, INDEX_SECONDS),
            (self.tidy, TIDY_SECONDS),
            (self.forget, FORGET_SECONDS),
            (self.clear_log, FORGET_SECONDS),
            (self.forget_requests, FORGET_SECONDS),
            (self.clear_files, FORGET_SECONDS),
            (self.expire_ranges, EXPIRE_SECONDS),
        )

    async def stop(self) -> None:
        """End; a transaction in hand is finished by its writer."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def _repeat(self, chore: Callable[[], Awaitable[object]], seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await chore()
            except Unavailable as error:
                log.warning("chore-failed", chore=chore.__name__, reason=str(error))
            except Exception:
                log.exception("unhandled-exception", chore=chore.__name__)

    async def sweep(self) -> int:
        """Delete contents that nobody referred to at the last sweep, and their bodies; returns how many."""
        database, swept = self._house.database, 0
        for shard in range(database.shards):
            count = RUN
            while count == RUN:
                count, keys = await database.transact(shard, sweep_contents, RUN, self._house.mailboxes.now())
                await self._house.blobs.free(keys)
                swept += count
        return swept

    async def hand_over(self) -> int:
        """Apply handovers that should be done by now; returns how many."""
        return await self._house.delivery.recover(self._house.mailboxes.now() - PATIENCE)

    async def forget(self) -> None:
        """Forget which handovers were applied more than a day ago."""
        await self._house.delivery.forget(self._house.mailboxes.now() - KEPT)

    async def forget_requests(self) -> None:
        """Forget outbound records after their time, and idempotent requests after theirs."""
        database, now = self._house.database, self._house.mailboxes.now()
        before = now - self._house.directory.settings.api_records_kept * 1_000_000
        for shard in range(database.shards):
            while await database.transact(shard, outbound.forget, before, RUN) == RUN:
                pass
        while await database.transact(CONTROL, claims.forget, now, RUN) == RUN:
            pass

    async def index(self) -> int:
        """Index the text of messages that came to searched folders, forget that of those that are gone; returns how many came."""
        if not self._house.directory.settings.message_indexing.enabled:
            return 0
        mailboxes, indexed = self._house.mailboxes, 0
        for shard in range(self._house.database.shards):
            indexed += await _gently(lambda shard=shard: index_new(mailboxes, shard))  # type: ignore[misc]  # mypy can't infer a lambda with defaults
            await _gently(lambda shard=shard: forget_gone(mailboxes, shard))  # type: ignore[misc]  # likewise
        return indexed

    async def clear_log(self) -> list[Path]:
        """Remove the log's files of days long past; returns them."""
        try:
            return await asyncio.to_thread(remove_old, self._house.config.logs, self._house.directory.settings.log_days)
        except OSError as error:
            log.warning("chore-failed", chore="clear_log", reason=str(error))
            return []

    async def clear_files(self) -> int:
        """Remove the files with messages that were made for programs more than a day ago; returns how many."""
        config = self._house.config
        return await asyncio.to_thread(files.clear, Places(config.data, home=config.hmailserver_home).messages)

    async def expire_ranges(self) -> int:
        """Remove IP ranges whose time has come; returns how many."""
        return await self._house.directory.ranges.expire()

    async def tidy(self) -> Tidied:
        """Give the disk back what bodies that are gone still take."""
        tidied = await self._house.blobs.tidy(Bodies(self._house.database))
        if tidied.freed:
            log.info("space-freed", bytes=tidied.freed)
        return tidied


async def _gently(run: Callable[[], Awaitable[int]]) -> int:
    """Repeat runs until one does nothing, and rest as long as each took: what waits for nobody leaves the machine to the mail half of the time."""
    loop = asyncio.get_running_loop()
    whole = 0
    while True:
        began = loop.time()
        count = await run()
        if not count:
            return whole
        whole += count
        await asyncio.sleep(loop.time() - began)
