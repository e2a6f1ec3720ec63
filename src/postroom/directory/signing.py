"""The keys that sign a domain's mail (DKIM, RFC 6376): made with the domain, sealed in the database, turned over by rotation; and the signer.

A domain has a pair, RSA and Ed25519 (RFC 8463). The pair is made when it is needed first: by `domain add`, by the DNS plan, by the first message
that leaves. A rotation makes another pair that waits until its records are published, then `activate` lets it sign and retires the old pair, whose
records stay until the mail on its way has arrived.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from postroom.directory.datakey import SealError
from postroom.directory.errors import DirectoryError, NotFound
from postroom.directory.keyfiles import KeyFiles
from postroom.directory.recent import Recent
from postroom.errors import Unavailable
from postroom.formats.dkim import Algorithm, BodyHash, SigningKey, make_key, sign
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from postroom.directory.datakey import DataKey
    from postroom.directory.domains import Domain, Domains
    from postroom.directory.settings import Settings
    from postroom.storage.database import Database, Transaction

WAITING: Final = "waiting"
ACTIVE: Final = "active"
RETIRED: Final = "retired"

KEPT: Final = 10_000
"""Domains whose keys a process holds at one time."""

BREATH: Final = 1 << 20
"""Octets of a body after which others get their turn."""

_COLUMNS: Final = "id, domain_id, selector, algorithm, state, record, created"
_INSERT: Final = f"INSERT INTO signing_key ({_COLUMNS}, secret) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_OF_DOMAIN: Final = f"SELECT {_COLUMNS} FROM signing_key WHERE domain_id = ? ORDER BY id"
_EVERY: Final = f"SELECT {_COLUMNS} FROM signing_key ORDER BY domain_id, id"
_SIGNING: Final = "SELECT selector, algorithm, secret FROM signing_key WHERE domain_id = ? AND state = ? ORDER BY id"


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A key as the DNS has to know it: `record` is the text at SELECTOR._domainkey.DOMAIN; `created` in microseconds."""

    id: int
    domain_id: int
    selector: str
    algorithm: str
    state: str
    record: str
    created: int

    def host(self, domain: str) -> str:
        """Give the name under which a domain publishes it."""
        return f"{self.selector}._domainkey.{domain}"


@dataclass(frozen=True, slots=True)
class SigningKeysChanged:
    """News: the keys of a domain are not what they were."""

    domain_id: int


