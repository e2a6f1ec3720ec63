"""The IMAP benchmark's mailbox is the same everywhere, its answers are proven, its marks are judged."""

from pathlib import Path

import pytest
from benchmarks.imap.box import MIXED, READER, make_box
from benchmarks.imap.client import Answer, new_uid
from benchmarks.imap.contest import Figures, Results, Round, document, judge, tables
from benchmarks.imap.letters import RARE_PART, letter
from benchmarks.imap.rows import ROWS, _numbers, _same_ids
from benchmarks.loads.smtp_source import LoadFailed
from benchmarks.machine import Machine

from postroom.formats.mime import scan

ROW = {row.name: row for row in ROWS}


def test_a_letter_is_the_same_each_time_and_has_network_line_ends() -> None:
    for number in range(200):
        one = letter(number, 20_000)
        assert one == letter(number, 20_000)
        assert b"\n" not in one.data.replace(b"\r\n", b"")
        assert one.message_id in scan(one.data).envelope


def test_the_rare_letters_alone_have_what_is_searched_for() -> None:
    for number in (*range(120, 140), *range(520, 540)):
        one, made = letter(number, 20_000), scan(letter(number, 20_000).data)
        assert (RARE_PART.encode() in (made.text or one.data.lower())) == one.rare


def test_a_box_is_written_as_maildirs_with_both_sizes_in_the_names(tmp_path: Path) -> None:
    box = make_box(20, tmp_path)
    names = sorted(path.name for path in (tmp_path / READER / "cur").iterdir())
    assert [int(name.partition(",W=")[2].partition(":")[0]) for name in names] == box.sizes
    assert len(list((tmp_path / MIXED[0] / "cur").iterdir())) == 20


def test_an_answer_about_other_messages_is_no_figure(tmp_path: Path) -> None:
    box = make_box(3, tmp_path)
    with pytest.raises(LoadFailed):
        _same_ids(box, box.message_ids[:2], "ENVELOPE")
    with pytest.raises(LoadFailed):
        new_uid(Answer([b"q1 OK Done\r\n"]))
    assert new_uid(Answer([b"q1 OK [APPENDUID 1 2", b"7] Done\r\n"])) == b"27"
    assert _numbers(Answer([b"* SEARCH 7 3\r\nq1 OK Done\r\n"])) == [3, 7]


def test_times_are_the_median_of_pairs_of_the_same_turn() -> None:
    found = Figures([Round(100, 1.0, 0.5, 0.0), Round(100, 4.0, 0.5, 0.0)], [Round(100, 0.1, 0.1, 0.0), Round(100, 1.0, 0.1, 0.0)])
    assert round(found.times, 3) == 7
    assert round(found.less_cpu, 3) == 5


@pytest.mark.parametrize(("times", "judged"), [(14.0, "✓ aim"), (8.0, "✓ must"), (7.9, "✗")])
def test_a_row_is_judged_by_its_marks(times: float, judged: str) -> None:
    assert judge(ROW["ENVELOPE of all, first read"], times) == judged


def test_what_was_measured_stands_in_the_table_and_in_the_document() -> None:
    results = Results(Machine("A processor", 2, "6.1", "ext4", 0.0002))
    results.figures["SELECT"] = Figures([Round(20, 1.0, 0.1, 0.0)], [Round(20, 0.5, 0.1, 0.0)])
    results.figures["COPY"] = Figures()
    [table] = tables(results)
    assert [row[:4] for row in table.rows] == [("SELECT (times)", "20", "40", "2.0")]
    assert document(results)["rows"]["SELECT"]["times"] == 2
