"""The audit: a line in the log for each change made through the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from postroom.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postroom.model.object import Object

log = get_logger("audit")

MASK = "********"
LONGEST = 200


def audit(target: Object, action: str, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Write who, from where, changed what of which object: (old, new) by property; the values of its class's `secrets` are masked."""
    caller = target.context.caller
    secrets: frozenset[str] = getattr(target, "secrets", frozenset())
    log.info(
        "model-changed",
        who=target.context.login.name,
        ip=caller.ip,
        origin=caller.origin.name.lower(),
        object=type(target).__name__,
        id=getattr(getattr(target, "record", None), "id", 0),
        action=action,
        changes={name: [MASK, MASK] if name in secrets else [shown(old), shown(new)] for name, (old, new) in changes.items()},
    )


def shown(value: Any) -> Any:
    """Shorten a value for the log."""
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)[:LONGEST]
