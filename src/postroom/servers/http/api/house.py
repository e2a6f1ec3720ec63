"""What lies behind the API: the floors it works with, and the few things that only the runtime knows."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from postroom.delivery.post import Post
    from postroom.directory.directory import Directory
    from postroom.directory.settings import Settings
    from postroom.mailboxes.mailboxes import Mailboxes


@dataclass(frozen=True, slots=True)
class Administration:
    """What an administrator asks of the whole server; the answers have the shapes of Open Mailserver's API.

    `plan_dns(domain)` plans records (`{hostname, domain, records}`), `compare_dns(domain)` looks up what is published in their places,
    `deliverability()` examines the server as others see it.
    """

    plan_dns: Callable[[str], Awaitable[dict[str, Any]]]
    compare_dns: Callable[[str], Awaitable[list[dict[str, Any]]]]
    deliverability: Callable[[], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Backups:
    """The server's backups: `create()` makes one (`{path, encrypted}`), `begin()` lets one be made, `course()` tells how far that is.

    A course is `{state, started, ended, done, whole, words, path, error}`, only a state while there was no backup yet; times in UTC microseconds.
    `validate(path)` reads one of the backup folder to its end.
    """

    create: Callable[[], Awaitable[dict[str, Any]]]
    begin: Callable[[], Awaitable[None]]
    course: Callable[[], Awaitable[dict[str, Any]]]
    validate: Callable[[str], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class House:
    """One process's house behind the API. `health` gives what /health says, `configuration` the configuration without its secrets.

    `over` is set when the server drains: whoever waits for mail is answered then.
    """

    directory: Directory
    mailboxes: Mailboxes
    post: Post
    hostname: str
    logs: Path
    health: Callable[[], Awaitable[dict[str, Any]]]
    configuration: Callable[[], dict[str, Any]]
    administration: Administration
    backups: Backups
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.directory.settings

    @property
    def name(self) -> str:
        """The server's name."""
        return self.settings.host_name or self.hostname

    def now(self) -> int:
        """Tell the time in UTC microseconds."""
        return self.mailboxes.now()
