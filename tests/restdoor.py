"""The object model's REST door over a model house: `await ask("GET", "/api/domains")` as somebody, without a socket between."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from modelhouse import ADMINISTRATOR_PASSWORD, PASSWORD, ModelHouse, modelhouse
from postroom.servers.http import Application
from postroom.servers.http.rest.application import Rest


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


ADMINISTRATOR = basic("Administrator", ADMINISTRATOR_PASSWORD)
ALICE = basic("alice@example.test", PASSWORD)


@dataclass
class Reply:
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class RestDoor:
    """The door: `who` is the Authorization field."""

    house: ModelHouse
    application: Application
    who: str | None = ADMINISTRATOR
    client: tuple[str, int] = ("127.0.0.1", 4711)
    scheme: str = "http"
    also: dict[str, str] = field(default_factory=dict)

    async def __call__(
        self, method: str, path: str, body: Any = None, *, raw: bytes | None = None, who: str | None = "", **fields: str | None
    ) -> Reply:
        octets = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        who = self.who if who == "" else who
        named = {"content-type": "application/json"} if method in {"POST", "PATCH"} else {}
        named |= {name.replace("_", "-"): value for name, value in fields.items() if value is not None} | self.also
        if who is not None:
            named["authorization"] = who
        named = {name: value for name, value in named.items() if value != "-"}
        place, _, query = path.partition("?")
        scope = {
            "type": "http",
            "method": method,
            "path": unquote(place),
            "raw_path": place.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
            "client": self.client,
            "scheme": self.scheme,
        }
        told: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": octets, "more_body": False}

        async def send(message: Any) -> None:
            told.append(message)

        await self.application(scope, receive, send)
        start, *rest = told
        headers = {name.decode(): value.decode() for name, value in start["headers"]}
        return Reply(start["status"], headers, b"".join(one["body"] for one in rest))

    async def get(self, path: str) -> Any:
        """Read what must be there."""
        reply = await self("GET", path)
        assert reply.status == 200, reply.body
        return reply.json

    async def post(self, path: str, body: Any = None) -> Any:
        """Have something done or made that must be possible."""
        reply = await self("POST", path, body if body is not None else {})
        assert reply.status in {200, 201}, reply.body
        return reply.json


@asynccontextmanager
async def restdoor(folder: Path, **settings: object) -> AsyncIterator[RestDoor]:
    """Open one."""
    async with modelhouse(folder, **settings) as house:  # type: ignore[arg-type]  # settings are passed on
        yield RestDoor(house, Application({}, trees={"/api": Rest(house.house, tuple)}))
