"""Drafts: what is changed, and that nothing else is."""

from __future__ import annotations

import email
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.editing import NEW, Draft, Entity
from postroom.formats.editing.draft import HTML, PLAIN, content_of
from postroom.formats.headers import HeaderError
from postroom.formats.words import decode_words

SIGNED = (
    b"From: alice@example.test\r\nSubject:   odd\r\n\tfolds  \r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/signed; boundary="s"; protocol="application/pgp-signature"\r\n\r\n'
    b"preamble \r\n--s\r\nContent-Type: text/plain; charset=iso-8859-1\r\nX-Odd:1\r\n\r\ngr\xfc\xdfe \n--s\r\n"
    b"Content-Type: application/pgp-signature\r\n\r\nabc\r\n--s--\r\nepilogue"
)
MIXED = (
    b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>hi</p>\n--b\n"
    b'Content-Type: image/png; name="a.png"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n'
)

RELATED = (
    b"Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\nx\r\n"
    b"--r\r\nContent-Type: image/png\r\n\r\nx\r\n--r--\r\n"
)


def shape(entity: Entity) -> object:
    kind = (entity.media.type + b"/" + entity.media.subtype).decode()
    return [kind, *map(shape, entity.parts)] if entity.is_multipart else kind


def of(draft: Draft) -> object:
    """The shape as it is read back, by us and by the standard library."""
    read = Draft(bytes(draft)).root
    parsed = email.message_from_bytes(bytes(draft), policy=email.policy.default)
    kinds = [part.get_content_type() for part in parsed.walk() if part.get_content_maintype() != "message"]
    assert kinds == [(entity.media.type + b"/" + entity.media.subtype).decode() for entity in read.walk()]
    return shape(read)


@given(st.binary(max_size=400))
def test_a_draft_that_nobody_changes_keeps_every_octet(message: bytes) -> None:
    assert bytes(Draft(message)) == message


@given(
    st.lists(
        st.sampled_from([b"--b", b"--b--", b"\r\n", b"\n", b"Content-Type: multipart/mixed; boundary=b\r\n", b"a: b\r\n", b"x", b" "]), max_size=40
    )
)
def test_a_draft_of_mime_like_octets_keeps_every_octet_and_takes_every_change(pieces: list[bytes]) -> None:
    message = b"".join(pieces)
    assert bytes(Draft(message)) == message
    draft = Draft(message)
    draft.set_text(PLAIN, "t\u00e4xt")
    draft.attach("a.bin", b"\0\1")
    again = Draft(bytes(draft))
    assert again.text(PLAIN) == "t\u00e4xt\r\n"
    assert content_of(again.attachments()[-1]) == b"\0\1"


def test_changing_a_field_keeps_all_other_octets() -> None:
    draft = Draft(SIGNED)
    draft.set_field("Subject", "new")
    assert bytes(draft) == SIGNED.replace(b"Subject:   odd\r\n\tfolds  \r\n", b"Subject: new\r\n")
    draft = Draft(SIGNED)
    draft.set_field("X-New", "1")
    assert bytes(draft) == SIGNED.replace(b"\r\n\r\npreamble", b"\r\nX-New: 1\r\n\r\npreamble")
    draft.remove_fields("x-new")
    assert bytes(draft) == SIGNED


def test_a_text_is_changed_where_it_stands() -> None:
    draft = Draft(SIGNED)
    assert draft.text(PLAIN) == "gr\u00fc\u00dfe "
    draft.set_text(PLAIN, "\u00e4")
    assert b"charset=iso-8859-1\r\nX-Odd:1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E4\r\n" in bytes(draft)
    assert bytes(draft).startswith(SIGNED[: SIGNED.index(b"X-Odd")])
    assert bytes(draft).endswith(SIGNED[SIGNED.index(b"--s\r\nContent-Type: application/pgp") :])


def test_an_attachment_goes_beside_a_signed_message_not_into_it() -> None:
    draft = Draft(SIGNED)
    draft.attach("b.txt", b"x" * 100)
    assert of(draft) == ["multipart/mixed", ["multipart/signed", "text/plain", "application/pgp-signature"], "application/octet-stream"]
    assert SIGNED[SIGNED.index(b"Content-Type: multipart/signed") :] in bytes(draft)


