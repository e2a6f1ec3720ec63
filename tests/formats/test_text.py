import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.charset import codec, decode, extends_ascii
from postroom.formats.mime.parameters import decode_parameter, parse_parameters
from postroom.formats.text import fold, preview, strip_html
from postroom.formats.transfer import decode_base64, decode_transfer

PARAMETERS = {
    b"text/plain": (b"text/plain", ()),
    b"Text/PLAIN; Charset=UTF-8": (b"text/plain", ((b"charset", b"UTF-8"),)),
    b'text/plain; charset="utf-8" ; format=flowed;': (b"text/plain", ((b"charset", b"utf-8"), (b"format", b"flowed"))),
    b"text/plain (comment); charset=us-ascii (Plain)": (b"text/plain", ((b"charset", b"us-ascii"),)),
    b'a/b; name="a;b=\\"c\\""': (b"a/b", ((b"name", b'a;b="c"'),)),
    b"a/b; name=my file.pdf; x": (b"a/b", ((b"name", b"my file.pdf"),)),
    b'a/b; name="unclosed; x=y': (b"a/b", ((b"name", b"unclosed; x=y"),)),
    b"a/b;;=; ;name=": (b"a/b", ((b"", b""), (b"name", b""))),
    # RFC 2231 section 4.1
    b"a/b; title*0*=us-ascii'en'This%20is; title*1*=%20fun; title*2=\" it's\"": (b"a/b", ((b"title*", b"us-ascii'en'This%20is%20fun%20it%27s"),)),
    b"a/b; url*1=def; url*0=abc; url*3=x": (b"a/b", ((b"url", b"abcdef"),)),
    b"a/b; name*=utf-8''%C3%A4": (b"a/b", ((b"name*", b"utf-8''%C3%A4"),)),
}


@pytest.mark.parametrize("raw", PARAMETERS)
def test_parameters_are_read(raw: bytes) -> None:
    assert parse_parameters(raw) == PARAMETERS[raw]


NAMES = {
    b"; name*=utf-8'en'%C3%A4.txt": "ä.txt",
    b"; name*=iso-8859-1''%E4.txt; name=other": "ä.txt",
    b"; name==?utf-8?q?=C3=A4?=.txt": "ä.txt",
    b"; name*=nocharset%41": "nocharsetA",
    b"; name*0*=utf-8''%C3; name*1*=%A4": "ä",
    b"; x=y": None,
}


@pytest.mark.parametrize("raw", NAMES)
def test_a_parameters_text_is_decoded(raw: bytes) -> None:
    assert decode_parameter(parse_parameters(raw)[1], b"name") == NAMES[raw]


@pytest.mark.parametrize(
    "bomb",
    [b"a/b" + b";x" * 100_000, b"a/b;" + b'"' * 99_999, b"a/b; " + b"x" * 200_000, b"a/b" + b"; x*%d=y" % 1 * 50_000, b"a/b;" + b'\\"' * 99_999],
)
def test_parameter_bombs_are_bounded(bomb: bytes) -> None:
    """Stalwart CVE-2026-26312, Dovecot CVE-2020-12100."""
    assert len(parse_parameters(bomb)[1]) <= 100


@given(st.binary(max_size=80))
def test_any_octets_are_parameters(raw: bytes) -> None:
    for name, _ in parse_parameters(b"a/b; name*0*=" + raw)[1]:
        decode_parameter(parse_parameters(raw)[1], name)


CHARSETS = {
    "UTF-8": "utf-8", "utf8": "utf-8", "ISO-8859-1": "cp1252", "iso_8859-15": "iso8859-15", "Windows-1251": "cp1251", "CP-1250": "cp1250",
    "GB2312": "gb18030", "Shift_JIS": "cp932", "ks_c_5601-1987": "cp949", "koi8-r": "koi8-r", "latin1": "cp1252", "ISO-8859-8-I": "iso8859-8",
    "zlib": None, "rot13": None, "punycode": None, "idna": None, "unicode_escape": None, "": None, "x" * 1000: None,
}  # fmt: skip


@pytest.mark.parametrize("name", CHARSETS, ids=lambda name: name[:20])
def test_a_charset_has_the_codec_that_senders_mean(name: str) -> None:
    assert codec(name) == CHARSETS[name]


@given(
    st.binary(max_size=60),
    st.one_of(st.sampled_from(["utf-7", "utf-16", "hz", "iso-2022-jp", "iso-2022-kr", "big5", "utf-32", "johab"]), st.text(max_size=9)),
)
def test_any_octets_are_text_in_any_charset(data: bytes, charset: str) -> None:
    text = decode(data, charset)
    if data.isascii() and extends_ascii(charset):
        assert text == data.decode("ascii")


HTML = {
    "<p>one</p><p>two</p>": "one two",
    "in<b>li</b>ne": "inline",
    "a<br>b<BR/>c": "a b c",
    "<td>1</td><td>2</td>": "1 2",
    "a &lt; b &amp;amp; c&#x41;&#65;": "a < b &amp; cAA",
    "<style>x</style>a<SCRIPT src='>'>x</SCRIPT >b<!-- <p>x -->c<title>x</title>": "abc",
    "a<!-- x": "a",
    "a<!-->b": "ab",
    "a<script>x": "a",
    "1 < 2 and 3 > 2": "1 < 2 and 3 > 2",
    "a<b": "a",
    "&#99999999999999999999;&#xFFFFFFFFFF;": "\ufffd\ufffd",
}


@pytest.mark.parametrize("markup", HTML)
def test_html_is_read_without_its_tags(markup: str) -> None:
    assert " ".join(strip_html(markup).split()) == HTML[markup]


@given(st.text(st.sampled_from("<>!-/&#;abcscripty= \"'"), max_size=200))
def test_any_html_is_stripped(markup: str) -> None:
    strip_html(markup)


def test_a_preview_is_one_printable_line() -> None:
    assert preview("  a\r\n\tb\x00\x1b[31m\u202e c  ") == "a b[31m c"
    assert preview("word " * 1000) == ("word " * 40)
    assert preview(" " * 1000 + "late") == "late"


@pytest.mark.parametrize("bomb", ["\u0301\u0316" * 200_000, "\ufdfa" * 50_000, "\u1100" * 200_000])
def test_text_that_is_slow_to_normalise_is_folded_in_linear_time(bomb: str) -> None:
    assert fold(bomb)


@given(st.text(max_size=50))
def test_text_is_folded_alike_as_key_and_within_more(key: str) -> None:
    assert fold(key) in fold("word " * 300 + key)


def test_text_is_folded_without_case_and_width() -> None:
    assert fold("ÄRGER Straße \uff46\uff55\uff4c\uff4c") == "ärger strasse full"
    assert fold("e\u0301") == "é"
    assert fold("ASCII") == "ascii"


BASE64 = {
    b"SGVsbG8=": b"Hello",
    b"SGVs\r\nbG8=\r\n": b"Hello",
    b"SGVsbG8": b"Hello",
    b"SGVsbG": b"Hell",
    b"S G!V s": b"Hel",
    b"SGVsb": b"Hel",
    b"": b"",
    b"====": b"",
    b"\xff": b"",
}


@pytest.mark.parametrize("data", BASE64)
def test_base64_is_read_as_it_really_arrives(data: bytes) -> None:
    assert decode_base64(data) == BASE64[data]


@given(st.binary(max_size=60))
def test_any_octets_have_a_transfer_encoding(data: bytes) -> None:
    for encoding in (b"base64", b"quoted-printable", b"7bit", b"x-uuencode"):
        decode_transfer(data, encoding)
