"""The server's ear: bytes in, commands out (RFC 3501 sections 2.2 and 4.3, RFC 7888). It holds no socket and writes nothing.

Feed it with `receive_data`, take events with `next_event` until that returns None. A session that must wait simply stops asking;
what came meanwhile stays in the buffer (`buffered` tells how much, for back pressure). Work is linear in the bytes received, however
they are cut. A literal that is over its limit is never invited by a `+`; one that comes without asking ends the connection, because
its bytes could not be told from commands.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from postroom.formats.imap.append import parse_append
from postroom.formats.imap.errors import CommandRefused
from postroom.formats.imap.events import AppendEnd, BadCommand, Command, ContinuationNeeded, Event, Line, LiteralChunk

# RFC 3501 section 9: tag = 1*<any ASTRING-CHAR except "+">; a command's name is letters, digits, "-" and "." here.
_TAG = rb"([!#$&',\-./0-9:;<=>?@A-Z\[\]^_`a-z|}~]{1,128}) "
_COMMAND = re.compile(_TAG + rb"((?:UID +)?[A-Z][A-Z0-9.\-]{0,31})(?: (.*))?", re.IGNORECASE | re.DOTALL)
_tag_at_start = re.compile(_TAG).match
# RFC 7888: literal = "{" number ["+"] "}" CRLF; "-" was an older way to say "+". More than 20 digits show as a missing brace.
_LITERAL = re.compile(rb"(\{)?([0-9]{1,20})([+-]?)\}\r?\n\Z")
_TAIL = 26  # the longest announcement of a literal
_CHUNK = 65536
_MOST_LITERALS = 256
_NO_COMMAND = "A command is a tag, a space and a name"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a client may send, in bytes.

    `line` is one line without literals; `literal` one literal that is not a message; `command` everything of one command but
    a message; `unasked` a message of APPEND sent without waiting (`{n+}`) that is still read and thrown away when it is refused.
    """

    line: int
    literal: int
    command: int
    unasked: int


BEFORE_LOGIN = Limits(line=8192, literal=4096, command=16384, unasked=0)
"""For a peer we don't know: enough for a password and a SASL initial response."""

AFTER_LOGIN = Limits(line=65536, literal=65536, command=262144, unasked=1 << 20)
"""For a user: RFC 2683 section 3.2.1.5 asks for 8000 octets a line; long UID sets want more."""


