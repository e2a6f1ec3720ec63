"""The house: the floors up to delivery, wired over one data directory. Servers, chores and commands all work with one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from postroom import metrics
from postroom.delivery.accept import Delivery
from postroom.delivery.post import Post
from postroom.directory import datakey, hmailserver
from postroom.directory.directory import Directory
from postroom.errors import ConfigurationError
from postroom.log import get_logger
from postroom.mailboxes.mailboxes import Mailboxes
from postroom.runtime.layout import lay_out
from postroom.storage.disk import RESTORING, DirectoryLock
from postroom.storage.files import FileBlobs
from postroom.storage.sqlite.engine import SQLiteDatabase, create

if TYPE_CHECKING:
    from collections.abc import Mapping
    from socket import socket

    from postroom.runtime.config import Configuration

log = get_logger("storage")


class House:
    """Database, blobs, directory, mailboxes, delivery and post office of one process; made by `open` or `enter`."""

    def __init__(self, config: Configuration, database: SQLiteDatabase, directory: Directory, lock: DirectoryLock | None = None) -> None:
        self.config = config
        self.database = database
        self.directory = directory
        self.blobs = FileBlobs(config.data)
        self.mailboxes = Mailboxes(database, self.blobs)
        self.delivery = Delivery(self.mailboxes, directory.signer.sign, lambda: directory.settings.add_delivered_to_header)
        self.post = Post(directory, self.mailboxes, self.delivery, config.data)
        self._lock = lock

    @classmethod
    async def open(cls, config: Configuration, lines: Mapping[int, socket] | None = None, lock: DirectoryLock | None = None) -> House:
        """Open a prepared data directory: with writer threads of this process, or over lines to writer processes."""
        database = SQLiteDatabase(config.data)
        if lines is None:
            await database.open(committed, report)
        else:
            await database.connect(lines)
        directory = await Directory.open(
            database,
            datakey.load(config.data),
            pins=config.pins,
            pinned_by=config.pinned_by,
            clock=time.time,
            admin_key=config.admin_key,
            admin_password=config.admin_password,
            defaults=hmailserver.DEFAULTS if config.hmailserver_home else None,
        )
        if config.hmailserver_home:
            directory.listeners.usual = hmailserver.PORTS
        return cls(config, database, directory, lock)

    @classmethod
    async def enter(cls, config: Configuration) -> House:
        """Take a data directory for this process alone, prepare it and open it; raises ConfigurationError when a server has it."""
        lock = prepare(config)
        try:
            house = await cls.open(config, lock=lock)
        except BaseException:
            lock.release()
            raise
        await house.recover()
        return house

    async def recover(self) -> None:
        """Do what a crash left undone; only while no other process of the server works on the directory."""
        self.blobs.empty_spool()
        done = await self.delivery.recover()
        await self.delivery.forget(self.mailboxes.now() + 1)
        if done:
            log.info("handovers-recovered", count=done)

    async def close(self) -> None:
        """Finish what is in hand, then let go of everything."""
        await self.delivery.close()
        await self.directory.presence.close()
        self.directory.close()
        await self.database.close()
        await self.blobs.close()
        if self._lock is not None:
            self._lock.release()


def prepare(config: Configuration) -> DirectoryLock:
    """Lock a data directory and bring its databases up to date, making what is not there; raises ConfigurationError."""
    if config.hmailserver_home:
        lay_out(config.hmailserver_home)
    config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = DirectoryLock(config.data)
    try:
        if (config.data / RESTORING).exists():
            raise ConfigurationError(f"A restore to {config.data} was interrupted: empty that directory, and restore again.")
        create(config.data, config.shards)
        datakey.load(config.data)
    except BaseException:
        lock.release()
        raise
    return lock


def committed(batch: int, seconds: float) -> None:
    """Count a commit."""
    metrics.commit_batch.observe(batch)
    metrics.sync_seconds.observe(seconds)


def report(sentence: str) -> None:
    """Log trouble of the databases' upkeep."""
    log.warning("storage-trouble", reason=sentence)
