"""Content transfer encodings read back to octets (RFC 2045 section 6): tolerant, never raising, in linear time."""

import binascii
import string
from typing import Final

_NOT_BASE64 = bytes(set(range(256)) - set((string.ascii_letters + string.digits + "+/").encode()))


def decode_base64(data: bytes) -> bytes:
    """Read base64 as it really arrives: other characters are skipped, a cut end or missing padding loses at most three octets."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        bare = data.translate(None, _NOT_BASE64)
        bare = bare[:-1] if len(bare) % 4 == 1 else bare
        return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))


def decode_transfer(data: bytes, encoding: bytes) -> bytes:
    """Undo a Content-Transfer-Encoding, given in lower case; 7bit, 8bit, binary and unknown ones leave the octets as they are."""
    if encoding == b"base64":
        return decode_base64(data)
    if encoding == b"quoted-printable":
        return binascii.a2b_qp(data)
    return data


class TransferDecoder:
    """Undoes an encoding piece by piece, so that no body is held as a whole: `feed` its octets, then `finish`."""

    LONGEST_LINE: Final = 64 * 1024

    def __init__(self, encoding: bytes) -> None:
        self._encoding = encoding
        self._held = b""

    def feed(self, piece: bytes) -> bytes:
        """Take the next octets, give what they decode to."""
        if self._encoding == b"base64":
            bare = self._held + piece.translate(None, _NOT_BASE64)
            whole = len(bare) // 4 * 4
            self._held = bare[whole:]
            return binascii.a2b_base64(bare[:whole])
        if self._encoding != b"quoted-printable":
            return piece
        data = self._held + piece
        end = data.rfind(b"\n") + 1
        if not end and len(data) > self.LONGEST_LINE:  # a line without an end: cut it where no escape is open
            end = len(data) - 3 if b"=" in data[-3:] else len(data)
        self._held = data[end:]
        return binascii.a2b_qp(data[:end])

    def finish(self) -> bytes:
        """Give what was left."""
        return decode_transfer(self._held, self._encoding)
