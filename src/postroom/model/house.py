"""What the model works on: the floors below it, and the few things that only the runtime knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.delivery.post import Post
    from postroom.directory.directory import Directory
    from postroom.directory.settings import Settings
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.network.resolver import Resolver
    from postroom.storage.database import Database


class Server(Protocol):
    """The running server, as an administrator acts on it and asks of it; all workers together."""

    state: int
    """eServerState."""

    async def start(self) -> None:
        """Open the listeners."""

    async def stop(self) -> None:
        """Close the listeners and end the mail sessions; this process and remote sessions stay."""

    async def counters(self) -> dict[str, float]:
        """Give the metrics of all workers, summed, by their name and labels as /metrics writes them."""


@dataclass(frozen=True, slots=True)
class House:
    """One process's house behind the model."""

    directory: Directory
    mailboxes: Mailboxes
    post: Post
    database: Database
    server: Server
    hostname: str
    started: int
    """When the server started, in UTC microseconds."""
    administrator: Callable[[str, str], Awaitable[bool]]
    """Check the password of Administrator for a client's address: a failed one counts against it."""
    has_administrator: Callable[[], bool]
    """Tell whether a password is set for Administrator."""
    heard: Callable[[], Awaitable[None]]
    """Wait until every worker uses what was committed; at most a second, then it is logged."""
    configuration: Callable[[], dict[str, Any]] = field(default=dict)
    data: Path = Path()
    """The data directory; what hMailServer keeps in folders that programs look into lies in folders of it."""
    logs: Path = Path()
    resolver: Resolver | None = None
    """Who answers questions about names; None: nobody, all questions fail."""

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.directory.settings

    @property
    def messages(self) -> Path:
        """Where message files are, for those who ask for one."""
        return self.data / "Data"

    @property
    def events(self) -> Path:
        """Where event scripts are."""
        return self.data / "Events"

    @property
    def temp(self) -> Path:
        """Where programs may lay files for the server, and it for them."""
        return self.data / "Temp"

    @property
    def name(self) -> str:
        """The server's name (12.4)."""
        return self.settings.host_name or self.hostname
