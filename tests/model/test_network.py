"""What the network may do with the object model: without a login nothing that acts, with a user's nothing of anybody else's, and no file."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from hostile import ATTACHED, furnished
from modelhouse import Hand, ModelHouse, added, modelhouse, refusal
from modelmail import account, delivered, reached
from postroom.model.caller import Caller, Origin
from postroom.model.description import CLASSES, Member
from postroom.model.errors import AccessRefused, ComError
from postroom.model.invoke import How, invoke
from postroom.model.object import Object

OPEN = {
    *(f"Application.{name}" for name in ("Authenticate", "Connect", "Database", "GlobalObjects", "Utilities", "Version", "VersionArchitecture")),
    *(f"Database.{name}" for name in ("CurrentVersion", "DatabaseExists", "IsConnected", "RequiredVersion", "RequiresUpgrade")),
    "GlobalObjects.Languages",
    *(f"Languages.{name}" for name in ("Count", "Item", "ItemByName")),
    *(f"Language.{name}" for name in ("Download", "IsDownloaded", "Name", "String")),  # Download always fails
    *(
        f"Utilities.{name}"
        for name in (
            "BlowfishDecrypt", "BlowfishEncrypt", "CriteriaMatch", "GenerateGUID", "IsLocalHost", "IsStrongPassword", "IsValidDomainName",
            "IsValidEmailAddress", "IsValidIPAddress", "MD5", "SHA256",
        )
    ),
}  # fmt: skip
"""What needs no login: a look at the server's version and state, the languages, and functions of their arguments alone."""

ACTING = {
    *(f"Application.{name}" for name in ("BackupManager", "Domains", "Reinitialize", "Settings", "Start", "Stop", "SubmitEMail")),
    *(f"Attachment{name}" for name in ("s.Add", ".SaveAs", "s.Item")),
    *(f"BackupManager.{name}" for name in ("LoadBackup", "StartBackup")),
    *(f"Database.{name}" for name in ("BeginTransaction", "ExecuteSQL", "ExecuteSQLScript", "ExecuteSQLWithReturn")),
    *(f"FetchAccount.{name}" for name in ("DownloadNow", "Name", "Password", "Save", "ServerAddress")),
    "GlobalObjects.DeliveryQueue",
    *(f"Message.{name}" for name in ("AddRecipient", "Attachments", "Body", "Copy", "Filename", "HTMLBody", "RefreshContent", "Save", "Subject")),
    *(
        f"Utilities.{name}"
        for name in (
            "EmailAllAccounts", "GetMailServer", "ImportMessageFromFile", "ImportMessageFromFileToIMAPFolder", "PerformMaintenance",
            "RetrieveMessageID",
        )
    ),
}  # fmt: skip
"""What runs SQL, composes mail, reads or writes files, or acts on the server: each was tried."""

FILES = ["/etc/passwd", "../../../../../../etc/passwd", "../postroom.toml", "/dev/zero", "a\0b", "", "~/x", "/proc/self/environ"]
SECRET = "of bob alone"


def arguments(member: Member) -> list[Any]:
    kinds = [one.type for one in member.parameters if not one.out]
    return ["English" if kind == "string" else None if kind.startswith("object:") else 0 for kind in kinds]


async def tried(caller: Caller, target: Object, member: Member) -> tuple[bool, Any]:
    """Read, write and call a member; tells whether any of it was let through, and what it gave."""
    through, given = False, None
    for how in (How.ANY, How.PUT):
        if how is How.PUT and member.put is None:
            continue
        more = [0 if member.type != "string" else "x"] if how is How.PUT else []
        try:
            given = (await invoke(caller, target, member.name, [*arguments(member), *more], how)).value or given
        except AccessRefused:
            continue
        except ComError:
            pass
        through = True
    return through, given


