"""Settings, for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.directory.settings import declared

if TYPE_CHECKING:
    from postroom.directory.settings import Shown
    from postroom.runtime.house import House


async def list_(house: House) -> list[dict[str, Any]]:
    """List all settings with their values, texts, and what pins them."""
    return [_shown(shown) for shown in house.directory.table.show()]


async def show(house: House, name: str) -> dict[str, Any]:
    """Show one setting."""
    return _one(house, name)


async def set_(house: House, name: str, value: str) -> dict[str, Any]:
    """Store a value; pinned settings refuse."""
    await house.directory.table.set(name, value)
    return _one(house, name)


async def reset(house: House, name: str) -> dict[str, Any]:
    """Go back to the default."""
    await house.directory.table.reset(name)
    return _one(house, name)


def _one(house: House, name: str) -> dict[str, Any]:
    declared(name)  # names the nearest one when there is none of this name
    return next(_shown(shown) for shown in house.directory.table.show() if shown.setting.name == name)


def _shown(shown: Shown) -> dict[str, Any]:
    known = shown.setting
    return {
        "name": known.name,
        "value": shown.value,
        "default": known.kind.format(known.default),
        "stored": shown.stored,
        "pinned": shown.pinned,
        "text": known.text,
    }


ORDERS = (list_, show, set_, reset)
