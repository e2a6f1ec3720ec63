"""Mail as what the object model configures has it come in: accepting it (section 12), finding whose it is (13)."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modelhouse import Hand, ModelHouse, added, modelhouse, reach
from modelmail import account, inbox, stored
from postroom.directory.resolve import LEVELS, NOT_OURS, NotOurs, Refusal, Resolution
from postroom.formats.address import Address
from postroom.servers.smtp import rules_of
from postroom.servers.smtp.ports import Arrival
from postroom.servers.smtp.received import received
from postroom.servers.smtp.submission import completed
from smtphouse import NOON, PASSWORD, MemoryWire, Place


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ModelHouse]:
    async with modelhouse(tmp_path) as opened:
        yield opened


@pytest.fixture
async def app(house: ModelHouse) -> Hand:
    return await house.login()


@pytest.fixture
async def domain(app: Hand) -> Hand:
    found: Hand = await app("Domains.Item", 0)
    return found


async def goes_to(house: ModelHouse, address: str) -> str:
    """Tell where mail goes: addresses, a refusal's text, or "elsewhere"."""
    answer = await house.town.directory.resolve(Address.parse(address) if "@" in address else Address(address, ""))
    if isinstance(answer, Refusal):
        return answer.text
    if isinstance(answer, NotOurs):
        return "elsewhere"
    return " ".join(sorted([str(one.address) for one in answer.accounts] + [str(one) for one in answer.remote]))


async def hears(*said: bytes, **facts: str) -> str:
    """Say lines to a server of these facts; gives all that it answers."""
    place = Place.of({name.replace("_", ".", 1): value for name, value in facts.items()})
    wire = MemoryWire(place)
    for line in said:
        await wire.send(line)
        for _ in range(10):
            await asyncio.sleep(0)
    heard = b""
    while not wire.connection.output.empty():
        heard += wire.connection.output.get_nowait()
    wire.session.lost()
    return heard.decode()


@pytest.mark.parametrize(
    ("welcome", "expected"),
    [("hello there", "220 hello there ESMTP\r\n"), ("mine ESMTP", "220 mine ESMTP\r\n"), ("", "220 mail.example.test ESMTP Postroom\r\n")],
)
async def test_model_12_2_the_banner_is_the_welcome_or_the_host_name(welcome: str, expected: str) -> None:
    assert await hears(rule_welcome=repr(welcome)) == expected


async def test_model_12_3_ehlo_offers_size_starttls_and_plain_where_it_is_allowed() -> None:
    everything = (await hears(b"EHLO client\r\n", limit_size="1000", tls="starttls")).splitlines()
    assert everything[1] == "250-mail.example.test"
    assert {"250-SIZE 1000", "250-STARTTLS"} <= set(everything)
    assert "250-SIZE" in (await hears(b"EHLO client\r\n", limit_size="0")).splitlines()
    assert "STARTTLS" not in await hears(b"EHLO client\r\n", tls="implicit")
    for plain in (True, False):
        told = await hears(b"EHLO client\r\n", tls="implicit", role="submission", rule_auth_plain=repr(plain))
        (offered,) = [line.split() for line in told.splitlines() if line.startswith("250-AUTH ")]
        assert "LOGIN" in offered
        assert ("PLAIN" in offered) is plain
    assert (await hears(b"HELO client\r\n")).splitlines()[1:] == ["250 mail.example.test"]


async def test_model_12_4_one_host_name_is_used_everywhere(house: ModelHouse, app: Hand) -> None:
    settings = await app("Settings")
    assert (house.house.name, rules_of(house.house.settings, "machine").hostname) == ("mx.example.test", "machine")
    await settings.put("HostName", "other.example.test")
    assert (house.house.name, rules_of(house.house.settings, "machine").hostname) == ("other.example.test", "other.example.test")


async def test_model_12_5_a_recipient_is_local_by_the_address_that_was_given(house: ModelHouse, app: Hand, domain: Hand) -> None:
    await added(await domain("Aliases"), Name="away@example.test", Value="a@elsewhere.test", Active=True)
    answer = await house.town.directory.resolve(Address.parse("away@example.test"))
    assert answer == Resolution((), (Address.parse("a@elsewhere.test"),)), "known as ours, so a stranger may send there"
    assert await house.town.directory.resolve(Address.parse("a@elsewhere.test")) is NOT_OURS
    await added(await reach(app, "Routes"), DomainName="elsewhere.test", TargetSMTPHost="mx.elsewhere.test", TreatRecipientAsLocalDomain=True)
    assert await house.town.directory.resolve(Address.parse("a@elsewhere.test")) == Resolution((), (Address.parse("a@elsewhere.test"),))


