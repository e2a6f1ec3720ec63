"""Readable text out of bodies: HTML without its tags, previews, and the folding under which SEARCH compares. All in linear time (ReDoS, HTML bombs)."""

import html
import re
import unicodedata

PREVIEW_CHARACTERS = 200  # RFC 8970 section 3.1 allows up to 200

_HIDING = re.compile(r"(?i)<!--|-->|<(/?)(script|style|title|template)\b")
_BLOCK = re.compile(r"(?i)<(?:[!?]|/?(?:p|div|br|tr|td|th|li|ul|ol|dl|dt|dd|h[1-6]|hr|table|blockquote|pre|center|body|option)\b)[^<>]*+>?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>?")
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{7,}+);?")  # no character; int() of thousands of digits raises


def strip_html(text: str) -> str:
    """Give what a reader would see of HTML: no tags, comments, scripts or styles; blocks apart by white space, references resolved."""
    visible = _TAG.sub("", _BLOCK.sub(" ", _shown(text)))
    if "&" in visible:
        visible = html.unescape(_LONG_REFERENCE.sub("\ufffd", visible))
    return visible


def _shown(text: str) -> str:
    """Cut out what is between opening and closing of script, style, title and comments; what is never closed hides the rest."""
    shown: list[str] = []
    start, hiding = 0, ""
    for token in _HIDING.finditer(text):
        word = token[0].lower() if token[2] is None else token[2].lower()
        opening = word == "<!--" or token[1] == ""
        if not hiding and opening:
            shown.append(text[start : token.start()])
            hiding = "-->" if word == "<!--" else word
        elif hiding == word and not opening:
            hiding, start = "", token.end() if word == "-->" else token.start()
    if not hiding:
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
    """Give the form in which SEARCH compares stored text and search key: without case, compatible characters as one (in the spirit of RFC 5051)."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text.casefold())
