"""What SMTP needs of the floors below, no more: who lives here (`directory.directory.Directory`), where a message goes (`delivery.post.Post`).

Tests put houses in memory behind the same doors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from postroom.directory.accounts import Account
from postroom.servers import login

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postroom.delivery.post import Room
    from postroom.directory.resolve import Answer, NotOurs, Resolution
    from postroom.formats.address import Address
    from postroom.formats.envelope import Envelope


class Directory(login.Directory[Account], Protocol):
    """Who lives here."""

    def cached(self, address: Address, sender: Address | None = None, *, authenticated: bool = False) -> Answer | None:
        """Give what is known of a recipient without waiting; None: ask `resolve`. Lists ask who sends, and whether it has logged in."""

    async def resolve(self, address: Address, sender: Address | None = None, *, authenticated: bool = False) -> Answer:
        """Find out about a recipient; an empty domain is the server's postmaster."""

    def sends_as(self, account: Account, address: Address) -> bool | None:
        """Tell without waiting whether the account may send as this address: its own, an alias, a plus form; None: ask `may_send_as`."""

    def is_open(self, account: Account) -> bool | None:
        """Tell without waiting whether an account that logged in is still there and active; None: ask `still_open`."""

    async def still_open(self, account: Account) -> bool:
        """Find out whether an account that logged in is still there and active."""

    async def may_send_as(self, account: Account, address: Address) -> bool:
        """Find out whether the account may send as this address."""

    async def confirm(self, account: Account, password: str) -> bool:
        """Check the password of an account that logged in once more, as the handlers of OnClientValidatePassword want it."""

    def max_message_size(self, account: Account | None) -> int:
        """Give the largest message in octets that this sender may hand in; 0 is no limit."""


class Spool(Protocol):
    """Where content rests while it arrives: memory first, a file when it grows."""

    @property
    def size(self) -> int:
        """Octets that were written."""

    def write(self, data: bytes) -> bool:
        """Take octets without waiting; True when `settle` must be awaited before the next."""

    async def settle(self) -> None:
        """Move what is held to the disk; raises Unavailable when that fails."""

    async def whole(self) -> bytes:
        """Give all that was written; raises Unavailable."""

    async def replaced(self, content: bytes) -> Self:
        """Give a spool with another content; this one stays its owner's to discard. Raises Unavailable."""

    def discard(self) -> None:
        """Throw away what was not accepted; may be called at any time, and twice."""


class Arrival(NamedTuple):
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


class Receipt(Protocol):
    """A message that is durable."""

    @property
    def id(self) -> str:
        """What the client is told, and the log."""

    @property
    def refused(self) -> Mapping[int, object]:
        """Replies for the recipients, by place in the envelope, that were not served: only LMTP may tell them; else it must be empty."""


class Post(Protocol):
    """Where a message goes."""

    def spool(self, most: int) -> Spool:
        """Make room for a message of at most `most` octets."""

    async def signed(self, envelope: Envelope, spool: Spool, arrival: Arrival) -> Spool:
        """Put its author's signature below a message that handlers see before it is accepted; raises Unavailable."""

    async def accept(
        self, envelope: Envelope, routes: Sequence[Resolution | NotOurs], spool: Spool, arrival: Arrival, *, signed: bool = False
    ) -> Receipt:
        """Make it durable, then return; `routes` says for each recipient where its mail goes, `signed` that the signature is there.

        Raises Refused (nobody gets it) or Unavailable (451); nothing was kept then.
        """

    def room(self, accounts: Sequence[Account], size: int) -> Room | None:
        """Tell without waiting whether `size` octets fit; None: call `measure` first."""

    async def measure(self, accounts: Sequence[Account]) -> None:
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
