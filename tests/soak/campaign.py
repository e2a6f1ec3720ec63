"""The soak: round after round over one server of several processes, each round an account, some sessions, some steps, and often a SIGKILL.

A round is named by its seed: `python -m soak --seed S` does the same again. What a round found ends it; the next begins with another account.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from campaigns.server import PASSWORD, Postroom, ServerError
from soak.mail import Account, Wrong
from soak.wire import Lost
from soak.world import Client, Place, World

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from soak.asks import Ask

STEPS: Final = 400
SESSIONS: Final = (2, 2, 3, 10)
TRIES: Final = 40
VICTIMS: Final = ("everything", "everything", "everything", "a worker", "a writer")
PINS: Final = 'password_memory = "8 KB"\npassword_passes = 1\nmax_number_of_invalid_commands = 0\n'


class Campaign:
    """Rounds over one server; `defects` are what was found."""

    def __init__(self, folder: Path, seed: int, kills: int, tell: Callable[[str], None]) -> None:
        """`kills`: about how many steps lie between two kills, 0 for none; `tell` hears of progress."""
        self.folder = folder
        self.seed = seed
        self.kills = kills
        self.tell = tell
        self.defects: list[str] = []
        self.counts: Counter[str] = Counter()
        self._server: Postroom | None = None

    @property
    def summary(self) -> str:
        """What was done and found."""
        done = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        return f"soak: {done}; {len(self.defects)} defects"

    @property
    def server(self) -> Postroom:
        assert self._server is not None
        return self._server

    async def run(self, steps: int, seconds: float) -> None:
        """Go on until there were so many steps, or the time is over; directories are left when their accounts are used up."""
        end = time.monotonic() + seconds
        number = 0
        while self.counts["steps"] < steps and time.monotonic() < end:
            await self._open(self.folder / f"from-{number}")
            try:
                for account in self.server.target.accounts:
                    await self._round(number, account, min(STEPS, steps - self.counts["steps"]))
                    number += 1
                    if self.counts["steps"] >= steps or time.monotonic() >= end:
                        break
            except ServerError as error:
                self._found(number, error, [])
            finally:
                await self._close(number)

    async def _open(self, home: Path) -> None:
        template = Postroom(self.folder / "template", pins=PINS)
        if not template.data.exists():
            template.make_accounts()
        self._server = template.copy_to(home, pins=PINS)
        await self._server.start()

    async def _close(self, number: int) -> None:
        await self.server.kill()
        for fault in self.server.check():
            self._found(number, AssertionError(fault), [])
        if "unhandled-exception" in self.server.log_text():
            self._found(number, AssertionError("the server's log has an unhandled exception"), [])

    def _found(self, number: int, error: BaseException, transcript: list[str]) -> None:
        self.defects.append(f"round {number}: {error!r}")
        self.tell("\n".join([*transcript, f"DEFECT in round {number} of seed {self.seed}: {error!r}"]))

    async def _round(self, number: int, address: str, steps: int) -> None:
        chance = random.Random(f"{self.seed} {number}")
        target = self.server.target
        place = Place(target.imap, target.smtp, target.pop3, b"EHLO", address, PASSWORD, alone=False)
        world = World(place, chance, Account(address))
        try:
            await world.open(chance.choice(SESSIONS))
            for _ in range(steps):
                await world.step()
                if self.kills and chance.random() < 1 / self.kills:
                    await self._kill(world, chance)
            await world.audit()
        except (AssertionError, Lost, OSError, TimeoutError) as error:
            self._found(number, error, world.transcript)
            if self.server.process is None:
                await self.server.start()
        finally:
            self.counts["steps"] += world.steps
            self.counts["rounds"] += 1
            await world.close()
        self.tell(f"round {number}: {self.summary}")

    # Kills

    async def _kill(self, world: World, chance: random.Random) -> None:
        """Kill something, perhaps while a command is in hand; what was acknowledged must be there, and what was in hand wholly or not at all."""
        victim = chance.choice(VICTIMS)
        self.counts["kills"] += 1
        world.transcript.append(f"SIGKILL of {victim}")
        busy = [client for client in world.clients if not client.idle and client.told.folder is not None and client.told.folder.alive]
        client = chance.choice(busy) if busy else None
        ask = next((ask for _ in range(TRIES) if (ask := world.some_ask(client.told)).effect is not None), None) if client else None
        possible = [world.account]
        if client is not None and ask is not None:
            possible.append(self._begin(world, client, ask))
            await asyncio.sleep(chance.random() * 0.01)
        count = len(world.clients)
        if victim == "everything":
            await self.server.kill()
            await world.close()
            await self.server.start()
        else:
            os.kill(chance.choice(self.server.processes(victim.removeprefix("a "))), signal.SIGKILL)
            await world.close()
            await self._settled(world)
        world.account = await self._which(world, possible)
        await world.open(count)

    @staticmethod
    def _begin(world: World, client: Client, ask: Ask) -> Account:
        client.imap.send(b"%b %b\r\n" % (client.imap.tag(), ask.text))
        return world.imagined(client, ask)

    @staticmethod
    async def _settled(world: World) -> None:
        """Wait until the server takes logins and changes again, after one of its processes was killed."""
        for _ in range(TRIES * 10):
            with suppress(AssertionError, OSError, Lost):
                client = await world.connect(98)
                try:
                    tag = client.imap.tag()
                    client.imap.send(tag + b" UNSUBSCRIBE Nowhere\r\n")
                    if (await client.imap.answer(tag)).condition == "OK":
                        return
                finally:
                    await client.imap.close()
            await asyncio.sleep(0.1)
        raise ServerError("it does not take changes any more")

    @staticmethod
    async def _which(world: World, possible: list[Account]) -> Account:
        """Find the account that is as the server has it; raises Wrong when none is."""
        faults: list[str] = []
        for account in possible:
            held = deepcopy(account)
            try:
                await world.audit(held)
            except Wrong as wrong:
                faults.append(str(wrong))
            else:
                return held
        raise Wrong(f"after the kill: {' / '.join(faults)}")
