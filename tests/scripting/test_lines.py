"""Every numbered line of the reference of events (tests/reference/events-lines.txt) has a test with real handlers in three languages, or a reason.

A test names the lines that it proves: `test_events_3_9_...`. Those that take `serve` or `scripted` run in each language, through sessions and
deliveries; the others look at the same lines more closely, with handlers that are functions of the test.
"""

from __future__ import annotations

import re

from handlerhouse import COMMON, HANDLERS
from numbered import Test, lines, lines_of, proven

KIND = "events"
LINES = lines("events")

WITHOUT = {
    "1.13": "It says that hMailServer 6.0 has the same engine and the same file names, so there is nothing to tell apart.",
    "4.3": "It says that there are no other scripts: there are none here either.",
}
"""Lines without a test, and why."""

IN_PART = {
    "1.4": "By design a broken file changes nothing: the text of the last good load runs on too, not its list of triggers alone.",
    "1.8": "In Python the members of named objects are no global names: that is VBScript's and JScript's way.",
    "3.11": "Viruses are not looked for yet; double quotes of the two texts are kept, since they are passed as values (5.2).",
    "3.14": "The log tells errors in its own lines, with severity and code as facts of them, not in hMailServer's line.",
    "3.12": "Mail of other servers is not fetched yet: handlers are proven by `postroom script run-event`, as the command runs them.",
}
"""Lines whose tests prove what is built, and what is not or differs."""


def in_three_languages(test: Test) -> bool:
    return bool({"serve", "scripted"} & {argument.arg for argument in test.args.args})


def test_a_name_tells_its_lines() -> None:
    assert lines_of("test_events_3_9_and_3_10_mail_is_asked_about_once", KIND) == {"3.9", "3.10"}
    assert lines_of("test_events_1_10_an_error_of_a_script", KIND) == {"1.10"}
    assert lines_of("test_events_2_results", KIND) == set()


def test_every_line_has_its_test_in_three_languages_or_its_reason() -> None:
    assert LINES - proven(KIND, in_three_languages) == WITHOUT.keys()


def test_no_test_names_a_line_that_there_is_not() -> None:
    assert proven(KIND) - LINES == set()


def test_a_line_that_holds_in_part_has_a_test_of_that_part() -> None:
    assert IN_PART.keys() <= LINES & proven(KIND, in_three_languages)


def test_a_reason_is_a_sentence() -> None:
    assert [line for line, reason in [*WITHOUT.items(), *IN_PART.items()] if not re.fullmatch(r"[A-Z].{20,}\.", reason)] == []


def test_every_handlers_file_has_the_three_languages() -> None:
    texts = {path.name: re.findall(r"(?m)^=== (\w+)$", path.read_text(encoding="utf-8")) for path in HANDLERS.glob("*.txt")}
    assert {name: found for name, found in texts.items() if found != list(COMMON)} == {}
