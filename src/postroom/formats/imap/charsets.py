"""The charsets in which SEARCH, SORT and THREAD take their strings (RFC 3501 section 6.4.4)."""

from postroom.formats.imap.errors import CommandRefused

# Only these reach Python's codecs: among those are some that are slow (idna) or no charsets at all (zlib).
_CODECS = {
    "": "utf-8",
    "ASCII": "ascii",
    "US-ASCII": "ascii",
    "UTF-8": "utf-8",
    "UTF8": "utf-8",
    "BIG5": "big5",
    "EUC-JP": "euc_jp",
    "EUC-KR": "euc_kr",
    "GB18030": "gb18030",
    "GB2312": "gb2312",
    "GBK": "gbk",
    "ISO-2022-JP": "iso2022_jp",
    "KOI8-R": "koi8_r",
    "KOI8-U": "koi8_u",
    "SHIFT_JIS": "shift_jis",
    **{f"ISO-8859-{part}": f"iso8859_{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)},
    **{f"WINDOWS-{page}": f"cp{page}" for page in range(1250, 1259)},
}


def codec_of(charset: bytes) -> str:
    """Give Python's name of a charset; empty, none named, is read as UTF-8, of which US-ASCII is a part. NO [BADCHARSET] if unknown."""
    codec = _CODECS.get(charset.decode("ascii", "replace").upper())
    if not codec:
        raise _unknown()
    return codec


def decode_text(text: bytes, codec: str) -> str:
    """Decode a search string; NO [BADCHARSET] when it isn't in its charset."""
    try:
        return text.decode(codec)
    except ValueError as error:
        raise _unknown() from error


def _unknown() -> CommandRefused:
    return CommandRefused("The search strings are not in a charset that is known here", b"NO", b"BADCHARSET (US-ASCII UTF-8)")
