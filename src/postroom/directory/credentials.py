"""Passwords: argon2id hashes (RFC 9106) and SCRAM keys, made and checked in a bounded pool of threads."""

from __future__ import annotations

import asyncio
import stringprep
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from postroom.directory.errors import DirectoryError
from postroom.directory.scram import ScramKeys
from postroom.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.directory.settings import Settings

LONGEST_PASSWORD: Final = 1024
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

    def keys(self, mechanism: str) -> ScramKeys | None:
        """Return the keys of a SCRAM mechanism, or None."""
        text = self.scram_sha_256 if mechanism == "SCRAM-SHA-256" else self.scram_sha_1
        return ScramKeys.parse(text) if text else None


class Hashing:
    """Makes and checks credentials by the parameters of the settings, a few at a time, off the loop."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """`settings()` gives the snapshot in force."""
        self._settings = settings
        self._pool = ThreadPoolExecutor(settings().password_threads, thread_name_prefix="password")
        self._waiting = 0
        self._parameters: tuple[Any, ...] = ()
        self._hasher = PasswordHasher()
        self._dummy = ""

    async def make(self, password: str) -> Credentials:
        """Make credentials of a new password; raises DirectoryError for one that can't be, LoginsBusy in a flood."""
        secret = prepared(password)
        if not secret:
            raise DirectoryError("A password has at least one character.")
        if len(secret) > LONGEST_PASSWORD:
            raise DirectoryError(f"A password has at most {LONGEST_PASSWORD} octets.")
        return await self._run(self._make, secret)

    async def check(self, credentials: Credentials | None, password: str) -> bool:
        """Tell whether a password is right; for nobody (None), or a password that nobody has, it takes the same time and is False."""
        secret = prepared(password)
        stored = credentials.password if credentials and 0 < len(secret) <= LONGEST_PASSWORD else ""
        return await self._run(self._check, stored, secret[:LONGEST_PASSWORD])

    def outdated(self, credentials: Credentials) -> bool:
        """Tell whether credentials should be made anew now that the password is at hand: other parameters, or SCRAM keys missing."""
        settings = self._settings()
        missing = not credentials.scram_sha_256 or (settings.scram_sha1 and not credentials.scram_sha_1)
        return missing or self._current().check_needs_rehash(credentials.password)

    async def warm(self) -> None:
        """Make the dummy hash ahead, so that the first unknown name takes no longer than the others."""
        await self._run(self._check, "", b"")

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    async def _run(self, function: Callable[..., Any], *arguments: Any) -> Any:
        if self._waiting >= MOST_WAITING:
            raise LoginsBusy(f"{MOST_WAITING} passwords are waiting to be checked")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, function, *arguments)
        finally:
            self._waiting -= 1

    def _make(self, secret: bytes) -> Credentials:
        settings = self._settings()
        sha_256 = ScramKeys.make("SCRAM-SHA-256", secret, settings.scram_iterations)
        sha_1 = str(ScramKeys.make("SCRAM-SHA-1", secret, settings.scram_iterations)) if settings.scram_sha1 else ""
        return Credentials(self._current().hash(secret), str(sha_256), sha_1)

    def _check(self, stored: str, secret: bytes) -> bool:
        hasher = self._current()
        try:
            hasher.verify(stored or self._dummy, secret)
        except (VerificationError, InvalidHashError):
            return False
        return bool(stored)

    def _current(self) -> PasswordHasher:
        """Return the hasher for the settings in force, with a dummy hash that costs as much as a real one."""
        settings = self._settings()
        parameters = (settings.password_passes, settings.password_memory // 1024, settings.password_lanes)
        if parameters != self._parameters:
            hasher = PasswordHasher(*parameters)
            self._dummy = hasher.hash(b"nobody's password")
            self._hasher, self._parameters = hasher, parameters
        return self._hasher


def prepared(password: str) -> bytes:
    """Prepare a password so that each way to type it is the same: SASLprep's mapping and NFKC (RFC 4013 sections 2.1 and 2.2).

    Code points that Unicode 3.2 had not assigned pass: people use them in passwords, and clients send them as they are.
    """
    if password.isascii():
        return password.encode()
    spaced = (" " if stringprep.in_table_c12(character) else character for character in password[: LONGEST_PASSWORD + 1])
    mapped = "".join(character for character in spaced if not stringprep.in_table_b1(character))
    return unicodedata.normalize("NFKC", mapped).encode("utf-8", "replace")
