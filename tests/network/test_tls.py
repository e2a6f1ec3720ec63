"""TLS over loopback: implicit, STARTTLS and its injection, server names, reload, client certificates."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from network.house import House, Opening, trusting
from postroom.errors import ConfigurationError
from postroom.network.certificates import keep_self_signed
from postroom.network.connection import Bounds
from postroom.network.tls import CertificateFiles, ServerTLS

MAIL, OTHER = "mail.example.test", "other.example.test"
Files = dict[str, CertificateFiles]


async def starttls(place: House, context: ssl.SSLContext, command: bytes = b"STARTTLS\r\n", name: str = MAIL) -> Any:
    reader, writer = await place.client()
    assert await reader.readline() == b"hello\r\n"
    writer.write(command)
    assert await reader.readline() == b"go ahead\r\n"
    await writer.start_tls(context, server_hostname=name)
    return reader, writer


async def test_implicit_tls_greets_inside(house: Opening, tls: ServerTLS, certificates: Files) -> None:
    place = await house(tls=tls, implicit=True)
    reader, writer = await place.client(ssl=trusting(certificates[MAIL]), server_hostname=MAIL)
    assert await reader.readline() == b"hello\r\n"
    agreed = place.diaries[0].connection.tls
    assert agreed is not None
    assert (agreed.version, agreed.name, agreed.client) == ("TLSv1.3", MAIL, None)
    assert agreed.cipher.startswith("TLS_")
    assert agreed.binding("tls-unique") is None
    writer.write(b"QUIT\r\n")
    await place.diaries[0].over.wait()


def read_all(port: int, context: ssl.SSLContext, most: int = 1 << 24) -> bytes:
    """A plain blocking client, which insists on close_notify: what it reads until the server says goodbye."""
    got = b""
    with (
        socket.create_connection(("127.0.0.1", port)) as plain,
        context.wrap_socket(plain, server_hostname=MAIL, suppress_ragged_eofs=False) as secure,
    ):
        while data := secure.recv(65536):
            got += data
            assert len(got) < most
    return got


async def test_large_output_crosses_tls_whole_and_ends_with_a_goodbye(house: Opening, tls: ServerTLS, certificates: Files) -> None:
    place = await house(tls=tls, implicit=True)
    client = asyncio.create_task(asyncio.to_thread(read_all, place.port, trusting(certificates[MAIL])))
    diary = await place.diaries.next()
    for number in range(100):
        diary.connection.write(bytes([number]) * 65_536)
        await diary.connection.drained()
    diary.connection.close()
    assert await client == b"hello\r\n" + b"".join(bytes([number]) * 65_536 for number in range(100))


async def test_large_input_crosses_tls_whole(house: Opening, tls: ServerTLS, certificates: Files) -> None:
    place = await house(tls=tls, implicit=True)
    reader, writer = await place.client(ssl=trusting(certificates[MAIL]), server_hostname=MAIL)
    await reader.readline()
    sent = bytes(range(256)) * 8000
    writer.write(sent)
    await writer.drain()
    writer.close()
    await place.diaries[0].over.wait()
    assert place.diaries[0].got == sent


async def test_starttls_encrypts_what_follows(house: Opening, tls: ServerTLS, certificates: Files) -> None:
    place = await house(tls=tls)
    reader, writer = await starttls(place, trusting(certificates[MAIL]))
    writer.write(b"ECHO secret\r\n")
    assert await reader.readline() == b"secret\r\n"
    assert place.diaries[0].connection.tls is not None
    assert place.diaries[0].entries == ["opened", "received", "tls", "received"]


async def test_plain_text_behind_starttls_is_the_sessions_and_never_read_as_encrypted(house: Opening, tls: ServerTLS, certificates: Files) -> None:
    place = await house(tls=tls)
    reader, writer = await starttls(place, trusting(certificates[MAIL]), b"STARTTLS\r\nECHO injected\r\n")
    diary = place.diaries[0]
    writer.write(b"ECHO mine\r\n")
    assert await reader.readline() == b"mine\r\n"
    assert diary.got == b"ECHO mine\r\n"


async def test_plain_text_in_place_of_a_handshake_ends_the_connection(house: Opening, tls: ServerTLS) -> None:
    place = await house(tls=tls)
    reader, writer = await place.client()
    await reader.readline()
    writer.write(b"STARTTLS\r\n")
    assert await reader.readline() == b"go ahead\r\n"
    writer.write(b"MAIL FROM:<attacker@example.test>\r\n")
    assert await place.diaries[0].ended() == ["opened", "received", "lost", "no tls"]
    assert place.diaries[0].got == b"STARTTLS\r\n"


async def test_data_that_came_with_the_handshakes_end_reaches_the_session_after_start_tls(
    house: Opening, tls: ServerTLS, certificates: Files
) -> None:
    place = await house(tls=tls)
    reader, writer = await place.client()
    await reader.readline()
    writer.write(b"STARTTLS\r\n")
    await reader.readline()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting(certificates[MAIL]).wrap_bio(incoming, outgoing, server_hostname=MAIL)
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    writer.write(outgoing.read())
    while True:
        incoming.write(await reader.read(65536))
        try:
            client.do_handshake()
            break
        except ssl.SSLWantReadError:
            continue
    client.write(b"ECHO early\r\n")
    writer.write(outgoing.read())
    while True:
        incoming.write(await reader.read(65536))
        try:
            assert client.read(100) == b"early\r\n"
            break
        except ssl.SSLWantReadError:
            continue
    assert place.diaries[0].entries == ["opened", "received", "tls", "received"]


async def gone(reader: asyncio.StreamReader) -> None:
    """Wait for the server's end, whether it closes or resets."""
    with contextlib.suppress(ConnectionError):
        assert await reader.read() == b""


