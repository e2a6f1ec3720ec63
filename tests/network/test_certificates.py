"""The self-signed certificate: made once, kept, renewed with its key, never in place of a real one."""

from __future__ import annotations

import datetime as dt
import os
import ssl
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
def files(tmp_path: Path) -> CertificateFiles:
    return CertificateFiles(tmp_path / "cert.pem", tmp_path / "key.pem")


def test_it_is_made_at_first_start(files: CertificateFiles) -> None:
    assert keep_self_signed(files, NAMES, NOW)
    facts = read_certificate(files.certificate)
    assert facts.names == ("mail.example.test", "192.0.2.1", "2001:db8::1")
    assert facts.expires == NOW + dt.timedelta(days=397)
    assert facts.self_signed
    if os.name == "posix":
        assert stat.S_IMODE(files.key.stat().st_mode) == 0o600
    assert sorted(path.name for path in files.key.parent.iterdir()) == ["cert.pem", "key.pem"]
    server_context(files)


def test_it_is_kept_while_it_is_good(files: CertificateFiles) -> None:
    keep_self_signed(files, NAMES, NOW)
    before = files.certificate.read_bytes()
    assert not keep_self_signed(files, NAMES, NOW + dt.timedelta(days=366))
    assert files.certificate.read_bytes() == before


def test_it_is_renewed_with_its_key_before_the_end(files: CertificateFiles) -> None:
    keep_self_signed(files, NAMES, NOW)
    key = files.key.read_bytes()
    later = NOW + dt.timedelta(days=368)
    assert keep_self_signed(files, NAMES, later)
    assert read_certificate(files.certificate).expires == later + dt.timedelta(days=397)
    assert files.key.read_bytes() == key


def test_other_names_make_another(files: CertificateFiles) -> None:
    keep_self_signed(files, NAMES, NOW)
    assert keep_self_signed(files, ["new.example.test"], NOW)
    assert read_certificate(files.certificate).names == ("new.example.test",)


def test_a_crash_between_the_two_files_is_mended(files: CertificateFiles) -> None:
    keep_self_signed(files, NAMES, NOW)
    files.certificate.unlink()
    files.certificate.with_name("cert.pem.new").write_bytes(b"half")
    assert keep_self_signed(files, NAMES, NOW)
    server_context(files)


def test_a_lost_key_makes_both_anew(files: CertificateFiles) -> None:
    keep_self_signed(files, NAMES, NOW)
    files.key.unlink()
    assert keep_self_signed(files, NAMES, NOW)
    server_context(files)


def test_a_certificate_of_an_authority_is_never_touched(files: CertificateFiles) -> None:
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
    files.certificate.write_bytes(certificate.public_bytes(Encoding.PEM))
    assert not keep_self_signed(files, NAMES, NOW)
    facts = read_certificate(files.certificate)
    assert (facts.self_signed, facts.names) == (False, ())


def test_a_file_that_is_no_certificate_is_told(files: CertificateFiles) -> None:
    with pytest.raises(ConfigurationError, match="can't be read"):
        read_certificate(files.certificate)
    files.certificate.write_text("nonsense")
    with pytest.raises(ConfigurationError, match="can't be read"):
        read_certificate(files.certificate)


@pytest.mark.parametrize("content", [b"nonsense", b"rsa"])
def test_a_key_that_can_not_be_used_is_told(files: CertificateFiles, content: bytes) -> None:
    if content == b"rsa":
        content = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    files.key.write_bytes(content)
    with pytest.raises(ConfigurationError, match="TLS key"):
        keep_self_signed(files, NAMES, NOW)


def test_a_failed_write_leaves_the_old_certificate(files: CertificateFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_self_signed(files, NAMES, NOW)
    before = files.certificate.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep_self_signed(files, NAMES, NOW + dt.timedelta(days=390))
    assert files.certificate.read_bytes() == before
    assert ssl.PEM_cert_to_DER_cert(before.decode())
