"""hMailServer's patterns of addresses and domains (object-model-behaviour 8.6), which its programs rely on."""

from __future__ import annotations

import re
from typing import Final

from postroom.formats.address import Address, AddressError

LONGEST: Final = 254
_DOMAIN: Final = r"(?:\[\d{1,3}(?:\.\d{1,3}){3}\]|[^\s<>@\\\"/?*|.-][^\s<>@\\\"/?*|.]{0,63}(?:\.[^\s<>@\\\"/?*|.-][^\s<>@\\\"/?*|.]{0,63})*)"
_ADDRESS: Final = re.compile(rf'(?:[^\s<>@\\"/?*|]{{1,250}}|"[^"\r\n<>/?*|]{{1,250}}")@({_DOMAIN})')
_NAME: Final = re.compile(_DOMAIN)


def is_address(text: str) -> bool:
    """Tell whether a text is an address that can be a mailbox."""
    found = _ADDRESS.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or len(found.group(1)) < 2:
        return False
    try:
        Address.parse(text)
    except AddressError:
        return False
    return True


def is_domain(text: str) -> bool:
    """Tell whether a text is a domain's name: two characters at least, no dot needed."""
    return 2 <= len(text) <= LONGEST and _NAME.fullmatch(text) is not None