@pytest.mark.parametrize(
    ("message", "changes", "expected"),
    [
        (NEW, [PLAIN], "text/plain"),
        (NEW, [HTML], "text/html"),
        (NEW, [PLAIN, HTML], ["multipart/alternative", "text/plain", "text/html"]),
        (NEW, [HTML, PLAIN], ["multipart/alternative", "text/plain", "text/html"]),
        (NEW, [b"+"], ["multipart/mixed", "application/octet-stream"]),
        (NEW, [b"+", PLAIN], ["multipart/mixed", "text/plain", "application/octet-stream"]),
        (NEW, [PLAIN, b"+"], ["multipart/mixed", "text/plain", "application/octet-stream"]),
        (NEW, [PLAIN, b"+", HTML], ["multipart/mixed", ["multipart/alternative", "text/plain", "text/html"], "application/octet-stream"]),
        (NEW, [PLAIN, HTML, b"+"], ["multipart/mixed", ["multipart/alternative", "text/plain", "text/html"], "application/octet-stream"]),
        (MIXED, [PLAIN], ["multipart/mixed", ["multipart/alternative", "text/plain", "text/html"], "image/png"]),
        (MIXED, [b"-"], ["multipart/mixed", "text/html"]),
        (b"Subject: x\r\n\r\ntext", [PLAIN], "text/plain"),
        (b"Subject: x\r\nContent-Type: image/png\r\n\r\nx", [b"-"], "text/plain"),
        (b"Subject: x\r\nContent-Type: image/png\r\n\r\nx", [PLAIN], ["multipart/mixed", "text/plain", "image/png"]),
        (
            RELATED,
            [PLAIN],
            ["multipart/alternative", "text/plain", ["multipart/related", "text/html", "image/png"]],
        ),
    ],
)  # fmt: skip
def test_model_7_6_texts_and_attachments_stand_where_readers_look_for_them(message: bytes, changes: list[bytes], expected: object) -> None:
    draft = Draft(message)
    for change in changes:
        if change == b"+":
            draft.attach("a.bin", b"data")
        elif change == b"-":
            draft.detach(draft.attachments()[0])
        else:
            draft.set_text(change, f"the {change.decode()} text \u20ac")
            assert draft.text(change) == f"the {change.decode()} text \u20ac\r\n"
    assert of(draft) == expected
    for change in {PLAIN, HTML} & set(changes):
        assert Draft(bytes(draft)).text(change) == f"the {change.decode()} text \u20ac\r\n"
    if isinstance(expected, list) and message == NEW:
        assert b"\r\n\r\nThis is a multi-part message.\r\n\r\n--" in bytes(draft)


def test_a_text_in_an_empty_part_stays_apart_from_what_follows() -> None:
    draft = Draft(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--b\r\n\r\nx\r\n--b--")
    draft.set_text(PLAIN, "text")
    assert bytes(draft).endswith(b"\r\n\r\ntext\r\n\r\n--b\r\n\r\nx\r\n--b--")


def test_a_text_that_holds_a_boundary_does_not_end_its_part() -> None:
    draft = Draft(NEW)
    draft.set_text(PLAIN, "x")
    draft.attach("a", b"1")
    boundary = draft.root.boundary.decode()
    draft.set_text(PLAIN, f"a\n--{boundary}--\nb")
    assert Draft(bytes(draft)).text(PLAIN) == f"a\r\n--{boundary}--\r\nb\r\n"
    assert of(draft) == ["multipart/mixed", "text/plain", "application/octet-stream"]


def test_a_charset_that_lacks_a_character_gives_way_to_utf8() -> None:
    draft = Draft(NEW)
    draft.set_text(PLAIN, "\u00e4")
    draft.set_charset("iso-8859-1")
    assert draft.charset == "iso-8859-1"
    assert b"=E4" in bytes(draft)
    draft.set_text(PLAIN, "\u4e2d")
    assert draft.charset == "utf-8"
    with pytest.raises(ValueError, match="nowhere"):
        draft.set_charset("nowhere")


@pytest.mark.parametrize("value", ["a\r\nBcc: victim@example.test", "a\nb", "a\0b", "a\r"])
def test_a_value_cannot_break_out_of_its_field(value: str) -> None:
    for encode in (True, False):
        for name in ("Subject", "From"):
            with pytest.raises(HeaderError):
                Draft(NEW).set_field(name, value, encode=encode)


def test_a_value_that_stands_as_it_is_may_have_folds() -> None:
    draft = Draft(NEW)
    draft.set_field("X-Raw", "=?utf-8?q?=C3=A4?=\r\n\tb", encode=False)
    assert b"X-Raw: =?utf-8?q?=C3=A4?=\r\n\tb\r\n" in bytes(draft)


@pytest.mark.parametrize(
    "value",
    [
        "\u00c4rzte <a@example.test>",
        '"B\u00e4r, Karl" <k@example.test>, plain@example.test',
        "a@example.test (n\u00e4me)",
        "Gruppe \u00c4: a@example.test, \u00d6 <b@example.test>;",
    ],
)
def test_names_in_address_fields_are_encoded_and_addresses_are_not(value: str) -> None:
    draft = Draft(NEW)
    draft.set_field("To", value)
    raw = draft.field("To") or b""
    assert raw.isascii()
    for address in ("a@example.test", "k@example.test", "plain@example.test", "b@example.test"):
        assert (address in value) == (address.encode() in raw)
    assert decode_words(raw).replace('"', "") == value.replace('"', "").replace("\\", "")


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60))
def test_a_field_reads_as_it_was_written(value: str) -> None:
    draft = Draft(SIGNED)
    draft.set_field("X-Text", value)
    assert decode_words(Draft(bytes(draft)).field("X-Text") or b"").split() == value.split()
