"""The header of a message on its way in: held back until it is whole, and judged before anything is kept."""

import re

from postroom.formats.headers import header_end
from postroom.formats.smtp.limits import Limits
from postroom.formats.smtp.reply import Reply

TOO_LARGE = Reply.of(552, "5.3.4", "The header of the message is larger than this server takes")
TOO_MANY = Reply.of(554, "5.6.0", "The message has more header fields than this server takes")
LOOP = Reply.of(554, "5.4.6", "The message has passed through too many servers; it goes in circles")

_FOLD = re.compile(rb"\r\n[ \t]")


class Gate:
    """Lets content through once its header is known; `header` then holds it with its empty line, `fault` why it can't be taken."""

    __slots__ = ("_held", "_limits", "_size", "fault", "header")

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._held: list[bytes] = []
        self._size = 0
        self.header: bytes | None = None
        self.fault: Reply | None = None

    def feed(self, chunk: bytes) -> bytes:
        """Give what may go on: b"" while the header is not whole, then header and all that came with it, then each chunk as it is."""
        if self.header is not None:
            return chunk
        self._held.append(chunk)
        self._size += len(chunk)
        if self._size <= self._limits.header_bytes and not self._blank_line(chunk):
            return b""
        return self.finish()

    def finish(self) -> bytes:
        """Give what was held back: the content is over, or the header is found."""
        if self.header is not None:
            return b""
        content = b"".join(self._held)
        self._held.clear()
        self.header = content[: header_end(content)]
        self.fault = self._judge(self.header)
        return content

    def _blank_line(self, chunk: bytes) -> bool:
        if b"\r\n\r\n" in chunk or (len(self._held) == 1 and chunk.startswith(b"\r\n")):
            return True
        if len(self._held) == 1:
            return False
        seam = b"".join(self._held[-4:])[-len(chunk) - 3 :]
        return b"\r\n\r\n" in seam or (self._size < 8 and b"".join(self._held).startswith(b"\r\n"))

    def _judge(self, header: bytes) -> Reply | None:
        limits = self._limits
        if len(header) > limits.header_bytes:
            return TOO_LARGE
        lines = header.count(b"\r\n") - header.endswith(b"\r\n\r\n")
        if lines > limits.header_fields and lines - len(_FOLD.findall(header)) > limits.header_fields:
            return TOO_MANY
        if lines > limits.hops and (b"\r\n" + header.lower()).count(b"\r\nreceived:") > limits.hops:
            return LOOP
        return None
