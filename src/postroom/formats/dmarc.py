"""DMARC records (RFC 7489 section 6.3): what a domain asks of those who get mail in its name."""

from dataclasses import dataclass
from typing import Final, Self

from postroom.errors import PostroomError
from postroom.formats import taglist

POLICIES: Final = ("none", "quarantine", "reject")


class DMARCError(PostroomError):
    """The record can't be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A DMARC record: `policy` and the subdomains' one are none, quarantine or reject; alignment is strict or relaxed; reports go to URIs."""

    policy: str
    subdomain_policy: str
    strict_dkim: bool = False
    strict_spf: bool = False
    percent: int = 100
    reports: tuple[str, ...] = ()
    failure_reports: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: bytes) -> Self:
        """Read a record; raises DMARCError. Without a valid p= it is none where reports are asked for (section 6.6.3)."""
        try:
            tags = taglist.parse(text.decode("ascii"))
        except (taglist.TagListError, UnicodeDecodeError) as error:
            raise DMARCError(f"The DMARC record can't be read: {error}") from None
        if tags.get("v") != "DMARC1" or next(iter(tags)) != "v":
            raise DMARCError("The record does not begin with v=DMARC1.")
        reports = _uris(tags.get("rua", ""))
        policy = tags.get("p", "").lower()
        if policy not in POLICIES:
            if not reports:
                raise DMARCError(f"p={policy[:20]} is not one of {', '.join(POLICIES)}.")
            policy = "none"
        subdomains = tags.get("sp", policy).lower()
        return cls(
            policy,
            subdomains if subdomains in POLICIES else policy,
            strict_dkim=tags.get("adkim", "r").lower() == "s",
            strict_spf=tags.get("aspf", "r").lower() == "s",
            percent=_percent(tags.get("pct", "100")),
            reports=reports,
            failure_reports=_uris(tags.get("ruf", "")),
        )


def is_dmarc(text: bytes) -> bool:
    """Tell whether a TXT record is a DMARC record at all."""
    return text.replace(b" ", b"").replace(b"\t", b"").startswith(b"v=DMARC1")


def _uris(text: str) -> tuple[str, ...]:
    """Give the URIs of a list without the size that may follow each."""
    return tuple(uri.strip().partition("!")[0] for uri in text.split(",") if uri.strip())


def _percent(text: str) -> int:
    return min(int(text), 100) if text.isascii() and text.isdigit() and len(text) < 4 else 100
