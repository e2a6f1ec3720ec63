"""Accounts: defaults, the order of what Save refuses, passwords, what goes with an account."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from modelhouse import PASSWORD, Hand, ModelHouse, added, modelhouse, reach, refusal, texts
from postroom.directory.rules import Rule

PREFIX = "Failed to save object. "
TOO_LARGE = "The account is larger than the maximum account size specified in the domain settings."
NEEDS_SIZE = "The domain has a maximum account size set. When this is the case, all accounts in the domains must have an account size set."
TOO_MUCH = "Account could not be saved. The total size of all accounts in the domain would exceed the maximum size for the domain."
SERVER_ADMINISTRATOR = "You do not have access to save the user account. Server administrator accounts can only be updated by server administrators."


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ModelHouse]:
    async with modelhouse(tmp_path) as opened:
        yield opened


async def domain_of(house: ModelHouse, name: str = "Administrator") -> Hand:
    domain: Hand = await (await house.login(name))("Domains.Item", 0)
    return domain


DEFAULTS = {
    "Active": False,
    "AdminLevel": 0,
    "MaxSize": 0,
    "IsAD": False,
    "ForwardEnabled": False,
    "ForwardKeepOriginal": False,
    "VacationMessageIsOn": False,
    "SignatureEnabled": False,
    "Address": "",
    "Password": "",
    "ID": 0,
    "Size": 0,
    "QuotaUsed": 0,
    "LastLogonTime": None,
}


async def test_model_5_2_a_new_account_has_its_defaults_and_gets_an_inbox(house: ModelHouse) -> None:
    domain = await domain_of(house)
    new = await domain("Accounts.Add")
    assert {name: await new(name) for name in DEFAULTS} == DEFAULTS
    await new.set(Address="carol@example.test", Password="x")
    await new("Save")
    stored = await house.town.directory.accounts.get("carol@example.test")
    assert (stored.active, stored.domain_id, await new("ID")) == (False, 1, stored.id)
    folders = await house.town.house.mailboxes.folders(stored.id)
    assert "INBOX" in {folder.name for folder in folders}


SAVES: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({}, {"VacationMessage": "x" * 1001, "Address": "bad"}, "The auto reply message length exceeds the 1000 character limit."),
    ({}, {"Address": "no address"}, "The account address is not a valid email address."),
    ({}, {"Address": "a/b@example.test"}, "The account address is not a valid email address."),
    ({}, {"Address": '"a b"@example.test'}, "The account address may not contain spaces or quotes."),
    ({}, {"Address": "ALICE@example.test"}, "Another object with the same name already exists in this domain."),
    ({}, {"Address": "team@example.test"}, "Another object with the same name already exists in this domain."),
    ({}, {"Address": "list@example.test"}, "Another object with the same name already exists in this domain."),
    ({}, {"Address": "carol@other.test"}, "The account address domain does not match the owning domain name."),
    (
        {"MaxNumberOfAccounts": 2, "MaxNumberOfAccountsEnabled": True, "MaxAccountSize": 1},
        {"MaxSize": 2},
        "The maximum number of accounts have been created.",
    ),
    ({"MaxNumberOfAccounts": 0, "MaxNumberOfAccountsEnabled": True}, {}, "The maximum number of accounts have been created."),
    ({"MaxNumberOfAccounts": 1, "MaxNumberOfAccountsEnabled": False}, {}, ""),
    ({"MaxAccountSize": 1, "MaxSize": 100}, {"MaxSize": 2}, TOO_LARGE),
    ({"MaxAccountSize": 1}, {}, NEEDS_SIZE),
    ({"MaxSize": 100, "MaxAccountSize": 10}, {"MaxSize": 0}, NEEDS_SIZE),
    ({"MaxSize": 26, "MaxAccountSize": 10}, {"MaxSize": 6}, ""),
]


@pytest.mark.parametrize(("limits", "values", "text"), SAVES)
async def test_model_4_2_what_save_refuses_of_an_account_in_its_order(
    house: ModelHouse, limits: dict[str, Any], values: dict[str, Any], text: str
) -> None:
    domain = await domain_of(house)
    await house.town.directory.aliases.add("team@example.test", ["alice@example.test"])
    await added(await domain("DistributionLists"), Address="list@example.test")
    await domain.set(**limits)
    await domain("Save")
    new = await domain("Accounts.Add")
    await new.set(**{"Address": "carol@example.test", **values})
    assert await refusal(new("Save")) == (PREFIX + text if text else "")


async def test_model_4_2_the_limits_of_all_accounts_together_stay_under_the_domains(house: ModelHouse) -> None:
    domain = await domain_of(house)
    for index, size in ((0, 5), (1, 5)):
        account = await domain("Accounts.Item", index)
        await account.put("MaxSize", size)
        await account("Save")
    await domain.put("MaxSize", 12)
    await domain("Save")
    new = await domain("Accounts.Add")
    await new.set(Address="carol@example.test", MaxSize=3)
    assert await refusal(new("Save")) == PREFIX + TOO_MUCH
    await new.put("MaxSize", 2)
    await new("Save")
    assert (await domain("AllocatedSize"), await domain("Accounts.Count")) == (12, 3)


DATES = [
    ("2030-02-28", "2030-02-28"),
    ("", None),
    ("0000-00-00 00:00:00", None),
    ("2030-02-30", "refused"),
    ("2030-2-28", "refused"),
    ("20300228", "refused"),
    ("2030-W09-4", "refused"),
]


@pytest.mark.parametrize(("given", "expected"), DATES)
async def test_model_4_3_the_last_day_of_an_automatic_reply_is_a_date(house: ModelHouse, given: str, expected: str | None) -> None:
    account = await (await domain_of(house))("Accounts.Item", 0)
    text = await refusal(account.put("VacationMessageExpiresDate", given))
    assert text == ("Invalid auto-reply expiry date" if expected == "refused" else "")
    if not text:
        assert await account("VacationMessageExpiresDate") == (expected or dt.datetime.now().astimezone().date().isoformat())


async def test_model_4_3_an_address_is_trimmed(house: ModelHouse) -> None:
    account = await (await domain_of(house))("Accounts.Item", 0)
    await account.put("Address", "  carol@example.test ")
    assert await account("Address") == "carol@example.test"


async def test_model_4_13_another_address_renames_the_mailbox_and_keeps_its_mail(house: ModelHouse) -> None:
    account = await (await domain_of(house))("Accounts.Item", 0)
    number = await account("ID")
    await house.town.house.deliver(b"Subject: x\r\n\r\nbody\r\n", number)
    await account.put("Address", "carol@example.test")
    await account("Save")
    assert len(await house.town.mail("carol@example.test")) == 1
    assert await account("ID") == number


WIDE = [("VacationSubject", 200), ("PersonFirstName", 60), ("PersonLastName", 60), ("ForwardAddress", 255)]


@pytest.mark.parametrize(("name", "width"), WIDE)
async def test_model_4_14_a_text_too_long_for_its_column_is_refused(house: ModelHouse, name: str, width: int) -> None:
    account = await (await domain_of(house))("Accounts.Item", 0)
    await account.put(name, "x" * width)
    await account("Save")
    await account.put(name, "x" * (width + 1))
    assert await refusal(account("Save")) == "Failed to save object. See hMailServer error log."


async def test_model_8_14_the_password_is_hashed_when_it_is_set_and_checked(house: ModelHouse) -> None:
    domain = await domain_of(house)
    account = await domain("Accounts.Item", 0)
    old = await account("Password")
    assert old.startswith("$argon2id$")
    assert await account("ValidatePassword", PASSWORD)
    await account.put("Password", "another one")
    new = await account("Password")
    assert new.startswith("$argon2id$")
    assert new != old
    assert await account("ValidatePassword", PASSWORD)  # until it is saved
    await account("Save")
    assert (await account("Password"), await account("ValidatePassword", PASSWORD)) == (new, False)
    assert await account("ValidatePassword", "another one")


async def test_model_9_4_an_empty_password_never_logs_on(house: ModelHouse) -> None:
    account = await (await domain_of(house))("Accounts.Item", 0)
    await account.put("Password", "")
    await account("Save")
    assert not await account("ValidatePassword", "")
    assert await house.create("hMailServer.Application")("Authenticate", "alice@example.test", "") is None


async def test_model_8_14_size_and_quota_of_an_account(house: ModelHouse) -> None:
    account = await (await domain_of(house))("Accounts.Item", 0)
    await house.town.house.deliver(b"Subject: x\r\n\r\n" + b"0123456789abcde\r\n" * 31_000, await account("ID"))
    assert (await account("Size"), await account("QuotaUsed")) == (0.503, 0)
    await account.put("MaxSize", 2)
    await account("Save")
    assert await account("QuotaUsed") == 25
    assert await (await domain_of(house))("Size") == 0


async def test_model_8_14_an_automatic_reply_turns_itself_off_after_its_last_day(house: ModelHouse) -> None:
    account = await (await domain_of(house))("Accounts.Item", 0)
    await account.set(VacationMessageIsOn=True, VacationMessageExpires=True, VacationMessageExpiresDate="2020-01-01")
    await account("Save")
    assert await account("VacationMessageIsOn") is False
    assert (await house.town.directory.accounts.get("alice@example.test")).profile.vacation is False
    await account.set(VacationMessageIsOn=True, VacationMessageExpiresDate="2999-01-01")
    await account("Save")
    assert await account("VacationMessageIsOn") is True


async def test_model_8_14_delete_messages_keeps_an_empty_inbox_and_unlock_is_harmless(house: ModelHouse) -> None:
    account = await (await domain_of(house))("Accounts.Item", 0)
    number = await account("ID")
    await house.town.house.deliver(b"Subject: x\r\n\r\nbody\r\n", number)
    await house.town.house.mailboxes.create_folder(number, "Work")
    await account("DeleteMessages")
    await account("UnlockMailbox")
    names = {folder.name for folder in await house.town.house.mailboxes.folders(number)}
    assert ("INBOX" in names, "Work" in names, await house.town.mail("alice@example.test")) == (True, False, [])


async def test_model_8_14_an_account_that_is_not_saved_has_no_folders(house: ModelHouse) -> None:
    assert await refusal((await domain_of(house))("Accounts.Add.IMAPFolders")) == "Invalid index."


async def test_model_8_17_another_domain_s_number_is_taken_and_ignored(house: ModelHouse) -> None:
    domain = await domain_of(house)
    account = await domain("Accounts.Item", 0)
    await account.put("DomainID", 99)
    assert await account("DomainID") == 1
    assert await domain("SynchronizeDirectory") is None


async def test_model_3_12_levels_of_administration_are_given_by_those_who_have_them(house: ModelHouse) -> None:
    accounts = house.town.directory.accounts
    await accounts.set("alice@example.test", admin_level=1)
    domain = await domain_of(house, "alice@example.test")
    bob = await domain("Accounts.ItemByAddress", "bob@example.test")
    assert (await refusal(bob.put("AdminLevel", 2))).startswith("You do not have access to this property / method.")
    await bob.put("AdminLevel", 1)
    await bob("Save")
    await accounts.set("bob@example.test", admin_level=2)
    bob = await (await domain_of(house, "alice@example.test"))("Accounts.ItemByAddress", "bob@example.test")
    await bob.put("AdminLevel", 2)  # it is that already
    assert await refusal(bob("Save")) == SERVER_ADMINISTRATOR
    await bob.put("AdminLevel", 0)
    assert await refusal(bob("Save")) == SERVER_ADMINISTRATOR
    assert (await accounts.get("bob@example.test")).admin_level == 2


async def test_model_3_12_a_user_changes_what_is_the_user_s(house: ModelHouse) -> None:
    account = await (await domain_of(house, "alice@example.test"))("Accounts.Item", 0)
    await account.set(PersonFirstName="Alice", ForwardAddress="a@b.test", SignaturePlainText="--", Password="new one")
    await account("Save")
    assert (await house.town.directory.accounts.get("alice@example.test")).profile.forward_address == "a@b.test"
    for name, value in {"Address": "x@example.test", "MaxSize": 5, "IsAD": True, "ADDomain": "x", "ADUsername": "x", "AdminLevel": 1}.items():
        assert (await refusal(account.put(name, value))).startswith("You do not have access"), name


async def test_an_account_takes_its_mail_rules_and_memberships_along(house: ModelHouse) -> None:
    app = await house.login()
    domain = await app("Domains.Item", 0)
    account = await domain("Accounts.Item", 0)
    number = await account("ID")
    await house.town.house.deliver(b"Subject: x\r\n\r\nbody\r\n", number)
    await account.set(PersonFirstName="A", VacationMessage="x")
    await account("Save")
    await added(await account("Rules"), Name="mine")
    await added(await account("FetchAccounts"), Name="elsewhere")
    group = await added(await reach(app, "Groups"), Name="staff")
    await added(await group("Members"), AccountID=number)
    await account("Delete")
    assert await texts(await domain("Accounts"), "Address") == ["bob@example.test"]
    assert await house.town.directory.records.list(Rule) == []
    assert (await group("Members.Count"), await house.town.house.mailboxes.usage(number)) == (0, (0, 0))


async def test_a_fetch_account_keeps_its_password_sealed_and_shows_it(house: ModelHouse) -> None:
    account = await (await domain_of(house))("Accounts.Item", 0)
    fetch = await added(await account("FetchAccounts"), Name="x", Password="s3crét", UseSSL=True)
    assert (await fetch("Password"), await fetch("ConnectionSecurity"), await fetch("UseSSL")) == ("s3crét", 1, True)
    ((stored,),) = await house.town.house.database.read(-1, "SELECT password FROM fetch_account")
    assert b"s3cr" not in stored
    again = await account("FetchAccounts.Item", 0)
    assert await again("Password") == "s3crét"
    assert await refusal(again("DownloadNow")) == "Not available yet"


async def test_nobody_gives_a_fetch_account_or_a_rule_to_somebody_else(house: ModelHouse) -> None:
    account = await (await domain_of(house, "alice@example.test"))("Accounts.Item", 0)
    fetch = await account("FetchAccounts.Add")
    rule = await account("Rules.Add")
    criterion = await rule("Criterias.Add")
    for one, name in ((fetch, "AccountID"), (rule, "AccountID"), (criterion, "RuleID")):
        assert (await refusal(one.put(name, 77))).startswith("You do not have access"), name
        await one.put(name, await one(name))


async def test_model_5_7_a_new_fetch_account_has_its_defaults(house: ModelHouse) -> None:
    fetch = await (await (await domain_of(house))("Accounts.Item", 0))("FetchAccounts.Add")
    expected = {"Enabled": True, "MinutesBetweenFetch": 30, "Port": 0, "DaysToKeepMessages": 0, "ServerType": 0, "MIMERecipientHeaders": ""}
    off = ("ProcessMIMERecipients", "ProcessMIMEDate", "UseSSL", "UseAntiSpam", "UseAntiVirus", "EnableRouteRecipients", "IsLocked")
    expected |= dict.fromkeys(off, False) | {"NextDownloadTime": "", "Password": "", "ConnectionSecurity": 0}
    assert {name: await fetch(name) for name in expected} == expected


async def test_what_another_has_deleted_meanwhile_is_no_fault_of_the_server(house: ModelHouse) -> None:
    own = await (await domain_of(house, "alice@example.test"))("Accounts")
    mine = await own("Item", 0)
    theirs = await (await domain_of(house))("Accounts.ItemByAddress", "alice@example.test")
    await theirs("Delete")
    await theirs("Delete")
    await own("Refresh")
    assert (await own("Count"), await mine("Password"), await mine("ValidatePassword", PASSWORD), await mine("Size")) == (0, "", False, 0)
    assert (await refusal(mine("Save"))).startswith(PREFIX)


async def test_model_3_15_a_fetch_account_works_alone_others_do_not(house: ModelHouse) -> None:
    fetch = house.create("hMailServer.FetchAccount")
    await fetch.set(Name="alone", AccountID=1)
    await fetch("Save")
    assert await fetch("ID") > 0
    for name in ("Domain", "Account", "Alias", "Rule", "Route", "SecurityRange", "Group", "Domains", "Links"):
        lone = house.create(f"hMailServer.{name}")
        for member in lone.object.description.members.values():
            arguments = [1] * len(member.parameters)
            assert (await refusal(lone(member.name, *arguments))).startswith("You do not have access"), f"{name}.{member.name}"
