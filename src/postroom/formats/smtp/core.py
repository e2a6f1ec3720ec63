"""The server's side of SMTP, submission and LMTP as a pure state machine: bytes in, events out.

    command --Data, expect_data()--> data --End--> command
    command --Bdat--> chunk --End--> command
    command --expect_line()--> line --Line--> command
    command --StartTls, encrypted()--> command
    any --fatal Bad--> silent

Whoever drives it answers each event before it asks for the next one; bytes that came meanwhile wait here (`buffered`).
"""

import re
from collections.abc import Callable

from postroom.formats.smtp.commands import OutOfStep, verbs
from postroom.formats.smtp.content import TERMINATOR, TOO_BIG, Content, find_end, held_back, unstuff
from postroom.formats.smtp.events import Bad, Bdat, Chunk, End, Event, Line, StartTls
from postroom.formats.smtp.limits import Limits
from postroom.formats.smtp.reply import Refused, Reply

UNKNOWN = Reply.of(500, "5.5.1", "This command is not known")
NOT_OFFERED = Reply.of(502, "5.5.1", "This command is not offered")
TOO_LONG = Reply.of(500, "5.5.6", "The line is too long")
NOT_CRLF = Reply.of(500, "5.5.2", "Lines end with CRLF")
CONTROL = Reply.of(500, "5.5.2", "Control characters are not allowed in commands")
NOT_UTF8 = Reply.of(500, "5.5.2", "The line is not UTF-8")
NO_SIZE = Reply.of(501, "5.5.4", "BDAT needs a size; closing, for nobody knows where the next command begins")
NOT_SMTP = Reply.of(554, "5.7.0", "This is a mail server; closing")

_KNOWN_ELSEWHERE = frozenset({"TURN", "ETRN", "ATRN", "SEND", "SOML", "SAML", "BURL", "EHLO", "HELO", "LHLO"})
# ALPACA (USENIX Security 2021): a browser led here would send a victim's request to be read as mail.
_HTTP = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PRI"})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


State = Callable[[], Event | None]


