"""SMTP sessions with other servers: opened, used for one message after another, kept for a moment in case there is more to send.

A `Session` drives the dialogues of `formats.smtpclient` over one connection, each wait with the time that RFC 5321 section 4.5.3.2 gives it.
"""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from postroom.delivery.routing import Security
from postroom.formats.smtpclient import (
    Chunks,
    Extensions,
    Garbled,
    LoginError,
    Phase,
    Pour,
    Refused,
    Replies,
    Say,
    Stuffing,
    ehlo,
    greeted,
    log_in,
    starttls,
)
from postroom.network.dial import HandshakeError
from postroom.network.transcript import Transcript, tell_of_call, wanted

if TYPE_CHECKING:
    import ssl
    from collections.abc import Hashable, Mapping

    from postroom.delivery.leaving import Copy
    from postroom.delivery.routing import Hop, Route
    from postroom.formats.smtpclient import Dialogue, Reply, Step, Think, Transaction
    from postroom.network.dial import Outgoing

SHUTTING_DOWN: Final = 421
MOST_IDLE: Final = 500

ResultT = TypeVar("ResultT")
_NUMBERS: Final = itertools.count(1)

WAITS: Final[Mapping[Phase, float]] = {
    Phase.GREETING: 300,
    Phase.HELLO: 300,
    Phase.STARTTLS: 300,
    Phase.AUTH: 300,
    Phase.MAIL: 300,
    Phase.RCPT: 300,
    Phase.DATA: 120,
    Phase.BLOCK: 180,
    Phase.END: 600,
    Phase.RSET: 60,
    Phase.QUIT: 5,
}
"""How long each answer may take, in seconds (RFC 5321 section 4.5.3.2)."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long others may take, in seconds: to connect, to agree on TLS, to answer; and how much one connection is used.

    A connection without work is kept for `idle` seconds; it is used for `messages` messages and `age` seconds at most.
    """

    connect: float = 30
    handshake: float = 60
    waits: Mapping[Phase, float] = field(default_factory=lambda: WAITS)
    idle: float = 3
    messages: int = 100
    age: float = 300


class Trouble(Exception):
    """A server could not be used; the text is a sentence about it. `code` is that of its reply, or 0.

    `tls`: encryption was what failed. `lasting`: it will never do for this message. `down`: it said nothing about this message.
    """

    def __init__(self, text: str, enhanced: str = "4.4.2", code: int = 0, *, tls: bool = False, lasting: bool = False, down: bool = True) -> None:
        super().__init__(text)
        self.enhanced = enhanced
        self.code = code
        self.tls = tls
        self.lasting = lasting
        self.down = down


class Broken(Exception):
    """A session broke in the midst of something; the text says how, behind the server's name. `closed`: the server hung up."""

    def __init__(self, text: str, *, closed: bool = False) -> None:
        super().__init__(text)
        self.closed = closed


