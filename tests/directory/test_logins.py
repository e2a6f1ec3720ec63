"""Logging in, by password and by SCRAM."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.workers import Clock, Worker
from postroom.directory.credentials import MOST_WAITING, Credentials, LoginsBusy, read_keys, write_keys
from postroom.directory.directory import Directory
from postroom.directory.errors import DirectoryError, LoginRefused
from postroom.formats import scram

HERE, AWAY = "127.0.0.1", "192.0.2.7"


async def refused(directory: Directory, name: str, password: str, ip: str = HERE) -> LoginRefused:
    with pytest.raises(LoginRefused) as caught:
        await directory.authenticate(ip, name, password)
    return caught.value


@pytest.mark.parametrize("name", ["alice@example.test", "ALICE@Example.Test", "alice@example.org", "alice"])
async def test_an_account_logs_in_by_every_spelling_of_its_address(directory: Directory, name: str) -> None:
    await directory.domains.add_alias("example.test", "example.org")
    await directory.table.set("default_domain", "example.test")
    assert (await directory.authenticate(AWAY, name, "secret-1")).address.local == "alice"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("alice@example.test", "secret-2"),
        ("alice@example.test", ""),
        ("alice@example.test", "secret-1 "),
        ("alice@example.test", "x" * 5000),
        ("alice@example.test", "\x00"),
        ("alice@example.test", "\ud800"),
        ("nobody@example.test", "secret-1"),
        ("nopassword@example.test", ""),
        ("alice@elsewhere.test", "secret-1"),
        ("alice", "secret-1"),
        ("", "secret-1"),
        ("x" * 5000, "secret-1"),
        ("' OR 1=1 --@example.test", "secret-1"),
    ],
)
async def test_every_wrong_login_gets_the_same_text(directory: Directory, name: str, password: str) -> None:
    await directory.accounts.add("nopassword@example.test")
    assert str(await refused(directory, name, password)) == "The name or the password is wrong."


async def test_a_wrong_and_an_unknown_name_cost_one_hash_each(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    checks: list[str] = []
    check = directory.hashing._check

    def counted(stored: str, secret: str) -> bool:
        checks.append(stored)
        return check(stored, secret)

    monkeypatch.setattr(directory.hashing, "_check", counted)
    await directory.accounts.add("away@example.test", "secret-1", active=False)
    for name in ("alice@example.test", "nobody@example.test", "not an address", "away@example.test"):
        checks.clear()
        await refused(directory, name, "guess")
        assert len(checks) == 1


async def test_an_inactive_account_or_domain_does_not_log_in(directory: Directory) -> None:
    await directory.authenticate(HERE, "alice@example.test", "secret-1")
    await directory.accounts.set("alice@example.test", active=False)
    assert (await refused(directory, "alice@example.test", "secret-1")).reason == "the account is not active"
    await directory.accounts.set("alice@example.test", active=True)
    await directory.domains.set("example.test", active=False)
    assert (await refused(directory, "alice@example.test", "secret-1")).reason == "the account is not active"


async def test_another_password_ends_cached_logins_in_every_worker(worker: Worker, directory: Directory) -> None:
    other = await worker()
    await other.authenticate(HERE, "alice@example.test", "secret-1")
    await directory.accounts.set_password("alice@example.test", "secret-2")
    await refused(other, "alice@example.test", "secret-1")
    await other.authenticate(HERE, "alice@example.test", "secret-2")
    await directory.accounts.remove("alice@example.test")
    await refused(other, "alice@example.test", "secret-2")


async def test_a_verified_login_is_remembered_and_equal_ones_under_way_are_one(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    checks: list[str] = []
    check = directory.hashing._check

    def counted(stored: str, secret: str) -> bool:
        checks.append(secret)
        return check(stored, secret)

    monkeypatch.setattr(directory.hashing, "_check", counted)
    await asyncio.gather(*(directory.authenticate(HERE, "alice@example.test", "secret-1") for _ in range(20)))
    await directory.authenticate(HERE, "alice@example.test", "secret-1")
    assert checks == ["secret-1"]


async def test_a_flood_of_logins_is_turned_away_but_not_those_that_are_remembered(directory: Directory, monkeypatch: pytest.MonkeyPatch) -> None:
    await directory.authenticate(HERE, "alice@example.test", "secret-1")
    monkeypatch.setattr(directory.hashing, "_waiting", MOST_WAITING)
    with pytest.raises(LoginsBusy):
        await directory.authenticate(HERE, "alice@example.test", "guess")
    await directory.authenticate(HERE, "alice@example.test", "secret-1")


async def test_a_login_renews_a_hash_of_other_parameters(directory: Directory) -> None:
    async def stored() -> Credentials:
        login = await directory.accounts.login("alice@example.test")
        assert login is not None
        return login.credentials

    before = await stored()
    await directory.table.set("password_passes", 2)
    await directory.authenticate(HERE, "alice@example.test", "secret-1")
    after = await stored()
    assert "t=1," in before.password
    assert "t=2," in after.password
    await directory.authenticate(HERE, "alice@example.test", "secret-1")
    assert await stored() == after


async def test_more_lanes_than_the_memory_has_room_for_still_make_hashes(directory: Directory) -> None:
    await directory.table.set("password_lanes", 16)
    await directory.accounts.set_password("alice@example.test", "secret-2")
    await directory.authenticate(HERE, "alice@example.test", "secret-2")


async def test_passwords_that_are_typed_differently_are_one(directory: Directory) -> None:
    await directory.accounts.set_password("alice@example.test", "pa\u00dfwo\u0308rt\u00a01")
    await directory.authenticate(HERE, "alice@example.test", "pa\u00dfw\u00f6rt 1")


@pytest.mark.parametrize("password", ["", "x" * 1025, "bell\x07"])
async def test_a_password_that_can_not_be_is_refused(directory: Directory, password: str) -> None:
    with pytest.raises(DirectoryError, match="1 to 1024"):
        await directory.accounts.set_password("alice@example.test", password)


async def prove(directory: Directory, mechanism: str, name: str, password: str, ip: str = HERE) -> bytes:
    """Run a SCRAM exchange between formats' client and server with the directory's keys; returns the salt that was told."""
    keys = await directory.scram(ip, name, mechanism)
    client = scram.Client(mechanism, name, password)
    server = scram.Server(scram.read_client_first(client.first()), keys)
    client.finish(server.verify(client.final(server.challenge())))
    await directory.proven(ip, name)
    return keys.salt


async def test_scram_logs_in(directory: Directory) -> None:
    assert directory.scram_mechanisms == ("SCRAM-SHA-256",)
    await prove(directory, "SCRAM-SHA-256", "Alice@example.test", "secret-1")
    with pytest.raises(scram.ScramError):
        await prove(directory, "SCRAM-SHA-256", "alice@example.test", "secret-2")


async def test_an_unknown_name_has_the_same_salt_each_time_and_in_each_worker(worker: Worker, directory: Directory) -> None:
    other = await worker()
    keys = await directory.scram(HERE, "nobody@example.test", "SCRAM-SHA-256")
    assert keys == await other.scram(AWAY, "NOBODY@example.test", "SCRAM-SHA-256")
    assert keys.salt != (await directory.scram(HERE, "noone@example.test", "SCRAM-SHA-256")).salt
    real = await directory.scram(HERE, "alice@example.test", "SCRAM-SHA-256")
    assert (len(keys.salt), keys.iterations, len(keys.stored_key)) == (len(real.salt), real.iterations, len(real.stored_key))
    with pytest.raises(LoginRefused):
        await directory.proven(HERE, "nobody@example.test")


async def test_scram_is_offered_only_while_every_active_account_has_keys(worker: Worker, directory: Directory) -> None:
    other = await worker()
    await directory.accounts.add("nopassword@example.test")
    assert other.scram_mechanisms == ("SCRAM-SHA-256",)
    await directory.accounts.add_many("example.test", ["imported"], Credentials("$argon2id$x"))
    assert directory.scram_mechanisms == other.scram_mechanisms == (await worker()).scram_mechanisms == ()
    await directory.accounts.set("imported@example.test", active=False)
    assert other.scram_mechanisms == ("SCRAM-SHA-256",)


async def test_scram_sha_1_comes_by_setting_and_keys_are_made_at_the_next_login(directory: Directory) -> None:
    await directory.table.set("scram_sha1", "yes")
    assert "SCRAM-SHA-1" not in directory.scram_mechanisms
    await directory.authenticate(HERE, "alice@example.test", "secret-1")
    assert directory.scram_mechanisms == ("SCRAM-SHA-256", "SCRAM-SHA-1")
    await prove(directory, "SCRAM-SHA-1", "alice@example.test", "secret-1")


async def test_a_failed_exchange_is_counted_like_a_wrong_password(directory: Directory, clock: Clock) -> None:
    for delay in (1.0, 2.0):
        with pytest.raises(LoginRefused) as caught:
            await directory.refuse(AWAY, "alice@example.test", "the proof is wrong")
        assert (caught.value.reason, clock.slept[-1]) == ("the proof is wrong", delay)
    assert (await refused(directory, "alice@example.test", "guess", AWAY)).banned
    with pytest.raises(LoginRefused):
        await directory.scram(AWAY, "alice@example.test", "SCRAM-SHA-256")


def test_secrets_are_not_in_the_text_of_a_value() -> None:
    assert "secret" not in repr(Credentials("secret", "secret", "secret"))


@given(st.sampled_from(sorted(scram.HASHES)), st.integers(1, 10**9), st.binary(), st.binary(), st.binary())
def test_scram_keys_read_back(mechanism: str, iterations: int, salt: bytes, stored_key: bytes, server_key: bytes) -> None:
    keys = scram.Keys(mechanism, salt, iterations, stored_key, server_key)
    assert read_keys(write_keys(keys)) == keys


@pytest.mark.parametrize("text", ["", "SCRAM-MD5$1:aa$bb:cc", "SCRAM-SHA-1$x:aaaa$bbbb:cccc", "SCRAM-SHA-1$1:a$bbbb:cccc"])
def test_what_are_no_scram_keys_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        read_keys(text)
