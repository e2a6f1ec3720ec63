"""Certificates for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.network.certificates import keep_self_signed
from postroom.network.tls import CertificateFiles

if TYPE_CHECKING:
    from pathlib import Path


def made(path: Path, *names: str) -> CertificateFiles:
    """Make a self-signed certificate for these names."""
    keep_self_signed(path, names)
    return CertificateFiles(path, path)
