"""Passwords: argon2id hashes (RFC 9106) and SCRAM keys (RFC 5802), made and checked in a bounded pool of threads."""

from __future__ import annotations

import asyncio
import base64
import binascii
import os
import secrets
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from postroom.directory.errors import DirectoryError
from postroom.errors import Unavailable
from postroom.formats import scram

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.directory.settings import Settings

LONGEST_PASSWORD: Final = 1024
NICE: Final = 10

MOST_WAITING: Final = 256
"""Passwords that may wait for a thread: with two threads of 23 ms a waiter at the end waits three seconds."""


class LoginsBusy(Unavailable):
    """More passwords are waiting to be checked than a client would wait for: a flood of logins must not fill memory."""


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """What an account's password left behind: an argon2id hash in the PHC form and SCRAM keys in RFC 5803's; '' where there is none."""

    password: str = ""
    scram_sha_256: str = ""
    scram_sha_1: str = ""

    def keys(self, mechanism: str) -> scram.Keys | None:
        """Return the keys of a SCRAM mechanism, or None."""
        text = self.scram_sha_256 if mechanism == "SCRAM-SHA-256" else self.scram_sha_1
        return read_keys(text) if text else None


class Hashing:
    """Makes and checks credentials by the parameters of the settings, a few at a time, off the loop."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """Take `settings()`, which gives the snapshot in force; `open` starts the threads."""
        self._settings = settings
        self._pool: ThreadPoolExecutor | None = None
        self._waiting = 0
        self._dummy = ""

    async def open(self) -> None:
        """Start the threads, and make the dummy hash ahead, so that the first unknown name takes no longer than the others."""
        self._pool = ThreadPoolExecutor(self._settings().password_threads, "password", _stand_back)
        await self._run(self._nobody)

    async def make(self, password: str) -> Credentials:
        """Make credentials of a new password; raises DirectoryError for one that can't be, LoginsBusy in a flood."""
        secret = prepared(password)
        if secret is None:
            raise DirectoryError(f"A password has 1 to {LONGEST_PASSWORD} octets and no control characters.")
        made: Credentials = await self._run(self._make, secret)
        return made

    async def check(self, credentials: Credentials | None, password: str) -> bool:
        """Tell whether a password is right; for nobody (None), or a password that nobody has, it takes the same time and is False."""
        secret = prepared(password)
        stored = credentials.password if credentials and secret else ""
        right: bool = await self._run(self._check, stored, secret or "")
        return right

    def outdated(self, credentials: Credentials) -> bool:
        """Tell whether credentials should be made anew now that the password is at hand: other parameters, or SCRAM keys missing."""
        missing = not credentials.scram_sha_256 or (self._settings().scram_sha1 and not credentials.scram_sha_1)
        return missing or self._hasher().check_needs_rehash(credentials.password)

    def close(self) -> None:
        """End the threads; blocks for the checks in hand."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)

    async def _run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        if self._waiting >= MOST_WAITING:
            raise LoginsBusy(f"{MOST_WAITING} passwords are waiting to be checked")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, function, *arguments)
        finally:
            self._waiting -= 1

    def _make(self, secret: str) -> Credentials:
        settings = self._settings()
        sha_1 = scram.derive(secret, "SCRAM-SHA-1", iterations=settings.scram_iterations) if settings.scram_sha1 else None
        sha_256 = scram.derive(secret, "SCRAM-SHA-256", iterations=settings.scram_iterations)
        return Credentials(self._hasher().hash(secret), write_keys(sha_256), write_keys(sha_1) if sha_1 else "")

    def _check(self, stored: str, secret: str) -> bool:
        try:
            self._hasher().verify(stored or self._nobody(), secret)
        except (VerificationError, InvalidHashError):
            return False
        return bool(stored)

    def _hasher(self) -> PasswordHasher:
        settings = self._settings()
        lanes = settings.password_lanes
        return PasswordHasher(settings.password_passes, max(settings.password_memory // 1024, 8 * lanes), lanes)  # RFC 9106 section 3.1: 8 KB a lane

    def _nobody(self) -> str:
        """Return a hash that costs as much to check as a new one of an account."""
        hasher = self._hasher()
        if not self._dummy or hasher.check_needs_rehash(self._dummy):
            self._dummy = hasher.hash(secrets.token_urlsafe())
        return self._dummy


def _stand_back() -> None:
    """Let every other thread go first: a hash keeps a core for 20 ms, and who waits for anything else would wait for that."""
    if sys.platform == "linux":  # elsewhere a priority is the whole process's
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


def prepared(password: str) -> str | None:
    """Prepare a password by SASLprep (RFC 4013), so that each way to type it is the same; None for one that can't be a password."""
    if not password or len(password) > LONGEST_PASSWORD:  # before SASLprep sees it: preparing takes time too
        return None
    try:
        return scram.saslprep(password) or None
    except ValueError:
        return None


def write_keys(keys: scram.Keys) -> str:
    """Write SCRAM keys as RFC 5803 stores them: mechanism$iterations:salt$StoredKey:ServerKey."""
    salt, stored_key, server_key = (base64.b64encode(part).decode() for part in (keys.salt, keys.stored_key, keys.server_key))
    return f"{keys.mechanism}${keys.iterations}:{salt}${stored_key}:{server_key}"


def read_keys(text: str) -> scram.Keys:
    """Read what `write_keys` wrote; ValueError for anything else."""
    mechanism, _, rest = text.partition("$")
    numbers, _, keys = rest.partition("$")
    iterations, _, salt = numbers.partition(":")
    stored_key, _, server_key = keys.partition(":")
    if mechanism not in scram.HASHES:
        raise ValueError("not a SCRAM mechanism")
    try:
        octets = [base64.b64decode(part, validate=True) for part in (salt, stored_key, server_key)]
    except binascii.Error as error:
        raise ValueError(str(error)) from None
    return scram.Keys(mechanism, octets[0], int(iterations), octets[1], octets[2])
