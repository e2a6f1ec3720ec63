"""Parameters of Content fields (RFC 2045 section 5.1), with RFC 2231's continuations and charsets; tolerant, bounded."""

import re
from itertools import islice
from urllib.parse import unquote_to_bytes

from postroom.formats.charset import decode
from postroom.formats.words import decode_words

PARAMETERS = 100  # more are left out (parameter bombs)

Parameters = tuple[tuple[bytes, bytes], ...]

_PIECE = re.compile(rb'((?:[^;"]++|"(?:[^"\\]++|\\.)*+"?)++);?|;', re.DOTALL)
_QUOTED = re.compile(rb'"((?:[^"\\]++|\\.)*+)"?', re.DOTALL)
_QUOTED_PAIR = re.compile(rb"\\(.)", re.DOTALL)
_COMMENT = re.compile(rb"\([^()]*+\)")
_SECTION = re.compile(rb"([^*]+)(?:\*([0-9]{1,2}))?(\*?)")
_NOT_ATTRIBUTE = re.compile(rb"[^!#$&+\-.^_`{|}~0-9A-Za-z]")


def parse_parameters(value: bytes) -> tuple[bytes, Parameters]:
    """Read an unfolded field such as `text/plain; charset=utf-8` into what stands first, in lower case, and its parameters.

    Continuations are joined, as RFC 2231 section 6 asks of IMAP servers; the charset and percents of `name*` stay.
    """
    first, semicolon, rest = value.partition(b";")
    if b"(" in first:
        first = _COMMENT.sub(b"", first)
    first = first.strip().lower()
    if not semicolon:
        return first, ()
    pairs: list[tuple[bytes, bytes]] = []
    for piece in islice(_PIECE.finditer(rest), PARAMETERS):
        name, equals, raw = (piece[1] or b"").partition(b"=")
        if equals:
            pairs.append((name.strip().lower(), _value(raw.strip())))
    return first, _joined(pairs) if any(b"*" in name for name, _ in pairs) else tuple(pairs)


def decode_parameter(parameters: Parameters, name: bytes) -> str | None:
    """Give a parameter's text: `name*` with its charset first (RFC 2231 section 4), else `name`, None without either."""
    found = dict(parameters)
    extended = found.get(name + b"*")
    if extended is not None:
        charset, _, text = extended.partition(b"'")
        return decode(unquote_to_bytes(text.partition(b"'")[2]), charset.decode("latin-1")) if text else decode(unquote_to_bytes(extended))
    value = found.get(name)
    return None if value is None else decode_words(value)


def _value(raw: bytes) -> bytes:
    quoted = _QUOTED.match(raw)
    if quoted:
        return _QUOTED_PAIR.sub(rb"\1", quoted[1]) if b"\\" in quoted[1] else quoted[1]
    return _COMMENT.sub(b"", raw).strip() if b"(" in raw else raw


def _joined(pairs: list[tuple[bytes, bytes]]) -> Parameters:
    """Join `name*0`, `name*1*` ... into `name`, or into `name*` when one of them is percent-encoded (RFC 2231 sections 3 and 4.1)."""
    sections: dict[bytes, dict[int, tuple[bytes, bool]]] = {}
    whole: dict[bytes, bytes] = {}  # in the order in which names appear; empty until joined
    for name, value in pairs:
        section = _SECTION.fullmatch(name)
        if section is None or section[2] is None:
            whole.setdefault(name, value)
        else:
            whole.setdefault(section[1] + b"*0", b"")
            sections.setdefault(section[1], {}).setdefault(int(section[2]), (value, bool(section[3])))
    return tuple(_join(name[:-2], sections[name[:-2]]) if name[:-2] in sections and name.endswith(b"*0") else (name, whole[name]) for name in whole)


def _join(name: bytes, sections: dict[int, tuple[bytes, bool]]) -> tuple[bytes, bytes]:
    run: list[tuple[bytes, bool]] = []
    while len(run) in sections:
        run.append(sections[len(run)])
    if not any(encoded for _, encoded in run):
        return name, b"".join([value for value, _ in run])
    joined = b"".join([value if encoded else _NOT_ATTRIBUTE.sub(_percent, value) for value, encoded in run])
    return name + b"*", joined if run[0][1] else b"''" + joined


def _percent(octet: re.Match[bytes]) -> bytes:
    return b"%%%02X" % octet[0][0]
