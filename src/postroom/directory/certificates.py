"""Certificates that administrators name, for the ports that use them: files in PEM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from postroom.directory.records import Record


@dataclass(frozen=True, slots=True)
class Certificate(Record):
    """A certificate with its chain, and its private key, as paths on this machine."""

    TABLE: ClassVar[str] = "certificate"
    ORDER: ClassVar[str] = "lower(name), id"

    name: str = ""
    certificate_file: str = ""
    key_file: str = ""
