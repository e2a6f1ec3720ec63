"""The whole tree: importing this module makes every class of the model known."""

from __future__ import annotations

from importlib import import_module

from postroom.model.description import CLASSES

FAMILIES = (
    "accounts",
    "aliases",
    "antispam",
    "antivirus",
    "application",
    "backup",
    "blockedattachments",
    "blocklists",
    "cache",
    "certificates",
    "database",
    "diagnostics",
    "directories",
    "domains",
    "events",
    "fetchaccounts",
    "folders",
    "globalobjects",
    "groups",
    "indexing",
    "languages",
    "links",
    "lists",
    "logging",
    "messageparts",
    "message",
    "messages",
    "permissions",
    "ports",
    "ranges",
    "relays",
    "routes",
    "rules",
    "scripting",
    "servermessages",
    "settings",
    "status",
    "utilities",
    "whitelists",
)
"""The modules of the classes."""

for family in FAMILIES:
    import_module(f"postroom.model.{family}")

__all__ = ["CLASSES", "FAMILIES"]
