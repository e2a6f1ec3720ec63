"""One worker's /metrics has the numbers of all processes that answer in time."""

import asyncio
from typing import Any

import pytest

from postroom.runtime import gathering
from postroom.runtime.gathering import Gathering, hand_back, pass_on, report


class Process:
    """A child as the supervisor sees it; with `answers` it reports at once."""

    def __init__(self, name: str, supervisor: "Supervisor", *, answers: bool = True, runs: bool = True) -> None:
        self.name, self.supervisor, self.answers = name, supervisor, answers
        self.pid = 1 if runs else None
        self.gathering = Gathering(lambda message: supervisor.hear(self, message))

    def say(self, message: dict[str, Any], _descriptors: list[int] | None = None) -> None:
        if message["do"] != "report":
            self.gathering.hear(message)
        elif self.answers:
            self.supervisor.hear(self, report(message))


class Supervisor:
    def __init__(self) -> None:
        self.children: list[Any] = []

    def hear(self, child: Any, message: dict[str, Any]) -> None:
        if message["is"] == "gathering":
            pass_on(message, child, self.children)
        else:
            hand_back(message, self.children)


async def test_every_other_process_that_runs_answers() -> None:
    supervisor = Supervisor()
    asker = Process("worker 0", supervisor)
    supervisor.children = [asker, Process("worker 1", supervisor), Process("writer 0", supervisor), Process("worker 2", supervisor, runs=False)]
    first, second = await asyncio.gather(asker.gathering.gather(), supervisor.children[1].gathering.gather())
    assert len(first) == len(second) == 2
    assert "postroom_deliveries" in first[0]


async def test_alone_nobody_is_waited_for() -> None:
    supervisor = Supervisor()
    supervisor.children = [Process("worker 0", supervisor)]
    assert await supervisor.children[0].gathering.gather() == []


async def test_a_process_that_hangs_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "PATIENCE", 0.0)
    supervisor = Supervisor()
    asker = Process("worker 0", supervisor)
    supervisor.children = [asker, Process("worker 1", supervisor), Process("writer 0", supervisor, answers=False)]
    assert len(await asker.gathering.gather()) == 1
    gathering_late = {"do": "take", "ticket": 1, "snapshot": {}}
    asker.gathering.hear(gathering_late)  # comes too late and is let go
