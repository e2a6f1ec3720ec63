"""Mailbox names in modified UTF-7: one form each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.imap.utf7 import decode_mailbox, encode_mailbox

names = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


@given(names)
def test_encode_and_decode_are_a_pair(name: str) -> None:
    wire = encode_mailbox(name)
    assert wire.isascii()
    assert decode_mailbox(wire) == name


@given(st.binary(max_size=12) | st.text(st.sampled_from("&-AaQ,+/ é"), max_size=12).map(lambda text: text.encode("latin-1")))
def test_what_decodes_has_no_second_form(wire: bytes) -> None:
    try:
        name = decode_mailbox(wire)
    except ValueError:
        return
    assert encode_mailbox(name) == (wire if wire.isascii() else encode_mailbox(wire.decode()))


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        ("Entwürfe", "Entwürfe"),
        ("Tom & Jérôme", "Tom & Jérôme"),
        ("&APw-ü", "&APw-ü"),
    ],
)
def test_a_name_in_raw_utf_8_is_read_as_such_and_told_in_utf_7(wire: str, name: str) -> None:
    assert decode_mailbox(wire.encode()) == name
    assert encode_mailbox(name).isascii()
    assert decode_mailbox(encode_mailbox(name)) == name


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        (b"", ""),
        (b"Sent", "Sent"),
        (b"Entw&APw-rfe", "Entwürfe"),
        (b"Tom &- Jerry", "Tom & Jerry"),
        (b"~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"),
        (b"&2D3eAA-", "\U0001f600"),
        (b"&AOk-&-", "é&"),
    ],
)
def test_names_of_the_rfc(wire: bytes, name: str) -> None:
    assert decode_mailbox(wire) == name
    assert encode_mailbox(name) == wire


@pytest.mark.parametrize(
    "wire",
    [
        b"&",
        b"a&b",
        b"&AOk",
        b"Entw\xfcrfe",  # Latin-1
        b"a\xc2\x85",  # a control character of the second kind
        b"&AGE-",  # a printable character in base64
        b"&AOk-&AOk-",  # two shifts that should be one
        b"&AOl-",  # bits left over
        b"&2D0-",  # half a surrogate pair
        b"&AA0-",  # a carriage return
        b"&AAA-",  # NUL
        b"a\rb",
        b"a\x7f",
        b"&A-",
        b"&AOk=-",
    ],
)
def test_what_is_not_canonical_is_refused(wire: bytes) -> None:
    with pytest.raises(ValueError):
        decode_mailbox(wire)
