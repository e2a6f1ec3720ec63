"""Questions to the system's name servers, as scripts put them: the process waits for the answer."""

from collections.abc import Sequence
from typing import Final

import dns.exception
import dns.resolver
import dns.reversename

PATIENCE: Final = 5.0
"""Seconds that an answer is waited for."""


def asked(name: str, kind: str) -> Sequence[str]:
    """Ask the system's name servers for records, as texts: an exchanger as "10 host", an address's names for PTR; none where there is no answer."""
    try:
        question = dns.reversename.from_address(name) if kind == "PTR" else name
        answer = dns.resolver.resolve(question, kind, lifetime=PATIENCE)
    except (dns.exception.DNSException, ValueError, UnicodeError, OSError):
        return ()
    if kind == "TXT":
        return ["".join(part.decode("utf-8", "replace") for part in record.strings) for record in answer]
    return [record.to_text().rstrip(".") for record in answer]
