"""The events of logins over every protocol (events.md 3.3 and 3.4)."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from doorhouse import Client, DoorHouse, doorhouse
from modelhouse import PASSWORD
from postroom.events import ON_CLIENT_LOGON, ON_CLIENT_VALIDATE_PASSWORD, Result

VALIDATE = ON_CLIENT_VALIDATE_PASSWORD
ALICE = "alice@example.test"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[DoorHouse]:
    async with doorhouse(tmp_path, plain_text_login="always", max_invalid_logon_attempts="1000", login_delay="0 seconds") as made:
        yield made


def plain(name: str, password: str) -> str:
    return base64.b64encode(f"\0{name}\0{password}".encode()).decode()


async def smtp_auth(house: DoorHouse, name: str, password: str) -> bool:
    client = await house.client("submission", "EHLO pc.test")
    return (await client.say(f"AUTH PLAIN {plain(name, password)}")).startswith("235")


async def smtp_login(house: DoorHouse, name: str, password: str) -> bool:
    client = await house.client("submission", "EHLO pc.test")
    words = (base64.b64encode(word.encode()).decode() for word in (name, password))
    return (await client.say("AUTH LOGIN", *words)).startswith("235")


async def pop3_pass(house: DoorHouse, name: str, password: str) -> bool:
    client = await house.client("pop3")
    client.writer.write(f"USER {name}\r\nPASS {password}\r\nQUIT\r\n".encode())
    answers = [await client.line() for _ in range(2)]
    return answers[-1].startswith("+OK")


async def imap_login(house: DoorHouse, name: str, password: str) -> bool:
    client = await house.connect("imap")
    await client.line()
    return (await client.ask(f'a LOGIN "{name}" "{password}"')).startswith("OK")


async def imap_authenticate(house: DoorHouse, name: str, password: str) -> bool:
    client = await house.connect("imap")
    await client.line()
    return (await client.ask(f"a AUTHENTICATE PLAIN {plain(name, password)}")).startswith("OK")


async def com(house: DoorHouse, name: str, password: str) -> bool:
    return await house.model.create("hMailServer.Application")("Authenticate", name, password) is not None


async def validate_password(house: DoorHouse, name: str, password: str) -> bool:
    heard = house.handlers.heard
    app = await house.model.login()
    account = await app("Domains.ItemByName", "example.test")
    found = await account("Accounts.ItemByAddress", name)
    del heard[:]
    return bool(await found("ValidatePassword", password))


WAYS = [smtp_auth, smtp_login, pop3_pass, imap_login, imap_authenticate, com, validate_password]


@pytest.mark.parametrize("way", WAYS)
async def test_events_3_3_a_handler_judges_a_password_wherever_one_is_checked(house: DoorHouse, way: object) -> None:
    assert callable(way)
    for result, right, wrong in ((Result(2), True, False), (Result(0), True, True), (Result(1), False, False), (Result(7), True, False)):
        house.handlers.answers[VALIDATE] = result
        house.handlers.listen()
        for password, expected in ((PASSWORD, right), ("wrong", wrong), (PASSWORD, right)):  # the last time from memory, if it may
            del house.handlers.heard[:]
            assert await way(house, ALICE, password) is expected, (result, password)
            event = house.handlers.one(VALIDATE)
            assert (str(event.account.address), event.password) == (ALICE, password), "in clear text"


async def test_events_3_3_unknown_inactive_and_administrator_are_not_told(house: DoorHouse) -> None:
    house.handlers.answer(VALIDATE, 0)
    await house.town.directory.accounts.set("bob@example.test", active=False)
    assert not await imap_login(house, "nobody@example.test", PASSWORD)
    assert not await imap_login(house, "bob@example.test", PASSWORD)
    await house.model.login("Administrator")
    assert house.handlers.heard == []
    await house.town.directory.accounts.set("bob@example.test", active=True)
    await house.town.directory.domains.set("example.test", active=False)
    assert not await imap_login(house, "bob@example.test", PASSWORD), "nor in a domain that is not active"
    assert house.handlers.heard == []


async def test_events_3_3_the_password_is_judged_again_at_mail_from(house: DoorHouse) -> None:
    house.handlers.answer(VALIDATE, 2)
    client = await house.client("submission", "EHLO pc.test")
    assert (await client.log_in()).startswith("235")
    assert (await client.say(f"MAIL FROM:<{ALICE}>")).startswith("250")
    assert len(house.handlers.of(VALIDATE)) == 2
    await client.say("RSET")
    house.handlers.answer(VALIDATE, 1)
    assert await client.say(f"MAIL FROM:<{ALICE}>") == "550 5.7.0 Login credentials no longer valid. Please re-authenticate."
    house.handlers.answer(VALIDATE, 2)
    await house.town.directory.accounts.set_password(ALICE, "another-1")
    assert (await client.say(f"MAIL FROM:<{ALICE}>")).startswith("550"), "the password it logged in with is not right any more"
    house.handlers.answer(VALIDATE, 0)
    assert (await client.say(f"MAIL FROM:<{ALICE}>")).startswith("250")


async def test_events_3_3_scram_is_not_offered_while_a_handler_judges(house: DoorHouse) -> None:
    client = await house.client("submission")
    assert "SCRAM" in await client.all("EHLO pc.test")
    house.handlers.answer(VALIDATE, 2)
    assert "SCRAM" not in await client.all("EHLO pc.test")
    assert (await client.say("AUTH SCRAM-SHA-256")).startswith("504"), "nor taken"


async def test_events_3_3_a_lost_handler_leaves_it_to_the_password_or_lets_the_client_wait(house: DoorHouse) -> None:
    house.handlers.answer(VALIDATE, RuntimeError("lost"))
    assert await smtp_auth(house, ALICE, PASSWORD)
    assert not await smtp_auth(house, ALICE, "wrong")
    house.handlers.answer(VALIDATE, lambda _: Result(2, deferred=True))
    client = await house.client("submission", "EHLO pc.test")
    assert (await client.log_in()).startswith("451")


@pytest.mark.parametrize("way", [smtp_auth, smtp_login, pop3_pass, imap_login])
async def test_events_3_4_every_password_that_was_tried_is_told(house: DoorHouse, way: object) -> None:
    assert callable(way)
    house.handlers.answer(ON_CLIENT_LOGON, 1)
    for password in (PASSWORD, "wrong"):
        assert await way(house, "Alice@Example.test", password) is (password == PASSWORD), "the handler can't change that"
        client = house.handlers.heard[-1].client  # type: ignore[attr-defined]
        assert (client.username, client.authenticated, client.ip) == ("Alice@Example.test", password == PASSWORD, "127.0.0.1"), "as typed"
        assert client.port in house.ports.values()
        assert client.helo == ("pc.test" if way in {smtp_auth, smtp_login} else "")
    assert len(house.handlers.heard) == 2


async def test_events_3_4_not_for_authenticate_of_imap(house: DoorHouse) -> None:
    house.handlers.answer(ON_CLIENT_LOGON, 0)
    assert await imap_authenticate(house, ALICE, PASSWORD)
    assert house.handlers.heard == []


async def test_events_3_4_with_the_facts_of_tls(house: DoorHouse) -> None:
    house.handlers.answer(ON_CLIENT_LOGON, 0)
    client: Client = await house.client("submission", "EHLO pc.test", "STARTTLS")
    await client.encrypt(house.tls)
    await client.say("EHLO pc.test")
    await client.log_in()
    told = house.handlers.one(ON_CLIENT_LOGON).client
    assert (told.encrypted, told.cipher_version, bool(told.cipher_name), told.cipher_bits >= 128) == (True, "TLSv1.3", True, True)


async def test_events_3_4_not_when_the_address_is_banned_for_it(tmp_path: Path) -> None:
    async with doorhouse(tmp_path, plain_text_login="always", login_delay="0 seconds", xclient_networks="127.0.0.0/8") as house:
        house.handlers.answer(ON_CLIENT_LOGON, 0)
        answers = []
        for _ in range(4):
            client = await house.client("submission", "EHLO proxy.test", "XCLIENT ADDR=192.0.2.9", "EHLO pc.test")
            answers.append((await client.log_in(password="wrong"))[:3])
        assert answers == ["535", "535", "421", "421"]
        assert [event.client.ip for event in house.handlers.of(ON_CLIENT_LOGON)] == ["192.0.2.9"] * 2
