"""One POP3 connection: the one place that reads events, sends replies, counts, logs and enforces limits.

Commands that need not wait run at once; one that must wait is a coroutine in the connection's only task, and what the client sends
meanwhile stays in the core, bounded by `BACKLOG`. What is sent is bounded too: above `OUTPUT` the session waits until the client reads.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from typing import TYPE_CHECKING, Any

from postroom.errors import Unavailable
from postroom.formats.pop3 import Core, Refused, Reply
from postroom.formats.pop3.events import Bad, Line
from postroom.network.transcript import Transcript, wanted
from postroom.servers.login import Client, left, plain_text
from postroom.servers.pop3 import replies
from postroom.servers.pop3.commands import COMMANDS

if TYPE_CHECKING:
    from postroom.formats.pop3 import Event
    from postroom.formats.sasl import Exchange
    from postroom.network.connection import Connection
    from postroom.servers.pop3.house import Door, House, Rules
    from postroom.servers.pop3.maildrop import Opened

    Answer = Reply | bytes | None | Iterator[bytes] | Coroutine[Any, Any, Reply | bytes | None]

BACKLOG = 64 * 1024  # octets that may wait in the core while a command is in hand
OUTPUT = 64 * 1024  # octets of replies that are gathered before they are sent


class Session:
    """The state of one connection, which the commands read and change; see `network.connection.Session` for who calls what."""

    __slots__ = (
        "_in_hand",
        "_out",
        "_out_size",
        "_paused",
        "_sending",
        "_stopping",
        "_transcript",
        "bad_commands",
        "client_ip",
        "closing",
        "connection",
        "core",
        "door",
        "exchange",
        "failed_logins",
        "goodbye",
        "house",
        "leave",
        "maildrop",
        "name",
        "rules",
    )

    connection: Connection

    def __init__(self, house: House, door: Door) -> None:
        self.house = house
        self.door = door
        self.rules: Rules = house.rules()
        self.core = Core()
        self.maildrop: Opened | None = None  # logged in, then
        self.name: str | None = None  # what USER said
        self.exchange: Exchange | None = None
        self.client_ip = ""
        self.bad_commands = self.failed_logins = 0
        self.closing = False
        self.goodbye = replies.STOPPING
        self.leave = left
        self._out: list[bytes] = []
        self._out_size = 0
        self._in_hand: asyncio.Task[None] | None = None
        self._transcript: Transcript | None = None
        self._sending = self._paused = self._stopping = False

    # What the connection calls

    def opened(self, connection: Connection) -> None:
        """Greet; without a time stamp in angle brackets, for APOP would need passwords that can be read back."""
        self.connection = connection
        self.client_ip = connection.peer.ip
        connection.expect(self.rules.login_time)
        self.write_now(Reply.ok(self.rules.welcome or f"{self.rules.hostname} POP3 Postroom").wire)

    def received(self, data: bytes) -> None:
        """Take bytes, and answer what they say."""
        if self.closing:
            return
        self.core.receive_data(data)
        if self._in_hand is None:
            self._go_on()
        elif not self._paused and self.core.buffered > BACKLOG:
            self._paused = True
            self.connection.pause_reading()

    def lost(self) -> None:
        """Forget everything. A client that went away without QUIT has deleted nothing (RFC 1939 section 6)."""
        self.closing = True
        self.leave()
        if self._in_hand is None:
            self._let_go()

    def timed_out(self) -> None:
        """Close without a word (RFC 1939 section 3), unless it is we who keep the client waiting."""
        if self._in_hand is None or self._sending:
            self.hang_up()
        else:
            self.connection.expect(self.rules.command_time)

    def stopping(self) -> None:
        """Say goodbye now, or once the command in hand is done."""
        self._stopping = True
        if self._in_hand is None:
            self.part(self.goodbye)

    def login_ended(self) -> None:
        """End as at a stop: the account was closed, or its password changed. What was marked stays."""
        self.goodbye = replies.LOGIN_ENDED
        self.stopping()

    # What the commands use

    @property
    def client(self) -> Client:
        """Who is at the other end, as far as logging in goes."""
        allowed = plain_text(self.rules.plain_text_login, self.house.rights_of(self.client_ip))
        return Client(self.client_ip, self.connection.peer.loopback, self.connection.tls, allowed)

    def opened_maildrop(self) -> Opened:
        """Return the maildrop; raises Refused before login."""
        if self.maildrop is None:
            raise Refused(replies.LOGIN_FIRST)
        return self.maildrop

    def put(self, data: bytes) -> None:
        """Send with what is said next."""
        self._out.append(data)
        self._out_size += len(data)

    def say(self, reply: bytes) -> None:
        """Send a reply with what is said next; what is not a reply is `put`."""
        if wanted.pop3:
            self._transcribed.sent(reply)
        self.put(reply)

    async def flowing(self) -> None:
        """Send what was put, once there is enough of it, and wait for a client that reads slowly; ConnectionError when it is gone."""
        if self._out_size < OUTPUT:
            return
        self._flush()
        self._sending = True
        try:
            await self.connection.drained()
        finally:
            self._sending = False

    def write_now(self, data: bytes) -> None:
        """Send a reply before the command is done."""
        self.say(data)
        self._flush()

    def part(self, reply: Reply) -> None:
        """Say a last reply and close."""
        if not self.closing:
            self.write_now(reply.wire)
            self.hang_up()

    def hang_up(self) -> None:
        """Close without a word."""
        self.closing = True
        if self._in_hand is None:
            self._let_go()
        self.connection.close()

    def cut_off(self) -> None:
        """End in the middle of a message, so that the client can't take what it has for the whole."""
        self.closing = True
        self.connection.abort()

    # The one loop

    def _go_on(self) -> None:
        """Answer what can be answered at once; hand what must wait to the task."""
        waiting = self._answer_events()
        if waiting is None:
            self._flush()
        else:
            self._in_hand = asyncio.get_running_loop().create_task(self._wait(waiting))

    def _answer_events(self) -> Coroutine[Any, Any, Reply | bytes | None] | None:
        """Run commands until one must wait, or the client must read, or nothing is left to answer."""
        while not self.closing and (event := self.core.next_event()) is not None:
            answer = self._run(event)
            if isinstance(answer, Coroutine):
                return answer
            if isinstance(answer, Iterator):
                return self._pour(answer)
            self._reply(answer)
            if self._out_size > OUTPUT:
                return self.flowing()
        return None

    def _run(self, event: Event) -> Answer:
        if wanted.pop3:
            self._transcribed.received(self.core.line, secret=type(event) is Line, understood=type(event) is not Bad)
        try:
            return COMMANDS[type(event)](self, event)
        except Exception as error:  # noqa: BLE001 - whatever happens, the client gets an answer
            if self.maildrop is None and type(event) is not Bad:
                self.bad_commands += 1  # a stranger may not try for ever
            return self._failure(error)

    async def _pour(self, pieces: Iterator[bytes]) -> None:
        """Send a listing as fast as the client reads it."""
        for piece in pieces:
            self.say(piece)
            await asyncio.sleep(0)  # a listing of deleted messages sends nothing: a flood of them would keep the loop for itself
            await self.flowing()

    async def _wait(self, waiting: Coroutine[Any, Any, Reply | bytes | None] | None) -> None:
        """Wait for a command, answer it, go on with what has come meanwhile."""
        while waiting is not None:
            answer: Reply | bytes | None = None
            try:
                answer = await waiting
            except ConnectionError:
                break
            except Exception as error:  # noqa: BLE001 - as above
                answer = self._failure(error)
            if self.closing:
                break
            self._reply(answer)
            waiting = self._answer_events()
        self._in_hand = None
        if self.closing:
            self._let_go()
            return
        self._flush()
        if self._stopping:
            self.part(self.goodbye)
        elif self._paused:
            self._paused = False
            self.connection.resume_reading()

    def _failure(self, error: Exception) -> Reply:
        """Turn what a command raised into its reply."""
        if isinstance(error, Refused):
            return error.reply
        if isinstance(error, Unavailable):
            self.house.log.warning("command-failed", session=self.connection.id, cause=str(error))
        else:
            self.house.log.exception("unhandled-exception", session=self.connection.id)  # noqa: LOG004 - its callers handle one
        return replies.TRY_LATER

    def _reply(self, answer: Reply | bytes | None) -> None:
        """Put an answer, and see whether the client has used up our patience."""
        if answer is None:
            return
        self.say(answer if isinstance(answer, bytes) else answer.wire)
        if self.bad_commands > self.rules.bad_commands > 0:
            self._send_away(replies.TOO_MANY_ERRORS)
        elif self.failed_logins >= self.rules.failed_logins > 0:
            self._send_away(replies.TOO_MANY_LOGINS)

    def _send_away(self, reply: Reply) -> None:
        self.house.log.info("client-sent-away", session=self.connection.id, client=self.client_ip, reply=str(reply))
        self.part(reply)

    def _let_go(self) -> None:
        """Give the maildrop back, for the next session may stand at the door."""
        if self.maildrop is not None:
            self.maildrop.release()

    def _flush(self) -> None:
        if self._out:
            data = b"".join(self._out) if len(self._out) > 1 else self._out[0]
            self._out.clear()
            self._out_size = 0
            self.connection.write(data)

    @property
    def _transcribed(self) -> Transcript:
        """The conversation, for those who read along."""
        if self._transcript is None:
            self._transcript = Transcript("POP3D", self.connection.id, self.client_ip)
        return self._transcript


class Sessions:
    """Makes the sessions of one listener."""

    refusal = replies.TOO_MANY_CONNECTIONS.wire

    def __init__(self, house: House, door: Door) -> None:
        self._house = house
        self._door = door

    def __call__(self) -> Session:
        """Make the session of a new connection."""
        return Session(self._house, self._door)
