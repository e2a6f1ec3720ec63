"""Where mail to an address goes: accounts here, addresses elsewhere, a refusal with its reply, or that the address is not ours.

The order for an address of ours: account, alias or distribution list with the whole local part, the same without its plus part, a route
that names the domain, the domain's catch-all, for a postmaster the server's (RFC 5321 section 4.5.1). Aliases are followed 25 levels, as
hMailServer does; more is a loop.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.directory.accounts import Account
from postroom.directory.aliases import Alias
from postroom.directory.lists import Expansion, Gate, Sender, own_key
from postroom.directory.recent import Recent
from postroom.formats.address import Address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from postroom.directory.accounts import Accounts
    from postroom.directory.aliases import Aliases
    from postroom.directory.domains import Domain, Domains
    from postroom.directory.lists import Lists
    from postroom.directory.routes import Routes
    from postroom.directory.settings import Settings

LEVELS: Final = 25
WIDEST: Final = 10_000
"""Addresses at one level of aliases: an alias of aliases of aliases could name the whole world."""

KNOWN: Final = 40_000
REFUSED: Final = 4_000
"""Answers kept by a worker. Refusals have a place of their own, so that guessing names doesn't drive out those in use."""

_KEYS_A_READ: Final = 200


class Way(NamedTuple):
    """Accounts and addresses that are reached over distribution lists which ask something of the sender: all these gates must let it pass."""

    gates: tuple[Gate, ...]
    accounts: tuple[Account, ...]
    remote: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Mail goes to these accounts (each gets one copy) and on to these addresses elsewhere.

    `gated` is kept by the resolver only: what it answers has judged the sender already.
    """

    accounts: tuple[Account, ...]
    remote: tuple[Address, ...] = ()
    gated: tuple[Way, ...] = ()


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
INACTIVE_DOMAIN: Final = Refusal(550, "5.1.2", "Domain has been disabled.")
INACTIVE_ACCOUNT: Final = Refusal(550, "5.2.1", "Account is not active.")
INACTIVE_ALIAS: Final = Refusal(550, "5.2.1", "Alias is not active.")
LOOP: Final = Refusal(550, "5.4.6", "Mail server configuration error. Too many recursive forwards.")
TOO_WIDE: Final = Refusal(550, "5.3.5", "The alias leads to too many addresses.")
INACTIVE_LIST: Final = Refusal(550, "5.2.1", "Distribution list is not active.")
EMPTY_LIST: Final = Refusal(550, "5.2.4", "The distribution list has no recipients.")
NOT_ROUTED: Final = Refusal(550, "5.1.1", "Recipient not in route list.")

ANYBODY: Final = Sender()
"""A sender that nothing is known of."""


class Step(NamedTuple):
    """An address on its way, its domain if it is ours, and the gates of the lists that led to it."""

    place: Address
    domain: Domain | None
    gates: tuple[Gate, ...]


@dataclass(slots=True)
class Reached:
    """What was reached through the same gates: accounts by id, addresses elsewhere by key."""

    accounts: dict[int, Account] = field(default_factory=dict)
    remote: dict[str, Address] = field(default_factory=dict)


@dataclass(slots=True)
class Found:
    """What following an address has found so far."""

    reached: dict[tuple[Gate, ...], Reached] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    names: dict[str, Account | Alias | Expansion | None] = field(default_factory=dict)
    expanded: set[tuple[str, tuple[Gate, ...]]] = field(default_factory=set)

    def through(self, gates: tuple[Gate, ...]) -> Reached:
        """Give what was reached through these gates."""
        return self.reached.setdefault(gates, Reached())

    def answer(self) -> Resolution | Refusal:
        """Give the answer: a dead end among an alias's destinations doesn't keep the mail from the others."""
        ways = [Way(gates, tuple(one.accounts.values()), tuple(one.remote.values())) for gates, one in self.reached.items()]
        if not any(way.accounts or way.remote for way in ways):
            return self.refusals[0] if self.refusals else UNKNOWN
        free = next((way for way in ways if not way.gates), Way((), (), ()))
        return Resolution(free.accounts, free.remote, tuple(way for way in ways if way.gates))


class Resolver:
    """Answers where mail to an address goes, from memory where it can."""

    def __init__(
        self, domains: Domains, accounts: Accounts, aliases: Aliases, lists: Lists, routes: Routes, settings: Callable[[], Settings]
    ) -> None:
        self._domains = domains
        self._accounts = accounts
        self._aliases = aliases
        self._lists = lists
        self._routes = routes
        self._settings = settings
        self._known: Recent[Answer] = Recent(KNOWN)
        self._refused: Recent[Answer] = Recent(REFUSED)
        self._generation = 0

    def cached(self, address: Address, sender: Address | None = None, *, authenticated: bool = False) -> Answer | None:
        """Answer from memory, or None: a dict lookup or two. Who sends counts for distribution lists."""
        domain = address.domain
        if domain and self._domains.get(domain) is None:
            return self._elsewhere(address)
        key = address.key
        answer = self._known.get(key) or self._refused.get(key)
        return self._admitted(answer, sender, authenticated) if isinstance(answer, Resolution) and answer.gated else answer

    async def resolve(self, address: Address, sender: Address | None = None, *, authenticated: bool = False) -> Answer:
        """Answer from memory or else from the database."""
        answer = self.cached(address, sender, authenticated=authenticated)
        if answer is not None:
            return answer
        generation = self._generation
        answer = await self._follow(address)
        # What was read before a change was announced must not be remembered after it.
        if generation == self._generation:
            (self._refused if isinstance(answer, Refusal) else self._known).put(address.key, answer)
        return self._admitted(answer, sender, authenticated) if isinstance(answer, Resolution) and answer.gated else answer

    def clear(self) -> None:
        """Forget all answers: mail may go elsewhere now."""
        self._generation += 1
        self._known.clear()
        self._refused.clear()

    def _elsewhere(self, address: Address) -> Answer:
        """Answer for a domain that is not ours: a route may say which addresses there are, and let strangers send to them."""
        route = self._routes.own(address.domain)
        if route is None:
            return NOT_OURS
        if not self._routes.takes(route, address.key):
            return NOT_ROUTED
        return Resolution((), (address,)) if route.recipients_local else NOT_OURS

    def _admitted(self, answer: Resolution, sender: Address | None, authenticated: bool) -> Resolution | Refusal:
        """Give those whom this sender reaches: members of a list that refuses it don't get the mail, unless they are reached otherwise."""
        who = Sender(own_key(self._domains, sender) if sender else "", authenticated)
        accounts = {account.id: account for account in answer.accounts}
        remote = {place.key: place for place in answer.remote}
        refused = ""
        for way in answer.gated:
            text = next(filter(None, (gate.refusal(who) for gate in way.gates)), "")
            if text:
                refused = refused or text
            else:
                accounts.update((account.id, account) for account in way.accounts)
                remote.update((place.key, place) for place in way.remote)
        if accounts or remote:
            return Resolution(tuple(accounts.values()), tuple(remote.values()))
        return Refusal(550, "5.7.1", refused)

    async def _follow(self, address: Address) -> Resolution | Refusal:
        """Follow an address level by level; an address of a circle stands in every level, so a circle ends as one level too many."""
        found = Found()
        level: dict[tuple[str, tuple[Gate, ...]], tuple[Address, tuple[Gate, ...]]] = {(address.key, ()): (address, ())}
        for _ in range(LEVELS + 1):
            here = list(self._local(level.values(), found))
            await self._look_up(here, found)
            level = {}
            for step in here:
                gates, destinations = await self._step(step, found)
                level |= {(place.key, gates): (place, gates) for place in destinations}
            if not level:
                return found.answer()
            if len(level) > WIDEST:
                return TOO_WIDE
        return LOOP

    def _local(self, places: Iterable[tuple[Address, tuple[Gate, ...]]], found: Found) -> Iterable[Step]:
        """Give the addresses of ours in their domain's own name; the others are found."""
        for place, gates in places:
            domain = self._domains.get(place.domain)
            if domain is None and place.domain:
                found.through(gates).remote[place.key] = place
            elif domain is not None and not domain.active:
                found.refusals.append(INACTIVE_DOMAIN)
            else:
                yield Step(Address(place.local, domain.name) if domain else place, domain, gates)

    async def _look_up(self, here: list[Step], found: Found) -> None:
        """Read the accounts, aliases and lists that these addresses may mean, a few hundred at a time."""
        wanted = {key for place, domain, _ in here if domain for key in _keys(place, domain)} - found.names.keys()
        ordered = sorted(wanted)
        for start in range(0, len(ordered), _KEYS_A_READ):
            keys = ordered[start : start + _KEYS_A_READ]
            found.names.update(dict.fromkeys(keys))
            for kind in (self._accounts, self._aliases, self._lists):
                rest = [key for key in keys if found.names[key] is None]
                if rest:
                    found.names.update(await kind.at(rest))

    async def _step(self, step: Step, found: Found) -> tuple[tuple[Gate, ...], tuple[Address, ...]]:
        """Take one address of ours a step on: to an account, a refusal, or where its alias, list or catch-all leads; returns the gates, too."""
        place, domain, gates = step
        target = next(filter(None, map(found.names.get, _keys(place, domain))), None) if domain else None
        if isinstance(target, Account):
            if target.active:
                found.through(gates).accounts[target.id] = target
            else:
                found.refusals.append(INACTIVE_ACCOUNT)
            return gates, ()
        if isinstance(target, Alias):
            if target.active:
                return gates, target.destinations
            found.refusals.append(INACTIVE_ALIAS)
            return gates, ()
        if isinstance(target, Expansion):
            return _expanded(target, gates, found)
        route = self._routes.of_domain(domain) if domain else None
        if route is not None and self._routes.takes(route, place.key):
            found.through(gates).remote[place.key] = place
            return gates, ()
        if domain and domain.catch_all:
            return gates, (domain.catch_all,)
        if place.local.lower() == "postmaster":
            return gates, await self._postmaster(place, found, gates)
        found.refusals.append(UNKNOWN if route is None else NOT_ROUTED)
        return gates, ()

    async def _postmaster(self, place: Address, found: Found, gates: tuple[Gate, ...]) -> tuple[Address, ...]:
        """Find who stands in for a postmaster that the domain doesn't have (RFC 5321 section 4.5.1: it is never refused)."""
        settings = self._settings()
        if not place.domain and self._domains.get(settings.default_domain):
            return (Address(place.local, settings.default_domain),)
        if settings.postmaster and settings.postmaster.key != place.key:
            return (settings.postmaster,)
        account = await self._accounts.postmaster()
        if account:
            found.through(gates).accounts[account.id] = account
        else:
            found.refusals.append(UNKNOWN)
        return ()


def _expanded(target: Expansion, gates: tuple[Gate, ...], found: Found) -> tuple[tuple[Gate, ...], tuple[Address, ...]]:
    """Take a list apart, once for the gates that led to it: lists may contain each other."""
    if not target.list.active:
        found.refusals.append(INACTIVE_LIST)
        return gates, ()
    if target.gate is not None and target.gate not in gates:
        gates = (*gates, target.gate)
    if not target.recipients:
        found.refusals.append(EMPTY_LIST)
    if (target.list.key, gates) in found.expanded:
        return gates, ()
    found.expanded.add((target.list.key, gates))
    return gates, target.recipients


def without_plus(place: Address, domain: Domain) -> Address | None:
    """Cut the plus part off a local part (`alice+lists` is alice's), or None where there is none or the domain doesn't have it."""
    if not domain.plus_addressing:
        return None
    name, plus, _ = place.local.partition(domain.plus_character)
    return Address(name, place.domain) if plus and name else None


def _keys(place: Address, domain: Domain) -> tuple[str, ...]:
    cut = without_plus(place, domain)
    return (place.key, cut.key) if cut else (place.key,)
