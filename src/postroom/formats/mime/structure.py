"""What a message consists of: the tree of its MIME parts with their places (RFC 2045 to 2049). Made once, at arrival, by the scanner.

Parts are named tuples, not frozen dataclasses: they are made for every message that arrives, and a tuple costs a third.
"""

from dataclasses import dataclass
from typing import NamedTuple

from postroom.formats.charset import extends_ascii
from postroom.formats.mime.parameters import Parameters, decode_parameter

IDENTITY = frozenset({b"7bit", b"8bit", b"binary"})  # encodings under which a body is its own octets (RFC 2045 section 6.2)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken apart at most (MIME bombs): the rest beyond `parts` is one opaque part, and so is what is nested deeper than `depth`.

    `header` is in octets, for one header; a line that would exceed it begins the body. No more than 65,535 parts: offsets count in 16 bits.
    """

    depth: int = 50
    parts: int = 1000
    header: int = 256 * 1024


class Media(NamedTuple):
    """What the Content fields of a part say: names and types in lower case, other values unfolded, None or empty where nothing is said."""

    type: bytes = b"text"
    subtype: bytes = b"plain"
    parameters: Parameters = ()
    encoding: bytes = b"7bit"
    id: bytes | None = None
    description: bytes | None = None
    disposition: bytes | None = None
    disposition_parameters: Parameters = ()
    language: tuple[bytes, ...] = ()
    location: bytes | None = None
    md5: bytes | None = None

    @property
    def charset(self) -> str:
        """The charset parameter, empty when there is none."""
        for name, value in self.parameters:
            if name == b"charset":
                return value.decode("latin-1")
        return decode_parameter(self.parameters, b"charset") or "" if self.parameters else ""

    @property
    def filename(self) -> str | None:
        """The name under which a reader would save the part, decoded (RFC 2183, 2231, and encoded words as many senders misuse them)."""
        return decode_parameter(self.disposition_parameters, b"filename") or decode_parameter(self.parameters, b"name")

    @property
    def attached(self) -> bool:
        """Whether the part is meant to be saved rather than read in place (RFC 2183 section 2.2)."""
        return self.disposition is not None and self.disposition != b"inline"

    @property
    def readable(self) -> bool:
        """Whether the octets of the part are its text as long as they are ASCII."""
        return self.type == b"text" and self.subtype == b"plain" and self.encoding in IDENTITY and extends_ascii(self.charset)


PLAIN = Media(parameters=((b"charset", b"us-ascii"),))  # RFC 2045 section 5.2
MESSAGE = Media(b"message", b"rfc822")  # what a part of multipart/digest is by default (RFC 2046 section 5.1.5)
OPAQUE = Media(b"application", b"octet-stream", encoding=b"binary")


class Part(NamedTuple):
    """One part with its octets counted from the start of the whole message: header from `header`, body from `body` to `end`.

    The line end before a boundary belongs to the boundary. `lines` is the number of LF in the body. The one part of a message/rfc822 is the
    message within, header included; a multipart has at least one, else the scanner calls it something else.
    """

    media: Media
    header: int
    body: int
    end: int
    lines: int
    parts: "tuple[Part, ...]" = ()

    @property
    def size(self) -> int:
        """The octets of the body."""
        return self.end - self.body


Structure = Part  # of a whole message: the part that begins at octet 0
