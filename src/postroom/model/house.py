"""What the model works on: the floors below it, and the few things that only the runtime knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from postroom.errors import PostroomError
from postroom.model.everywhere import answer
from postroom.model.livelog import LiveLog
from postroom.operations.inifile import IniFile

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from postroom.delivery.post import Post
    from postroom.directory.directory import Directory
    from postroom.directory.settings import Settings
    from postroom.mailboxes.mailboxes import Mailboxes
    from postroom.network.resolver import Resolver
    from postroom.operations.diagnostics import World
    from postroom.operations.site import Site
    from postroom.storage.database import Database


class Server(Protocol):
    """The running server, as an administrator acts on it and asks of it; all workers together."""

    state: int
    """eServerState."""
    trouble: str
    """Why the last start failed, as a sentence; "" when it did not."""

    async def start(self) -> None:
        """Open the listeners as they are configured now; raises PostroomError when one can't be opened."""

    async def stop(self) -> None:
        """Close the listeners and end the mail sessions; this process and remote sessions stay."""

    async def reload(self) -> None:
        """Read the certificates anew, in all workers; raises PostroomError when they can't be used."""

    async def counters(self) -> dict[str, float]:
        """Give the metrics of all workers, summed, by their name and labels as /metrics writes them."""


class EventScripts(Protocol):
    """The event scripts, as an administrator acts on them."""

    async def reload(self) -> None:
        """Read the handlers file; a broken one changes nothing and is logged. Returns when every worker runs what was read."""

    async def check(self) -> str:
        """Check the handlers file; gives what is wrong with it, "" for nothing."""


class NoScripts:
    """The event scripts of a process that runs none."""

    async def reload(self) -> None:
        """Refuse."""
        raise PostroomError("No server runs here, so there are no event scripts to load.")

    async def check(self) -> str:
        """Refuse likewise."""
        raise PostroomError("No server runs here, so there are no event scripts to check.")


@dataclass(frozen=True, slots=True)
class Places:
    """The files and folders of the server, as programs are told."""

    data: Path = Path()
    logs: Path = Path()
    configuration: Path = Path()
    home: Path | None = None
    """The folder that is laid out as hMailServer's, in its mode."""
    _moved: Mapping[str, Path] = field(init=False, repr=False, compare=False)
    """The folders that hMailServer.ini names, as it did when this was made: at the start."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_moved", self.ini.folders() if self.ini else {})

    @property
    def ini(self) -> IniFile | None:
        """hMailServer.ini, in hMailServer's mode."""
        return IniFile(self.home) if self.home else None

    @property
    def initialization(self) -> Path:
        """The file that programs are told the server is configured by."""
        return self.ini.path if self.ini else self.configuration

    @property
    def database(self) -> Path:
        """The folder of the databases."""
        return self.data

    @property
    def events(self) -> Path:
        """The folder of the event scripts."""
        return self._moved.get("events", self.data / "Events")

    @property
    def languages(self) -> Path:
        """The folder of the language files."""
        return (self.home or self.data) / "Languages"

    @property
    def temp(self) -> Path:
        """The folder where programs may lay files for the server, and it for them."""
        return self._moved.get("temp", self.data / "Temp")

    @property
    def program(self) -> Path:
        """The folder of the program."""
        return self._moved.get("program", Path(__file__).parents[1])

    @property
    def database_scripts(self) -> Path:
        """The folder of the scripts that make the databases."""
        return Path(__file__).parents[1] / "storage" / "migrations"

    @property
    def messages(self) -> Path:
        """The folder of message files, for those who ask for one."""
        return self._moved.get("messages", self.data / "Data")


async def no_others(_word: str) -> list[Any]:
    """Ask nobody: there is one process."""
    return []


async def no_site(_domain: str, _destination: str) -> Site:
    """Refuse: nobody has told what this server is to the world."""
    raise PostroomError("Nothing is known of this server's surroundings.")


def no_world() -> World:
    """Refuse likewise."""
    raise PostroomError("Nothing is known of this server's surroundings.")


@dataclass(frozen=True)
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
    resolver: Resolver | None = None
    """Who answers questions about names; None: nobody, all questions fail."""
    name_servers: tuple[tuple[str, int], ...] = ()
    """The name servers that scripts ask, by address and port; none: the system's."""
    places: Places = Places()
    others: Callable[[str], Awaitable[list[Any]]] = no_others
    """Ask every other worker something (model/everywhere.py)."""
    site: Callable[[str, str], Awaitable[Site]] = no_site
    """Tell what this server is to the world, for a domain of ours ("": the usual one) and the domain elsewhere to try ("": the usual one)."""
    world: Callable[[], World] = no_world
    """Give what the diagnostics look at."""
    scripts: EventScripts = field(default_factory=NoScripts)

    async def everywhere(self, word: str) -> list[Any]:
        """Have every worker do something for itself (model/everywhere.py); gives what each answered, this one first."""
        return [answer(self, word), *await self.others(word)]

    @cached_property
    def live_log(self) -> LiveLog:
        """The lines of this process for LiveLog."""
        return LiveLog(lambda: self.settings.logging)

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.directory.settings

    @property
    def name(self) -> str:
        """The server's name (12.4)."""
        return self.settings.host_name or self.hostname
