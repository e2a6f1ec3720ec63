"""The async twin against a real door."""

from __future__ import annotations

from pathlib import Path

import pytest

from comdoor import comdoor
from modelhouse import ADMINISTRATOR_PASSWORD
from postroom.client import com_error
from postroom.client.aio import Application


async def test_a_path_is_walked_in_one_request(tmp_path: Path) -> None:
    async with comdoor(tmp_path) as door:
        app = await Application(door.url)
        assert repr(await app.Authenticate("Administrator", ADMINISTRATOR_PASSWORD)) == "<hMailServer.Account>"
        assert await app.Domains.Item(0).Name == "example.test"
        assert await app.Domains[0].ID == await app.Domains.ItemByName("example.test").ID
        await app.Domains[0].Active.set(False)  # without Save: only the object is changed
        assert await app.Domains[0].Active is True
        assert [await domain.Name async for domain in app.Domains] == ["example.test"]
        (session,) = door.remote.sessions._sessions.values()
        await app.Version
        assert len(session) < 4
        await app.close()
        assert len(door.remote.sessions) == 0


async def test_an_error_on_the_way_is_the_path_s(tmp_path: Path) -> None:
    async with comdoor(tmp_path) as door:
        app = await Application(door.url)
        with pytest.raises(com_error, match="You do not have access"):
            await app.Domains.Item(0).Name
        await app.Authenticate("Administrator", ADMINISTRATOR_PASSWORD)
        with pytest.raises(com_error, match="Invalid index"):
            await app.Domains.Item(7).Name
        await app.close()
