"""As whom an account may send: its own address, the aliases that lead to it, and their plus forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.directory.recent import Recent
from postroom.directory.resolve import LEVELS, without_plus
from postroom.formats.address import Address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postroom.directory.accounts import Account
    from postroom.directory.aliases import Aliases
    from postroom.directory.domains import Domains

KEPT: Final = 20_000
MOST_ADDRESSES: Final = 1000
_KEYS_A_READ: Final = 200


class Senders:
    """Answers which addresses belong to an account, from memory where it can."""

    def __init__(self, domains: Domains, aliases: Aliases) -> None:
        self._domains = domains
        self._aliases = aliases
        self._kept: Recent[frozenset[str]] = Recent(KEPT)
        self._generation = 0

    def cached_addresses_of(self, account: Account) -> frozenset[str] | None:
        """Return the keys of an account's addresses from memory, or None."""
        return self._kept.get(account.address.key)

    async def addresses_of(self, account: Account) -> frozenset[str]:
        """Return the keys of an account's addresses: its own, and the aliases that lead to it, straight or over others."""
        kept = self.cached_addresses_of(account)
        if kept is None:
            generation = self._generation
            kept = await self._read(account)
            if generation == self._generation:
                self._kept.put(account.address.key, kept)
        return kept

    def sends_as(self, account: Account, address: Address) -> bool | None:
        """Tell from memory whether an account may send as this address; None when that must be read."""
        own = account.address.key
        if address.key == own:
            return True
        kept = self._kept.get(own)
        return None if kept is None else self._among(address, kept)

    async def may_send_as(self, account: Account, address: Address) -> bool:
        """Tell whether an account may send as this address."""
        return self._among(address, await self.addresses_of(account))

    def clear(self) -> None:
        """Forget everything: aliases may lead elsewhere now."""
        self._generation += 1
        self._kept.clear()

    def _among(self, address: Address, keys: frozenset[str]) -> bool:
        domain = self._domains.get(address.domain)
        if domain is None:
            return False
        place = Address(address.local, domain.name)
        cut = without_plus(place, domain)
        return place.key in keys or (cut is not None and cut.key in keys)

    async def _read(self, account: Account) -> frozenset[str]:
        known = {account.address.key}
        level = known
        for _ in range(LEVELS):
            spelled = sorted(spelling for key in level for spelling in self._spellings(key))
            level = set()
            for start in range(0, len(spelled), _KEYS_A_READ):
                level |= await self._aliases.leading_to(spelled[start : start + _KEYS_A_READ])
            level -= known
            known |= level
            if not level or len(known) >= MOST_ADDRESSES:
                break
        return frozenset(known)

    def _spellings(self, key: str) -> Iterable[str]:
        """Give a key under every name of its domain, since an alias may lead to any of them."""
        local, _, name = key.rpartition("@")
        domain = self._domains.get(name)
        return [f"{local}@{other}" for other in (domain.name, *domain.aliases)] if domain else [key]
