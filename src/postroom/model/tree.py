"""The whole tree: importing this module makes every class of the model known."""

from __future__ import annotations

from postroom.model import (
    accounts,
    aliases,
    application,
    blockedattachments,
    blocklists,
    certificates,
    domains,
    fetchaccounts,
    groups,
    links,
    lists,
    ports,
    ranges,
    relays,
    routes,
    rules,
    servermessages,
    whitelists,
)
from postroom.model.description import CLASSES

FAMILIES = (
    accounts,
    aliases,
    application,
    blockedattachments,
    blocklists,
    certificates,
    domains,
    fetchaccounts,
    groups,
    links,
    lists,
    ports,
    ranges,
    relays,
    routes,
    rules,
    servermessages,
    whitelists,
)
"""The modules of the classes."""

__all__ = ["CLASSES", "FAMILIES"]
