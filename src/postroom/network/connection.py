"""One connection, written once for every protocol: it owns the socket and feeds a protocol's `Session`.

    accepted -> (PROXY header) -> admitted -> (asked about) -> (TLS handshake) -> opened -> received ... -> lost

A session is made once the peer's true address is known and implicit TLS is agreed on: scanners cost no session. Before that, the handlers of
OnClientConnect are asked, if there are any. The peer is hostile: what
it sends is bounded by `pause_reading`, what it does not read by `Bounds.output`, its silence by `expect`, its stay by `Bounds.session`.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from postroom import metrics
from postroom.events import ON_CLIENT_CONNECT, REJECT, Client, ClientConnect, session_number
from postroom.formats.proxyprotocol import ProxyHeaderError, ProxyReader
from postroom.network.encryption import TLS, Encryption
from postroom.network.endpoint import Endpoint
from postroom.network.transcript import tell_of_connection, tell_of_session, wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.events import Events
    from postroom.network.connections import Connections
    from postroom.network.proxy import Proxies
    from postroom.network.tls import ServerTLS

FOREVER = float("inf")
HIGH, LOW = 256 * 1024, 64 * 1024  # marks of the output buffer in bytes: above HIGH `drained` waits until it is below LOW
QUICKACK: int = getattr(socket, "TCP_QUICKACK", 0)
GATHER = 0.001  # seconds
LEAST = 4096  # octets that a slow peer must take before its time is over, to be given that time again: one a minute is an attack


class Session(Protocol):
    """A protocol's side of one connection. All calls come on the loop, never two at once."""

    def opened(self, connection: Connection) -> None:
        """Begin, as the first call: write the greeting."""

    def received(self, data: bytes) -> None:
        """Take bytes as they came, at most 256 KB a call; one call more may come after `pause_reading`."""

    def lost(self) -> None:
        """End, as the last call: the peer is gone or the connection is closed."""

    def timed_out(self) -> None:
        """Say the protocol's words and close: no data came within the time set by `expect`, or the session's whole time is over.

        A session that neither closes nor sets a new time is cut after `Bounds.linger`.
        """

    def stopping(self) -> None:
        """Say goodbye now, or once the command in hand is done: the server drains."""


class SessionFactory(Protocol):
    """Makes the sessions of a listener."""

    refusal: bytes  # the protocol's words for a peer over the connection limits, such as b"421 4.7.0 Too many connections\r\n"

    def __call__(self) -> Session:
        """Make a new session, one for each connection."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of each connection of a listener; times in seconds, sizes in bytes.

    `idle` holds until the session calls `expect`; `session` bounds the whole stay; `handshake` the PROXY header and TLS;
    `linger` the flushing after `close` while the peer takes nothing; above `output` bytes not read by the peer the connection is cut (slow reader).
    """

    idle: float = 300
    session: float = FOREVER
    handshake: float = 30
    linger: float = 15
    output: int = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Terms:
    """What a listener sets for each of its connections; `events` hear of them, where they are of mail."""

    factory: SessionFactory
    connections: Connections
    protocol: str = ""
    tls: ServerTLS | None = None
    implicit: bool = False
    proxies: Proxies | None = None
    bounds: Bounds = field(default_factory=Bounds)
    events: Events | None = None
    welcome: Callable[[str], bool] | None = None
    """Tell whether a client's address may connect at all; who may not hears nothing. None: everybody may."""


