"""Replies as bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.smtp import Reply, xtext


@pytest.mark.parametrize(
    ("reply", "wire"),
    [
        (Reply.of(250, "2.0.0", "OK"), b"250 2.0.0 OK\r\n"),
        (Reply.of(354, "", "Go on"), b"354 Go on\r\n"),
        (Reply.of(250, "", "host", "SIZE 1", "PIPELINING"), b"250-host\r\n250-SIZE 1\r\n250 PIPELINING\r\n"),
        (Reply.of(550, "5.1.1", "One", "Two"), b"550-5.1.1 One\r\n550 5.1.1 Two\r\n"),
        (Reply.of(334, ""), b"334 \r\n"),
        (Reply.of(550, "5.0.0", "a\r\n250 2.0.0 forged\0\xe4"), b"550 5.0.0 a??250 2.0.0 forged??\r\n"),
    ],
)
def test_a_reply_is_written_as_rfc_5321_wants_it(reply: Reply, wire: bytes) -> None:
    assert reply.wire == wire


def test_a_line_of_a_reply_stays_under_512_octets() -> None:
    assert len(Reply.of(550, "5.7.111", "x" * 2000).wire) <= 512


@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp", "Zs")), max_size=30))
def test_xtext_reads_what_it_wrote(value: str) -> None:
    assert xtext.decode(xtext.encode(value)) == value


@pytest.mark.parametrize("text", ["a+b", "a=b", "a b", "+0A", "+FF", "+4", "é"])
def test_what_is_no_xtext_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        xtext.decode(text)
