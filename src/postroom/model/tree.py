"""The whole tree: importing this module makes every class of the model known."""

from __future__ import annotations

from postroom.model import (
    accounts,
    antispam,
    antivirus,
    application,
    backup,
    cache,
    database,
    diagnostics,
    directories,
    domains,
    globalobjects,
    indexing,
    languages,
    logging,
    scripting,
    settings,
)
from postroom.model.description import CLASSES

FAMILIES = (
    accounts,
    antispam,
    antivirus,
    application,
    backup,
    cache,
    database,
    diagnostics,
    directories,
    domains,
    globalobjects,
    indexing,
    languages,
    logging,
    scripting,
    settings,
)
"""The modules of the classes."""

__all__ = ["CLASSES", "FAMILIES"]
