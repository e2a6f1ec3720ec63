"""What all objects have in common: how they are made, called and refused (section 1), who is let in (3), what Save says (4.1)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from modelhouse import Hand, ModelHouse, added, modelhouse, reach, refusal, texts
from modelmail import folders, inbox
from postroom.directory.errors import LoginRefused
from postroom.model.description import CLASSES, Member, Right
from postroom.model.errors import AccessRefused, ComError, Failed, Overflowed, UnknownClass, UnknownMember
from postroom.model.files import MESSAGE, file_name, public_path
from postroom.model.row import FAILED, UNSAVED

NO_ACCESS = (
    "You do not have access to this property / method. Ensure that hMailServer.Application.Authenticate() is called with proper login credentials."
)
UNINDEXED = {"FetchAccounts", "DiagnosticResults"}
OF_THE_SERVER = (
    "BlockedAttachment DNSBlackList GreyListingWhiteAddress IncomingRelay SSLCertificate SURBLServer SecurityRange TCPIPPort WhiteListAddress".split()
)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ModelHouse]:
    async with modelhouse(tmp_path) as opened:
        yield opened


@pytest.fixture
async def app(house: ModelHouse) -> Hand:
    return await house.login()


def member(path: str) -> Member:
    name, _, wanted = path.partition(".")
    return CLASSES[name].member(wanted)


async def test_model_1_1_each_class_is_made_by_its_progid_with_or_without_a_version(house: ModelHouse) -> None:
    for name, ours in CLASSES.items():
        assert ours.progid == f"hMailServer.{name}"
        for progid in (ours.progid, f"{ours.progid}.1", ours.progid.upper()):
            assert house.create(progid).object.description is ours
    with pytest.raises(UnknownClass):
        house.create("hMailServer.Nothing")


async def test_model_1_2_what_fails_has_one_code_one_source_and_a_text(
    house: ModelHouse, app: Hand, monkeypatch: pytest.MonkeyPatch, unhandled: list[str]
) -> None:
    accounts = await app("Domains.Item", 0)
    with pytest.raises(Failed) as empty:
        await (await accounts("Accounts"))("Delete", 99)
    assert str(empty.value) == "The operation failed. Please check the hMailServer log for details."

    def breaks(_: Any) -> str:
        raise ZeroDivisionError("something inside")

    monkeypatch.setattr(member("Application.Version"), "get", breaks)
    with pytest.raises(ComError) as unexpected:
        await app("Version")
    assert str(unexpected.value) == "An error occurred processing the request."
    assert "something inside" in unhandled.pop(), "the log has what the caller is not told"
    house.server.trouble = "The port is in use."
    with pytest.raises(Failed) as told:
        await app("Connect")
    assert str(told.value) == "The port is in use."
    for caught in (empty, unexpected, told):
        assert (caught.value.hresult, caught.value.source) == (0x800403E9, "hMailServer COM library")


async def test_model_1_3_a_refused_caller_hears_what_to_do(house: ModelHouse) -> None:
    with pytest.raises(AccessRefused) as caught:
        await house.create("hMailServer.Application")("Settings")
    assert (str(caught.value), caught.value.hresult) == (NO_ACCESS, 0x800403E9)


async def test_model_1_6_what_is_the_server_s_is_refused_to_others_aloud(house: ModelHouse, app: Hand) -> None:
    settings, caches = await app("Settings"), await app("Settings.Cache")
    indexing = await app("Settings.MessageIndexing")
    await app("Authenticate", "alice@example.test", "secret-1")
    members = [(settings, name) for name in ("ClearLogonFailureList", "SSLCertificates", "PublicFolders", "PublicFolderDiskName", "Groups")]
    members += [(indexing, "TotalMessageCount"), (indexing, "TotalIndexedCount"), (caches, "DomainHitRate"), (caches, "AccountHitRate")]
    for hand, name in members:
        assert await refusal(hand(name)) == NO_ACCESS, name
    assert await refusal(settings("SetAdministratorPassword", "x")) == NO_ACCESS
    assert await refusal(app("Settings")) == NO_ACCESS, "nobody reaches them again"


async def test_model_1_7_any_number_but_0_is_true(app: Hand) -> None:
    domain = await app("Domains.Item", 0)
    for given, expected in ((-1, True), (0, False), (1, True), ("0", False), (5, True), ("False", False), ("true", True), (0.0, False), ("-1", True)):
        await domain.put("PlusAddressingEnabled", given)
        assert await domain("PlusAddressingEnabled") is expected, given


async def test_model_1_8_names_of_members_have_no_case(house: ModelHouse, app: Hand) -> None:
    assert await app("dOMAINS.COUNT") == 1
    message = house.create("hMailServer.Message")
    assert await message("FileName") == await message("Filename") != ""
    with pytest.raises(UnknownMember):
        await message("File_Name")


async def test_model_1_9_text_is_unicode_and_the_wide_numbers_are_those_of_the_reference(app: Hand) -> None:
    domain = await app("Domains.Item", 0)
    await domain.put("SignaturePlainText", "Grüße 中文 \U0001f4e8")
    await domain("Save")
    assert await (await app("Domains.Item", 0))("SignaturePlainText") == "Grüße 中文 \U0001f4e8"
    wide = {
        f"{name}.{one.name}"
        for name, ours in CLASSES.items()
        for one in ours.members.values()
        if "int64" in {one.type, *(it.type for it in one.parameters)}
    }
    assert wide >= {"Domain.AllocatedSize", "Message.ID", "Messages.ItemByDBID", "DeliveryQueue.Remove", "Utilities.RetrieveMessageID"}
    assert member("Account.Size").type == "float"
    with pytest.raises(Overflowed):
        await domain.put("MaxNumberOfAccounts", 1 << 31)
    await domain.put("MaxNumberOfAccounts", (1 << 31) - 1)


async def test_model_1_11_item_is_what_a_collection_gives_when_nothing_is_named(app: Hand) -> None:
    collections = {name: ours for name, ours in CLASSES.items() if "item" in ours.members}
    assert {name for name, ours in collections.items() if ours.default is None} == UNINDEXED
    assert {ours.default.name for name, ours in collections.items() if ours.default is not None} == {"Item"}
    others = {name: ours.default.name for name, ours in CLASSES.items() if ours.default is not None and name not in collections}
    assert others == {"SecurityRange": "ID", "IMAPFolder": "ID", "IncomingRelay": "ID"}
    assert await (await app("Domains", 0))("Name") == await (await (await app("Domains"))("", 0))("Name") == "example.test"
    first = await (await reach(app, "SecurityRanges"))("Item", 0)
    assert await first("") == await first("ID")


async def test_model_1_4_2_5_2_6_what_is_not_there_is_an_invalid_index_a_failure_or_nothing(house: ModelHouse, app: Hand) -> None:
    links = await app("Links")
    for name in ("Domain", "Account", "Alias", "DistributionList"):
        assert await refusal(links(name, 999)) == "Invalid index.", name
    group = await added(await reach(app, "Groups"), Name="staff")
    assert await refusal((await group("Members.Add"))("Account")) == "Invalid index."
    box = await inbox(house)
    for collection in (await folders(house), await box("Messages")):
        assert await refusal(collection("DeleteByDBID", 999)) == "Invalid index."
    domain = await app("Domains.Item", 0)
    assert (await refusal((await domain("Aliases"))("Delete", 9))).startswith("The operation failed.")
    await (await domain("DomainAliases"))("Delete", 9)


@pytest.mark.parametrize(
    ("path", "name", "given"),
    [
        ("Settings.AntiSpam", "TestSpamAssassinConnection", ("127.0.0.1", 783)),
        ("Settings.AntiVirus", "TestClamAVScanner", ("127.0.0.1", "3310")),
        ("Settings.AntiVirus", "TestClamWinScanner", ("clamscan", "db")),
        ("Settings.AntiVirus", "TestCustomerScanner", ("scan", 1)),
    ],
)
async def test_model_1_13_a_text_comes_back_in_the_last_parameter(
    app: Hand, monkeypatch: pytest.MonkeyPatch, path: str, name: str, given: tuple[Any, ...]
) -> None:
    target = await app(path)
    tests = target.object.description.member(name)
    assert [one.out for one in tests.parameters] == [False, False, True]
    assert (tests.parameters[-1].type, tests.type) == ("string", "boolean")
    monkeypatch.setattr(tests, "pending", "")
    monkeypatch.setattr(tests, "call", lambda _, *arguments: (False, f"tried {arguments}"))
    answer, outs = await target(name, *given)
    assert answer is False
    assert list(outs) == [tests.parameters[-1].name]
    assert outs[tests.parameters[-1].name].startswith("tried (")


async def test_model_1_14_collections_are_walked_by_their_numbers(app: Hand) -> None:
    assert [name for name, ours in CLASSES.items() if "_newenum" in ours.members or any(one.dispid == -4 for one in ours.members.values())] == []
    blocked = await reach(app, "BlockedAttachments")
    walked = await texts(blocked, "Wildcard")
    assert len(walked) == len(set(walked)) == await blocked("Count") == 14


async def test_model_3_5_an_account_logs_in_as_it_does_for_its_mail_but_failures_here_do_not_count(house: ModelHouse, app: Hand) -> None:
    domain = await app("Domains.Item", 0)
    await added(await domain("DomainAliases"), AliasName="example.org")
    await (await app("Settings")).put("DefaultDomain", "example.test")
    alone = house.create("hMailServer.Application")
    for name in ("alice@example.test", "ALICE@example.org", "alice"):
        assert await (await alone("Authenticate", name, "secret-1"))("Address") == "alice@example.test"
    for _ in range(5):
        assert await alone("Authenticate", "alice", "wrong") is None
    account = await alone("Authenticate", "alice", "secret-1")
    assert await account("LastLogonTime") is None
    await account.put("Active", value := False)
    await account("Save")
    assert await alone("Authenticate", "alice", "secret-1") is None
    await account.put("Active", not value)
    await account("Save")
    await domain.put("Active", value)
    await domain("Save")
    assert await alone("Authenticate", "alice", "secret-1") is None


async def test_model_3_6_an_account_has_the_level_that_it_was_given(house: ModelHouse, app: Hand) -> None:
    account = await (await app("Domains.Item", 0))("Accounts.ItemByAddress", "alice@example.test")
    for level, domains, settings in ((0, True, False), (1, True, False), (2, True, True)):
        await account.put("AdminLevel", level)
        await account("Save")
        alice = await house.login("alice@example.test")
        assert (await refusal(alice("Domains")) == "", await refusal(alice("Settings")) == "") == (domains, settings)
        assert (await refusal((await alice("Domains.Item", 0))("Aliases")) == "") is (level > 0)


async def test_model_3_14_what_is_the_server_s_asks_for_its_administrator_again_when_it_is_saved_or_deleted(app: Hand) -> None:
    assert [name for name in OF_THE_SERVER for one in ("Save", "Delete") if Right.SERVER not in member(f"{name}.{one}").read] == []
    assert [name for name in ("Route", "RouteAddress") if Right.SERVER not in member(f"{name}.Delete").read] == []
    plurals = {"IncomingRelay": "IncomingRelays", "DNSBlackList": "DNSBlackLists", "SecurityRange": "SecurityRanges", "TCPIPPort": "TCPIPPorts"}
    new = [await (await reach(app, name))("Add") for name in plurals.values()]
    await app("Authenticate", "alice@example.test", "secret-1")
    for one in new:
        assert await refusal(one("Save")) == await refusal(one("Delete")) == NO_ACCESS


async def test_model_4_1_a_refusal_of_save_begins_as_its_class_does(house: ModelHouse, app: Hand) -> None:
    prefixed = {name for name, ours in CLASSES.items() if getattr(ours.made, "prefix", "") == FAILED}
    assert prefixed == {"Account", "Alias", "DistributionList", "Domain", "DomainAlias", "Group"}
    domain = await app("Domains.Item", 0)
    for collection, name in ((domain, "Accounts"), (domain, "Aliases"), (domain, "DistributionLists"), (app, "Domains")):
        new = await (await collection(name))("Add")
        assert (await refusal(new("Save"))).startswith(FAILED), name
    assert await refusal(added(await reach(app, "SecurityRanges"), Name="")) == "The name cannot be empty."
    lists = {
        "BlockedAttachments": "Wildcard",
        "DNSBlackLists": "DNSHost",
        "SURBLServers": "DNSHost",
        "SSLCertificates": "Name",
        "IncomingRelays": "Name",
    }
    for name, field in lists.items():
        assert await refusal(added(await reach(app, name), **{field: "x" * 256})) == UNSAVED == "Failed to save object. See hMailServer error log."


async def test_model_12_16_failed_logins_of_an_address_get_it_banned(house: ModelHouse, app: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, directory = await app("Settings"), house.town.directory
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(directory._logins, "_sleep", sleep)
    await settings.set(AutoBanOnLogonFailure=True, MaxInvalidLogonAttempts=2, MaxInvalidLogonAttemptsWithin=5, AutoBanMinutes=10)
    banned = []
    for _ in range(2):
        with pytest.raises(LoginRefused) as caught:
            await directory.authenticate("192.0.2.7", "alice@example.test", "wrong")
        banned.append(caught.value.banned)
    assert banned == [False, True]
    with pytest.raises(LoginRefused):
        await directory.authenticate("192.0.2.7", "alice@example.test", "secret-1")
    assert slept == [1], "the answer to a guess takes its time"
    assert (directory.banned("192.0.2.7"), directory.banned("192.0.2.8")) == (True, False)


async def test_model_10_2_public_mail_lies_in_one_folder_whatever_it_is_called(house: ModelHouse, app: Hand) -> None:
    settings = await app("Settings")
    await settings.put("IMAPPublicFolderName", "Everybody")
    assert await settings("PublicFolderDiskName") == "#Public"
    name = file_name(MESSAGE, 1)
    assert public_path(house.house, name) == house.house.places.messages / "#Public" / name[1:3] / name


async def test_model_18_4_backups_queue_and_languages_are_where_programs_look_for_them(app: Hand) -> None:
    assert member("BackupManager.LoadBackup").type == "object:Backup"
    assert member("BackupManager.StartBackup").is_method
    for name in ("DeliveryQueue", "Languages"):
        assert (await app(f"GlobalObjects.{name}")).object.description.name == name


async def test_model_18_5_what_scripts_are_handed_cannot_be_made(house: ModelHouse, app: Hand) -> None:
    given_to = {"Write": ("x",)}
    given = {one.type.removeprefix("object:") for ours in CLASSES.values() for one in ours.members.values()}
    for name, asked in (("Result", "Value"), ("Client", "Port"), ("EventLog", "Write")):
        assert name not in given
        assert await refusal(house.create(f"hMailServer.{name}")(asked, *given_to.get(asked, ()))) == NO_ACCESS
    for name in ("DKIM", "IMAPFolderACL"):
        with pytest.raises(UnknownClass):
            house.create(f"hMailServer.{name}")


async def test_model_18_8_members_that_never_were_are_unknown(app: Hand) -> None:
    settings = await app("Settings")
    for name in ("IPHomes", "SslVersion30Enabled"):
        with pytest.raises(UnknownMember):
            await settings(name)
