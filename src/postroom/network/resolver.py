"""Names in the DNS: a small asynchronous interface for those who ask, and its work by dnspython with configured servers."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import dns.asyncresolver
import dns.exception
import dns.flags
import dns.name
import dns.nameserver
import dns.rdatatype
import dns.resolver
import dns.reversename

from postroom.errors import ConfigurationError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterable


ValueT = TypeVar("ValueT")
CACHED = 10_000  # answers kept, the least used go first; each until its TTL ends, and negative ones as RFC 2308 says


class NameNotFoundError(LookupError):
    """The name does not exist at all (NXDOMAIN): a lasting answer, told from an empty one because mail treats them apart."""


class LookupFailed(Unavailable):
    """No server gave an answer (time-out, SERVFAIL, malformed): try again later."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[ValueT]):
    """Records of one name: empty when the name has none of the kind; `ttl` in seconds; `secure` when the server vouches by DNSSEC (AD)."""

    values: tuple[ValueT, ...]
    ttl: int = 0
    secure: bool = False


class Resolver(Protocol):
    """Who answers questions about names. All methods raise NameNotFoundError and LookupFailed; names are A-labels."""

    async def mx(self, domain: str) -> Answer[tuple[int, str]]:
        """Look up the mail exchangers as (preference, host), the best first; a host of "" is a null MX (RFC 7505)."""

    async def a(self, host: str) -> Answer[str]:
        """Look up IPv4 addresses."""

    async def aaaa(self, host: str) -> Answer[str]:
        """Look up IPv6 addresses."""

    async def txt(self, name: str) -> Answer[bytes]:
        """Look up texts, the strings of each record joined (RFC 7208 section 3.3)."""

    async def ptr(self, ip: str) -> Answer[str]:
        """Look up the names of an address."""


class Records(Resolver, Protocol):
    """A Resolver that also looks up any kind of record as text, for who compares what is published with what should be."""

    async def records(self, name: str, kind: str) -> Answer[str]:
        """Look up records as their zone file has them: names lower-case without the last dot, a TXT's strings joined and bare, TLSA's hex lower."""


class NameServers:
    """The Resolver (and Records) that asks name servers: those given as "192.0.2.1", "192.0.2.1:5353" or "[2001:db8::1]:53", else the system's.

    `seconds` bounds one question with all its tries. ConfigurationError for a server that is no address.
    """

    def __init__(self, servers: Iterable[str] = (), *, seconds: float = 10.0) -> None:
        addresses = [server_address(server) for server in servers]
        try:
            self._resolver = dns.asyncresolver.Resolver(configure=not addresses)
        except dns.resolver.NoResolverConfiguration:  # the system names none: questions fail, everything else works
            self._resolver = dns.asyncresolver.Resolver(configure=False)
        if addresses:
            self._resolver.nameservers = [dns.nameserver.Do53Nameserver(address, port) for address, port in addresses]
        self._resolver.cache = dns.resolver.LRUCache(CACHED)
        self._resolver.lifetime = seconds
        self._resolver.flags = dns.flags.RD | dns.flags.AD  # RFC 6840 section 5.7: ask to be told of DNSSEC's verdict
        self._resolver.use_edns(0, 0, 1232)  # the size that crosses networks whole

    async def mx(self, domain: str) -> Answer[tuple[int, str]]:
        """Look up the mail exchangers, the best first."""
        answer = await self._ask(domain, "MX")
        exchangers = sorted((record.preference, _host(record.exchange)) for record in answer.values)
        return Answer(tuple(exchangers), answer.ttl, answer.secure)

    async def a(self, host: str) -> Answer[str]:
        """Look up IPv4 addresses."""
        answer = await self._ask(host, "A")
        return Answer(tuple(record.address for record in answer.values), answer.ttl, answer.secure)

    async def aaaa(self, host: str) -> Answer[str]:
        """Look up IPv6 addresses."""
        answer = await self._ask(host, "AAAA")
        return Answer(tuple(record.address for record in answer.values), answer.ttl, answer.secure)

    async def txt(self, name: str) -> Answer[bytes]:
        """Look up texts."""
        answer = await self._ask(name, "TXT")
        return Answer(tuple(b"".join(record.strings) for record in answer.values), answer.ttl, answer.secure)

    async def ptr(self, ip: str) -> Answer[str]:
        """Look up the names of an address; ValueError when it is none."""
        answer = await self._ask(dns.reversename.from_address(ip), "PTR")
        return Answer(tuple(_host(record.target) for record in answer.values), answer.ttl, answer.secure)

    async def records(self, name: str, kind: str) -> Answer[str]:
        """Look up records of any kind as text."""
        answer = await self._ask(name, kind)
        return Answer(tuple(_text(record) for record in answer.values), answer.ttl, answer.secure)

    async def _ask(self, name: str | dns.name.Name, kind: str) -> Answer[Any]:
        try:
            absolute = dns.name.from_text(name) if isinstance(name, str) else name
            found = await self._resolver.resolve(absolute, kind, raise_on_no_answer=False)
        except dns.resolver.NXDOMAIN as error:
            raise NameNotFoundError(str(name)) from error
        except (dns.name.LabelTooLong, dns.name.NameTooLong, dns.name.EmptyLabel, dns.name.IDNAException) as error:
            raise NameNotFoundError(str(name)) from error  # no such name can exist
        except (dns.exception.DNSException, OSError) as error:
            raise LookupFailed(f"The DNS gives no answer for {name} {kind}: {error}") from error
        ttl = found.rrset.ttl if found.rrset is not None else 0
        return Answer(tuple(found.rrset or ()), ttl, bool(found.response.flags & dns.flags.AD))


def server_address(text: str) -> tuple[str, int]:
    """Read a name server's address with its port, 53 if none is said; ConfigurationError when it is not one."""
    host, port = text, "53"
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":") or "53"
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    try:
        return str(ipaddress.ip_address(host)), int(port)
    except ValueError as error:
        raise ConfigurationError(f'The DNS server "{text}" is not an address: write 192.0.2.1 or 192.0.2.1:53 or [2001:db8::1]:53.') from error


def _text(record: Any) -> str:
    if record.rdtype == dns.rdatatype.TXT:
        return b"".join(record.strings).decode("utf-8", "backslashreplace")
    return " ".join(word.removesuffix(".") or "." for word in str(record.to_text()).lower().split(" "))


def _host(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower().removesuffix(".")
