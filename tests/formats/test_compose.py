import email
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.address import Address
from postroom.formats.compose import Attachment, Correspondent, compose
from postroom.formats.headers import HeaderError
from postroom.formats.mime import leaves, part_text, scan

ALICE = Correspondent(Address("alice", "example.test"), "Alice")
BOB = Correspondent(Address("b b", "example.test"), 'Bób "the" Builder')
texts = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=120)


def test_a_message_reads_like_a_message() -> None:
    message = compose(sender=ALICE, to=[BOB], subject="Grüße", date=0, message_id="<1@x>", text="Hello\nworld")
    assert message.decode("ascii") == (
        "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\nFrom: Alice <alice@example.test>\r\n"
        'To: =?utf-8?q?B=C3=B3b_=22the=22_Builder?= <"b b"@example.test>\r\n'
        "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\nHello\r\nworld\r\n"
    )


@given(texts, st.lists(texts), texts, st.binary(max_size=300), texts)
def test_what_is_composed_is_read_back(subject: str, lines: list[str], html: str, content: bytes, name: str) -> None:
    text = "\r\n".join(lines)
    message = compose(
        sender=BOB, to=[ALICE, BOB], subject=subject, date=0, message_id="<1@x>", text=text, html=f"{html}\n",
        attachments=[Attachment(name, content, "image/png")],
    )  # fmt: skip
    assert message.isascii()
    assert max(map(len, message.split(b"\r\n"))) <= 998
    assert b"\n" not in message.replace(b"\r\n", b"")
    read = email.message_from_bytes(message, policy=email.policy.compat32)
    assert read.get_content_type() == "multipart/mixed"
    plain, _, picture = leaves(scan(message).structure)
    found = part_text(plain, lambda start, length: message[start : start + length])
    assert found == text + ("\r\n" if text and not text.endswith("\r\n") else "")
    assert (picture.media.filename or "") == name
    assert [part.get_payload(decode=True) for part in read.walk() if part.get_content_type() == "image/png"] == [content]


@pytest.mark.parametrize("value", ["a\r\nBcc: eve@x", "a\nb", "a\rb", "a\0b"])
def test_a_line_end_in_a_header_value_is_refused(value: str) -> None:
    """Header injection by API (Mailpit GHSA-54wq)."""
    with pytest.raises(HeaderError):
        compose(sender=ALICE, to=[], subject=value, date=0, message_id="<1@x>", text="")
    with pytest.raises(HeaderError):
        compose(sender=Correspondent(ALICE.address, value), to=[], subject="", date=0, message_id="<1@x>", text="")
    with pytest.raises(HeaderError):
        compose(sender=ALICE, to=[], subject="", date=0, message_id=value, text="")
    with pytest.raises(HeaderError):
        compose(sender=ALICE, to=[], subject="", date=0, message_id="<1@x>", text="", fields=[("X-Tag", value)])
    with pytest.raises(HeaderError):
        compose(sender=ALICE, to=[], subject="", date=0, message_id="<1@x>", text="", fields=[(value, "x")])


def test_an_attachments_name_injects_nothing() -> None:
    message = compose(sender=ALICE, to=[], subject="", date=0, message_id="<1@x>", text="", attachments=[Attachment('a"\r\nX: y', b"")])
    assert b"\r\nX: y" not in message
    *_, attached = leaves(scan(message).structure)
    assert attached.media.filename == 'a"\r\nX: y'


def test_the_text_may_hold_what_looks_like_a_boundary() -> None:
    first = compose(sender=ALICE, to=[], subject="", date=0, message_id="<1@x>", text="a", html="b")
    line = first[first.rindex(b"--=_") : -4].decode()
    message = compose(sender=ALICE, to=[], subject="", date=0, message_id="<1@x>", text=line, html="b")
    assert len(scan(message).structure.parts) == 2
