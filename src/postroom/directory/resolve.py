"""Where mail to an address goes: accounts here, addresses elsewhere, a refusal with its reply, or that the address is not ours.

The order for an address of ours: account or alias with the whole local part, the same without its plus part, the domain's catch-all,
for a postmaster the server's (RFC 5321 section 4.5.1). Aliases are followed 25 levels, as hMailServer does; more is a loop.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from postroom.directory.accounts import Account
from postroom.directory.aliases import Alias
from postroom.directory.recent import Recent
from postroom.formats.address import Address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from postroom.directory.accounts import Accounts
    from postroom.directory.aliases import Aliases
    from postroom.directory.domains import Domain, Domains
    from postroom.directory.settings import Settings

LEVELS: Final = 25
WIDEST: Final = 10_000
"""Addresses at one level of aliases: an alias of aliases of aliases could name the whole world."""

KNOWN: Final = 40_000
REFUSED: Final = 4_000
"""Answers kept by a worker. Refusals have a place of their own, so that guessing names doesn't drive out those in use."""

_KEYS_A_READ: Final = 200


@dataclass(frozen=True, slots=True)
class Resolution:
    """Mail goes to these accounts (each gets one copy) and on to these addresses elsewhere."""

    accounts: tuple[Account, ...]
    remote: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nobody gets mail at this address: SMTP reply code, enhanced code (RFC 3463) and text."""

    code: int
    enhanced: str
    text: str


class NotOurs(enum.Enum):
    """The address's domain is not hosted here."""

    NOT_OURS = enum.auto()


NOT_OURS: Final = NotOurs.NOT_OURS
Answer = Resolution | Refusal | NotOurs

UNKNOWN: Final = Refusal(550, "5.1.1", "Unknown user.")
INACTIVE_DOMAIN: Final = Refusal(550, "5.1.2", "The domain is not active.")
INACTIVE_ACCOUNT: Final = Refusal(550, "5.2.1", "The mailbox is not active.")
INACTIVE_ALIAS: Final = Refusal(550, "5.2.1", "The alias is not active.")
LOOP: Final = Refusal(550, "5.4.6", "The alias leads in a circle, or over too many others.")
TOO_WIDE: Final = Refusal(550, "5.3.5", "The alias leads to too many addresses.")


@dataclass(slots=True)
class Found:
    """What following an address has found so far; accounts by id, addresses elsewhere by key."""

    accounts: dict[int, Account] = field(default_factory=dict)
    remote: dict[str, Address] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    names: dict[str, Account | Alias | None] = field(default_factory=dict)

    def answer(self) -> Resolution | Refusal:
        """Give the answer: a dead end among an alias's destinations doesn't keep the mail from the others."""
        if self.accounts or self.remote:
            return Resolution(tuple(self.accounts.values()), tuple(self.remote.values()))
        return self.refusals[0] if self.refusals else UNKNOWN


