"""Mailbox names in modified UTF-7 (RFC 3501 section 5.1.3): strict, so that each name has exactly one form in what we write."""

import re
from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64

_SHIFTED = re.compile(rb"&([A-Za-z0-9+,]*)-")
_PLAIN = re.compile(r"[ -~]*")
_RUN = re.compile(r"[^ -~]+|&")


def decode_mailbox(name: bytes) -> str:
    """Decode a name from the wire; ValueError for anything but the one canonical encoding of a name without control characters.

    Not canonical are printable ASCII inside base64, two shifts side by side, bits left over, half a surrogate pair. A name with 8-bit bytes
    is read as UTF-8, in which `&` is no shift (RFC 9051 section 5.1): clients that don't know UTF-7 say it so, and
    hear it in UTF-7 from us.
    """
    if b"&" not in name or not name.isascii():
        decoded = name.decode("utf-8")
    else:
        decoded = "".join(_pieces(name))
        # Whatever is written in two ways would be two folders to one client and one to another.
        if encode_mailbox(decoded) != name:
            raise ValueError("the name isn't canonical modified UTF-7")
    if any(character < " " or "\x7f" <= character < "\xa0" for character in decoded):
        raise ValueError("control characters don't belong into a name")
    return decoded


def _pieces(name: bytes) -> list[str]:
    pieces = []
    for index, piece in enumerate(_SHIFTED.split(name)):
        if index % 2:
            pieces.append(_unshift(piece) if piece else "&")
        else:
            pieces.append(piece.decode("ascii"))
    return pieces


def _unshift(piece: bytes) -> str:
    try:
        return a2b_base64(piece.replace(b",", b"/") + b"=" * (-len(piece) % 4), strict_mode=True).decode("utf-16-be")
    except Base64Error as error:
        raise ValueError("the name has broken base64") from error


def encode_mailbox(name: str) -> bytes:
    """Encode a name for the wire; UnicodeEncodeError (a ValueError) for half a surrogate pair."""
    if _PLAIN.fullmatch(name) and "&" not in name:
        return name.encode("ascii")
    return _RUN.sub(_shift, name).encode("ascii")


def _shift(run: re.Match[str]) -> str:
    if run[0] == "&":
        return "&-"
    return "&" + b2a_base64(run[0].encode("utf-16-be"), newline=False).decode("ascii").rstrip("=").replace("/", ",") + "-"
