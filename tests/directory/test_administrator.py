"""The password of Administrator, and the relay's."""

from __future__ import annotations

import pytest

from directory.workers import Clock, Worker
from postroom.directory.credentials import Credentials
from postroom.directory.errors import DirectoryError
from postroom.storage.database import CONTROL
from postroom.storage.sqlite.engine import SQLiteDatabase

AWAY = "192.0.2.7"


async def test_model_3_3_the_password_is_a_hash_in_the_database_that_every_worker_follows(worker: Worker, database: SQLiteDatabase) -> None:
    one, other = await worker(), await worker()
    assert not one.administrator.has_password
    assert not await one.administrator.check("127.0.0.1", "")
    await one.administrator.set("secret-0")
    assert await other.administrator.check(AWAY, "secret-0")
    assert not await other.administrator.check("127.0.0.1", "secret-1")
    [(stored,)] = await database.read(CONTROL, "SELECT password FROM administrator")
    assert stored.startswith("$argon2id$")
    assert await (await worker()).administrator.check(AWAY, "secret-0"), "also after a restart"
    await one.administrator.set("")
    assert not other.administrator.has_password
    with pytest.raises(DirectoryError):
        await one.administrator.set("x" * 2000)


async def test_the_configurations_password_counts_while_the_database_has_none(worker: Worker) -> None:
    directory = await worker(admin_password="from-the-file")
    assert directory.administrator.has_password
    assert await directory.administrator.check(AWAY, "from-the-file")
    assert not await directory.administrator.check("127.0.0.1", "from-the-fil")
    await directory.administrator.set("from-the-database")
    assert not await directory.administrator.check("127.0.0.1", "from-the-file")
    assert await directory.administrator.check(AWAY, "from-the-database")


async def test_wrong_passwords_slow_down_and_ban_the_address_but_never_this_machine(worker: Worker, clock: Clock) -> None:
    directory = await worker()
    await directory.administrator.set("secret-0")
    for _ in range(3):
        assert not await directory.administrator.check(AWAY, "guess")
    assert clock.slept == [1.0, 2.0]
    assert directory.banned(AWAY)
    assert not await directory.administrator.check(AWAY, "secret-0")
    for _ in range(5):
        assert not await directory.administrator.check("127.0.0.1", "guess")
    assert await directory.administrator.check("127.0.0.1", "secret-0")


async def test_failures_that_are_cleared_count_no_more(worker: Worker) -> None:
    directory = await worker()
    await directory.administrator.set("secret-0")
    for _ in range(2):
        await directory.administrator.check(AWAY, "guess")
    await directory.failures.clear()
    await directory.administrator.check(AWAY, "guess")
    assert not directory.banned(AWAY)


async def test_the_relay_takes_all_mail_without_a_route_and_its_password_is_sealed(worker: Worker, database: SQLiteDatabase) -> None:
    one, other = await worker(), await worker()
    assert one.relayer.route() is None
    for name, value in {"smtp_relayer": "relay.test|second.test", "smtp_relayer_port": 0, "smtp_relayer_username": "user"}.items():
        await one.table.set(name, value)
    await one.relayer.set_password("secret-2")
    route = other.relayer.route()
    assert route is not None
    assert (route.host, route.port, route.username, route.password) == ("relay.test", 25, "", "")
    await one.table.set("smtp_relayer_requires_authentication", True)
    again = (await worker()).relayer.route()
    assert again is not None
    assert (again.username, again.password, again.login) == ("user", "secret-2", True)
    [(sealed,)] = await database.read(CONTROL, "SELECT password FROM relayer")
    assert b"secret" not in sealed
    await one.table.set("smtp_relayer", "")
    await one.table.set("smtp_connection_security", "starttls")
    route = other.relayer.route()
    assert route is not None
    assert (route.host, route.security) == ("", "starttls")
    with pytest.raises(DirectoryError):
        await one.relayer.set_password("a\nb")


async def test_a_password_that_was_proven_costs_no_second_hash_until_another_is_set(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = await worker()
    await directory.administrator.set("secret-0")
    asked: list[str] = []
    check = directory.hashing.check

    async def counted(credentials: Credentials | None, password: str) -> bool:
        asked.append(password)
        return await check(credentials, password)

    monkeypatch.setattr(directory.hashing, "check", counted)
    assert [await directory.administrator.check(AWAY, "secret-0") for _ in range(3)] == [True] * 3
    assert not await directory.administrator.check("127.0.0.1", "secret-1")
    assert asked == ["secret-0", "secret-1"]
    await directory.administrator.set("secret-2")
    assert not await directory.administrator.check("127.0.0.1", "secret-0")
    assert await directory.administrator.check("127.0.0.1", "secret-2")
    assert asked[2:] == ["secret-0", "secret-2"]
