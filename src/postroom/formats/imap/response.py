"""What a server says (RFC 3501 section 7), line by line as bytes with CRLF. FETCH's data has a file of its own, `fetched`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postroom.formats.imap.strings import astring, mailbox, nstring, string
from postroom.formats.uidset import UidSet

CONTINUE = b"+ OK\r\n"
"""Invites a literal, or the lines of IDLE."""


def status(tag: bytes, condition: bytes, text: str, code: bytes = b"") -> bytes:
    """Write a status response: `a1 OK [code] text`; tag b"*" for an untagged one; condition is OK, NO, BAD, BYE or PREAUTH.

    Line ends in the text, which may tell of a client's words, become spaces: nothing can be smuggled into a reply.
    """
    said = text.encode("ascii", "replace").replace(b"\r", b" ").replace(b"\n", b" ") or b"-"
    return b"%b %b [%b] %b\r\n" % (tag, condition, code, said) if code else b"%b %b %b\r\n" % (tag, condition, said)


def continuation(data: bytes = b"") -> bytes:
    """Write a continuation request with what follows the plus: base64 in AUTHENTICATE."""
    return b"+ %b\r\n" % data


def capability(names: Iterable[str]) -> bytes:
    """Write the inside of CAPABILITY's response, also used as a response code."""
    return b"CAPABILITY " + " ".join(names).encode("ascii")


def untagged(data: bytes) -> bytes:
    """Write an untagged response."""
    return b"* %b\r\n" % data


def exists(count: int) -> bytes:
    """Write how many messages there are."""
    return b"* %d EXISTS\r\n" % count


def recent(count: int) -> bytes:
    """Write how many messages are recent."""
    return b"* %d RECENT\r\n" % count


def expunges(numbers: Iterable[int]) -> bytes:
    """Write an EXPUNGE for each sequence number, which must already count those gone before (simplest: descending)."""
    return b"".join([b"* %d EXPUNGE\r\n" % number for number in numbers])


def flags_line(rendered: bytes) -> bytes:
    """Write FLAGS: the flags in use in a mailbox, rendered without parentheses."""
    return b"* FLAGS (%b)\r\n" % rendered


# --- mailboxes


def list_line(attributes: Iterable[str], separator: str, name: str, *, command: bytes = b"LIST", child_info: Iterable[str] = ()) -> bytes:
    r"""Write a LIST or LSUB response; attributes such as `\HasChildren`; `child_info` are selection options (RFC 5258 section 3.5)."""
    shown = b"NIL" if not separator else string(separator.encode("ascii"))
    options = " ".join(f'"{option}"' for option in child_info).encode("ascii")
    extended = b' ("CHILDINFO" (%b))' % options if options else b""
    return b"* %b (%b) %b %b%b\r\n" % (command, " ".join(attributes).encode("ascii"), shown, mailbox(name), extended)


def status_line(name: str, items: Iterable[tuple[bytes, int | bytes | None]]) -> bytes:
    """Write a STATUS response from pairs such as (b"UIDNEXT", 5): numbers, rendered bytes such as b"(F123)", None for NIL."""
    shown = (b"%b %b" % (name, b"NIL" if value is None else value if isinstance(value, bytes) else b"%d" % value) for name, value in items)
    return b"* STATUS %b (%b)\r\n" % (mailbox(name), b" ".join(shown))


def namespace_line(prefix: str, separator: str, public: str = "") -> bytes:
    """Write NAMESPACE (RFC 2342) with one personal namespace and, if its prefix is given, one of all users."""
    level = string(separator.encode("ascii"))
    shared = b"((%b %b))" % (string(mailbox_prefix(public)), level) if public else b"NIL"
    return b"* NAMESPACE ((%b %b)) NIL %b\r\n" % (string(mailbox_prefix(prefix)), level, shared)


def mailbox_prefix(prefix: str) -> bytes:
    """Give a namespace's prefix in modified UTF-7."""
    written = mailbox(prefix)
    return written[1:-1] if written[:1] == b'"' else written


