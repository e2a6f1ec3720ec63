"""What IMAP needs of the directory and the log, no more; folders and messages are asked of `mailboxes.Mailboxes` itself."""

from __future__ import annotations

from typing import Any, Protocol

from postroom.directory.accounts import Account
from postroom.servers import login


class Directory(login.Directory[Account], Protocol):
    """Who may log in."""

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
