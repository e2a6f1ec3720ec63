"""The Python client against a real door: it blocks, so it works in a thread while the house runs in the loop."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest

from certificates import made as certificate
from comdoor import comdoor, served
from modelhouse import ADMINISTRATOR_PASSWORD
from postroom.client import Application, CreateObject, aio, com_error, line
from postroom.client.place import Place, find
from postroom.network.listener import Listener, open_socket
from postroom.network.tls import ServerTLS
from postroom.servers.http.com import Com

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


@pytest.mark.parametrize("prompt", [True, False])
async def test_a_server_that_never_answers_is_not_waited_for_for_ever(prompt: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "ANSWER_SECONDS", 0.05)
    monkeypatch.setattr(line, "HERE", {"127.0.0.1"} if prompt else set())
    listening = open_socket(Listener("http", "127.0.0.1", 0))
    with listening, pytest.raises(com_error, match="The RPC server is unavailable"):
        await asyncio.to_thread(Application, f"http://127.0.0.1:{listening.getsockname()[1]}")


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


async def test_tls_asks_for_a_certificate_that_is_trusted(tmp_path: Path) -> None:
    files = certificate(tmp_path / "own.pem", "localhost")
    trusting = ssl.create_default_context(cafile=files.certificate)

    def ask(port: int) -> str:
        with pytest.raises(com_error, match="certificate verify failed"):
            Application(f"https://localhost:{port}")
        with Application(f"https://localhost:{port}", context=trusting) as app:
            return app.Version

    async with comdoor(tmp_path) as door, served(Com(door.remote, lambda _: False, tuple, lambda: False), ServerTLS(files)) as port:
        assert await asyncio.to_thread(ask, port)
        app = await aio.Application(f"https://localhost:{port}", context=trusting)
        assert await app.Version
        await app.close()


async def test_a_server_that_has_too_much_to_do_is_asked_again_when_it_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(line, "sleep", waited.append)
    most = [0]
    async with comdoor(tmp_path) as door, served(Com(door.remote, lambda _: False, tuple, lambda: False, lambda _: most[0])) as port:
        app: Any = await asyncio.to_thread(Application, f"http://127.0.0.1:{port}")
        assert await asyncio.to_thread(lambda: app.Version)
        most[0] = 1
        assert await asyncio.to_thread(lambda: app.Version)
        with pytest.raises(com_error, match="HTTP 429"):
            await asyncio.to_thread(lambda: app.Version)
        assert waited == [60] * line.MOST_WAITS
        most[0] = 0
        twin: Any = await aio.Application(f"http://127.0.0.1:{port}")
        most[0] = 1
        with monkeypatch.context() as patch:
            patch.setattr(aio, "sleep", noted := AsyncMock())
            with pytest.raises(com_error, match="HTTP 429"):
                await twin.Version
            assert noted.await_count == line.MOST_WAITS
        most[0] = 0
        await twin.close()
        most[0] = 1
        monkeypatch.setattr(line, "sleep", lambda _: most.__setitem__(0, 0))
        assert await asyncio.to_thread(lambda: app.Version)
