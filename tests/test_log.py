import io
import json
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

import pytest

from postroom import log as journal
from postroom.log import DailyFile, Journal, get_logger, line_for_people, line_for_programs, remove_old, set_level, watching

Lines = list[dict[str, Any]]

LINE = {"time": 1_795_000_000.512, "level": "info", "protocol": "smtp", "session": "AB12", "event": "message-accepted"}


@pytest.fixture
def lines() -> Iterator[Lines]:
    seen: Lines = []
    with watching(seen.append):
        set_level("debug")
        yield seen
    set_level("off")


def test_a_line_names_time_protocol_session_event_and_facts() -> None:
    assert line_for_people({**LINE, "size": 4096}) == "11:06:40.512 smtp   AB12  message-accepted  size=4096"


def test_a_warning_says_so_and_a_session_may_be_missing() -> None:
    line = {**LINE, "level": "warning"}
    del line["session"]
    assert line_for_people(line) == "11:06:40.512 smtp   -     WARNING  message-accepted"


@pytest.mark.parametrize(
    "value", ["a\r\n11:06:41.000 smtp   AB13  message-accepted", "a b", "x=1", "'", "\x1b[2J", "\x9b2J", "\u202egnp", "", b"\xff\n"]
)
def test_a_peer_can_forge_no_line_no_fact_and_no_terminal_command(value: object) -> None:
    text = line_for_people({**LINE, "helo": value})
    shown = text.partition("helo=")[2]
    assert shown.isprintable()
    assert shown[0] in "'\""


def test_a_long_value_is_cut() -> None:
    assert len(line_for_people({**LINE, "helo": "x" * 100_000})) < 600


def test_a_traceback_stands_indented_below_its_line() -> None:
    text = line_for_people({**LINE, "exception": "ValueError: first\n11:06:41.000 smtp   AB13  message-accepted\x1b"})
    assert all(line.startswith("    ") and line.isprintable() for line in text.splitlines()[1:])


def test_a_program_reads_the_same_facts_as_json() -> None:
    assert json.loads(line_for_programs({**LINE, "raw": b"\xff", "size": 3})) == {
        "time": "2026-11-18T11:06:40.512000+00:00",
        "level": "info",
        "protocol": "smtp",
        "session": "AB12",
        "event": "message-accepted",
        "raw": "\\xff",
        "size": 3,
    }


def test_secrets_are_masked_before_anybody_sees_them(lines: Lines) -> None:
    get_logger("smtp").info("library-message", password="secret-1", content=b"Dear Bob", user="alice")
    (line,) = lines
    assert (line["password"], line["content"], line["user"]) == ("***", "***", "alice")


def test_lines_below_the_level_are_not_even_built(lines: Lines) -> None:
    log = get_logger("smtp")
    set_level("warning")
    log.info("library-message")
    log.debug("library-message")
    log.warning("library-message")
    assert [line["level"] for line in lines] == ["warning"]


def test_a_bound_logger_adds_its_facts_to_each_line(lines: Lines) -> None:
    get_logger("imap").bind(session="AB12").debug("library-message")
    assert (lines[0]["protocol"], lines[0]["session"]) == ("imap", "AB12")


def test_an_exception_brings_its_traceback(lines: Lines, unhandled: list[str]) -> None:
    try:
        [].pop()
    except IndexError:
        get_logger("smtp").exception("library-message")
    assert lines[0]["exception"].endswith("IndexError: pop from empty list")
    assert len(unhandled) == 1
    unhandled.clear()


def test_what_libraries_log_arrives_here_and_their_exceptions_are_unhandled_ones(lines: Lines, unhandled: list[str]) -> None:
    stream = io.StringIO()
    journal.start(stream=stream)
    logging.getLogger("asyncio").warning("slow %s", "callback")
    logging.getLogger("asyncio").error("lost", exc_info=ValueError("task"))
    journal.stop()
    assert [(line["level"], line["event"], line["library"]) for line in lines] == [
        ("warning", "library-message", "asyncio"),
        ("error", "unhandled-exception", "asyncio"),
    ]
    assert "ValueError: task" in stream.getvalue()
    assert len(unhandled) == 1
    unhandled.clear()


def test_lines_go_to_the_stream_and_to_the_file(tmp_path: Path) -> None:
    stream = io.StringIO()
    journal.start(stream=stream, directory=tmp_path / "logs")
    get_logger("smtp").info("library-message", number=1)
    journal.stop()
    assert "library-message  number=1\n" in stream.getvalue()
    assert (tmp_path / "logs" / "postroom.log").read_text() == stream.getvalue()


