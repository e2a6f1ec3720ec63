"""Character sets of mail: bytes to text by any name that messages use for a charset. Never raises, in linear time.

Only charsets listed here reach Python's codecs: some of those are no charsets (zlib, unicode_escape) or take quadratic time (punycode).
"""

import re
from functools import lru_cache

_NAMES = [
    "us-ascii", "utf-8", "utf-7", "utf-16", "utf-16-be", "utf-16-le", "utf-32", "utf-32-be", "utf-32-le", "big5", "big5hkscs",
    "gb18030", "hz", "euc-jp", "euc-kr", "johab", "shift_jis", "iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3",
    "iso-2022-jp-2004", "iso-2022-jp-ext", "iso-2022-kr", "koi8-r", "koi8-t", "koi8-u", "kz1048", "ptcp154", "mac-cyrillic",
    "mac-greek", "mac-iceland", "mac-latin2", "mac-roman", "mac-turkish", "tis-620", "cp874", "cp932", "cp949", "cp950", "cp437",
    "cp737", "cp775", "cp850", "cp852", "cp855", "cp857", "cp858", "cp860", "cp861", "cp862", "cp863", "cp864", "cp865", "cp866",
    "cp869", "cp1006", "cp1125",
]  # fmt: skip
# Names as senders write them, and the superset that they mean (WHATWG Encoding has most of these).
_ALIASES = {
    "ascii": "us-ascii", "ansi": "cp1252", "latin1": "cp1252", "l1": "cp1252", "iso88591": "cp1252", "ansix341968": "us-ascii",
    "iso88599": "cp1254", "latin5": "cp1254", "iso885911": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "cp936": "gb18030", "xgbk": "gb18030",
    "windows936": "gb18030", "ksc56011987": "cp949", "ksc5601": "cp949", "euckr": "cp949", "ms949": "cp949", "windows949": "cp949",
    "windows31j": "cp932", "sjis": "cp932", "xsjis": "cp932", "mskanji": "cp932", "shiftjis": "cp932", "cp50220": "iso-2022-jp-ext",
    "iso2022jp": "iso-2022-jp-ext", "xmacroman": "mac-roman", "macintosh": "mac-roman", "xmaccyrillic": "mac-cyrillic", "ibm866": "cp866",
    "unicode11utf8": "utf-8", "utf8mb4": "utf-8", "unicode11utf7": "utf-7", "hzgb2312": "hz", "iso88598i": "iso8859-8",
    "unicode": "utf-16", "ucs2": "utf-16",
}  # fmt: skip
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_NAME_CHARACTERS = 40


def _table() -> dict[str, str]:
    names = [*_NAMES, *(f"cp125{n}" for n in range(9)), *(f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16))]
    table = {_SEPARATORS.sub("", name): name for name in names}
    table |= {f"windows125{n}": f"cp125{n}" for n in range(9)} | {f"latin{n}": f"iso8859-{n}" for n in (2, 3, 4)}
    table |= {"iso" + name.removeprefix("iso").replace("-", ""): name for name in names if name.startswith("iso8859")}
    return table | _ALIASES


_CODECS = _table()
# In these a byte below 0x80 may be something else than its ASCII character.
_NOT_ASCII = ("utf-7", "utf-16", "utf-32", "hz", "iso-2022", "johab")


def codec(charset: str) -> str | None:
    """Give the name of the codec that reads a charset, None when we know none."""
    return _codec(charset) if len(charset) <= _NAME_CHARACTERS else None


@lru_cache(256)
def _codec(charset: str) -> str | None:
    return _CODECS.get(_SEPARATORS.sub("", charset.lower()))


def extends_ascii(charset: str) -> bool:
    """Say whether text of ASCII bytes in this charset is that ASCII text; unknown charsets are taken to do so."""
    name = codec(charset)
    return name is None or not name.startswith(_NOT_ASCII)


def decode(data: bytes, charset: str = "") -> str:
    """Read text in a charset; unreadable bytes become U+FFFD, and without a charset that we know it is guessed."""
    if data.isascii() and (not charset or extends_ascii(charset)):
        return data.decode("ascii")
    name = codec(charset)
    if name is None or name == "us-ascii":
        return guess(data)
    try:
        return data.decode(name, "replace")
    except (UnicodeError, ValueError, OverflowError):  # some of the stateful codecs raise in spite of "replace"
        return guess(data)


def guess(data: bytes) -> str:
    """Read text that names no charset: UTF-8 if it can be that (RFC 6532), else Windows-1252, the most common of the rest."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
