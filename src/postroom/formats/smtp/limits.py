"""How much of everything one SMTP peer may send."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one connection, in octets unless said otherwise; 0 for `size` means no limit of ours.

    `overrun` is what is read and dropped beyond `size`, or of a line too long, before the connection is cut: the end of a message must be
    found to answer it, but not at any price.
    """

    command_line: int = 4096  # RFC 5321 section 4.5.3.1.4 asks for 512 and more for extensions: SMTPUTF8, AUTH and ORCPT add up to this
    auth_line: int = 12288  # RFC 4954 section 4
    size: int = 50 * 1024 * 1024
    overrun: int = 16 * 1024 * 1024
    content_line: int = 1_000_000  # RFC 5321 says 1000; what really arrives is longer
    header_bytes: int = 256 * 1024
    header_fields: int = 2000
    hops: int = 50  # Received fields; RFC 5321 section 6.3
