"""BODYSTRUCTURE in IMAP's own words (RFC 3501 section 7.4.2), and BODY, the same without the extension data."""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import takewhile
from typing import Any

from postroom.formats.mime.envelope import TEXT_OCTETS, envelope, nstring
from postroom.formats.mime.head import head_of
from postroom.formats.mime.parameters import Parameters
from postroom.formats.mime.structure import Media, Part

Read = Callable[[int, int], bytes]  # (start, length) of the message's octets

_Item = Any  # octets, or a list of items (mypy knows no recursive alias that indexes)
_TOKEN = re.compile(rb'[()]|"(?:[^"\\]|\\.)*+"|\{([0-9]{1,9})\}\r\n|[^ ()"{]++|[ ]++', re.DOTALL)


def bodystructure(part: Part, read: Read) -> bytes:
    """Write a part and all within; `read` gives the headers of nested messages."""
    media = part.media
    if media.type == b"multipart":
        inner = b"".join([bodystructure(child, read) for child in part.parts])
        extension = b"%b %b" % (_parameters(media.parameters), _place(media))
        return b"(%b %b %b)" % (inner, nstring(media.subtype), extension)
    before, after = _leaf(media)
    if media.type == b"message" and part.parts:
        message = part.parts[0]
        values, _ = head_of(read(message.header, message.body - message.header))
        return b"%b%d %b %b %d%b" % (before, part.size, envelope(values), bodystructure(message, read), part.lines, after)
    return leaf(part)


def leaf(part: Part) -> bytes:
    """Write a part that has no parts."""
    before, after = _leaf(part.media)
    if part.media.type == b"text":
        return b"%b%d %d%b" % (before, part.end - part.body, part.lines, after)
    return b"%b%d%b" % (before, part.end - part.body, after)


def body(structure: bytes) -> bytes:
    """Derive BODY from BODYSTRUCTURE: the extension data left out."""
    return _basic(tokens(structure))


def tokens(structure: bytes) -> Any:
    """Take a BODYSTRUCTURE of ours apart: lists, and octets as they stand (quoted, literals, atoms). ValueError for anything else."""
    stack: list[list[_Item]] = [[]]
    at = 0
    while at < len(structure):
        token = _TOKEN.match(structure, at)
        if token is None:
            raise ValueError("not a BODYSTRUCTURE of ours")
        at = token.end()
        if token[0] == b"(":
            stack.append([])
        elif token[0] == b")":
            done = stack.pop()
            stack[-1].append(done)
        elif token[1]:
            stack[-1].append(token[0] + structure[at : at + int(token[1])])
            at += int(token[1])
        elif not token[0].isspace():
            stack[-1].append(token[0])
    return stack[0][0]


def _basic(item: "_Item") -> bytes:
    """Write a body with the items that BODY has."""
    if isinstance(item[0], list):
        bodies = [child for child in item if isinstance(child, list)]
        parts = list(takewhile(lambda child: isinstance(child, list), item))
        return b"(%b %b)" % (b"".join(map(_basic, parts)), _write(item[len(parts)])) if bodies else b""
    if item[:2] == [b'"message"', b'"rfc822"'] and len(item) > 12:
        return b"(%b %b %b)" % (b" ".join(map(_write, item[:8])), _basic(item[8]), _write(item[9]))
    return b"(%b)" % b" ".join(map(_write, item[: 8 if item[0] == b'"text"' else 7]))


def _write(item: "_Item") -> bytes:
    return item if isinstance(item, bytes) else b"(%b)" % b" ".join(map(_write, item))


def _leaf(media: Media) -> tuple[bytes, bytes]:
    """Give what stands before the size of a part and behind its size and lines."""
    parameters = media.parameters
    common = media[4:] == _BARE and (not parameters or (len(parameters) == 1 and len(parameters[0][1]) < _CACHED_OCTETS))
    return _common_leaf(media) if common else _leaf_of(media)


def _leaf_of(media: Media) -> tuple[bytes, bytes]:
    fields = (media.type, media.subtype)
    described = b"%b %b" % (nstring(media.id), nstring(_cut(media.description)))
    before = b"(%b %b %b %b %b " % (*map(nstring, fields), _parameters(media.parameters), described, nstring(media.encoding))
    return before, b" %b %b)" % (nstring(media.md5), _place(media))


_BARE = Media()[4:]
_CACHED_OCTETS = 40  # unique and long values stay out of the cache
_common_leaf = lru_cache(512)(_leaf_of)


def _place(media: Media) -> bytes:
    """Write disposition, language and location."""
    disposition = b"NIL"
    if media.disposition is not None:
        disposition = b"(%b %b)" % (nstring(media.disposition), _parameters(media.disposition_parameters))
    language = b"(%b)" % b" ".join(map(nstring, media.language)) if media.language else b"NIL"
    return b"%b %b %b" % (disposition, language, nstring(_cut(media.location)))


def _parameters(parameters: Parameters) -> bytes:
    if not parameters:
        return b"NIL"
    return b"(%b)" % b" ".join([nstring(item) for pair in parameters for item in pair])


def _cut(value: bytes | None) -> bytes | None:
    return None if value is None else value[:TEXT_OCTETS]
