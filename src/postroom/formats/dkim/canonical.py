"""Canonical forms of header fields and bodies (RFC 6376 section 3.4), for those who sign and those who verify.

A bare LF counts as the CRLF that it becomes on its way; a bare CR is an octet like others.
"""

import hashlib
import re

PIECE = 64 * 1024
"""Octets that are worked on at once, however large the chunks are that come."""

_WSP = re.compile(rb"[ \t]+")
_LINE_END = re.compile(rb"\r?\n")
_BLANKS = b"\r\n" * (PIECE // 2)
_TABS = bytes.maketrans(b"\t", b" ")


def canonical_field(raw: bytes, *, relaxed: bool = True) -> bytes:
    """Give the canonical form of one field (as `headers.split` gives it, folds included) with its CRLF (sections 3.4.1 and 3.4.2)."""
    if not relaxed:
        return _LINE_END.sub(b"\r\n", raw.removesuffix(b"\r")) + b"\r\n"
    name, _, value = raw.partition(b":")
    unfolded = _LINE_END.sub(b"", value.removesuffix(b"\r"))
    return b"%b:%b\r\n" % (name.strip(b" \t").lower(), _WSP.sub(b" ", unfolded).strip(b" "))


class BodyHash:
    """Hashes a body that comes in chunks, in its relaxed or simple form; what it holds does not grow with the body (sections 3.4.3, 3.4.4).

    What may turn out to be the end is held back as counts: a blank, empty lines, a CR whose LF is to come.
    """

    __slots__ = ("_blank", "_cr", "_empty", "_ends", "_hash", "_relaxed")

    def __init__(self, *, relaxed: bool = True) -> None:
        self._relaxed = relaxed
        self._hash = hashlib.sha256()
        self._cr = False
        self._blank = False
        self._ends = 0
        self._empty = True

    def update(self, chunk: bytes) -> None:
        """Take the next chunk."""
        for start in range(0, len(chunk), PIECE):
            self._take(chunk[start : start + PIECE])

    def digest(self) -> bytes:
        """Give the SHA-256 of the whole body, which takes no more chunks."""
        if self._cr:
            self._give_back()
            self._hash.update(b" \r" if self._blank else b"\r")
        if not self._relaxed or self._cr or not self._empty:
            self._hash.update(b"\r\n")
        return self._hash.digest()

    def _take(self, piece: bytes) -> None:
        if self._cr:
            piece = b"\r" + piece
        self._cr = piece.endswith(b"\r")
        if self._cr:
            piece = piece[:-1]
        if piece.count(b"\n") != piece.count(b"\r\n"):
            piece = _LINE_END.sub(b"\r\n", piece)
        self._write(self._collapse(piece) if self._relaxed else piece)

    def _collapse(self, piece: bytes) -> bytes:
        """Make white space within lines one blank and take it off their ends; a blank at the piece's end waits for what follows it."""
        if self._blank:
            piece = b" " + piece
        piece = piece.translate(_TABS)
        while b"  " in piece:  # halves each run of blanks, so 16 times at most
            piece = piece.replace(b"  ", b" ")
        piece = piece.replace(b" \r\n", b"\r\n")
        self._blank = piece.endswith(b" ")
        return piece[:-1] if self._blank else piece

    def _write(self, piece: bytes) -> None:
        """Hash a piece, but hold back the line ends that it ends with."""
        content = piece.rstrip(b"\r\n")
        tail = piece[len(content) :]
        # A bare CR, with what stands before it, belongs to the content.
        bare = len(tail) if tail.endswith(b"\r") else tail.rfind(b"\r\r") + 1
        content = piece[: len(content) + bare]
        if content:
            self._give_back()
            self._hash.update(content)
            self._empty = False
        self._ends += (len(tail) - bare) // 2

    def _give_back(self) -> None:
        """Hash the line ends that were held back: they were not the end."""
        while self._ends:
            count = min(self._ends, len(_BLANKS) // 2)
            self._hash.update(_BLANKS[: 2 * count])
            self._ends -= count
