"""How hMailServer writes passwords: MD5, salted SHA-256, and Blowfish under a key that everybody knows.

Nothing here protects anything by today's measure: it is for scripts that compare such values, and for data of hMailServer's.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
from cryptography.hazmat.primitives.ciphers import Cipher, modes

BLOCK: Final = 8
_CIPHER: Final = Cipher(Blowfish(b"THIS_KEY_IS_NOT_SECRET"), modes.ECB())  # noqa: S305 - what hMailServer wrote; its key is public anyway


def narrow(text: str) -> bytes:
    """Give text as hMailServer hashed it: in Windows' ANSI code page, which is taken to be 1252."""
    return text.encode("cp1252", "replace")


def md5(text: str) -> str:
    """Hash a text: 32 lower-case hex digits, unsalted."""
    return hashlib.md5(narrow(text), usedforsecurity=False).hexdigest()


def salted_sha256(text: str, salt: str = "") -> str:
    """Hash a text with a salt of 6 hex digits, a new one unless given: 70 characters, the salt first."""
    salt = salt or secrets.token_hex(3)
    return salt + hashlib.sha256(salt.encode() + narrow(text)).hexdigest()


def encrypt(text: str) -> str:
    """Encrypt with Blowfish: lower-case hex, the text zero-padded to 8 octets; "" stays empty."""
    octets = narrow(text)
    encryptor = _CIPHER.encryptor()
    return _swapped(encryptor.update(_swapped(octets + bytes(-len(octets) % BLOCK)))).hex()


def decrypt(text: str) -> str:
    """Undo `encrypt`, up to the first NUL; ValueError for a text that is none of its."""
    octets = bytes.fromhex(text)
    if len(octets) % BLOCK:
        raise ValueError("The text is not whole blocks of 8 octets in hex.")
    decryptor = _CIPHER.decryptor()
    return _swapped(decryptor.update(_swapped(octets))).partition(b"\0")[0].decode("cp1252", "replace")


def _swapped(octets: bytes) -> bytes:
    """Turn every four octets around: hMailServer reads a block's halves little-endian."""
    return b"".join([octets[at : at + 4][::-1] for at in range(0, len(octets), 4)])
