"""Questions to name servers, as scripts put them: the process waits for the answer."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import dns.exception
import dns.nameserver
import dns.resolver
import dns.reversename

PATIENCE: Final = 5.0
"""Seconds that an answer is waited for."""


@cache
def _resolver(servers: tuple[tuple[str, int], ...]) -> dns.resolver.Resolver:
    resolver = dns.resolver.Resolver(configure=not servers)
    if servers:
        resolver.nameservers = [dns.nameserver.Do53Nameserver(*server) for server in servers]
    return resolver


def asked(name: str, kind: str, servers: Sequence[tuple[str, int]] = ()) -> Sequence[str]:
    """Ask name servers (address and port), the system's if none are given, for records as texts; none where there is no answer.

    An exchanger is "10 host"; for PTR the name is an address.
    """
    try:
        question = dns.reversename.from_address(name) if kind == "PTR" else name
        answer = _resolver(tuple(servers)).resolve(question, kind, lifetime=PATIENCE)
    except (dns.exception.DNSException, ValueError, UnicodeError, OSError):
        return ()
    if kind == "TXT":
        return ["".join(part.decode("utf-8", "replace") for part in record.strings) for record in answer]
    return [record.to_text().rstrip(".") for record in answer]