async def test_model_12_9_the_smaller_limit_counts(house: ModelHouse, app: Hand, domain: Hand) -> None:
    directory = house.town.directory
    alice = await directory.accounts.get("alice@example.test")
    for server, own, expected in ((100, 0, 100), (100, 50, 50), (50, 100, 50), (0, 70, 70)):
        await (await app("Settings")).put("MaxMessageSize", server)
        await domain.put("MaxMessageSize", own)
        await domain("Save")
        assert (directory.max_message_size(alice), directory.max_message_size(None)) == (expected << 10, server << 10), (server, own)
    said = await hears(b"EHLO client\r\n", b"MAIL FROM:<a@b.example> SIZE=1001\r\n", limit_size="1000")
    assert said.splitlines()[-1].startswith("552 ")


async def test_model_12_10_bare_line_feeds_are_refused() -> None:
    said = await hears(
        b"EHLO client\r\n", b"MAIL FROM:<a@b.example>\r\n", b"RCPT TO:<alice@example.test>\r\n", b"DATA\r\n", b"a: b\r\n\r\nbare\nline\r\n.\r\n"
    )
    assert said.splitlines()[-1].startswith("550 5.6.0 ")


async def test_model_12_11_too_many_bad_commands_end_a_session_where_that_is_set(app: Hand, house: ModelHouse) -> None:
    settings = await app("Settings")
    for disconnect, most in ((True, 2), (False, 0)):
        await settings.set(DisconnectInvalidClients=disconnect, MaxNumberOfInvalidCommands=2)
        assert rules_of(house.house.settings, "machine").bad_commands == most
        said = await hears(*[b"NONSENSE\r\n"] * 4, rule_bad_commands=str(most))
        assert ("421 4.7.0 Too many invalid commands. Bye!" in said) is disconnect
    message = b"From: a@b.example\r\n\r\n.\r\n"
    said = await hears(b"EHLO client\r\n", b"MAIL FROM:<a@b.example>\r\n", b"RCPT TO:<alice@example.test>\r\n", b"DATA\r\n", message)
    assert said.splitlines()[-1] == "250 2.0.0 Accepted as m1"


@pytest.mark.parametrize("who", ["alice", "bob"])
async def test_model_12_12_a_login_is_looked_at_again_at_each_mail(who: str) -> None:
    place = Place.of({"role": "submission", "tls": "implicit", "logins": "yes"})
    wire = MemoryWire(place)
    login = base64.b64encode(f"\0{who}@example.test\0{PASSWORD}".encode())
    mail = f"MAIL FROM:<{who}@example.test>\r\n".encode()
    heard = b""
    for line in (b"EHLO client\r\n", b"AUTH PLAIN " + login + b"\r\n", mail, b"RSET\r\n", mail):
        await wire.send(line)
        for _ in range(10):
            await asyncio.sleep(0)
        while not wire.connection.output.empty():
            heard += wire.connection.output.get_nowait()
        place.directory.open = not line.startswith(b"RSET")
    wire.session.lost()
    assert heard.decode().splitlines()[-3:] == [
        "250 2.1.0 Sender OK",
        "250 2.0.0 OK",
        "550 5.7.0 Login credentials no longer valid. Please re-authenticate.",
    ]


async def test_model_12_12_a_login_counts_while_its_account_and_domain_are_there_and_active(house: ModelHouse, domain: Hand) -> None:
    directory = house.town.directory
    alice = await directory.authenticate("192.0.2.7", "alice@example.test", "secret-1")
    assert directory.is_open(alice)
    for thing in (await account(house), domain):
        for active in (False, True):
            await thing.put("Active", active)
            await thing("Save")
            assert directory.is_open(alice) is None, "it is read anew"
            assert await directory.still_open(alice) is active
            assert directory.is_open(alice) is active
    await (await account(house))("Delete")
    assert await directory.still_open(alice) is False
    assert directory.is_open(alice) is False


def test_model_12_13_the_received_field_says_from_whom_how_and_when() -> None:
    arrival = Arrival("i1", "s1", "ESMTPSA", "192.0.2.7", 40000, "client.example", "hello.example", "TLSv1.3 TLS_AES_256_GCM_SHA384", None, NOON)
    assert received(arrival, "mail.example.test", None) == (
        b"Received: from hello.example (client.example [192.0.2.7])\r\n"
        b"\tby mail.example.test with ESMTPSA (TLSv1.3 TLS_AES_256_GCM_SHA384)\r\n\tid i1;\r\n\tTue, 14 Nov 2023 22:13:20 +0000\r\n"
    )
    assert b"\r\nMessage-ID: <" in completed(b"From: a@example.test\r\n\r\nx\r\n", arrival, "mail.example.test")
    assert completed(b"Message-ID: <own>\r\n\r\n", arrival, "mail.example.test").count(b"Message-ID") == 1


