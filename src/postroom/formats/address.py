"""Mail addresses as the envelope speaks them: RFC 5321 section 4.1.2, with the UTF-8 local parts and U-labels of RFC 6531.

A domain has one spelling here, its lower-case A-label, so that two ways of writing it can't become two domains.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from typing import Self

import idna

from postroom.errors import PostroomError

LOCAL_OCTETS = 64  # RFC 5321 section 4.5.3.1.1
LONGEST_LOCAL_OCTETS = 256  # of a sender elsewhere: bounce addresses that encode others (BATV, VERP, SRS) exceed the 64
DOMAIN_OCTETS = 255  # RFC 5321 section 4.5.3.1.2
ADDRESS_CHARACTERS = 2 * LOCAL_OCTETS + 1 + DOMAIN_OCTETS  # a quoted local part may be written twice as long as it is

_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"  # underscores: not hosts by RFC 1123, but they do arrive
_PLAIN = re.compile(rf"({_ATEXT}++(?:\.{_ATEXT}++)*+)@({_LABEL}(?:\.{_LABEL})*)", re.ASCII)
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_DOT_STRING = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a0-\U0010ffff-]++(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a0-\U0010ffff-]++)*+")
_DOTTED = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_QUOTED_STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_QUOTED_PAIR = re.compile(r"\\(.)")
_NEVER = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # controls and line ends: they would inject lines into protocols
_DOTS = re.compile(r"[.\u3002\uff0e\uff61]")  # the full stops that UTS 46 takes for a dot


class AddressError(PostroomError):
    """The text is no address; the sentence may be shown to the peer, it repeats none of the text."""


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox: `local` without quotes and as it was written, `domain` in lower-case A-labels or a literal `[127.0.0.1]`.

    Made by `parse`, or directly from values that are canonical already; an empty domain stands for RFC 5321's bare `<postmaster>`.
    """

    local: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one address without angle brackets; raises AddressError. Local part up to 64 octets, domain up to 255."""
        plain = _PLAIN.fullmatch(text) if len(text) <= ADDRESS_CHARACTERS else None
        if plain is None:
            return cls(*_split(text))
        local, domain = plain.groups()
        if len(local) > LOCAL_OCTETS:
            raise AddressError("The local part is longer than 64 octets.")
        if len(domain) > DOMAIN_OCTETS:
            raise AddressError("The domain is longer than 255 octets.")
        return cls(local, domain.lower())

    @classmethod
    def read(cls, text: str) -> Self:
        """Read an address of somebody else as it really arrives: local part up to 256 octets, dots anywhere. Raises AddressError."""
        try:
            return cls.parse(text)
        except AddressError:
            local, at, domain = text.rpartition("@")
            if not at or len(local) > LONGEST_LOCAL_OCTETS or not _DOTTED.fullmatch(local):
                raise
            return cls(local, canonical_domain(domain))

    @property
    def key(self) -> str:
        """The form in which addresses are compared and stored: local part without case (NFC), domain as it is."""
        return f"{fold_local(self.local)}@{self.domain}"

    @property
    def ascii(self) -> bool:
        """Whether the address can be sent without SMTPUTF8."""
        return self.local.isascii()

    def __str__(self) -> str:
        local = quote_local(self.local)
        return f"{local}@{self.domain}" if self.domain else local


def fold_local(local: str) -> str:
    """Give a local part as it is compared: without case, in Unicode's canonical composition."""
    if local.isascii():
        return local.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", local).casefold())


def quote_local(local: str) -> str:
    """Give a local part as SMTP writes it: bare when it is a Dot-string, else a Quoted-string (RFC 5321 section 4.1.2)."""
    if _DOT_STRING.fullmatch(local):
        return local
    return '"' + local.replace("\\", "\\\\").replace('"', '\\"') + '"'


def canonical_domain(text: str) -> str:
    """Give the one spelling of a domain or an address literal; raises AddressError.

    ASCII labels are only made lower-case (underscores and labels that IDNA 2008 refuses are somebody's domain); others are mapped by UTS 46
    and become A-labels (RFC 5891).
    """
    if text.startswith("["):
        return _literal(text)
    if len(text) > DOMAIN_OCTETS:  # before idna sees it: its work grows with the square of the length
        raise AddressError("The domain is longer than 255 octets.")
    domain = text.lower() if text.isascii() else ".".join(map(_a_label, _DOTS.split(text)))
    if not _DOMAIN.fullmatch(domain) or len(domain) > DOMAIN_OCTETS:
        raise AddressError("The domain is not valid.")
    return domain


def unicode_domain(domain: str) -> str:
    """Give a canonical domain as people read it, with U-labels where they exist; labels that don't decode stay as they are."""
    return ".".join(map(_u_label, domain.split("."))) if "xn--" in domain else domain


def _split(text: str) -> tuple[str, str]:
    if len(text) > ADDRESS_CHARACTERS:
        raise AddressError("The address is too long.")
    if _NEVER.search(text):
        raise AddressError("The address contains a control character.")
    quoted = _QUOTED_STRING.match(text)
    if quoted:
        local, rest = _QUOTED_PAIR.sub(r"\1", quoted[1]), text[quoted.end() :]
        at, domain = rest[:1], rest[1:]
    else:
        local, at, domain = text.rpartition("@")
        if not _DOT_STRING.fullmatch(local):
            raise AddressError("The local part is not valid.")
    if at != "@":
        raise AddressError("The address has no domain.")
    if len(quote_local(local).encode()) > LOCAL_OCTETS:
        raise AddressError("The local part is longer than 64 octets.")
    return local, canonical_domain(domain)


def _literal(text: str) -> str:
    """Read an address literal (RFC 5321 section 4.1.3); tags other than IPv6 are not assigned."""
    inner = text[1:-1]
    try:
        if not text.endswith("]") or "%" in inner:  # a zone belongs to one machine
            raise ValueError
        if inner[:5].lower() == "ipv6:":
            return f"[IPv6:{ipaddress.IPv6Address(inner[5:])}]"
        return f"[{ipaddress.IPv4Address(inner)}]"
    except ValueError:
        raise AddressError("The address literal is not valid.") from None


def _a_label(label: str) -> str:
    if label.isascii():
        return label.lower()
    try:
        return idna.alabel(idna.uts46_remap(label, std3_rules=False, transitional=False)).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise AddressError("The domain is not a valid internationalised name.") from None


def _u_label(label: str) -> str:
    try:
        return idna.ulabel(label) if label.startswith("xn--") else label
    except (idna.IDNAError, UnicodeError):
        return label
