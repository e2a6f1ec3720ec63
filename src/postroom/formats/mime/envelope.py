"""ENVELOPE in IMAP's own words (RFC 3501 section 7.4.2), made from a message's header once."""

import re

from postroom.formats.addresslist import Mailbox, parse_list

TEXT_OCTETS = 8 * 1024  # of a subject or the like; what is longer is cut
LIST_OCTETS = 64 * 1024  # of one raw address list; what is longer is cut

_NOT_QUOTED = re.compile(rb"[\x00\r\n\"\\\x80-\xff]")
_NOT_IN_QUOTES = re.compile(rb"[\x00\r\n\x80-\xff]")
_FOLD = re.compile(rb"[\r\n]++")
# The three forms that nearly all addresses have: "Name" <a@b>, Name <a@b>, a@b. Nothing here needs quoting; the rest is for the parser.
_USUAL = re.compile(
    rb"[ \t\r\n]*+(?:(?:\"([ !#-\[\]-~]*+)\"|([ !#-'*+./0-9=?A-Z^-~-]*+))[ \t]*+<([!#-'*+./0-9=?A-Z^-~-]++)@([A-Za-z0-9._-]++)>"
    rb"|([!#-'*+./0-9=?A-Z^-~-]++)@([A-Za-z0-9._-]++))[ \t\r\n]*+(?:,|\Z)"
)


def nstring(value: bytes | None) -> bytes:
    """Write a value as IMAP does: NIL, quoted, or a literal when it has line ends or 8-bit; NUL goes out as 0x80 (RFC 3501 section 9)."""
    if value is None:
        return b"NIL"
    if not _NOT_QUOTED.search(value):
        return b'"%b"' % value
    if not _NOT_IN_QUOTES.search(value):
        return b'"%b"' % value.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b"{%d}\r\n%b" % (len(value), value.replace(b"\0", b"\x80"))


def envelope(values: dict[bytes, bytes]) -> bytes:
    """Write the ENVELOPE from raw values by lower-case name: encoded words stay, Sender and Reply-To default to From."""
    get = values.get
    senders = address_list(get(b"from"))
    sender, reply_to = get(b"sender"), get(b"reply-to")
    return b"(%b %b %b %b %b %b %b %b %b %b)" % (
        text(get(b"date")),
        text(get(b"subject")),
        senders,
        senders if sender is None else address_list(sender, senders),
        senders if reply_to is None else address_list(reply_to, senders),
        address_list(get(b"to")),
        address_list(get(b"cc")),
        address_list(get(b"bcc")),
        text(get(b"in-reply-to")),
        text(get(b"message-id")),
    )


def text(raw: bytes | None) -> bytes:
    """Write a raw unstructured value, unfolded, as nstring."""
    if raw is None:
        return b"NIL"
    value = raw.strip()
    if not _NOT_QUOTED.search(value) and len(value) <= TEXT_OCTETS:
        return b'"%b"' % value
    return nstring(_FOLD.sub(b"", value)[:TEXT_OCTETS])


def address_list(raw: bytes | None, empty: bytes = b"NIL") -> bytes:
    """Write a raw address list; `empty` when it has no entry."""
    if raw is None:
        return empty
    if len(raw) > LIST_OCTETS:
        raw = raw[:LIST_OCTETS]
    written: list[bytes] = []
    at, end = 0, len(raw)
    while at < end:
        usual = _USUAL.match(raw, at)
        if usual is None:
            return _parsed(raw, empty)
        at = usual.end()
        quoted, phrase, local, domain, bare, bare_domain = usual.groups()
        if bare:
            written.append(b'(NIL NIL "%b" "%b")' % (bare, bare_domain))
            continue
        name = quoted if phrase is None else phrase.strip()
        written.append(b'("%b" NIL "%b" "%b")' % (name, local, domain) if name else b'(NIL NIL "%b" "%b")' % (local, domain))
    return b"(%b)" % b"".join(written) if written else empty


def _parsed(raw: bytes, empty: bytes) -> bytes:
    written = b"".join(map(_entry, parse_list(raw)))
    return b"(%b)" % written if written else empty


def _entry(entry: Mailbox) -> bytes:
    parts = [value if value is None else _FOLD.sub(b"", value) for value in entry[:4]]
    return b"(%b %b %b %b)" % tuple(map(nstring, parts))