async def test_nobody_without_a_login_runs_sql_composes_mail_or_touches_a_file_over_the_network(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await furnished(house)
        caller = Caller(Origin.NETWORK, "192.0.2.1")
        waiting: list[Object] = [house.create(name, caller).object for name in CLASSES]
        found: set[str] = set()
        refused: set[str] = set()
        reached_classes: set[str] = set()
        while waiting:
            target = waiting.pop()
            for member in target.description.members.values():
                name = f"{target.description.name}.{member.name}"
                through, given = await tried(caller, target, member)
                (found if through else refused).add(name)
                if isinstance(given, Object) and given.description.name not in reached_classes:
                    reached_classes.add(given.description.name)
                    waiting.append(given)
        assert found == OPEN
        assert refused >= ACTING
        assert reached_classes == {"Database", "GlobalObjects", "Language", "Languages", "Utilities"}
        assert house.server.told == []


async def furnish_bob(house: ModelHouse) -> int:
    """Give bob something of everything that an account can have; returns the id of his INBOX."""
    bob = await account(house, "bob")
    await bob.set(PersonFirstName=SECRET, VacationMessage=SECRET, SignaturePlainText=SECRET)
    await bob("Save")
    rule = await added(await reached(bob, "Rules"), Name=SECRET, Active=True)
    await added(await rule("Criterias"), MatchValue=SECRET)
    await added(await rule("Actions"), To=SECRET)
    await added(await bob("FetchAccounts"), Name=SECRET, ServerAddress="mail.remote.test", Password=SECRET)
    await delivered(house, ATTACHED.replace(b"hello", SECRET.encode()).replace(b"MIME-V", f"Subject: {SECRET}\r\nMIME-V".encode()), name="bob")
    inbox = await (await reached(bob, "IMAPFolders"))("ItemByName", "INBOX")
    folder = await inbox("SubFolders.Add", SECRET)
    assert folder is None or await folder("Name")
    return int(await inbox("ID"))


async def told(start: list[Object], caller: Caller) -> list[str]:
    """Read every property of everything that can be reached, by guessed indexes and names too; gives the texts."""
    waiting, seen, texts = list(start), 0, []
    values: dict[str, list[Any]] = {"integer": list(range(8)), "int64": list(range(8)), "string": ["INBOX", "bob@example.test", "example.test"]}
    known: set[tuple[str, str]] = set()
    while waiting and seen < 400:
        target = waiting.pop()
        seen += 1
        for member in target.description.members.values():
            if member.is_method:
                continue
            for given in product(*(values.get(one.type, [0, 1]) for one in member.parameters)):
                try:
                    value = (await invoke(caller, target, member.name, given, How.GET)).value
                except ComError:
                    continue
                texts.append(str(value))
                if isinstance(value, Object):
                    key = (value.description.name, str(getattr(getattr(value, "record", None), "id", id(target) if value is not target else 0)))
                    if key not in known:
                        known.add(key)
                        waiting.append(value)
    assert seen < 400
    return texts


async def test_a_user_over_the_network_reads_nothing_of_other_accounts(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await furnished(house)
        await furnish_bob(house)
        for name, sees in (("alice@example.test", False), ("bob@example.test", True)):  # bob is the proof that the search finds what is there
            caller = Caller(Origin.NETWORK, "192.0.2.1")
            app = await house.login(name, caller=caller)
            own = await (await app("Domains.Item", 0))("Accounts")
            alone = [house.create(one, caller).object for one in CLASSES]
            texts = await told([app.object, own.object, *alone], caller)
            assert any(SECRET in text for text in texts) is sees
            assert any("hello" in text or SECRET in text for text in texts)  # the own mail was seen


async def test_a_user_over_the_network_puts_nothing_into_other_accounts(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await furnished(house)
        inbox = await furnish_bob(house)
        bob = await house.house.directory.accounts.get("bob@example.test")
        caller = Caller(Origin.NETWORK, "192.0.2.1")
        app = await house.login("alice@example.test", caller=caller)
        alice = await (await app("Domains.Item", 0))("Accounts.Item", 0)
        letter = await (await alice("Messages"))("Item", 0)
        assert await refusal(letter("Copy", inbox))
        for collection, member in (("FetchAccounts", "AccountID"), ("Rules", "AccountID")):
            new = await (await alice(collection))("Add")
            assert (await refusal(new.put(member, bob.id))).startswith("You do not have access"), collection
        fetched = house.create("FetchAccount", caller)
        assert (await refusal(fetched.put("AccountID", bob.id))).startswith("You do not have access")
        assert len(await house.town.mail("bob@example.test")) == 1


@pytest.mark.parametrize("name", FILES, ids=repr)
async def test_a_user_over_the_network_reads_and_writes_no_file(tmp_path: Path, name: str) -> None:
    async with modelhouse(tmp_path) as house:
        await delivered(house, ATTACHED)
        caller = Caller(Origin.NETWORK, "192.0.2.1")
        app = await house.login("alice@example.test", caller=caller)
        alice = await (await app("Domains.Item", 0))("Accounts.Item", 0)
        letter = await (await alice("Messages"))("Item", 0)
        new = Hand(caller, house.create("Message", caller).object)
        calls = [
            (await new("Attachments"), "Add"),
            (await letter("Attachments.Item", 0), "SaveAs"),
            (await app("Database"), "ExecuteSQLScript"),
        ]
        for hand, member in calls:
            assert (await refusal(hand(member, name))).startswith("You do not have access"), member
        assert (await refusal((await app("Utilities"))("ImportMessageFromFile", name, 1))).startswith("You do not have access")
        assert (await refusal((await app("Utilities"))("ImportMessageFromFileToIMAPFolder", name, 1, "INBOX"))).startswith("You do not have access")


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("~")], ids=repr)  # ~ is a name like others
async def test_over_the_network_no_property_names_a_file_outside_of_the_server_s_folders(tmp_path: Path, name: str) -> None:
    async with modelhouse(tmp_path) as house:
        for origin in (Origin.NETWORK, Origin.LOCAL):
            app = await house.login(caller=Caller(origin, "192.0.2.1"))
            domain, settings = await app("Domains.Item", 0), await app("Settings")
            certificate = await (await settings("SSLCertificates"))("Add")
            puts = [
                (domain, "DKIMPrivateKeyFile"),
                (certificate, "CertificateFile"),
                (certificate, "PrivateKeyFile"),
                (await settings("Backup"), "Destination"),
                (await settings("Directories"), "TempDirectory"),
            ]
            for hand, member in puts:
                refused = await refusal(hand.put(member, name)) != ""
                assert refused is (bool(name) and (origin is Origin.NETWORK or "\0" in name)), member
            assert not await refusal(domain.put("DKIMPrivateKeyFile", str(house.house.places.messages / "key.pem")))
