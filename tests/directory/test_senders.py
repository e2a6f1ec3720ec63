"""As whom an account may send."""

import pytest

from postroom.directory.directory import Directory
from postroom.formats.address import Address


@pytest.fixture
async def staffed(directory: Directory) -> Directory:
    await directory.domains.add("other.test")
    await directory.domains.add_alias("example.test", "example.org")
    await directory.accounts.add("bob@example.test")
    await directory.aliases.add("team@other.test", ["alice@example.org", "bob@example.test"])
    await directory.aliases.add("all@other.test", ["team@other.test"])
    await directory.aliases.add("old@other.test", ["alice@example.test"], active=False)
    await directory.aliases.add("circle@other.test", ["circle2@other.test"])
    await directory.aliases.add("circle2@other.test", ["circle@other.test", "bob@example.test"])
    return directory


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("alice@example.test", True),
        ("ALICE+any@example.org", True),
        ("team@other.test", True),
        ("all+x@other.test", True),
        ("old@other.test", False),
        ("bob@example.test", False),
        ("alice@elsewhere.test", False),
        ("alice@other.test", False),
        ("circle@other.test", False),
    ],
)
async def test_an_account_sends_as_itself_and_as_the_aliases_that_lead_to_it(staffed: Directory, address: str, may: bool) -> None:
    alice = await staffed.accounts.get("alice@example.test")
    assert await staffed.may_send_as(alice, Address.parse(address)) is may
    assert staffed.sends_as(alice, Address.parse(address)) is may


async def test_the_addresses_of_an_account_are_listed_and_follow_changes(staffed: Directory) -> None:
    bob = await staffed.accounts.get("bob@example.test")
    assert staffed.cached_addresses_of(bob) is None
    assert staffed.sends_as(bob, Address.parse("team@other.test")) is None
    assert await staffed.addresses_of(bob) == {
        "bob@example.test", "team@other.test", "all@other.test", "circle@other.test", "circle2@other.test"
    }  # fmt: skip
    assert staffed.cached_addresses_of(bob) == await staffed.addresses_of(bob)
    await staffed.aliases.remove("circle2@other.test")
    assert await staffed.addresses_of(bob) == {"bob@example.test", "team@other.test", "all@other.test"}
