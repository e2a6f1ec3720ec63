"""Certificates in files: what one says, and the self-signed one that a fresh server makes and renews by itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from postroom.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

VALID = dt.timedelta(days=397)  # the longest that common clients accept
RENEWED = dt.timedelta(days=30)  # before the end
SKEW = dt.timedelta(hours=1)  # clients' clocks may be late by so much


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says: the names and addresses it is for, until when it holds (UTC), and whether it signed itself."""

    names: tuple[str, ...]
    expires: dt.datetime
    self_signed: bool


def read_certificate(path: Path) -> CertificateFacts:
    """Tell what the first certificate of a PEM file says; ConfigurationError when there is none."""
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"The TLS certificate {path} can't be read: {error}.") from error
    return CertificateFacts(_names(certificate), certificate.not_valid_after_utc, certificate.issuer == certificate.subject)


def key_digest(path: Path) -> str:
    """Give the SHA-256 of the public key in the first certificate of a PEM file, in hexadecimal: DANE's 3 1 1 (RFC 7671 section 5.1)."""
    try:
        key = x509.load_pem_x509_certificate(path.read_bytes()).public_key()
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"The TLS certificate {path} can't be read: {error}.") from error
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def keep_self_signed(path: Path, names: Sequence[str], now: dt.datetime | None = None) -> bool:
    """Make a key and a self-signed certificate in one PEM file if there is none, renew the certificate before its end or for other names.

    `names` are A-labels or IP addresses, the first one the subject. True when written; a certificate that an authority signed is never touched.
    One file, written whole: whoever reads it (other workers, a start after a crash) never finds a certificate beside another's key.
    """
    now = now or dt.datetime.now(dt.UTC)
    if path.exists():
        facts = read_certificate(path)
        fresh = facts.expires - now > RENEWED and set(facts.names) == set(names)
        if not facts.self_signed or fresh:
            return False
        key = _read_key(path)
    else:
        key = ec.generate_private_key(ec.SECP256R1())
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + self_signed(key, names, now).public_bytes(Encoding.PEM)
    write_whole(path, text, mode=0o600)
    return True


def self_signed(key: ec.EllipticCurvePrivateKey, names: Sequence[str], now: dt.datetime) -> x509.Certificate:
    """Make a certificate for a server's names, signed with its own key, valid for 397 days."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])  # X.520: a common name has 64 characters at most
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(now + VALID)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(key, hashes.SHA256())


def write_whole(path: Path, content: bytes, *, mode: int) -> None:
    """Write a small file so that a reader, or a start after a power cut, finds the old content or the new, never a part."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.new")  # another process may write the same file at the same time
    with suppress(FileNotFoundError):
        partial.unlink()  # left by a crash; opened anew so that its mode is ours
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    if os.name == "posix":  # the name is durable once its folder is synced; Windows has no such call
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise ConfigurationError(f"The TLS key {path} can't be read: {error}.") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ConfigurationError(f"The TLS key {path} is not an elliptic curve key: remove the file, and a new one is made.")
    return key


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple(str(name.value) for name in names if isinstance(name, x509.DNSName | x509.IPAddress))
