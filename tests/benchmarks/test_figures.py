"""From rounds to the figures, the marks and the tables that people read."""

from collections import Counter
from pathlib import Path

from benchmarks.loads.smtp_source import Mail
from benchmarks.loads.syncs import counted
from benchmarks.machine import Machine
from benchmarks.marks import Mark
from benchmarks.rounds import Figures, Round, amount
from benchmarks.smtp import Results
from benchmarks.table import Table

from benchmarks import smtp

MACHINE = Machine("A processor", 2, "6.1", "ext4", 0.0002)
LOAD = Mail(4096, 10)


def of_rate(rate: float, cpu: float = 1.0, others: float = 0.0) -> Round:
    return Round(1000, 1.0, 1000 / rate, cpu, others)


def test_figures_are_medians_over_the_rounds() -> None:
    figures = Figures([of_rate(100, 5), of_rate(400, 1), of_rate(200, 2)])
    assert (round(figures.rate), figures.cpu, [round(rate) for rate in figures.spread]) == (200, 2, [100, 400])


def test_a_round_that_others_disturbed_does_not_count_beside_a_calm_one() -> None:
    assert round(Figures([of_rate(100, others=0.6), of_rate(400, others=0.1)]).rate) == 400
    assert round(Figures([of_rate(100, others=0.6), of_rate(300, others=0.5)]).rate) == 200


def test_a_latency_is_the_time_within_which_that_share_was_accepted() -> None:
    figures = Figures(latencies=[number / 1000 for number in range(100, 0, -1)])
    assert (figures.latency(0.5), figures.latency(0.99)) == (0.051, 0.1)
    assert Figures().latency(0.5) is None


def test_a_round_is_as_long_as_asked_but_not_larger_than_the_disk_likes() -> None:
    assert amount(LOAD, rate=1000, seconds=2) == 2000
    assert amount(LOAD, rate=1, seconds=2) == 20
    assert amount(Mail(102400, 10), rate=1e9, seconds=2) * 102400 <= 600 * 1024 * 1024


def test_a_mark_is_met_from_its_number_on() -> None:
    mark = Mark("load", "peer", 5, 8)
    assert [mark.judge(times) for times in (4.99, 5, 7.9, 8)] == ["✗", "✓ must", "✓ must", "✓ aim"]
    assert Mark("load", "peer", 6, None).judge(100) == "✓ must"


def test_the_marks_are_those_of_the_issue() -> None:
    of_load = {(mark.peer, mark.cpu): (mark.must, mark.aim) for mark in smtp.MARKS if mark.load == LOAD.name}
    assert of_load == {("Postfix+Dovecot", False): (5, 8), ("Postfix+Dovecot", True): (8, 12), ("Postfix to maildir", False): (2, 3)}


def test_the_tables_hold_postroom_against_the_others() -> None:
    figures = {"Postfix+Dovecot": Figures([of_rate(300, 4.8)]), "Postroom": Figures([of_rate(1800, 0.5)], [0.001])}
    results = Results(MACHINE, {LOAD.name: figures}, {"Postroom": Counter(fdatasync=120)})
    mail, syncs, marks = smtp.tables(results)
    assert ("Postroom", "1,800", "1,800 - 1,800", "6.0", "0.50", "9.6", "1.0", "1.0", "0%") in mail.rows
    assert ("Postroom", "120", "fdatasync 120") in syncs.rows
    assert [row[3:] for row in marks.rows] == [("6.0", "✓ must"), ("9.6", "✓ must")]


def test_a_busy_machine_is_told_below_the_tables() -> None:
    figures = {"Postroom": Figures([of_rate(300, others=0.7)])}
    assert any(LOAD.name in note and "not fit to compare" in note for note in smtp.notes(Results(MACHINE, {LOAD.name: figures})))
    assert len(smtp.notes(Results(MACHINE, {LOAD.name: {"Postroom": Figures([of_rate(300)])}}))) == 1


def test_without_postroom_no_mark_is_judged() -> None:
    results = Results(MACHINE, {LOAD.name: {"Postfix+Dovecot": Figures([of_rate(300)])}})
    assert [table.title for table in smtp.tables(results)] == ["Mail coming in"]


def test_markdown_has_a_line_a_row_and_bold_headings() -> None:
    table = Table("Mail", ("", "a|b"), [("4 KB",), ("Postroom", "1")])
    assert table.markdown().splitlines()[2:] == ["|  | a\\|b |", "| :-- | --: |", "| **4 KB** |  |", "| Postroom | 1 |"]


def test_syncs_are_counted_between_two_moments_over_all_processes(tmp_path: Path) -> None:
    (tmp_path / "syncs.11").write_text("99.5 fsync(5) = 0\n100.5 fsync(5) = 0\n101.0 +++ exited with 0 +++\n")
    (tmp_path / "syncs.12").write_text("101.5 fdatasync(7) = 0\n103.0 fsync(7) = 0\n")
    assert counted(tmp_path / "syncs", 100, 102) == Counter(fsync=1, fdatasync=1)
