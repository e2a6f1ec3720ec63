"""Failed logins: delays and bans."""

from __future__ import annotations

import pytest

from directory.workers import Clock, Worker
from postroom.directory.directory import Directory
from postroom.directory.errors import DirectoryError, LoginRefused, NotFound
from postroom.directory.failures import is_loopback, network_of
from postroom.storage.database import CONTROL
from postroom.storage.sqlite.engine import SQLiteDatabase

AWAY = "192.0.2.7"


async def fail(directory: Directory, ip: str = AWAY, name: str = "alice@example.test") -> bool:
    """Guess a wrong password; tells whether the address is banned now."""
    with pytest.raises(LoginRefused) as caught:
        await directory.authenticate(ip, name, "guess")
    return caught.value.banned


async def test_three_failures_in_thirty_minutes_ban_for_sixty(directory: Directory, clock: Clock) -> None:
    assert [await fail(directory) for _ in range(3)] == [False, False, True]
    assert directory.banned(AWAY)
    assert not directory.banned("192.0.2.8")
    assert await fail(directory), "a banned address is refused whatever the password"
    with pytest.raises(LoginRefused):
        await directory.authenticate(AWAY, "alice@example.test", "secret-1")
    clock.now += 3599
    assert directory.banned(AWAY)
    clock.now += 2
    assert not directory.banned(AWAY)
    await directory.authenticate(AWAY, "alice@example.test", "secret-1")


async def test_failures_count_over_all_workers(worker: Worker, directory: Directory) -> None:
    other = await worker()
    await fail(directory)
    await fail(other, name="bob@example.test")
    assert await fail(directory)
    assert other.banned(AWAY)
    assert (await worker()).banned(AWAY), "a ban outlives a restart"


async def test_old_failures_do_not_count(directory: Directory, clock: Clock, database: SQLiteDatabase) -> None:
    for _ in range(5):
        assert not await fail(directory)
        clock.now += 15 * 60
    rows = await database.read(CONTROL, "SELECT count(*) FROM login_failure")
    assert rows[0][0] <= 2, "what doesn't count any more is removed"


async def test_the_answer_takes_longer_each_time_up_to_a_limit(directory: Directory, clock: Clock) -> None:
    await directory.table.set("auto_ban_on_logon_failure", "no")
    for _ in range(7):
        await fail(directory)
    assert clock.slept == [1, 2, 4, 8, 16, 16, 16]
    assert not directory.banned(AWAY)


async def test_an_account_guessed_at_from_many_addresses_gets_slow_too(directory: Directory, clock: Clock) -> None:
    for number in range(4):
        await fail(directory, f"198.51.100.{number}")
    assert clock.slept == [1, 2, 4, 8]
    await directory.authenticate("198.51.100.200", "alice@example.test", "secret-1")
    assert len(clock.slept) == 4, "whoever knows the password does not wait"


async def test_a_login_forgives_its_own_typing_errors_only(directory: Directory) -> None:
    await directory.accounts.add("mallory@example.test", "mine")
    for _ in range(2):
        await fail(directory)
        await directory.authenticate(AWAY, "alice@example.test", "secret-1")
    assert not await fail(directory)
    await directory.authenticate(AWAY, "mallory@example.test", "mine")
    await directory.authenticate(AWAY, "mallory@example.test", "mine")
    assert not await fail(directory)
    await directory.authenticate(AWAY, "mallory@example.test", "mine")
    assert await fail(directory), "an own account does not buy more guesses at another"


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "0:0:0:0:0:0:0:1", ""])
async def test_loopback_is_never_banned_and_never_waits(directory: Directory, clock: Clock, ip: str) -> None:
    for _ in range(5):
        assert not await fail(directory, ip)
    assert clock.slept == []
    with pytest.raises(DirectoryError, match="never banned"):
        await directory.failures.ban(ip, 60, "by hand")
    await directory.table.set("limit_loopback", "yes")
    for _ in range(5):
        assert not await fail(directory, ip)
    assert clock.slept == [1, 2, 4, 8, 16]


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("not:an:ip", "not:an:ip"),
    ],
)
def test_what_counts_as_one_client(ip: str, network: str) -> None:
    assert network_of(ip) == network
    assert not is_loopback(ip)


async def test_an_ipv6_home_is_banned_as_one(directory: Directory) -> None:
    for number in range(3):
        await fail(directory, f"2001:db8::{number + 1}")
    assert directory.banned("2001:db8::abcd")
    assert not directory.banned("2001:db8:0:1::1")


async def test_bans_are_listed_and_lifted(worker: Worker, directory: Directory, clock: Clock) -> None:
    other = await worker()
    await directory.failures.ban(AWAY, 10, "by hand")
    clock.now += 60
    for number in range(3):
        await fail(directory, f"2001:db8::{number}", name="bob@example.test")
    bans = other.failures.bans()
    assert [(ban.network, ban.reason) for ban in bans] == [
        ("2001:db8::/64", "3 failed logins, the last as bob@example.test"),
        (AWAY, "by hand"),
    ]
    assert bans[1].expires - bans[1].created == 600_000_000
    await other.failures.lift(bans[0].network)
    await other.failures.lift(AWAY)
    assert directory.failures.bans() == []
    assert not directory.banned(AWAY)
    with pytest.raises(NotFound):
        await directory.failures.lift(AWAY)
    with pytest.raises(DirectoryError, match="no IP address"):
        await directory.failures.lift("somewhere")


async def test_bans_that_are_over_are_let_go(directory: Directory, clock: Clock, database: SQLiteDatabase) -> None:
    await directory.failures.ban(AWAY, 10, "by hand")
    clock.now += 601
    assert directory.failures.bans() == []
    await directory.failures.ban("192.0.2.8", 10, "by hand")
    assert await database.read(CONTROL, "SELECT network FROM ban") == [("192.0.2.8",)]
    assert list(directory.failures._bans) == ["192.0.2.8"]
