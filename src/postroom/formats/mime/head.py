"""The header of a message as delivery needs it: fields of ENVELOPE, Content fields, and those that clients list folders with."""

import re

from postroom.formats.headers import split

# What Thunderbird, Apple Mail, Outlook, K-9, mutt, alpine, mbsync and Roundcube ask for to list a folder: BODY[HEADER.FIELDS (...)] of
# these needs no message.
FIELDS = frozenset(
    b"date from sender reply-to to cc bcc subject message-id in-reply-to references content-type content-transfer-encoding mime-version "
    b"list-id list-post list-archive list-help list-subscribe list-unsubscribe list-unsubscribe-post list-owner x-priority importance "
    b"priority "
    b"x-msmail-priority disposition-notification-to return-receipt-to newsgroups followup-to resent-from resent-date resent-to x-label "
    b"content-disposition content-language auto-submitted precedence thread-topic thread-index x-uniform-type-identifier "
    b"x-universally-unique-identifier x-mozilla-draft-info x-spam-flag x-spam-status autocrypt".split()
)
FIELDS_OCTETS = 32 * 1024  # a longer block is not kept

_CONTENT = frozenset(b"content-id content-description content-location content-md5".split())
_LISTS = frozenset(b"from sender reply-to to cc bcc".split())
_COMMON = [
    "Received", "Return-Path", "DKIM-Signature", "ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results",
    "Authentication-Results", "Received-SPF", "X-Received", "X-Mailer", "User-Agent", "X-Originating-IP", "X-Google-Smtp-Source",
    "X-Google-DKIM-Signature", "X-Gm-Message-State", "X-Spam-Score",
]  # fmt: skip


def _spellings() -> dict[bytes, bytes]:
    """Map names as they are usually spelled to the lower-case name, to nothing those of no use."""
    table = {name.encode(): b"" for name in _COMMON}
    for name in FIELDS:
        table[name] = table[name.title()] = table[name.title().replace(b"-Id", b"-ID").replace(b"Mime-", b"MIME-")] = name
    return table


_NAMES = _spellings()
_BETWEEN = re.compile(rb"\n(?![ \t])")

_NAME = re.compile(rb"(?!--|[ \t])[^ \t\r\n:]*+[ \t]*+")  # as headers.LINES has it
_EMPTY_LINE = re.compile(rb"\n\r?\n")

Head = tuple[dict[bytes, bytes], list[bytes]]


def read_head(raw_fields: list[bytes]) -> Head | None:
    """Take what is wanted out of raw fields: values by lower-case name, still folded, and the raw fields of FIELDS in their order.

    Of several fields of one name the first counts, those with addresses are joined. None when one of the lines is no field.
    """
    values: dict[bytes, bytes] = {}
    kept: list[bytes] = []
    for raw in raw_fields:
        name, colon, value = raw.partition(b":")
        known = _NAMES.get(name)
        if known is None or not colon:
            if not colon or not _NAME.fullmatch(name):
                return None
            known = name.rstrip(b" \t").lower()
            if known in _CONTENT:
                values.setdefault(known, value)
            known = known if known in FIELDS else b""
        if known:
            if known not in values:
                values[known] = value
            elif known in _LISTS:
                values[known] += b"," + value
            kept.append(raw)
    return values, kept


def find_head(message: bytes, limit: int) -> tuple[int, Head] | None:
    """Read the header of a message as nearly all are, ended by an empty line; gives the body's place, None for the others."""
    empty_line = _EMPTY_LINE.search(message)
    if empty_line is None or empty_line.start() >= limit:
        return None
    head = read_head(_BETWEEN.split(message[: empty_line.start()]))
    return None if head is None else (empty_line.end(), head)


def head_of(header: bytes) -> Head:
    """Read a header that the scanner found."""
    return read_head(split(header)) or ({}, [])


def fields_block(kept: list[bytes]) -> bytes | None:
    """Join raw fields for BODY[HEADER.FIELDS]; None when they are too many to be kept."""
    block = b"\n".join(kept) + b"\n" if kept else b""
    return block if len(block) <= FIELDS_OCTETS else None


def select(block: bytes, names: frozenset[bytes]) -> bytes | None:
    """Give the fields of a block whose lower-case names are asked for, None when some may not be in it (then the header must be read)."""
    if not names <= FIELDS:
        return None
    kept = [raw for raw in split(block) if raw.partition(b":")[0].rstrip(b" \t").lower() in names]
    return b"\n".join(kept) + b"\n" if kept else b""
