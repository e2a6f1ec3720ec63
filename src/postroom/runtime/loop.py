"""The event loop: uvloop where it exists, the standard one on Windows and in the portable mode."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

Result = TypeVar("Result")


def run(main: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end on the loop of this platform."""
    if sys.platform == "win32" or os.environ.get("POSTROOM_PORTABLE") == "1":
        return asyncio.run(main)
    import uvloop  # noqa: PLC0415 - not there on Windows

    return uvloop.run(main)
