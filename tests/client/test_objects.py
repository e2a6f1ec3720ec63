"""The Python client against a real door: it blocks, so it works in a thread while the house runs in the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from comdoor import comdoor
from modelhouse import ADMINISTRATOR_PASSWORD
from postroom.client import Application, CreateObject, com_error
from postroom.client.place import Place, find

ACCESS = (
    "You do not have access to this property / method. Ensure that hMailServer.Application.Authenticate() is called with proper login credentials."
)


def logged_in(url: str) -> Any:
    app: Any = Application(url)
    assert app.Authenticate("Administrator", ADMINISTRATOR_PASSWORD).Address == "Administrator"
    return app


def administer(url: str) -> list[Any]:
    """A program as people write them for pywin32."""
    told: list[Any] = []
    with logged_in(url) as app:
        domains = app.Domains
        for number in range(3):
            domain = domains.Add()
            domain.Name = f"d{number}.test"
            domain.active = True
            domain.Save()
            told.append(domain.ID > 0)
        told += [len(domains), domains.Count, domains[0].Name, domains(1).Name, domains[-1].Name]
        told.append([domain.Name for domain in app.Domains])
        told.append(app.Domains.ItemByName("D1.TEST").Active)
        told.append(sorted(dir(domains))[:2])
        told.append((repr(domains), bool(domains), domains[0] == domains[0], domains[0] == domains[1]))
        told.append(app.Authenticate("nobody", "x"))
    return told


async def test_a_program_works_on_the_server_with_com_s_names(tmp_path: Path) -> None:
    async with comdoor(tmp_path) as door:
        told = await asyncio.to_thread(administer, door.url)
        assert told[:3] == [True] * 3
        assert told[3:8] == [4, 4, "example.test", "d0.test", "d2.test"]
        assert told[8] == ["d0.test", "d1.test", "d2.test", "example.test"]
        assert told[9] is True
        assert told[10] == ["Add", "Count"]
        assert told[11] == ("<hMailServer.Domains>", True, True, False)
        assert told[12] is None
        assert len(door.remote.sessions) == 0


def fail(url: str) -> list[Any]:
    app: Any = Application(url)
    domains = logged_in(url).Domains
    attempts: list[Callable[[], Any]] = [lambda: app.Domains, lambda: domains.ItemByName("nowhere"), lambda: domains.ItemByName("a", "b")]
    told: list[Any] = []
    for attempt in attempts:
        with pytest.raises(com_error) as caught:
            attempt()
        told.append((caught.value.hresult, *(caught.value.excepinfo or ())[1:6]))
    with pytest.raises(AttributeError, match=r"hMailServer\.Application\.Nothing"):
        assert app.Nothing
    with pytest.raises(AttributeError):
        app.Version = "2"
    with pytest.raises(TypeError):
        len(app)
    with pytest.raises(com_error):
        CreateObject("hMailServer.Nothing", url)
    return told


async def test_errors_have_pywin32_s_shape(tmp_path: Path) -> None:
    async with comdoor(tmp_path) as door:
        exception, source = -2147352567, "hMailServer COM library"
        assert await asyncio.to_thread(fail, door.url) == [
            (exception, source, ACCESS, None, 0, -2147220503),
            (exception, source, "Invalid index.", None, 0, -2147352565),
            (exception, source, "Invalid number of parameters: ItemByName takes 1, not 2.", None, 0, -2147352562),
        ]


async def test_objects_that_python_lets_go_of_are_released_at_the_server(tmp_path: Path) -> None:
    def leak(url: str) -> None:
        app = logged_in(url)
        for _ in range(50):
            assert app.Domains.Count == 1
        assert app.Version

    async with comdoor(tmp_path) as door:
        await asyncio.to_thread(leak, door.url)
        (session,) = door.remote.sessions._sessions.values()
        assert len(session) < 5


async def test_a_server_that_is_not_there_is_told_as_com_tells_it() -> None:
    with pytest.raises(com_error, match="The RPC server is unavailable") as caught:
        await asyncio.to_thread(Application, "http://127.0.0.1:1")
    assert caught.value.hresult == -2147023174


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://mail.example.test:8787", Place("mail.example.test", 8787)),
        ("https://mail.example.test", Place("mail.example.test", 443, tls=True)),
        ("https://[2001:db8::1]:9443/other/", Place("2001:db8::1", 9443, "/other", tls=True)),
        ("mail.example.test", Place("mail.example.test")),
        ("unix:/run/postroom/control.sock", Place(socket="/run/postroom/control.sock")),
    ],
)
def test_a_server_is_named_by_a_url(url: str, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find(url) == place
    monkeypatch.setenv("POSTROOM_CLIENT_URL", url)
    assert find() == place
