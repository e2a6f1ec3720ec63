"""Presence: who is logged in over this process, so that a login that counts no more ends its sessions, and when each was here last."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from postroom.directory.profiles import USUAL_ACCOUNT
from postroom.directory.records import shape
from postroom.errors import Unavailable
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from postroom.formats.address import Address
    from postroom.storage.database import Database, Transaction

WRITE_SECONDS: Final = 5.0
"""How long logins are gathered before one write notes them: a busy server would write all day."""


class Somebody(Protocol):
    """Whoever has logged in."""

    @property
    def id(self) -> int:
        """The account's id."""

    @property
    def address(self) -> Address:
        """The account's address."""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """News: whoever holds this account's maildrop (POP3) has to let go of it."""

    account_id: int


class Presence:
    """The sessions of one process by account; `clock()` gives seconds since 1970."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._sessions: dict[int, tuple[str, set[Callable[[], None]]]] = {}
        self._holders: dict[int, set[Callable[[], None]]] = {}
        self._last: dict[int, int] = {}
        self._writing: asyncio.Task[None] | None = None

    def enter(self, account: Somebody, end: Callable[[], None]) -> Callable[[], None]:
        """Note that somebody has logged in; `end` is called once the login counts no more. What is returned is to be called at the end."""
        sessions = self._sessions.setdefault(account.id, (account.address.domain, set()))[1]
        sessions.add(end)
        self._last[account.id] = int(self._clock() * 1_000_000)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_later())

        def leave() -> None:
            sessions.discard(end)
            if not sessions and self._sessions.get(account.id, (None, None))[1] is sessions:
                del self._sessions[account.id]

        return leave

    def hold(self, account: Somebody, end: Callable[[], None]) -> Callable[[], None]:
        """Note likewise somebody who holds the maildrop, as POP3 does."""
        leave = self.enter(account, end)
        holders = self._holders.setdefault(account.id, set())
        holders.add(end)

        def let_go() -> None:
            leave()
            holders.discard(end)
            if not holders and self._holders.get(account.id) is holders:
                del self._holders[account.id]

        return let_go

    async def unlock(self, account_id: int) -> None:
        """End the session of any process that holds an account's maildrop."""
        await self._database.transact(CONTROL, announce_unlocked, account_id)

    def hear(self, news: Unlocked) -> None:
        """Follow an unlocking."""
        for end in tuple(self._holders.get(news.account_id, ())):
            end()

    def end(self, account_ids: Iterable[int]) -> None:
        """End the sessions of accounts whose password changed, or that were closed."""
        for number in account_ids:
            for end in tuple(self._sessions.get(number, ("", set()))[1]):
                end()

    def end_domain(self, name: str) -> None:
        """End the sessions of a domain that was closed."""
        self.end([number for number, (domain, _) in self._sessions.items() if domain == name])

    async def flush(self) -> None:
        """Note the last logins that were not written yet; while the database takes nothing they wait."""
        last, self._last = self._last, {}
        if last:
            try:
                await self._database.transact(CONTROL, note_logins, tuple(last.items()))
            except Unavailable:
                self._last = {**last, **self._last}

    async def close(self) -> None:
        """Write what is gathered, and gather no more."""
        if self._writing is not None:
            self._writing.cancel()
            with suppress(asyncio.CancelledError):
                await self._writing
        await self.flush()

    async def _write_later(self) -> None:
        await asyncio.sleep(WRITE_SECONDS)
        self._writing = None
        await self.flush()


_COLUMNS: Final = ("id", *shape(type(USUAL_ACCOUNT)).columns)
_NOTE: Final = (
    f"INSERT INTO account_profile ({', '.join(_COLUMNS)}) SELECT {', '.join('?' * len(_COLUMNS))} WHERE EXISTS (SELECT 1 FROM account WHERE id = ?)"
    " ON CONFLICT (id) DO UPDATE SET last_login = excluded.last_login WHERE excluded.last_login > account_profile.last_login"
)


def announce_unlocked(transaction: Transaction, account_id: int) -> None:
    """Tell every process whose maildrop is to be let go."""
    transaction.announce(Unlocked(account_id))


def note_logins(transaction: Transaction, last: tuple[tuple[int, int], ...]) -> None:
    """Note when accounts logged in last; nobody is told, for nobody acts on it."""
    usual = {name: getattr(USUAL_ACCOUNT, name) for name in _COLUMNS}
    rows = [(*({**usual, "id": number, "last_login": time}[name] for name in _COLUMNS), number) for number, time in last]
    transaction.executemany(_NOTE, rows)
