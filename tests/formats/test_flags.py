"""Flags as bits and keywords, and as IMAP writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats import flags
from postroom.formats.flags import FlagError, Flags, parse_flags, render_flags

keywords = st.text(st.sampled_from("abcdefgxyz$-_.0123456789"), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("atoms", "bits", "words"),
    [
        ([], 0, set()),
        ([rb"\Seen"], flags.SEEN, set()),
        ([rb"\seen", rb"\DELETED"], flags.SEEN | flags.DELETED, set()),
        ([rb"\Answered", rb"\Flagged", rb"\Draft"], flags.ANSWERED | flags.FLAGGED | flags.DRAFT, set()),
        ([b"$FORWARDED", b"nonjunk"], 0, {"$Forwarded", "NonJunk"}),
        ([b"Work", b"WORK", b"work"], 0, {"Work"}),
    ],
)
def test_atoms_become_bits_and_keywords(atoms: list[bytes], bits: int, words: set[str]) -> None:
    assert parse_flags(atoms) == Flags(bits, frozenset(words))


@pytest.mark.parametrize("atom", [rb"\Recent", rb"\Unknown", b"\\", b"", b"a b", b"a(b", b"a*", b'"', b"\xff", b"a]", b"x" * 256, b"a\x00", b"{5"])
def test_what_can_not_be_set_is_refused(atom: bytes) -> None:
    with pytest.raises(FlagError):
        parse_flags([atom])


def test_recent_is_rendered_but_never_stored() -> None:
    assert render_flags(flags.SEEN | flags.RECENT) == rb"\Seen \Recent"
    assert not flags.RECENT & flags.PERMANENT


@given(st.integers(0, 31), st.sets(keywords, max_size=5))
def test_render_and_parse_are_a_pair(bits: int, words: set[str]) -> None:
    known = parse_flags(word.encode() for word in sorted(words)).keywords
    assert parse_flags(render_flags(bits, sorted(known)).split()) == Flags(bits, known)
