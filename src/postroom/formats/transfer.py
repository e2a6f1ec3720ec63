"""Content transfer encodings read back to octets (RFC 2045 section 6): tolerant, never raising, in linear time."""

import binascii
import string

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
