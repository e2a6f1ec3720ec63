"""MTA-STS policies (RFC 8461): by which a domain asks other servers to insist on TLS with a valid certificate."""

import hashlib
from dataclasses import dataclass

from postroom.formats import taglist

WEEK = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy: `mode` is none, testing or enforce; `mx` the hosts that may get the domain's mail; `max_age` in seconds."""

    mode: str
    mx: tuple[str, ...]
    max_age: int = WEEK

    def text(self) -> str:
        """Write the policy as it is fetched from /.well-known/mta-sts.txt (section 3.2)."""
        lines = ["version: STSv1", f"mode: {self.mode}", *(f"mx: {host}" for host in self.mx), f"max_age: {self.max_age}"]
        return "\r\n".join(lines) + "\r\n"

    def record(self) -> str:
        """Write the TXT record that announces it (section 3.1); its id is another one for another policy."""
        return taglist.write({"v": "STSv1", "id": hashlib.sha256(self.text().encode()).hexdigest()[:32]}) + ";"