class Core:
    """One connection's state; `dsn` offers the parameters of RFC 3461."""

    __slots__ = ("_buffer", "_content", "_ended", "_last", "_limits", "_position", "_remaining", "_skipped", "_state", "_verbs", "_waiting", "line")

    def __init__(self, limits: Limits | None = None, *, lmtp: bool = False, dsn: bool = False) -> None:
        self._limits = limits or Limits()
        self._verbs = _VERBS[lmtp, dsn]
        self._buffer = b""
        self._position = 0
        self._waiting: list[bytes] = []  # bytes that came while the buffer still held some: joined once, when they are asked for
        self._state: State = self._command
        self._content: Content | None = None
        self._remaining = 0
        self._last = True
        self._skipped = 0
        self._ended: End | None = None
        self.line = b""
        """The line that the last event was read from, without its CRLF; empty for one too long."""

    # What the driver calls

    def receive_data(self, data: bytes) -> None:
        """Take bytes as they came from the peer."""
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

    @property
    def content_size(self) -> int:
        """How many octets of the message have been read."""
        return self._content.size if self._content else 0

    def begin(self) -> None:
        """Forget what was read of a message by BDAT: a mail transaction begins or is given up."""
        self._content = None

    def expect_data(self) -> None:
        """Read a message up to CRLF . CRLF next: the session said 354."""
        self._content = Content(self._limits)
        self._last = True
        self._state = self._opening

    def expect_line(self) -> None:
        """Read a line next, not a command: the session said 334."""
        self._state = self._line

    def encrypted(self) -> bool:
        """TLS is on: begin afresh; False when plain text slipped in before the handshake: the connection must end."""
        clean = not self.buffered
        self._buffer, self._position = b"", 0
        self._waiting.clear()
        self._content = None
        self._state = self._command
        return clean

    # The states

    def _silent(self) -> Event | None:
        """After a fatal error nothing more is read, and nothing kept."""
        self._buffer, self._position = b"", 0
        return None

    def _command(self) -> Event | None:
        line = self._take_line(self._limits.command_line)
        if not isinstance(line, bytes):
            return line
        try:
            text = line.decode()
        except UnicodeDecodeError:
            return Bad(NOT_UTF8)
        if not text.isprintable() and _CONTROLS.search(text):
            return Bad(CONTROL)
        verb, _, argument = text.partition(" ")
        parser = self._verbs.get(verb) or self._verbs.get(verb.upper())
        if parser is None:
            return self._no_command(verb.upper())
        try:
            event = parser(argument.strip(" "))
        except Refused as refusal:
            return Bad(refusal.reply)
        except OutOfStep:
            return self._fatal(NO_SIZE)
        if isinstance(event, Bdat):
            self._expect_chunk(event)
        elif isinstance(event, StartTls):
            return StartTls(injected=self.buffered > 0)
        return event

    def _no_command(self, verb: str) -> Bad:
        if verb in _HTTP:
            return self._fatal(NOT_SMTP)
        return Bad(NOT_OFFERED if verb in _KNOWN_ELSEWHERE else UNKNOWN)

    def _line(self) -> Event | None:
        self._state = self._command
        line = self._take_line(self._limits.auth_line)
        if line is None:
            self._state = self._line
        return Line(line) if isinstance(line, bytes) else line

    def _skip(self) -> Event | None:
        """Drop the rest of a line too long; it was answered when its length was known."""
        end = self._buffer.find(b"\n", self._position)
        self._skipped += (end if end >= 0 else len(self._buffer)) - self._position
        if self._skipped > self._limits.overrun:
            return self._fatal(TOO_LONG)
        if end < 0:
            self._position = len(self._buffer)
            return None
        self._position = end + 1
        self._state = self._command
        return self._command()

    def _opening(self) -> Event | None:
        """Read the first octets of DATA: a dot there stands at the beginning of a line."""
        head = self._buffer[self._position : self._position + 3]
        if len(head) < 3 and b".\r\n".startswith(head):
            return None
        if head == b".\r\n":
            self._position += 3
            return self._finish(Content(self._limits), b"")
        if head[:1] == b".":
            self._position += 1
        self._state = self._data
        return self._data()

    def _data(self) -> Event | None:
        content, buffer, start = self._content, self._buffer, self._position
        assert content is not None
        end, stuffed = find_end(buffer, start)
        # What may be the beginning of the end stays in the buffer, so no piece begins behind a CRLF or cuts one.
        stop = end + 2 if end >= 0 else len(buffer) - held_back(buffer, start)
        piece = content.inspect(unstuff(buffer[start:stop]) if stuffed else buffer[start:stop])
        if end < 0:
            self._position = stop
            return self._pass_on(content, piece)
        self._position = end + len(TERMINATOR)
        return self._finish(content, piece)

    def _expect_chunk(self, event: Bdat) -> None:
        self._content = self._content or Content(self._limits)
        self._remaining, self._last = event.size, event.last
        self._state = self._chunk

    def _chunk(self) -> Event | None:
        content = self._content
        assert content is not None
        piece = self._buffer[self._position : self._position + self._remaining]
        self._position += len(piece)
        self._remaining -= len(piece)
        if self._remaining:
            return self._pass_on(content, content.inspect_chunk(piece, last=False))
        return self._finish(content, content.inspect_chunk(piece, last=self._last))

    def _ending(self) -> Event | None:
        event, self._ended, self._state = self._ended, None, self._command
        return event

    # What the states share

    def _take_line(self, limit: int) -> bytes | Bad | None:
        """Take a line without its CRLF; a bare LF or CR is no line end, here as in content."""
        buffer, start = self._buffer, self._position
        end = buffer.find(b"\n", start, start + limit)
        if end < 0:
            if len(buffer) - start < limit:
                return None
            self._state, self._skipped, self.line = self._skip, 0, b""
            return Bad(TOO_LONG)
        self._position = end + 1
        if buffer[end - 1 : end] != b"\r" or end == start:
            self.line = buffer[start:end]
            return Bad(NOT_CRLF)
        self.line = line = buffer[start : end - 1]
        return line

    def _pass_on(self, content: Content, piece: bytes) -> Event | None:
        if content.endless:
            return self._fatal(TOO_BIG)
        return Chunk(piece) if piece else None

    def _finish(self, content: Content, piece: bytes) -> Event:
        """End DATA or a BDAT chunk: its last piece goes first, if it has one, then its End."""
        end = End(self._last, content.fault)
        if self._last:
            self._content = None
        if not piece:
            self._state = self._command
            return end
        self._ended, self._state = end, self._ending
        return Chunk(piece)

    def _fatal(self, reply: Reply) -> Bad:
        self._state = self._silent
        return Bad(reply, fatal=True)


_VERBS = {(lmtp, dsn): verbs(lmtp=lmtp, dsn=dsn) for lmtp in (False, True) for dsn in (False, True)}
