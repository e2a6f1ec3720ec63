"""`postroom serve`: one process with one worker, or a supervisor over writers and workers."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING

from postroom.errors import ConfigurationError
from postroom.network.listener import open_socket
from postroom.runtime.doors import certificates
from postroom.runtime.house import House, prepare
from postroom.runtime.listening import listeners
from postroom.runtime.notify import notify
from postroom.runtime.nursery import Nursery
from postroom.runtime.scripting import load_at_start
from postroom.runtime.supervisor import Supervisor
from postroom.runtime.worker import Worker
from postroom.storage.sqlite.engine import database_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from postroom.network.listener import Listener
    from postroom.runtime.config import Configuration

    Say = Callable[[str], None]


def workers(config: Configuration) -> int:
    """Tell how many workers serve: one where processes can't share a port, else as configured, by default one a core."""
    if sys.platform != "linux" or os.environ.get("POSTROOM_PORTABLE") == "1":
        return 1
    return config.workers or len(os.sched_getaffinity(0))


def nursery(config: Configuration) -> Nursery | None:
    """Begin the nursery of the processes that will serve, before anything is open; None when this process serves alone."""
    return None if workers(config) == 1 and not config.user else Nursery()


async def serve(config: Configuration, path: str, say: Say, starter: Nursery | None = None) -> None:
    """Serve until TERM or INT. `path` is the configuration file that worker processes read; `say` hears the one line that says ready."""
    if starter is None:
        await _serve_alone(config, say)
    else:
        await _serve_with_workers(config, path, say, starter)


def ready_line(places: Sequence[Listener]) -> str:
    """Give the line that says that every listener accepts."""
    return f"Postroom is ready: {', '.join(map(str, places))}"


async def _show_key(house: House) -> None:
    """Make the administrator's key for the HTTP API when there is none, and show it: once, and to nobody but who started the server."""
    key = await house.directory.keys.ensure_administrator()
    if key is not None:
        sys.stderr.write(f"The administrator's key for the HTTP API, shown this once: {key}\n")
        sys.stderr.flush()


async def _serve_alone(config: Configuration, say: Say) -> None:
    house = await House.enter(config)
    worker = Worker(house)
    try:
        await _show_key(house)
        await load_at_start(house)
        places = await listeners(house)
        await worker.open([(place, open_socket(place)) for place in places])
        say(ready_line(places))
        notify("READY=1")
        await _told_to_stop(worker)
        notify("STOPPING=1")
    finally:
        await worker.close()


async def _told_to_stop(worker: Worker) -> None:
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(over.set))
    else:
        loop.add_signal_handler(signal.SIGINT, over.set)
        loop.add_signal_handler(signal.SIGTERM, over.set)
        loop.add_signal_handler(signal.SIGHUP, worker.doors.told_to_reload)
    await over.wait()


async def _serve_with_workers(config: Configuration, path: str, say: Say, starter: Nursery) -> None:
    # The house is opened once alone: databases are brought up to date and what a crash left is recovered before any worker runs.
    lock = prepare(config)
    try:
        house = await House.open(config)
        await house.recover()
        await _show_key(house)
        await load_at_start(house)
        places = await listeners(house)
        certificates(config, house.directory.settings)  # made once, by one process: workers that each made one would show different ones
        await house.close()
        if config.user:
            give_to(config.user, config.data, config.logs, *([config.hmailserver_home] if config.hmailserver_home else []))
        supervisor = Supervisor(
            data=config.data,
            shards=len(database_files(config.data)) - 1,
            workers=workers(config),
            configuration=path,
            listeners=places,
            user=config.user,
            nursery=starter,
        )
        starter.open()
        running = asyncio.create_task(supervisor.run())
        waiting = asyncio.create_task(supervisor.ready.wait())
        await asyncio.wait([running, waiting], return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            say(ready_line(places))
            notify("READY=1")
        await running
        waiting.cancel()
    finally:
        lock.release()


def give_to(user: str, *folders: Path) -> None:
    """Make a user the owner of folders and all in them; raises ConfigurationError when there is no such user."""
    import pwd  # noqa: PLC0415 - not there on Windows, which has no such users

    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        raise ConfigurationError(f"There is no user {user!r} on this machine: make one, or take `user` out of the configuration.") from None
    for folder in folders:
        for place in (folder, *folder.rglob("*")):
            if place.exists() and not place.is_symlink():
                os.chown(place, entry.pw_uid, entry.pw_gid)
