"""Throws mutated conversations at the SMTP core and holds it to what must always be true.

    python fuzz/smtp.py --runs 20000 --seed 1

However the bytes are cut, the events are the same; content never holds a CR or LF outside a pair; the core never raises and never stalls.
"""

import random

from fuzzing import fuzz
from postroom.formats.smtp import Core, Limits
from postroom.formats.smtp.events import Auth, Chunk, Data, End, Event, Mail, StartTls

LIMITS = Limits(command_line=200, auth_line=300, size=3000, overrun=2000, content_line=500, header_bytes=400)
SEEDS = [
    b"EHLO c.example\r\nMAIL FROM:<a@b.example> SIZE=100 BODY=8BITMIME\r\nRCPT TO:<c@d.example>\r\nDATA\r\nA: b\r\n..x\r\n.\r\nQUIT\r\n",
    b'MAIL FROM:<"a b"@[192.0.2.1]> SMTPUTF8\r\nRCPT TO:<@r.example:c@d.example>\r\nBDAT 5\r\nab\r\n\rBDAT 3 LAST\r\n\nc\r\nRSET\r\n',
    b"AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\nYWJj\r\nSTARTTLS\r\nXCLIENT ADDR=192.0.2.1 NAME=[UNAVAILABLE]\r\nVRFY x\r\nNOOP\r\nHELP\r\n",
    b"MAIL FROM:<a@b.example> RET=FULL ENVID=x+2By\r\nRCPT TO:<c@d.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;c@d.example\r\nDATA\r\n.\r\n",
]
SPICE = [
    b"\r",
    b"\n",
    b"\r\n",
    b".",
    b"\0",
    b"\r\n.\r\n",
    b"\n.\n",
    b"<",
    b">",
    b'"',
    b"\\",
    b"@",
    b" ",
    b"=",
    b"\xff",
    b"BDAT 7\r\n",
    b"DATA\r\n",
    b"x" * 600,
]


def mutated(dice: random.Random) -> bytes:
    """Make a conversation out of the seeds: spliced, spiced, shortened."""
    data = bytearray(b"".join(dice.choice(SEEDS) for _ in range(dice.randint(1, 3))))
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


def heard(data: bytes, cut: int) -> tuple[list[str], bytes]:
    """Feed the conversation in pieces of `cut` octets, each command taken; the events without chunks, and the content of messages taken."""
    core = Core(LIMITS, dsn=True)
    said: list[str] = []
    parts: list[bytes] = []
    taken: list[bytes] = []
    for start in range(0, len(data), cut):
        core.receive_data(data[start : start + cut])
        while (event := core.next_event()) is not None:
            _follow(core, event)
            if isinstance(event, Chunk):
                parts.append(event.data)
                continue
            said.append("STARTTLS" if isinstance(event, StartTls) else repr(event))
            if isinstance(event, Mail) or (isinstance(event, End) and event.fault):
                parts.clear()
            elif isinstance(event, End) and event.last:
                taken.append(b"".join(parts))
                parts.clear()
            assert len(said) <= len(data) + 8, "the core stalls"
    return said, b"\x01".join(taken)


def _follow(core: Core, event: Event) -> None:
    if isinstance(event, Data):
        core.expect_data()
    elif isinstance(event, Auth):
        core.expect_line()
    elif isinstance(event, Mail):
        core.begin()


def check(dice: random.Random) -> None:
    """Hear one conversation whole and in pieces; raises AssertionError."""
    data = mutated(dice)
    whole, content = heard(data, len(data) or 1)
    assert heard(data, dice.choice((1, 2, 3, 17))) == (whole, content), repr(data)
    pairs = content.replace(b"\r\n", b"")
    assert b"\r" not in pairs and b"\n" not in pairs, repr(data)  # noqa: PT018 - one rule


if __name__ == "__main__":
    fuzz(check)
