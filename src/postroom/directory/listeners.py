"""The ports of the server as the database has them; listeners in the configuration file replace them all."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.directory.errors import DirectoryError, NotFound, Taken
from postroom.storage.database import CONTROL, Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.storage.database import Database, Transaction

USUAL: Final = (
    ("smtp", 25),
    ("submission", 587),
    ("submissions", 465),
    ("imap", 143),
    ("imaps", 993),
    ("pop3", 110),
    ("pop3s", 995),
    ("http", 8787),
)
"""What a new server listens on: everything on all addresses, but HTTP only on this machine."""

PROTOCOLS: Final = ("smtp", "submission", "submissions", "lmtp", "imap", "imaps", "pop3", "pop3s", "http", "https")

AS_PROTOCOL: Final = -1


class Port(NamedTuple):
    """One port; an empty address is all of IPv4, `::` all of IPv6.

    `security` is hMailServer's number as an administrator set it there, or AS_PROTOCOL; `certificate_id` names one of
    directory/certificates.py, 0 the server's own.
    """

    id: int
    protocol: str
    address: str
    port: int
    security: int = AS_PROTOCOL
    certificate_id: int = 0


PORTS: Final = tuple(Port(0, protocol, "127.0.0.1" if protocol == "http" else "", port) for protocol, port in USUAL)
"""The usual ports as they are stored."""


class Listeners:
    """Reads and changes the ports; changes take effect at the next start. `usual` is what a server that has none is given."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.usual: Sequence[Port] = PORTS

    async def list(self) -> list[Port]:
        """List all ports."""
        rows = await self._database.read(CONTROL, f"SELECT {', '.join(Port._fields)} FROM listener ORDER BY id")
        return [Port(*row) for row in rows]

    async def add(self, protocol: str, port: int, address: str = "") -> Port:
        """Add a port; raises DirectoryError or Taken."""
        return await self.save(Port(0, protocol, address, port))

    async def save(self, place: Port) -> Port:
        """Store a port, a new one by id 0; returns it with its id. Raises DirectoryError, Taken or NotFound."""
        protocol, port, address = place.protocol, place.port, place.address
        if protocol not in PROTOCOLS:
            raise DirectoryError(f"{protocol!r} is no protocol of a listener: {', '.join(PROTOCOLS)}.")
        if not 1 <= port <= 65535:
            raise DirectoryError("A port is a number from 1 to 65535.")
        if address:
            try:
                ipaddress.ip_address(address)
            except ValueError:
                raise DirectoryError(f"{address[:64]!r} is no IP address.") from None
        try:
            number: int = await self._database.transact(CONTROL, store_port, place)
        except Conflict:
            raise Taken(f"Port {port} on {address or 'all addresses'} is listened on already.") from None
        return place._replace(id=number)

    async def remove(self, number: int) -> None:
        """Remove a port; raises NotFound."""
        if not await self._database.transact(CONTROL, remove_port, number):
            raise NotFound(f"There is no listener {number}.")

    async def ensure(self) -> None:
        """Give a server that has no port the usual ones."""
        if not await self.list():
            for place in self.usual:
                await self.save(place)


def store_port(transaction: Transaction, place: Port) -> int:
    """Store a port and return its number."""
    if place.id and not transaction.execute("DELETE FROM listener WHERE id = ? RETURNING id", (place.id,)):
        raise NotFound(f"There is no listener {place.id}.")
    place = place._replace(id=place.id or transaction.next_id("listener"))
    transaction.execute(f"INSERT INTO listener ({', '.join(Port._fields)}) VALUES (?, ?, ?, ?, ?, ?)", place)
    return place.id


def remove_port(transaction: Transaction, number: int) -> bool:
    """Remove a port; False when there is none."""
    return bool(transaction.execute("DELETE FROM listener WHERE id = ? RETURNING id", (number,)))
