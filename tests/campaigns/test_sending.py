"""The sending campaign's judgement: what it must find, and what it must let pass. And the campaign in small, for CI."""

import sys
from pathlib import Path

import pytest

from . import sending
from .sending import Evidence, Submission, judge
from .sink import Taken

pytestmark = pytest.mark.campaign

DONE = Submission("t1", "a@x.test", ("b@y.test", "refused@y.test"), done=True)
UNANSWERED = Submission("t2", "a@x.test", ("b@y.test",))


def taken(*times: float, token: str = "t1") -> tuple[Taken, ...]:
    return tuple(Taken(token, "b@y.test", at, "r1") for at in times)


@pytest.mark.parametrize(
    ("evidence", "defects", "windows"),
    [
        (Evidence((DONE, UNANSWERED), taken(1.0), {}, ()), 0, []),
        (Evidence((DONE,), (), {}, ()), 1, []),
        (Evidence((DONE,), taken(1.0, token="t2"), {}, ()), 1, []),
        (Evidence((DONE,), taken(1.0, 5.0), {}, (1.5,)), 0, [0.5]),
        (Evidence((DONE,), taken(1.0, 5.0), {}, (0.5,)), 0, [-0.5]),
        (Evidence((DONE,), taken(1.0, 5.0), {}, (4.5,)), 1, [3.5]),
        (Evidence((DONE,), taken(1.0, 5.0), {}, ()), 1, [float("inf")]),
        (Evidence((DONE,), taken(1.0, 5.0), {("r1", "b@y.test"): 1}, (1.5,)), 0, [0.5]),
        (Evidence((DONE,), taken(1.0, 5.0), {("r1", "b@y.test"): 2}, (1.5,)), 1, [0.5]),
    ],
    ids=["once", "lost", "only another", "in the window", "behind the kill", "long before", "without a kill", "noted once", "noted twice"],
)
def test_what_came_twice_or_never_is_judged(evidence: Evidence, defects: int, windows: list[float]) -> None:
    found, measured = judge(evidence)
    assert (len(found), measured) == (defects, windows)


@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
async def test_five_kills_of_a_sending_server_lose_and_double_nothing(tmp_path: Path) -> None:
    report = await sending.run(tmp_path, 5)
    assert not report.defects
    assert report.figures["kills"] == 5
    assert report.figures["acknowledged submissions"] > 20
    assert report.figures["messages at the other server"] > 20
