"""The DNS as SPF's evaluator asks for it, by a Resolver."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from postroom.formats.spf import NoAnswer
from postroom.network.resolver import LookupFailed, NameNotFoundError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from postroom.network.resolver import Answer, Resolver

Value = TypeVar("Value")


class SPFNames:
    """Answers the evaluator: names that do not exist and names without such a record are the same to it (RFC 7208 section 4.4)."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    async def txt(self, name: str) -> Sequence[bytes]:
        """Look up texts."""
        return await _asked(self._resolver.txt(name))

    async def addresses(self, name: str, version: int) -> Sequence[str]:
        """Look up the addresses of a name, of IPv4 or IPv6."""
        return await _asked(self._resolver.a(name) if version == 4 else self._resolver.aaaa(name))

    async def mx(self, name: str) -> Sequence[str]:
        """Look up the hosts of the mail exchangers; a null MX is none."""
        return [host for _, host in await _asked(self._resolver.mx(name)) if host]

    async def ptr(self, ip: str) -> Sequence[str]:
        """Look up the names of an address."""
        return await _asked(self._resolver.ptr(ip))


async def _asked(question: Awaitable[Answer[Value]]) -> Sequence[Value]:
    try:
        return (await question).values
    except NameNotFoundError:
        return ()
    except LookupFailed as error:
        raise NoAnswer(str(error)) from error
