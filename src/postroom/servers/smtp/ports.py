"""What SMTP needs of the floors below, no more: who lives here (`Directory`), and where a message goes (`Post`)."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postroom.formats.address import Address
    from postroom.formats.envelope import Envelope
    from postroom.formats.scram import Keys
    from postroom.formats.smtp import Reply


class Account(Protocol):
    """Who has logged in."""

    @property
    def id(self) -> int:
        """The account's number."""

    @property
    def address(self) -> Address:
        """Its own address."""


class LoginRefused(Exception):  # noqa: N818 - the directory's word
    """A login failed; `reason` is for the log, `banned` says that the address may not log in for a time."""

    def __init__(self, reason: str, *, banned: bool = False) -> None:
        super().__init__("The name or the password is wrong.")
        self.reason = reason
        self.banned = banned


@dataclass(frozen=True, slots=True)
class Local:
    """The address is ours: accounts that get the mail, and addresses elsewhere that it goes on to."""

    accounts: tuple[int, ...]
    remote: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Remote:
    """The domain is not ours: only an authenticated sender's mail may go there."""


@dataclass(frozen=True, slots=True)
class Unwelcome:
    """The domain is ours, yet nothing is taken for this address: 550 5.1.1 (unknown), 550 5.2.1 (inactive) and their like."""

    code: int
    enhanced: str
    text: str


Resolution = Local | Remote | Unwelcome


class Directory(Protocol):
    """Who lives here."""

    def cached(self, address: Address) -> Resolution | None:
        """Give what is known of a recipient without waiting; None: ask `resolve`."""

    async def resolve(self, address: Address) -> Resolution:
        """Find out about a recipient; an empty domain is the server's postmaster."""

    async def authenticate(self, client_ip: str, name: str, password: str) -> Account:
        """Verify a login; raises LoginRefused, counts failures, delays."""

    async def scram(self, client_ip: str, name: str, mechanism: str) -> Keys:
        """Give the SCRAM keys of a name, false ones for an unknown; raises LoginRefused for a banned address."""

    async def proven(self, client_ip: str, name: str) -> Account:
        """Give the account of a client that has proven its name (SCRAM, certificate); raises LoginRefused."""

    async def failed(self, client_ip: str, name: str) -> None:
        """Count a login that failed before the directory saw a password; delays as `authenticate` does."""

    def banned(self, client_ip: str) -> bool:
        """Tell whether this address may not try to log in at present."""

    async def owns(self, account: Account, address: Address) -> bool:
        """Tell whether the account may send as this address: its own, an alias, a plus form, or what the settings allow."""


class Room(enum.Enum):
    """Whether a message fits into the mailboxes it is for."""

    ENOUGH = "enough"
    FULL = "full"  # not now: 452 4.2.2
    NEVER = "never"  # larger than the whole quota: 552 5.2.2


class Spool(Protocol):
    """Where content rests while it arrives: memory first, a file when it grows."""

    def write(self, data: bytes) -> None:
        """Take octets; cheap, never waits. Raises Refused (552) over its size, Unavailable when the disk is full."""

    def close(self) -> None:
        """Let go of it; content that was not accepted is gone. May be called twice."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a message came: facts for filters, scripts and the log. `time` in microseconds since 1970."""

    id: str
    session: str
    protocol: str  # the word of RFC 3848, such as ESMTPSA
    client_ip: str
    client_port: int
    client_name: str
    hello: str
    tls: str
    account: Account | None
    time: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that is durable. `id` is told to the client; `refused` has the recipients, by place in the envelope, that were not served.

    Only LMTP may tell of them one by one; for SMTP it must be empty.
    """

    id: str
    refused: Mapping[int, Reply]


class Post(Protocol):
    """Where a message goes."""

    def spool(self, size: int) -> Spool:
        """Make room for a message of at most `size` octets."""

    async def accept(self, envelope: Envelope, spool: Spool, arrival: Arrival) -> Accepted:
        """Make it durable, then return. Raises Refused (no recipient gets it) or Unavailable (451)."""

    def room(self, accounts: tuple[int, ...], size: int) -> Room | None:
        """Tell without waiting whether `size` octets fit; None: call `measure` first."""

    async def measure(self, accounts: tuple[int, ...]) -> None:
        """Find out how full these mailboxes are."""

    def reserve(self) -> bool:
        """Tell whether the disk has more than its reserve."""


class Log(Protocol):
    """Where the session says what happened."""

    def debug(self, event: str, **facts: Any) -> None:
        """Log what only a developer wants to see."""

    def info(self, event: str, **facts: Any) -> None:
        """Log what happens every day."""

    def warning(self, event: str, **facts: Any) -> None:
        """Log what a person should look at some day."""

    def error(self, event: str, **facts: Any) -> None:
        """Log what a person should look at now; `exc_info` is the exception."""
