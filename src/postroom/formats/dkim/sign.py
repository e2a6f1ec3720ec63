"""Signing: the DKIM-Signature fields that go on top of a message (RFC 6376 section 5), one for each key.

Header and body are hashed relaxed. The fields that readers see are signed once more often than they occur, so that adding another From,
Subject or Content-Type breaks the signature (section 8.15); no l= is ever written, for what is appended to a body would be trusted.
"""

import base64
import re
from collections.abc import Sequence
from functools import lru_cache

from postroom.formats import headers
from postroom.formats.address import AddressError, canonical_domain
from postroom.formats.addresslist import parse_list
from postroom.formats.charset import guess
from postroom.formats.dkim.canonical import canonical_field
from postroom.formats.dkim.keys import SigningKey

OVERSIGNED = tuple(b"From To Cc Subject Date Message-ID Reply-To In-Reply-To References MIME-Version Content-Type Content-Transfer-Encoding".split())
"""Signed once more often than they occur: nobody may add one."""

SIGNED = tuple(
    b"Sender Content-Disposition Content-ID Content-Description Resent-From Resent-Sender Resent-To Resent-Cc Resent-Date Resent-Message-ID"
    b" List-Id List-Help List-Unsubscribe List-Unsubscribe-Post List-Subscribe List-Post List-Owner List-Archive Auto-Submitted".split()
)
"""Signed where they occur (section 5.4.1, RFC 8058 section 4); a mailing list on the way may add its own."""

_FOLD = b"\r\n "
_WIDTH = 72
_NAMES = re.compile(rb"[^:]+:?")


def author_domain(header: bytes) -> str:
    """Give the domain of the author that readers see, in canonical form: what a signature must be aligned with; "" when it can't be told."""
    authors = [entry for value in headers.find_all(header, "From")[:2] for entry in parse_list(value) if entry.domain]
    if len({entry.domain.lower() for entry in authors if entry.domain}) != 1 or not authors[0].domain:
        return ""
    try:
        return canonical_domain(guess(authors[0].domain))
    except AddressError:
        return ""


def sign(header: bytes, body_hash: bytes, domain: str, keys: Sequence[SigningKey], now: int) -> bytes:
    """Write a DKIM-Signature for each key, whole lines with CRLF; `body_hash` is of the relaxed body, `domain` an A-label, `now` in seconds.

    A header without From gets none: no verifier would take it (section 5.4).
    """
    names, signed = _signed(headers.split(header))
    if names[0] != b"From" or not signed[0].startswith(b"from:"):
        return b""
    data = b"".join(signed)
    return b"".join(_field(data, names, body_hash, domain, key, now) for key in keys)


def _signed(fields: Sequence[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Choose what is signed: the names for h=, and the fields in that order, those of one name from the last upwards (section 5.4.2)."""
    found: dict[bytes, list[bytes]] = {name.lower(): [] for name in (*OVERSIGNED, *SIGNED)}
    for raw in reversed(fields):
        same = found.get(raw.partition(b":")[0].strip(b" \t").lower())
        if same is not None:
            same.append(canonical_field(raw))
    names: list[bytes] = []
    for name in OVERSIGNED:
        names += [name] * (len(found[name.lower()]) + 1)
    for name in SIGNED:
        names += [name] * len(found[name.lower()])
    return names, [field for same in found.values() for field in same] or [b""]


def _field(data: bytes, names: Sequence[bytes], body_hash: bytes, domain: str, key: SigningKey, now: int) -> bytes:
    unsigned = _FOLD.join(
        (
            f"DKIM-Signature: v=1; a={key.algorithm}; c=relaxed/relaxed; s={key.selector};".encode(),
            f"d={domain}; t={now};".encode(),
            b"bh=%b;" % base64.b64encode(body_hash),
            _names_tag(tuple(names)),
            b"b=",
        )
    )
    signature = base64.b64encode(key.sign(data + canonical_field(unsigned).removesuffix(b"\r\n")))
    return unsigned + _FOLD.join(signature[start : start + _WIDTH] for start in range(0, len(signature), _WIDTH)) + b"\r\n"


@lru_cache(256)
def _names_tag(names: tuple[bytes, ...]) -> bytes:
    """Write the tag h=; most messages have the same fields."""
    return b"h=%b;" % _folded(_NAMES.findall(b":".join(names)))


def _folded(words: Sequence[bytes]) -> bytes:
    lines = [b""]
    for word in words:
        if len(lines[-1]) + len(word) > _WIDTH:
            lines.append(b"")
        lines[-1] += word
    return _FOLD.join(lines)
