"""Canonical forms, judged by RFC 6376's examples and by a plain reading of its rules."""

import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats import headers
from postroom.formats.dkim import BodyHash, canonical_field
from postroom.formats.dkim.canonical import PIECE

HEADER = b"A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n"
BODY = b" C \r\nD \t E\r\n\r\n\r\n"


def digest(body: bytes, *, relaxed: bool = True, step: int = 0) -> bytes:
    hashed = BodyHash(relaxed=relaxed)
    for start in range(0, len(body), step or len(body) or 1):
        hashed.update(body[start : start + (step or len(body))])
    return hashed.digest()


def relaxed_body(body: bytes) -> bytes:
    """RFC 6376 section 3.4.4, read literally."""
    lines = re.sub(rb"(?<!\r)\n", b"\r\n", body).split(b"\r\n")
    lines = [re.sub(rb"[ \t]+", b" ", line).rstrip(b" ") for line in lines]
    while lines and not lines[-1]:
        del lines[-1]
    return b"".join(line + b"\r\n" for line in lines)


def simple_body(body: bytes) -> bytes:
    """RFC 6376 section 3.4.3, read literally."""
    lines = re.sub(rb"(?<!\r)\n", b"\r\n", body).split(b"\r\n")
    while lines and not lines[-1]:
        del lines[-1]
    return b"\r\n".join(lines) + b"\r\n"


def test_the_headers_of_the_rfc() -> None:
    fields = headers.split(HEADER)
    assert b"".join(map(canonical_field, fields)) == b"a:X\r\nb:Y Z\r\n"
    assert b"".join(canonical_field(field, relaxed=False) for field in fields) == HEADER[:-2]


@pytest.mark.parametrize(("relaxed", "canonical"), [(True, b" C\r\nD E\r\n"), (False, b" C \r\nD \t E\r\n")])
def test_the_body_of_the_rfc(relaxed: bool, canonical: bytes) -> None:
    assert digest(BODY, relaxed=relaxed) == hashlib.sha256(canonical).digest()


@pytest.mark.parametrize(
    ("relaxed", "text"),
    [(True, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), (False, "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=")],
)
def test_an_empty_body_is_nothing_or_one_line_end(relaxed: bool, text: str) -> None:
    assert base64.b64encode(digest(b"", relaxed=relaxed)).decode() == text


@pytest.mark.parametrize("field", [b"Subject:", b"Subject: \r", b"SUBJECT\t :\t\r\n \r\n\t"])
def test_a_field_without_a_value_is_a_name(field: bytes) -> None:
    assert canonical_field(field) == b"subject:\r\n"


BODIES = st.lists(st.sampled_from([b"\r\n", b"\n", b"\r", b" ", b"\t", b"a", b"\xe9", b"bc d", b"\r\n\r\n\r\n", b"  "]), max_size=30).map(b"".join)


@given(BODIES)
def test_a_body_is_hashed_as_the_rules_say_whole_and_byte_by_byte(body: bytes) -> None:
    relaxed, simple = (hashlib.sha256(form(body)).digest() for form in (relaxed_body, simple_body))
    for step in (0, 1, 3):
        assert digest(body, step=step) == relaxed
        assert digest(body, relaxed=False, step=step) == simple


@pytest.mark.parametrize(
    "body", [b"\r\n" * PIECE + b"x", b" " * 3 * PIECE + b"x \r\n", b"x" * (PIECE - 1) + b"\r\n\r\ny", b"\t" * PIECE + b"\r\n\r\n"]
)
def test_long_runs_are_hashed_across_pieces(body: bytes) -> None:
    assert digest(body) == hashlib.sha256(relaxed_body(body)).digest()
    assert digest(body, relaxed=False) == hashlib.sha256(simple_body(body)).digest()
