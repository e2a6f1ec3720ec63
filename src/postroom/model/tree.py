"""The whole tree: importing this module makes every class of the model known."""

from __future__ import annotations

from postroom.model import accounts, application, domains, events, folders, messageparts, messages, permissions, status, utilities
from postroom.model.description import CLASSES

FAMILIES = (accounts, application, domains, events, folders, messageparts, messages, permissions, status, utilities)
"""The modules of the classes."""

__all__ = ["CLASSES", "FAMILIES"]
