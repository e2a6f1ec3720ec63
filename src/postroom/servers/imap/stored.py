"""What SORT and THREAD compare, read back from the ENVELOPE that was rendered at arrival: no message is opened."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from postroom.formats.dates import parse_date
from postroom.formats.text import fold
from postroom.formats.words import decode_words

_STRING: Final = rb'"(?:[^"\\]|\\.)*+"|NIL'
_LIST: Final = rb'NIL|\((?:\([^()"{]*+(?:"(?:[^"\\]|\\.)*+"[^()"{]*+)*+\))++\)'
# An ENVELOPE without literals, as nearly all are: one match in place of sixty tokens.
_USUAL: Final = re.compile(rb"\((%b) (%b) (%b) (%b) (%b) (%b) (%b) (%b) (%b) (%b)\)" % (_STRING, _STRING, *[_LIST] * 6, _STRING, _STRING), re.DOTALL)
_MAILBOX: Final = re.compile(rb"\(\((?:%b) (?:%b) (%b)" % (_STRING, _STRING, _STRING), re.DOTALL)
_TOKEN: Final = re.compile(rb'[()]|"(?:[^"\\]|\\.)*+"|\{([0-9]{1,9})\}\r\n|NIL|[ ]++', re.DOTALL)
_unescape: Final = re.compile(rb"\\(.)", re.DOTALL).sub


class Envelope(NamedTuple):
    """The items of an ENVELOPE as they are written there; `text` and `first_mailbox` read them."""

    date: bytes
    subject: bytes
    from_: bytes
    sender: bytes
    reply_to: bytes
    to: bytes
    cc: bytes
    bcc: bytes
    in_reply_to: bytes
    message_id: bytes


def read_envelope(stored: bytes) -> Envelope:
    """Take a stored ENVELOPE apart; ValueError for what is not one of ours."""
    usual = _USUAL.fullmatch(stored)
    return Envelope._make(usual.groups() if usual else _split(stored))


def _split(written: bytes) -> list[bytes]:
    """Split a parenthesised list into its items, whatever is in them."""
    items: list[bytes] = []
    depth = at = begin = 0
    while at < len(written):
        token = _TOKEN.match(written, at)
        if token is None:
            raise ValueError("not an ENVELOPE of ours")
        if depth == 1 and token[0] not in {b"(", b")"}:
            begin = at
        elif token[0] == b"(":
            begin = at if depth == 1 else begin
            depth += 1
        at = token.end() + int(token[1] or 0)
        if token[0] == b")":
            depth -= 1
        if depth == 1 and token[0] != b"(" and not token[0].isspace():
            items.append(written[begin:at])
    return items


def text(written: bytes) -> bytes | None:
    """Read a string; None for NIL."""
    if written[:1] == b'"':
        return _unescape(rb"\1", written[1:-1]) if b"\\" in written else written[1:-1]
    return written[written.index(b"\n") + 1 :] if written[:1] == b"{" else None


def subject_of(envelope: Envelope) -> str:
    """Give the subject, decoded."""
    return decode_words(text(envelope.subject) or b"")


def sent_at(envelope: Envelope, internal_date: int) -> int:
    """Give when it was sent, in UTC microseconds; the internal date when there is no reading it (RFC 5256 section 2.2)."""
    written = text(envelope.date)
    sent = parse_date(written.decode("latin-1")) if written else None
    return internal_date if sent is None else sent


def first_mailbox(addresses: bytes) -> str:
    """Give the part before the @ of the first address, folded, "" for none (RFC 5256 section 3)."""
    if addresses[:1] != b"(":
        return ""
    usual = _MAILBOX.match(addresses)
    mailbox = text(usual[1] if usual else _split(_split(addresses)[0])[2])
    return fold(mailbox.decode("utf-8", "replace")) if mailbox else ""
