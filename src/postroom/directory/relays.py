"""Incoming relays: servers of ours or of a provider that hand mail on to us, so that the client to judge stands in a Received field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from postroom.directory.records import Record


@dataclass(frozen=True, slots=True)
class IncomingRelay(Record):
    """A range of addresses of such servers, both ends included."""

    TABLE: ClassVar[str] = "incoming_relay"
    ORDER: ClassVar[str] = "lower(name), id"

    name: str = ""
    lower: str = ""
    upper: str = ""
