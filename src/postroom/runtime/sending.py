"""How a worker sends: the queue's tries wired to the other servers, with this server's name, routes and signatures."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from postroom.delivery.arrivals import Arrivals
from postroom.delivery.beginnings import Beginnings
from postroom.delivery.consent import Consent
from postroom.delivery.overdue import Overdue
from postroom.delivery.remote import Remote
from postroom.delivery.reports import Reports
from postroom.delivery.retries import USUAL, Terms
from postroom.delivery.routing import PORT, Route, Security, is_address
from postroom.delivery.sending import Sending
from postroom.formats.smtpclient import Login
from postroom.network.resolver import NameServers
from postroom.runtime.sessions import server_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from postroom.directory.routes import Route as Administered
    from postroom.network.listener import Listener
    from postroom.runtime.house import House

DRAIN_SECONDS: Final = 20.0


class Outbox:
    """All that a worker needs to send, opened and closed together."""

    def __init__(self, house: House, worker: int, workers: int, listeners: Sequence[Listener]) -> None:
        """Wire it; `listeners` tell by which addresses other servers would reach us again."""
        self._house = house
        directory = house.directory
        self._remote = Remote(
            house.database,
            house.blobs,
            NameServers(house.config.dns_servers),
            name=self.name,
            routes=self.route,
            route_of=self.route_of,
            source=self.source,
            ours=Ourselves(self.name, listeners),
            sign=directory.signer.sign,
            outside=lambda: directory.settings.send_outside,
            exchangers=lambda: directory.settings.max_number_of_mx_hosts,
        )
        self._reports = Reports(directory, house.mailboxes, house.delivery, self.name)
        arrivals = Arrivals(directory, house.mailboxes, house.post, house.delivery)
        consent = Consent(directory.events, house.mailboxes, house.post.treatment)
        self._beginnings = Beginnings(house.mailboxes, arrivals, house.delivery, consent, lambda: directory.settings, worker=worker, workers=workers)
        self._sending = Sending(
            house.database,
            self._remote,
            arrivals,
            self._reports,
            Overdue(house.database, lambda: directory.settings, self._reports.owe, consent),
            lambda: directory.settings,
            consent,
            terms=self.terms,
            worker=worker,
            workers=workers,
        )

    def start(self) -> None:
        """Begin to send."""
        self._beginnings.start()
        self._sending.start()

    async def close(self, seconds: float = DRAIN_SECONDS) -> None:
        """Let tries in hand end within so many seconds, and begin no more."""
        await asyncio.gather(self._beginnings.close(seconds), self._sending.close(seconds))
        await self._reports.close()
        await self._remote.close()

    def name(self) -> str:
        """Tell this server's name."""
        return server_name(self._house.directory.settings)

    def route(self, domain: str) -> Route | None:
        """Find the administrator's route to a destination."""
        directory = self._house.directory
        found = directory.routes.get(domain) or directory.relayer.route()
        return None if found is None else _route(found)

    def terms(self, domain: str) -> Terms:
        """Tell how often mail to a destination is tried: as its route says, if it has one."""
        found = self._house.directory.routes.get(domain)
        return USUAL if found is None else Terms(found.tries, found.minutes)

    def route_of(self, number: int) -> Route | None:
        """Find a route by its id."""
        found = self._house.directory.routes.by_id(number)
        return None if found is None else _route(found)

    def source(self, ipv6: bool) -> str:
        """Tell the address that mail leaves from, if one of the kind is set."""
        address = self._house.directory.settings.smtp_delivery_bind_to_ip
        return address if is_address(address) and (":" in address) == ipv6 else ""


def _route(found: Administered) -> Route:
    """Give a route as sending knows it."""
    login = Login(found.username, found.password, found.mechanism) if found.login and found.username and found.password else None
    return Route(found.host, found.port or PORT, Security(found.security), found.verify, login)


class Ourselves:
    """Tells whether mail sent to a host name or an address would come back to this server: mail for us alone, in a circle."""

    def __init__(self, name: Callable[[], str], listeners: Sequence[Listener]) -> None:
        self._name = name
        self._places = [place.address for place in listeners if place.protocol == "smtp" and place.port == PORT]

    def __call__(self, text: str) -> bool:
        """Judge a name or an address; an address counts where we listen on the port to which mail would go."""
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return text.rstrip(".").lower() == self._name().lower()
        return any(place == text or (place in _EVERYWHERE and _is_local(address)) for place in self._places)


_EVERYWHERE: Final = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - read, not bound


def _is_local(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Tell whether an address is one of this machine's: only those can be bound."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.bind((str(address), 0))
        return True
    return False
