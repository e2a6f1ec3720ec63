"""SCRAM keys as they are stored: what lets a server check a proof without having the password (RFC 5802 section 3, RFC 7677)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final, Self

SALT_BYTES: Final = 16
MECHANISMS: Final = {"SCRAM-SHA-256": "sha256", "SCRAM-SHA-1": "sha1"}


@dataclass(frozen=True, slots=True, repr=False)
class ScramKeys:
    """Salt and iterations that the client is told, StoredKey that checks its proof, ServerKey that makes the answer."""

    mechanism: str
    iterations: int
    salt: bytes
    stored_key: bytes
    server_key: bytes

    @classmethod
    def make(cls, mechanism: str, password: bytes, iterations: int) -> Self:
        """Derive keys from a prepared password with a new salt; takes milliseconds, so call it in a thread."""
        salt = secrets.token_bytes(SALT_BYTES)
        name = MECHANISMS[mechanism]
        salted = hashlib.pbkdf2_hmac(name, password, salt, iterations)
        stored_key = hashlib.new(name, hmac.digest(salted, b"Client Key", name)).digest()
        return cls(mechanism, iterations, salt, stored_key, hmac.digest(salted, b"Server Key", name))

    @classmethod
    def fake(cls, mechanism: str, name: str, iterations: int, key: bytes) -> Self:
        """Make keys for somebody who does not exist: the same at each try, so that the salt tells nothing, and no proof fits them."""
        salt, stored_key, server_key = (hmac.digest(key, f"{label} {mechanism} {name}".encode(), "sha256") for label in ("salt", "stored", "server"))
        size = hashlib.new(MECHANISMS[mechanism]).digest_size
        return cls(mechanism, iterations, salt[:SALT_BYTES], stored_key[:size], server_key[:size])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the form of RFC 5803; ValueError for another."""
        mechanism, _, rest = text.partition("$")
        numbers, _, keys = rest.partition("$")
        iterations, _, salt = numbers.partition(":")
        stored_key, _, server_key = keys.partition(":")
        if mechanism not in MECHANISMS:
            raise ValueError("not a SCRAM mechanism")
        try:
            octets = [base64.b64decode(part, validate=True) for part in (salt, stored_key, server_key)]
        except binascii.Error as error:
            raise ValueError(str(error)) from None
        return cls(mechanism, int(iterations), *octets)

    def __str__(self) -> str:
        """Write the form of RFC 5803: mechanism$iterations:salt$StoredKey:ServerKey."""
        salt, stored_key, server_key = (base64.b64encode(part).decode() for part in (self.salt, self.stored_key, self.server_key))
        return f"{self.mechanism}${self.iterations}:{salt}${stored_key}:{server_key}"
