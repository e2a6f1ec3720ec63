"""Fields as programs write them: text for people becomes encoded words, in address fields only the names; or a value as it stands."""

from __future__ import annotations

import re
from typing import Final

from postroom.formats import headers
from postroom.formats.headers import check_value
from postroom.formats.words import encode_words

ADDRESS_FIELDS: Final = frozenset(
    "from to cc bcc sender reply-to resent-from resent-to resent-cc resent-bcc resent-sender disposition-notification-to".split()
)

_FOLD = re.compile(r"\r?\n(?=[ \t])")
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|<[^>]*+>?|[^"<,;:()]++|[,;:()]', re.DOTALL)
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)


def encoded_field(name: str, value: str, *, encode: bool = True) -> bytes:
    """Write a whole field; without `encode` the value stands as it is, with the folds that it has. Raises HeaderError."""
    if not encode:
        folded = _FOLD.split(value)
        for piece in folded:
            check_value(piece)
        return headers.build(name, "")[:-2].rstrip(b" ") + b" " + "\r\n".join(folded).encode("utf-8", "replace") + b"\r\n"
    if name.lower() in ADDRESS_FIELDS:
        return headers.build(name, encoded_addresses(value), structured=True)
    return headers.build(name, value)


def encoded_addresses(value: str) -> str:
    """Encode the names of an address list; addresses stay as they are. Raises HeaderError."""
    check_value(value)
    if value.isascii():
        return value
    return "".join(map(_encoded_token, _TOKEN.findall(value)))


def _encoded_token(token: str) -> str:
    if token.isascii() or token.startswith("<"):
        return token
    if token.startswith('"'):
        return _word(_QUOTED_PAIR.sub(r"\1", token[1:].removesuffix('"')))
    bare = token.strip()
    if "@" in bare:
        return token
    lead = token[: len(token) - len(token.lstrip())]
    return lead + _word(bare) + token[len(token.rstrip()) :]


def _word(text: str) -> str:
    return encode_words(text, 40).replace("\r\n ", " ")


def with_mailbox(value: bytes | None, name: str, address: str) -> str:
    """Give an address list with one more mailbox: `"name" <address>`. Raises HeaderError."""
    check_value(name + address)
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"' if name.isascii() else _word(name)
    made = f"{quoted} <{address}>" if name else f"<{address}>"
    before = headers.unfold(value or b"").decode("utf-8", "replace")
    return f"{before}, {made}" if before else made
