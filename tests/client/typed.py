"""A program whose types a checker knows: mypy reads it with the tests, nobody runs it."""

from __future__ import annotations

from typing import assert_type

from postroom.client import Application
from postroom.client.aio import Application as AsyncApplication
from postroom.client.aiomodel import Account as AccountPath
from postroom.client.aiomodel import Domain as DomainPath
from postroom.client.model import Account, Domain, Message


def administer() -> None:
    app = Application("http://127.0.0.1:8787")
    assert_type(app.Authenticate("Administrator", "secret"), Account | None)
    assert_type(app.Domains.ItemByName("x").Accounts.Count, int)
    for domain in app.Domains:
        assert_type(domain, Domain)
        domain.Active = True
        domain.Active = "yes"  # type: ignore[assignment]  # the checker sees it
        domain.ID = 5  # type: ignore[misc]  # read-only
        domain.Nothing  # type: ignore[attr-defined]  # noqa: B018 - no such member
    assert_type(app.Domains[0].Accounts(0).Messages[1], Message)
    message = app.Domains[0].Accounts[0].Messages.Add()
    message.SetHeaderValue("X-Test", "1")
    message.HeaderValue["X-Test"] = "2"
    assert_type(message.HeaderValue("X-Test"), str)
    assert_type(app.Settings.AntiVirus.TestClamAVScanner("127.0.0.1", 3310), tuple[bool, str])
    assert_type(len(app.Domains), int)


async def administer_async() -> None:
    app = await AsyncApplication("http://127.0.0.1:8787")
    assert_type(await app.Domains.ItemByName("x").Accounts.Count, int)
    await app.Domains[0].Active.set(True)
    await app.Domains[0].Active.set("yes")  # type: ignore[arg-type]  # the checker sees it
    async for domain in app.Domains:
        assert_type(domain, DomainPath)
        assert_type(await domain.Name, str)
        assert_type(domain.Accounts.Item(0), AccountPath)
    await app.close()
