"""One mail transaction from the client's side: MAIL, RCPT and the message, in one write where the server lets us.

RFC 5321 section 3.3, PIPELINING (RFC 2920), CHUNKING (RFC 3030). The dialogue never raises; what it came to stands in the Transaction, which is
true at every moment, so that a connection that breaks anywhere leaves no doubt about any recipient.
"""

from typing import Final, NamedTuple

from postroom.formats.smtpclient.dialogue import Dialogue, Phase, Pour, Say
from postroom.formats.smtpclient.extensions import Extensions
from postroom.formats.smtpclient.octets import TERMINATOR, Chunks, Stuffing
from postroom.formats.smtpclient.reply import Garbled, Reply

SHUTTING_DOWN: Final = 421
AT_ONCE: Final = 64 * 1024
"""A message up to so many octets goes with its commands, before anybody has said that it is wanted."""


class Letter(NamedTuple):
    """What is to be sent: the commands, whole lines, and the message, if it is small enough to be held; else the driver pours it.

    `reset` says that an earlier transaction of this connection was left open.
    """

    mail: bytes
    recipients: tuple[bytes, ...]
    content: bytes | None
    reset: bool = False


class Transaction:
    """A transaction and what became of it: `results` has the reply that decided about each recipient, None while nothing has.

    `begun` once any reply came, `answered` once all commands before the message were; `sent` while all of the message was sent and its reply
    is still out: the one moment of doubt. `refusal` is the reply that ended it for all, `phase` what it answered. `open` is true when the
    server is left within a transaction, to be reset.
    """

    __slots__ = ("_chunked", "_letter", "_pipelined", "accepted", "answered", "begun", "open", "phase", "refusal", "results", "sent")

    def __init__(self, letter: Letter, peer: Extensions, *, pipelined: bool) -> None:
        self._letter = letter
        self._chunked = peer.chunking
        self._pipelined = pipelined and peer.pipelining
        self.results: list[Reply | None] = [None] * len(letter.recipients)
        self.accepted: list[int] = []
        self.refusal: Reply | None = None
        self.phase = Phase.MAIL
        self.begun = False
        self.answered = False
        self.sent = False
        self.open = letter.reset

    @property
    def pipelining(self) -> bool:
        """Whether it sends commands in groups."""
        return self._pipelined

    @property
    def ended(self) -> bool:
        """Whether the server said that it ends the connection, so that no more replies come."""
        return self.refusal is not None and self.refusal.code == SHUTTING_DOWN

    def dialogue(self) -> Dialogue[None]:
        """Carry it out; raises Garbled when the server can't be in its senses and the connection must be cut."""
        yield from self._together() if self._pipelined else self._one_by_one()

    def _together(self) -> Dialogue[None]:
        """All commands in one write, and a small message with them where BDAT tells its length."""
        letter = self._letter
        group = [b"RSET\r\n"] if letter.reset else []
        group += [letter.mail, *letter.recipients]
        at_once = self._chunked and letter.content is not None and len(letter.content) <= AT_ONCE
        if at_once and letter.content is not None:
            group.append(Chunks().finish(letter.content))
        elif not self._chunked:
            group.append(b"DATA\r\n")
        self.sent = at_once
        yield from self._reset(b"".join(group)) if letter.reset else ()
        mail: Reply = yield Say(b"" if letter.reset else b"".join(group), Phase.MAIL)
        self._hear_mail(mail)
        for number in range(len(letter.recipients)):
            if self.ended:
                return
            reply: Reply = yield Say(b"", Phase.RCPT)
            self._hear_rcpt(number, reply)
        if self.ended:
            return
        self.answered = self._chunked
        if at_once:
            self._settle((yield Say(b"", Phase.END)))
        elif not self._chunked:
            yield from self._data((yield Say(b"", Phase.DATA)))
        elif self.accepted and self.refusal is None:
            yield from self._chunks(pipelined=True)

    def _one_by_one(self) -> Dialogue[None]:
        letter = self._letter
        if letter.reset:
            yield from self._reset(b"RSET\r\n")
        self._hear_mail((yield Say(letter.mail, Phase.MAIL)))
        for number, command in enumerate(letter.recipients):
            if self.refusal is not None:
                return
            self._hear_rcpt(number, (yield Say(command, Phase.RCPT)))
        if not self.accepted or self.refusal is not None:
            return
        if self._chunked:
            yield from self._chunks(pipelined=False)
        else:
            yield from self._data((yield Say(b"DATA\r\n", Phase.DATA)))

    def _reset(self, data: bytes) -> Dialogue[None]:
        reply: Reply = yield Say(data, Phase.RSET)
        if not reply.done:
            raise Garbled(f"would not forget the message before ({reply})")
        self.open = False

    def _chunks(self, *, pipelined: bool) -> Dialogue[None]:
        content = self._letter.content
        if content is None:
            self._settle((yield Pour(chunked=True, pipelined=pipelined)))
        else:
            chunk = Chunks().finish(content)
            self.sent = True
            self._settle((yield Say(chunk, Phase.END)))

    def _data(self, reply: Reply) -> Dialogue[None]:
        """Go on after DATA's reply: with the message, or with nothing but the dot where nobody is left to have it (RFC 2920 section 3.1)."""
        wanted = bool(self.accepted) and self.refusal is None
        self.answered = True
        if reply.code != 354:
            self._refuse(reply, Phase.DATA)
        elif not wanted:
            if self.accepted:  # the sender was refused, a recipient was not: a dot might send them an empty message
                raise Garbled("took a recipient without a sender")
            yield Say(TERMINATOR, Phase.END)
            self.open = False
        elif self._letter.content is None:
            self._settle((yield Pour(chunked=False)))
        else:
            data = Stuffing().finish(self._letter.content)
            self.sent = True
            self._settle((yield Say(data, Phase.END)))

    def _hear_mail(self, reply: Reply) -> None:
        self.begun = True
        if reply.done:
            self.open = True
        else:
            self._refuse(reply, Phase.MAIL)

    def _hear_rcpt(self, number: int, reply: Reply) -> None:
        if self.results[number] is not None:  # MAIL was refused
            if reply.done:
                self.accepted.append(number)
            return
        if reply.done:
            self.accepted.append(number)
        else:
            self.results[number] = _sensible(reply)
        if reply.code == SHUTTING_DOWN:
            self._refuse(reply, Phase.RCPT)

    def _refuse(self, reply: Reply, phase: Phase) -> None:
        """Note a reply that is about all who are not decided on yet."""
        if self.refusal is None:
            self.refusal, self.phase = _sensible(reply), phase
            self.sent = self.sent and not self.ended  # a server that goes away takes nothing more
        self.results = [result or self.refusal for result in self.results]

    def _settle(self, reply: Reply) -> None:
        """Note the reply to the message: it is about everyone who was accepted."""
        self.sent = False
        self.open = not reply.done and self._chunked  # after a refused BDAT only RSET helps (RFC 3030 section 2)
        if self.refusal is not None or not self.accepted:
            return
        decided = reply if reply.done else _sensible(reply)
        if not reply.done:
            self.refusal, self.phase = decided, Phase.END
        for number in self.accepted:
            self.results[number] = decided


def _sensible(reply: Reply) -> Reply:
    """Take what refuses for what it says, and a 2xx or 3xx out of place for a failure of the moment: no reason to give up for good."""
    return reply if reply.code >= 400 else Reply(450, (b"(it gave an answer that makes no sense: %d)" % reply.code,))
