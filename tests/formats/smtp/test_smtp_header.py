"""The header gate: held back until whole, judged once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.smtp import Gate, Limits

LIMITS = Limits(header_bytes=300, header_fields=10, hops=3)


def passed(content: bytes, size: int = 1 << 20) -> tuple[bytes, Gate]:
    gate = Gate(LIMITS)
    out = b"".join(gate.feed(content[start : start + size]) for start in range(0, len(content), size))
    return out + gate.finish(), gate


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(
    ("content", "header"),
    [
        (b"A: 1\r\nB: 2\r\n\r\nbody\r\n", b"A: 1\r\nB: 2\r\n\r\n"),
        (b"\r\nbody\r\n\r\nmore\r\n", b"\r\n"),
        (b"A: 1\r\n", b"A: 1\r\n"),
        (b"A: 1\r\n 2\r\n\t3\r\nB : 4\r\nno field\r\n", b"A: 1\r\n 2\r\n\t3\r\nB : 4\r\n"),
        (b"just text\r\n", b""),
        (b"From x@y Mon\r\nA: 1\r\nbody\r\n", b"From x@y Mon\r\nA: 1\r\n"),
        (b"", b""),
    ],
)
def test_the_header_is_found_and_nothing_is_lost(content: bytes, header: bytes, size: int) -> None:
    out, gate = passed(content, size)
    assert out == content
    assert gate.header == header
    assert gate.fault is None


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Received: x\r\n" * 3 + b"\r\n", ""),
        (b"Received: x\r\n" * 4 + b"\r\n", "554 5.4.6"),
        (b"RECEIVED: x\r\n" * 4 + b"\r\n", "554 5.4.6"),
        (b"A: 1\r\n" * 10 + b"\r\n", ""),
        (b"A: 1\r\n" * 11 + b"\r\n", "554 5.6.0"),
        (b"A: 1\r\n" * 5 + b" 2\r\n" * 9 + b"\r\n", ""),
        (b"A: " + b"x" * 300 + b"\r\n\r\n", "552 5.3.4"),
        (b"A: 1\r\ntext\r\n" + b"x" * 500 + b"\r\n", ""),
        (b"\r\n" + b"Received: x\r\n" * 9, ""),
    ],
)
def test_the_header_is_judged(content: bytes, code: str, size: int) -> None:
    out, gate = passed(content, size)
    assert out == content
    assert code == (f"{gate.fault.code} {gate.fault.enhanced}" if gate.fault else "")


@given(st.text("A:1 \r\n\t", max_size=60).map(str.encode), st.integers(1, 20))
def test_the_gate_passes_all_octets_in_order(content: bytes, size: int) -> None:
    assert passed(content, size)[0] == content
