"""Lines of the log are read back as they were written, in either form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.log import line_for_people, line_for_programs
from postroom.runtime.cli import loglines

if TYPE_CHECKING:
    from pathlib import Path

LINE: dict[str, Any] = {
    "time": 1795248180.5,
    "level": "warning",
    "protocol": "smtp",
    "session": "AB12",
    "event": "login-refused",
    "account": "alice@example.test",
    "reason": "no such  account=here",
    "count": 3,
}


@pytest.mark.parametrize("write", [line_for_people, line_for_programs])
def test_a_line_in_either_form_tells_session_severity_event_and_facts(write: Any) -> None:
    found = loglines.parse(write(LINE))
    assert found is not None
    assert (found.session, found.level, found.event) == ("AB12", "warning", "login-refused")
    assert found.facts["account"] == "alice@example.test"
    assert found.facts["reason"] == "no such  account=here"
    assert str(found.facts["count"]) == "3"
    assert found.place == ("smtp", "AB12")


def test_a_line_without_session_and_facts_is_read() -> None:
    found = loglines.parse(line_for_people({"time": 0.0, "level": "info", "protocol": "network", "event": "certificate-made"}))
    assert found is not None
    assert (found.session, found.level, found.event) == ("", "info", "certificate-made")


@given(st.text(max_size=60))
def test_no_fact_that_a_peer_chose_is_taken_for_another_line_or_fact(value: str) -> None:
    text = line_for_people(LINE | {"reason": value})
    found = loglines.parse(text)
    assert "\n" not in text
    assert found is not None
    assert set(found.facts) == {"protocol", "account", "reason", "count"}


@given(st.text(max_size=200))
def test_any_text_at_all_is_a_line_or_a_continuation(text: str) -> None:
    found = loglines.parse(text)
    assert found is None or found.text == text


def test_a_traceback_belongs_to_the_line_above_it(tmp_path: Path) -> None:
    file = tmp_path / "postroom.log"
    file.write_text(f"{line_for_people(LINE | {'exception': 'Traceback:' + chr(10) + '  boom'})}\n{line_for_people(LINE)}\n")
    first, second = loglines.read(file)
    assert first.text.endswith("boom")
    assert "boom" not in second.text


def test_the_files_of_past_days_come_before_todays(tmp_path: Path) -> None:
    for name in ("postroom.log", "postroom-2026-11-20.log", "postroom-2026-11-19.log", "other.log"):
        (tmp_path / name).touch()
    assert [file.name for file in loglines.files(tmp_path)] == ["postroom-2026-11-19.log", "postroom-2026-11-20.log", "postroom.log"]
