"""The parts of a stored message, read back from its BODYSTRUCTURE: what each is, and by which section it is found (`offsets.locate`)."""

from typing import Any, NamedTuple

from postroom.formats.mime.bodystructure import tokens
from postroom.formats.mime.parameters import Parameters
from postroom.formats.mime.structure import Media

_NESTED = 12  # items of a message/rfc822 whose message was taken apart


class StoredPart(NamedTuple):
    """A part that holds no others, or a message within: its section number, what it is, and its encoded octets."""

    section: str
    media: Media
    size: int

    @property
    def readable(self) -> bool:
        """Whether the part is text to be read in place."""
        return self.media.type == b"text" and not self.media.attached


def stored_parts(structure: bytes) -> list[StoredPart]:
    """Read the parts of a BODYSTRUCTURE of ours in the order of the message; messages within are one part each. ValueError for anything else."""
    found: list[StoredPart] = []
    root = tokens(structure)
    waiting: list[tuple[str, Any]] = [("" if isinstance(root[0], list) else "1", root)]
    while waiting:
        section, item = waiting.pop()
        if not isinstance(item[0], list):
            found.append(_part(section, item))
            continue
        children = [child for child in item if isinstance(child, list)][: _children(item)]
        numbered = [(f"{section}.{number}" if section else str(number), child) for number, child in enumerate(children, 1)]
        waiting += reversed(numbered)
    return found


def _children(item: list[Any]) -> int:
    """Count the bodies that a multipart begins with; its parameters are lists too."""
    return next((at for at, child in enumerate(item) if not isinstance(child, list)), len(item))


def _part(section: str, item: list[Any]) -> StoredPart:
    kind, subtype = _value(item[0]) or b"", _value(item[1]) or b""
    behind = 8 if kind == b"text" else 10 if kind == b"message" and len(item) > _NESTED else 7  # where the digest of the body stands
    disposition: Any = item[behind + 1] if len(item) > behind + 1 else b"NIL"
    placed = isinstance(disposition, list)
    media = Media(
        kind,
        subtype,
        _parameters(item[2]),
        _value(item[5]) or b"7bit",
        _value(item[3]),
        _value(item[4]),
        _value(disposition[0]) if placed else None,
        _parameters(disposition[1]) if placed else (),
    )
    return StoredPart(section, media, int(item[6]))


def _parameters(item: Any) -> Parameters:
    if not isinstance(item, list):
        return ()
    values = [_value(value) or b"" for value in item]
    return tuple(zip(values[::2], values[1::2], strict=True))


def _value(token: bytes) -> bytes | None:
    """Read an nstring."""
    if token[:1] == b'"':
        inner = token[1:-1]
        return inner.replace(b'\\"', b'"').replace(b"\\\\", b"\\") if b"\\" in inner else inner
    if token[:1] == b"{":
        return token.partition(b"\r\n")[2]
    return None if token.upper() == b"NIL" else token
