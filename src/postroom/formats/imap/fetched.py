"""FETCH responses (RFC 3501 section 7.4.2), joined from bytes that were rendered when the message arrived.

For whole folders one call writes a chunk of many messages with a few C-level operations each.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache
from time import gmtime

from postroom.formats.flags import TABLE, render_flags

_MONTHS = (b"", b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")


def flags_chunk(rows: Iterable[tuple[int, int, int, Collection[str]]], *, uid: bool = True) -> bytes:
    """Write `* n FETCH (UID u FLAGS (...))` for rows of (sequence number, uid, flag bits with RECENT, keywords); UID only on demand."""
    table = TABLE
    if uid:
        return b"".join(
            [
                b"* %d FETCH (UID %d FLAGS (%b))\r\n" % (number, uid_, render_flags(bits, keywords) if keywords else table[bits])
                for number, uid_, bits, keywords in rows
            ]
        )
    return b"".join(
        [b"* %d FETCH (FLAGS (%b))\r\n" % (number, render_flags(bits, keywords) if keywords else table[bits]) for number, _, bits, keywords in rows]
    )


def modseq_chunk(rows: Iterable[tuple[int, int, int, Collection[str], int]]) -> bytes:
    """Write like `flags_chunk` with the mod-sequence as a fifth value: what CONDSTORE clients get for each change."""
    table = TABLE
    return b"".join(
        [
            b"* %d FETCH (UID %d FLAGS (%b) MODSEQ (%d))\r\n" % (number, uid, render_flags(bits, keywords) if keywords else table[bits], modseq)
            for number, uid, bits, keywords, modseq in rows
        ]
    )


def fetch_line(number: int, items: Iterable[bytes]) -> bytes:
    """Write one message's FETCH from its items, each as `NAME value`."""
    return b"* %d FETCH (%b)\r\n" % (number, b" ".join(items))


def flags_item(bits: int, keywords: Collection[str] = ()) -> bytes:
    r"""Write `FLAGS (\Seen ...)`."""
    return b"FLAGS (%b)" % (render_flags(bits, keywords) if keywords else TABLE[bits & 63])


def section_item(label: bytes, data: bytes) -> bytes:
    """Write a piece of a message as a literal behind its label; the caller has cut it to the partial and cleaned it of NUL."""
    return b"%b {%d}\r\n%b" % (label, len(data), data)


def section_start(label: bytes, size: int) -> bytes:
    """Write a piece's label and `{size}` alone, for a body that is written in pieces after it."""
    return b"%b {%d}\r\n" % (label, size)


def internal_date(microseconds: int) -> bytes:
    """Write a time in UTC microseconds as IMAP's quoted date-time, in UTC."""
    seconds = microseconds // 1_000_000
    return _day(seconds // 86400) % (seconds // 3600 % 24, seconds // 60 % 60, seconds % 60)


@lru_cache(maxsize=4096)
def _day(day: int) -> bytes:
    # Mail comes in runs of days: the expensive half of a date is made once for each.
    year, month, number = gmtime(day * 86400)[:3]
    return b'"%2d-%b-%04d %%02d:%%02d:%%02d +0000"' % (number, _MONTHS[month], year)
