"""Message flags: the system flags as bits of one int, keywords as strings beside it (RFC 3501 section 2.3.2, RFC 5788).

Storage keeps the bits as they are; `RECENT` is a session's own knowledge and is never stored. Keywords are compared without case
and keep the spelling in which they are known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SEEN: Final = 1
ANSWERED: Final = 2
FLAGGED: Final = 4
DELETED: Final = 8
DRAFT: Final = 16
RECENT: Final = 32
PERMANENT: Final = SEEN | ANSWERED | FLAGGED | DELETED | DRAFT
"""The bits that may be stored."""

MAX_KEYWORD: Final = 255
"""The longest keyword accepted, in characters."""

_NAMES: Final = (rb"\Seen", rb"\Answered", rb"\Flagged", rb"\Deleted", rb"\Draft", rb"\Recent")
_BITS: Final = {name.lower(): 1 << index for index, name in enumerate(_NAMES)}
TABLE: Final = tuple(b" ".join(name for index, name in enumerate(_NAMES) if bits >> index & 1) for bits in range(64))
r"""The system flags of each of the 64 combinations as IMAP writes them, such as `\Seen \Draft`."""

# Keywords with a registered or customary spelling (RFC 5788, RFC 3503, RFC 9051 section 2.3.2): one keyword whatever a client types.
_KNOWN: Final = {name.lower(): name for name in ("$Forwarded", "$MDNSent", "$Junk", "$NotJunk", "$Phishing", "$Important", "Junk", "NonJunk")}
_ATOM_SPECIALS: Final = frozenset('(){ %*"\\]')


class FlagError(ValueError):
    """A flag that IMAP doesn't know or doesn't allow here; its text may be told to the peer."""


@dataclass(frozen=True, slots=True)
class Flags:
    """System flags as bits and keywords in canonical spelling, as a STORE, APPEND or SEARCH names them."""

    bits: int = 0
    keywords: frozenset[str] = frozenset()


def canonical_keyword(name: str) -> str:
    """Give the keyword in its customary spelling when it has one; FlagError unless it is an atom of at most 255 characters."""
    if not 0 < len(name) <= MAX_KEYWORD or not name.isascii() or not name.isprintable() or not _ATOM_SPECIALS.isdisjoint(name):
        raise FlagError("A keyword is an atom of at most 255 characters")
    return _KNOWN.get(name.lower(), name)


def parse_flags(names: Iterable[bytes], allowed: int = PERMANENT) -> Flags:
    r"""Read the flags that these atoms name; FlagError for an unknown backslash flag or a bit not allowed (`\Recent` can't be set).

    Of two spellings of one keyword the first stays.
    """
    bits = 0
    keywords: dict[str, str] = {}
    for name in names:
        if name[:1] == b"\\":
            bits |= _system_bit(name, allowed)
        else:
            keyword = canonical_keyword(name.decode("ascii", "replace"))
            keywords.setdefault(keyword.lower(), keyword)
    return Flags(bits, frozenset(keywords.values()))


def _system_bit(name: bytes, allowed: int) -> int:
    bit = _BITS.get(name.lower(), 0)
    if not bit & allowed:
        raise FlagError("No such flag can be set")
    return bit


def render_flags(bits: int, keywords: Iterable[str] = ()) -> bytes:
    r"""Write the inside of an IMAP flag list, such as `\Seen $Forwarded`: no parentheses, keywords in the order given."""
    system = TABLE[bits & 63]
    if not keywords:
        return system
    words = " ".join(keywords).encode("ascii")
    return system + b" " + words if system and words else system or words