class Core:
    """The state of one connection's input. `limits` may be changed at any time; it holds for what is read next."""

    def __init__(self, limits: Limits = BEFORE_LOGIN) -> None:
        self.limits = limits
        self._buffer = bytearray()
        self._scanned = 0  # bytes of the buffer known to hold no line end
        self._parts: list[bytes] = []  # the command so far, when it has literals
        self._size = 0  # bytes in parts, or of an overlong line thrown away
        self._awaited = 0  # bytes of a literal still to come
        self._unasked = False  # the APPEND at hand sends its message without waiting
        self._tag = b"*"
        self._overlong = False
        self._read: _State = Core._read_line
        self.line = b""
        """The text that the last event was read from, with its literals; empty for one too long."""

    @property
    def buffered(self) -> int:
        """Bytes received that no event has told of yet."""
        return len(self._buffer)

    @property
    def idle(self) -> bool:
        """True between commands: nothing is half read."""
        return self._read is Core._read_line and not self._buffer and not self._parts

    @property
    def ended(self) -> bool:
        """True after a fatal event: nothing will be read any more."""
        return self._read is Core._read_nothing

    def receive_data(self, data: bytes) -> None:
        """Take bytes as they came from the client."""
        if self._read is not Core._read_nothing:
            self._buffer += data

    def next_event(self) -> Event | None:
        """Give the next event; None when more bytes (or a decision about an APPEND) are needed."""
        try:
            while self._buffer:
                state = self._read
                event = state(self)
                if event is not None or self._read is state:
                    return event
        except CommandRefused as refused:
            return self._end(refused.text)
        return None

    def expect_line(self) -> None:
        """Read the next line as a Line, not as a command: after `+` in IDLE (RFC 2177) and AUTHENTICATE (RFC 3501 section 6.2.2)."""
        self._read = Core._read_expected

    def accept_literal(self) -> None:
        """Let the message of the APPEND at hand come."""
        self._read = Core._read_message

    def refuse_literal(self) -> bool:
        """Refuse the message of the APPEND at hand; the session says why in a tagged NO.

        A message that comes unasked is read and thrown away up to `limits.unasked` bytes; False when it is larger: say BYE and close.
        """
        if not self._unasked:
            self._start_over()
        elif self._awaited <= self.limits.unasked:
            self._read = Core._skip_message
        else:
            self._end("Literal too large")
        return not self.ended

    def discard(self) -> int:
        """Forget everything that is buffered and give its length: called between STARTTLS's OK and the handshake.

        What came in plain text before TLS may be an attacker's (command injection, CVE-2021-33515).
        """
        discarded = len(self._buffer)
        self._take(discarded)
        if not self.ended:
            self._start_over()
        return discarded

    # --- lines

    def _take(self, count: int) -> bytes:
        self._scanned = 0
        if count == len(self._buffer):
            taken = bytes(self._buffer)
            self._buffer.clear()
            return taken
        taken = bytes(memoryview(self._buffer)[:count])
        del self._buffer[:count]
        return taken

    def _take_line(self) -> bytes | None:
        end = self._buffer.find(b"\n", self._scanned)
        if end < 0:
            self._scanned = len(self._buffer)
            return None
        return self._take(end + 1)

    def _take_short_line(self) -> bytes | None:
        """Take a line that is no command; CommandRefused, which ends the connection, when it is too long."""
        line = self._take_line()
        if (len(self._buffer) + 1 if line is None else len(line)) > self.limits.line:
            raise CommandRefused("Line too long")
        return line

    # --- states: each gives an event; or None, having set the next state; or None when it needs more

    def _read_nothing(self) -> None:
        """Stay silent after the end."""

    def _read_undecided(self) -> None:
        """Wait until the session has accepted or refused the message."""

    def _read_line(self) -> Event | None:
        line = self._take_line()
        if line is None:
            return self._throw_away() if self._overlong or len(self._buffer) >= self.limits.line else None
        if self._overlong or len(line) > self.limits.line:
            return self._bad_line(line)
        if line[-2:] == b"}\n" or line[-3:] == b"}\r\n":
            literal = _LITERAL.search(line, max(len(line) - _TAIL, 0))
            if literal and literal[1]:
                return self._announced(line, literal.start(), int(literal[2]), unasked=bool(literal[3]))
            if literal and literal[3]:
                return self._bad_literal(line, "Literal too large", unasked=True)
        if not self._parts:
            return self._command(line)
        self._parts.append(line)
        return self._command(b"".join(self._parts))

    def _command(self, text: bytes) -> Event:
        self.line = text
        self._start_over()
        found = _COMMAND.fullmatch(text, 0, len(text) - (2 if text[-2:] == b"\r\n" else 1))
        if not found:
            return BadCommand(_tag_of(text), _NO_COMMAND)
        tag, name, arguments = found.groups(b"")
        word = name.decode("ascii").upper()
        return Command(tag, "UID " + word[4:].lstrip() if word[:4] == "UID " else word, arguments)

    def _announced(self, line: bytes, start: int, size: int, *, unasked: bool) -> Event | None:
        """Decide about a literal that the end of a line announces."""
        self.line = line
        self._parts.append(line)
        self._size += len(line)
        found = _COMMAND.match(self._parts[0])
        if not found:
            return self._bad_literal(self._parts[0], _NO_COMMAND, unasked=unasked)
        self._tag = found[1]
        if found[2].upper() == b"APPEND":
            # The mailbox may be a literal, nothing else before the message: there are three parts at most.
            before = b"".join([*self._parts[:-1], line[:start]])[found.end(2) + 1 :]
            if before:
                return self._append(before, size, unasked=unasked)
        if size > self.limits.literal or self._size + size > self.limits.command or len(self._parts) > 2 * _MOST_LITERALS:
            return self._bad_literal(line, "Literal too large", unasked=unasked)
        self._awaited = size
        self._read = Core._read_literal
        return None if unasked else ContinuationNeeded(size)

    def _read_literal(self) -> None:
        if len(self._buffer) >= self._awaited:
            self._size += self._awaited
            self._parts.append(self._take(self._awaited))
            self._awaited = 0
            self._read = Core._read_line

    def _append(self, before: bytes, size: int, *, unasked: bool) -> Event:
        try:
            event = parse_append(self._tag, before, size, synchronising=not unasked)
        except CommandRefused as refused:
            return self._bad_literal(self._parts[0], refused.text, unasked=unasked)
        self._parts = []
        self._size = 0
        self._awaited = size
        self._unasked = unasked
        self._read = Core._read_undecided
        return event

    def _read_message(self) -> Event | None:
        if self._awaited:
            chunk = self._take(min(self._awaited, _CHUNK, len(self._buffer)))
            self._awaited -= len(chunk)
            return LiteralChunk(chunk)
        line = self._take_short_line()
        if line is None:
            return None
        self._refuse_another(line)
        self._start_over()
        # MULTIAPPEND (RFC 3502) is not announced: nothing may follow the message.
        return AppendEnd(self._tag) if line in {b"\r\n", b"\n"} else BadCommand(self._tag, "Nothing may follow the message")

    def _skip_message(self) -> None:
        if self._awaited:
            self._awaited -= len(self._take(min(self._awaited, len(self._buffer))))
        if self._awaited or not self._buffer:
            return
        line = self._take_short_line()
        if line is not None:
            self._refuse_another(line)
            self._start_over()

    def _refuse_another(self, line: bytes) -> None:
        """Refuse a further literal behind a message that would come unasked: its bytes are no commands."""
        literal = _LITERAL.search(line, max(len(line) - _TAIL, 0))
        if literal and literal[3]:
            raise CommandRefused("One message at a time")

    def _read_expected(self) -> Event | None:
        line = self._take_short_line()
        if line is None:
            return None
        self._start_over()
        self.line = line
        return Line(line[: -2 if line[-2:] == b"\r\n" else -1])

    # --- refusals

    def _throw_away(self) -> Event | None:
        """Drop an overlong line while it comes, but keep its tag and its end; a whole command's worth of it ends the connection."""
        if not self._overlong and not self._parts:
            self._tag = _tag_of(bytes(self._buffer[: self.limits.line]))
        self._overlong = True
        if self._size + len(self._buffer) >= self.limits.command:
            return self._end("Line too long")
        excess = max(len(self._buffer) - _TAIL, 0)
        self._size += excess
        del self._buffer[:excess]
        self._scanned = len(self._buffer)
        return None

    def _bad_line(self, line: bytes) -> BadCommand:
        self.line = b""
        if not self._overlong and not self._parts:
            self._tag = _tag_of(line[: self.limits.line])
        literal = _LITERAL.search(line, max(len(line) - _TAIL, 0))
        if (literal and literal[3]) or self._size + len(line) > self.limits.command:
            return self._end("Line too long")
        self._start_over()
        return BadCommand(self._tag, "Line too long")

    def _bad_literal(self, line: bytes, text: str, *, unasked: bool) -> BadCommand:
        """Refuse a command at its literal: who asked goes on with the next command, who didn't ask is cut off."""
        if len(self._parts) <= 1:
            self._tag = _tag_of(line)
        if unasked:
            return self._end(text)
        self._start_over()
        return BadCommand(self._tag, text)

    def _end(self, text: str) -> BadCommand:
        self.line = b""
        self._buffer.clear()
        self._parts = []
        self._read = Core._read_nothing
        return BadCommand(self._tag, text, fatal=True)

    def _start_over(self) -> None:
        """Get ready for a new command."""
        if self._parts:
            self._parts = []
        self._size = self._awaited = 0
        self._unasked = self._overlong = False
        self._read = Core._read_line


_State = Callable[[Core], Event | None]


def _tag_of(line: bytes) -> bytes:
    found = _tag_at_start(line)
    return found[1] if found else b"*"
