"""What a server offers in its answer to EHLO: RFC 5321 section 4.1.1.1, each extension by its own RFC."""

from dataclasses import dataclass
from typing import Self

from postroom.formats.smtpclient.reply import Reply

RECIPIENTS = 100  # RFC 5321 section 4.5.3.1.8: so many recipients every server takes


@dataclass(frozen=True, slots=True)
class Extensions:
    """A server's extensions; `size` is its limit in octets, 0 without one, None when SIZE is not offered. After HELO there are none.

    `auth` has the mechanisms in upper case, `recipients` how many one transaction may have (LIMITS, RFC 9422).
    """

    pipelining: bool = False
    chunking: bool = False
    eightbit: bool = False
    smtputf8: bool = False
    dsn: bool = False
    starttls: bool = False
    requiretls: bool = False
    size: int | None = None
    auth: frozenset[str] = frozenset()
    recipients: int = RECIPIENTS

    @classmethod
    def read(cls, reply: Reply) -> Self:
        """Read the lines behind the first; what is not known or not valid is left out."""
        offered: dict[str, list[str]] = {}
        for line in reply.lines[1:]:
            word, *values = line.decode("latin-1").upper().replace("AUTH=", "AUTH ", 1).split() or [""]  # `AUTH=LOGIN`, as old servers write
            offered[word] = offered.get(word, []) + values
        return cls(
            pipelining="PIPELINING" in offered,
            chunking="CHUNKING" in offered,
            eightbit="8BITMIME" in offered,
            smtputf8="SMTPUTF8" in offered and "8BITMIME" in offered,  # RFC 6531 section 3.1: one needs the other
            dsn="DSN" in offered,
            starttls="STARTTLS" in offered,
            requiretls="REQUIRETLS" in offered,
            size=_number((offered["SIZE"] or ["0"])[0], 0) if "SIZE" in offered else None,
            auth=frozenset(offered.get("AUTH", ())),
            recipients=_recipients(offered.get("LIMITS", ())),
        )


def _recipients(limits: list[str] | tuple[str, ...]) -> int:
    """Read RCPTMAX=n of LIMITS (RFC 9422 section 4.2)."""
    told = [_number(limit.removeprefix("RCPTMAX="), RECIPIENTS) for limit in limits if limit.startswith("RCPTMAX=")]
    return max(min([*told, 1000]), 1) if told else RECIPIENTS


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else default
