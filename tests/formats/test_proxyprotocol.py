"""PROXY headers of both versions, whole and byte by byte."""

from __future__ import annotations

import contextlib
import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.proxyprotocol import SIGNATURE, SILENT, ProxyHeader, ProxyHeaderError, ProxyReader, write_binary, write_line

V4 = ProxyHeader(("192.0.2.1", 56324), ("198.51.100.1", 25))
V6 = ProxyHeader(("2001:db8::1", 1), ("2001:db8::2", 65535))
TCP4 = b"\xc0\x00\x02\x01\xc6\x33\x64\x01\xdc\x04\x00\x19"

GOOD = [
    (b"PROXY TCP4 192.0.2.1 198.51.100.1 56324 25\r\n", V4),
    (b"PROXY TCP6 2001:db8::1 2001:db8::2 1 65535\r\n", V6),
    (b"PROXY TCP6 ::ffff:192.0.2.1 ::ffff:198.51.100.1 56324 25\r\n", V4),
    (b"PROXY UNKNOWN\r\n", SILENT),
    (b"PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n", SILENT),
    (SIGNATURE + b"\x21\x11\x00\x0c" + TCP4, V4),
    (SIGNATURE + b"\x21\x11\x00\x10" + TCP4 + b"\x04\x00\x01x", V4),  # with a TLV (NOOP)
    (SIGNATURE + b"\x20\x00\x00\x00", SILENT),  # LOCAL: the proxy's own check
    (SIGNATURE + b"\x20\x11\x00\x0c" + TCP4, SILENT),
    (SIGNATURE + b"\x21\x31\x00\xd8" + bytes(216), SILENT),  # a UNIX socket's path
    (SIGNATURE + b"\x21\x12\x00\x0c" + TCP4, SILENT),  # a datagram
    (SIGNATURE + b"\x21\x00\x00\x00", SILENT),  # UNSPEC
]

BAD = [
    b"EHLO client.example\r\n",
    b"\x16\x03\x01\x00\x01",
    b"PROXY  TCP4 192.0.2.1 198.51.100.1 56324 25\r\n",
    b"PROXY TCP4 192.0.2.1 198.51.100.1 56324\r\n",
    b"PROXY TCP4 192.0.2.1 198.51.100.1 56324 25 26\r\n",
    b"PROXY TCP4 192.0.2.256 198.51.100.1 56324 25\r\n",
    b"PROXY TCP4 2001:db8::1 2001:db8::2 56324 25\r\n",
    b"PROXY TCP6 192.0.2.1 198.51.100.1 56324 25\r\n",
    b"PROXY TCP6 fe80::1%eth0 2001:db8::2 1 2\r\n",
    b"PROXY TCP4 192.0.2.1 198.51.100.1 65536 25\r\n",
    b"PROXY TCP4 192.0.2.1 198.51.100.1 -1 25\r\n",
    b"PROXY TCP4 192.0.2.1 198.51.100.1 +1 25\r\n",
    b"PROXY TCP4 192.0.2.1 198.51.100.1 1 \xb2\r\n",
    b"PROXY TCP5 192.0.2.1 198.51.100.1 1 25\r\n",
    b"PROXY TCP4 192.0.2.1 198.51.100.1 1 25\n" + b"x" * 100,
    b"PROXY TCP4 \xff 198.51.100.1 1 25\r\n",
    b"PROXY UNKNOWN " + b"x" * 100,
    SIGNATURE + b"\x11\x11\x00\x0c" + TCP4,  # version 1 in binary
    SIGNATURE + b"\x22\x11\x00\x0c" + TCP4,  # no such command
    SIGNATURE + b"\x21\x11\x00\x0b" + TCP4,  # shorter than its addresses
    SIGNATURE + b"\x21\x21\x00\x0c" + TCP4,
    SIGNATURE + b"\x21\x11\xff\xff" + TCP4,
    SIGNATURE[:-1] + b"X",
]


@pytest.mark.parametrize(("data", "header"), GOOD)
@pytest.mark.parametrize("rest", [b"", b"EHLO x\r\n"])
def test_a_header_is_read_whole_and_byte_by_byte(data: bytes, header: ProxyHeader, rest: bytes) -> None:
    whole = ProxyReader()
    assert whole.receive(data + rest) == header
    assert whole.rest == rest
    slow = ProxyReader()
    for byte in data[:-1]:
        assert slow.receive(bytes([byte])) is None
    assert slow.receive(data[-1:]) == header
    assert slow.rest == b""


def fed_slowly(reader: ProxyReader, data: bytes) -> None:
    """Feed byte by byte what must never become a header."""
    for byte in data:
        assert reader.receive(bytes([byte])) is None


@pytest.mark.parametrize("data", BAD)
def test_what_is_no_header_is_refused(data: bytes) -> None:
    with pytest.raises(ProxyHeaderError):
        ProxyReader().receive(data)
    with pytest.raises(ProxyHeaderError):
        fed_slowly(ProxyReader(), data)


ports = st.integers(0, 65535)
v4 = st.tuples(st.ip_addresses(v=4).map(str), ports)
v6 = st.tuples(st.integers(1 << 64, (1 << 128) - 1).map(lambda number: str(ipaddress.IPv6Address(number))), ports)
pairs = st.one_of(st.tuples(v4, v4), st.tuples(v6, v6))  # no mapped address, which is read unwrapped
Ends = tuple[tuple[str, int], tuple[str, int]]


@given(pairs, st.binary(max_size=20))
def test_what_is_written_is_read_again(pair: Ends, rest: bytes) -> None:
    header = ProxyHeader(*pair)
    for write in (write_line, write_binary):
        reader = ProxyReader()
        assert reader.receive(write(header) + rest) == header
        assert reader.rest == rest


def test_the_silent_header_is_written_in_both_versions() -> None:
    assert ProxyReader().receive(write_line(SILENT)) == SILENT
    assert ProxyReader().receive(write_binary(SILENT)) == SILENT


@given(st.binary(max_size=300), st.sampled_from([b"", SIGNATURE, b"PROXY "]))
def test_any_bytes_give_a_header_an_error_or_nothing_yet(data: bytes, start: bytes) -> None:
    with contextlib.suppress(ProxyHeaderError):
        ProxyReader().receive(start + data)
