"""One SMTP, submission or LMTP connection: the one place that reads events, sends replies, counts, logs and enforces limits.

Commands that need not wait run at once; one that must wait is a coroutine in the connection's only task, and what the client sends
meanwhile stays in the core, bounded by `BACKLOG`. An idle connection has no task and no timer.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from postroom import metrics
from postroom.errors import Unavailable
from postroom.events import ON_TOO_MANY_INVALID_COMMANDS, TooManyInvalidCommands
from postroom.formats.smtp import Core, Refused, Reply
from postroom.formats.smtp.events import Bad, Chunk, End, Line
from postroom.network.endpoint import Endpoint
from postroom.network.transcript import Transcript, wanted
from postroom.servers.login import Client, left, plain_text
from postroom.servers.smtp import handlers, replies
from postroom.servers.smtp.commands import COMMANDS
from postroom.servers.smtp.house import Role
from postroom.servers.smtp.ports import Arrival
from postroom.servers.smtp.received import protocol_word
from postroom.servers.smtp.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from postroom.directory.accounts import Account
    from postroom.directory.ranges import Option
    from postroom.formats.sasl import Exchange
    from postroom.formats.smtp import Event
    from postroom.formats.smtp.events import Hello
    from postroom.network.connection import Connection
    from postroom.servers.smtp.house import Door, House
    from postroom.servers.smtp.rules import Rules
    from postroom.servers.smtp.transaction import Transaction

    Answer = Reply | tuple[Reply, ...] | None | Coroutine[Any, Any, Reply | tuple[Reply, ...] | None]

BACKLOG = 128 * 1024  # octets that may wait in the core while a command is in hand
MINUTE = 60_000_000  # microseconds
SENT_AWAY_FOR_ERRORS = (replies.TOO_MANY_ERRORS, replies.TOO_MANY_UNKNOWN)


class Session:
    """The state of one connection, which the commands read and change; see `network.connection.Session` for who calls what."""

    __slots__ = (
        "_closing",
        "_commands",
        "_greeted",
        "_in_hand",
        "_late",
        "_messages",
        "_minute",
        "_out",
        "_paused",
        "_transcript",
        "account",
        "bad_commands",
        "client_ip",
        "client_name",
        "client_port",
        "connection",
        "core",
        "door",
        "exchange",
        "failed_logins",
        "hello",
        "house",
        "leave",
        "login_over",
        "loopback",
        "password",
        "rights",
        "rules",
        "spared",
        "stopping_soon",
        "transaction",
        "unknown_recipients",
    )

    connection: Connection

    def __init__(self, house: House, door: Door) -> None:
        self.house = house
        self.door = door
        self.rules: Rules = house.rules()
        self.core = Core(self.rules.limits, lmtp=door.role is Role.LMTP, dsn=self.rules.dsn)
        self.hello: Hello | None = None
        self.account: Account | None = None
        self.exchange: Exchange | None = None
        self.password = ""  # of the login, while handlers want to judge it again
        self.transaction: Transaction | None = None
        self.client_ip = self.client_name = ""
        self.client_port = 0
        self.loopback = self.spared = False
        self.rights: Option | None = None
        self.login_over = False
        self.leave = left
        self.bad_commands = self.unknown_recipients = self.failed_logins = 0
        self.stopping_soon = False
        self._messages = 0
        self._commands = self._minute = 0
        self._out: list[bytes] = []
        self._in_hand: asyncio.Task[None] | None = None
        self._late: asyncio.TimerHandle | None = None
        self._transcript: Transcript | None = None
        self._greeted = self._paused = self._closing = False

    # What the connection calls

    def opened(self, connection: Connection) -> None:
        """Greet, or wait a little for who can't wait."""
        self.connection = connection
        self.meet(connection.peer.ip, connection.peer.port)
        connection.expect(self.rules.command_time)
        if self.rules.greeting_delay and not self.spared:
            self._late = asyncio.get_running_loop().call_later(self.rules.greeting_delay, self._greet)
        else:
            self._greet()

    def received(self, data: bytes) -> None:
        """Take bytes, and answer what they say."""
        if self._closing:
            return
        if not self._greeted:
            self.part(replies.EARLY)
            return
        self.core.receive_data(data)
        if self._in_hand is None:
            self._go_on()
        elif not self._paused and self.core.buffered > BACKLOG:
            self._paused = True
            self.connection.pause_reading()

    def lost(self) -> None:
        """Forget everything; a message that is being made durable is made so nevertheless."""
        self._closing = True
        self.leave()
        if self._late is not None:
            self._late.cancel()
        if self._in_hand is None:
            self.forget()

    def timed_out(self) -> None:
        """Say goodbye to a client that says nothing; while a command is in hand it is we who keep it waiting."""
        if self._in_hand is not None:
            self.connection.expect(self.rules.command_time)
        else:
            self.part(replies.TIMED_OUT)

    def stopping(self) -> None:
        """Say goodbye now, or once the message that is arriving is safe."""
        self.stopping_soon = True
        if self._in_hand is None and not self.receiving:
            self.part(replies.STOPPING)

    def login_ended(self) -> None:
        """Take no more mail by a login that counts no more; what is under way goes on."""
        self.login_over = True

    # What the commands use

    def meet(self, ip: str, port: int, name: str = "") -> None:
        """Learn who the client is: from its connection, or from XCLIENT. `spared`: limits of rate do not apply to it.

        `rights` are what the IP ranges let it do, None where they don't count.
        """
        self.client_ip, self.client_port, self.client_name = ip, port, name
        self.loopback = Endpoint(ip, port).loopback
        self.spared = self.loopback and not self.rules.limit_loopback
        relaying = self.house.relaying
        self.rights = relaying.rights_of(ip) if relaying is not None and self.door.role is not Role.LMTP else None

    @property
    def client(self) -> Client:
        """Who is at the other end, as far as logging in goes."""
        return Client(self.client_ip, self.loopback, self.connection.tls, plain_text(self.rules.plain_text_login, self.rights))

    @property
    def logins(self) -> bool:
        """Whether the client may log in here: submission always lets it; where IP ranges rule who relays, mail's own port does too."""
        return self.door.logins or self.rights is not None

    @property
    def receiving(self) -> bool:
        """Whether the content of a message is arriving."""
        return self.transaction is not None and self.transaction.opened

    @property
    def protocol(self) -> str:
        """The word of RFC 3848 for how mail comes here."""
        return protocol_word(
            esmtp=self.hello is not None and self.hello.verb != "HELO",
            lmtp=self.door.role is Role.LMTP,
            utf8=self.transaction is not None and self.transaction.mail.smtputf8,
            tls=self.connection.tls is not None,
            login=self.account is not None,
        )

    def arrival(self) -> Arrival:
        """Give the facts of the message in hand as a value."""
        tls = self.connection.tls
        return Arrival(
            id=f"{self.connection.id}-{self._messages}",
            session=self.connection.id,
            protocol=self.protocol,
            client_ip=self.client_ip,
            client_port=self.client_port,
            client_name=self.client_name,
            hello=self.hello.name if self.hello else "",
            tls=f"{tls.version} {tls.cipher}" if tls else "",
            account=self.account,
            time=self.house.clock(),
        )

    def begin(self, transaction: Transaction) -> None:
        """Begin a mail transaction."""
        self._messages += 1
        if self._messages > self.rules.messages > 0 and not self.spared:
            raise Refused(replies.TOO_MANY_MESSAGES)
        self.core.begin()
        self.transaction = transaction

    def forget(self) -> None:
        """Give up the mail transaction, if there is one."""
        if self.transaction is not None:
            self.transaction.close()
            self.transaction = None
            self.core.begin()

    @property
    def exhausted(self) -> bool:
        """Whether the client has tried too many unknown recipients, so that the next reply is its last."""
        return self.unknown_recipients > self.rules.unknown_recipients > 0

    def start_afresh(self) -> None:
        """Know nothing of the client any more: after STARTTLS (RFC 3207 section 4.2) and XCLIENT."""
        self.forget()
        self.leave()
        self.login_over = False
        self.hello = self.account = self.exchange = None
        self.password = ""

    def write_now(self, reply: Reply) -> None:
        """Send a reply before the command is done; only STARTTLS needs that."""
        self._out.append(reply.wire)
        self._flush()

    def part(self, reply: Reply) -> None:
        """Say a last reply and close."""
        if self._closing:
            return
        self._say(reply)
        self._flush()
        self.hang_up()

    def hang_up(self) -> None:
        """Close without a word."""
        self._closing = True
        if self._in_hand is None:
            self.forget()
        self.connection.close()

    def failure(self, error: Exception) -> Reply:
        """Turn what a command raised into its reply, and tell the log what the client need not know."""
        log, session = self.house.log, self.connection.id
        if isinstance(error, Refused):
            if error.cause:
                log.info("command-refused", session=session, reply=str(error.reply), cause=error.cause)
            return error.reply
        if isinstance(error, Unavailable):
            log.warning("mail-deferred", session=session, cause=str(error))
        else:
            log.error("unhandled-exception", session=session, exc_info=error)
        return replies.TRY_LATER

    def greeting(self) -> Reply:
        """Give the first reply of all (RFC 5321 section 4.2)."""
        word = "LMTP" if self.door.role is Role.LMTP else "ESMTP"
        if welcome := self.rules.welcome:
            return Reply.of(220, "", welcome if welcome.endswith(f" {word}") else f"{welcome} {word}")
        return Reply.of(220, "", f"{self.rules.hostname} {word} Postroom")

    # The one loop

    def _greet(self) -> None:
        self._late = None
        self._greeted = True
        self._out.append(self.greeting().wire)
        self._flush()

    def _go_on(self) -> None:
        """Answer what can be answered at once; hand what must wait to the task."""
        waiting = self._answer_events()
        self._flush()
        if waiting is not None:
            self._in_hand = asyncio.get_running_loop().create_task(self._wait(waiting))

    def _answer_events(self) -> Coroutine[Any, Any, Reply | tuple[Reply, ...] | None] | None:
        """Run commands until one must wait, or nothing is left to read."""
        while not self._closing and (event := self.core.next_event()) is not None:
            answer = self._run(event)
            if isinstance(answer, Reply | tuple):
                self._reply(answer)
            elif answer is not None:
                return answer
        return None

    def _run(self, event: Event) -> Answer:
        if wanted.smtp:
            self._write_down(event)
        try:
            return COMMANDS[type(event)](self, event)
        except Exception as error:  # noqa: BLE001 - whatever happens, the client gets an answer
            return self.failure(error)

    async def _wait(self, waiting: Coroutine[Any, Any, Reply | tuple[Reply, ...] | None] | None) -> None:
        """Wait for a command, answer it, go on with what has come meanwhile."""
        while waiting is not None:
            try:
                answer = await waiting
            except Exception as error:  # noqa: BLE001 - as above
                answer = self.failure(error)
            if self._closing:
                break
            if answer is not None:
                self._reply(answer)
            waiting = self._answer_events()
            self._flush()
        self._in_hand = None
        if self._closing:
            self.forget()
        elif self.stopping_soon and not self.receiving:
            self.part(replies.STOPPING)
        elif self._paused:
            self._paused = False
            self.connection.resume_reading()

    def _reply(self, answer: Reply | tuple[Reply, ...]) -> None:
        """Send replies, and see whether the client has used up our patience."""
        if self._closing:
            return
        metrics.commands.add(self.door.role)
        for reply in answer if isinstance(answer, tuple) else (answer,):
            self._say(reply)
            if 500 <= reply.code < 540 or reply.code == 555:
                self.bad_commands += 1
                metrics.command_errors.add(self.door.role)
            elif reply.code == 421:
                self._flush()
                self.hang_up()
                return
        self._count()
        if self.stopping_soon and not self.receiving:
            self.part(replies.STOPPING)

    def _say(self, reply: Reply) -> None:
        self._out.append((WORDS.get(reply, reply) if self.rules.literal else reply).wire)

    def _count(self) -> None:
        rules = self.rules
        if self.bad_commands > rules.bad_commands > 0:
            self._send_away(replies.TOO_MANY_ERRORS)
        elif self.exhausted:
            self._send_away(replies.TOO_MANY_UNKNOWN)
        elif self.failed_logins >= rules.failed_logins > 0:
            self._send_away(replies.TOO_MANY_LOGINS)
        elif rules.commands_a_minute and not self.spared:
            self._commands += 1
            minute = self.house.clock() // MINUTE
            if minute != self._minute:
                self._minute, self._commands = minute, 1
            elif self._commands > rules.commands_a_minute:
                self._send_away(replies.TOO_FAST)

    def _send_away(self, reply: Reply) -> None:
        self.house.log.info("client-sent-away", session=self.connection.id, client=self.client_ip, reply=str(reply))
        mail = handlers.envelope(self)
        self.part(reply)
        if reply in SENT_AWAY_FOR_ERRORS and ON_TOO_MANY_INVALID_COMMANDS in self.house.events.active:
            self.house.events.tell(TooManyInvalidCommands(handlers.client(self), mail))

    def _flush(self) -> None:
        if self._out:
            data = b"".join(self._out) if len(self._out) > 1 else self._out[0]
            self._out.clear()
            if wanted.smtp:
                self._transcribed.sent(data)
            self.connection.write(data)

    # For those who read along

    def _write_down(self, event: Event) -> None:
        if type(event) not in {Chunk, End}:
            self._transcribed.received(self.core.line, secret=type(event) is Line, understood=type(event) is not Bad)

    @property
    def _transcribed(self) -> Transcript:
        if self._transcript is None:
            self._transcript = Transcript("SMTPD", self.connection.id, self.connection.peer.ip)
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
