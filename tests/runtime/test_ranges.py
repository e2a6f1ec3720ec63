"""IP ranges at work: who may connect, from whom to whom a client may send, and for what it must have logged in (12.1, 12.5, 12.6, 12.16)."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modelhouse import Hand, added
from wholeserver import PASSWORD, Whole, whole

LOGIN = base64.b64encode(f"\0alice@example.test\0{PASSWORD}".encode()).decode()
OUTSIDE = "127.0.0.9"
"""An address that only `Internet` holds: 127.0.0.1 is `My computer`."""


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Whole]:
    async with whole(tmp_path, home=True, allow_smtp_auth_plain="yes", auto_ban_on_logon_failure="yes", limit_loopback="yes") as opened:
        yield opened


@pytest.fixture
async def ranges(server: Whole) -> Hand:
    found: Hand = await (await server.login())("Settings.SecurityRanges")
    return found


async def rcpt(server: Whole, sender: str, recipient: str, *, login: bool = False, address: str = OUTSIDE) -> str:
    logs_in = [f"AUTH PLAIN {LOGIN}"] if login else []
    return (await server.talk("smtp", "EHLO client", *logs_in, f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>", address=address))[-1]


async def test_model_12_1_the_range_with_the_highest_priority_decides_who_may_connect(server: Whole, ranges: Hand) -> None:
    for protocol in ("smtp", "pop3", "imap"):
        assert (await server.talk(protocol, address=OUTSIDE))[0] != ""
    inner = await added(ranges, Name="inner", LowerIP="127.0.0.8", UpperIP="127.0.0.10", Priority=20, AllowPOP3Connections=True)
    assert [(await server.talk(protocol, address=OUTSIDE))[0] != "" for protocol in ("smtp", "pop3", "imap")] == [False, True, False]
    assert (await server.talk("smtp", address="127.0.0.11"))[0].startswith("220 ")
    await inner.set(Priority=5)
    await inner("Save")
    assert (await server.talk("smtp", address=OUTSIDE))[0].startswith("220 ")
    for index in reversed(range(await ranges("Count"))):
        await (await ranges("Item", index))("Delete")
    assert (await server.talk("imap"))[0] == "", "no range, no connection"
    await ranges("SetDefault")
    assert (await server.talk("imap"))[0] != ""


async def test_model_12_1_a_range_that_has_ended_decides_nothing_and_vanishes(server: Whole, ranges: Hand) -> None:
    closed = await added(ranges, Name="closed", LowerIP="127.0.0.9", UpperIP="127.0.0.9", Priority=50)
    assert (await server.talk("smtp", address=OUTSIDE))[0] == ""
    await closed.set(Expires=True, ExpiresTime="2020-01-01 00:00:00")
    await closed("Save")
    assert (await server.talk("smtp", address=OUTSIDE))[0] != ""
    assert await server.house.directory.ranges.expire() == 1
    await ranges("Refresh")
    assert await ranges("Count") == 2


async def test_model_12_5_and_12_6_a_pair_of_sender_and_recipient_is_allowed_and_may_need_a_login(server: Whole) -> None:
    ours, theirs, other = "alice@example.test", "a@elsewhere.test", "bob@example.test"
    needs_login = "530 5.7.0 SMTP authentication is required."
    assert await rcpt(server, theirs, ours) == "250 2.1.5 Recipient OK"
    assert await rcpt(server, "", ours) == "250 2.1.5 Recipient OK"
    assert await rcpt(server, ours, other) == needs_login
    assert await rcpt(server, ours, theirs) == needs_login
    assert await rcpt(server, theirs, theirs) == needs_login
    assert await rcpt(server, ours, other, login=True) == "250 2.1.5 Recipient OK"
    assert await rcpt(server, ours, theirs, login=True) == "250 2.1.5 Recipient OK"
    assert await rcpt(server, ours, theirs, address="127.0.0.1") == "250 2.1.5 Recipient OK", "My computer sends without a login"
    assert await rcpt(server, theirs, theirs, address="127.0.0.1") == needs_login
    assert await rcpt(server, ours, "nobody@example.test") == "550 5.1.1 Unknown user.", "whether it can be delivered is asked first"


async def test_model_12_6_what_a_range_does_not_allow_is_refused_with_a_login_too(server: Whole, ranges: Hand) -> None:
    internet = await ranges("ItemByName", "Internet")
    await internet.set(AllowDeliveryFromLocalToRemote=False, AllowDeliveryFromRemoteToLocal=False)
    await internet("Save")
    refused = "550 5.7.1 Delivery is not allowed to this address."
    assert await rcpt(server, "alice@example.test", "a@elsewhere.test", login=True) == refused
    assert await rcpt(server, "a@elsewhere.test", "alice@example.test") == refused


async def test_model_12_5_a_route_s_senders_may_count_as_ours(server: Whole) -> None:
    app = await server.login()
    route = await added(await app("Settings.Routes"), DomainName="branch.test", TargetSMTPHost="127.0.0.1", TreatSenderAsLocalDomain=True)
    assert await rcpt(server, "a@branch.test", "alice@example.test") == "530 5.7.0 SMTP authentication is required."
    await route.set(TreatSenderAsLocalDomain=False)
    await route("Save")
    assert await rcpt(server, "a@branch.test", "alice@example.test") == "250 2.1.5 Recipient OK"


async def test_mail_that_a_range_lets_pass_without_a_login_is_queued(server: Whole) -> None:
    assert (await server.send("alice@example.test", "a@elsewhere.test"))[-1].startswith("250 Queued")
    assert await server.queued() == [("alice@example.test", "a@elsewhere.test")]


async def test_a_range_may_want_tls_for_a_login(server: Whole, ranges: Hand) -> None:
    internet = await ranges("ItemByName", "Internet")
    await internet.set(RequireSSLTLSForAuth=True)
    await internet("Save")
    assert "AUTH" not in " ".join(await server.talk("smtp", "EHLO client", address=OUTSIDE))
    assert (await server.talk("pop3", "USER alice@example.test", address=OUTSIDE))[1].startswith("-ERR")
    assert "PRIVACYREQUIRED" in (await server.talk("imap", f"x LOGIN alice@example.test {PASSWORD}", address=OUTSIDE))[1]
    assert (await server.talk("imap", f"x LOGIN alice@example.test {PASSWORD}"))[1].startswith("x OK"), "My computer does not ask for it"


async def test_model_12_16_failed_logins_make_a_range_that_allows_nothing(server: Whole, ranges: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postroom.directory.failures.is_loopback", lambda _ip: False)
    taken = await added(ranges, Name="auto-ban: alice@example.test", LowerIP="10.0.0.1", UpperIP="10.0.0.1")
    async with server.open("imap", OUTSIDE) as talk:
        await talk.hear()
        for _ in range(3):
            await talk.say("x LOGIN alice@example.test wrong")
    assert (await server.talk("imap", address=OUTSIDE))[0] == ""
    assert (await server.talk("imap"))[0] != ""
    await ranges("Refresh")
    ban = await ranges("ItemByName", "Auto-ban: alice@example.test (1)")
    assert [await ban(name) for name in ("LowerIP", "UpperIP", "Priority", "Expires", "AllowSMTPConnections")] == [OUTSIDE, OUTSIDE, 100, True, False]
    assert await taken("Priority") == 0
    await ban("Delete")
    assert (await server.talk("imap", address=OUTSIDE))[0] != "", "lifted by deleting it"


async def test_ranges_do_not_count_outside_of_hmailserver_s_mode(tmp_path: Path) -> None:
    async with whole(tmp_path) as plain:
        ranges = await (await plain.login())("Settings.SecurityRanges")
        await added(ranges, Name="all", LowerIP="0.0.0.0", UpperIP="255.255.255.255", Priority=99)
        assert (await plain.talk("smtp"))[0].startswith("220 ")
        assert await rcpt(plain, "a@elsewhere.test", "b@elsewhere.test", address="127.0.0.1") == "550 5.7.1 Relaying denied"