class Session:
    """One connection to one server, greeted, encrypted and logged in as its route wants."""

    __slots__ = ("_patience", "_replies", "_transcript", "born", "connection", "count", "extensions", "hop", "keys", "left_open")

    def __init__(self, connection: Outgoing, hop: Hop, patience: Patience) -> None:
        self.connection = connection
        self.hop = hop
        self.extensions = Extensions()
        self.keys: tuple[Hashable, ...] = ()
        self.count = 0
        self.left_open = False
        self.born = asyncio.get_running_loop().time()
        self._patience = patience
        self._replies = Replies()
        self._transcript: Transcript | None = None
        if wanted.tcpip:
            tell_of_call(connection.peer)

    @property
    def usable(self) -> bool:
        """Whether another message may be sent over it."""
        patience = self._patience
        young = self.count < patience.messages and asyncio.get_running_loop().time() - self.born < patience.age
        return young and self.connection.usable and not self._replies.buffered

    # How it begins and ends

    async def open(self, name: str, route: Route, context: ssl.SSLContext | None) -> None:
        """Begin: greeting, EHLO, STARTTLS with a context (None: not even if it is offered), AUTH; raises Trouble."""
        try:
            if route.security is Security.IMPLICIT:
                assert context is not None
                await self._encrypt(context)
            self.extensions = await self.run(greeted(name))
            if context is not None and route.security is not Security.IMPLICIT:
                await self._upgrade(name, route, context)
            if route.login is not None:
                tls = self.connection.tls
                await self.run(log_in(route.login, self.extensions.auth, encrypted=tls is not None, bindings=tls.bindings if tls else None))
        except Refused as error:
            reply = error.reply
            raise Trouble(f"{self.hop} gave as {error.phase.value}: {reply}", f"4{reply.enhanced[1:]}", reply.code) from error
        except HandshakeError as error:
            raise Trouble(f"{self.hop} {error}", "4.7.5", tls=True) from error
        except LoginError as error:
            raise Trouble(f"Logging in to {self.hop} is not possible: {error}", "4.7.8") from error
        except (Broken, Garbled) as error:
            raise Trouble(f"{self.hop} {error}") from error

    async def _upgrade(self, name: str, route: Route, context: ssl.SSLContext) -> None:
        required = route.security is Security.REQUIRED
        if not self.extensions.starttls:
            if required:
                raise Trouble(f"{self.hop} does not offer the encryption (STARTTLS) that this mail must have", "4.7.10")
            return
        try:
            await self.run(starttls())
        except Refused as error:
            if required or error.reply.code == SHUTTING_DOWN:
                raise
            return
        if self._replies.buffered:
            raise HandshakeError("sent something in clear text behind its agreement to TLS")
        await self._encrypt(context)
        self.extensions = await self.run(ehlo(name))  # what was said in clear text counts no more (RFC 3207 section 4.2)

    async def _encrypt(self, context: ssl.SSLContext) -> None:
        self.connection.expect(self._patience.handshake)
        await self.connection.start_tls(context, self.hop.host)

    def quit(self) -> None:
        """Say goodbye and close; the answer is of no interest."""
        if wanted.smtp:
            self._transcribed.sent_commands(b"QUIT")
        self.connection.write(b"QUIT\r\n")
        self.connection.close()

    def cut(self) -> None:
        """Close without a word, so that nothing that was begun is taken for whole."""
        self.connection.abort()

    # How dialogues are driven

    async def run(self, dialogue: Dialogue[ResultT], copy: Copy | None = None, transaction: Transaction | None = None) -> ResultT:
        """Carry out a dialogue and give its result; raises what it raises, and Broken and Garbled."""
        try:
            step = next(dialogue)
            while True:
                if isinstance(step, Say):
                    step = dialogue.send(await self._say(step))
                elif isinstance(step, Pour):
                    assert copy is not None
                    assert transaction is not None
                    step = dialogue.send(await self._pour(step, copy, transaction))
                else:
                    step = await self._think(dialogue, step)
        except StopIteration as end:
            result: ResultT = end.value
            return result

    async def _think(self, dialogue: Dialogue[Any], step: Think) -> Step:
        try:
            answer = await asyncio.to_thread(step.work)
        except Exception as error:  # noqa: BLE001 - what went wrong in the dialogue's own work is the dialogue's to deal with
            return dialogue.throw(error)
        return dialogue.send(answer)

    async def _say(self, step: Say) -> Reply:
        if step.data:
            if self._replies.buffered or self.connection.unread:
                return await self._unasked()
            if wanted.smtp:
                self._transcribed.sent_commands(step.data, secret=step.phase is Phase.AUTH)
            self.connection.write(step.data)
        return await self._reply(step.phase)

    async def _unasked(self) -> Reply:
        """Read what came out of turn: a server may say that it shuts down (RFC 5321 section 3.8), and nothing else."""
        reply = await self._reply(Phase.QUIT)
        if reply.code != SHUTTING_DOWN:
            raise Garbled("answered before it was asked")
        return reply

    async def _reply(self, phase: Phase) -> Reply:
        """Wait for the next reply, however many pieces it comes in, within the phase's time."""
        reply = self._replies.next()
        if reply is None:
            reply = await self._await_reply(phase)
        if wanted.smtp:
            self._transcribed.received(b"\r\n".join(b"%d %b" % (reply.code, line) for line in reply.lines or (b"",)))
        return reply

    async def _await_reply(self, phase: Phase) -> Reply:
        reply: Reply | None = None
        seconds = self._patience.waits[phase]
        self.connection.expect(seconds)
        while reply is None:
            try:
                self._replies.feed(await self.connection.received())
            except TimeoutError:
                raise Broken(f"kept us waiting over {seconds:g} seconds for {phase.value}") from None
            except ConnectionError:
                raise Broken(f"closed the connection before {phase.value}", closed=True) from None
            reply = self._replies.next()
        return reply

    @property
    def _transcribed(self) -> Transcript:
        """The conversation, for those who read along."""
        if self._transcript is None:
            self._transcript = Transcript("SMTPC", f"C{next(_NUMBERS)}", self.connection.peer.ip)
        return self._transcript

    async def _pour(self, step: Pour, copy: Copy, transaction: Transaction) -> Reply:
        """Send the message in pieces, one kept back so that the last is known; gives the reply that settles it."""
        if step.chunked:
            return await self._pour_chunks(step, copy, transaction)
        writing, held = Stuffing(), b""
        async for piece in copy.pieces():
            if held and not await self._write_block(writing.feed(held)):
                return await self._last_words()
            held = piece
        self.connection.write(writing.finish(held))
        transaction.sent = True
        return await self._reply(Phase.END)

    async def _pour_chunks(self, step: Pour, copy: Copy, transaction: Transaction) -> Reply:
        writing, held, owed = Chunks(), b"", 0
        async for piece in copy.pieces():
            written = writing.feed(held) if held else b""
            held = piece
            if written:
                if not await self._write_block(written):
                    return await self._last_words()
                owed += 1
            while owed and (not step.pipelined or self._replies.buffered or self.connection.unread):
                owed -= 1
                reply = await self._reply(Phase.END)
                if not reply.done:
                    for _ in range(owed):
                        await self._reply(Phase.END)
                    return reply
        self.connection.write(writing.finish(held))
        transaction.sent = True
        replies = [await self._reply(Phase.END) for _ in range(owed + 1)]
        return next((reply for reply in replies if not reply.done), replies[-1])

    async def _write_block(self, data: bytes) -> bool:
        """Send a piece; False when the server is gone. Raises Broken when it takes nothing for too long."""
        seconds = self._patience.waits[Phase.BLOCK]
        self.connection.write(data)
        self.connection.expect(seconds)
        try:
            await self.connection.drained()
        except TimeoutError:
            raise Broken(f"took nothing of the message for {seconds:g} seconds") from None
        except ConnectionError:
            return False
        return True

    async def _last_words(self) -> Reply:
        """Give the refusal that the server sent before it hung up in the midst of the message."""
        reply = await self._reply(Phase.END)
        if reply.done:
            raise Broken("closed the connection in the midst of the message")
        return reply


