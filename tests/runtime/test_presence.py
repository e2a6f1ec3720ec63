"""Logins that count no more end their sessions, and the last login of each account is kept; mail for users behind a route (13.8)."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modelhouse import Hand, added
from wholeserver import PASSWORD, Talk, Whole, whole

LOGIN = base64.b64encode(f"\0alice@example.test\0{PASSWORD}".encode()).decode()


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Whole]:
    async with whole(tmp_path) as opened:
        yield opened


@pytest.fixture
async def app(server: Whole) -> Hand:
    return await server.login()


async def account(app: Hand, name: str = "alice") -> Hand:
    found: Hand = await (await (await app("Domains.Item", 0))("Accounts"))("ItemByAddress", f"{name}@example.test")
    return found


async def new_password(app: Hand) -> None:
    alice = await account(app)
    await alice.set(Password="another-1")
    await alice("Save")


async def closed(app: Hand) -> None:
    alice = await account(app)
    await alice.set(Active=False)
    await alice("Save")


async def deleted(app: Hand) -> None:
    await (await account(app))("Delete")


async def domain_closed(app: Hand) -> None:
    domain = await app("Domains.Item", 0)
    await domain.set(Active=False)
    await domain("Save")


@pytest.mark.parametrize("happens", [new_password, closed, deleted, domain_closed])
async def test_sessions_end_when_their_login_counts_no_more(server: Whole, app: Hand, happens: object) -> None:
    async with server.open("imap") as imap, server.open("imap") as idle, server.open("pop3") as pop3, server.open("imap") as other:
        for talk in (imap, idle, pop3, other):
            await talk.hear()
        await imap.ask(f"LOGIN alice@example.test {PASSWORD}")
        await idle.ask(f"LOGIN alice@example.test {PASSWORD}")
        await idle.ask("SELECT INBOX")
        assert (await idle.say("x IDLE")).startswith("+ ")
        await pop3.say("USER alice@example.test")
        await pop3.say(f"PASS {PASSWORD}")
        await other.ask(f"LOGIN bob@example.test {PASSWORD}")
        await happens(app)  # type: ignore[operator]  # a function of the object model
        assert (await imap.hear()).startswith("* BYE The login was ended")
        assert (await _last(idle)).startswith("* BYE The login was ended")
        assert (await pop3.hear()).startswith("-ERR [AUTH] The login was ended")
        assert [await talk.hear() for talk in (imap, idle, pop3)] == ["", "", ""]
        if happens is not domain_closed:
            assert (await other.ask("NOOP"))[-1].startswith("x OK")


async def _last(talk: Talk) -> str:
    while not (line := await talk.hear()).startswith("* BYE"):
        assert line
    return line


async def test_model_8_14_unlock_mailbox_ends_the_session_that_holds_the_maildrop(server: Whole, app: Hand) -> None:
    lines = ("USER alice@example.test", f"PASS {PASSWORD}")
    async with server.open("pop3") as holder, server.open("imap") as imap:
        await imap.hear()
        await imap.ask(f"LOGIN alice@example.test {PASSWORD}")
        for line in lines:
            await holder.hear() if line is lines[0] else None
            await holder.say(line)
        assert (await server.talk("pop3", *lines))[-1].startswith("-ERR [IN-USE]")
        await (await account(app))("UnlockMailbox")
        assert (await holder.hear()).startswith("-ERR [AUTH] The login was ended")
        assert (await server.talk("pop3", *lines))[-1].startswith("+OK")
        assert (await imap.ask("NOOP"))[-1].startswith("x OK"), "only who holds the maildrop goes"


async def test_model_12_12_a_changed_password_ends_a_login_at_the_next_mail(server: Whole, app: Hand) -> None:
    async with server.open("submission") as talk:
        await talk.hear()
        for line in ("EHLO client", f"AUTH PLAIN {LOGIN}", "MAIL FROM:<alice@example.test>", "RCPT TO:<bob@example.test>", "DATA"):
            await talk.say(line)
        await new_password(app)
        assert (await talk.say("From: alice@example.test\r\n\r\nx\r\n.")).startswith("250 "), "what is under way goes on"
        assert await talk.say("MAIL FROM:<alice@example.test>") == "550 5.7.0 Login credentials no longer valid. Please re-authenticate."


async def test_model_3_5_the_last_login_is_kept_but_not_that_of_programs(server: Whole, app: Hand) -> None:
    presence = server.house.directory.presence
    assert await app("Authenticate", "alice@example.test", PASSWORD) is not None
    app = await server.login()
    await presence.flush()
    assert await (await account(app))("LastLogonTime") is None
    before = server.house.mailboxes.now() // 1_000_000
    for protocol, line in (("imap", f"x LOGIN alice@example.test {PASSWORD}"), ("imap", f"x LOGIN bob@example.test {PASSWORD}")):
        await server.talk(protocol, line)
    await presence.flush()
    found = await (await account(app))("LastLogonTime")
    assert before <= found.timestamp() <= before + 60
    bob = await account(app, "bob")
    await bob.set(PersonFirstName="Bob")
    await bob("Save")
    assert (await (await account(app, "bob"))("LastLogonTime")) is not None, "saving an account does not forget it"


async def test_model_13_8_a_route_takes_mail_for_unknown_users_of_a_domain_of_ours(server: Whole, app: Hand) -> None:
    route = await added(await app("Settings.Routes"), DomainName="example.test", TargetSMTPHost="127.0.0.1", TargetSMTPPort=9, AllAddresses=False)
    said = await server.send("a@elsewhere.test", "nobody@example.test")
    assert said[1] == "550 5.1.1 Recipient not in route list."
    await added(await route("Addresses"), Address="branch@example.test")
    said = await server.send("a@elsewhere.test", "branch@example.test", "alice@example.test")
    assert said[-1].startswith("250 ")
    assert len(await server.mail("alice@example.test")) == 1, "accounts go before routes"
    database = server.house.database
    rows = [row for shard in range(database.shards) for row in await database.read(shard, "SELECT address, domain FROM queue_recipient")]
    assert [tuple(row) for row in rows] == [("branch@example.test", f"route:{await route('ID')}")]
    domain = await app("Domains.Item", 0)
    await domain.set(Postmaster="bob@example.test")
    await domain("Save")
    await server.send("a@elsewhere.test", "nobody@example.test")
    assert len(await server.mail("bob@example.test")) == 1, "a catch-all takes who is not in the list"
    await route.set(AllAddresses=True)
    await route("Save")
    assert (await server.send("a@elsewhere.test", "anybody@example.test"))[-1].startswith("250 ")
    assert len(await server.mail("bob@example.test")) == 1
