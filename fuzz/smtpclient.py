"""Let the SMTP client talk with servers out of their senses: `python fuzz/smtpclient.py --runs 20000 --seed 1`.

However a server's bytes are cut, the client hears the same; it stops with Refused or Garbled and nothing else, says only whole lines, and takes a
recipient for served only when both its RCPT and the message were answered 2xx. What it shows of replies is fit for a terminal.
"""

import random

from fuzzing import fuzz
from postroom.formats.smtpclient import Extensions, Garbled, Letter, Phase, Pour, Refused, Replies, Reply, Say, Transaction, greeted
from postroom.formats.smtpclient.octets import BareLineEnd, Chunks, Stuffing

RECIPIENTS = 3
ANSWERS = [
    b"220 mx ESMTP\r\n", b"250-mx\r\n250-PIPELINING\r\n250-SIZE 1000\r\n250-DSN\r\n250 CHUNKING\r\n",
    b"250 ok\r\n", b"250 2.1.5 ok\r\n", b"354 go\r\n",
    b"450 4.2.0 later\r\n", b"550 5.1.1 no\r\n", b"550-5.7.1 no\r\n550 5.7.1 never\r\n", b"421 4.3.2 bye\r\n",
    b"452 4.5.3 too many\r\n", b"251 else\r\n",
    b"250-mx\r\n250-LIMITS RCPTMAX=2\r\n250-AUTH=LOGIN PLAIN\r\n250-SIZE x\r\n250 STARTTLS\r\n", b"334 x\r\n", b"503\r\n", b"250\n",
]  # fmt: skip
SPICE = [b"\r", b"\n", b"\0", b" ", b"-", b"\x1b[2J", b"\xff", b"\xe2\x80\xa8", b"9", b"2", b"250-", b"5.1.1", b"x" * 5000, b"250-x\r\n" * 300]
MESSAGES = [b"A: b\r\n\r\n.x\r\n..\r\n", b"A: b\r\n\r\nno end", b"", b".\r\n", b"A: b\r\n\r\nbare\nline", b"x" * 100 + b"\r"]


def answers(dice: random.Random) -> bytes:
    """Write what a server sends in one connection: mostly in order, mostly well formed."""
    said = bytearray(b"".join([*ANSWERS[:2], *dice.choices(ANSWERS, k=dice.randint(0, 12))] if dice.random() < 0.8 else dice.choices(ANSWERS, k=8)))
    for _ in range(dice.choice((0, 0, 1, 4))):
        place = dice.randrange(len(said) + 1)
        said[place : place + dice.randint(0, 3)] = dice.choice(SPICE)
    return bytes(said)


class Over(Exception):
    """The server sent no more."""


class Talk:
    """One connection: drives dialogues with a server's bytes, in pieces of `cut` octets, and keeps what was said and heard."""

    def __init__(self, server: bytes, cut: int) -> None:
        self.pieces = [server[start : start + cut] for start in range(0, len(server), cut)]
        self.replies = Replies()
        self.heard: list[str] = []
        self.said: list[bytes] = []
        self.last: Reply | None = None

    def reply(self) -> Reply:
        """Read the next reply; raises Over and Garbled."""
        while (reply := self.replies.next()) is None:
            if not self.pieces:
                raise Over
            self.replies.feed(self.pieces.pop(0))
        assert reply.text.isprintable(), reply
        assert len(str(reply)) < 1100
        self.heard.append(str(reply))
        self.last = reply
        return reply

    def run(self, message: bytes, *, pipelined: bool) -> Transaction | None:
        """Say hello, then send a message."""
        peer = self._drive(greeted("client.test"), message)
        if not isinstance(peer, Extensions):
            return None
        commands = tuple(b"RCPT TO:<%d@b.test>\r\n" % number for number in range(RECIPIENTS))
        transaction = Transaction(Letter(b"MAIL FROM:<a@b.test>\r\n", commands, message if len(message) % 2 else None), peer, pipelined=pipelined)
        self._drive(transaction.dialogue(), message)
        return transaction

    def _drive(self, dialogue: object, message: bytes) -> object:
        answer: object = None
        try:
            while True:
                step = dialogue.send(answer)  # type: ignore[attr-defined]  # a generator
                if isinstance(step, Pour):
                    writing = Chunks() if step.chunked else Stuffing()
                    self.said.append(writing.finish(message))
                else:
                    assert isinstance(step, Say)
                    self.said.append(step.data)
                answer = self.reply()
        except StopIteration as end:
            return end.value
        except (Refused, Garbled, BareLineEnd, Over) as error:
            self.heard.append(type(error).__name__)
            return None


def check(dice: random.Random) -> None:
    """Have one connection several times, cut otherwise each time."""
    server, message, pipelined = answers(dice), dice.choice(MESSAGES), dice.random() < 0.5
    first: tuple[object, ...] | None = None
    for cut in (len(server) or 1, 1, dice.choice((2, 3, 17))):
        talk = Talk(server, cut)
        transaction = talk.run(message, pipelined=pipelined)
        results = transaction.results if transaction else None
        now = talk.heard, talk.said, results
        assert first in (None, now), f"{server!r} cut by {cut}: {first} and {now}"
        first = now
        for said in talk.said:
            assert not said or said.endswith((b"\r\n", message)), said
        if transaction is None:
            continue
        assert len(transaction.results) == RECIPIENTS
        for number, result in enumerate(transaction.results):
            if result is not None and result.done:
                assert number in transaction.accepted, server
                assert transaction.phase is Phase.MAIL, server  # nothing was refused for all
                assert result is talk.last or result == talk.last, server


if __name__ == "__main__":
    fuzz(check)
