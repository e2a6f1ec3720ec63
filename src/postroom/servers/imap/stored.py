"""What SORT and THREAD compare, read back from the ENVELOPE that was rendered at arrival: no message is opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.formats.dates import parse_date
from postroom.formats.text import fold
from postroom.formats.words import decode_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN: Final = re.compile(rb'[()]|"((?:[^"\\]|\\.)*+)"|\{([0-9]{1,9})\}\r\n|NIL|[ ]++', re.DOTALL)
_unescape: Final = re.compile(rb"\\(.)", re.DOTALL).sub


class Envelope(NamedTuple):
    """The values of an ENVELOPE; address lists as lists of (name, route, mailbox, host), strings as they were in the header."""

    date: bytes | None
    subject: bytes | None
    from_: Sequence[Any] | None
    sender: Sequence[Any] | None
    reply_to: Sequence[Any] | None
    to: Sequence[Any] | None
    cc: Sequence[Any] | None
    bcc: Sequence[Any] | None
    in_reply_to: bytes | None
    message_id: bytes | None


def read_envelope(stored: bytes) -> Envelope:
    """Read a stored ENVELOPE; ValueError for what is not one of ours."""
    stack: list[list[Any]] = [[]]
    at = 0
    while at < len(stored):
        token = _TOKEN.match(stored, at)
        if token is None:
            raise ValueError("not an ENVELOPE of ours")
        at = token.end()
        first = token[0][:1]
        if first == b"(":
            stack.append([])
        elif first == b")":
            done = stack.pop()
            stack[-1].append(done)
        elif first == b'"':
            stack[-1].append(_unescape(rb"\1", token[1]) if b"\\" in token[1] else token[1])
        elif first == b"{":
            stack[-1].append(stored[at : at + int(token[2])])
            at += int(token[2])
        elif first == b"N":
            stack[-1].append(None)
    return Envelope._make(stack[0][0])


def subject_of(envelope: Envelope) -> str:
    """Give the subject, decoded."""
    return decode_words(envelope.subject or b"")


def sent_at(envelope: Envelope, internal_date: int) -> int:
    """Give when it was sent, in UTC microseconds; the internal date when there is no reading it (RFC 5256 section 2.2)."""
    sent = parse_date(envelope.date.decode("latin-1")) if envelope.date else None
    return internal_date if sent is None else sent


def first_mailbox(addresses: Sequence[Any] | None) -> str:
    """Give the part before the @ of the first address, folded, "" for none (RFC 5256 section 3)."""
    mailbox = addresses[0][2] if addresses else None
    return fold(mailbox.decode("utf-8", "replace")) if mailbox else ""
