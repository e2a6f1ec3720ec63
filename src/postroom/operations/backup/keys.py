"""The keys of backups, in the form of age (age-encryption.org/v1): a file of identities or recipients, or a passphrase.

Each backup has an identity of its own, to which its pieces are encrypted; that identity is sealed for the administrator's key in the header.
So a passphrase costs its second once, and a file of recipients alone (`age1...`) makes backups that this machine can't read.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyrage
from pyrage import passphrase as by_passphrase
from pyrage.x25519 import Identity, Recipient

from postroom.errors import ConfigurationError
from postroom.operations.backup.errors import BackupError, WrongKey

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_FILE: Final = 64 * 1024
IDENTITY: Final = "AGE-SECRET-KEY-1"
RECIPIENT: Final = "age1"


@dataclass(frozen=True, slots=True)
class Key:
    """What seals and opens backups: identities (secret) and recipients (public) of age, or a passphrase."""

    identities: tuple[Identity, ...] = field(default=(), repr=False)
    recipients: tuple[Recipient, ...] = ()
    passphrase: str = field(default="", repr=False)

    @classmethod
    def of_text(cls, text: str, where: str) -> Key:
        """Read the lines of an age key file; raises BackupError, which names `where` the text is from."""
        lines = [line.strip() for line in text.splitlines()]
        try:
            identities = tuple(Identity.from_str(line) for line in lines if line.startswith(IDENTITY))
            recipients = tuple(Recipient.from_str(line) for line in lines if line.startswith(RECIPIENT))
        except (pyrage.IdentityError, pyrage.RecipientError):
            raise BackupError(f"{where} has a damaged age key in it.") from None
        if not identities and not recipients:
            raise BackupError(f"{where} holds no age key: lines that begin with AGE-SECRET-KEY-1 (opens backups) or age1 (only makes them).")
        return cls(identities, recipients or tuple(identity.to_public() for identity in identities))

    @property
    def mark(self) -> str:
        """Name the recipients without telling them; '' for a passphrase."""
        names = sorted(str(recipient) for recipient in self.recipients)
        return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16] if names else ""

    def seal(self, secret: bytes) -> bytes:
        """Encrypt a few octets for whoever has this key."""
        return bytes(by_passphrase.encrypt(secret, self.passphrase) if self.passphrase else pyrage.encrypt(secret, list(self.recipients)))

    def unseal(self, sealed: bytes) -> bytes:
        """Decrypt what `seal` made; raises WrongKey."""
        try:
            if self.passphrase:
                return bytes(by_passphrase.decrypt(sealed, self.passphrase))
            if self.identities:
                return bytes(pyrage.decrypt(sealed, list(self.identities)))
        except pyrage.DecryptError:
            kind = "passphrase" if self.passphrase else "key"
            raise WrongKey(f"This {kind} does not open the backup: give the one it was made with.") from None
        raise WrongKey("The key file has only recipients (age1...), which make backups: give the identity (AGE-SECRET-KEY-1...) to open one.")


def read_key_file(path: Path) -> Key:
    """Read an age key file; raises ConfigurationError or BackupError."""
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST_FILE + 1)
    except OSError as error:
        raise ConfigurationError(f"The backup key {path} can't be read: {error.strerror}.") from error
    if len(text) > LONGEST_FILE:
        raise BackupError(f"{path} is no age key file: it is too long.")
    return Key.of_text(text.decode("utf-8", "replace"), str(path))


def make_key_file(path: Path) -> Key:
    """Make an age key file for its owner alone, as `age-keygen` writes it, on disk before anything is encrypted with it."""
    identity = Identity.generate()
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"# Opens the backups of this server. Keep a copy somewhere else.\n# public key: {identity.to_public()}\n{identity}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return Key((identity,), (identity.to_public(),))
