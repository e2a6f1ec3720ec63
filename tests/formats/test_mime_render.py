"""What delivery stores of a message: IMAP's own words, places, fields, preview and text to search in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.addresslist import parse_list
from postroom.formats.mime import FIELDS, Rendered, Scanner, body, encoding_of, locate, render, scan, select, split_text
from postroom.formats.mime.envelope import address_list, nstring

HEAD = (
    b"Received: from x\r\n\tby y; now\r\nDate: Fri, 21 Nov 1997 09:55:06 -0600\r\nFrom: Alice <alice@example.test>\r\n"
    b'To: "Bob \\"the\\" Builder" <bob@example.test>, carol@example.test\r\nSubject: A "quoted"\r\n subject\r\n'
    b"X-Other: not kept\r\nMessage-ID: <1@example.test>\r\n"
)
SIMPLE = HEAD + b"\r\nHello,\r\n\r\n  this is\tthe TEXT.\r\n"
PARTS = (
    HEAD + b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe =3D\r\nan alle\r\n"
    b"--b\r\nContent-Type: message/rfc822\r\nContent-Description: Forwarded\r\n\r\n"
    b"Subject: =?utf-8?q?In=C3=A4n?=\r\nFrom: d@x\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n"
    b"--c\r\n\r\nplain\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>HTML\r\n--c--\r\n\r\n"
    b'--b\r\nContent-Type: image/png; name="a.png"\r\nContent-ID: <i@x>\r\nContent-Transfer-Encoding: base64\r\nContent-MD5: abc=\r\n'
    b"Content-Disposition: attachment; filename*0*=utf-8''%C3%A4; filename*1=b.png\r\nContent-Language: de, en\r\nContent-Location: http://x/\r\n\r\n"
    b"U2VjcmV0\r\n--b--\r\n"
)


def test_the_envelope_is_imaps() -> None:
    """RFC 3501 section 7.4.2: date, subject, from, sender, reply-to, to, cc, bcc, in-reply-to, message-id."""
    alice = b'(("Alice" NIL "alice" "example.test"))'
    assert scan(SIMPLE).envelope == (
        b'("Fri, 21 Nov 1997 09:55:06 -0600" "A \\"quoted\\" subject" ' + b" ".join([alice] * 3) + b" "
        b'(("Bob \\"the\\" Builder" NIL "bob" "example.test")(NIL NIL "carol" "example.test")) NIL NIL NIL "<1@example.test>")'
    )


def test_the_body_structure_of_a_simple_message() -> None:
    rendered = scan(SIMPLE)
    assert rendered.bodystructure == b'("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 31 3 NIL NIL NIL NIL)'
    assert body(rendered.bodystructure) == b'("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 31 3)'


def test_the_body_structure_of_parts() -> None:
    """RFC 3501 section 7.4.2; continuations of parameters are joined (RFC 2231 section 6)."""
    envelope = b'(NIL "=?utf-8?q?In=C3=A4n?=" ' + b" ".join([b'((NIL NIL "d" "x"))'] * 3) + b" NIL NIL NIL NIL NIL)"
    inner = (
        b'(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 5 0 NIL NIL NIL NIL)'
        b'("text" "html" NIL NIL NIL "7bit" 7 0 NIL NIL NIL NIL) "alternative" ("boundary" "c") NIL NIL NIL)'
    )
    structure = scan(PARTS).bodystructure
    assert structure == (
        b'(("text" "plain" ("charset" "iso-8859-1") NIL NIL "quoted-printable" 22 1 NIL NIL NIL NIL)'
        b'("message" "rfc822" NIL NIL "Forwarded" "7bit" 156 ' + envelope + b" " + inner + b" 12 NIL NIL NIL NIL)"
        b'("image" "png" ("name" "a.png") "<i@x>" NIL "base64" 8 "abc=" '
        b'("attachment" ("filename*" "utf-8\'\'%C3%A4b.png")) ("de" "en") "http://x/")'
        b' "mixed" ("boundary" "b") NIL NIL NIL)'
    )
    assert body(structure) == (
        b'(("text" "plain" ("charset" "iso-8859-1") NIL NIL "quoted-printable" 22 1)'
        b'("message" "rfc822" NIL NIL "Forwarded" "7bit" 156 ' + envelope + b" "
        b'(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 5 0)("text" "html" NIL NIL NIL "7bit" 7 0) "alternative") 12)'
        b'("image" "png" ("name" "a.png") "<i@x>" NIL "base64" 8) "mixed")'
    )


SECTIONS = {
    "": PARTS,
    "HEADER": PARTS[: PARTS.index(b"\r\n\r\n") + 4],
    "text": PARTS[PARTS.index(b"\r\n\r\n") + 4 :],
    "1": b"Gr=FC=DFe =3D\r\nan alle",
    "1.MIME": b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
    "2.mime": b"Content-Type: message/rfc822\r\nContent-Description: Forwarded\r\n\r\n",
    "2.HEADER": b"Subject: =?utf-8?q?In=C3=A4n?=\r\nFrom: d@x\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n",
    "2.TEXT": b"--c\r\n\r\nplain\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>HTML\r\n--c--\r\n",
    "2.1": b"plain",
    "2.1.MIME": b"\r\n",
    "2.2": b"<p>HTML",
    "3": b"U2VjcmV0",
}
NO_SECTIONS = ["0", "4", "1.1", "1.HEADER", "1.TEXT", "2.3", "2.1.1", "MIME", "3.1", "1.", ".1", "1..2", "x", "1.X", "HEADER.1", "9" * 50, "1." * 500]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_is_one_stretch_of_octets(section: str) -> None:
    """RFC 3501 section 6.4.5."""
    place = locate(scan(PARTS).offsets, section)
    assert place is not None
    assert PARTS[place[0] : sum(place)] == SECTIONS[section]


@pytest.mark.parametrize("section", NO_SECTIONS)
def test_a_section_that_is_not_there_is_none(section: str) -> None:
    assert locate(scan(PARTS).offsets, section) is None


def test_the_body_of_a_message_without_parts_is_its_part_1() -> None:
    offsets = scan(SIMPLE).offsets
    assert len(offsets) == 16
    assert locate(offsets, "1") == locate(offsets, "TEXT")
    assert locate(offsets, "1.1") is None
    assert locate(offsets, "2") is None
    forwarded = b"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nhello"
    offsets = scan(forwarded).offsets
    assert [locate(offsets, section) for section in ("1", "1.HEADER", "1.TEXT", "1.1")] == [(32, 19), (32, 14), (46, 5), (46, 5)]


def test_a_section_knows_its_transfer_encoding() -> None:
    offsets = scan(PARTS).offsets
    assert [encoding_of(offsets, section) for section in ("1", "2.1", "3", "4", "")] == [b"quoted-printable", b"7bit", b"base64", None, None]


def test_the_usual_fields_are_kept_raw_and_selected() -> None:
    fields = scan(SIMPLE).fields
    assert fields is not None
    assert b'Subject: A "quoted"\r\n subject\r\n' in fields
    assert b"X-Other" not in fields
    assert select(fields, frozenset({b"date", b"message-id", b"cc"})) == (
        b"Date: Fri, 21 Nov 1997 09:55:06 -0600\r\nMessage-ID: <1@example.test>\r\n"
    )
    assert select(fields, frozenset({b"x-other"})) is None
    assert select(fields, frozenset({b"cc"})) == b""


def test_fields_beyond_all_measure_are_not_kept() -> None:
    rendered = scan(b"To: " + b"a@b,\r\n " * 20000 + b"c@d\r\n\r\nx")
    assert rendered.fields is None
    assert len(rendered.envelope) < 300_000


def test_plain_ascii_text_needs_no_text_of_its_own() -> None:
    rendered = scan(SIMPLE)
    assert rendered.text is None
    assert split_text(rendered.text, lambda start, length: SIMPLE[start : start + length], rendered.header_size, rendered.size) == (
        SIMPLE[: rendered.header_size].lower(),
        b"hello,\r\n\r\n  this is\tthe text.\r\n",
    )
    assert rendered.preview == "Hello, this is the TEXT."


def test_text_is_decoded_folded_and_without_attachments() -> None:
    rendered = scan(PARTS)
    header, text = split_text(rendered.text, lambda *_: b"", rendered.header_size, rendered.size)
    assert b'subject: a "quoted"' in header
    assert text.decode().startswith("grüsse =\r\nan alle\nsubject: inän\r\nfrom: d@x\r\n")
    assert "plain\n html\näb.png" in text.decode()
    assert b"secret" not in text
    assert rendered.preview == "Grüße = an alle"


TEXTS = {
    "encoded word": (b"Subject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\n\r\nx", "grüsse"),
    "8-bit header": ("Subject: Grüße\r\n\r\nx".encode(), "grüsse"),
    "8-bit body, no charset": ("\r\nÄrger".encode("cp1252"), "ärger"),
    "base64": (b"Content-Transfer-Encoding: base64\r\n\r\nSGVs\r\nbG8=\r\n", "hello"),
    "base64 cut": (b"Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8gV29", "hello wo"),
    "utf-7": (b"Content-Type: text/plain; charset=utf-7\r\n\r\nGr+APwA3w-e", "grüsse"),
    "iso-2022-jp": (b"Content-Type: text/plain; charset=ISO-2022-JP\r\n\r\n\x1b$B$3$s$K$A$O\x1b(B", "こんにちは"),
    "koi8-r": ("Content-Type: text/plain; charset=koi8-r\r\n\r\nДюжин".encode("koi8-r"), "дюжин"),
    "html": (b"Content-Type: text/html\r\n\r\n<style>p{hidden}</style><p>A <b>b</b>old&nbsp;m&ouml;ve<!-- hidden --><script>hidden", "a bold möve"),
    "unknown charset": (b"Content-Type: text/plain; charset=x-none\r\n\r\n\xe4", "ä"),
    "codec that is no charset": (b"Content-Type: text/plain; charset=zlib\r\n\r\n\xe4", "ä"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_is_found_whatever_its_encoding(name: str) -> None:
    message, text = TEXTS[name]
    stored = scan(message).text
    assert stored is not None
    assert text in stored.decode()
    assert "hidden" not in stored.decode()


def test_text_is_bounded() -> None:
    text = scan(b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "ä".encode() * 2_000_000).text
    assert text is not None
    assert len(text) < 1_100_000


@pytest.mark.parametrize(
    "bomb", [b"<" * 300_000, b"<!--" * 100_000, b"<script" * 50_000, b"&#" + b"9" * 300_000, b"&" * 300_000, b"<style>" * 50_000]
)
def test_html_that_never_ends_is_read_in_linear_time(bomb: bytes) -> None:
    assert scan(b"Content-Type: text/html\r\n\r\n" + bomb).text is not None


@pytest.mark.parametrize("message", [SIMPLE, PARTS], ids=["simple", "parts"])
def test_a_message_read_back_in_pieces_renders_the_same(message: bytes) -> None:
    scanner = Scanner()
    for start in range(0, len(message), 10):
        scanner.feed(message[start : start + 10])
    assert render(scanner.finish(), lambda start, length: message[start : start + length]) == scan(message)


ADDRESSES = {
    b"": b"NIL",
    b"  ": b"NIL",
    b"a@b": b'((NIL NIL "a" "b"))',
    b"A B <a@b>,": b'(("A B" NIL "a" "b"))',
    b"a@b (Alice)": b'(("Alice" NIL "a" "b"))',
    b"undisclosed-recipients:;": b'((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL))',
    b"G: a@b, C <c@d>;, e@f": b'((NIL NIL "G" NIL)(NIL NIL "a" "b")("C" NIL "c" "d")(NIL NIL NIL NIL)(NIL NIL "e" "f"))',
    b"<@r1,@r2:a@b>": b'((NIL "@r1,@r2" "a" "b"))',
    b'"a b"@c': b'((NIL NIL "a b" "c"))',
    b"alice": b'((NIL NIL "alice" ""))',
    b"=?utf-8?q?=C3=A4?= <a@b>": b'(("=?utf-8?q?=C3=A4?=" NIL "a" "b"))',
    "Ä <a@b>".encode(): b'(({2}\r\n\xc3\x84 NIL "a" "b"))',
    b"<>": b'((NIL NIL "" ""))',
    b'"unclosed <a@b>': b'((NIL NIL "unclosed <a@b>" ""))',
    b"<a@b": b'((NIL NIL "a" "b"))',
}


@pytest.mark.parametrize("raw", ADDRESSES)
def test_an_address_list_is_written_as_imap_does(raw: bytes) -> None:
    assert address_list(raw) == ADDRESSES[raw]


@given(
    st.lists(
        st.sampled_from([b"a", b"B. C", b" ", b",", b"<", b">", b"@", b'"', b"\\", b"(", b")", b":", b";", b"x@y", b"\r\n ", b"\xe4", b"[", b"."])
    )
)
def test_the_quick_way_and_the_parser_agree_on_addresses(pieces: list[bytes]) -> None:
    raw = b"".join(pieces)
    parsed = b"".join(b"(%b)" % b" ".join(nstring(value and re.sub(rb"[\r\n]+", b"", value)) for value in entry[:4]) for entry in parse_list(raw))
    assert address_list(raw) == (b"(%b)" % parsed if parsed else b"NIL")


def read_tokens(octets: bytes) -> list[object]:
    """Read IMAP's parenthesised data back; fails when it is not well formed."""
    stack: list[list[object]] = [[]]
    at = 0
    while at < len(octets):
        token = re.compile(rb'\(|\)|"((?:[^"\\\r\n\x00\x80-\xff]|\\["\\])*)"|\{(\d+)\}\r\n|NIL|\d+| ').match(octets, at)
        assert token, octets[at : at + 20]
        at = token.end()
        if token[0] == b"(":
            stack.append([])
        elif token[0] == b")":
            stack[-2].append(stack.pop())
        elif token[2]:
            stack[-1].append(octets[at : at + int(token[2])])
            at += int(token[2])
        elif token[1] is not None:
            stack[-1].append(re.sub(rb"\\(.)", rb"\1", token[1]))
        elif token[0] != b" ":
            stack[-1].append(None if token[0] == b"NIL" else int(token[0]))
    assert len(stack) == 1
    return stack[0]


