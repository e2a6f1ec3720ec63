"""SPF records taken apart (RFC 7208 sections 4.5, 4.6 and 12). Every error of syntax is found before anything is evaluated."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Self

from postroom.errors import PostroomError

VERSION = "v=spf1"
MOST_OCTETS = 16_384
"""A longer record is refused: no domain needs one, and every octet is gone through."""

LONGEST_SPEC = 1000
"""Characters of a name with macros in it."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_MACRO = r"%\{[slodiphvcrt][0-9]*r?[-.+,/_=]*\}|%%|%_|%-"
_MACRO_STRING = re.compile(rf"(?:{_MACRO}|[!-$&-~])*", re.IGNORECASE)
_ONLY_EXPLAINS = re.compile(r"%\{[crt]", re.IGNORECASE)
_TOP_LABEL = r"(?:[a-z0-9]*[a-z][a-z0-9]*|[a-z0-9]+-[a-z0-9-]*[a-z0-9])"
_DOMAIN_END = re.compile(rf"(?:\.{_TOP_LABEL}\.?|%\{{[^}}]*\}}|%[%_-])\Z", re.IGNORECASE)
_CIDR = re.compile(r"(?:/(0|[1-9][0-9]?))?(?://(0|[1-9][0-9]{0,2}))?\Z")
_MODIFIER = re.compile(r"([a-z][a-z0-9_.-]*)=(.*)", re.IGNORECASE)
_DIRECTIVE = re.compile(r"([-+~?]?)([a-z][a-z0-9_.-]*)(.*)", re.IGNORECASE)

WITH_DOMAIN = frozenset({"include", "exists"})
MAY_HAVE_DOMAIN = frozenset({"a", "mx", "ptr"})


class SPFError(PostroomError):
    """The record can't be used (a permanent error); the sentence says which part is wrong."""


@dataclass(frozen=True, slots=True)
class Directive:
    """One mechanism with its qualifier: `domain` may hold macros, "" is the current domain; `network` belongs to ip4 and ip6."""

    qualifier: str
    mechanism: str
    domain: str = ""
    bits4: int = 32
    bits6: int = 128
    network: Network | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """An SPF record; `redirect` and `explanation` (exp=) are domain-specs or ""."""

    directives: tuple[Directive, ...]
    redirect: str = ""
    explanation: str = ""

    @classmethod
    def parse(cls, text: bytes) -> Self:
        """Read a record that `is_spf` has found to be one; raises SPFError."""
        if not text.isascii() or len(text) > MOST_OCTETS:
            raise SPFError("The record holds octets beyond ASCII, or is far too long.")
        directives: list[Directive] = []
        modifiers: dict[str, str] = {}
        for term in filter(None, text.decode("ascii")[len(VERSION) :].split(" ")):
            modifier = _MODIFIER.fullmatch(term)
            if modifier is None:
                directives.append(_directive(term))
                continue
            name = modifier[1].lower()
            if name in {"redirect", "exp"}:
                if name in modifiers:
                    raise SPFError(f"{name}= comes twice.")
                modifiers[name] = _domain_spec(modifier[2], term)
            elif not _MACRO_STRING.fullmatch(modifier[2]):
                raise SPFError(f"{term[:60]!r} is no modifier.")
        return cls(tuple(directives), modifiers.get("redirect", ""), modifiers.get("exp", ""))


def is_spf(text: bytes) -> bool:
    """Tell whether a TXT record is an SPF record at all (section 4.5)."""
    return text[:6].lower() == b"v=spf1" and text[6:7] in {b"", b" "}


def _directive(term: str) -> Directive:
    found = _DIRECTIVE.fullmatch(term)
    if found is None:
        raise SPFError(f"{term[:60]!r} is no mechanism.")
    qualifier, mechanism, rest = found[1] or "+", found[2].lower(), found[3]
    if mechanism == "all" and not rest:
        return Directive(qualifier, "all", text=term)
    if mechanism in {"ip4", "ip6"}:
        return Directive(qualifier, mechanism, network=_network(mechanism, rest, term), text=term)
    if mechanism in WITH_DOMAIN and rest.startswith(":"):
        return Directive(qualifier, mechanism, _domain_spec(rest[1:], term), text=term)
    if mechanism == "ptr" and rest[:1] in {"", ":"}:
        return Directive(qualifier, mechanism, _domain_spec(rest[1:], term) if rest else "", text=term)
    if mechanism in {"a", "mx"} and rest[:1] in {"", ":", "/"}:
        return _with_cidr(qualifier, mechanism, rest, term)
    raise SPFError(f"{term[:60]!r} is no mechanism.")


def _with_cidr(qualifier: str, mechanism: str, rest: str, term: str) -> Directive:
    cidr = _CIDR.search(rest)
    spec = rest[: cidr.start()] if cidr else rest
    bits4, bits6 = (int(cidr[1] or 32), int(cidr[2] or 128)) if cidr else (32, 128)
    if bits4 > 32 or bits6 > 128:
        raise SPFError(f"{term[:60]!r} has a network that is longer than an address.")
    return Directive(qualifier, mechanism, _domain_spec(spec[1:], term) if spec else "", bits4, bits6, text=term)


def _network(mechanism: str, rest: str, term: str) -> Network:
    address, slash, bits = rest[1:].partition("/")
    kind = ipaddress.IPv4Network if mechanism == "ip4" else ipaddress.IPv6Network
    try:
        if not rest.startswith(":") or "%" in address or (slash and not re.fullmatch("0|[1-9][0-9]{0,2}", bits)):
            raise ValueError
        return kind(f"{address}/{bits}" if slash else address, strict=False)
    except ValueError:
        raise SPFError(f"{term[:60]!r} has no address or network of its kind.") from None


def _domain_spec(text: str, term: str) -> str:
    if len(text) > LONGEST_SPEC or not _MACRO_STRING.fullmatch(text) or not _DOMAIN_END.search(text) or _ONLY_EXPLAINS.search(text):
        raise SPFError(f"{term[:60]!r} names no domain.")
    return text
