"""What SORT and THREAD read back from stored ENVELOPEs is what delivery rendered into them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.mime import scan
from postroom.servers.imap.stored import Envelope, _split, first_mailbox, read_envelope, sent_at, subject_of, text

FIELD = st.binary(max_size=60).map(lambda value: value.replace(b"\r", b"").replace(b"\n", b""))


def stored(**fields: bytes) -> Envelope:
    header = b"".join(name.rstrip("_").replace("_", "-").encode() + b": " + value + b"\r\n" for name, value in fields.items())
    return read_envelope(scan(header + b"\r\nbody\r\n").envelope)


@given(subject=FIELD, from_=FIELD, to=FIELD, message_id=FIELD)
def test_whatever_a_header_holds_its_envelope_is_read(subject: bytes, from_: bytes, to: bytes, message_id: bytes) -> None:
    envelope = stored(Subject=subject, From=from_, To=to, Message_ID=message_id)
    assert text(envelope.subject) == subject.strip().replace(b"\0", b"\x80")
    assert text(envelope.message_id) == message_id.strip().replace(b"\0", b"\x80")
    assert isinstance(first_mailbox(envelope.from_), str)
    assert isinstance(first_mailbox(envelope.to), str)


@given(from_=FIELD, subject=FIELD)
def test_the_quick_way_reads_what_the_slow_one_does(from_: bytes, subject: bytes) -> None:
    written = scan(b"From: " + from_ + b"\r\nSubject: " + subject + b"\r\n\r\n").envelope
    assert list(read_envelope(written)) == _split(written)


@pytest.mark.parametrize(
    ("value", "mailbox"),
    [
        (b"Alice <Alice@example.test>, bob@example.test", "alice"),
        (b'"Quoted \\"Q\\" (x)" <q@example.test>', "q"),
        (b"J\xf6rg <j@example.test>", "j"),
        (b"undisclosed-recipients:;", "undisclosed-recipients"),
        (b"", ""),
    ],
)
def test_addresses_are_sorted_by_the_first_mailbox(value: bytes, mailbox: str) -> None:
    assert first_mailbox(stored(From=value).from_) == mailbox


def test_subjects_are_decoded() -> None:
    assert subject_of(stored(Subject=b"=?utf-8?q?Gr=C3=BC=C3=9Fe?=")) == "Grüße"
    assert subject_of(stored(From=b"a@b")) == ""


def test_a_date_that_can_not_be_read_is_the_internal_one() -> None:
    assert sent_at(stored(Date=b"Mon, 02 Nov 2026 10:00:00 +0000"), 5) == 1_793_613_600_000_000
    assert sent_at(stored(Date=b"yesterday"), 5) == 5
    assert sent_at(stored(From=b"a@b"), 5) == 5


def test_what_is_no_envelope_is_an_error() -> None:
    with pytest.raises(ValueError):
        read_envelope(b"(NIL ?)")
