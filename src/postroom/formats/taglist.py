"""Tag lists, `v=DKIM1; k=rsa; p=...`: what DKIM (RFC 6376 section 3.2), DMARC, MTA-STS and TLS-RPT records are written in."""

import re

from postroom.errors import PostroomError

MOST_TAGS = 100

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_VALUE = re.compile(r"[!-:<-~]*(?:[ \t\r\n]+[!-:<-~]+)*")


class TagListError(PostroomError):
    """The text is no tag list; the sentence says which part is wrong."""


def parse(text: str) -> dict[str, str]:
    """Read tags with their values, white space around both left out; raises TagListError for bad syntax and for a tag that comes twice."""
    parts = text.split(";", MOST_TAGS)
    if not parts[-1].strip():
        del parts[-1]
    if len(parts) > MOST_TAGS:
        raise TagListError("The list has too many tags.")
    tags: dict[str, str] = {}
    for part in parts:
        name, equals, value = (piece.strip(" \t\r\n") for piece in part.partition("="))
        if not equals or not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            raise TagListError(f"{part.strip()[:60]!r} is no tag with a value, such as p=none.")
        if name in tags:
            raise TagListError(f"The tag {name[:60]} comes twice.")
        tags[name] = value
    return tags


def write(tags: dict[str, str]) -> str:
    """Write tags with their values, in their order."""
    return "; ".join(f"{name}={value}" for name, value in tags.items())