class Sessions:
    """The sessions that wait for more to send, by what they may serve; closed when they were idle for long, and at the end."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._idle: dict[Hashable, list[Session]] = {}
        self._timers: dict[Session, asyncio.TimerHandle] = {}
        self._closed = False

    def __len__(self) -> int:
        return len(self._timers)

    def take(self, *keys: Hashable) -> Session | None:
        """Take an idle session that serves one of these keys, the one used last first."""
        for key in keys:
            waiting = self._idle.get(key)
            while waiting:
                session = waiting[-1]
                self._forget(session)
                if session.usable:
                    return session
                session.quit()
        return None

    def park(self, session: Session, *keys: Hashable) -> None:
        """Keep a session for a moment, or end it: used up, one too many, or everything is closed."""
        if self._closed or not session.usable or len(self._timers) >= MOST_IDLE:
            session.quit()
            return
        session.keys = tuple(dict.fromkeys((*session.keys, *keys)))
        for key in session.keys:
            self._idle.setdefault(key, []).append(session)
        end = partial(self._end, session)
        session.connection.disturbed = end
        self._timers[session] = asyncio.get_running_loop().call_later(self._patience.idle, end)

    def close(self) -> None:
        """End all that wait; those in use end when they are given back."""
        self._closed = True
        for session in list(self._timers):
            self._end(session)

    def _end(self, session: Session) -> None:
        self._forget(session)
        session.quit()

    def _forget(self, session: Session) -> None:
        timer = self._timers.pop(session, None)
        if timer is None:
            return
        timer.cancel()
        session.connection.disturbed = None
        for key in session.keys:
            waiting = self._idle[key]
            waiting.remove(session)
            if not waiting:
                del self._idle[key]
