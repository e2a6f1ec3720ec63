"""The header of the PROXY protocol, versions 1 and 2 (HAProxy's proxy-protocol.txt): the client's address as a proxy tells it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

SIGNATURE = b"\r\n\r\n\x00\r\nQUIT\n"  # section 2.2: no text protocol begins so
LINE = 107  # section 2.1: the longest line of version 1 with its CRLF
EXTENSIONS = 4096  # bytes of addresses and TLVs that version 2 may carry here; the field itself could say 65,535
LENGTHS = {1: 4, 2: 16}  # address family of version 2: bytes of one address


class ProxyHeaderError(ValueError):
    """What came is no PROXY header; the text is for the log."""


@dataclass(frozen=True, slots=True)
class ProxyHeader:
    """`source` and `destination` as (address text, port); both None when the proxy speaks for itself (LOCAL) or doesn't know (UNKNOWN)."""

    source: tuple[str, int] | None
    destination: tuple[str, int] | None


SILENT = ProxyHeader(None, None)


class ProxyReader:
    """Reads one header from bytes as they come; what follows it is in `rest`."""

    __slots__ = ("_buffer", "rest")

    def __init__(self) -> None:
        self._buffer = b""
        self.rest = b""

    def receive(self, data: bytes) -> ProxyHeader | None:
        """Return the header once it is whole, None before; ProxyHeaderError when it can't become one. Not to be called after the header."""
        self._buffer += data  # bounded: below LINE for version 1, below 16 + EXTENSIONS for version 2
        start = self._buffer[: len(SIGNATURE)]
        if start == SIGNATURE:
            return self._second()
        if SIGNATURE.startswith(start):
            return None
        if start[:6] != b"PROXY "[: len(start)]:
            raise ProxyHeaderError("The connection does not begin with a PROXY header.")
        return self._first()

    def _first(self) -> ProxyHeader | None:
        end = self._buffer.find(b"\r\n", 0, LINE)
        if end < 0:
            if len(self._buffer) >= LINE:
                raise ProxyHeaderError("The PROXY line has no end.")
            return None
        line, self.rest = self._buffer[:end], self._buffer[end + 2 :]
        return read_line(line)

    def _second(self) -> ProxyHeader | None:
        buffer = self._buffer
        if len(buffer) < 16:
            return None
        length = int.from_bytes(buffer[14:16], "big")
        if length > EXTENSIONS:
            raise ProxyHeaderError("The PROXY header is too long.")
        if len(buffer) < 16 + length:
            return None
        self.rest = buffer[16 + length :]
        return read_binary(buffer[12], buffer[13], buffer[16 : 16 + length])


def read_line(line: bytes) -> ProxyHeader:
    """Version 1 (section 2.1), without its CRLF: `PROXY TCP4 192.0.2.1 198.51.100.1 56324 25`."""
    words = line.split(b" ")
    if words[:2] == [b"PROXY", b"UNKNOWN"]:
        return SILENT
    if len(words) != 6 or words[1] not in {b"TCP4", b"TCP6"}:
        raise ProxyHeaderError("The PROXY line is not of version 1.")
    version = 4 if words[1] == b"TCP4" else 6
    return ProxyHeader((_address(words[2], version), _port(words[4])), (_address(words[3], version), _port(words[5])))


def read_binary(command: int, family: int, data: bytes) -> ProxyHeader:
    """Version 2 (section 2.2): the version-and-command byte, the family byte and what follows the length; TLVs are passed over."""
    if command >> 4 != 2 or command & 15 > 1:
        raise ProxyHeaderError("The PROXY header is of an unknown version or command.")
    size = LENGTHS.get(family >> 4)
    if command & 15 == 0 or size is None or family & 15 != 1:  # LOCAL, or no TCP over IP: the real address holds
        return SILENT
    if len(data) < 2 * size + 4:
        raise ProxyHeaderError("The PROXY header is cut off.")
    source, destination = (_unwrapped(ipaddress.ip_address(data[at : at + size])) for at in (0, size))
    ports = data[2 * size : 2 * size + 4]
    return ProxyHeader((source, int.from_bytes(ports[:2], "big")), (destination, int.from_bytes(ports[2:], "big")))


def write_line(header: ProxyHeader) -> bytes:
    """Write a header as version 1 does, with its CRLF."""
    if header.source is None or header.destination is None:
        return b"PROXY UNKNOWN\r\n"
    word = "TCP6" if ":" in header.source[0] else "TCP4"
    return f"PROXY {word} {header.source[0]} {header.destination[0]} {header.source[1]} {header.destination[1]}\r\n".encode("ascii")


def write_binary(header: ProxyHeader) -> bytes:
    """Write a header as version 2 does, without TLVs."""
    if header.source is None or header.destination is None:
        return SIGNATURE + b"\x20\x00\x00\x00"
    addresses = ipaddress.ip_address(header.source[0]).packed + ipaddress.ip_address(header.destination[0]).packed
    data = addresses + header.source[1].to_bytes(2, "big") + header.destination[1].to_bytes(2, "big")
    return SIGNATURE + (b"\x21\x21" if ":" in header.source[0] else b"\x21\x11") + len(data).to_bytes(2, "big") + data


def _address(text: bytes, version: int) -> str:
    try:
        address = ipaddress.ip_address(text.decode("ascii"))
    except ValueError as error:
        raise ProxyHeaderError("The PROXY line holds no address.") from error
    if address.version != version or b"%" in text:
        raise ProxyHeaderError("The PROXY line holds an address of the other family.")
    return _unwrapped(address)


def _unwrapped(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def _port(text: bytes) -> int:
    if not text.isdigit() or len(text) > 5 or int(text) > 65535:
        raise ProxyHeaderError("The PROXY line holds no port.")
    return int(text)