class Connection(asyncio.Protocol):
    """One peer's connection; see the module for its life. Public to sessions: the methods under "What sessions use" and the four values."""

    __slots__ = (
        "_asking",
        "_closing",
        "_encryption",
        "_end",
        "_gathering",
        "_input",
        "_patience",
        "_reading",
        "_seated",
        "_session",
        "_shaken",
        "_stay",
        "_terms",
        "_told",
        "_transport",
        "_unread",
        "_waiters",
        "_writable",
        "deadline",
        "id",
        "local",
        "peer",
        "tls",
    )

    id: str
    peer: Endpoint
    local: Endpoint
    tls: TLS | None

    def __init__(self, terms: Terms) -> None:
        self.tls = None
        self.deadline = FOREVER  # in the clock of `Connections`; the sweep calls `expire` once it has passed
        self._terms = terms
        self._patience = terms.bounds.handshake
        self._stay = FOREVER  # when the session's whole time is over
        self._end = FOREVER  # the deadline never goes beyond
        self._session: Session | None = None
        self._encryption: Encryption | None = None
        self._input: Callable[[bytes], None] | None = None  # takes the bytes instead of the session: PROXY header, handshake, TLS
        self._shaken: asyncio.Future[None] | None = None
        self._asking: asyncio.Task[None] | None = None
        self._waiters: list[asyncio.Future[None]] = []
        self._writable = True
        self._reading = True
        self._gathering: asyncio.TimerHandle | None = None
        self._closing = False
        self._seated = False
        self._told = False  # that its time is over
        self._unread = 0  # the size of the output buffer when it was last looked at

    # What sessions use

    def write(self, data: bytes) -> None:
        """Send bytes; never waits. A peer that leaves more than `Bounds.output` unread is cut. After the end it does nothing."""
        if self._closing:
            return
        try:
            self._transport.write(data if self._encryption is None else self._encryption.encrypt(data))
        except ssl.SSLError:  # the peer ended TLS with an alert and kept the socket
            self.abort()
            return
        if self._transport.get_write_buffer_size() > self._terms.bounds.output:
            self.abort()

    def write_all(self, pieces: list[bytes]) -> None:
        """Send many bytes in pieces, without joining them where the system takes them so."""
        if self._encryption is not None or self._closing:
            self.write(b"".join(pieces))
            return
        self._transport.writelines(pieces)
        if self._transport.get_write_buffer_size() > self._terms.bounds.output:
            self.abort()

    def close(self) -> None:
        """End the connection once what was written is sent; a peer that takes nothing of it is cut after `Bounds.linger` seconds."""
        if self._closing:
            return
        if self._encryption is not None:
            self._transport.write(self._encryption.goodbye())
        self._closing = True
        self._unread = self._transport.get_write_buffer_size()
        self.deadline = self._terms.connections.now + self._terms.bounds.linger
        self._transport.close()

    def abort(self) -> None:
        """End the connection at once; what was not sent is thrown away. `Session.lost` still comes."""
        self._closing = True
        self._transport.abort()

    def acknowledge(self) -> None:
        """Acknowledge at once what came: a peer that holds back the rest until then (Nagle) would wait 40 ms. Where the system can (Linux)."""
        end = self._transport.get_extra_info("socket")
        if QUICKACK and end is not None and end.family != socket.AF_UNIX and not self._closing:
            with contextlib.suppress(OSError):
                end.setsockopt(socket.IPPROTO_TCP, QUICKACK, 1)

    def pause_reading(self) -> None:
        """Take no more bytes from the peer; its own send buffer fills, then it waits."""
        self._stop_gathering()
        if self._reading and not self._closing:
            self._reading = False
            self._transport.pause_reading()

    def gather(self) -> None:
        """Let what comes gather for a moment, so that one reading takes more; a peer that is alone is not kept waiting."""
        if self._reading and not self._closing and len(self._terms.connections) > 1:
            self.pause_reading()
            self._gathering = asyncio.get_running_loop().call_later(GATHER, self.resume_reading)

    def _stop_gathering(self) -> None:
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None

    def resume_reading(self) -> None:
        """Take bytes again."""
        self._stop_gathering()
        if not self._reading and not self._closing:
            self._reading = True
            self._transport.resume_reading()

    @property
    def writable(self) -> bool:
        """Whether the output buffer is below its high mark; who may not wait keeps back what it can."""
        return self._writable

    async def drained(self) -> None:
        """Wait until the peer has read so much that the output buffer is below its low mark (64 KB); ConnectionError when lost."""
        if self._writable and not self._closing and self._transport.get_write_buffer_size() > HIGH:
            await asyncio.sleep(0)  # uvloop writes, and finds out that the peer doesn't read, at the end of its turn
        if self._closing:
            raise ConnectionResetError("The connection is closed.")
        if self._writable:
            self._heard()  # it has taken nearly all: who reads fast enough never lets us wait, and need not speak
            return
        self._unread = self._transport.get_write_buffer_size()
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            await waiter
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)

    async def start_tls(self) -> None:
        """Encrypt from here on, as the server, with the listener's context; ConnectionError when the handshake fails.

        The first step runs at once: write "go ahead" and await this with no other await between, then every later byte is read as TLS.
        Bytes that came before are the session's: it must refuse or drop what is left in its core (STARTTLS injection).
        """
        if self._terms.tls is None or self._encryption is not None or self._closing:
            raise ConnectionAbortedError("TLS can't start on this connection.")
        patience = self._patience
        self._shaken = asyncio.get_running_loop().create_future()
        self._encrypt(self._terms.tls)
        self.resume_reading()
        try:
            await self._shaken
        finally:
            self._shaken = None
        self._input = self._decrypt
        asyncio.get_running_loop().call_soon(self._decrypt, b"")  # what came with the handshake's end, once the session went on
        self.expect(patience)

    def expect(self, seconds: float) -> None:
        """Set the idle time-out for the next data; each arrival, and a slow peer's progress in reading, restarts it."""
        self._patience = seconds
        if self._terms.connections.now < self._stay:
            self._told = False
            self._end = self._stay
        self._heard()

    # What the sweep uses

    def expire(self) -> None:
        """Tell the session that its deadline has passed; cut the connection if that was said before and changed nothing.

        A peer that has taken some of what waits for it since then is slow, not gone: it gets the time again.
        """
        if self._reads_on():
            return
        if self._closing or self._session is None or self._shaken is not None or self._told:
            self.abort()
            return
        self._told = True
        self.deadline = self._end = self._terms.connections.now + self._terms.bounds.linger
        self._session.timed_out()

    def _reads_on(self) -> bool:
        before, self._unread = self._unread, self._transport.get_write_buffer_size()
        now, bounds = self._terms.connections.now, self._terms.bounds
        if before - self._unread < LEAST or now >= self._stay:
            return False
        self.deadline = min(now + (bounds.linger if self._closing else self._patience), self._stay)
        return True

    def stopping(self) -> None:
        """Let the session end: the server drains."""
        if self._session is None:
            self.abort()
        elif not self._closing:
            self._session.stopping()

    # What the loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin: the socket was accepted."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(HIGH, LOW)
        self.peer = Endpoint.of(transport.get_extra_info("peername"))
        self.local = Endpoint.of(transport.get_extra_info("sockname"))
        self.id = self._terms.connections.add(self)
        self._heard()
        if self._terms.proxies is not None and self._terms.proxies.trust(self.peer):
            self._input = partial(self._read_proxy, ProxyReader())
        else:
            self._admit(b"")

    def data_received(self, data: bytes) -> None:
        """Pass on what came."""
        self._heard()
        if self._closing:
            return
        if self._input is not None:
            self._input(data)
        elif self._session is not None:
            self._session.received(data)

    def eof_received(self) -> None:
        """Close: a peer that sends no more is gone; it gets what is written by now, and no more."""
        self.close()

    def pause_writing(self) -> None:
        """Hold writers back: the output buffer is above its high mark."""
        self._writable = False

    def resume_writing(self) -> None:
        """Let writers go on: the output buffer is below its low mark again, so the peer is alive."""
        self._writable = True
        self._heard()
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """End: the socket is closed, by whichever side."""
        self._closing = True
        self._terms.connections.discard(self)
        if self._seated:
            self._terms.connections.admission.leave(self._terms.protocol, self.peer)
        for waiter in [*self._waiters, self._shaken]:
            if waiter is not None and not waiter.done():
                waiter.set_exception(ConnectionResetError("The connection is lost."))
        session, self._session, self._input, self._encryption = self._session, None, None, None
        if session is not None:
            if wanted.debug:
                tell_of_session(self.id, "Ending")
            session.lost()

    # The stages before a session, and TLS below it

    def _heard(self) -> None:
        deadline = self._terms.connections.now + self._patience
        self.deadline = deadline if deadline < self._end else self._end  # noqa: FURB136 - once a read: `min` costs three times as much

    def _read_proxy(self, reader: ProxyReader, data: bytes) -> None:
        try:
            header = reader.receive(data)
        except ProxyHeaderError:
            self.abort()  # a proxy that doesn't speak its protocol: to answer would tell the peer behind it about us
            return
        if header is None:
            return
        if header.source is not None and header.destination is not None:
            self.peer, self.local = Endpoint(*header.source), Endpoint(*header.destination)
        self._input = None
        self._admit(reader.rest)

    def _admit(self, rest: bytes) -> None:
        terms = self._terms
        if terms.welcome is not None and not terms.welcome(self.peer.ip):
            metrics.connections_refused.add(terms.protocol)
            if wanted.tcpip:
                tell_of_connection(self.peer, self.local, taken=False)
            self.abort()
            return
        self._seated = not terms.connections.draining and terms.connections.admission.enter(terms.protocol, self.peer)
        if not self._seated:
            metrics.connections_refused.add(terms.protocol)
        if wanted.tcpip:
            tell_of_connection(self.peer, self.local, taken=self._seated)
        if self._seated and terms.events is not None and ON_CLIENT_CONNECT in terms.events.active:
            self._ask(terms.events, rest)
        elif self._seated:
            self._enter(rest)
        elif terms.implicit:
            self.abort()  # no handshake for a peer that is sent away
        else:
            self.write(terms.factory.refusal)
            self.close()

    def _ask(self, events: Events, rest: bytes) -> None:
        """Let handlers decide whether the peer may come in; what it says meanwhile is held, one read at most."""
        held = [rest]
        self._input = held.append
        self._patience = FOREVER  # it is we who keep it waiting
        self._heard()
        self.pause_reading()
        self._asking = asyncio.get_running_loop().create_task(self._hear_of_it(events, held))

    async def _hear_of_it(self, events: Events, held: list[bytes]) -> None:
        result = await events.fire(ClientConnect(Client(self.local.port, self.peer.ip, session=session_number(self.id))))
        if self._closing:
            return
        self._input = None
        if result.value == REJECT:
            self.close()
            return
        self.resume_reading()
        self._enter(b"".join(held))

    def _enter(self, rest: bytes) -> None:
        terms = self._terms
        if not terms.implicit or terms.tls is None:
            self._open(rest)
            return
        self._encrypt(terms.tls)
        if rest:
            self._shake(rest)

    def _open(self, rest: bytes) -> None:
        bounds = self._terms.bounds
        if wanted.debug:
            tell_of_session(self.id, "Creating")
        self._session = self._terms.factory()
        self._stay = self._end = self._terms.connections.now + bounds.session
        self.expect(bounds.idle)
        self._session.opened(self)
        if rest:
            self.data_received(rest)

    def _encrypt(self, tls: ServerTLS) -> None:
        self._encryption = Encryption(tls.context())
        self._input = self._shake
        self._patience = self._terms.bounds.handshake
        self._heard()

    def _shake(self, data: bytes) -> None:
        encryption = cast("Encryption", self._encryption)
        try:
            done = encryption.shake(data)
        except ssl.SSLError:
            self._transport.write(encryption.outgoing())  # the alert says why
            self._encryption = None
            self.close()
            return
        self._transport.write(encryption.outgoing())
        if not done:
            return
        self.tls = encryption.described()
        if self._shaken is not None:
            self._input = encryption.hold  # until `start_tls` has gone on in the session
            self._shaken.set_result(None)
        else:
            self._input = self._decrypt
            self._open(b"")
            self._decrypt(b"")

    def _decrypt(self, data: bytes) -> None:
        encryption, session = self._encryption, self._session
        if encryption is None or session is None or self._closing:
            return
        try:
            plain = encryption.decrypt(data)
        except ssl.SSLError:
            self.abort()
            return
        if answer := encryption.outgoing():
            self._transport.write(answer)
        if plain:
            session.received(plain)
        if encryption.ended:
            self.close()
