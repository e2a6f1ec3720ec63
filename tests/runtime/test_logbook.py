"""Lines of several processes come into one order, and travel in messages that the lines between processes take."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

from postroom.model.loglines import LogLine
from postroom.runtime.line import LARGEST
from postroom.runtime.logbook import Logbook, heard, laid_out, telling

LINE = {"level": "error", "protocol": "supervisor", "event": "process-ended", "process": "writer 0"}


def test_lines_are_written_in_the_order_of_their_times_whoever_tells_them() -> None:
    written: list[LogLine] = []
    book = Logbook(written.extend, hold=0.01)
    now = time.time()
    lines = [LogLine(now + place / 1000, "SMTPD", str(place)) for place in range(6)]
    book.take(lines[1::2])
    book.take(lines[::2])
    book.close()
    assert written == lines


def test_a_file_that_can_not_be_written_costs_its_lines_only() -> None:
    written: list[LogLine] = []

    def write(lines: Sequence[LogLine]) -> None:
        if not written:
            written.append(lines[0])
            raise OSError
        written.extend(lines)

    book = Logbook(write, hold=0.0)
    book.take([LogLine(0, "SMTPD", "lost")])
    while not written:
        time.sleep(0.001)
    book.take([LogLine(0, "SMTPD", "kept")])
    book.close()
    assert [line.text for line in written] == ["lost", "kept"]


def test_what_a_process_tells_arrives_as_it_was_in_messages_of_bounded_size() -> None:
    said: list[dict[str, Any]] = []
    logged = [{**LINE, "time": float(number), "reason": "\N{SNOWMAN}" * 400} for number in range(100)]
    telling(said.append, laid_out, live=True)(logged)
    assert len(said) > 1
    assert max(len(json.dumps(message)) for message in said) < LARGEST // 4
    arrived = [line for message in said for line in heard(json.loads(json.dumps(message)))]
    assert arrived == laid_out(logged)
    assert {message["live"] for message in said} == {True}
    assert {line.kind for line in arrived} == {"ERROR"}
