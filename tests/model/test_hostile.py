"""Hostile callers of the object model: nothing that they call, and with what, does harm or ends in anything but a COM error."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile import assault, unharmed
from modelhouse import modelhouse
from postroom.model.description import CLASSES

pytestmark = pytest.mark.long

CALLS = 10_000
"""`make fuzz` makes more."""


async def test_random_calls_end_in_values_and_com_errors_and_leave_the_server_as_it_was(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        wrong, called = await assault(house, CALLS, seed=1)
        assert wrong == []
        assert len(called) > 0.8 * sum(len(ours.members) for ours in CLASSES.values())
        await unharmed(house)
