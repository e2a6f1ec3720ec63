"""Block lists in the DNS: of clients' addresses, and of the hosts that messages name in links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from postroom.directory.records import Record


@dataclass(frozen=True, slots=True)
class DNSBlackList(Record):
    """A list of client addresses: `expected` names the answers that count (`127.0.0.2-8|127.0.0.10`), each hit adds `score`."""

    TABLE: ClassVar[str] = "dns_blacklist"

    host: str = ""
    active: bool = False
    reject_message: str = ""
    expected: str = ""
    score: int = 0


@dataclass(frozen=True, slots=True)
class SURBLServer(Record):
    """A list of hosts in links."""

    TABLE: ClassVar[str] = "surbl_server"

    host: str = ""
    active: bool = False
    reject_message: str = ""
    score: int = 0
