"""Logging in and reaching objects, through the gate."""

from __future__ import annotations

from pathlib import Path

import pytest

from modelhouse import modelhouse
from postroom.model.errors import AccessRefused, BadIndex


async def test_model_3_2_authenticate_gives_an_account_or_nothing_and_the_login_is_the_application_s(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        app = house.create("hMailServer.Application")
        with pytest.raises(AccessRefused):
            await app("Domains")
        assert await (await app("Authenticate", "administrator", "secret-0"))("Address") == "Administrator"
        domains = await app("Domains")
        assert await app("Authenticate", "alice@example.test", "wrong") is None
        with pytest.raises(AccessRefused):
            await domains("Count")


async def test_model_3_9_a_user_sees_the_own_domain_only(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        await house.town.directory.domains.add("other.test")
        app = await house.login("alice@example.test")
        assert await app("Domains.Count") == 1
        with pytest.raises(BadIndex):
            await app("Domains.ItemByName", "other.test")


async def test_model_2_2_an_added_item_is_in_the_collection_after_its_save(tmp_path: Path) -> None:
    async with modelhouse(tmp_path) as house:
        domains = await (await house.login())("Domains")
        new = await domains("Add")
        await new.set(Name="new.test", Active=True)
        assert (await domains("Count"), await new("ID")) == (1, 0)
        await new("Save")
        assert await domains("Count") == 2
        assert await new("ID") > 0
        assert await (await domains("ItemByName", "NEW.test"))("Active")
