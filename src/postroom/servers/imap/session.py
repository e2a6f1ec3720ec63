"""One IMAP connection: the one place that reads events, sends tagged replies, counts, logs and enforces limits.

Commands that need not wait run at once; one that must wait is a coroutine in the connection's only task, and what the client sends
meanwhile stays in the core, bounded by `BACKLOG`: commands are carried out one at a time and in order. An idle connection, IDLE
included, has no task and no timer.
"""

from __future__ import annotations

import asyncio
from types import CoroutineType
from typing import TYPE_CHECKING, cast

from postroom import metrics
from postroom.errors import Unavailable
from postroom.formats.imap.core import AFTER_LOGIN, BEFORE_LOGIN, Core
from postroom.formats.imap.events import Append, BadCommand, Command, Line
from postroom.network.transcript import Transcript, wanted
from postroom.servers.imap import replies
from postroom.servers.imap.capability import greeting
from postroom.servers.imap.commands import COMMANDS, EVENTS
from postroom.servers.imap.failures import deferred, failure
from postroom.servers.imap.state import State
from postroom.servers.login import Client, left, plain_text

if TYPE_CHECKING:
    from postroom.directory.accounts import Account
    from postroom.formats.imap.events import Event
    from postroom.formats.sasl import Exchange
    from postroom.network.connection import Connection
    from postroom.servers.imap.append import Appending
    from postroom.servers.imap.commands import Answer, Verb, Waiting
    from postroom.servers.imap.house import Door, House
    from postroom.servers.imap.rules import Rules
    from postroom.servers.imap.selected import Selected

BACKLOG = 128 * 1024
"""Octets that may wait in the core while a command is in hand."""
RUN = 64 * 1024
"""Octets of replies that are gathered before they are written."""
STRANGERS_ERRORS = 5
"""Bad commands before login, then BYE: another protocol's client was made to speak to us (ALPACA)."""
SECOND = 1_000_000


