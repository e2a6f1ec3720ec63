"""Readable text out of bodies: HTML without its tags, previews, the fold under which SEARCH compares. In linear time (ReDoS, HTML bombs)."""

import html
import re
import unicodedata
from collections.abc import Iterator

_SLICE_CHARACTERS = 1000
PREVIEW_CHARACTERS = 200  # RFC 8970 section 3.1 allows up to 200

_HIDING = re.compile(r"<(?:!--|(script|style|title|template)\b)", re.IGNORECASE)
_CLOSING = {name: re.compile(rf"</{name}\b[^<>]*+>?", re.IGNORECASE) for name in ("script", "style", "title", "template")}
# Spelled in both cases instead of with IGNORECASE, under which alternatives are tried one by one at each tag.
_WITHIN_WORDS = [
    "a", "b", "i", "u", "q", "s", "em", "tt", "del", "ins", "sub", "sup", "span", "font", "code", "mark", "abbr", "small", "strong",
    "wbr",
]  # fmt: skip
_INLINE = re.compile(rf"</?(?:{'|'.join(_WITHIN_WORDS)}|{'|'.join(_WITHIN_WORDS).upper()})(?=[\s/>])[^<>]*+>?")
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*+>?")
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?")  # no character; int() of thousands of digits raises


def strip_html(text: str) -> str:
    """Give what a reader would see of HTML: no tags, comments, scripts or styles; blocks apart by white space, references resolved."""
    visible = _TAG.sub(" ", _INLINE.sub("", _shown(text)))
    if "&" in visible:
        visible = html.unescape(_LONG_REFERENCE.sub("\ufffd", visible))
    return visible


def _shown(text: str) -> str:
    """Cut out comments, scripts, styles and titles; one that is never closed hides the rest."""
    shown: list[str] = []
    start = 0
    while (opening := _HIDING.search(text, start)) is not None:
        shown.append(text[start : opening.start()])
        if opening[1]:
            closing = _CLOSING[opening[1].lower()].search(text, opening.end())
            start = closing.end() if closing else len(text)
        else:
            comment_end = text.find("-->", opening.end() - 2)
            start = comment_end + 3 if comment_end >= 0 else len(text)
    shown.append(text[start:])
    return "".join(shown)


def preview(text: str) -> str:
    """Give the beginning of a text on one line: white space collapsed, control characters dropped, at most 200 characters."""
    line = " ".join(text[: PREVIEW_CHARACTERS + 50].split())
    if len(line) < PREVIEW_CHARACTERS < len(text):
        line = " ".join(text[: 16 * PREVIEW_CHARACTERS].split())
    line = line[:PREVIEW_CHARACTERS]
    return line if line.isprintable() else "".join(character for character in line if character == " " or character.isprintable())


def fold(text: str) -> str:
    """Give the form in which SEARCH compares stored text and search key: without case, compatible characters as one (near RFC 5051)."""
    return text.lower() if text.isascii() else "".join(map(_normalised, _slices(text.casefold())))


def _normalised(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _slices(text: str) -> Iterator[str]:
    """Cut text at white space into slices, since normalising takes quadratic time where combining marks never end."""
    start = 0
    while start < len(text):
        limit = start + _SLICE_CHARACTERS
        end = limit if limit >= len(text) else max(text.rfind(" ", start, limit), text.rfind("\n", start, limit)) + 1 or limit
        yield text[start:end]
        start = end
