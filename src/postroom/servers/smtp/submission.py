"""What a server does for its own users' messages and for nobody else's: RFC 6409 section 8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats import headers
from postroom.formats.address import Address, AddressError
from postroom.formats.addresslist import addresses
from postroom.formats.dates import format_date
from postroom.formats.smtp import Refused
from postroom.servers.smtp import replies

if TYPE_CHECKING:
    from postroom.servers.smtp.ports import Arrival

MOST_AUTHORS = 50  # addresses in From: each is asked for in the directory


def completed(content: bytes, arrival: Arrival, hostname: str) -> bytes:
    """Take Bcc out of the header and put in Date and Message-ID where they are missing (RFC 6409 sections 8.1 and 8.3)."""
    header = content[: headers.header_end(content)]
    missing = b""
    if headers.find(header, "Date") is None:
        missing += headers.build("Date", format_date(arrival.time), structured=True)
    if headers.find(header, "Message-ID") is None:
        missing += headers.build("Message-ID", f"<{arrival.time:x}.{arrival.id}@{hostname}>", structured=True)
    content = headers.remove(content, "Bcc", "Resent-Bcc")
    return headers.insert(content, missing) if missing else content


def authors(header: bytes) -> list[Address]:
    """Give the addresses of From and Sender, which must all be the user's own; raises Refused when From is missing, wrong or absurd."""
    values = headers.find_all(header, "From")
    try:
        found = [address for value in values for address in addresses(value)]
        found += [address for value in headers.find_all(header, "Sender") for address in addresses(value)]
    except AddressError as error:
        raise Refused(replies.NO_FROM) from error
    if len(values) != 1 or not 0 < len(found) <= MOST_AUTHORS:
        raise Refused(replies.NO_FROM)
    return list(dict.fromkeys(found))
