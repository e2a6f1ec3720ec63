"""A house for tests of the object model: a town with the model on top, and callers of every level.

async with modelhouse(tmp_path) as house:
    app = await house.login("Administrator")
    assert await app("Domains.Count") == 1
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import postroom.model.tree
from postroom.model.caller import Caller, Context, Login, Origin
from postroom.model.description import CLASSES
from postroom.model.errors import ComError
from postroom.model.house import House, Places
from postroom.model.invoke import How, create, invoke
from postroom.model.object import Object
from town import Town, town

ADMINISTRATOR_PASSWORD = "secret-0"
PASSWORD = "secret-1"


@dataclass
class StandingServer:
    """A server that only notes what it is told."""

    state: int = 3
    trouble: str = ""
    told: list[str] = field(default_factory=list)

    async def start(self) -> None:
        self.told.append("start")
        self.state = 3

    async def stop(self) -> None:
        self.told.append("stop")
        self.state = 1

    async def reload(self) -> None:
        self.told.append("reload")

    async def counters(self) -> dict[str, float]:
        return {}


@dataclass
class Hand:
    """An object in a caller's hand: `await hand("Domains.Item", 0)` calls, `await hand.put("Name", "x")` writes; objects come as hands."""

    caller: Caller
    object: Object

    async def __call__(self, path: str, *arguments: Any) -> Any:
        """Walk a dotted path; the arguments go to its last member."""
        *way, last = path.split(".")
        hand = self
        for name in way:
            hand = await hand(name)
        answer = await invoke(self.caller, hand.object, last, arguments)
        value = Hand(self.caller, answer.value) if isinstance(answer.value, Object) else answer.value
        return value if answer.outs is None else (value, answer.outs)

    async def put(self, name: str, *arguments: Any) -> None:
        """Write a property: the last argument is the value."""
        await invoke(self.caller, self.object, name, arguments, How.PUT)

    async def set(self, **values: Any) -> Hand:
        """Write several properties."""
        for name, value in values.items():
            await self.put(name, value)
        return self


@dataclass
class ModelHouse:
    """The model over a town with the domain example.test and the accounts alice and bob."""

    town: Town
    house: House
    server: StandingServer

    def caller(self, origin: Origin = Origin.SCRIPT, ip: str = "") -> Caller:
        """Make a caller; a script's by default: trusted, and not an administrator by itself."""
        return Caller(origin, ip)

    def create(self, progid: str, caller: Caller | None = None) -> Hand:
        """Make an object alone."""
        caller = caller or self.caller()
        return Hand(caller, create(Context(self.house, caller, Login()), progid))

    async def login(self, name: str = "Administrator", password: str = "", caller: Caller | None = None) -> Hand:
        """Make an Application and log it in, the right password being known here."""
        app = self.create("hMailServer.Application", caller)
        given = password or (ADMINISTRATOR_PASSWORD if name == "Administrator" else PASSWORD)
        assert await app("Authenticate", name, given) is not None
        return app


@asynccontextmanager
async def modelhouse(folder: Path, accounts: tuple[str, ...] = ("alice", "bob"), **settings: object) -> AsyncIterator[ModelHouse]:
    """Open one; `settings` are the defaults of its mode."""
    assert postroom.model.tree.CLASSES
    async with town(folder, accounts, start=False, **settings) as below:
        server = StandingServer()

        async def administrator(_ip: str, password: str) -> bool:
            return password == ADMINISTRATOR_PASSWORD

        async def heard() -> None:
            """Everything is heard in one process."""

        house = House(
            directory=below.directory,
            mailboxes=below.house.mailboxes,
            post=below.post,
            database=below.house.database,
            server=server,
            hostname="mx.example.test",
            started=below.house.mailboxes.now(),
            administrator=administrator,
            has_administrator=lambda: True,
            heard=heard,
            places=Places(folder, folder / "logs", folder / "postroom.toml"),
        )
        try:
            yield ModelHouse(below, house, server)
        finally:
            house.live_log.end()  # what it reads along with is of this process, and stays


async def reach(app: Hand, name: str, parent: Hand | None = None) -> Hand:
    """Reach a collection or object by its class's name, as the property of a parent that isn't asked here would."""
    above = parent or app
    return Hand(app.caller, await CLASSES[name].made.reach(above.object.context, above.object))


async def added(collection: Hand, **values: Any) -> Hand:
    """Add an item and save it."""
    item: Hand = await collection("Add")
    await item.set(**values)
    await item("Save")
    return item


async def texts(collection: Hand, member: str) -> list[Any]:
    """Read a property of all items, in their order."""
    return [await (await collection("Item", index))(member) for index in range(await collection("Count"))]


async def refusal(doing: Awaitable[Any]) -> str:
    """Tell with which text a call is refused; "" when it is not."""
    try:
        await doing
    except ComError as error:
        return str(error)
    return ""