class Resolver:
    """Answers where mail to an address goes, from memory where it can."""

    def __init__(self, domains: Domains, accounts: Accounts, aliases: Aliases, settings: Callable[[], Settings]) -> None:
        self._domains = domains
        self._accounts = accounts
        self._aliases = aliases
        self._settings = settings
        self._known: Recent[Answer] = Recent(KNOWN)
        self._refused: Recent[Answer] = Recent(REFUSED)
        self._generation = 0

    def cached(self, address: Address) -> Answer | None:
        """Answer from memory, or None: a dict lookup or two."""
        domain = address.domain
        if domain and self._domains.get(domain) is None:
            return NOT_OURS
        key = address.key
        return self._known.get(key) or self._refused.get(key)

    async def resolve(self, address: Address) -> Answer:
        """Answer from memory or else from the database."""
        answer = self.cached(address)
        if answer is not None:
            return answer
        generation = self._generation
        answer = await self._follow(address)
        # What was read before a change was announced must not be remembered after it.
        if generation == self._generation:
            (self._refused if isinstance(answer, Refusal) else self._known).put(address.key, answer)
        return answer

    def clear(self) -> None:
        """Forget all answers: mail may go elsewhere now."""
        self._generation += 1
        self._known.clear()
        self._refused.clear()

    async def _follow(self, address: Address) -> Resolution | Refusal:
        """Follow an address level by level; an address of a circle stands in every level, so a circle ends as one level too many."""
        found = Found()
        level = {address.key: address}
        for _ in range(LEVELS + 1):
            here = list(self._local(level.values(), found))
            await self._look_up(here, found)
            level = {}
            for place, domain in here:
                for destination in await self._step(place, domain, found):
                    level[destination.key] = destination
            if not level:
                return found.answer()
            if len(level) > WIDEST:
                return TOO_WIDE
        return LOOP

    def _local(self, places: Iterable[Address], found: Found) -> Iterable[tuple[Address, Domain | None]]:
        """Give the addresses of ours in their domain's own name; the others are found."""
        for place in places:
            domain = self._domains.get(place.domain)
            if domain is None and place.domain:
                found.remote[place.key] = place
            elif domain is not None and not domain.active:
                found.refusals.append(INACTIVE_DOMAIN)
            else:
                yield (Address(place.local, domain.name) if domain else place), domain

    async def _look_up(self, here: list[tuple[Address, Domain | None]], found: Found) -> None:
        """Read the accounts and aliases that these addresses may mean, a few hundred at a time."""
        wanted = {key for place, domain in here if domain for key in _keys(place, domain)} - found.names.keys()
        ordered = sorted(wanted)
        for start in range(0, len(ordered), _KEYS_A_READ):
            keys = ordered[start : start + _KEYS_A_READ]
            accounts = await self._accounts.at(keys)
            rest = [key for key in keys if key not in accounts]
            aliases = await self._aliases.at(rest) if rest else {}
            found.names.update(dict.fromkeys(keys), **accounts, **aliases)

    async def _step(self, place: Address, domain: Domain | None, found: Found) -> tuple[Address, ...]:
        """Take one address of ours a step on: to an account, a refusal, or where its alias or catch-all leads."""
        target = next(filter(None, map(found.names.get, _keys(place, domain))), None) if domain else None
        if isinstance(target, Account):
            if target.active:
                found.accounts[target.id] = target
            else:
                found.refusals.append(INACTIVE_ACCOUNT)
            return ()
        if isinstance(target, Alias):
            if target.active:
                return target.destinations
            found.refusals.append(INACTIVE_ALIAS)
            return ()
        if domain and domain.catch_all:
            return (domain.catch_all,)
        if place.local.lower() == "postmaster":
            return await self._postmaster(place, found)
        found.refusals.append(UNKNOWN)
        return ()

    async def _postmaster(self, place: Address, found: Found) -> tuple[Address, ...]:
        """Find who stands in for a postmaster that the domain doesn't have (RFC 5321 section 4.5.1: it is never refused)."""
        settings = self._settings()
        if not place.domain and self._domains.get(settings.default_domain):
            return (Address(place.local, settings.default_domain),)
        if settings.postmaster and settings.postmaster.key != place.key:
            return (settings.postmaster,)
        account = await self._accounts.postmaster()
        if account:
            found.accounts[account.id] = account
        else:
            found.refusals.append(UNKNOWN)
        return ()


def without_plus(place: Address, domain: Domain) -> Address | None:
    """Cut the plus part off a local part (`alice+lists` is alice's), or None where there is none or the domain doesn't have it."""
    if not domain.plus_addressing:
        return None
    name, plus, _ = place.local.partition(domain.plus_character)
    return Address(name, place.domain) if plus and name else None


def _keys(place: Address, domain: Domain) -> tuple[str, ...]:
    cut = without_plus(place, domain)
    return (place.key, cut.key) if cut else (place.key,)
