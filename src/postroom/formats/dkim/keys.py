"""Keys that sign, and the records that publish them (RFC 6376 section 3.6.1, RFC 8463)."""

import base64
import binascii
import enum
import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
    load_pem_private_key,
)

from postroom.errors import PostroomError
from postroom.formats.taglist import TagListError, parse, write

RSA_BITS = 2048
"""What every verifier takes, and what still fits a DNS answer."""

SHORTEST_RSA = 1024
"""RFC 8301 section 3.2: shorter keys are never accepted."""


class KeyRecordError(PostroomError):
    """A key's record can't be used; the sentence says why."""


class Algorithm(enum.StrEnum):
    """How a signature is made, as the tag a= says it."""

    RSA = "rsa-sha256"
    ED25519 = "ed25519-sha256"

    @property
    def key_type(self) -> str:
        """The tag k= of its keys' records."""
        return self.value.partition("-")[0]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with the selector under which its public half is published."""

    selector: str
    algorithm: Algorithm
    private: RSAPrivateKey | Ed25519PrivateKey

    @classmethod
    def load(cls, selector: str, algorithm: Algorithm, secret: bytes) -> Self:
        """Make one of PKCS #8 (DER) that `make_key` made; raises ValueError for another key."""
        # The check of an RSA key costs 40 ms; what we made and sealed ourselves needs none.
        private = load_der_private_key(secret, None, unsafe_skip_rsa_key_validation=True)
        if not isinstance(private, RSAPrivateKey if algorithm is Algorithm.RSA else Ed25519PrivateKey):
            raise ValueError(f"this is no key for {algorithm}")  # noqa: TRY004 - the octets are wrong, not the argument's type
        return cls(selector, algorithm, private)

    @classmethod
    def of_pem(cls, selector: str, text: bytes) -> Self:
        """Make one of a private key in PEM without a password; raises ValueError for what is none, or an RSA key that is too short."""
        try:
            private = load_pem_private_key(text, None)
        except (TypeError, UnsupportedAlgorithm) as error:
            raise ValueError(str(error)) from None
        if isinstance(private, RSAPrivateKey) and private.key_size >= SHORTEST_RSA:
            return cls(selector, Algorithm.RSA, private)
        if isinstance(private, Ed25519PrivateKey):
            return cls(selector, Algorithm.ED25519, private)
        raise ValueError(f"this is neither an RSA key of {SHORTEST_RSA} bits at least nor an Ed25519 key")

    def sign(self, data: bytes) -> bytes:
        """Sign data."""
        if isinstance(self.private, RSAPrivateKey):
            return self.private.sign(data, PKCS1v15(), SHA256())
        return self.private.sign(hashlib.sha256(data).digest())  # RFC 8463 section 3: the hash is what is signed


def make_key(algorithm: Algorithm) -> tuple[bytes, str]:
    """Make a key: its PKCS #8 (DER), and the record that publishes it. RSA takes a tenth of a second or some, so do it in a thread."""
    private = generate_private_key(65537, RSA_BITS) if algorithm is Algorithm.RSA else Ed25519PrivateKey.generate()
    return private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()), record_of(private.public_key())


def record_of(public: RSAPublicKey | Ed25519PublicKey) -> str:
    """Write the TXT record that publishes a key."""
    if isinstance(public, Ed25519PublicKey):
        return write({"v": "DKIM1", "k": "ed25519", "p": _base64(public.public_bytes(Encoding.Raw, PublicFormat.Raw))})
    return write({"v": "DKIM1", "k": "rsa", "p": _base64(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))})


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key as the DNS publishes it: `key` None when it was revoked (an empty p=), `flags` of t=, `hashes` of h= or empty for all."""

    key_type: str
    key: RSAPublicKey | Ed25519PublicKey | None
    flags: frozenset[str] = frozenset()
    hashes: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset({"*"})

    @classmethod
    def parse(cls, text: bytes) -> Self:
        """Read a record; raises KeyRecordError. What it does not know it passes by, as section 3.6.1 asks."""
        try:
            tags = parse(text.decode("ascii"))
        except (TagListError, UnicodeDecodeError) as error:
            raise KeyRecordError(f"The key's record can't be read: {error}") from None
        if tags.get("v", "DKIM1") != "DKIM1" or ("v" in tags and next(iter(tags)) != "v"):
            raise KeyRecordError("The record does not begin with v=DKIM1.")
        if "p" not in tags:
            raise KeyRecordError("The record has no key (p=).")
        kind = tags.get("k", "rsa")
        return cls(kind, _public(kind, tags["p"]), _words(tags, "t"), _words(tags, "h"), _words(tags, "s") or frozenset({"*"}))


def _public(kind: str, text: str) -> RSAPublicKey | Ed25519PublicKey | None:
    try:
        octets = base64.b64decode("".join(text.split()), validate=True)
        if not octets:
            return None
        if kind == "ed25519":
            return Ed25519PublicKey.from_public_bytes(octets)
        key = load_der_public_key(octets)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        raise KeyRecordError("The key in p= is damaged: often a part of it was lost when it was pasted.") from None
    if kind != "rsa" or not isinstance(key, RSAPublicKey):
        raise KeyRecordError(f"The record has a key of the kind k={kind[:20]}, which this server does not know.")
    if key.key_size < SHORTEST_RSA:
        raise KeyRecordError(f"The RSA key has {key.key_size} bits; fewer than {SHORTEST_RSA} are never accepted (RFC 8301).")
    return key


def _words(tags: dict[str, str], name: str) -> frozenset[str]:
    return frozenset(filter(None, (word.strip().lower() for word in tags.get(name, "").split(":"))))


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
