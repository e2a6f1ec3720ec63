"""The campaigns in small, for CI: a few kills, a few power cuts, every fault. `make crash` runs them whole."""

import sys
from pathlib import Path

import pytest

from . import fault, journal, kill, power, scripts

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc"),
]
recorded = pytest.mark.skipif(not journal.compiler(), reason="the recorder needs a C compiler")


async def test_five_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    report = await kill.run(tmp_path, 5)
    assert not report.defects
    assert report.figures["kills"] == 5
    assert report.figures["acknowledged requests"] > 20


async def test_twenty_kills_and_twenty_hangs_of_scripts_cost_their_own_events_only(tmp_path: Path) -> None:
    report = await scripts.run(tmp_path, 20)
    assert not report.defects
    figures = report.figures
    assert figures["kills"] + figures["kills of fork servers"] >= 20
    assert figures["hangs"] >= 20
    assert 20 < figures["events that were lost"] < figures["messages"] * 3
    assert figures["seen by all three handlers"] > 20


@recorded
async def test_twenty_power_cuts_lose_and_double_nothing(tmp_path: Path) -> None:
    report = await power.run(tmp_path, 20)
    assert not report.defects
    assert report.figures["cuts"] == 20
    assert report.figures["acknowledged requests recorded"] > 20


@recorded
async def test_a_failing_disk_is_survived(tmp_path: Path) -> None:
    report = await fault.run(tmp_path)
    assert not report.defects
    assert report.figures["faults"] == sum(map(len, fault.trials()))
    assert report.figures["acknowledged requests"] > 20
