"""Domains and their other names."""

import pytest

from directory.workers import Worker
from postroom.directory.directory import Directory
from postroom.directory.errors import DirectoryError, NotFound, Taken
from postroom.formats.address import Address


async def test_a_domain_is_known_to_every_worker_at_once_and_after_a_restart(worker: Worker) -> None:
    one, other = await worker(), await worker()
    domain = await one.domains.add("Another.Test", max_size=1 << 30, catch_all="all@example.test")
    assert domain.id < 2**31
    assert other.domains.get("another.test") == domain
    assert domain.catch_all == Address("all", "example.test")
    assert (await worker()).domains.list()[0] == domain


async def test_u_label_and_a_label_are_one_domain(directory: Directory) -> None:
    domain = await directory.domains.add("bücher.example")
    assert domain.name == "xn--bcher-kva.example"
    assert domain.title == "bücher.example"
    assert directory.domains.find("BÜCHER.example") == domain
    with pytest.raises(Taken):
        await directory.domains.add("xn--bcher-kva.example")


async def test_a_domain_has_other_names(worker: Worker) -> None:
    one, other = await worker(), await worker()
    domain = await one.domains.add_alias("example.test", "example.org")
    assert domain.aliases == ("example.org",)
    assert other.domains.get("example.org") == other.domains.get("example.test") == domain
    assert (await worker()).domains.get("example.org") == domain
    for taken in (one.domains.add("example.org"), one.domains.add_alias("example.test", "example.test")):
        with pytest.raises(Taken):
            await taken
    await other.domains.remove_alias("example.org")
    assert one.domains.get("example.org") is None
    with pytest.raises(NotFound):
        await one.domains.remove_alias("example.test")


async def test_a_domain_changes(directory: Directory) -> None:
    domain = await directory.domains.set("example.test", active=False, plus_character="-", max_message_size=1000)
    assert (domain.active, domain.plus_character, domain.max_message_size) == (False, "-", 1000)
    assert directory.domains.get("example.test") == domain


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"plus_character": "++"}, "plus_character is one of"),
        ({"plus_character": "a"}, "plus_character is one of"),
        ({"max_size": -1}, "bytes"),
        ({"name": "other.test"}, "can't be changed; these can: active"),
        ({"catch_all": "nowhere"}, "no address for a catch-all"),
    ],
)
async def test_what_a_domain_can_not_be_is_refused(directory: Directory, changes: dict[str, object], says: str) -> None:
    before = directory.domains.find("example.test")
    with pytest.raises(DirectoryError, match=says):
        await directory.domains.set("example.test", **changes)
    assert directory.domains.find("example.test") == before


@pytest.mark.parametrize("name", ["", "[127.0.0.1]", "a b", "-.test", "x" * 300])
async def test_what_is_no_domain_name_is_refused(directory: Directory, name: str) -> None:
    with pytest.raises(DirectoryError):
        await directory.domains.add(name)


async def test_a_domain_that_is_used_stays(directory: Directory) -> None:
    with pytest.raises(DirectoryError, match="still has an account"):
        await directory.domains.remove("example.test")
    await directory.accounts.remove("alice@example.test")
    await directory.aliases.add("info@example.test", ["someone@elsewhere.test"])
    with pytest.raises(DirectoryError, match="still has an alias"):
        await directory.domains.remove("example.test")
    await directory.aliases.remove("info@example.test")
    await directory.domains.remove("example.test")
    assert directory.domains.list() == []
    with pytest.raises(NotFound):
        await directory.domains.set("example.test", active=True)


async def test_the_accounts_limits_fit_into_the_domains(directory: Directory) -> None:
    with pytest.raises(DirectoryError, match="each account needs a max_size"):
        await directory.domains.set("example.test", max_size=1000)
    await directory.accounts.set("alice@example.test", max_size=600)
    await directory.domains.set("example.test", max_size=1000)
    with pytest.raises(DirectoryError, match="more than its 1,000"):
        await directory.accounts.add("bob@example.test", max_size=401)
    await directory.accounts.add("bob@example.test", max_size=400)
    with pytest.raises(DirectoryError, match="1,000 bytes together, more than its 999"):
        await directory.domains.set("example.test", max_size=999)


async def test_an_account_without_a_limit_of_its_own_has_the_domains(directory: Directory) -> None:
    await directory.domains.set("example.test", max_account_size=500, max_size=1200)
    assert (await directory.accounts.get("alice@example.test")).quota == 500
    assert (await directory.accounts.add("bob@example.test", max_size=400)).quota == 400
    with pytest.raises(DirectoryError, match="500 bytes at most"):
        await directory.accounts.set("bob@example.test", max_size=501)
    with pytest.raises(DirectoryError, match="1,400 bytes together"):
        await directory.accounts.add("carol@example.test")


async def test_a_domains_message_limit_holds_for_its_senders(directory: Directory) -> None:
    alice = await directory.accounts.get("alice@example.test")
    assert directory.max_message_size(alice) == directory.max_message_size(None) == 50 << 20
    await directory.domains.set("example.test", max_message_size=1000)
    assert directory.max_message_size(alice) == 1000
    await directory.table.set("max_message_size", 0)
    assert directory.max_message_size(alice) == 1000
    assert directory.max_message_size(None) == 0
