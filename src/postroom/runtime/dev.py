"""The throw-away server of `postroom dev`: one domain, three accounts and some mail on high loopback ports, written to its database."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from postroom.directory.errors import NotFound
from postroom.runtime.house import House
from postroom.runtime.orders import mail
from postroom.runtime.samples import samples
from postroom.runtime.serve import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postroom.directory.listeners import Port
    from postroom.runtime.config import Configuration

BASE: Final = 2000
LOOPBACK: Final = "127.0.0.1"
PORTS: Final = (
    ("smtp", 2525),
    ("submission", 2587),
    ("submissions", 2465),
    ("lmtp", 2424),
    ("imap", 2143),
    ("imaps", 2993),
    ("pop3", 2110),
    ("pop3s", 2995),
    ("http", 8787),
)
"""Where it listens; `--port-base` moves all of them by what it differs from BASE."""

DOMAIN: Final = "example.test"
NAMES: Final = ("alice", "bob", "carol")
PASSWORD: Final = "secret-1"  # noqa: S105 - everybody's, on loopback


@dataclass(frozen=True, slots=True)
class Furnished:
    """What the throw-away server has: its ports, the addresses whose password is PASSWORD unless somebody changed it.

    `key` is the administrator's for the HTTP API, when it has just been made; '' afterwards, for nobody knows it any more.
    """

    ports: Sequence[Port]
    addresses: Sequence[str]
    key: str = ""


async def run(config: Configuration, base: int | None, tell: Callable[[Furnished, str], None]) -> None:
    """Furnish a data directory that is not furnished yet, then serve it until TERM or INT; `tell` hears what there is, and the ready line."""
    house = await House.enter(config)
    try:
        furnished = await furnish(house, base)
    finally:
        await house.close()
    write_configuration(config)
    await serve(config, "", lambda line: tell(furnished, line))


async def furnish(house: House, base: int | None) -> Furnished:
    """Make domain, accounts and mail unless they are there, and the ports, which an explicit `base` moves."""
    try:
        house.directory.domains.find(DOMAIN)
    except NotFound:
        await _people(house)
        for sample in samples(house.mailboxes.now()):
            await mail.deliver(house, *sample)
        base = base or BASE
    if base is not None:
        await _ports(house, base)
    accounts = await house.directory.accounts.list(DOMAIN)
    ours = [str(account.address) for account in accounts if account.address.local in NAMES]
    return Furnished(await house.directory.listeners.list(), ours, await house.directory.keys.ensure_administrator() or "")


async def _people(house: House) -> None:
    directory = house.directory
    await directory.domains.add(DOMAIN)
    await asyncio.gather(*(directory.accounts.add(f"{name}@{DOMAIN}", PASSWORD, first_name=name.title()) for name in NAMES))
    await directory.administrator.set(PASSWORD)
    await directory.table.set("postmaster", f"{NAMES[0]}@{DOMAIN}")
    await directory.table.set("default_domain", DOMAIN)
    await directory.table.set("send_outside", value=False)  # nobody gets mail from a server to play with by accident


async def _ports(house: House, base: int) -> None:
    listeners = house.directory.listeners
    for port in await listeners.list():
        await listeners.remove(port.id)
    for protocol, usual in PORTS:
        await listeners.add(protocol, usual - BASE + base, LOOPBACK)


def write_configuration(config: Configuration) -> None:
    """Put a configuration file into the data directory, so that commands find the server by `--config`."""
    path = config.data / "postroom.toml"
    if not path.exists():
        path.write_text('# The throw-away server of `postroom dev`.\ndata = "."\nlogs = "logs"\nworkers = 1\n', encoding="utf-8")
