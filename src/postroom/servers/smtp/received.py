"""The trace that each server leaves on top of a message: RFC 5321 section 4.4, its words by RFC 3848 and RFC 6531."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from postroom.formats.dates import SECOND, format_date

if TYPE_CHECKING:
    from postroom.formats.address import Address
    from postroom.servers.smtp.ports import Arrival

_UNFIT = re.compile(r"[^!#-'*-\[\]-~]")  # for a comment or a name: parentheses, quotes, backslashes, spaces, controls


def protocol_word(*, esmtp: bool, lmtp: bool, utf8: bool, tls: bool, login: bool) -> str:
    """Give the word behind "with": ESMTPSA, LMTP, UTF8SMTPS ..."""
    if not (esmtp or lmtp or tls or login):
        return "SMTP"
    family = "LMTP" if lmtp else "SMTP" if utf8 else "ESMTP"
    return f"{'UTF8' if utf8 else ''}{family}{'S' if tls else ''}{'A' if login else ''}"


def received(arrival: Arrival, hostname: str, only: Address | None) -> bytes:
    """Write the Received field; `only` is the recipient when there is a single one: "for" would tell the others of each other."""
    peer = f"[{'IPv6:' if ':' in arrival.client_ip else ''}{arrival.client_ip}]" if arrival.client_ip else "local"
    name = f"{arrival.client_name} " if arrival.client_name else ""
    tls = f" ({arrival.tls})" if arrival.tls else ""
    target = f"\r\n\tfor <{only}>" if only is not None and only.ascii else ""
    return (
        f"Received: from {_UNFIT.sub('?', arrival.hello) or 'unknown'} ({_UNFIT.sub('?', name.strip())}{' ' if name else ''}{peer})\r\n"
        f"\tby {hostname} with {arrival.protocol}{tls}\r\n\tid {arrival.id}{target};\r\n\t{_date(arrival.time // SECOND)}\r\n"
    ).encode("ascii", "replace")


@lru_cache(4)
def _date(seconds: int) -> str:
    """Write the date; many messages come in one second."""
    return format_date(seconds * SECOND)