@given(st.one_of(st.none(), st.binary(max_size=60)))
def test_any_octets_survive_as_nstring(value: bytes | None) -> None:
    assert read_tokens(nstring(value)) == [value and value.replace(b"\0", b"\x80")]


@given(
    st.lists(st.tuples(st.sampled_from([b"From", b"To", b"Subject", b"Date", b"Content-Type", b"Message-ID"]), st.binary(max_size=40))), st.binary()
)
def test_what_is_rendered_of_any_message_is_well_formed(fields: list[tuple[bytes, bytes]], text: bytes) -> None:
    message = b"".join(name + b": " + value + b"\r\n" for name, value in fields) + b"\r\n" + text
    rendered = scan(message)
    check_rendered(rendered, message)
    (envelope,) = read_tokens(rendered.envelope)
    assert isinstance(envelope, list)
    assert len(envelope) == 10


def check_rendered(rendered: Rendered, message: bytes) -> None:
    assert rendered.size == len(message)
    assert 0 <= rendered.header_size <= rendered.size
    assert len(read_tokens(rendered.bodystructure)) == 1
    assert len(read_tokens(body(rendered.bodystructure))) == 1
    assert len(rendered.preview) <= 200
    assert rendered.preview.isprintable()
    assert rendered.text is None or rendered.text.decode().count("\0") >= 1


def test_the_fields_that_clients_list_with_are_kept() -> None:
    thunderbird = b"from to cc bcc subject date message-id priority x-priority references newsgroups in-reply-to content-type reply-to"
    mutt = b"date from sender subject to cc message-id references content-type content-description in-reply-to reply-to lines list-post x-label"
    apple = b"references in-reply-to x-uniform-type-identifier x-universally-unique-identifier list-id list-unsubscribe"
    for client in (thunderbird, apple, mutt.replace(b"content-description ", b"").replace(b"lines ", b"")):
        assert frozenset(client.split()) <= FIELDS
