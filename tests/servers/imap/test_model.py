"""Sessions of one account do what chance has them do, over real sockets: each is told what it must be told, nothing else, and only what is true."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from soak.here import here
from soak.mail import Account
from soak.world import World

pytestmark = pytest.mark.long


async def run(chance: random.Random, sessions: int, steps: int) -> None:
    """Let so many things happen between so many sessions, then read everything."""
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


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sessions", [2, 10])
async def test_each_session_is_told_what_happens_and_nothing_else(sessions: int, seed: int) -> None:
    await run(random.Random(f"{sessions} {seed}"), sessions, 200)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(chance=st.randoms(use_true_random=False), sessions=st.integers(2, 4), steps=st.integers(5, 40))
async def test_what_hypothesis_thinks_up_is_told_rightly_too(chance: random.Random, sessions: int, steps: int) -> None:
    """The same, where a failure is shrunk to the shortest run that shows it."""
    await run(chance, sessions, steps)