def test_nothing_is_written_after_stop() -> None:
    stream = io.StringIO()
    journal.start(stream=stream)
    journal.stop()
    get_logger("smtp").warning("library-message")
    assert stream.getvalue() == ""


class Stuck(io.StringIO):
    """A terminal that takes nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.taking, self.go = threading.Event(), threading.Event()

    def write(self, text: str) -> int:
        self.taking.set()
        self.go.wait(10)
        return super().write(text)


def test_a_stuck_output_costs_lines_that_are_counted_but_never_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "MOST_WAITING", 3)
    stuck, ours = Stuck(), Journal()
    ours.start(line_for_people, [stuck])
    ours.write(dict(LINE))
    assert stuck.taking.wait(10)
    for _ in range(5):
        ours.write(dict(LINE))
    stuck.go.set()
    ours.stop()
    assert ours.dropped == 2
    assert stuck.getvalue().count("message-accepted") == 4
    assert "WARNING  log-lines-dropped  count=2" in stuck.getvalue()


class Full(io.StringIO):
    """A disk that is full until told otherwise."""

    full = True

    def write(self, text: str) -> int:
        if self.full:
            raise OSError(28, "No space left on device")
        return super().write(text)


def test_a_full_disk_costs_lines_that_are_counted_and_writing_recovers() -> None:
    disk, ours = Full(), Journal()
    ours.start(line_for_people, [disk])
    ours.write(dict(LINE))
    ours.stop()
    assert ours.dropped == 1
    disk.full = False
    ours.start(line_for_people, [disk])
    ours.write(dict(LINE))
    ours.stop()
    assert "message-accepted" in disk.getvalue()
    assert "log-lines-dropped  count=1" in disk.getvalue()


def test_with_the_terminal_gone_the_file_still_gets_the_lines(tmp_path: Path) -> None:
    stream = io.StringIO()
    stream.close()
    journal.start(stream=stream, directory=tmp_path)
    get_logger("smtp").info("library-message")
    journal.stop()
    assert "library-message" in (tmp_path / "postroom.log").read_text()


def test_a_directory_that_comes_back_is_written_again(tmp_path: Path) -> None:
    paper = DailyFile(tmp_path / "logs")
    (tmp_path / "logs").rename(tmp_path / "gone")
    with pytest.raises(FileNotFoundError):
        paper.write("one\n")
    (tmp_path / "gone").rename(tmp_path / "logs")
    paper.write("two\n")
    paper.close()
    assert (tmp_path / "logs" / "postroom.log").read_text() == "two\n"


def next_day(monkeypatch: pytest.MonkeyPatch) -> None:
    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp((datetime.now(tz) + timedelta(days=1)).timestamp(), tz)

    monkeypatch.setattr(journal, "datetime", Tomorrow)


def test_a_new_day_begins_a_new_file_whoever_of_several_processes_writes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today = datetime.now(UTC).date()
    ours, theirs = DailyFile(tmp_path), DailyFile(tmp_path)
    ours.write("one\n")
    theirs.write("two\n")
    next_day(monkeypatch)
    ours.write("three\n")
    theirs.write("four\n")
    assert (tmp_path / f"postroom-{today}.log").read_text() == "one\ntwo\n"
    assert (tmp_path / "postroom.log").read_text() == "three\nfour\n"
    ours.close()
    theirs.close()


def test_a_file_put_away_by_a_person_is_made_anew(tmp_path: Path) -> None:
    paper = DailyFile(tmp_path)
    paper.write("one\n")
    (tmp_path / "postroom.log").rename(tmp_path / "kept")
    paper.write("two\n")
    paper.close()
    assert (tmp_path / "kept").read_text() == "one\n"
    assert (tmp_path / "postroom.log").read_text() == "two\n"


def test_files_of_days_long_past_are_removed_and_others_stay(tmp_path: Path) -> None:
    for name in ("postroom.log", "postroom-2026-10-01.log", "postroom-2026-11-20.log", "postroom-notes.log"):
        (tmp_path / name).touch()
    today = datetime(2026, 11, 21, tzinfo=UTC).date()
    assert remove_old(tmp_path, 0, today) == []
    assert [path.name for path in remove_old(tmp_path, 30, today)] == ["postroom-2026-10-01.log"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["postroom-2026-11-20.log", "postroom-notes.log", "postroom.log"]
