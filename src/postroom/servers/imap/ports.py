"""What IMAP needs of the directory and the log, no more; folders and messages are asked of `mailboxes.Mailboxes` itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from postroom.directory.accounts import Account
    from postroom.formats.scram import Keys


class Directory(Protocol):
    """Who may log in."""

    async def authenticate(self, ip: str, name: str, password: str) -> Account:
        """Log in by password; raises LoginRefused after a growing delay."""

    @property
    def scram_mechanisms(self) -> tuple[str, ...]:
        """The SCRAM mechanisms that every active account has keys for, so that they may be announced."""

    async def scram(self, ip: str, name: str, mechanism: str) -> Keys:
        """Give the SCRAM keys of a name, false ones for an unknown; raises LoginRefused for a banned address."""

    async def proven(self, ip: str, name: str) -> Account:
        """Give the account of a client that has proven its name; raises LoginRefused."""

    async def refuse(self, ip: str, name: str, reason: str) -> None:
        """Count a login that failed before the directory saw a password; raises LoginRefused after the delay."""

    def banned(self, ip: str) -> bool:
        """Tell whether this address may not try to log in at present."""

    def max_message_size(self, account: Account | None) -> int:
        """Give the largest message in octets that this user may store; 0 is no limit."""


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
