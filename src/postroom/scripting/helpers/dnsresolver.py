"""DNSLibrary.DNSResolver: questions to the DNS, as scripts put them to blocklists."""

import re
from typing import Final

from postroom.languages.vbscript.utf16 import from_units
from postroom.scripting.helpers.component import Component, member
from postroom.scripting.helpers.desk import Desk

_NAME: Final = re.compile(r"[^\s\0]{1,253}")


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
