"""The two ends of a connection: address and port, and what may be said of an address."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One end of a connection; `ip` is the address in text (IPv4 in IPv6 already unwrapped), "" with port 0 for a UNIX socket."""

    ip: str
    port: int

    @classmethod
    def of(cls, name: Any) -> Endpoint:
        """Read what `getpeername` and `getsockname` answer: a tuple for IPv4 and IPv6, a path (or nothing) for a UNIX socket."""
        if not isinstance(name, tuple):
            return cls("", 0)
        return cls(name[0].removeprefix("::ffff:") if "." in name[0] else name[0], name[1])

    @property
    def loopback(self) -> bool:
        """Whether the other end is on this machine: 127.0.0.0/8, ::1 or a UNIX socket."""
        return self.ip.startswith("127.") or self.ip in {"", "::1"}

    @property
    def neighbourhood(self) -> str:
        """What counts as one peer in limits: an IPv4 address, or the /64 of an IPv6 one, since every home is given a whole /64."""
        if ":" not in self.ip:
            return self.ip
        return str(ipaddress.IPv6Network((self.ip.partition("%")[0], 64), strict=False).network_address)

    def __str__(self) -> str:
        if not self.ip:
            return "unix"
        return f"[{self.ip}]:{self.port}" if ":" in self.ip else f"{self.ip}:{self.port}"