async def test_a_handshake_that_stalls_is_cut(house: Opening, tls: ServerTLS) -> None:
    place = await house(tls=tls)
    reader, writer = await place.client()
    await reader.readline()
    writer.write(b"STARTTLS\r\n")
    await reader.readline()
    place.pass_time(31)
    await gone(reader)
    assert await place.diaries[0].ended() == ["opened", "received", "lost", "no tls"]


async def test_an_implicit_handshake_that_stalls_is_cut(house: Opening, tls: ServerTLS) -> None:
    place = await house(tls=tls, implicit=True)
    reader, writer = await place.client()
    writer.write(b"\x16\x03\x01")
    await place.arrivals(1)
    place.pass_time(31)
    await gone(reader)
    assert len(place.diaries) == 0


async def test_a_client_that_speaks_plain_to_implicit_tls_costs_no_session(house: Opening, tls: ServerTLS) -> None:
    place = await house(tls=tls, implicit=True)
    reader, writer = await place.client()
    writer.write(b"GET / HTTP/1.1\r\n\r\n")
    await reader.read()
    assert len(place.diaries) == 0


async def test_tls_starts_only_once_and_only_where_it_is_offered(house: Opening, tls: ServerTLS, certificates: Files) -> None:
    place = await house(tls=tls)
    await starttls(place, trusting(certificates[MAIL]))
    with pytest.raises(ConnectionError):
        await place.diaries[0].connection.start_tls()
    plain = await house()
    reader, _ = await plain.client()
    await reader.readline()
    with pytest.raises(ConnectionError):
        await plain.diaries[0].connection.start_tls()


async def test_the_certificate_is_chosen_by_server_name(house: Opening, tls: ServerTLS, certificates: Files) -> None:
    place = await house(tls=tls, implicit=True)
    for name in (OTHER, MAIL, OTHER):
        reader, _ = await place.client(ssl=trusting(certificates[name]), server_hostname=name)
        assert await reader.readline() == b"hello\r\n"
        assert place.diaries[-1].connection.tls.name == name  # type: ignore[union-attr] # it is encrypted
    with pytest.raises(ssl.SSLCertVerificationError):
        await place.client(ssl=trusting(certificates[OTHER]), server_hostname="unknown.example.test")
    assert len(tls._named) == 2


async def test_a_named_certificate_that_can_not_be_used_leaves_the_default(house: Opening, certificates: Files, tmp_path: Path) -> None:
    broken = CertificateFiles(tmp_path / "none.pem", tmp_path / "none.key")
    place = await house(tls=ServerTLS(certificates[MAIL], lookup=lambda _: broken), implicit=True)
    reader, _ = await place.client(ssl=trusting(certificates[MAIL]), server_hostname=MAIL)
    assert await reader.readline() == b"hello\r\n"


