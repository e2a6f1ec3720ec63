"""TCP/IP ports: where the server listens for mail programs and other servers. What changes here bites at the next start."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from postroom.directory.hmailserver import PORTS
from postroom.directory.listeners import AS_PROTOCOL, Port
from postroom.model.collection import Collection, add, by_id, count, delete_by_id, item, refresh
from postroom.model.connection import connection_security, use_ssl
from postroom.model.description import Member, Right, method, stored
from postroom.model.enumerations import eConnectionSecurity, eSessionType
from postroom.model.errors import Failed
from postroom.model.kinds import Integer
from postroom.model.row import Row, deletes, identity, saves

if TYPE_CHECKING:
    from collections.abc import Sequence

ALL: Final = "0.0.0.0"  # noqa: S104 - how hMailServer writes all addresses
SUBMISSION: Final = 587
KINDS: Final = {
    "smtp": eSessionType.eSTSMTP,
    "submission": eSessionType.eSTSMTP,
    "submissions": eSessionType.eSTSMTP,
    "pop3": eSessionType.eSTPOP3,
    "pop3s": eSessionType.eSTPOP3,
    "imap": eSessionType.eSTIMAP,
    "imaps": eSessionType.eSTIMAP,
}
"""hMailServer's protocols by the words of listeners; it knows of no others."""


@dataclass(frozen=True, slots=True)
class Place:
    """A listener in hMailServer's words."""

    id: int = 0
    protocol: int = 0
    port: int = 0
    address: str = ALL
    security: int = 0
    certificate_id: int = 0

    @classmethod
    def of(cls, port: Port) -> Place:
        """Read a listener."""
        usual = eConnectionSecurity.eCSTLS if port.protocol.endswith("s") else eConnectionSecurity.eCSSTARTTLSOptional
        security = int(usual) if port.security == AS_PROTOCOL else port.security
        return cls(port.id, int(KINDS[port.protocol]), port.port, port.address or ALL, security, port.certificate_id)

    @property
    def word(self) -> str:
        """Give the listener's word for the protocol; "" for one that there isn't."""
        tls = self.security == eConnectionSecurity.eCSTLS
        if self.protocol == eSessionType.eSTSMTP:
            return "submissions" if tls else "submission" if self.port == SUBMISSION else "smtp"
        name = {int(eSessionType.eSTPOP3): "pop3", int(eSessionType.eSTIMAP): "imap"}.get(self.protocol, "")
        return f"{name}s" if name and tls else name

    def listener(self) -> Port:
        """Write a listener."""
        return Port(self.id, self.word, "" if self.address == ALL else self.address, self.port, self.security, self.certificate_id)


class TCPIPPorts(Collection, iid="70471130-C8FA-4218-B68A-F1C9AD973FF6", clsid="225808B4-6F03-4750-843F-3150EB1C357F"):
    """The ports on which the server listens for mail; a changed one opens at the next start."""

    __slots__ = ()
    of = "TCPIPPort"

    Item = item(0)
    Count = count(1)
    ItemByDBID = by_id(5)
    DeleteByDBID = delete_by_id(2)
    Add = add(3)
    Refresh = refresh(6, Right.NONE)

    async def read(self) -> Sequence[Place]:
        """Read them by address and port."""
        places = [Place.of(port) for port in await self.house.directory.listeners.list() if port.protocol in KINDS]
        return sorted(places, key=lambda place: (ipaddress.ip_address(place.address).version, int(ipaddress.ip_address(place.address)), place.port))

    def blank(self) -> Place:
        """Give the record of a new port (5.6)."""
        return Place()

    @method(7, "Replaces all ports by those of a new server: SMTP 25 and 587, POP3 110, IMAP 143, without encryption.", Right.NONE)
    async def SetDefault(self) -> None:
        listeners, there = self.house.directory.listeners, await self.read()
        wanted = [port for port in PORTS if port.protocol in KINDS]
        if {replace(one, id=0) for one in there} != {Place.of(port) for port in wanted}:
            for one in there:
                await listeners.remove(one.id)
            for port in wanted:
                await listeners.save(port)
            await self.refresh()


class TCPIPPort(Row, iid="5F46B580-89DA-44A3-9518-AEEEDB80F6D7", clsid="556DF811-3E02-4106-BCA6-C75996825E9A"):
    """A port on which the server listens."""

    __slots__ = ()

    ID = identity(1)
    Protocol = stored(eSessionType, 2, "protocol", "The protocol: 1 SMTP, 3 POP3, 5 IMAP.")
    PortNumber = stored(Integer, 3, "port", "The number of the port, 1 to 65535.")
    Address = Member(
        5,
        "The IP address of this machine on which is listened; 0.0.0.0 is all of IPv4, :: all of IPv6.",
        get=lambda port: port.value("address"),
        put=lambda port, text: port.change("address", _address(text)),
        write=Right.PARENT,
        type="string",
    )
    UseSSL = use_ssl(6)
    SSLCertificateID = stored(Integer, 7, "certificate_id", "The number of the certificate for encryption.")
    ConnectionSecurity = connection_security(9)
    Save = saves(4, Right.SERVER)
    Delete = deletes(8, Right.SERVER)

    async def store(self) -> Place:
        """Add it, or store it whole."""
        place: Place = replace(self.record, **(self.edits or {}))
        if place.security and not place.certificate_id:
            raise Failed("Certificate must be specified.")
        return Place.of(await self.house.directory.listeners.save(place.listener()))

    async def remove(self) -> None:
        """Listen on it no more."""
        await self.house.directory.listeners.remove(self.record.id)


def _address(text: str) -> Any:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        raise Failed("Invalid IP address string.") from None
