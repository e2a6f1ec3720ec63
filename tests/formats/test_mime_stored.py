"""Parts of stored messages, found again by their BODYSTRUCTURE; transfer encodings undone piece by piece."""

import base64
import quopri
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.mime import locate, scan, stored_parts
from postroom.formats.transfer import TransferDecoder, decode_transfer


def mixed() -> bytes:
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("plain")
    message.add_alternative("<p>html</p>", subtype="html")
    message.add_attachment(b"pdf", maintype="application", subtype="pdf", filename='a"b\\ä.pdf')
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.set_content("inner text")
    message.add_attachment(inner)
    return message.as_bytes()


def test_the_parts_of_a_message_are_found_by_their_sections() -> None:
    message = mixed()
    rendered = scan(message)
    parts = stored_parts(rendered.bodystructure)
    assert [(part.section, part.media.type, part.media.subtype, part.readable) for part in parts] == [
        ("1.1", b"text", b"plain", True),
        ("1.2", b"text", b"html", True),
        ("2", b"application", b"pdf", False),
        ("3", b"message", b"rfc822", False),
    ]
    assert parts[2].media.filename == 'a"b\\ä.pdf'
    start, length = locate(rendered.offsets, "2") or (0, 0)
    assert decode_transfer(message[start : start + length], parts[2].media.encoding) == b"pdf"
    start, length = locate(rendered.offsets, "3") or (0, 0)
    assert length == parts[3].size
    assert b"inner text" in message[start : start + length]


@pytest.mark.parametrize("message", [b"", b"Subject: x\n\nbody", b"Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a\n\ntwo\n--a--\n"])
def test_every_leaf_has_its_place(message: bytes) -> None:
    rendered = scan(message)
    for part in stored_parts(rendered.bodystructure):
        place = locate(rendered.offsets, part.section)
        assert place is not None
        assert place[1] == part.size


@given(st.binary(max_size=2000))
def test_whatever_arrives_has_parts(message: bytes) -> None:
    rendered = scan(message)
    assert all(locate(rendered.offsets, part.section) is not None for part in stored_parts(rendered.bodystructure))


@given(st.binary(max_size=500), st.integers(1, 80), st.sampled_from([b"base64", b"quoted-printable", b"8bit"]))
def test_pieces_decode_to_what_the_whole_does(data: bytes, size: int, encoding: bytes) -> None:
    written = {b"base64": base64.encodebytes, b"quoted-printable": quopri.encodestring}.get(encoding, bytes)(data)
    decoder = TransferDecoder(encoding)
    pieces = [decoder.feed(written[at : at + size]) for at in range(0, len(written), size)]
    assert b"".join([*pieces, decoder.finish()]) == data


def test_a_line_without_an_end_is_not_held_for_ever() -> None:
    decoder = TransferDecoder(b"quoted-printable")
    whole = b"".join([decoder.feed(b"=41" * 10_000) for _ in range(10)] + [decoder.finish()])
    assert whole == b"A" * 100_000
