"""DNSLibrary.DNSResolver: questions to the DNS, as scripts put them to blocklists."""

import re
from collections.abc import Sequence
from typing import Final

import dns.exception
import dns.resolver
import dns.reversename

from postroom.languages.vbscript.utf16 import from_units
from postroom.scripting.helpers.component import Component, member
from postroom.scripting.helpers.desk import Desk

PATIENCE: Final = 5.0
"""Seconds that an answer is waited for."""
_NAME: Final = re.compile(r"[^\s\0]{1,253}")


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


class DNSResolver(Component):
    """Records of a name, one a line (CR LF); "" where there are none, or no answer came."""

    __slots__ = ("_desk",)

    type_name = "DNSResolver"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _records(self, name: str, kind: str) -> str:
        asked = from_units(name).strip()
        return "\r\n".join(self._desk.records(asked, kind)) if _NAME.fullmatch(asked) else ""

    @member()
    def dns_lookup(self, name: str) -> str:
        """The name's IPv4 addresses."""
        return self._records(name, "A")

    @member()
    def a(self, name: str) -> str:
        """The name's IPv4 addresses."""
        return self._records(name, "A")

    @member()
    def aaaa(self, name: str) -> str:
        """The name's IPv6 addresses."""
        return self._records(name, "AAAA")

    @member()
    def txt(self, name: str) -> str:
        """The name's texts."""
        return self._records(name, "TXT")

    @member()
    def mx(self, name: str) -> str:
        """The domain's mail exchangers."""
        return self._records(name, "MX")

    @member()
    def ptr(self, address: str) -> str:
        """The names of an address."""
        return self._records(address, "PTR")
