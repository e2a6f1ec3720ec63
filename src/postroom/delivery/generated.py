"""Messages that follow from others by themselves: passed on, copied, answered. None goes round: each passing on is counted in the message.

Answers go to people only: never to the null sender, to lists, or to mail that was itself written by a program (RFC 3834).
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final, NamedTuple

from postroom.formats import headers
from postroom.formats.address import Address, AddressError
from postroom.formats.compose import Correspondent, compose
from postroom.formats.editing.fields import encoded_field
from postroom.formats.headers import HeaderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postroom.directory.rules import Action

LIMIT_FIELD: Final = "X-hMailServer-LoopCount"
LONGEST_ID: Final = 250
BULK: Final = frozenset({b"bulk", b"list", b"junk"})


class Once(NamedTuple):
    """That an account answers a sender once, from a time on (UTC microseconds)."""

    account_id: int
    sender: str
    since: int


class Generated(NamedTuple):
    """A message to be sent: `kind` is what the log calls it, an empty sender the null reverse-path."""

    kind: str
    content: bytes
    sender: str
    recipients: tuple[str, ...]
    once: Once | None = None


def header_of(content: bytes) -> bytes:
    """Give the header of a message."""
    return content[: headers.header_end(content)]


def passed_on(content: bytes) -> int:
    """Read how often a message was passed on by itself; what is no number counts as never."""
    value = headers.find(header_of(content), LIMIT_FIELD) or b""
    return int(value) if value.isdigit() and len(value) < 10 else 0


def with_field(content: bytes, name: str, value: str) -> bytes:
    """Give a message with its first field of a name set, or a new one on top; raises HeaderError."""
    line = encoded_field(name, value)
    lowered = name.lower().encode("utf-8", "replace")
    for found in headers.parse(header_of(content)):
        if found.name.lower() == lowered:
            return content[: found.start] + line + content[found.end :]
    return headers.insert(content, line)


def counted(content: bytes, limit: int) -> bytes | None:
    """Give a message as it is passed on once more; None when that was done often enough."""
    times = passed_on(content)
    return with_field(content, LIMIT_FIELD, str(times + 1)) if times < limit else None


def copied(content: bytes, limit: int, name: str, value: str) -> bytes | None:
    """Give a message as it is copied by a rule, with a field that says so."""
    once_more = counted(content, limit)
    try:
        return None if once_more is None else with_field(once_more, name, value)
    except HeaderError:
        return once_more


def answers(content: bytes, limit: int) -> bool:
    """Tell whether a message may be answered by a program (RFC 3834 section 2)."""
    header = header_of(content)
    automatic = (headers.find(header, "Auto-Submitted") or b"no").partition(b";")[0].strip().lower()
    bulk = (headers.find(header, "Precedence") or b"").strip().lower() in BULK
    listed = any(headers.find(header, name) is not None for name in ("List-Id", "List-Unsubscribe", "List-Post"))
    return automatic == b"no" and not bulk and not listed and passed_on(content) < limit


def subject_of(content: bytes) -> bytes:
    """Give the raw subject."""
    return headers.find(header_of(content), "Subject") or b""


def answer(content: bytes, sender: Correspondent, to: Address, subject: str, text: str, hostname: str, now: int) -> bytes:
    """Write an answer to a message that a program gives; raises HeaderError for a subject that can't stand in one."""
    identifier = (headers.find(header_of(content), "Message-ID") or b"").decode("ascii", "ignore")
    known = identifier.startswith("<") and identifier.isprintable() and " " not in identifier and len(identifier) < LONGEST_ID
    thread: Sequence[tuple[str, str]] = [("In-Reply-To", identifier), ("References", identifier)] if known else []
    return compose(
        sender=sender,
        to=[Correspondent(to)],
        subject=" ".join(subject.split()),
        date=now,
        message_id=f"<{now:x}.{secrets.token_hex(8)}@{hostname}>",
        text=text,
        structured=[*thread, ("Auto-Submitted", "auto-replied"), (LIMIT_FIELD, str(passed_on(content) + 1))],
    )


def replied(action: Action, content: bytes, to: Address, hostname: str, now: int) -> bytes | None:
    """Write the reply of a rule; None when its From is no address."""
    try:
        author = Correspondent(Address.read(action.from_address.strip()), action.from_name)
        return answer(content, author, to, action.subject, action.body, hostname, now)
    except (AddressError, HeaderError):
        return None
