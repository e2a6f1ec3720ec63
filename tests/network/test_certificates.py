"""The self-signed certificate: made once, kept, renewed with its key, never in place of a real one."""

from __future__ import annotations

import datetime as dt
import os
import stat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from postroom.errors import ConfigurationError
from postroom.network.certificates import keep_self_signed, read_certificate
from postroom.network.tls import CertificateFiles, server_context

NAMES = ["mail.example.test", "192.0.2.1", "2001:db8::1"]
NOW = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "self-signed.pem"


def test_it_is_made_at_first_start(own: Path) -> None:
    assert keep_self_signed(own, NAMES, NOW)
    facts = read_certificate(own)
    assert facts.names == ("mail.example.test", "192.0.2.1", "2001:db8::1")
    assert facts.expires == NOW + dt.timedelta(days=397)
    assert facts.self_signed
    if os.name == "posix":
        assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert [path.name for path in own.parent.iterdir()] == ["self-signed.pem"]
    server_context(CertificateFiles(own, own))


def test_it_is_kept_while_it_is_good(own: Path) -> None:
    keep_self_signed(own, NAMES, NOW)
    before = own.read_bytes()
    assert not keep_self_signed(own, NAMES, NOW + dt.timedelta(days=366))
    assert own.read_bytes() == before


def test_it_is_renewed_with_its_key_before_the_end(own: Path) -> None:
    keep_self_signed(own, NAMES, NOW)
    key, _, _ = own.read_bytes().partition(b"-----BEGIN CERTIFICATE")
    later = NOW + dt.timedelta(days=368)
    assert keep_self_signed(own, NAMES, later)
    assert read_certificate(own).expires == later + dt.timedelta(days=397)
    assert own.read_bytes().startswith(key)


def test_other_names_make_another(own: Path) -> None:
    keep_self_signed(own, NAMES, NOW)
    assert keep_self_signed(own, ["new.example.test"], NOW)
    assert read_certificate(own).names == ("new.example.test",)


def test_two_processes_that_write_at_once_leave_a_certificate_with_its_own_key(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def meanwhile_another_writes(descriptor: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        monkeypatch.setattr(os, "getpid", lambda: 0)
        keep_self_signed(own, NAMES, NOW)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", meanwhile_another_writes)
    keep_self_signed(own, NAMES, NOW)
    server_context(CertificateFiles(own, own))


def test_a_certificate_of_an_authority_is_never_touched(own: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]) for name in ("mail.example.test", "Authority")]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - dt.timedelta(days=90))
        .not_valid_after(NOW)
        .sign(key, hashes.SHA256())
    )
    own.write_bytes(certificate.public_bytes(Encoding.PEM))
    assert not keep_self_signed(own, NAMES, NOW)
    facts = read_certificate(own)
    assert (facts.self_signed, facts.names) == (False, ())


def test_a_file_that_is_no_certificate_is_told(own: Path) -> None:
    with pytest.raises(ConfigurationError, match="can't be read"):
        read_certificate(own)
    own.write_text("nonsense")
    with pytest.raises(ConfigurationError, match="can't be read"):
        read_certificate(own)


@pytest.mark.parametrize("content", [b"", b"rsa"])
def test_a_key_that_can_not_be_used_is_told(own: Path, content: bytes) -> None:
    if content == b"rsa":
        content = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    keep_self_signed(own, NAMES, NOW)
    own.write_bytes(content + own.read_bytes()[own.read_bytes().index(b"-----BEGIN CERTIFICATE") :])
    with pytest.raises(ConfigurationError, match="TLS key"):
        keep_self_signed(own, ["new.example.test"], NOW)


def test_a_failed_write_leaves_the_old_certificate(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_self_signed(own, NAMES, NOW)
    before = own.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep_self_signed(own, NAMES, NOW + dt.timedelta(days=390))
    assert own.read_bytes() == before
    server_context(CertificateFiles(own, own))
