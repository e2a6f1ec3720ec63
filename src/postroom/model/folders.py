"""Paths that callers name: programs on this machine may name any, the network only those in the server's own folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from postroom.model.errors import Failed

if TYPE_CHECKING:
    from postroom.model.object import Object


def inside(target: Object, text: str) -> Path:
    """Read a path; raises Failed for one that the caller may not name (remote-object-protocol section 6)."""
    if "\0" in text:
        raise Failed("A path has no NUL.")
    path = Path(text)
    if target.context.caller.trusted:
        return path
    places = target.house.places
    roots = [root.resolve() for root in (places.home, places.data, places.logs) if root is not None]
    found = path.resolve()
    if not any(found.is_relative_to(root) for root in roots):
        raise Failed("Over the network only files and folders in the server's own folders can be named.")
    return found
