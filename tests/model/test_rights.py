"""Who may call what: every member of every class, by the rights of the reference, for callers of every level, through the gate."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from modelhouse import modelhouse, refusal
from postroom.directory.accounts import Account
from postroom.formats.address import Address
from postroom.model.caller import Caller, Context, Level, Login, Origin
from postroom.model.description import CLASSES, Member, Parameter, Right
from postroom.model.errors import AccessRefused, Failed, NotAvailableYet
from postroom.model.invoke import How, invoke
from postroom.model.object import Object

REFERENCE = json.loads((Path(__file__).parents[1] / "reference" / "object-model.json").read_text())
NEEDED = {"none": Level.NOBODY, "parent": Level.NOBODY, "authenticated": Level.USER, "domain": Level.DOMAIN, "server": Level.SERVER}
LEVELS = (Level.SERVER, Level.DOMAIN, Level.USER, Level.NOBODY)

RULED = {
    "Account.AdminLevel",  # test_model_3_12
    "Account.Save",  # test_model_3_12
    "Domain.Accounts",  # test_model_3_9, 3_10
    "Domain.DKIMPrivateKeyFile",  # test_over_the_network_no_property_names_a_file_outside_of_the_server_s_folders
    "FetchAccount.AccountID",  # test_nobody_gives_a_fetch_account_or_a_rule_to_somebody_else
    "Links.Account",  # test_model_3_11
    "Links.Alias",
    "Links.DistributionList",
    "Links.Domain",
    "Rule.AccountID",
    "RuleAction.RuleID",
    "RuleCriteria.RuleID",
    "SSLCertificate.CertificateFile",  # as Domain.DKIMPrivateKeyFile
    "SSLCertificate.PrivateKeyFile",
}
"""Members that a rule of their own judges, of the classes that are held against it here: each has its test."""

OTHERS = frozenset(
    """
    AntiSpam AntiVirus Application Attachment Attachments Backup BackupManager BackupSettings Cache Client Database DeliveryQueue DiagnosticResult
    DiagnosticResults Diagnostics Directories EventLog GlobalObjects IMAPFolder IMAPFolderPermission IMAPFolderPermissions IMAPFolders Language
    Languages Logging Message MessageHeader MessageHeaders MessageIndexing Messages Recipient Recipients Result Scripting Settings Status Utilities
    """.split()
)
"""Classes whose rules are listed by their own tests."""


def ruled(member: Member) -> bool:
    """Whether a member is not judged, or not refused, as all others are."""
    return member.rule is not None or member.write_rule is not None or member.refused is not None  # test_model_1_5


def reference(name: str) -> dict[str, Any]:
    """Give the access checks of a class by member: (to read or call, to write)."""
    known = next(one for one in REFERENCE["classes"] if one["class"] == name)
    checks = {row["name"]: (row["access_check"]["get"], row["access_check"].get("put")) for row in known["properties"]}
    return checks | {row["name"]: (row["access_check"], None) for row in known["methods"]}


def least(check: str) -> Level:
    """Tell which level a check needs: of several kinds the strictest, since the weighing ones have rules."""
    return max(NEEDED[word] for word in check.split("+"))


def argument(parameter: Parameter | str) -> Any:
    kind = parameter if isinstance(parameter, str) else parameter.type
    return "x" if kind == "string" else None if kind == "variant" or kind.startswith("object:") else 1


def arguments(member: Member) -> list[Any]:
    return [argument(one) for one in member.parameters if not one.out]


RAN: list[str] = []
"""Members that did what they do, since a test looked."""


@pytest.fixture
def harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no member do anything but note that it would have: only the gate is looked at."""

    def noting(name: str) -> Callable[..., tuple[None, ...]]:
        def note(*_: Any) -> tuple[None, ...]:
            RAN.append(name)
            return (None,) * 9

        return note

    for ours in CLASSES.values():
        for member in ours.members.values():
            for part in ("get", "put", "call"):
                if getattr(member, part) is not None:
                    monkeypatch.setattr(member, part, noting(member.name))