class SigningKeys:
    """The keys of all domains: those that sign are held in memory, changed by transactions that every process hears of."""

    def __init__(self, database: Database, domains: Domains, key: DataKey, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._domains = domains
        self._key = key
        self._clock = clock
        self._kept: Recent[tuple[SigningKey, ...]] = Recent(KEPT)
        self._generation = 0
        self._making: dict[int, asyncio.Task[None]] = {}

    def hear(self, news: SigningKeysChanged) -> None:
        """Follow a change made in any process."""
        self._generation += 1
        self._kept.drop(str(news.domain_id))

    async def list(self, name: str) -> tuple[PublishedKey, ...]:
        """List the keys of a domain, which is given its first pair if it has none; raises NotFound."""
        domain = self._domains.find(name)
        await self.active(domain)
        return await self._of(domain)

    async def every(self) -> tuple[PublishedKey, ...]:
        """List the keys of all domains that have some."""
        return tuple(PublishedKey(*row) for row in await self._database.read(CONTROL, _EVERY))

    async def active(self, domain: Domain) -> tuple[SigningKey, ...]:
        """Give the keys that sign for a domain, made if it has none: from memory but for the first time."""
        kept = self._kept.get(str(domain.id))
        if kept is None:
            generation = self._generation
            kept = await self._read(domain)
            if not kept:
                await self._ensure(domain)
                generation, kept = self._generation, await self._read(domain)
            if generation == self._generation:
                self._kept.put(str(domain.id), kept)
        return kept

    async def rotate(self, name: str) -> tuple[PublishedKey, ...]:
        """Make another pair, which waits for its records to be published; raises NotFound, or DirectoryError when one waits already."""
        domain = self._domains.find(name)
        if any(key.state == WAITING for key in await self.list(name)):
            raise DirectoryError(f"New keys of {domain.name} wait already: publish their records, then activate them, or remove them.")
        await self._make(domain, WAITING)
        return await self._of(domain)

    async def activate(self, name: str) -> tuple[PublishedKey, ...]:
        """Let the waiting pair sign and retire the one that did; raises NotFound, or DirectoryError when none waits."""
        domain = self._domains.find(name)
        await self._database.transact(CONTROL, activate_keys, domain.id)
        return await self._of(domain)

    async def remove(self, name: str, selector: str) -> None:
        """Remove a key that does not sign; raises NotFound or DirectoryError."""
        await self._database.transact(CONTROL, remove_key, self._domains.find(name).id, selector)

    async def _of(self, domain: Domain) -> tuple[PublishedKey, ...]:
        return tuple(PublishedKey(*row) for row in await self._database.read(CONTROL, _OF_DOMAIN, (domain.id,)))

    async def _read(self, domain: Domain) -> tuple[SigningKey, ...]:
        rows = await self._database.read(CONTROL, _SIGNING, (domain.id, ACTIVE))
        try:
            return tuple(
                SigningKey.load(selector, Algorithm(algorithm), self._key.unseal(bytes(secret), _purpose(domain.id, selector)))
                for selector, algorithm, secret in rows
            )
        except SealError as error:
            raise Unavailable(f"The signing keys of {domain.name} can't be opened: {error}") from error

    async def _ensure(self, domain: Domain) -> None:
        """Make the first pair, once in this process however many ask; of several processes the first one's pair stays."""
        task = self._making.get(domain.id)
        if task is None:
            task = self._making[domain.id] = asyncio.create_task(self._make(domain, ACTIVE))
            task.add_done_callback(lambda _: self._making.pop(domain.id, None))
        await asyncio.shield(task)

    async def _make(self, domain: Domain, state: str) -> None:
        month = datetime.fromtimestamp(self._clock(), UTC).strftime("%Y%m")
        used = {key.selector for key in await self._of(domain)}
        pair = [(_selector(month + algorithm.key_type[0], used), algorithm) for algorithm in Algorithm]
        # OpenSSL looks for primes for a tenth of a second or longer, and lets others run meanwhile.
        made = await asyncio.gather(*(asyncio.to_thread(make_key, algorithm) for algorithm in Algorithm))
        rows = [
            (selector, str(algorithm), self._key.seal(secret, _purpose(domain.id, selector)), record)
            for (selector, algorithm), (secret, record) in zip(pair, made, strict=True)
        ]
        await self._database.transact(CONTROL, add_keys, domain.id, state, rows, int(self._clock() * 1e6))


class Signer:
    """Signs what leaves, on behalf of the hosted domain that its readers see in From."""

    def __init__(self, domains: Domains, keys: SigningKeys, settings: Callable[[], Settings], clock: Callable[[], float] = time.time) -> None:
        self._domains = domains
        self._keys = keys
        self._settings = settings
        self._clock = clock
        self._files = KeyFiles()

    async def sign(self, domain: str, header: bytes, body: AsyncIterator[bytes] | bytes) -> bytes:
        """Give the DKIM-Signature fields to put on top of a message, with CRLF; b"" when the domain is not hosted here or signing is off.

        `domain` is that of From (`formats.dkim.author_domain`), in canonical form: with another the signature would not be aligned (RFC 7489
        section 3.1.1). The message must be signed as it is sent: line ends may be LF, but encodings may not change afterwards, and nothing
        but trace fields be put before. A body of chunks is read to its end, each chunk once. Raises Unavailable.
        """
        hosted = self._domains.get(domain)
        if hosted is None or not self._settings().dkim_signing:
            return b""
        try:
            keys = await self._keys_of(hosted)
        except NotFound:  # the domain went away meanwhile
            return b""
        hashed = await _hashed(body)
        return sign(header, hashed, domain, keys, int(self._clock()))

    async def _keys_of(self, domain: Domain) -> tuple[SigningKey, ...]:
        """Give the keys that sign for a domain: that of its file, if it has one that can be used, else those made here. Raises NotFound."""
        profile = domain.profile
        if profile.dkim and profile.dkim_selector and profile.dkim_key_file:
            key = await self._files.find(profile.dkim_selector, profile.dkim_key_file)
            if key is not None:
                return (key,)
        return await self._keys.active(domain)


def add_keys(transaction: Transaction, domain_id: int, state: str, rows: Sequence[tuple[str, str, bytes, str]], now: int) -> None:
    """Store a pair; a first one only while the domain still has none, and no pair beside one of its state (another process was quicker)."""
    if not transaction.execute("SELECT 1 FROM domain WHERE id = ?", (domain_id,)):
        raise NotFound("The domain is gone.")
    if transaction.execute("SELECT 1 FROM signing_key WHERE domain_id = ? AND state = ?", (domain_id, state)):
        return
    for selector, algorithm, secret, record in rows:
        transaction.execute(_INSERT, (transaction.next_id("signing_key"), domain_id, selector, algorithm, state, record, now, secret))
    transaction.announce(SigningKeysChanged(domain_id))


def activate_keys(transaction: Transaction, domain_id: int) -> None:
    """Let the waiting keys sign instead of those that do."""
    if not transaction.execute("SELECT 1 FROM signing_key WHERE domain_id = ? AND state = ?", (domain_id, WAITING)):
        raise DirectoryError("No new keys wait: `postroom domain dkim rotate` makes some.")
    for old, new in ((ACTIVE, RETIRED), (WAITING, ACTIVE)):
        transaction.execute("UPDATE signing_key SET state = ? WHERE domain_id = ? AND state = ?", (new, domain_id, old))
    transaction.announce(SigningKeysChanged(domain_id))


def remove_key(transaction: Transaction, domain_id: int, selector: str) -> None:
    """Remove one key that does not sign."""
    rows = transaction.execute("SELECT state FROM signing_key WHERE domain_id = ? AND selector = ?", (domain_id, selector))
    if not rows:
        raise NotFound(f"There is no key {selector[:63]!r}: `postroom domain dkim show` lists them.")
    if rows[0][0] == ACTIVE:
        raise DirectoryError(f"The key {selector} signs now: rotate and activate another one first.")
    transaction.execute("DELETE FROM signing_key WHERE domain_id = ? AND selector = ?", (domain_id, selector))
    transaction.announce(SigningKeysChanged(domain_id))


async def _hashed(body: AsyncIterator[bytes] | bytes) -> bytes:
    body_hash, taken = BodyHash(), 0
    if isinstance(body, bytes):
        for start in range(0, len(body), BREATH):
            if start:
                await asyncio.sleep(0)
            body_hash.update(body[start : start + BREATH])
        return body_hash.digest()
    async for chunk in body:
        body_hash.update(chunk)
        taken += len(chunk)
        if taken > BREATH:
            taken = 0
            await asyncio.sleep(0)
    return body_hash.digest()


def _selector(stem: str, used: set[str]) -> str:
    """Give a selector that was not used: the month with r or e, then a number from the second one of a month on."""
    number = 1
    while (selector := f"{stem}{number if number > 1 else ''}") in used:
        number += 1
    return selector


def _purpose(domain_id: int, selector: str) -> str:
    """Bind a sealed key to its row, so that no other row's can be put there."""
    return f"dkim {domain_id} {selector}"