async def test_certificates_are_reloaded_and_running_sessions_stay(house: Opening, certificates: Files, tmp_path: Path) -> None:
    files = CertificateFiles(tmp_path / "cert.pem", tmp_path / "cert.pem")
    keep_self_signed(files.certificate, ["old.example.test"])
    old = trusting(files)
    tls = ServerTLS(files)
    place = await house(tls=tls, implicit=True)
    reader, writer = await place.client(ssl=old, server_hostname="old.example.test")
    await reader.readline()
    keep_self_signed(files.certificate, ["new.example.test"])
    tls.reload()
    late, _ = await place.client(ssl=trusting(files), server_hostname="new.example.test")
    assert await late.readline() == b"hello\r\n"
    with pytest.raises(ssl.SSLCertVerificationError):
        await place.client(ssl=old, server_hostname="old.example.test")
    writer.write(b"ECHO still\r\n")
    assert await reader.readline() == b"still\r\n"


def test_a_reload_that_fails_changes_nothing(certificates: Files, tmp_path: Path) -> None:
    tls = ServerTLS(certificates[MAIL])
    before = tls.context()
    with pytest.raises(ConfigurationError, match="can't be used"):
        tls.reload(CertificateFiles(tmp_path / "none.pem", tmp_path / "none.key"))
    with pytest.raises(ConfigurationError):
        tls.reload(CertificateFiles(certificates[MAIL].certificate, certificates[OTHER].key))
    assert tls.context() is before
    tls.reload()
    assert tls.context() is not before


async def test_old_tls_is_refused_unless_set(house: Opening, tls: ServerTLS, certificates: Files) -> None:
    assert tls.context().minimum_version == ssl.TLSVersion.TLSv1_2
    place = await house(tls=ServerTLS(certificates[MAIL], minimum=ssl.TLSVersion.TLSv1_3), implicit=True)
    old = trusting(certificates[MAIL])
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError):
        await place.client(ssl=old, server_hostname=MAIL)


async def test_tls_1_2_binds_its_channel(house: Opening, tls: ServerTLS, certificates: Files) -> None:
    place = await house(tls=tls, implicit=True)
    context = trusting(certificates[MAIL])
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    reader, writer = await place.client(ssl=context, server_hostname=MAIL)
    await reader.readline()
    agreed = place.diaries[0].connection.tls
    assert agreed is not None
    assert agreed.version == "TLSv1.2"
    assert agreed.binding("tls-unique") == writer.get_extra_info("ssl_object").get_channel_binding("tls-unique")
    assert agreed.binding("tls-exporter") is None


async def test_sessions_are_resumed(house: Opening, tls: ServerTLS, certificates: Files) -> None:
    place = await house(tls=tls, implicit=True)

    def once(session: ssl.SSLSession | None) -> tuple[ssl.SSLSession | None, bool]:
        with (
            socket.create_connection(("127.0.0.1", place.port)) as plain,
            context.wrap_socket(plain, server_hostname=MAIL, session=session) as secure,
        ):
            secure.recv(100)
            return secure.session, bool(secure.session_reused)

    context = trusting(certificates[MAIL])
    session, reused = await asyncio.to_thread(once, None)
    assert not reused
    assert (await asyncio.to_thread(once, session))[1]


def client_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for alice, which serves as its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Alice"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name("alice@example.test")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "alice.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "alice.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder / "alice.pem", folder / "alice.key"


async def test_a_client_certificate_is_asked_for_and_told(house: Opening, certificates: Files, tmp_path: Path) -> None:
    certificate, key = client_certificate(tmp_path)
    place = await house(tls=ServerTLS(certificates[MAIL], authorities=certificate), implicit=True)
    context = trusting(certificates[MAIL])
    reader, _ = await place.client(ssl=context, server_hostname=MAIL)
    await reader.readline()
    assert place.diaries[0].connection.tls.client is None  # type: ignore[union-attr] # it is encrypted
    context.load_cert_chain(certificate, key)
    reader, _ = await place.client(ssl=context, server_hostname=MAIL)
    await reader.readline()
    shown = place.diaries[1].connection.tls.client  # type: ignore[union-attr] # it is encrypted
    assert shown is not None
    assert shown.subject == "commonName=Alice, organizationName=Example"
    assert shown.names == ("alice@example.test",)
    assert len(shown.fingerprint) == 64


async def test_a_slow_reader_over_tls_is_cut(house: Opening, tls: ServerTLS, certificates: Files) -> None:
    place = await house(tls=tls, implicit=True, bounds=Bounds(output=1024 * 1024))
    reader, _ = await place.client(ssl=trusting(certificates[MAIL]), server_hostname=MAIL, limit=1024)
    await reader.readline()
    place.diaries[0].connection.write(b"x" * 40_000_000)
    await place.diaries[0].over.wait()
