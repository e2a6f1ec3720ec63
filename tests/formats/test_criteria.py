"""Criteria of rules: table by match type, and expressions that must not hang."""

from __future__ import annotations

import fnmatch
import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats import criteria
from postroom.formats.criteria import matches

TABLE = [
    ("Hello", criteria.EQUALS, "hELLO", True),
    ("Hello", criteria.EQUALS, "hell", False),
    ("say Hello", criteria.CONTAINS, "hello", True),
    ("say", criteria.CONTAINS, "hello", False),
    ("say", criteria.CONTAINS, "", True),
    ("2", criteria.LESS_THAN, "10", True),
    ("2,5", criteria.LESS_THAN, "2.6", True),
    ("none", criteria.LESS_THAN, "1", True),
    ("-1", criteria.LESS_THAN, "none", True),
    ("10", criteria.GREATER_THAN, "9", True),
    ("10", criteria.GREATER_THAN, "10", False),
    ("9" * 400, criteria.GREATER_THAN, "9" * 399, True),
    ("abc", criteria.REGEX, "a.c", True),
    ("a\r\nc", criteria.REGEX, "a.*c", True),
    ("abc", criteria.REGEX, "A.C", False),
    ("abc", criteria.REGEX, "b", False),
    ("aa", criteria.REGEX, r"(a)\1", True),
    ("abc", criteria.REGEX, "(", False),
    ("abc", criteria.REGEX, "a{2", False),
    ("aaa", criteria.REGEX, "a{2,3}", True),
    ("a" * 5000 + "b", criteria.REGEX, "(a+)+$", False),
    ("a" * 100, criteria.REGEX, "((a{999}){999}){999}", False),
    ("a" * 100, criteria.REGEX, "(((a{9}){9}){9}){9}", False),
    ("a", criteria.REGEX, "(" * 51 + "a" + ")" * 51, False),
    ("x" * 3000, criteria.REGEX, "x" * 3000, False),
    ("say", criteria.NOT_CONTAINS, "HELLO", True),
    ("hello", criteria.NOT_CONTAINS, "HELLO", False),
    ("a", criteria.NOT_EQUALS, "A", False),
    ("a", criteria.NOT_EQUALS, "b", True),
    ("report.PDF", criteria.WILDCARD, "*.pdf", True),
    ("report.pdf.exe", criteria.WILDCARD, "*.pdf", False),
    ("abc", criteria.WILDCARD, "a?c", True),
    ("ac", criteria.WILDCARD, "a?c", False),
    ("", criteria.WILDCARD, "", True),
    ("", criteria.WILDCARD, "***", True),
    ("a[b]", criteria.WILDCARD, "a[b]", True),
    ("a" * 20000, criteria.WILDCARD, "*a" * 500 + "b", False),
    ("a", 0, "a", False),
    ("a", 99, "a", False),
]


@pytest.mark.parametrize(("value", "kind", "wanted", "expected"), TABLE)
def test_model_11_4_a_criterion_compares_as_its_match_type_says(value: str, kind: int, wanted: str, expected: bool) -> None:
    assert matches(value, kind, wanted) is expected


@given(st.text("ab*?", max_size=12), st.text("aB", max_size=12))
def test_a_wildcard_means_what_the_shell_means_by_it(pattern: str, value: str) -> None:
    assert matches(value, criteria.WILDCARD, pattern) is (re.fullmatch(fnmatch.translate(pattern.lower()), value.lower()) is not None)


@given(st.text(string.printable, max_size=30), st.text(string.printable, max_size=30))
def test_no_expression_raises(pattern: str, value: str) -> None:
    assert matches(value, criteria.REGEX, pattern) in {True, False}
