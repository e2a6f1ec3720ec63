"""Accounts and aliases as an administrator changes them."""

import pytest

from postroom.directory.accounts import SERVER_ADMINISTRATOR, shard_of
from postroom.directory.credentials import Credentials
from postroom.directory.directory import Directory
from postroom.directory.errors import DirectoryError, NotFound, Taken
from postroom.formats.address import Address


async def test_an_account_is_read_back_as_it_was_added(directory: Directory) -> None:
    added = await directory.accounts.add("Bob.Jones@Example.Test", admin_level=2, max_size=1000, first_name="Bob", last_name="Jones")
    assert added.address == Address("Bob.Jones", "example.test")
    assert (added.admin_level, added.quota, added.active, added.person) == (SERVER_ADMINISTRATOR, 1000, True, "Bob Jones")
    assert await directory.accounts.get("bob.jones@example.test") == added == await directory.accounts.by_id(added.id)
    assert added.shard == shard_of(added.id, 4)


@pytest.mark.parametrize("address", ["ALICE@example.test", "alice@EXAMPLE.test", "alice@example.org"])
async def test_an_address_is_given_once(directory: Directory, address: str) -> None:
    await directory.domains.add_alias("example.test", "example.org")
    with pytest.raises(Taken, match=r"alice@example\.test exists already"):
        await directory.accounts.add(address)
    with pytest.raises(Taken):
        await directory.aliases.add(address, ["bob@elsewhere.test"])


async def test_an_account_can_not_have_the_address_of_an_alias(directory: Directory) -> None:
    await directory.aliases.add("info@example.test", ["alice@example.test"])
    with pytest.raises(Taken):
        await directory.accounts.add("info@example.test")
    with pytest.raises(Taken):
        await directory.accounts.set("alice@example.test", address="info@example.test")


@pytest.mark.parametrize("address", ['"a b"@example.test', "a/b@example.test", '"a\\\\b"@example.test', "nobody", "a@", '".."@example.test'])
async def test_an_account_is_never_named_like_a_path(directory: Directory, address: str) -> None:
    with pytest.raises(DirectoryError):
        await directory.accounts.add(address)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"admin_level": 3}, "admin_level is 0"),
        ({"max_size": -1}, "number of bytes"),
        ({"first_name": "x" * 201}, "at most 200"),
        ({"password": "x"}, "can't be changed; these can: active"),
        ({"address": "alice@elsewhere.test"}, "no domain elsewhere.test"),
        ({"address": "a/b@example.test"}, "can't be a name"),
    ],
)
async def test_what_an_account_can_not_be_is_refused(directory: Directory, changes: dict[str, object], says: str) -> None:
    before = await directory.accounts.get("alice@example.test")
    with pytest.raises(DirectoryError, match=says):
        await directory.accounts.set("alice@example.test", **changes)
    assert await directory.accounts.get("alice@example.test") == before


async def test_an_account_moves_to_another_address_but_not_to_another_domain(directory: Directory) -> None:
    await directory.domains.add("other.test")
    with pytest.raises(DirectoryError, match="can't move"):
        await directory.accounts.set("alice@example.test", address="alice@other.test")
    moved = await directory.accounts.set("alice@example.test", address="Alicia@example.test")
    assert moved.address == Address("Alicia", "example.test")
    with pytest.raises(NotFound):
        await directory.accounts.get("alice@example.test")


async def test_a_number_is_never_given_twice(directory: Directory) -> None:
    removed = await directory.accounts.remove("alice@example.test")
    assert (await directory.accounts.add("alice@example.test")).id > removed.id
    with pytest.raises(NotFound):
        await directory.accounts.remove("nobody@example.test")


async def test_accounts_are_listed_in_pages(directory: Directory) -> None:
    await directory.domains.add("other.test")
    await directory.accounts.add("zoe@other.test")
    await directory.accounts.add_many("example.test", ["bob", "carol"], Credentials())
    everyone = [str(account.address) for account in await directory.accounts.list()]
    assert everyone == ["alice@example.test", "bob@example.test", "carol@example.test", "zoe@other.test"]
    page = await directory.accounts.list("example.test", after="alice@example.test", limit=1)
    assert [account.address.local for account in page] == ["bob"]
    assert await directory.accounts.count() == 4


async def test_thousands_of_accounts_are_added_with_one_hash(directory: Directory) -> None:
    credentials = await directory.hashing.make("scale")
    assert await directory.accounts.add_many("example.test", [f"user{number}" for number in range(5000)], credentials) == 5000
    assert (await directory.authenticate("127.0.0.1", "user4999@example.test", "scale")).address.local == "user4999"
    assert directory.scram_mechanisms == ("SCRAM-SHA-256",)
    shards = [account.shard for account in await directory.accounts.list(limit=5001)]
    assert {shards.count(shard) for shard in range(4)} <= {1250, 1251}


async def test_of_a_bulk_with_a_taken_name_that_part_is_not_added(directory: Directory) -> None:
    with pytest.raises(Taken):
        await directory.accounts.add_many("example.test", ["bob", "alice"], Credentials())
    assert await directory.accounts.count() == 1


async def test_an_alias_is_read_back_as_it_was_added(directory: Directory) -> None:
    added = await directory.aliases.add("Team@example.test", ["alice@example.test", "Bob@Elsewhere.test", "ALICE@example.test"])
    assert added.destinations == (Address("alice", "example.test"), Address("Bob", "elsewhere.test"))
    assert await directory.aliases.list("example.test") == [added]
    changed = await directory.aliases.set("team@example.test", destinations=["carol@elsewhere.test"])
    assert changed.destinations == (Address("carol", "elsewhere.test"),)
    assert (await directory.aliases.set("team@example.test", active=False)).destinations == changed.destinations
    await directory.aliases.remove("team@example.test")
    with pytest.raises(NotFound):
        await directory.aliases.get("team@example.test")


@pytest.mark.parametrize(
    ("destinations", "says"),
    [
        ([], "1 to 1000"),
        (["nowhere"], "is no address"),
        (["Team@example.test"], "lead to itself"),
        ([f"u{n}@x.test" for n in range(1001)], "1 to 1000"),
    ],
)
async def test_an_alias_that_leads_nowhere_is_refused(directory: Directory, destinations: list[str], says: str) -> None:
    with pytest.raises(DirectoryError, match=says):
        await directory.aliases.add("team@example.test", destinations)


async def test_what_is_gone_can_not_be_changed(directory: Directory) -> None:
    with pytest.raises(NotFound):
        await directory.aliases.set("nobody@example.test", active=False)
    with pytest.raises(NotFound):
        await directory.aliases.remove("nobody@example.test")
    with pytest.raises(NotFound):
        await directory.accounts.by_id(4711)
    with pytest.raises(NotFound):
        await directory.accounts.set_password("nobody@example.test", "secret-2")
