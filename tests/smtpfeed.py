"""Feeding a core, whole and byte by byte."""

from collections.abc import Iterable, Sequence

from postroom.formats.smtp import Core, Limits
from postroom.formats.smtp.events import Auth, Chunk, Data, End, Mail, StartTls


def pieces(data: bytes, size: int) -> Iterable[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def events(data: bytes, *, size: int = 1 << 20, limits: Limits | None = None, lmtp: bool = False, dsn: bool = False) -> list[object]:
    """All events of a client that says this, with every command taken; chunks are joined."""
    core = Core(limits, lmtp=lmtp, dsn=dsn)
    found: list[object] = []
    for piece in pieces(data, size):
        core.receive_data(piece)
        while (event := core.next_event()) is not None:
            if isinstance(event, Chunk) and found and isinstance(found[-1], Chunk):
                found[-1] = Chunk(found[-1].data + event.data)
                continue
            found.append(event)
            if isinstance(event, Data):
                core.expect_data()
            elif isinstance(event, Mail):
                core.begin()
            elif isinstance(event, Auth):
                core.expect_line()
            elif isinstance(event, StartTls):
                core.encrypted()
    return found


def message(content: bytes, *, size: int = 1 << 20, limits: Limits | None = None) -> tuple[bytes, str]:
    """What DATA makes of these octets: the content, and the fault's code or ""."""
    found = events(b"DATA\r\n" + content, size=size, limits=limits)
    assert isinstance(found[0], Data)
    ends = [event for event in found if isinstance(event, End)]
    data = b"".join(event.data for event in found if isinstance(event, Chunk))
    fault = ends[0].fault if ends else None
    return data, f"{fault.code} {fault.enhanced}" if fault else "" if ends else "no end"


def same(found: Sequence[object], expected: Sequence[object]) -> None:
    """Compare events with their kinds: as tuples, DATA and QUIT would be equal."""
    assert list(map(repr, found)) == list(map(repr, expected))