async def test_model_12_14_a_mailbox_s_copy_begins_with_who_sent_it_and_to_whom(house: ModelHouse, app: Hand, domain: Hand) -> None:
    await added(await domain("Aliases"), Name="sales@example.test", Value="alice@example.test", Active=True)
    message = house.create("hMailServer.Message")
    await message.set(FromAddress="carol@remote.test", Subject="x", Body="y")
    await message("AddRecipient", "", "sales@example.test")
    await message("Save")
    (content,) = await stored(house, await inbox(house))
    assert content.startswith(b"Return-Path: <carol@remote.test>\r\nDelivered-To: ")


async def test_model_13_2_13_3_13_5_a_domain_and_its_accounts_take_mail_while_they_are_active(house: ModelHouse, domain: Hand) -> None:
    await added(await domain("DomainAliases"), AliasName="example.org")
    assert await goes_to(house, "ALICE@example.org") == await goes_to(house, "alice@example.test") == "alice@example.test"
    alice = await account(house)
    await alice.put("Active", value := False)
    await alice("Save")
    assert await goes_to(house, "alice@example.org") == "Account is not active."
    await domain.put("Active", value)
    await domain("Save")
    assert await goes_to(house, "alice@example.org") == "Domain has been disabled."


async def test_model_13_4_what_stands_behind_the_plus_is_cut_off_where_the_domain_has_it(house: ModelHouse, domain: Hand) -> None:
    for enabled, character, address, expected in (
        (False, "+", "alice+a", "Unknown user."),
        (True, "+", "alice+a+b", "alice@example.test"),
        (True, "-", "alice-a", "alice@example.test"),
        (True, "-", "alice+a", "Unknown user."),
    ):
        await domain.set(PlusAddressingEnabled=enabled, PlusAddressingCharacter=character)
        await domain("Save")
        assert await goes_to(house, f"{address}@example.test") == expected, (enabled, character, address)


async def test_model_13_6_an_alias_is_followed_25_levels(house: ModelHouse, domain: Hand) -> None:
    aliases = await domain("Aliases")
    for number in range(LEVELS + 1):
        await added(aliases, Name=f"a{number}@example.test", Value=f"a{number + 1}@example.test", Active=True)
    last = await aliases("ItemByName", f"a{LEVELS}@example.test")
    await last.put("Value", "alice@example.test")
    await last("Save")
    assert await goes_to(house, "a1@example.test") == "alice@example.test"
    assert await goes_to(house, "a0@example.test") == "Mail server configuration error. Too many recursive forwards."
    await last.put("Active", value := False)
    await last("Save")
    assert (await goes_to(house, "a1@example.test"), value) == ("Alias is not active.", False)


async def test_model_13_7_a_list_takes_mail_while_it_is_active(house: ModelHouse, domain: Hand) -> None:
    team = await added(await domain("DistributionLists"), Address="team@example.test", Active=True)
    for member in ("alice@example.test", "bob@example.test", "c@elsewhere.test"):
        await added(await team("Recipients"), RecipientAddress=member)
    assert await goes_to(house, "team@example.test") == "alice@example.test bob@example.test c@elsewhere.test"
    await team.put("Active", value := False)
    await team("Save")
    assert (await goes_to(house, "team@example.test"), value) == ("Distribution list is not active.", False)


async def test_model_13_9_13_10_what_nobody_takes_goes_to_the_catch_all_or_is_unknown(house: ModelHouse, domain: Hand) -> None:
    assert await goes_to(house, "nobody@example.test") == "Unknown user."
    assert await goes_to(house, "nobody@elsewhere.test") == "elsewhere"
    await added(await domain("Aliases"), Name="rest@example.test", Value="bob@example.test", Active=True)
    await domain.put("Postmaster", "rest@example.test")
    await domain("Save")
    assert await goes_to(house, "nobody@example.test") == "bob@example.test"


async def test_model_13_11_a_group_gets_no_mail(house: ModelHouse, app: Hand) -> None:
    group = await added(await reach(app, "Groups"), Name="team")
    alice = await account(house)
    await added(await group("Members"), AccountID=await alice("ID"))
    assert await group("Members.Count") == 1
    assert await goes_to(house, "team@example.test") == "Unknown user."
