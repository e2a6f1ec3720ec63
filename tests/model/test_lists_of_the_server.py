"""What administrators configure for the whole server: its fresh state, defaults, what Save refuses; rules, routes and ports."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from modelhouse import Hand, ModelHouse, added, modelhouse, reach, refusal, texts
from postroom.directory.resolve import NOT_OURS, NOT_ROUTED, Resolution
from postroom.formats.address import Address

GENERIC = "Failed to save object. See hMailServer error log."


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ModelHouse]:
    async with modelhouse(tmp_path) as opened:
        yield opened


async def table(rows: Hand, *members: str) -> list[tuple[Any, ...]]:
    return list(zip(*[await texts(rows, member) for member in members], strict=True))


ALLOWS = ("AllowSMTPConnections", "AllowPOP3Connections", "AllowIMAPConnections")
DELIVERIES = tuple(f"AllowDeliveryFrom{way}" for way in ("LocalToLocal", "LocalToRemote", "RemoteToLocal", "RemoteToRemote"))
LOGINS = tuple(f"RequireSMTPAuth{way}" for way in ("LocalToLocal", "LocalToExternal", "ExternalToLocal", "ExternalToExternal"))
PROTECTIONS = ("EnableSpamProtection", "EnableAntiVirus")


async def usual_ranges(ranges: Hand) -> None:
    assert await table(ranges, "Name", "LowerIP", "UpperIP", "Priority") == [
        ("My computer", "127.0.0.1", "127.0.0.1", 30),
        ("Internet", "0.0.0.0", "255.255.255.255", 10),
    ]
    mine, internet = await ranges("Item", 0), await ranges("Item", 1)
    assert [await internet(name) for name in ALLOWS + DELIVERIES + PROTECTIONS] == [True] * 9
    assert [await internet(name) for name in LOGINS] == [True, True, False, True]
    assert [await mine(name) for name in ALLOWS + DELIVERIES] == [True] * 7
    assert [await mine(name) for name in LOGINS] == [False, False, False, True]
    assert [await one(name) for one in (mine, internet) for name in ("RequireSSLTLSForAuth", "Expires")] == [False] * 4


async def test_model_6_1_6_2_a_fresh_server_has_two_ranges_and_set_default_brings_them_back(house: ModelHouse) -> None:
    ranges = await reach(await house.login(), "SecurityRanges")
    await usual_ranges(ranges)
    await (await ranges("Item", 0))("Delete")
    await added(ranges, Name="more", LowerIP="10.0.0.1", UpperIP="10.0.0.2")
    await ranges("SetDefault")
    await usual_ranges(ranges)


async def test_model_6_3_set_default_gives_the_four_ports_of_a_fresh_server(house: ModelHouse) -> None:
    listeners = house.town.directory.listeners
    await listeners.ensure()
    ports = await reach(await house.login(), "TCPIPPorts")
    for _ in range(2):
        await ports("SetDefault")
        members = ("Protocol", "PortNumber", "Address", "ConnectionSecurity", "UseSSL")
        assert await table(ports, *members) == [
            (1, 25, "0.0.0.0", 0, False),
            (3, 110, "0.0.0.0", 0, False),
            (5, 143, "0.0.0.0", 0, False),
            (1, 587, "0.0.0.0", 0, False),
        ]
    words = [(port.protocol, port.port) for port in await house.town.directory.listeners.list()]
    assert sorted(words) == [("http", 8787), ("imap", 143), ("pop3", 110), ("smtp", 25), ("submission", 587)]


async def test_model_6_4_a_fresh_server_has_block_lists_that_are_off(house: ModelHouse) -> None:
    app = await house.login()
    members = ("DNSHost", "Active", "Score", "RejectMessage")
    assert await table(await reach(app, "DNSBlackLists"), *members, "ExpectedResult") == [
        ("zen.spamhaus.org", False, 3, "Rejected by Spamhaus.", "127.0.0.2-8|127.0.0.10-11"),
        ("bl.spamcop.net", False, 3, "Rejected by SpamCop.", "127.0.0.2"),
    ]
    assert await table(await reach(app, "SURBLServers"), *members) == [("multi.surbl.org", False, 3, "Rejected by SURBL.")]


async def test_model_6_5_the_server_s_texts(house: ModelHouse) -> None:
    messages = await reach(await house.login(), "ServerMessages")
    assert await texts(messages, "Name") == [
        "ATTACHMENT_REMOVED",
        "MESSAGE_FILE_MISSING",
        "MESSAGE_UNDELIVERABLE",
        "SEND_FAILED_NOTIFICATION",
        "VIRUS_ATTACHMENT_REMOVED",
        "VIRUS_FOUND",
        "VIRUS_NOTIFICATION",
    ]
    assert await (await messages("ItemByName", "virus_found"))("Text") == "Virus found"
    text = await messages("ItemByName", "MESSAGE_UNDELIVERABLE")
    assert await text("Text") == "Message undeliverable"
    await text.put("Text", "Zurück an den Absender")
    await text("Save")
    await messages("Refresh")
    assert await (await messages("ItemByName", "MESSAGE_UNDELIVERABLE"))("Text") == "Zurück an den Absender"


async def test_model_14_9_the_server_s_texts_have_their_macros(house: ModelHouse) -> None:
    messages = await reach(await house.login(), "ServerMessages")
    for name, words in {
        "SEND_FAILED_NOTIFICATION": "SENT SUBJECT RECIPIENTS",
        "VIRUS_NOTIFICATION": "FROM TO SENT SUBJECT",
        "MESSAGE_FILE_MISSING": "FILE",
        "ATTACHMENT_REMOVED": "FILE",
    }.items():
        text = await (await messages("ItemByName", name))("Text")
        assert all(f"%MACRO_{word}%" in text for word in words.split()), name


async def test_model_6_6_the_attachments_of_a_fresh_server_that_may_be_blocked(house: ModelHouse) -> None:
    blocked = await reach(await house.login(), "BlockedAttachments")
    words = "*.bat *.cmd *.com *.cpl *.csh *.exe *.inf *.lnk *.msi *.msp *.pif *.reg *.scf *.scr"
    assert await texts(blocked, "Wildcard") == words.split()
    new = await added(blocked, Wildcard="*.aaa", Description="mine")
    assert await new("ID") == 15
    assert (await texts(await reach(await house.login(), "BlockedAttachments"), "Wildcard"))[0] == "*.aaa"


async def test_model_5_6_5_8_new_ranges_ports_and_lists_have_their_defaults(house: ModelHouse) -> None:
    app = await house.login()
    one = await (await reach(app, "SecurityRanges"))("Add")
    assert not any([await one(name) for name in ALLOWS + DELIVERIES + LOGINS + PROTECTIONS + ("Priority", "Expires", "RequireSSLTLSForAuth", "Name")])
    port = await (await reach(app, "TCPIPPorts"))("Add")
    assert [await port(name) for name in ("Protocol", "PortNumber", "ConnectionSecurity", "Address", "SSLCertificateID")] == [0, 0, 0, "0.0.0.0", 0]
    for name in ("DNSBlackLists", "SURBLServers"):
        new = await (await reach(app, name))("Add")
        assert (await new("Active"), await new("Score")) == (False, 0)


RANGES: list[tuple[dict[str, Any], str]] = [
    ({"Name": ""}, "The name cannot be empty."),
    ({"LowerIP": "10.0.0.1", "UpperIP": "::1"}, "The lower IP address and upper IP address must be of the same IP version type."),
    ({"LowerIP": "10.0.0.2", "UpperIP": "10.0.0.1"}, "The lower IP address must be lower or the same as the upper IP address."),
    ({"Name": "INTERNET"}, "There is already an IP range with this name."),
    ({"Name": "x" * 101}, GENERIC),
    ({"LowerIP": "::1", "UpperIP": "::ffff"}, ""),
]


@pytest.mark.parametrize(("values", "text"), RANGES)
async def test_model_4_8_what_save_refuses_of_a_range(house: ModelHouse, values: dict[str, Any], text: str) -> None:
    new = await (await reach(await house.login(), "SecurityRanges"))("Add")
    await new.set(**{"Name": "new", "LowerIP": "10.0.0.1", "UpperIP": "10.0.0.9", **values})
    assert await refusal(new("Save")) == text


async def test_model_4_8_an_address_that_can_t_be_read_is_passed_by(house: ModelHouse) -> None:
    one = await (await reach(await house.login(), "SecurityRanges"))("Item", 0)
    await one.put("LowerIP", "not an address")
    assert await one("LowerIP") == "127.0.0.1"


async def test_model_1_10_when_a_range_ends_is_a_date(house: ModelHouse) -> None:
    ranges = await reach(await house.login(), "SecurityRanges")
    one = await added(ranges, Name="later", Expires=True, ExpiresTime="2030-01-02 03:04:05")
    assert await one("ExpiresTime") == dt.datetime(2030, 1, 2, 3, 4, 5)  # noqa: DTZ001 - a VARIANT date is local
    assert await (await ranges("Item", 0))("ExpiresTime") is None


async def test_model_8_17_what_a_range_takes_and_ignores(house: ModelHouse) -> None:
    one = await (await reach(await house.login(), "SecurityRanges"))("Item", 0)
    for name in ("RequireAuthForDeliveryToLocal", "RequireAuthForDeliveryToRemote", "IsForwardingRelay"):
        await one.put(name, True)
        assert await one(name) is False


async def test_model_4_7_names_of_groups_and_routes_are_theirs_alone(house: ModelHouse) -> None:
    app = await house.login()
    groups, routes = await reach(app, "Groups"), await reach(app, "Routes")
    await added(groups, Name="staff")
    await added(routes, DomainName="routed.test", TargetSMTPHost="mx.test")
    group, route = await groups("Add"), await routes("Add")
    await group.put("Name", "STAFF")
    assert await refusal(group("Save")) == "Failed to save object. Another group with this name already exists."
    await route.put("DomainName", "Routed.test")
    assert await refusal(route("Save")) == "Another route with this name already exists."


async def test_a_group_knows_its_accounts(house: ModelHouse) -> None:
    app = await house.login()
    group = await added(await reach(app, "Groups"), Name="staff")
    alice = await house.town.directory.accounts.get("alice@example.test")
    member = await added(await group("Members"), AccountID=alice.id)
    assert (await member("GroupID"), await member("Account.Address")) == (await group("ID"), "alice@example.test")
    await member.put("AccountID", 999)
    assert await refusal(member("Account")) == "Invalid index."
    await group("Delete")
    assert await house.town.house.database.read(-1, "SELECT * FROM group_member") == []


PORTS: list[tuple[dict[str, Any], str, str]] = [
    ({}, "", "smtp"),
    ({"PortNumber": 587}, "", "submission"),
    ({"ConnectionSecurity": 1, "SSLCertificateID": 1}, "", "submissions"),
    ({"Protocol": 3}, "", "pop3"),
    ({"Protocol": 3, "UseSSL": True, "SSLCertificateID": 1}, "", "pop3s"),
    ({"Protocol": 5, "ConnectionSecurity": 2, "SSLCertificateID": 1}, "", "imap"),
    ({"Protocol": 5, "ConnectionSecurity": 1, "SSLCertificateID": 1, "Address": "::1"}, "", "imaps"),
    ({"UseSSL": True}, "Certificate must be specified.", ""),
    ({"ConnectionSecurity": 3}, "Certificate must be specified.", ""),
]


@pytest.mark.parametrize(("values", "text", "protocol"), PORTS)
async def test_model_4_9_a_port_becomes_a_listener(house: ModelHouse, values: dict[str, Any], text: str, protocol: str) -> None:
    ports = await reach(await house.login(), "TCPIPPorts")
    new = await ports("Add")
    await new.set(**{"Protocol": 1, "PortNumber": 2525, **values})
    assert await refusal(new("Save")) == text
    assert [port.protocol for port in await house.town.directory.listeners.list()] == [protocol] * (not text)
    if not text:
        again = await (await reach(await house.login(), "TCPIPPorts"))("Item", 0)
        assert {name: await again(name) for name in values} == values
        await again.put("PortNumber", 2526)
        await again("Save")
        assert [port.port for port in await house.town.directory.listeners.list()] == [2526]


async def test_model_4_9_an_address_of_a_port_is_one(house: ModelHouse) -> None:
    new = await (await reach(await house.login(), "TCPIPPorts"))("Add")
    assert await refusal(new.put("Address", "localhost")) == "Invalid IP address string."


async def test_model_5_5_a_new_route_has_its_defaults(house: ModelHouse) -> None:
    new = await (await reach(await house.login(), "Routes"))("Add")
    expected: dict[str, Any] = {
        "AllAddresses": True,
        "RelayerRequiresAuth": False,
        "TreatRecipientAsLocalDomain": False,
        "TreatSenderAsLocalDomain": False,
    }
    expected |= {"TargetSMTPPort": 0, "NumberOfTries": 0, "MinutesBetweenTry": 0, "ConnectionSecurity": 0, "DomainName": "", "UseSSL": False}
    assert {name: await new(name) for name in expected} == expected


async def test_a_route_is_kept_whole_and_its_password_is_never_shown(house: ModelHouse) -> None:
    app = await house.login()
    routes = await reach(app, "Routes")
    values = {
        "DomainName": "*.routed.test",
        "TargetSMTPHost": "mx.test",
        "TargetSMTPPort": 2525,
        "NumberOfTries": 3,
        "MinutesBetweenTry": 7,
        "AllAddresses": False,
        "RelayerRequiresAuth": True,
        "RelayerAuthUsername": "me",
        "Description": "x",
        "TreatSenderAsLocalDomain": True,
        "TreatRecipientAsLocalDomain": True,
        "ConnectionSecurity": 3,
    }
    new = await routes("Add")
    await new.set(**values)
    await new("SetRelayerAuthPassword", "s3cret")
    await new("Save")
    again = await (await reach(app, "Routes"))("ItemByName", "*.routed.test")
    assert {name: await again(name) for name in values} == values
    found = house.town.directory.routes.get("mail.routed.test")
    assert found is not None
    assert (found.host, found.port, found.security, found.login, found.password) == ("mx.test", 2525, "starttls", True, "s3cret")
    ((sealed,),) = await house.town.house.database.read(-1, "SELECT password FROM route")
    assert b"s3cret" not in sealed
    await again.put("DomainName", "*")
    await again("Save")
    assert house.town.directory.routes.get("anywhere.test") is not None
    assert await texts(await reach(app, "Routes"), "DomainName") == ["*"]
    await again("Delete")
    assert house.town.directory.routes.list() == []


async def test_model_8_17_older_names_still_work(house: ModelHouse) -> None:
    new = await (await reach(await house.login(), "Routes"))("Add")
    await new.set(UseSSL=True, TreatSecurityAsLocalDomain=True)
    assert (await new("ConnectionSecurity"), await new("TreatRecipientAsLocalDomain")) == (1, True)
    await new.put("ConnectionSecurity", 2)
    assert await new("UseSSL") is False
    await new.put("UseSSL", False)
    assert await new("ConnectionSecurity") == 0


async def test_model_13_8_a_route_says_which_addresses_there_are_and_who_may_send_there(house: ModelHouse) -> None:
    route = await added(await reach(await house.login(), "Routes"), DomainName="routed.test", TargetSMTPHost="mx.test")
    directory, known, unknown = house.town.directory, Address.parse("Known@routed.test"), Address.parse("unknown@routed.test")
    assert directory.cached(known) is NOT_OURS
    await route.put("AllAddresses", False)
    await route("Save")
    row = await added(await route("Addresses"), Address="known@routed.test")
    assert (directory.cached(known), directory.cached(unknown)) == (NOT_OURS, NOT_ROUTED)
    assert NOT_ROUTED.text == "Recipient not in route list."
    await route.put("TreatRecipientAsLocalDomain", True)
    await route("Save")
    assert (directory.cached(known), directory.cached(unknown)) == (Resolution((), (known,)), NOT_ROUTED)
    await row("Delete")
    assert directory.cached(known) is NOT_ROUTED


async def global_rules(house: ModelHouse) -> Hand:
    return await reach(await house.login(), "Rules")


async def test_model_5_4_new_rules_criteria_and_actions_have_their_defaults(house: ModelHouse) -> None:
    rule = await (await global_rules(house))("Add")
    criterion, action = await rule("Criterias.Add"), await rule("Actions.Add")
    assert [await rule(name) for name in ("Active", "UseAND", "AccountID", "Name")] == [True, True, 0, ""]
    assert [await criterion(name) for name in ("UsePredefined", "PredefinedField", "MatchType", "RuleID")] == [True, 1, 1, 0]
    assert [await action(name) for name in ("Type", "RuleID", "To")] == [0, 0, ""]


async def test_model_5_4_parts_of_a_rule_that_is_not_saved_wait_for_it(house: ModelHouse) -> None:
    rules = await global_rules(house)
    rule = await rules("Add")
    await added(await rule("Criterias"), MatchValue="x")
    await added(await rule("Actions"), Type=1)
    assert (await rule("Criterias.Count"), await rule("Actions.Count"), await rules("Count")) == (1, 1, 0)
    assert await house.town.house.database.read(-1, "SELECT * FROM rule_criterion") == []
    await rule.put("Name", "mine")
    await rule("Save")
    await added(await rule("Actions"), Type=2)
    again = await (await global_rules(house))("Item", 0)
    assert await table(await again("Criterias"), "MatchValue", "RuleID") == [("x", await rule("ID"))]
    assert await table(await again("Actions"), "Type", "RuleID") == [(1, await rule("ID")), (2, await rule("ID"))]
    await again("Delete")
    assert await house.town.house.database.read(-1, "SELECT id FROM rule_action UNION ALL SELECT id FROM rule_criterion") == []


async def test_model_11_10_rules_and_actions_move_at_once(house: ModelHouse) -> None:
    rules = await global_rules(house)
    a, _, c = [await added(rules, Name=name) for name in "abc"]
    await c("MoveUp")
    await c("MoveUp")
    await c("MoveUp")
    assert await texts(rules, "Name") == await texts(await global_rules(house), "Name") == ["c", "a", "b"]
    await a("MoveDown")
    assert await texts(rules, "Name") == await texts(await global_rules(house), "Name") == ["c", "b", "a"]
    positions = await house.town.house.database.read(-1, "SELECT name, position FROM rule ORDER BY position")
    assert positions == [("c", 1), ("b", 2), ("a", 3)]
    actions = await a("Actions")
    first, last = await added(actions, Type=1), await added(actions, Type=2)
    await last("MoveUp")
    assert await texts(await a("Actions"), "Type") == [2, 1]
    await last("MoveDown")
    assert await texts(await a("Actions"), "Type") == [1, 2]
    assert await first("ID") < await last("ID")


async def test_model_4_10_a_rule_that_is_not_saved_does_not_move(house: ModelHouse) -> None:
    rule = await (await global_rules(house))("Add")
    for member in ("MoveUp", "MoveDown"):
        assert await refusal(rule(member)) == "Object not yet saved."
        assert await refusal((await rule("Actions.Add"))(member)) == "Object not yet saved."


async def test_model_18_3_an_account_has_rules_of_its_own(house: ModelHouse) -> None:
    domain = await (await house.login())("Domains.Item", 0)
    rules = await (await domain("Accounts.Item", 0))("Rules")
    rule = await added(rules, Name="mine")
    assert await rule("AccountID") == await (await domain("Accounts.Item", 0))("ID")
    assert await (await global_rules(house))("Count") == 0
    assert await (await domain("Accounts.Item", 1))("Rules.Count") == 0


async def test_model_4_14_names_too_long_for_their_columns_are_refused(house: ModelHouse) -> None:
    app = await house.login()
    for name, member, width in (
        ("Rules", "Name", 100),
        ("Groups", "Name", 255),
        ("Routes", "Description", 255),
        ("SSLCertificates", "CertificateFile", 255),
    ):
        new = await (await reach(app, name))("Add")
        await new.put(member, "x" * (width + 1))
        assert await refusal(new("Save")) == GENERIC, name
