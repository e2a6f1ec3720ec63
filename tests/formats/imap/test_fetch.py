"""FETCH's arguments."""

import pytest

from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.fetch import MOST_FIELDS, MOST_ITEMS, MOST_LEVELS, Attribute, Items, Portion, Section, parse_fetch
from postroom.formats.imap.sequence import SequenceSet

A = Attribute
FAST = (A.FLAGS, A.INTERNALDATE, A.SIZE)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (b"(FLAGS)", Items((A.FLAGS,), ())),
        (b"flags", Items((A.FLAGS,), ())),
        (b"FAST", Items(FAST, ())),
        (b"all", Items((*FAST, A.ENVELOPE), ())),
        (b"FULL", Items((*FAST, A.ENVELOPE, A.BODY), ())),
        (b"(UID RFC822.SIZE uid BODYSTRUCTURE BODY)", Items((A.UID, A.SIZE, A.BODYSTRUCTURE, A.BODY), ())),
        (b"(EMAILID THREADID MODSEQ)", Items((A.EMAILID, A.THREADID, A.MODSEQ), ())),
        (b"BODY[]", Items((), (Section(b"BODY[]"),))),
        (b"BODY.PEEK[]<0.1000>", Items((), (Section(b"BODY[]<0>", offset=0, length=1000, peek=True),))),
        (b"body.peek[header]", Items((), (Section(b"BODY[HEADER]", portion=Portion.HEADER, peek=True),))),
        (b"BODY[1.2.TEXT]", Items((), (Section(b"BODY[1.2.TEXT]", (1, 2), Portion.TEXT),))),
        (b"BODY[3.mime]", Items((), (Section(b"BODY[3.MIME]", (3,), Portion.MIME),))),
        (b"BODY[4]", Items((), (Section(b"BODY[4]", (4,)),))),
        (
            b'BODY[HEADER.FIELDS (From "X-To")]',
            Items((), (Section(b"BODY[HEADER.FIELDS (From X-To)]", portion=Portion.FIELDS, fields=(b"From", b"X-To")),)),
        ),
        (
            b"BODY[2.HEADER.FIELDS.NOT ({2}\r\ncc)]<5.6>",
            Items((), (Section(b"BODY[2.HEADER.FIELDS.NOT (cc)]<5>", (2,), Portion.FIELDS_NOT, (b"cc",), 5, 6),)),
        ),
        (b"RFC822", Items((), (Section(b"RFC822"),))),
        (b"RFC822.HEADER", Items((), (Section(b"RFC822.HEADER", portion=Portion.HEADER, peek=True),))),
        (b"(RFC822.TEXT FLAGS)", Items((A.FLAGS,), (Section(b"RFC822.TEXT", portion=Portion.TEXT),))),
        (b"(FLAGS) (CHANGEDSINCE 12345)", Items((A.FLAGS, A.MODSEQ), (), 12345)),
        (b"(FLAGS MODSEQ) (changedsince 0)", Items((A.FLAGS, A.MODSEQ), (), 0)),
    ],
)
def test_items_are_understood(text: bytes, items: Items) -> None:
    fetch = parse_fetch(b"1:* " + text)
    assert fetch.numbers == SequenceSet.parse(b"1:*")
    assert fetch.items == items


@pytest.mark.parametrize(
    "text",
    [
        b"1",
        b"1 ",
        b"FLAGS",
        b"1 ()",
        b"1 (FLAGS",
        b"1 (FLAGS  UID)",
        b"1 (ALL)",
        b"1 FLAGS UID",
        b"1 BODY[",
        b"1 BODY[MIME]",
        b"1 BODY[1.]",
        b"1 BODY[0]",
        b"1 BODY[1.0]",
        b"1 BODY[FOO]",
        b"1 BODY[1..2]",
        b"1 BODY[HEADER.FIELDS]",
        b"1 BODY[HEADER.FIELDS ()]",
        b"1 BODY[HEADER.FIELDS (a:b)]",
        b'1 BODY[HEADER.FIELDS ("a b")]',
        b'1 BODY[HEADER.FIELDS ("")]',
        b"1 BODY[]<1>",
        b"1 BODY[]<0.0>",
        b"1 BODY[]<5000000000.1>",
        b"1 BODY.PEEK",
        b"1 BINARY[1]",
        b"1 (FLAGS) (VANISHED)",
        b"1 (FLAGS) (CHANGEDSINCE)",
        b"1 (FLAGS) x",
    ],
)
def test_what_is_no_fetch_is_refused(text: bytes) -> None:
    with pytest.raises(CommandRefused):
        parse_fetch(text)


def test_only_a_piece_that_is_not_peeked_at_sets_seen() -> None:
    assert parse_fetch(b"1 (FLAGS BODY[1])").items.sets_seen
    assert parse_fetch(b"1 RFC822").items.sets_seen
    assert not parse_fetch(b"1 (FLAGS BODY.PEEK[1] RFC822.HEADER ENVELOPE)").items.sets_seen


@pytest.mark.parametrize(
    "text",
    [
        b"(" + b" ".join([b"FLAGS"] * (MOST_ITEMS + 1)) + b")",
        b"BODY[HEADER.FIELDS (" + b" ".join([b"a"] * (MOST_FIELDS + 1)) + b")]",
        b"BODY[" + b".".join([b"1"] * (MOST_LEVELS + 1)) + b"]",
        b"(" * 10_000,
        b"BODY[" * 10_000,
    ],
)
def test_lists_have_a_greatest_length(text: bytes) -> None:
    with pytest.raises(CommandRefused):
        parse_fetch(b"1 " + text)
