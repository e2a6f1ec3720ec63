"""What the core tells its session: the pieces of a client's half of an IMAP conversation."""

from dataclasses import dataclass

from postroom.formats.flags import Flags


@dataclass(frozen=True, slots=True)
class Command:
    """A whole command, its literals inside.

    `tag` is as it came and safe to echo; `name` is upper case, with UID before it where the client said so ("UID FETCH");
    `arguments` are the bytes behind the name and its space, without the final CRLF, literals with their `{n}` line.
    """

    tag: bytes
    name: str
    arguments: bytes


@dataclass(frozen=True, slots=True)
class ContinuationNeeded:
    """The client waits before it sends a literal of `size` bytes: the session writes a line that begins with `+ `."""

    size: int


@dataclass(frozen=True, slots=True)
class Append:
    """APPEND up to its message (RFC 3501 section 6.3.11): the session must now call the core's `accept_literal` or `refuse_literal`.

    `internal_date` is in UTC microseconds, None for the moment of arrival; `size` in bytes. When `synchronising`, the client waits for a `+ ` line:
    the session writes it after accepting. Chunks follow, then AppendEnd.
    """

    tag: bytes
    mailbox: str
    flags: Flags
    internal_date: int | None
    size: int
    synchronising: bool


@dataclass(frozen=True, slots=True)
class LiteralChunk:
    """The next bytes of the message that an accepted APPEND brings."""

    data: bytes


@dataclass(frozen=True, slots=True)
class AppendEnd:
    """The message is whole and the command's line has ended."""

    tag: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """The line that the session asked for by `expect_line`, without its CRLF: IDLE's DONE, AUTHENTICATE's answer."""

    data: bytes


@dataclass(frozen=True, slots=True)
class BadCommand:
    """Something that is no command: the session writes `tag BAD text` (tag is b"*" when none could be read).

    `fatal`: what follows can't be told from literal data any more, or is too much; the session says BYE and closes. An APPEND in
    progress with this tag has failed.
    """

    tag: bytes
    text: str
    fatal: bool = False


Event = Command | ContinuationNeeded | Append | LiteralChunk | AppendEnd | Line | BadCommand
