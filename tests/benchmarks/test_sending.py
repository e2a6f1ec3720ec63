"""Mail going out: what the sinks count, and the tables that people read."""

from pathlib import Path

import pytest
from benchmarks.loads.sink import last_count
from benchmarks.loads.submission import Errand
from benchmarks.machine import Machine
from benchmarks.rounds import Figures, Round
from benchmarks.sending import LOADS, Results
from benchmarks.waiting import Start

from benchmarks import sending

MACHINE = Machine("A processor", 2, "6.1", "ext4", 0.0002)


def of_rate(rate: float, cpu: float) -> Figures:
    return Figures([Round(1000, 1.0, 1000 / rate, cpu, 0.0)])


@pytest.mark.parametrize(
    ("written", "count"),
    [
        (b"", 0),
        (b"sess=1 quit=0 mesg=0\r", 0),
        (b"sess=1 quit=0 mesg=9\rsess=1 quit=0 mesg=10\r", 10),
        (b"sess=1 quit=0 mesg=12\rsess=1 quit=0 mesg=1", 12),
    ],
    ids=["nothing yet", "a session", "two messages", "half a figure"],
)
def test_a_sink_has_as_many_messages_as_its_last_whole_figure_says(tmp_path: Path, written: bytes, count: int) -> None:
    counter = tmp_path / "0.counter"
    counter.write_bytes(written)
    assert last_count(counter) == count


def test_the_loads_are_those_of_the_issue() -> None:
    assert [errand.name for errand in LOADS] == ["4 KB to 1 destination", "4 KB to 10 destinations", "4 KB to 50 destinations"]
    assert Errand(1024, 3, destinations=2).name == "1 KB to 2 destinations"


def test_the_tables_hold_what_postroom_sends_against_bare_postfix() -> None:
    figures = {"Postfix": of_rate(400, 4.0), "Postfix+OpenDKIM": of_rate(200, 8.0), "Postroom": of_rate(600, 2.0)}
    results = Results(MACHINE, {LOADS[0].name: figures}, (Start(1.0, 200, 2.0), Start(2.5, 210, 2.2)))
    sent, marks, starts = sending.tables(results)
    assert ("Postroom", "600", "600 - 600", "1.5", "2.00", "2.0", "0%") in sent.rows
    assert [row[1:] for row in marks.rows] == [("1", "2", "1.5", "✓ must")]
    assert [row[2] for row in starts.rows] == ["✓ 2 s", "✗ 2 s"]


def test_without_a_peer_no_mark_is_judged() -> None:
    results = Results(MACHINE, {LOADS[0].name: {"Postroom": of_rate(600, 2.0)}})
    assert [table.title for table in sending.tables(results)] == ["Mail going out"]