def standing(name: str, level: Level, origin: Origin = Origin.SCRIPT, *, standalone: bool = False) -> Object:
    """Make an object of a class in the hands of a caller, without anything behind it."""
    account = Account(1, 0, Address("alice", "example.test"), 1, admin_level=max(level, 0))
    login = Login(level, None if level is Level.NOBODY else account)
    caller = Caller(origin, logins=[login])
    made = type(name, (CLASSES[name].made,), {"__slots__": (), "__del__": lambda _: None})  # what was never begun has nothing to end
    target: Object = object.__new__(made)
    target.context, target.standalone = Context(None, caller, login), standalone  # type: ignore[arg-type]  # nothing is asked of the house
    return target


async def allowed(target: Object, member: Member, how: How = How.ANY, *more: Any) -> bool:
    """Tell whether the member acts: who may not call it is refused, or told that nothing happened (1.5)."""
    RAN.clear()
    try:
        await invoke(target.context.caller, target, member.name, [*arguments(member), *more], how)
    except NotAvailableYet:
        return True
    except AccessRefused:
        return False
    except Failed as refused:
        if str(refused) != member.refused:
            raise
    return bool(RAN)


@pytest.mark.usefixtures("harmless")
@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.name.lower())
async def test_model_3_13_every_member_is_open_to_those_that_the_reference_names(level: Level) -> None:
    wrong = []
    for ours in CLASSES.values():
        checks = reference(ours.name)
        for member in ours.members.values():
            if ruled(member):
                continue
            read, write = checks[member.name]
            target = standing(ours.name, level)
            if await allowed(target, member) is not (level >= least(read)):
                wrong.append(f"{ours.name}.{member.name}")
            if write is not None and await allowed(target, member, How.PUT, argument(member.type)) is not (level >= least(write)):
                wrong.append(f"{ours.name}.{member.name} =")
    assert wrong == []


def test_every_member_with_a_rule_of_its_own_has_a_test_of_its_own() -> None:
    found = {f"{ours.name}.{one.name}" for ours in CLASSES.values() if ours.name not in OTHERS for one in ours.members.values() if ruled(one)}
    assert found == RULED


@pytest.mark.usefixtures("harmless")
async def test_model_3_15_what_is_made_alone_refuses_everybody_unless_its_class_works_alone() -> None:
    for ours in CLASSES.values():
        if ours.made.alone:
            continue
        for level in LEVELS:
            target = standing(ours.name, level, standalone=True)
            assert not any([await allowed(target, member) for member in ours.members.values()]), ours.name


@pytest.mark.usefixtures("harmless")
async def test_what_works_alone_wants_a_login_from_the_network() -> None:
    for ours in CLASSES.values():
        if not ours.made.alone or ours.name == "Application":
            continue
        target = standing(ours.name, Level.NOBODY, Origin.NETWORK, standalone=True)
        guarded = [member for member in ours.members.values() if member.read is not Right.NONE]
        assert not any([await allowed(target, member) for member in guarded]), ours.name


async def test_model_3_9_a_domain_administrator_reaches_nothing_of_another_domain(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        directory = house.town.directory
        await directory.domains.add("other.test")
        other = await directory.accounts.add("carol@other.test", "secret-1", admin_level=1)
        app = await house.login("carol@other.test")
        assert await (await app("Domains.Item", 0))("Name") == "other.test"
        assert await app("Domains.Count") == 1
        for path, key in (("Domains.ItemByName", "example.test"), ("Domains.ItemByDBID", 1), ("Domains.Item", 1)):
            assert await refusal(app(path, key)) == "Invalid index."
        accounts = await (await app("Domains.Item", 0))("Accounts")
        assert await refusal(accounts("ItemByDBID", 1)) == "Invalid index."
        assert await (await accounts("Item", 0))("ID") == other.id
        assert (await refusal(app("Domains.Add"))).startswith("You do not have access")
