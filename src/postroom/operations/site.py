"""What this server is to the world: the facts that the DNS plan and the diagnostics work from."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from postroom.directory.signing import PublishedKey

FAR: Final = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:4860:4860::8888"))
"""Addresses that the default routes lead to."""


class Port(NamedTuple):
    """A port that this server listens on, with the word for what it speaks there (imaps ...); an empty address or 0.0.0.0 is all of them."""

    protocol: str
    address: str
    port: int


@dataclass(frozen=True, slots=True)
class Site:
    """A server and one of its domains. Names are A-labels; `addresses` the public ones; `mta_sts` a mode of RFC 8461."""

    hostname: str
    domain: str
    addresses: tuple[str, ...] = ()
    ports: tuple[Port, ...] = ()
    keys: tuple[PublishedKey, ...] = ()
    certificate: Path | None = None
    mta_sts: str = "testing"
    data: Path | None = None
    reserve: int = 0
    blocklists: tuple[str, ...] = ()
    destination: str = ""
    time_server: str = ""

    @property
    def postmaster(self) -> str:
        """Where reports about the domain go; every domain takes mail to this address."""
        return f"postmaster@{self.domain}"


def own_addresses() -> tuple[str, ...]:
    """Give the public addresses that this machine sends from; none behind address translation. Nothing is sent to learn it."""
    found = []
    for family, far in FAR:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((far, 25))
                found.append(probe.getsockname()[0])
        except OSError:  # no route, or no such family
            continue
    return public(found)


def public(addresses: Sequence[str]) -> tuple[str, ...]:
    """Keep the addresses that the whole Internet can reach."""
    return tuple(address for address in addresses if ipaddress.ip_address(address).is_global)
