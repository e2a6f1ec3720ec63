"""What hMailServer takes for a valid address, domain or strong password: looser than RFC 5321, and what scripts rely on."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

LONGEST_ADDRESS: Final = 254
COMMON: Final = ("secret", "password", "info", "webmaster", "admin", "12345", "qwerty")

_LOCAL = re.compile(r'[^<>@\\"\s]++|"[^<>@\\"]++"')
_DOMAIN = re.compile(r"(?![-.])[^\s<>@,;:\"\\/?*|()\[\]-][^\s<>@,;:\"\\/?*|()\[\].]{0,63}(?:\.(?!-)[^\s<>@,;:\"\\/?*|()\[\].]{1,64})*+")


def is_address(text: str) -> bool:
    """Tell whether a text is an address: local part unquoted or quoted, a domain, 254 characters at most."""
    local, at, domain = text.rpartition("@")
    return bool(at) and len(text) <= LONGEST_ADDRESS and _LOCAL.fullmatch(local) is not None and is_domain(domain)


def is_domain(text: str) -> bool:
    """Tell whether a text is a domain: labels of up to 64 characters, two characters in all at least, or an IPv4 address in brackets."""
    if text.startswith("[") and text.endswith("]"):
        return is_ipv4(text[1:-1])
    return 2 <= len(text) <= LONGEST_ADDRESS and _DOMAIN.fullmatch(text) is not None


def is_ipv4(text: str) -> bool:
    """Tell whether a text is an IPv4 address."""
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return True


def is_ip(text: str) -> bool:
    """Tell whether a text is an IP address, of either kind; a zone belongs to one machine and is refused."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text


def is_strong(name: str, password: str) -> bool:
    """Tell whether a password is no part of the user's name, not too short and none of the usual ones."""
    lowered = password.lower()
    if lowered in name.lower() or len(password) <= 4 or lowered in COMMON:
        return False
    return len(password) > 6 or any(not character.isalpha() for character in password)
