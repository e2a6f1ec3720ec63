"""Sessions of one account do what chance has them do, over real sockets: each is told what it must be told, nothing else, and only what is true."""

from __future__ import annotations

import asyncio
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soak.here import here
from soak.mail import Account
from soak.world import World


async def run(chance: random.Random, sessions: int, steps: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        async with here(Path(directory)) as place:
            world = World(place, chance, Account(place.address))
            try:
                await world.open(sessions)
                for _ in range(steps):
                    await world.step()
                await world.audit()
            except BaseException as error:
                error.add_note("\n".join(world.transcript))
                raise
            finally:
                await world.close()


@pytest.mark.parametrize("sessions", [2, 10])
async def test_ten(sessions) -> None:
    for seed in range(10):
        await run(random.Random(seed), sessions, 100)
