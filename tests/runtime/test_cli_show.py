"""Sizes, times and foreign text in words."""

from __future__ import annotations

import pytest

from postroom.runtime.cli import show
from postroom.runtime.cli.frame import printable

NOW = 1_000_000.0


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1536, "1.5 KB"), (50 << 20, "50.0 MB"), (200 << 30, "200 GB"), (3 << 50, "3072 TB")],
)
def test_a_size_is_told_in_the_unit_that_fits(number: int, words: str) -> None:
    assert show.octets(number) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "now"), (1, "in 1 second"), (90, "in 1 minute"), (7200, "in 2 hours"), (-86400 * 3, "3 days ago"), (-59, "59 seconds ago")],
)
def test_a_time_is_told_by_how_far_it_lies_away(seconds: int, words: str) -> None:
    assert show.until(int((NOW + seconds) * 1e6), NOW) == words


def test_what_a_terminal_would_obey_is_shown_but_not_sent() -> None:
    assert printable("a\x1b]0;owned\x07\u202eb") == "a\\x1b]0;owned\\x07\\x202eb"
    assert printable("Ježek 🦔") == "Ježek 🦔"
