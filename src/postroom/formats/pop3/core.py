"""The server's side of POP3 as a pure state machine: bytes in, events out.

    command --expect_line()--> line --Line--> command
    command --Stls, encrypted()--> command
    any --fatal Bad--> silent

Whoever drives it answers each event before it asks for the next one; commands that came meanwhile wait here (PIPELINING, `buffered`).
"""

import re
from collections.abc import Callable

from postroom.formats.pop3.commands import read_command
from postroom.formats.pop3.events import Bad, Event, Line, Stls
from postroom.formats.pop3.reply import Refused, Reply

COMMAND_LINE = 255  # octets with CRLF (RFC 2449 section 4)
AUTH_LINE = 12_288  # octets with CRLF of an answer to a challenge (RFC 4954 section 4 names the figure)
OVERRUN = 65_536  # octets of a line too long that are dropped before the connection ends

TOO_LONG = Reply.err("The line is too long")
CONTROL = Reply.err("Control characters are not allowed in commands")
NOT_POP3 = Reply.err("This is a mail server; closing")

# ALPACA (USENIX Security 2021): a browser led here would send a victim's request to be read as mail.
_HTTP = re.compile(rb"(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|PRI) ")
_CONTROLS = re.compile(rb"[\x00-\x1f\x7f]")

State = Callable[[], Event | None]


class Core:
    """One connection's state."""

    __slots__ = ("_buffer", "_position", "_skipped", "_state", "_waiting", "line")

    def __init__(self) -> None:
        self._buffer = b""
        self._position = 0
        self._waiting: list[bytes] = []  # bytes that came while the buffer still held some: joined once, when they are asked for
        self._skipped = 0
        self._state: State = self._command
        self.line = b""
        """The line that the last event was read from, without its end; empty for one too long."""

    def receive_data(self, data: bytes) -> None:
        """Take bytes as they came from the client."""
        if self._position < len(self._buffer):
            self._waiting.append(data)
        else:
            self._buffer, self._position = data, 0

    def next_event(self) -> Event | None:
        """Read one event, or None until more bytes come."""
        if self._waiting:
            self._buffer = b"".join((self._buffer[self._position :], *self._waiting))
            self._position = 0
            self._waiting.clear()
        return self._state()

    @property
    def buffered(self) -> int:
        """How many bytes wait to be read."""
        return len(self._buffer) - self._position + sum(map(len, self._waiting))

    def expect_line(self) -> None:
        """Read a line next, not a command: the session sent a challenge."""
        self._state = self._line

    def encrypted(self) -> bool:
        """TLS is on: begin afresh; False when plain text slipped in before the handshake: the connection must end."""
        clean = not self.buffered
        self._buffer, self._position = b"", 0
        self._waiting.clear()
        self._state = self._command
        return clean

    # The states

    def _silent(self) -> Event | None:
        """After a fatal error nothing more is read, and nothing kept."""
        self._buffer, self._position = b"", 0
        return None

    def _command(self) -> Event | None:
        line = self._take_line(COMMAND_LINE)
        if not isinstance(line, bytes):
            return line
        if _CONTROLS.search(line):
            return Bad(CONTROL)
        try:
            event = read_command(line)
        except Refused as refusal:
            return self._fatal(NOT_POP3) if _HTTP.match(line) else Bad(refusal.reply)
        return Stls(injected=self.buffered > 0) if type(event) is Stls else event

    def _line(self) -> Event | None:
        line = self._take_line(AUTH_LINE)
        if line is None:
            return None
        if isinstance(line, bytes):
            self._state = self._command
            return Line(line)
        return line

    def _skip(self) -> Event | None:
        """Drop the rest of a line too long; it was answered when its length was known."""
        end = self._buffer.find(b"\n", self._position)
        self._skipped += (end if end >= 0 else len(self._buffer)) - self._position
        if self._skipped > OVERRUN:
            return self._fatal(TOO_LONG)
        if end < 0:
            self._position = len(self._buffer)
            return None
        self._position = end + 1
        self._state = self._command
        return self._command()

    def _take_line(self, limit: int) -> bytes | Bad | None:
        """Take a line without its CRLF, or its LF: nothing here is hidden from anybody by a line end, so people may type it."""
        buffer, start = self._buffer, self._position
        end = buffer.find(b"\n", start, start + limit)
        if end < 0:
            if len(buffer) - start < limit:
                return None
            self._state, self._skipped, self.line = self._skip, 0, b""
            return Bad(TOO_LONG)
        self._position = end + 1
        self.line = line = buffer[start : end - 1] if end > start and buffer[end - 1] == 0x0D else buffer[start:end]
        return line

    def _fatal(self, reply: Reply) -> Bad:
        self._state = self._silent
        return Bad(reply, fatal=True)