def quota_line(root: str, resources: Iterable[tuple[str, int, int]]) -> bytes:
    """Write QUOTA: per resource its name, usage and limit in the resource's unit (RFC 9208 section 4.2.1)."""
    shown = b" ".join(b"%b %d %d" % (name.encode("ascii"), usage, limit) for name, usage, limit in resources)
    return b"* QUOTA %b (%b)\r\n" % (astring(root.encode()), shown)


def quotaroot_line(name: str, roots: Iterable[str]) -> bytes:
    """Write QUOTAROOT: which quota roots a mailbox has (RFC 9208 section 4.2.2)."""
    return b"* QUOTAROOT %b\r\n" % b" ".join([mailbox(name), *(astring(root.encode()) for root in roots)])


def id_line(fields: Mapping[str, str]) -> bytes:
    """Write ID (RFC 2971 section 3.2); NIL without fields."""
    pairs = b" ".join(b"%b %b" % (string(name.encode()), nstring(value.encode())) for name, value in fields.items())
    return b"* ID (%b)\r\n" % pairs if pairs else b"* ID NIL\r\n"


def enabled_line(names: Iterable[str]) -> bytes:
    """Write ENABLED with the capabilities that this ENABLE switched on (RFC 5161 section 3.2)."""
    return b" ".join([b"* ENABLED", *(name.encode("ascii") for name in names)]) + b"\r\n"


# --- results of SEARCH, SORT and THREAD


def search_line(numbers: Iterable[int], modseq: int | None = None, *, command: bytes = b"SEARCH") -> bytes:
    """Write SEARCH (or SORT) with its numbers; `modseq` is the highest of the found when the search had MODSEQ (RFC 7162 section 3.1.5)."""
    line = b" ".join([b"* " + command, *(b"%d" % number for number in numbers)])
    return line + (b"\r\n" if modseq is None else b" (MODSEQ %d)\r\n" % modseq)


@dataclass(frozen=True, slots=True)
class ExtendedSearch:
    """What an ESEARCH response tells; None for what wasn't asked, or when nothing was found (RFC 4731 section 3.1)."""

    minimum: int | None = None
    maximum: int | None = None
    all: UidSet | None = None
    count: int | None = None
    modseq: int | None = None

    @classmethod
    def of(cls, found: UidSet, returns: frozenset[str], modseq: int | None = None) -> "ExtendedSearch":
        """Tell what the RETURN options ask for about the numbers found; MIN, MAX and ALL are left out when there are none."""
        return cls(
            found.first if found and "MIN" in returns else None,
            found.last if found and "MAX" in returns else None,
            found if found and "ALL" in returns else None,
            len(found) if "COUNT" in returns else None,
            modseq if found else None,
        )


def esearch_line(tag: bytes, result: ExtendedSearch, *, uid: bool) -> bytes:
    """Write ESEARCH (RFC 4466 section 2.6.2) for the command with this tag."""
    words = [b'* ESEARCH (TAG "%b")' % tag]
    if uid:
        words.append(b"UID")
    for name, number in ((b"MIN", result.minimum), (b"MAX", result.maximum), (b"COUNT", result.count), (b"MODSEQ", result.modseq)):
        if number is not None:
            words.append(b"%b %d" % (name, number))
    if result.all:
        words.append(b"ALL " + result.all.serialise())
    return b" ".join(words) + b"\r\n"


# --- response codes


def appenduid(validity: int, uids: UidSet) -> bytes:
    """Write APPENDUID (RFC 4315 section 3)."""
    return b"APPENDUID %d %b" % (validity, uids.serialise())


def copyuid(validity: int, sources: Iterable[int], copies: Iterable[int]) -> bytes:
    """Write COPYUID: which uids became which, both in the same order (RFC 4315 section 3).

    Order counts, so only ascending neighbours are joined to ranges.
    """
    return b"COPYUID %d %b %b" % (validity, _runs(sources), _runs(copies))


def _runs(uids: Iterable[int]) -> bytes:
    runs: list[list[int]] = []
    for uid in uids:
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return b",".join([b"%d" % lo if lo == hi else b"%d:%d" % (lo, hi) for lo, hi in runs])
