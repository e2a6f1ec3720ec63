"""Encoded words: text beyond ASCII in header fields (RFC 2047), read tolerantly and written strictly."""

import base64
import binascii
import re

from postroom.formats.charset import decode, guess
from postroom.formats.transfer import decode_base64

WORD_OCTETS = 75  # RFC 2047 section 2
_AROUND = len("=?utf-8?q?" + "?=")

_WORD = re.compile(rb"=\?([^?*\s]{1,64})(?:\*[^?\s]{0,32})?\?([bBqQ])\?([^?]*+)\?=")  # `*language` is RFC 2231 section 5
_BLANK = re.compile(rb"[ \t\r\n]*+")
_NEEDS_ENCODING = re.compile(r"[^\t -~]|=\?")
_Q_SAFE = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/")  # RFC 2047 section 5 (3)
_Q = [chr(octet) if octet in _Q_SAFE else "_" if octet == 0x20 else f"={octet:02X}" for octet in range(256)]


def decode_words(raw: bytes) -> str:
    """Read an unstructured field, a phrase or a whole header: encoded words decoded, raw 8-bit text guessed.

    White space between two encoded words is dropped (section 6.2); neighbours in one charset are joined before they are decoded,
    since senders cut characters in two.
    """
    if b"=?" not in raw:
        return guess(raw)
    texts: list[str] = []
    run: list[bytes] = []  # payloads of neighbouring words in `charset`
    charset, after = b"", 0
    for word in _WORD.finditer(raw):
        beside = bool(run) and _BLANK.fullmatch(raw, after, word.start()) is not None
        if run and (not beside or word[1].lower() != charset):
            texts.append(_text(run, charset))
            run = []
        if not beside:
            texts.append(guess(raw[after : word.start()]))
        run.append(decode_base64(word[3]) if word[2] in b"bB" else binascii.a2b_qp(word[3], header=True))
        charset, after = word[1].lower(), word.end()
    texts += [_text(run, charset), guess(raw[after:])]
    return "".join(texts)


def encode_words(text: str, room: int = WORD_OCTETS, *, always: bool = False) -> str:
    """Write text for an unstructured field: as it is when printable ASCII, else as UTF-8 encoded words joined by folds.

    `room` is how many octets the first word may take on its line; the others take the 75 that section 2 allows. `always` encodes ASCII too
    (a word that fits no line).
    """
    if not always and not _NEEDS_ENCODING.search(text):
        return text
    return "\r\n ".join(map(_word, _pieces(text, min(room, WORD_OCTETS))))


def _text(run: list[bytes], charset: bytes) -> str:
    return decode(b"".join(run), charset.decode("latin-1"))


def _pieces(text: str, room: int) -> list[str]:
    """Cut text so that each piece fits one word in Q encoding; characters stay whole (section 5 (3))."""
    pieces: list[str] = []
    start, width, limit = 0, 0, max(room - _AROUND, 12)  # one character may take 12
    for at, character in enumerate(text):
        wide = sum(len(_Q[octet]) for octet in character.encode("utf-8", "replace"))
        if width + wide > limit:
            pieces.append(text[start:at])
            start, width, limit = at, 0, WORD_OCTETS - _AROUND
        width += wide
    return [*pieces, text[start:]]


def _word(piece: str) -> str:
    octets = piece.encode("utf-8", "replace")
    quoted = "".join([_Q[octet] for octet in octets])
    based = base64.b64encode(octets).decode("ascii")
    return f"=?utf-8?q?{quoted}?=" if len(quoted) <= len(based) + 8 else f"=?utf-8?b?{based}?="
