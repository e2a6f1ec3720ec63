"""GET /api/openapi.json and /api/docs: the schema, and a page made of it that needs no script and nothing from the internet."""

from __future__ import annotations

import asyncio
import json
from functools import cached_property
from typing import TYPE_CHECKING, Final

from postroom.model.derive.openapi import openapi
from postroom.servers.http.api.documentation import HEADERS, page
from postroom.servers.http.application import Answer

if TYPE_CHECKING:
    from postroom.model.house import House

SCHEMA: Final = "/api/openapi.json"
PAGE: Final = "/api/docs"


class Documents:
    """Schema and page, each made once, in a thread; they tell nothing about this server but its software."""

    headers: Final = {name.lower(): value for name, value in HEADERS.items() if name != "X-Content-Type-Options"}

    def __init__(self, house: House) -> None:
        self._house = house

    async def answer(self, path: str) -> Answer | None:
        """Give the document of a path; None for all other paths."""
        if path == SCHEMA:
            return Answer(200, await asyncio.to_thread(lambda: self._schema))
        if path == PAGE:
            return Answer(200, await asyncio.to_thread(lambda: self._page), "text/html; charset=utf-8")
        return None

    @cached_property
    def _schema(self) -> bytes:
        return json.dumps(openapi(self._house.settings.api_key_header)).encode()

    @cached_property
    def _page(self) -> bytes:
        return page(openapi(self._house.settings.api_key_header), SCHEMA)
