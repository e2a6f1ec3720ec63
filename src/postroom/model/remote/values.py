"""Values of COM as JSON, and back (remote-object-protocol section 4)."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from postroom.model.errors import TypeMismatch
from postroom.model.object import Object
from postroom.model.variant import as_date

if TYPE_CHECKING:
    from collections.abc import Callable

EXACT: Final = 1 << 53
"""Numbers from here on are not exact in JavaScript's reading of JSON: they travel as text."""


class UnknownTag(Exception):
    """A tagged value whose `$t` the protocol does not know."""


def encoded(value: Any, kind: str, handle: Callable[[Object], int]) -> Any:
    """Give a value of the model as JSON has it; `kind` is the member's type, which tells Nothing from Empty."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Object):
        return {"$t": "obj", "h": handle(value), "c": value.description.name}
    if isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        return int(value) if -EXACT < value < EXACT else {"$t": "i8", "v": str(int(value))}
    if isinstance(value, dt.datetime):
        return {"$t": "date", "v": value.replace(microsecond=0, tzinfo=None).isoformat()}
    if isinstance(value, bytes):
        return {"$t": "bin", "v": base64.b64encode(value).decode()}
    return {"$t": "empty"} if kind == "variant" else None


def decoded(value: Any, find: Callable[[Any], Object]) -> Any:
    """Take a value from JSON: `find` gives the object of a handle. Raises UnknownTag or TypeMismatch."""
    if isinstance(value, list):
        raise TypeMismatch("value")
    if not isinstance(value, dict):
        return value
    tag, inner = value.get("$t"), value.get("v")
    if tag == "obj" or (tag is None and "h" in value):
        return find(value)
    if tag == "i8":
        return _i8(inner)
    if tag == "date":
        return as_date(str(inner))
    if tag == "empty":
        return None
    if tag == "bin":
        return _binary(inner)
    raise UnknownTag(str(tag)[:50])


def clean(text: str) -> str:
    """Give a text that UTF-8 can carry: an unpaired surrogate becomes U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _i8(text: Any) -> int:
    if isinstance(text, str) and len(text) <= 20:
        try:
            return int(text)
        except ValueError:
            pass
    raise TypeMismatch("int64")


def _binary(text: Any) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError):
        raise TypeMismatch("binary") from None
