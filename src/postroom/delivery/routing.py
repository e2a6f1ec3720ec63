"""Where mail for a domain goes next: the route that the administrator set, else the DNS (RFC 5321 section 5.1, RFC 7505).

A failing DNS is never a reason to give mail up: only the answer "there is no such thing" is.
"""

from __future__ import annotations

import enum
import ipaddress
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.delivery.outcome import State
from postroom.network.resolver import LookupFailed, NameNotFoundError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from postroom.formats.smtpclient import Login
    from postroom.network.resolver import Answer, Resolver

PORT: Final = 25
MOST_HOSTS: Final = 20
"""Mail exchangers of a domain that are looked at; a zone may list thousands (amplification)."""

MOST_ADDRESSES: Final = 10
"""Addresses of one host that are looked at."""


class Security(enum.StrEnum):
    """How a connection is encrypted: not, by STARTTLS where it works, by STARTTLS or not used at all, from the first octet."""

    NONE = "none"
    OPTIONAL = "starttls-optional"
    REQUIRED = "starttls"
    IMPLICIT = "tls"


@dataclass(frozen=True, slots=True)
class Route:
    """What the administrator says about the way to a domain, or to all (a smart host).

    With a `host` (a name, not looked up for MX, or an address) mail goes there; without one it goes by the DNS, under these terms. `verify`
    wants a certificate that is valid for the host's name. `source` is the address of ours to call from, "" for any.
    """

    host: str = ""
    port: int = PORT
    security: Security = Security.OPTIONAL
    verify: bool = False
    login: Login | None = None
    source: str = ""


class Hop(NamedTuple):
    """One address to try: `host` is the name that its certificate must have, or the address again."""

    host: str
    ip: str
    port: int

    def __str__(self) -> str:
        where = f"[{self.ip}]" + (f":{self.port}" if self.port != PORT else "")
        return where if self.host == self.ip else f"{self.host} {where}"


class Unroutable(Exception):
    """There is no way, for now (`state` WAITING) or at all (FAILED); `enhanced` is an RFC 3463 code, the text is for the sender."""

    def __init__(self, state: State, enhanced: str, text: str) -> None:
        super().__init__(text)
        self.state = state
        self.enhanced = enhanced


class Routing:
    """Finds the next hops. `ours` tells whether a host name or an address is this server; `shuffle` puts equals in a random order."""

    def __init__(
        self,
        resolver: Resolver,
        ours: Callable[[str], bool],
        shuffle: Callable[[list[str]], None],
        port: int = PORT,
        exchangers: Callable[[], int] = lambda: MOST_HOSTS,
    ) -> None:
        """`exchangers` tells how many mail exchangers of a domain are looked at."""
        self._resolver = resolver
        self._most = exchangers
        self._ours = ours
        self._shuffle = shuffle
        self._port = port

    async def hops(self, destination: str, route: Route) -> AsyncGenerator[Hop, None]:
        """Give the addresses to try, the best first, each looked up when it is asked for; raises Unroutable when there is none (more)."""
        if route.host:
            groups = [[route.host]]
        elif destination.startswith("["):
            groups = [[destination[1:-1].removeprefix("IPv6:")]]
        else:
            groups = await self._exchangers(destination)
        failure: LookupFailed | None = None
        found = False
        for group in groups:
            hops, failed = await self._group(group, route)
            failure = failed or failure
            if not route.host and any(self._ours(name) for name in (*group, *(hop.ip for hop in hops))):
                if found or failure is not None:
                    break  # RFC 5321 section 5.1: from ourselves on, no host is nearer to the goal
                raise Unroutable(State.FAILED, "5.4.6", f"Mail for {destination} leads back to this server, which does not host the domain.")
            for hop in hops:
                found = True
                yield hop
        if not found:
            raise self._nowhere(destination, route, failure)

    async def _group(self, group: list[str], route: Route) -> tuple[list[Hop], LookupFailed | None]:
        """Look up the hosts of one preference, in a random order."""
        hosts, hops, failure = list(group), [], None
        self._shuffle(hosts)
        for host in hosts:
            try:
                hops += [Hop(host, ip, route.port if route.host else self._port) for ip in await self._addresses(host)]
            except LookupFailed as error:
                failure = error
        return hops, failure

    async def _exchangers(self, domain: str) -> list[list[str]]:
        """Give the mail exchangers in groups of equal preference; the domain itself when it has none (RFC 5321 section 5.1)."""
        try:
            answer = await self._resolver.mx(domain)
        except NameNotFoundError:
            raise Unroutable(State.FAILED, "5.1.2", f"The domain {domain} does not exist.") from None
        except LookupFailed as error:
            raise Unroutable(State.WAITING, "4.4.3", f"The DNS does not tell for now where mail for {domain} goes. ({error})") from error
        if not answer.values:
            return [[domain]]
        if all(not host for _, host in answer.values):
            raise Unroutable(State.FAILED, "5.1.10", f"The domain {domain} takes no mail (it says so in the DNS).")
        best = sorted({(preference, host) for preference, host in answer.values if host})[: self._most() or MOST_HOSTS]
        return [[host for _, host in group] for _, group in groupby(best, key=lambda exchanger: exchanger[0])]

    async def _addresses(self, host: str) -> list[str]:
        """Look up a host's addresses, IPv6 and IPv4 by turns, so that either being broken costs one try; raises LookupFailed."""
        if is_address(host):
            return [host]
        failure: LookupFailed | None = None
        found: list[tuple[str, ...]] = []
        for ask in (self._resolver.aaaa, self._resolver.a):
            try:
                found.append(await _look_up(ask, host))
            except LookupFailed as error:
                failure = error
        addresses = [ip for pair in zip_longest(*found) for ip in pair if ip]
        if not addresses and failure is not None:
            raise failure
        return addresses[:MOST_ADDRESSES]

    def _nowhere(self, destination: str, route: Route, failure: LookupFailed | None) -> Unroutable:
        if failure is not None:
            return Unroutable(State.WAITING, "4.4.3", f"The DNS does not tell for now where mail for {destination} goes. ({failure})")
        if route.host:
            return Unroutable(State.WAITING, "4.4.4", f"The server {route.host}, to which mail for {destination} is routed, has no address.")
        return Unroutable(State.FAILED, "5.4.4", f"The domain {destination} has no mail server that can be found in the DNS.")


async def _look_up(ask: Callable[[str], Awaitable[Answer[str]]], host: str) -> tuple[str, ...]:
    try:
        return (await ask(host)).values
    except NameNotFoundError:
        return ()


def is_address(host: str) -> bool:
    """Tell whether a text is an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
