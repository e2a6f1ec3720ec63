"""Cache: the caches that hMailServer's administrators know. This server's follow every change, so they need no times and no sizes (8.16)."""

from __future__ import annotations

from typing import Final

from postroom.model.applied import applied
from postroom.model.audit import audit
from postroom.model.description import Member, Right, getter, method
from postroom.model.kinds import Boolean, Integer
from postroom.model.object import Object

FOLLOWS: Final = "caches follow every change here: stored for programs that set it"


def kept(kind: object, dispid: int, name: str) -> Member:
    """Declare a property of the caches."""
    declared: Member = applied(kind, dispid, f"cache.{name}", pending=FOLLOWS)
    return declared


class Cache(Object, iid="AE45B7CD-C050-4B14-A983-30D53059D24F", clsid="B16F527C-116F-4F6B-B669-9A00326E255B"):
    """What is kept of domains, accounts, aliases and lists; hit rates and sizes are not counted and read 0."""

    __slots__ = ()

    Enabled = kept(Boolean, 1, "enabled")
    DomainCacheTTL = kept(Integer, 2, "domain_cache_ttl")
    AccountCacheTTL = kept(Integer, 4, "account_cache_ttl")
    AliasCacheTTL = kept(Integer, 9, "alias_cache_ttl")
    DistributionListCacheTTL = kept(Integer, 11, "distribution_list_cache_ttl")
    DomainCacheMaxSizeKb = kept(Integer, 13, "domain_cache_max_size_kb")
    AccountCacheMaxSizeKb = kept(Integer, 15, "account_cache_max_size_kb")
    AliasCacheMaxSizeKb = kept(Integer, 17, "alias_cache_max_size_kb")
    DistributionListCacheMaxSizeKb = kept(Integer, 19, "distribution_list_cache_max_size_kb")

    @getter(3, "The percentage of domains found in the cache; not counted, so 0.", Right.SERVER)
    def DomainHitRate(self) -> Integer:
        return 0

    @getter(5, "The percentage of accounts found in the cache; not counted, so 0.", Right.SERVER)
    def AccountHitRate(self) -> Integer:
        return 0

    @getter(10, "The percentage of aliases found in the cache; not counted, so 0.", Right.SERVER)
    def AliasHitRate(self) -> Integer:
        return 0

    @getter(12, "The percentage of lists found in the cache; not counted, so 0.", Right.SERVER)
    def DistributionListHitRate(self) -> Integer:
        return 0

    @getter(14, "The kilobytes that domains take; not counted, so 0.")
    def DomainCacheSizeKb(self) -> Integer:
        return 0

    @getter(16, "The kilobytes that accounts take; not counted, so 0.")
    def AccountCacheSizeKb(self) -> Integer:
        return 0

    @getter(18, "The kilobytes that aliases take; not counted, so 0.")
    def AliasCacheSizeKb(self) -> Integer:
        return 0

    @getter(20, "The kilobytes that lists take; not counted, so 0.")
    def DistributionListCacheSizeKb(self) -> Integer:
        return 0

    @method(8, "Forgets what every worker keeps of addresses and logins; it is read again when it is asked for.", Right.SERVER)
    async def Clear(self) -> None:
        await self.house.everywhere("clear-caches")
        audit(self, "cleared", {})
