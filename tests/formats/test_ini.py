"""INI files: what is read is what stands there, and what is written changes nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.ini import value_of, with_value

FILE = """\
; a comment
[Directories]
ProgramFolder=C:\\Program Files\\hMailServer
 DataFolder = "C:\\Data"
; DataFolder=nowhere

[Database]
Type=MYSQL
"""
NAMES = st.text("abcXYZ 019_-", min_size=1, max_size=8).map(str.strip).filter(bool)
VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=20).map(str.strip)


@pytest.mark.parametrize(
    ("section", "key", "value"),
    [
        ("Directories", "ProgramFolder", "C:\\Program Files\\hMailServer"),
        ("DIRECTORIES", "datafolder", "C:\\Data"),
        ("Database", "Type", "MYSQL"),
        ("Database", "DataFolder", None),
        ("Nothing", "Type", None),
    ],
)
def test_a_value_is_found_whatever_the_case(section: str, key: str, value: str | None) -> None:
    assert value_of(FILE, section, key) == value


def test_a_written_value_stands_in_its_place_and_the_rest_stays() -> None:
    text = with_value(FILE, "directories", "DataFolder", "/srv/mail")
    assert text.splitlines()[3] == "DataFolder=/srv/mail"
    assert text.splitlines()[:3] + text.splitlines()[4:] == FILE.splitlines()[:3] + FILE.splitlines()[4:]
    assert with_value(FILE, "Directories", "TempFolder", "/tmp").splitlines()[5] == "TempFolder=/tmp"
    assert with_value("", "New", "Key", "1") == "[New]\r\nKey=1\r\n"


@given(st.lists(st.tuples(NAMES, NAMES, VALUES), max_size=6))
def test_what_was_written_is_read(written: list[tuple[str, str, str]]) -> None:
    text, expected = FILE, {}
    for section, key, value in written:
        text = with_value(text, section, key, value)
        expected[section.lower(), key.lower()] = value
    assert {place: value_of(text, *place) for place in expected} == expected


@pytest.mark.parametrize("value", ["a\r\n[Security]", "a\nb", "a\0b", " a"])
def test_a_value_of_two_lines_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        with_value(FILE, "Directories", "DataFolder", value)
