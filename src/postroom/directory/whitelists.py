"""Who is not tested: senders whose mail skips all spam tests, and clients that greylisting lets pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from postroom.directory.records import Record


@dataclass(frozen=True, slots=True)
class WhiteListAddress(Record):
    """Mail from this range of addresses whose envelope sender matches `sender` ("" and `*` match all) skips all spam tests."""

    TABLE: ClassVar[str] = "white_list_address"

    lower: str = "0.0.0.0"  # noqa: S104 - a range, not a socket
    upper: str = "0.0.0.0"  # noqa: S104 - likewise
    sender: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class GreyListingWhiteAddress(Record):
    """A client that is not greylisted; `*` and `%` in the address stand for any characters."""

    TABLE: ClassVar[str] = "greylisting_white_address"
    ORDER: ClassVar[str] = "address, id"

    address: str = ""
    description: str = ""
