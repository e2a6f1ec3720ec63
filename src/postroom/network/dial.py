"""Connections that we begin: TCP to one address, TLS as the client, replies waited for no longer than the caller says.

`Outgoing` is one connection; its owner reads with `received` and writes with `write`. The other end is as hostile as any peer: what it sends
unasked stops being read at 64 KB, what it does not read is waited for by `drained`, each under the deadline of the moment.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from postroom.network.encryption import TLS, Encryption
from postroom.network.endpoint import Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable

UNREAD = 64 * 1024  # bytes held for a reader that does not come
HIGH, LOW = 256 * 1024, 64 * 1024  # marks of the output buffer in bytes, as in connection.py
LINGER = 5.0  # seconds in which the last bytes may be sent after `close`


class DialError(ConnectionError):
    """The connection did not come about; the text says why, as the end of a sentence about the other end."""


class HandshakeError(ConnectionError):
    """TLS could not be agreed on, or the certificate is not good enough; the text says why."""


@cache
def unverified() -> ssl.SSLContext:
    """Give the context for TLS that may be: any certificate and any strength of it, since the alternative is clear text (RFC 7435)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("DEFAULT:!aNULL:!eNULL:@SECLEVEL=0")
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION
    return context


@cache
def verified(authorities: str = "") -> ssl.SSLContext:
    """Give the context for TLS that must be proven: a certificate of the system's authorities, or of those in a PEM file, for the name asked."""
    context = ssl.create_default_context(cafile=authorities or None)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # a server's own certificate may be named as its authority
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION
    return context


@dataclass(frozen=True, slots=True)
class Target:
    """An address to call and the local one to call from ("": the system chooses)."""

    ip: str
    port: int
    source: str = ""


async def dial(target: Target, seconds: float) -> Outgoing:
    """Connect by TCP; raises DialError after so many seconds at most."""
    loop = asyncio.get_running_loop()
    source = (target.source, 0) if target.source else None
    try:
        async with asyncio.timeout(seconds):
            _, connection = await loop.create_connection(Outgoing, target.ip, target.port, local_addr=source)
    except TimeoutError:
        raise DialError(f"did not answer within {seconds:g} seconds") from None
    except OSError as error:
        raise DialError(f"can't be reached ({_reason(error)})") from error
    return connection


def _reason(error: OSError) -> str:
    """Say in the system's words why; asyncio's own text repeats the address."""
    return os.strerror(error.errno).lower() if error.errno else str(error)


