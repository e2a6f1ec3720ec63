"""The key of a data directory: 32 random octets in a file that only its owner can read, from which every other key is derived."""

from __future__ import annotations

import hmac
import os
import secrets
from typing import TYPE_CHECKING, Final

from postroom.errors import ConfigurationError, PostroomError

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

FILE: Final = "secret.key"
SIZE: Final = 32
_NONCE: Final = 12


class SealError(PostroomError):
    """A sealed secret was changed, or sealed with another directory's key."""


class DataKey:
    """Derives keys by name and seals what must be stored but not read by whoever gets a copy of the database."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if len(key) != SIZE:
            raise ValueError(f"a data key has {SIZE} octets")
        self._key = key

    def derive(self, purpose: str) -> bytes:
        """Return 32 octets for one purpose; those of other purposes can't be told from them."""
        return hmac.digest(self._key, purpose.encode(), "sha256")

    def seal(self, secret: bytes, purpose: str) -> bytes:
        """Encrypt a secret (ChaCha20-Poly1305, RFC 8439); only `unseal` for the same purpose opens it."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + _cipher(self.derive("seal")).encrypt(nonce, secret, purpose.encode())

    def unseal(self, sealed: bytes, purpose: str) -> bytes:
        """Decrypt what `seal` made; raises SealError."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as in _cipher

        try:
            return _cipher(self.derive("seal")).decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
        except (InvalidTag, ValueError):
            raise SealError("A stored secret can't be opened with this data directory's key: was secret.key replaced?") from None


def load(directory: Path) -> DataKey:
    """Read the key of a data directory, or make it; the caller holds the directory's lock. Raises ConfigurationError."""
    path = directory / FILE
    try:
        if not path.exists():
            _create(path)
        key = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"The key file {path} can't be used: {error.strerror}.") from error
    if len(key) != SIZE:
        raise ConfigurationError(f"{path} is damaged: it has {len(key)} octets instead of {SIZE}. Put the copy of a backup in its place.")
    return DataKey(key)


def _cipher(key: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - most processes never seal, and start faster

    return ChaCha20Poly1305(key)


def _create(path: Path) -> None:
    """Write a new key beside its place, sync it and rename it in: a power cut leaves all of it or nothing."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(SIZE))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    if os.name != "nt":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
