"""Domains, their other names, aliases and distribution lists: defaults, what Save refuses, renaming and removal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from modelhouse import Hand, ModelHouse, added, modelhouse, reach, refusal, texts

PREFIX = "Failed to save object. "
SAME = "Another object with the same name already exists in this domain."


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ModelHouse]:
    async with modelhouse(tmp_path) as opened:
        yield opened


async def domain_of(house: ModelHouse, name: str = "Administrator") -> Hand:
    domain: Hand = await (await house.login(name))("Domains.Item", 0)
    return domain


DEFAULTS: dict[str, Any] = {
    "Active": False,
    "MaxSize": 0,
    "MaxMessageSize": 0,
    "MaxAccountSize": 0,
    "PlusAddressingEnabled": False,
    "PlusAddressingCharacter": "+",
    "AntiSpamEnableGreylisting": True,
    "SignatureEnabled": False,
    "SignatureMethod": 1,
    "AddSignaturesToLocalMail": True,
    "AddSignaturesToReplies": False,
    "MaxNumberOfAccounts": 0,
    "MaxNumberOfAliases": 0,
    "MaxNumberOfDistributionLists": 0,
    "MaxNumberOfAccountsEnabled": False,
    "MaxNumberOfAliasesEnabled": False,
    "MaxNumberOfDistributionListsEnabled": False,
    "DKIMSignEnabled": False,
    "DKIMHeaderCanonicalizationMethod": 2,
    "DKIMBodyCanonicalizationMethod": 2,
    "DKIMSigningAlgorithm": 2,
    "Postmaster": "",
    "Name": "",
    "ID": 0,
}


async def test_model_5_1_a_new_domain_has_its_defaults(house: ModelHouse) -> None:
    new = await (await house.login())("Domains.Add")
    assert {name: await new(name) for name in DEFAULTS} == DEFAULTS


OTHER: dict[type, Callable[[Any], Any]] = {bool: lambda old: not old, int: lambda old: 1 if old != 1 else 2, str: lambda _: "+"}


async def test_every_property_of_a_domain_is_kept(house: ModelHouse) -> None:
    app = await house.login()
    new = await app("Domains.Add")
    values = {name: OTHER[type(old)](old) for name, old in DEFAULTS.items() if name not in {"ID", "Name", "Postmaster", "PlusAddressingCharacter"}}
    values |= {"Name": "new.test", "Postmaster": "alice@example.test", "PlusAddressingCharacter": "-", "ADDomainName": "WINDOWS"}
    values |= {"SignaturePlainText": "--\r\nwe", "SignatureHTML": "<b>we</b>", "DKIMSelector": "s1", "DKIMPrivateKeyFile": "/k.pem"}
    await new.set(**values)
    await new("Save")
    stored = await app("Domains.ItemByName", "new.test")
    assert {name: await stored(name) for name in values} == values


SAVES = [
    ({"Name": "EXAMPLE.test"}, "Another domain with this name already exists."),
    ({"Name": "bad domain"}, "The domain name you have entered is not a valid domain name."),
    ({"Name": ""}, "The domain name you have entered is not a valid domain name."),
    ({"Name": "other.example"}, "A domain alias with this name already exists."),
    (
        {"Name": "new.test", "PlusAddressingEnabled": True, "PlusAddressingCharacter": ""},
        "A plus addressing character must be selected when enabling plus addressing.",
    ),
    ({"Name": "new.test", "PlusAddressingEnabled": False, "PlusAddressingCharacter": ""}, ""),
]


@pytest.mark.parametrize(("values", "text"), SAVES)
async def test_model_4_6_what_save_refuses_of_a_domain(house: ModelHouse, values: dict[str, Any], text: str) -> None:
    app = await house.login()
    await added(await (await app("Domains.Item", 0))("DomainAliases"), AliasName="other.example")
    new = await app("Domains.Add")
    await new.set(**values)
    assert await refusal(new("Save")) == (PREFIX + text if text else "")
    assert await app("Domains.Count") == (1 if text else 2)


async def test_model_4_6_what_save_refuses_of_another_name(house: ModelHouse) -> None:
    domain = await domain_of(house)
    names = await domain("DomainAliases")
    first = await added(names, AliasName="one.example")
    for name, text in (
        ("example.test", "Another domain with this name already exists."),
        ("ONE.example", "A domain alias with this name already exists."),
    ):
        new = await names("Add")
        await new.put("AliasName", name)
        assert await refusal(new("Save")) == PREFIX + text
    await first.put("AliasName", "two.example")
    await first("Save")
    assert house.town.directory.domains.find("two.example").name == "example.test"
    assert await texts(await domain("DomainAliases"), "AliasName") == ["two.example"]
    await first("Delete")
    assert house.town.directory.domains.get("two.example") is None


async def test_model_4_13_renaming_a_domain_rewrites_the_addresses_in_it(house: ModelHouse) -> None:
    app = await house.login()
    domain = await app("Domains.Item", 0)
    alice = await domain("Accounts.Item", 0)
    await house.town.house.deliver(b"Subject: x\r\n\r\nbody\r\n", await alice("ID"))
    await alice.put("ForwardAddress", "bob@example.test")
    await alice("Save")
    await added(await domain("Aliases"), Name="team@example.test", Value="Bob@Example.test", Active=True)
    await added(await domain("Aliases"), Name="away@example.test", Value="x@elsewhere.test", Active=True)
    one = await added(await domain("DistributionLists"), Address="all@example.test", Active=True)
    for address in ("alice@example.test", "x@elsewhere.test"):
        await added(await one("Recipients"), RecipientAddress=address)
    await domain.set(Name="renamed.test", Postmaster="alice@example.test")
    await domain("Save")
    domain = await app("Domains.ItemByName", "renamed.test")
    assert await texts(await domain("Accounts"), "Address") == ["alice@renamed.test", "bob@renamed.test"]
    assert await (await domain("Accounts.Item", 0))("ForwardAddress") == "bob@renamed.test"
    assert await texts(await domain("Aliases"), "Name") == ["away@renamed.test", "team@renamed.test"]
    assert await texts(await domain("Aliases"), "Value") == ["x@elsewhere.test", "Bob@renamed.test"]
    assert await texts(await domain("DistributionLists"), "Address") == ["all@renamed.test"]
    assert await texts(await (await domain("DistributionLists.Item", 0))("Recipients"), "RecipientAddress") == [
        "alice@renamed.test",
        "x@elsewhere.test",
    ]
    assert await domain("Postmaster") == "alice@example.test"  # what the same Save set is kept as it was written
    assert len(await house.town.mail("alice@renamed.test")) == 1
    assert await house.create("hMailServer.Application")("Authenticate", "alice@renamed.test", "secret-1") is not None
    assert await house.create("hMailServer.Application")("Authenticate", "alice@example.test", "secret-1") is None


async def test_model_4_14_a_name_or_postmaster_too_long_for_its_column_is_refused(house: ModelHouse) -> None:
    domain = await domain_of(house)
    for values in ({"Name": "a" * 40 + "." + "b" * 36 + ".test"}, {"Postmaster": "a" * 63 + "@a-rather-long-name.test"}):
        await domain.set(**values)
        assert await refusal(domain("Save")) == "Failed to save object. See hMailServer error log."


async def test_a_domain_takes_everything_in_it_along(house: ModelHouse) -> None:
    app = await house.login()
    domain = await app("Domains.Item", 0)
    number = await (await domain("Accounts.Item", 0))("ID")
    await house.town.house.deliver(b"Subject: x\r\n\r\nbody\r\n", number)
    await added(await domain("Aliases"), Name="team@example.test", Value="bob@example.test")
    one = await added(await domain("DistributionLists"), Address="all@example.test")
    await added(await one("Recipients"), RecipientAddress="alice@example.test")
    await domain.put("ADDomainName", "x")
    await domain("Save")
    await domain("Delete")
    assert (await app("Domains.Count"), await house.town.house.mailboxes.usage(number)) == (0, (0, 0))
    for table in ("account", "alias", "alias_destination", "distribution_list", "list_recipient", "domain_profile"):
        assert await house.town.house.database.read(-1, f"SELECT * FROM {table}") == [], table


async def test_model_4_4_what_save_refuses_of_an_alias(house: ModelHouse) -> None:
    domain = await domain_of(house)
    aliases = await domain("Aliases")
    await added(aliases, Name="team@example.test", Value="bob@example.test")
    for name, text in (
        ("TEAM@example.test", SAME),
        ("alice@example.test", SAME),
        ("x@other.test", "The alias address domain does not match the owning domain name."),
    ):
        new = await aliases("Add")
        await new.put("Name", name)
        assert await refusal(new("Save")) == PREFIX + text
    await domain.set(MaxNumberOfAliases=1, MaxNumberOfAliasesEnabled=True)
    await domain("Save")
    new = await aliases("Add")
    await new.put("Name", "more@example.test")
    assert await refusal(new("Save")) == PREFIX + "The maximum number of aliases have been created."


@pytest.mark.parametrize(
    ("value", "shown"),
    [("bob@example.test", "bob@example.test"), ("no address", "no address"), ("", ""), ("a@b.test, c@d.test", "a@b.test,c@d.test")],
)
async def test_model_4_4_where_an_alias_leads_is_not_checked(house: ModelHouse, value: str, shown: str) -> None:
    domain = await domain_of(house)
    await added(await domain("Aliases"), Name="team@example.test", Value=value, Active=True)
    alias = await domain("Aliases.Item", 0)
    assert await alias("Value") == shown
    await alias.set(Name="crew@example.test", Active=False)
    await alias("Save")
    again = await domain("Aliases.ItemByName", "crew@example.test")
    assert (await again("Value"), await again("Active"), await domain("Aliases.Count")) == (shown, False, 1)


async def test_model_5_3_a_new_alias_and_a_new_list_have_their_defaults(house: ModelHouse) -> None:
    domain = await domain_of(house)
    alias, one = await domain("Aliases.Add"), await domain("DistributionLists.Add")
    assert [await alias(name) for name in ("Active", "Name", "Value", "DomainID")] == [False, "", "", 1]
    assert [await one(name) for name in ("Active", "Address", "Mode", "RequireSMTPAuth", "RequireSenderAddress")] == [False, "", 0, False, ""]


async def test_model_4_5_what_save_refuses_of_a_list(house: ModelHouse) -> None:
    domain = await domain_of(house)
    lists = await domain("DistributionLists")
    one = await added(lists, Address="all@example.test")
    for address, text in (
        ("ALL@example.test", SAME),
        ("bob@example.test", SAME),
        ("x@other.test", "The distribution list domain does not match the owning domain name."),
    ):
        new = await lists("Add")
        await new.put("Address", address)
        assert await refusal(new("Save")) == PREFIX + text
    await domain.put("MaxNumberOfDistributionLists", 1)  # counts without its Enabled
    await domain("Save")
    new = await lists("Add")
    await new.put("Address", "more@example.test")
    assert await refusal(new("Save")) == PREFIX + "The maximum number of distribution lists have been created."
    assert await refusal((await one("Recipients.Add"))("Save")) == "The recipient address is empty"


async def test_model_8_18_there_is_no_list_of_server_members(house: ModelHouse) -> None:
    one = await (await domain_of(house))("DistributionLists.Add")
    for given, shown in ((4, 0), (3, 3), (99, 0), (1, 1)):
        await one.put("Mode", given)
        assert await one("Mode") == shown


async def test_model_3_9_a_domain_administrator_sees_all_accounts_of_the_own_domain_and_a_user_the_own_one(house: ModelHouse) -> None:
    await house.town.directory.domains.add("other.test")
    await house.town.directory.accounts.set("alice@example.test", admin_level=1)
    mine = await house.login("alice@example.test")
    assert (await mine("Domains.Count"), await mine("Domains.Names")) == (1, "1\texample.test\t1\r\n")
    assert await (await mine("Domains.Item", 0))("Accounts.Count") == 2
    domain = await domain_of(house, "bob@example.test")
    assert await texts(await domain("Accounts"), "Address") == ["bob@example.test"]


async def test_model_3_10_a_domain_administrator_renames_and_deactivates_but_sets_no_limits(house: ModelHouse) -> None:
    await house.town.directory.accounts.set("alice@example.test", admin_level=1)
    domain = await domain_of(house, "alice@example.test")
    for name in ("MaxMessageSize", "MaxSize", "MaxAccountSize", "MaxNumberOfAccounts", "MaxNumberOfAliasesEnabled"):
        assert (await refusal(domain.put(name, 1))).startswith("You do not have access"), name
    assert (await refusal(domain("Delete"))).startswith("You do not have access")
    await domain.set(Name="mine.test", Active=False)
    await domain("Save")
    assert house.town.directory.domains.find("mine.test").active is False
    domain = await (await house.login())("Domains.Item", 0)
    assert await domain("Name") == "mine.test"


async def test_model_3_10_a_user_reads_name_and_number_of_the_domain_only(house: ModelHouse) -> None:
    domain = await domain_of(house, "bob@example.test")
    assert (await domain("Name"), await domain("ID")) == ("example.test", 1)
    for name in ("Active", "Postmaster", "Aliases", "DistributionLists", "DomainAliases", "MaxSize", "Size"):
        assert (await refusal(domain(name))).startswith("You do not have access"), name


async def test_model_3_11_links_lead_straight_to_things_that_the_caller_may_see(house: ModelHouse) -> None:
    other = await house.town.directory.domains.add("other.test")
    carol = await house.town.directory.accounts.add("carol@other.test", "secret-1")
    alice = await house.town.directory.accounts.set("alice@example.test", admin_level=1)
    bob = await house.town.directory.accounts.get("bob@example.test")
    app = await house.login()
    domain = await app("Domains.ItemByName", "example.test")
    alias = await added(await domain("Aliases"), Name="team@example.test", Value="bob@example.test")
    one = await added(await domain("DistributionLists"), Address="all@example.test")
    numbers = {"Alias": await alias("ID"), "DistributionList": await one("ID")}
    for name, own, foreign in (("Administrator", True, True), ("alice@example.test", True, False)):
        links = await reach(await house.login(name), "Links")
        assert await (await links("Domain", 1))("Name") == "example.test"
        assert await (await links("Account", bob.id))("Address") == "bob@example.test"
        assert await (await links("Alias", numbers["Alias"]))("Name") == "team@example.test"
        assert await (await links("DistributionList", numbers["DistributionList"]))("Address") == "all@example.test"
        for kind, number in (("Domain", other.id), ("Account", carol.id)):
            assert await refusal(links(kind, number)) == ("" if foreign else "Invalid index.")
        assert await refusal(links("Alias", 99)) == "Invalid index."
        assert own
    links = await reach(await house.login("bob@example.test"), "Links")
    assert await (await links("Account", bob.id))("Address") == "bob@example.test"
    assert await refusal(links("Account", alice.id)) == "Invalid index."
    assert (await refusal(links("Domain", 1))).startswith("You do not have access")
