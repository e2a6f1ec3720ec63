"""Throws mutated conversations and messages at POP3's core, and PROXY headers at their reader, and holds them to what must always be true.

    python fuzz/pop3.py --runs 20000 --seed 1

However the bytes are cut, the events are the same; nothing raises, nothing stalls, nothing is kept beyond its limit; no message can
end its own answer; a PROXY header is read, refused or waited for.
"""

import contextlib
import random

from fuzzing import fuzz
from postroom.formats.pop3 import Bad, Core, Stuffing, Top
from postroom.formats.pop3.core import AUTH_LINE
from postroom.formats.pop3.events import Auth, Stls
from postroom.formats.proxyprotocol import SIGNATURE, ProxyHeaderError, ProxyReader

SEEDS = [
    b"USER alice\r\nPASS secret 1\r\nSTAT\r\nLIST\r\nLIST 1\r\nRETR 1\r\nDELE 1\r\nRSET\r\nQUIT\r\n",
    b"CAPA\r\nAUTH\r\nAUTH PLAIN AGFsaWNlAHNlY3JldA==\r\nAUTH LOGIN\r\nYWxpY2U=\r\nAUTH PLAIN =\r\n*\r\n",
    b"STLS\r\nUTF8\r\nLANG *\r\nLANG\r\nTOP 1 10\r\nUIDL\r\nUIDL 3\r\nNOOP\r\n",
]
MESSAGES = [b"A: b\r\n\r\nc\r\n.\r\n..d\r\n", b"\r\n.\r\n", b"A: b\n\n.\n.e", b".", b"\r\n\r\n\r\n"]
HEADERS = [
    b"PROXY TCP4 192.0.2.1 198.51.100.1 56324 25\r\nEHLO x\r\n",
    b"PROXY UNKNOWN\r\n",
    SIGNATURE + b"\x21\x11\x00\x0c\xc0\x00\x02\x01\xc6\x33\x64\x01\xdc\x04\x00\x19",
]
SPICE = [b"\r", b"\n", b"\r\n", b".", b"\0", b"\r\n.\r\n", b"\n.\n", b" ", b"=", b"\xff", b"x" * 300, b"GET / HTTP/1.1\r\n", b"AUTH PLAIN\r\n"]


def mutated(dice: random.Random, seeds: list[bytes]) -> bytes:
    """Make bytes out of the seeds: spliced, spiced, shortened."""
    data = bytearray(b"".join(dice.choice(seeds) for _ in range(dice.randint(1, 3))))
    for _ in range(dice.randint(0, 8)):
        place = dice.randrange(len(data) + 1)
        match dice.randrange(3):
            case 0:
                data[place:place] = dice.choice(SPICE)
            case 1:
                del data[place : place + dice.randint(1, 20)]
            case _:
                data[place : place + 1] = bytes((dice.randrange(256),))
    return bytes(data)


def pieces(data: bytes, cut: int) -> list[bytes]:
    """Cut bytes in pieces."""
    return [data[start : start + cut] for start in range(0, len(data), cut)]


def heard(data: bytes, cut: int) -> list[str]:
    """Feed a conversation in pieces of `cut` octets; the events."""
    core = Core()
    said: list[str] = []
    for piece in pieces(data, cut):
        core.receive_data(piece)
        while (event := core.next_event()) is not None:
            if isinstance(event, Auth):
                core.expect_line()
            said.append("STLS" if isinstance(event, Stls) else repr(event))
            assert len(said) <= len(data) + 8, "the core stalls"
            if isinstance(event, Bad) and event.fatal:
                assert core.next_event() is None, "a fatal error is not the last"
        assert core.buffered <= AUTH_LINE, "the core keeps too much"
    return said


def sent(data: bytes, cut: int) -> bytes:
    """Send a message in pieces."""
    stuffing = Stuffing()
    return b"".join([*map(stuffing.stuff, pieces(data, cut)), stuffing.finish()])


def begun(data: bytes, cut: int, lines: int) -> bytes:
    """Send the beginning of a message in pieces."""
    top = Top(lines)
    parts = []
    for piece in pieces(data, cut):
        parts.append(top.take(piece))
        if top.done:
            break
    return b"".join(parts)


def check(dice: random.Random) -> None:
    """One run."""
    cut = dice.choice((1, 2, 3, 17))
    data = mutated(dice, SEEDS)
    assert heard(data, cut) == heard(data, len(data) or 1), data
    message = mutated(dice, MESSAGES)
    wire = sent(message, len(message) or 1)
    assert sent(message, cut) == wire, message
    ends = [line.rstrip(b"\r") == b"." for line in wire.split(b"\n")]
    assert ends.count(True) == 1, message
    assert ends[-2], message
    lines = dice.randint(0, 4)
    beginning = begun(message, len(message) or 1, lines)
    assert message.startswith(beginning), message
    assert begun(message, cut, lines) == beginning, message
    with contextlib.suppress(ProxyHeaderError):
        ProxyReader().receive(mutated(dice, HEADERS))


if __name__ == "__main__":
    fuzz(check)