class Session:
    """The state of one connection, which the commands read and change; see `network.connection.Session` for who calls what."""

    __slots__ = (
        "_bad_commands",
        "_closing",
        "_in_hand",
        "_login_by",
        "_out",
        "_paused",
        "_runs",
        "_size",
        "_slow",
        "_transcript",
        "_verb",
        "account",
        "appending",
        "condstore",
        "connection",
        "core",
        "door",
        "exchange",
        "failed_logins",
        "goodbye",
        "house",
        "idling",
        "leave",
        "rules",
        "selected",
        "state",
        "stopping_soon",
        "tag",
    )

    connection: Connection

    def __init__(self, house: House, door: Door) -> None:
        self.house = house
        self.door = door
        self.rules: Rules = house.rules()
        self.core = Core(BEFORE_LOGIN)
        self.state: int = State.NOT_AUTHENTICATED
        self.account: Account | None = None
        self.exchange: Exchange | None = None
        self.selected: Selected | None = None
        self.appending: Appending | None = None
        self.idling = False
        self.condstore = False
        self.failed_logins = 0
        self.stopping_soon = False
        self.goodbye = replies.STOPPING
        self.leave = left
        self.tag = b"*"
        self._verb: Verb | None = None
        self._bad_commands = 0
        self._login_by = 0
        self._out: list[bytes] = []
        self._size = self._runs = 0
        self._in_hand: asyncio.Task[None] | None = None
        self._transcript: Transcript | None = None
        self._paused = self._slow = self._closing = False

    # What the connection calls

    def opened(self, connection: Connection) -> None:
        """Greet."""
        self.connection = connection
        self._login_by = self.house.clock() + int(self.rules.login_time * SECOND)
        connection.expect(self.rules.login_time)
        self.say(greeting(self))
        self.write()

    def received(self, data: bytes) -> None:
        """Take bytes, and answer what they say."""
        if self._closing:
            return
        if self.account is None and self._in_hand is None and self.house.clock() > self._login_by:
            self.part(replies.LOGIN_TOOK_TOO_LONG)  # a byte now and then keeps no seat
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
        self.unselect()
        if self._in_hand is None:
            self._forget()

    def timed_out(self) -> None:
        """Say goodbye to a client that says nothing; while a command is in hand it is we who keep it waiting, unless it doesn't read."""
        if self._slow:
            self.connection.abort()
        elif self._in_hand is not None:
            self.connection.expect(self.rules.idle_time)
        else:
            self.part(replies.TIMED_OUT)

    def stopping(self) -> None:
        """Say goodbye now, or once the command in hand is done or the message that is arriving is safe."""
        self.stopping_soon = True
        if self._in_hand is None and self.appending is None:
            self.part(self.goodbye)

    def login_ended(self) -> None:
        """End as at a stop: the account was closed, or its password changed."""
        self.goodbye = replies.LOGIN_ENDED
        self.stopping()

    # What the commands use

    @property
    def client(self) -> Client:
        """Who is at the other end, as far as logging in goes."""
        allowed = plain_text(self.rules.plain_text_login, self.house.rights_of(self.connection.peer.ip))
        return Client(self.connection.peer.ip, self.connection.peer.loopback, self.connection.tls, allowed)

    @property
    def user(self) -> Account:
        """Who is logged in; commands for whom somebody must be may ask."""
        assert self.account is not None
        return self.account

    @property
    def folder(self) -> Selected:
        """What is selected; commands of the selected state may ask."""
        assert self.selected is not None
        return self.selected

    @property
    def writable(self) -> Selected:
        """What is selected; CommandRefused when it was opened to read only."""
        if self.folder.read_only:
            raise replies.no("The mailbox is open to read only", b"READ-ONLY")
        return self.folder

    def say(self, data: bytes) -> None:
        """Send untagged data, with the rest or when there is much of it."""
        self._out.append(data)
        self._size += len(data)

    def mark(self) -> tuple[int, int]:
        """Give the place in what is gathered to which `take_back` can return."""
        return self._runs, len(self._out)

    def take_back(self, mark: tuple[int, int]) -> bool:
        """Take back what was said since a mark; False when some of it is written already."""
        if mark[0] != self._runs:
            return False
        del self._out[mark[1] :]
        self._size = sum(map(len, self._out))
        return True

    @property
    def much(self) -> bool:
        """Whether so much is gathered that `drained` would write it."""
        return self._size >= RUN

    async def drained(self) -> None:
        """Write what was gathered if it is much, and wait until the client has read; ConnectionError when it is gone."""
        if self._size >= RUN:
            await self._written()

    async def _written(self) -> None:
        self.write()
        self._slow = True
        try:
            await self.connection.drained()
        finally:
            self._slow = False

    def write(self) -> None:
        """Write what was gathered."""
        if self._out:
            pieces, self._out = self._out, []
            large, self._size = self._size >= RUN, 0
            self._runs += 1
            if wanted.imap:
                self._transcribed.sent_with_literals(b"".join(pieces))
            if large:
                self.connection.write_all(pieces)
            elif data := b"".join(pieces):
                self.connection.write(data)

    def logged_in(self, account: Account) -> None:
        """Open the house to a user."""
        self.account = account
        self.leave = self.house.enter(account, self.login_ended)
        self.state = State.AUTHENTICATED
        self.core.limits = AFTER_LOGIN
        self.connection.expect(self.rules.idle_time)
        metrics.logins.add("imap")
        self.house.log.info("login", session=self.connection.id, client=self.connection.peer.ip, account=str(account.address))

    def select(self, selected: Selected) -> None:
        """Have a folder selected from now on."""
        self.selected = selected
        self.state = State.SELECTED
        selected.condstore = self.condstore
        selected.listener = self._news

    def unselect(self) -> None:
        """Have no folder selected."""
        if self.selected is not None:
            self.selected.leave()
            self.selected = None
            self.state = State.AUTHENTICATED

    def use_condstore(self) -> None:
        """Tell mod-sequences from now on: the client has used CONDSTORE (RFC 7162 section 3.1)."""
        self.condstore = True
        if self.selected is not None:
            self.selected.condstore = True

    def begin_idling(self) -> None:
        """Tell news as they happen from now on, and at once what has gathered."""
        self.idling = True
        self._news()

    def part(self, goodbye: bytes) -> None:
        """Say last words and close."""
        if not self._closing:
            self.say(goodbye)
            self.hang_up()

    def hang_up(self) -> None:
        """Close; what was gathered is sent."""
        self.write()
        self._closing = True
        if self._in_hand is None:
            self._forget()
        self.connection.close()

    # The one loop

    def _go_on(self) -> None:
        """Answer what can be answered at once; hand what must wait to the task."""
        waiting = self._answer_events()
        self.write()
        if waiting is not None:
            self._in_hand = asyncio.get_running_loop().create_task(self._wait(waiting))

    def _answer_events(self) -> Waiting | None:
        """Run commands until one must wait, or nothing is left to read."""
        while not self._closing and (event := self.core.next_event()) is not None:
            answer = self._run(event)
            if isinstance(answer, CoroutineType):
                return answer
            if answer is not None and (late := self._reply(cast("bytes", answer))) is not None:
                return late
            if self._size >= RUN:
                return self.drained()  # who pipelines must read, too
        return None

    def _run(self, event: Event) -> Answer:
        if wanted.imap:
            self._write_down(event)
        try:
            if type(event) is not Command:
                self._verb = None
                return EVENTS[type(event)](self, event)
            self.tag = event.tag
            self._verb = verb = COMMANDS.get(event.name)
            if verb is None:
                return replies.UNKNOWN
            if not verb.states & self.state:
                return self._not_now(verb.states)
            return verb.run(self, event.arguments)
        except Exception as error:  # noqa: BLE001 - whatever happens, the client gets an answer
            return failure(self, error)

    def _not_now(self, states: int) -> bytes:
        if self.account is None:
            return replies.LOGIN_FIRST
        return replies.SELECT_FIRST if states == State.SELECTED else replies.NOT_NOW

    async def _wait(self, waiting: Waiting | None) -> None:
        """Wait for a command, answer it, go on with what has come meanwhile once the client has read the answer."""
        try:
            while waiting is not None:
                answer = await self._outcome(waiting)
                if answer is not None and (late := self._reply(answer)) is not None:
                    await self._outcome(late)
                await self._written()
                waiting = self._answer_events()
                self.write()
        except ConnectionError:
            self._closing = True  # the client is gone; `lost` is on its way
        self._in_hand = None
        if self._closing:
            self._forget()
            return
        if self.stopping_soon and self.appending is None:
            self.part(self.goodbye)
        elif self._paused:
            self._paused = False
            self.connection.resume_reading()
        if self.idling:
            self._news()  # what was heard while the last news were looked up

    async def _outcome(self, waiting: Waiting) -> bytes | None:
        try:
            return await waiting
        except Exception as error:  # noqa: BLE001 - as above
            return failure(self, error)

    def _reply(self, answer: bytes) -> Waiting | None:
        """Tell the news that may be told with this command, then its tagged reply; gives a coroutine when they must be looked up."""
        if self._closing:
            return None
        selected = self.selected
        if selected is not None and (selected.news or selected.unread):
            if selected.unread:
                return self._reply_late(answer)
            self._tell(selected)
            if selected.missing and answer is replies.DONE:
                answer = replies.GONE_MEANWHILE
        self._say_reply(answer)
        return None

    async def _reply_late(self, answer: bytes) -> None:
        selected = self.selected
        try:
            if selected is not None:
                await selected.look_up(self.house.mailboxes)
        except Unavailable as error:
            deferred(self, error)
        if self._closing:
            return
        if selected is not None and selected is self.selected:
            self._tell(selected)
        self._say_reply(answer)

    def _say_reply(self, answer: bytes) -> None:
        self.say(b"%b %b" % (self.tag, answer))
        metrics.commands.add("imap")
        if answer[:3] == b"BAD":
            metrics.command_errors.add("imap")
            self._bad_commands += 1
        self._count()

    def _tell(self, selected: Selected) -> None:
        verb = self._verb
        said = selected.tell(expunges=verb is None or verb.expunges)
        if said:
            self.say(said)

    def _news(self) -> None:
        """Tell an idling client at once."""
        selected = self.selected
        if not self.idling or self._in_hand is not None or selected is None or not selected.news:
            return
        if selected.unread or not self.connection.writable:  # news of a client that doesn't read gather here, not in its socket
            self._in_hand = asyncio.get_running_loop().create_task(self._wait(self._tell_late(selected)))
        else:
            self.say(selected.tell(expunges=True))
            self.write()

    async def _tell_late(self, selected: Selected) -> None:
        await asyncio.sleep(0)
        await self._written()
        try:
            if selected.unread:
                await selected.look_up(self.house.mailboxes)
        except Unavailable as error:
            deferred(self, error)
            selected.news = False  # not again and again: with the next news, or the next command
            return
        if self.idling and selected is self.selected:
            self.say(selected.tell(expunges=True))

    def _count(self) -> None:
        """See whether the client has used up our patience."""
        rules = self.rules
        if self._bad_commands > rules.bad_commands > 0 or (self.account is None and self._bad_commands >= STRANGERS_ERRORS):
            self._send_away(replies.TOO_MANY_ERRORS)
        elif self.failed_logins >= rules.failed_logins > 0:
            self._send_away(replies.TOO_MANY_LOGINS)

    def _send_away(self, goodbye: bytes) -> None:
        self.house.log.info("client-sent-away", session=self.connection.id, client=self.connection.peer.ip, reply=goodbye.decode().rstrip())
        self.part(goodbye)

    # For those who read along

    def _write_down(self, event: Event) -> None:
        if isinstance(event, Command | Append | BadCommand | Line):
            secret = type(event) is Line and not self.idling
            self._transcribed.received(self.core.line, secret=secret, understood=type(event) is not BadCommand)

    @property
    def _transcribed(self) -> Transcript:
        if self._transcript is None:
            self._transcript = Transcript("IMAPD", self.connection.id, self.connection.peer.ip)
        return self._transcript

    def _forget(self) -> None:
        self.unselect()
        if self.appending is not None:
            self.appending.discard()
            self.appending = None


class Sessions:
    """Makes the sessions of one listener."""

    refusal = replies.TOO_MANY_CONNECTIONS

    def __init__(self, house: House, door: Door) -> None:
        self._house = house
        self._door = door

    def __call__(self) -> Session:
        """Make the session of a new connection."""
        return Session(self._house, self._door)
