"""Binary data as scripts hold it: an array of Bytes."""

from typing import Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.functions.octets import octets
from postroom.languages.vbscript.values import MOST_ITEMS, Array, Byte, Value

_BYTES: Final = [Byte(number) for number in range(256)]


def byte_array(data: bytes) -> Array:
    """Make an array of bytes; raises 7 for more than an array holds."""
    if len(data) > MOST_ITEMS:
        raise VBScriptError(7)
    return Array.of([_BYTES[number] for number in data])


def octets_of(value: Value) -> bytes:
    """Give the bytes of an array of Bytes, of a stream, or of a text as LenB counts them; raises 13, 94 for Null."""
    own = getattr(value, "octets", None)
    if callable(own):
        return bytes(own())
    found = octets(value)
    if found is None:
        raise VBScriptError(94)
    return found
