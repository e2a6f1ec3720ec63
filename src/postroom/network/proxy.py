"""Whose PROXY headers are believed: proxies are named by configuration, everybody else speaks for himself."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postroom.network.endpoint import Endpoint


class Proxies:
    """The networks whose connections must begin with a PROXY header, such as "192.0.2.7", "10.0.0.0/8", or "unix" for UNIX sockets.

    From these a missing header closes the connection (else a client behind the proxy could be the proxy); from others a header is
    data for the protocol, which doesn't understand it. ValueError for a network that can't be read.
    """

    def __init__(self, networks: Iterable[str]) -> None:
        words = list(networks)
        self._unix = "unix" in words
        self._networks = [ipaddress.ip_network(word, strict=False) for word in words if word != "unix"]

    def trust(self, peer: Endpoint) -> bool:
        """Whether this peer is a proxy of ours."""
        if not peer.ip:
            return self._unix
        if not self._networks:
            return False
        address = ipaddress.ip_address(peer.ip)
        return any(address in network for network in self._networks)