class Outgoing(asyncio.Protocol):
    """One connection that we began. Everything here is called on the loop; one task owns it at a time."""

    __slots__ = (
        "_closing",
        "_deadline",
        "_encryption",
        "_incoming",
        "_loop",
        "_lost",
        "_reading",
        "_shaking",
        "_timer",
        "_transport",
        "_unread",
        "_waiter",
        "_writable",
        "_writer",
        "disturbed",
        "local",
        "peer",
        "tls",
    )

    peer: Endpoint
    local: Endpoint

    def __init__(self) -> None:
        self.tls: TLS | None = None
        self.disturbed: Callable[[], None] | None = None
        """Called once when bytes or the end come while nobody waits for them: an idle connection is of no use then."""
        self._loop = asyncio.get_running_loop()
        self._incoming: list[bytes] = []
        self._unread = 0
        self._waiter: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self._encryption: Encryption | None = None
        self._shaking = False
        self._writable = True
        self._reading = True
        self._closing = False
        self._lost = False
        self._deadline = float("inf")
        self._timer: asyncio.TimerHandle | None = None

    # What its owner calls

    @property
    def usable(self) -> bool:
        """Whether both ends are there and nothing came unasked."""
        return not (self._closing or self._lost or self._incoming)

    @property
    def unread(self) -> int:
        """How many bytes came that were not read."""
        return self._unread

    def expect(self, seconds: float) -> None:
        """Set the time by which what is waited for next must have come."""
        self._deadline = self._loop.time() + seconds
        if self._timer is None or self._timer.when() > self._deadline:
            self._set_timer()

    def write(self, data: bytes) -> None:
        """Send bytes; never waits, and does nothing after the end, or after a handshake that failed."""
        if not data or self._closing or self._lost or self._shaking:
            return
        try:
            self._transport.write(data if self._encryption is None else self._encryption.encrypt(data))
        except ssl.SSLError:  # the other end ended TLS with an alert and kept the socket
            self.abort()

    async def received(self) -> bytes:
        """Wait for bytes of the other end and take them; TimeoutError after the deadline, ConnectionError when it is gone."""
        while not self._incoming:
            if self._lost or self._closing:
                raise ConnectionResetError("closed the connection")
            self._waiter = self._wait()
            try:
                await self._waiter
            finally:
                self._waiter = None
        data = self._incoming[0] if len(self._incoming) == 1 else b"".join(self._incoming)
        self._incoming.clear()
        self._unread = 0
        if not self._reading and not self._lost:
            self._reading = True
            self._transport.resume_reading()
        return data

    async def drained(self) -> None:
        """Wait until the other end has read enough of what was written; raises as `received` does."""
        if self._lost or self._closing:
            raise ConnectionResetError("closed the connection")
        if self._writable:
            return
        self._writer = self._wait()
        try:
            await self._writer
        finally:
            self._writer = None

    async def start_tls(self, context: ssl.SSLContext, name: str) -> None:
        """Encrypt from here on, as the client of a server of that name; raises HandshakeError.

        Bytes that came before the handshake and were not read would be taken for encrypted ones: they are an attack, and the end (CVE-2011-0411).
        """
        if self._incoming:
            raise HandshakeError("sent something in clear text behind its agreement to TLS")
        self._shaking = True
        try:
            encryption = self._encryption = Encryption(context, name)
            done = encryption.shake(b"")
            while not done:
                self._transport.write(encryption.outgoing())
                done = encryption.shake(await self.received())
        except ssl.SSLCertVerificationError as error:
            self._transport.write(encryption.outgoing())  # the alert says why
            raise HandshakeError(f"has a certificate that is not valid: {error.verify_message}") from error
        except ssl.SSLError as error:
            self._transport.write(encryption.outgoing())
            raise HandshakeError(f"failed at TLS: {error.reason or error}") from error
        except (ValueError, TypeError) as error:
            raise HandshakeError("has a name that TLS can't ask for") from error
        except ConnectionError as error:
            raise HandshakeError("closed the connection during the TLS handshake") from error
        except TimeoutError as error:
            raise HandshakeError("did not finish the TLS handshake in time") from error
        self._transport.write(encryption.outgoing())
        self.tls = encryption.described()
        self._shaking = False
        self.data_received(b"")  # what came with the handshake's end

    def close(self) -> None:
        """End the connection once what was written is sent."""
        if self._closing or self._lost:
            return
        if self._encryption is not None and not self._shaking:
            self._transport.write(self._encryption.goodbye())
        self._closing = True
        self._deadline = self._loop.time() + LINGER
        self._set_timer()
        self._transport.close()

    def abort(self) -> None:
        """End the connection at once."""
        self._closing = True
        self._transport.abort()

    # What the loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(HIGH, LOW)
        self.peer = Endpoint.of(transport.get_extra_info("peername"))
        self.local = Endpoint.of(transport.get_extra_info("sockname"))

    def data_received(self, data: bytes) -> None:
        """Keep what came for the reader; cipher text is read at once."""
        if self._encryption is not None and not self._shaking:
            data = self._decrypt(self._encryption, data)
        if not data:
            return
        self._incoming.append(data)
        self._unread += len(data)
        if self._unread > UNREAD and self._reading:
            self._reading = False
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """Take the end for an end: a server that sends no more is gone."""

    def pause_writing(self) -> None:
        """Hold the writer back."""
        self._writable = False

    def resume_writing(self) -> None:
        """Let the writer go on."""
        self._writable = True
        if self._writer is not None and not self._writer.done():
            self._writer.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._lost = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._fail(ConnectionResetError("closed the connection"))
        if self._waiter is None:
            self._disturb()

    # What the others share

    def _decrypt(self, encryption: Encryption, data: bytes) -> bytes:
        try:
            plain = encryption.decrypt(data)
        except ssl.SSLError:
            self.abort()
            return b""
        if answer := encryption.outgoing():
            self._transport.write(answer)
        if encryption.ended:
            self._transport.close()
        return plain

    def _wait(self) -> asyncio.Future[None]:
        """Begin to wait; TimeoutError when the deadline came while nobody did, so that no timer is left to end it."""
        if self._timer is None and self._loop.time() >= self._deadline:
            raise TimeoutError
        return self._loop.create_future()

    def _wake(self) -> None:
        if self._waiter is None:
            self._disturb()
        elif not self._waiter.done():
            self._waiter.set_result(None)

    def _disturb(self) -> None:
        disturbed, self.disturbed = self.disturbed, None
        if disturbed is not None:
            disturbed()

    def _fail(self, error: Exception) -> None:
        for waiter in (self._waiter, self._writer):
            if waiter is not None and not waiter.done():
                waiter.set_exception(error)

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_at(self._deadline, self._tick)

    def _tick(self) -> None:
        """Look whether the deadline, which moves with every wait, has passed: one timer serves hundreds of replies."""
        self._timer = None
        if self._loop.time() < self._deadline:
            self._set_timer()
        elif self._closing:
            self.abort()
        else:
            self._fail(TimeoutError("did not answer in time"))
