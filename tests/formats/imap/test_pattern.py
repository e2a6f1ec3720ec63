"""LIST's patterns, held against a plain recursive reading of the RFC."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.imap.pattern import matcher


def model(pattern: str, name: str) -> bool:
    if not pattern:
        return not name
    head, rest = pattern[0], pattern[1:]
    if head in "*%":
        return model(rest, name) or bool(name and (head == "*" or name[0] != "/") and model(pattern, name[1:]))
    return name[:1] == head and model(rest, name[1:])


@given(st.text("ab/*%", max_size=7), st.text("ab/", max_size=8))
def test_a_pattern_matches_what_the_rfc_says(pattern: str, name: str) -> None:
    assert matcher(pattern, "/")(name) == model(pattern, name)


@pytest.mark.parametrize(
    ("pattern", "name", "matches"),
    [
        ("*", "a/b", True),
        ("%", "a/b", False),
        ("%", "INBOX", True),
        ("inbox", "INBOX", True),
        ("InB%", "INBOX", True),
        ("inbox/*", "INBOX/x", False),
        ("sent", "Sent", False),
        ("a/%/c", "a/b/c", True),
        ("a/%/c", "a/b/b/c", False),
        ("%%%", "a/b", False),
        ("*%*", "a/b", True),
        ("a.*", "aXb", False),
        ("", "", True),
        ("", "a", False),
    ],
)
def test_patterns_match(pattern: str, name: str, *, matches: bool) -> None:
    assert matcher(pattern, "/")(name) is matches


def test_a_pattern_of_many_stars_costs_no_more_than_its_length() -> None:
    assert not matcher("*a" * 500 + "b", "/")("a" * 2000)
    assert matcher("*%" * 5000, "/")("a" * 2000)
