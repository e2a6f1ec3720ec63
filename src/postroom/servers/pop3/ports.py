"""What POP3 needs of the floors below, no more: who may log in (`Directory`), and the messages of an INBOX (`Mailboxes`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from postroom.servers import login

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from postroom.formats.address import Address


class Account(Protocol):
    """Who has logged in."""

    @property
    def id(self) -> int:
        """The account's number."""

    @property
    def address(self) -> Address:
        """Its own address."""


class Directory(login.Directory[Account], Protocol):
    """Who lives here. All methods raise postroom.directory.errors.LoginRefused, after the delay that a failed login costs."""


class Lock(Protocol):
    """The right of one session to a maildrop (RFC 1939 section 4)."""

    def release(self) -> None:
        """Give it back; may be called twice."""

    async def released(self) -> None:
        """Give it back, and wait until a session at any worker can take it."""


class Maildrop(Protocol):
    """The INBOX as it was at login. `uids` ascend; `sizes` are the octets that `read` gives, in the same order."""

    @property
    def uidvalidity(self) -> int:
        """With the uid it names a message for ever."""

    @property
    def uids(self) -> Sequence[int]:
        """The messages' uids; an array is enough."""

    @property
    def sizes(self) -> Sequence[int]:
        """The messages' sizes in octets."""

    def read(self, uid: int) -> AsyncGenerator[bytes, None]:
        """Read a message in pieces of 64 KB at most; raises Gone, and Unavailable when the storage does."""

    async def delete(self, uids: Sequence[int]) -> None:
        """Expunge these messages for good; those gone already are no error. Raises Unavailable, and then some may be left."""


class Mailboxes(Protocol):
    """Where the mail is."""

    async def lock(self, account_id: int) -> Lock | None:
        """Take the maildrop for one session, over all workers; None when another session has it."""

    async def maildrop(self, account_id: int) -> Maildrop:
        """Read what is in the INBOX; raises Unavailable."""


class Log(Protocol):
    """Where the session says what happened."""

    def info(self, event: str, **facts: Any) -> None:
        """Log what happens every day."""

    def warning(self, event: str, **facts: Any) -> None:
        """Log what a person should look at some day."""

    def exception(self, event: str, **facts: Any) -> None:
        """Log an error with the exception being handled."""
