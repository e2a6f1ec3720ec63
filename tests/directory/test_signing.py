"""Keys that sign: made once, sealed, turned over, and used by the signer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from directory.workers import KEY, Clock, Worker
from postroom.directory import signing
from postroom.directory.datakey import DataKey
from postroom.directory.directory import Directory
from postroom.directory.errors import DirectoryError, NotFound
from postroom.errors import Unavailable
from postroom.formats.dkim import Algorithm, make_key
from postroom.storage.database import CONTROL
from postroom.storage.sqlite.engine import SQLiteDatabase

HEADER = b"From: Alice <alice@example.test>\r\nTo: bob@example.net\r\nSubject: Hello\r\n\r\n"
BODY = b"Hello,  world \r\n\r\n"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Algorithm]:
    """The keys that are made, noted."""
    found: list[Algorithm] = []

    def noted(algorithm: Algorithm) -> tuple[bytes, str]:
        found.append(algorithm)
        return make_key(algorithm)

    monkeypatch.setattr(signing, "make_key", noted)
    return found


async def asker(directory: Directory) -> Callable[..., bytes | None]:
    records = {f"{key.host('example.test')}.".encode(): key.record.encode() for key in await directory.signing.list("example.test")}
    return lambda name, **_: records.get(name)


async def pieces(body: bytes, size: int = 3) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


async def test_what_leaves_is_signed_twice_and_dkimpy_verifies_it(directory: Directory, clock: Clock) -> None:
    clock.now = 1_700_000_000  # dkimpy looks at the machine's clock
    for body in (BODY, pieces(BODY)):
        fields = await directory.signer.sign("example.test", HEADER, body)
        judge = dkim.DKIM(fields + HEADER + BODY)
        asked = await asker(directory)
        assert [judge.verify(idx=number, dnsfunc=asked) for number in range(2)] == [True, True]
        assert fields.count(b" d=example.test;") == 2


async def test_a_large_body_is_signed_whole(directory: Directory) -> None:
    body = b"0123456789 \r\n" * 200_000
    chunks = await directory.signer.sign("example.test", HEADER, pieces(body, 65536))
    assert await directory.signer.sign("example.test", HEADER, body) == chunks


async def test_other_names_of_a_domain_sign_for_themselves(directory: Directory) -> None:
    await directory.domains.add_alias("example.test", "example.org")
    assert b"d=example.org;" in await directory.signer.sign("example.org", HEADER, BODY)


async def test_mail_of_other_domains_is_not_signed_and_none_when_signing_is_off(directory: Directory) -> None:
    assert await directory.signer.sign("elsewhere.test", HEADER, BODY) == b""
    await directory.table.set("dkim_signing", "no")
    assert await directory.signer.sign("example.test", HEADER, BODY) == b""


async def test_keys_are_made_once_however_many_ask(worker: Worker, made: list[Algorithm]) -> None:
    one, other = await worker(), await worker()
    domain = one.domains.find("example.test")
    found = await asyncio.gather(*(part.signing.active(domain) for part in (one, one, other) for _ in range(3)))
    assert len({tuple(key.selector for key in keys) for keys in found}) == 1
    assert len(made) <= 4, "each process makes one pair at most"
    listed = await one.signing.list("example.test")
    assert [(key.algorithm, key.state) for key in listed] == [("rsa-sha256", "active"), ("ed25519-sha256", "active")]
    assert [key.selector for key in listed] == ["202701r", "202701e"]
    assert [key.private.public_key() for key in found[0]] == [key.private.public_key() for key in found[-1]]


async def test_a_rotation_waits_for_its_records_then_signs_everywhere(worker: Worker) -> None:
    one, other = await worker(), await worker()
    before = await other.signer.sign("example.test", HEADER, BODY)
    await one.signing.rotate("example.test")
    with pytest.raises(DirectoryError, match="wait already"):
        await other.signing.rotate("example.test")
    assert await other.signer.sign("example.test", HEADER, BODY) == before
    states = [(key.selector, key.state) for key in await one.signing.activate("example.test")]
    assert states == [("202701r", "retired"), ("202701e", "retired"), ("202701r2", "active"), ("202701e2", "active")]
    after = await other.signer.sign("example.test", HEADER, BODY)
    assert b"s=202701r2;" in after
    assert b"s=202701r;" not in after
    with pytest.raises(DirectoryError, match="No new keys"):
        await one.signing.activate("example.test")


async def test_a_key_that_signs_is_not_removed(directory: Directory) -> None:
    await directory.signing.list("example.test")
    with pytest.raises(DirectoryError, match="signs now"):
        await directory.signing.remove("example.test", "202701r")
    await directory.signing.rotate("example.test")
    await directory.signing.activate("example.test")
    await directory.signing.remove("example.test", "202701r")
    assert [key.selector for key in await directory.signing.list("example.test")] == ["202701e", "202701r2", "202701e2"]
    with pytest.raises(NotFound):
        await directory.signing.remove("example.test", "202701r")


async def test_keys_go_with_their_domain(directory: Directory, database: SQLiteDatabase) -> None:
    await directory.domains.add("short.test")
    await directory.signing.list("short.test")
    await directory.domains.remove("short.test")
    assert await database.read(CONTROL, "SELECT count(*) FROM signing_key") == [(0,)]
    with pytest.raises(NotFound):
        await directory.signing.list("short.test")


async def test_private_keys_are_sealed_and_bound_to_their_rows(database: SQLiteDatabase, worker: Worker) -> None:
    directory = await worker()
    await directory.signing.list("example.test")
    for selector, secret in await database.read(CONTROL, "SELECT selector, secret FROM signing_key"):
        assert KEY.unseal(bytes(secret), f"dkim 1 {selector}") not in bytes(secret)
    await database.transact(CONTROL, swap)
    with pytest.raises(Unavailable, match="can't be opened"):
        await (await worker()).signer.sign("example.test", HEADER, BODY)


async def test_keys_sealed_by_another_data_directory_are_told(database: SQLiteDatabase, worker: Worker) -> None:
    await (await worker()).signing.list("example.test")
    stranger = await Directory.open(database, DataKey(bytes(32)))
    with pytest.raises(Unavailable, match=r"secret\.key"):
        await stranger.signer.sign("example.test", HEADER, BODY)
    stranger.close()


def swap(transaction: Any) -> None:
    """Put each key's secret into the other's row."""
    rows = transaction.execute("SELECT id, secret FROM signing_key ORDER BY id")
    for (number, _), (_, secret) in zip(rows, reversed(rows), strict=True):
        transaction.execute("UPDATE signing_key SET secret = ? WHERE id = ?", (secret, number))


async def test_model_15_9_a_domain_s_key_file_signs_instead_and_is_read_again_when_it_has_changed(
    directory: Directory, clock: Clock, tmp_path: Path, unhandled: list[str]
) -> None:
    clock.now = 1_700_000_000
    file = tmp_path / "dkim.pem"

    async def signed(**profile: object) -> bytes:
        changes = {"dkim": True, "dkim_selector": "brought", "dkim_key_file": str(file), **profile}
        await directory.domains.set("example.test", profile=changes)
        return await directory.signer.sign("example.test", HEADER, BODY)

    assert b" s=brought;" not in await signed()
    for algorithm in Algorithm:
        secret, record = make_key(algorithm)
        private = load_der_private_key(secret, None)
        file.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        fields = await signed()
        assert fields.count(b"DKIM-Signature:") == 1
        records = {b"brought._domainkey.example.test.": record.encode()}
        assert dkim.DKIM(fields + HEADER + BODY).verify(dnsfunc=lambda name, records=records, **_: records.get(name))
    assert b" s=brought;" not in await signed(dkim_selector="x\r\nX: y")
    assert b" s=brought;" not in await signed(dkim=False)
    file.write_text("-----BEGIN PRIVATE KEY-----")
    assert (await signed()).count(b"DKIM-Signature:") == 2
    assert unhandled == []
