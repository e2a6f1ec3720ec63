"""The readable text of a message: what SEARCH looks in, and the preview. Bounded; attachments are not opened, only their names are read."""

from collections.abc import Iterator

from postroom.formats.charset import decode
from postroom.formats.mime.bodystructure import Read
from postroom.formats.mime.structure import Media, Part
from postroom.formats.text import PREVIEW_CHARACTERS, fold, preview, strip_html
from postroom.formats.transfer import decode_transfer
from postroom.formats.words import decode_words

TEXT_OCTETS = 1024 * 1024  # read of all texts of a message
_PREVIEW_OCTETS = 16 * PREVIEW_CHARACTERS
_HTML_PREVIEW_OCTETS = 64 * 1024  # styles come first


def part_text(part: Part, read: Read, octets: int = TEXT_OCTETS) -> str:
    """Decode a text part, HTML without its tags, from at most so many of its octets."""
    text = written_text(part.media, read(part.body, min(part.size, octets)))
    return strip_html(text) if part.media.subtype == b"html" else text


def written_text(media: Media, octets: bytes) -> str:
    """Decode the octets of a text part as they lie in the message, HTML with its tags."""
    return decode(decode_transfer(octets, media.encoding), media.charset)


def preview_of(part: Part, read: Read) -> str:
    """Give the first 200 readable characters: of the first text/plain that has any, else of HTML; empty when there is none."""
    best = ""
    for leaf in leaves(part) if part.parts else (part,):
        if leaf.media.type == b"text" and not leaf.media.attached:
            html = leaf.media.subtype == b"html"
            if html and best:
                continue
            found = preview(part_text(leaf, read, _HTML_PREVIEW_OCTETS if html else _PREVIEW_OCTETS))
            if found and not html:
                return found
            best = best or found
    return best


def search_text(part: Part, read: Read) -> bytes:
    """Give what SEARCH looks in: folded header, NUL, folded text of the body, as UTF-8.

    The body's text is that of all text parts, the headers of messages within, and the names of attachments.
    """
    pieces: list[str] = []
    left = TEXT_OCTETS
    for inner in walk(part):
        if left <= 0:
            break
        media = inner.media
        if media.type == b"text" and not media.attached:
            pieces.append(part_text(inner, read, left))
            left -= inner.size
        elif media.type == b"message" and inner.parts:
            message = inner.parts[0]
            octets = min(message.body - message.header, left)
            pieces.append(decode_words(read(message.header, octets)))
            left -= octets
        name = media.filename if inner is not part and not inner.parts else None
        if name:
            pieces.append(name)
    header = decode_words(read(0, part.body)).replace("\0", " ")
    return _folded(header) + b"\0" + _folded("\n".join(pieces))


def _folded(text: str) -> bytes:
    """Fold text; what folding made too long (some characters become eighteen) is cut."""
    octets = fold(text).encode("utf-8", "replace")
    return octets if len(octets) <= TEXT_OCTETS else octets[:TEXT_OCTETS].decode("utf-8", "ignore").encode()


def split_text(text: bytes | None, message: Read, header_size: int, size: int) -> tuple[bytes, bytes]:
    """Give folded header and folded body of a stored message; with `text` None they are the message's own octets in lower case."""
    if text is None:
        return message(0, header_size).lower(), message(header_size, size - header_size).lower()
    header, _, body = text.partition(b"\0")
    return header, body


def leaves(part: Part) -> Iterator[Part]:
    """Give the parts that hold no others, in their order."""
    return (inner for inner in walk(part) if not inner.parts)


def walk(part: Part) -> Iterator[Part]:
    """Give a part and all within, in the order of the message."""
    waiting = [part]
    while waiting:
        inner = waiting.pop()
        yield inner
        waiting.extend(reversed(inner.parts))
