"""The Content fields of a part's header (RFC 2045 section 3, RFC 2183, 3282, 2557, 1864), read into a Media."""

import re
from functools import lru_cache

from postroom.formats.headers import unfold
from postroom.formats.mime.parameters import parse_parameters
from postroom.formats.mime.structure import MESSAGE, PLAIN, Media

_FIELD = re.compile(
    rb"(?mi)^(content-(?:type|transfer-encoding|id|description|disposition|language|location|md5))[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)"
)
_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`{|}~0-9a-z]+")
_TAG = re.compile(rb"[A-Za-z0-9-]{1,35}")
_DESCRIBING = frozenset(b"content-" + name for name in b"id description disposition language location md5".split())
_CACHED_OCTETS = 120


def read_content(header: bytes) -> dict[bytes, bytes]:
    """Give the raw Content fields of a header by lower-case name; of several of one name the first."""
    fields: dict[bytes, bytes] = {}
    for name, raw in _FIELD.findall(header):
        fields.setdefault(name.lower(), raw)
    return fields


def media(fields: dict[bytes, bytes], *, digest: bool = False) -> Media:
    """Read the Content fields among raw fields by lower-case name (`digest`: in a multipart/digest). The unreadable is text/plain."""
    kind, encoding = fields.get(b"content-type"), fields.get(b"content-transfer-encoding")
    if kind is None:
        base = MESSAGE if digest else PLAIN
        kind_read = base if encoding is None else base._replace(encoding=_encoding(encoding))
    elif len(kind) > _CACHED_OCTETS or b"oundary" in kind:
        kind_read = _read(kind, encoding)
    else:
        kind_read = _cached(kind, encoding)
    return kind_read if fields.keys().isdisjoint(_DESCRIBING) else _describe(kind_read, fields)


def _read(kind: bytes, encoding: bytes | None) -> Media:
    full, parameters = parse_parameters(unfold(kind))
    major, _, minor = full.partition(b"/")
    # `text/plain charset=utf-8`: a space where the semicolon belongs
    major, minor = major.strip(), minor.split()[0] if minor.strip() else b""
    if not (_TOKEN.fullmatch(major) and _TOKEN.fullmatch(minor)):
        return PLAIN._replace(encoding=_encoding(encoding))
    return Media(major, minor, parameters, _encoding(encoding))


_cached = lru_cache(512)(_read)  # most messages say one of a few dozen things; long and unique values stay out


def _encoding(raw: bytes | None) -> bytes:
    if raw is None:
        return b"7bit"
    word = unfold(raw).lower().partition(b";")[0].partition(b"(")[0].strip()
    return word if _TOKEN.fullmatch(word) else b"7bit"


def _describe(base: Media, fields: dict[bytes, bytes]) -> Media:
    disposition, parameters = None, base.disposition_parameters
    if b"content-disposition" in fields:
        word, parameters = parse_parameters(unfold(fields[b"content-disposition"]))
        disposition = word if _TOKEN.fullmatch(word) else b"attachment"  # RFC 2183 section 2.8: what is not known is an attachment
    return base._replace(
        id=_text(fields.get(b"content-id")),
        description=_text(fields.get(b"content-description")),
        disposition=disposition,
        disposition_parameters=parameters,
        language=tuple(_TAG.findall(fields.get(b"content-language", b"")))[:10],
        location=_text(fields.get(b"content-location")),
        md5=_text(fields.get(b"content-md5")),
    )


def _text(raw: bytes | None) -> bytes | None:
    return None if raw is None else unfold(raw)


def opaque(of: Media) -> Media:
    """Give what a container is when it is not taken apart (too deep, or encoded): octets, with its disposition and names kept."""
    return of._replace(type=b"application", subtype=b"octet-stream", parameters=())


def plain(of: Media) -> Media:
    """Give what a multipart without any part is: text, so that people see what it holds."""
    return of._replace(type=b"text", subtype=b"plain", parameters=PLAIN.parameters)
