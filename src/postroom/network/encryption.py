"""TLS between a socket and a session: the ssl module's engine over two memory buffers, bytes in and bytes out, no socket.

Why not `loop.start_tls`: bytes that came behind a PROXY header can be given to the handshake, a handshake needs no task, an idle
session holds no read buffer of its own, and the output bound counts what the socket holds. The cryptography is OpenSSL's alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

RECORD = 16384  # the largest plain text of one TLS record (RFC 8446 section 5.1); one read never gives more


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """A certificate that the peer showed and that a configured authority signed, for SASL EXTERNAL."""

    subject: str
    names: tuple[str, ...]
    fingerprint: str

    @classmethod
    def of(cls, engine: ssl.SSLObject) -> ClientCertificate | None:
        """Read the peer's certificate; None when none was asked for or shown."""
        der = engine.getpeercert(binary_form=True)
        if der is None:
            return None
        told = engine.getpeercert() or {}
        subject = ", ".join(f"{pair[0]}={pair[1]}" for group in told.get("subject", ()) for pair in group)
        names = tuple(str(pair[1]) for pair in told.get("subjectAltName", ()) if pair[0] in {"DNS", "email"})
        return cls(subject, names, hashlib.sha256(der).hexdigest())


@dataclass(frozen=True, slots=True)
class TLS:
    """How a connection is encrypted: `version` as "TLSv1.3", `cipher` by OpenSSL's name, `name` the server name asked for (SNI) or "".

    `bits` is the length of the cipher's key.
    """

    version: str
    cipher: str
    name: str
    client: ClientCertificate | None
    bindings: Mapping[str, bytes]
    bits: int = 0

    def binding(self, kind: str) -> bytes | None:
        """Give channel binding data by its IANA name, or None where it can't be computed.

        "tls-unique" exists up to TLS 1.2 only (RFC 5929 section 3), "tls-exporter" where this Python's ssl module has it (RFC 9266).
        """
        return self.bindings.get(kind)


class Engine(ssl.SSLObject):
    """The ssl module's object with one thing more: the server name that the client asked for, set by the SNI callback."""

    name: str = ""


class Encryption:
    """One TLS session. Cipher text goes in and out as bytes; all methods raise ssl.SSLError when the peer breaks the protocol."""

    __slots__ = ("_engine", "_incoming", "_outgoing", "ended")

    def __init__(self, context: ssl.SSLContext, server: str | None = None) -> None:
        """Begin as the server, or as the client of the server of that name."""
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._engine = context.wrap_bio(self._incoming, self._outgoing, server_side=server is None, server_hostname=server)
        self.ended = False

    def shake(self, data: bytes) -> bool:
        """Take the handshake further with what the peer sent; True when it is done. `outgoing` has the answer, also after an error."""
        self._incoming.write(data)
        try:
            self._engine.do_handshake()
        except ssl.SSLWantReadError:
            return False
        return True

    def outgoing(self) -> bytes:
        """Return the cipher text (handshake, tickets, alerts) that waits to be sent; b"" when there is none."""
        return self._outgoing.read() if self._outgoing.pending else b""

    def hold(self, data: bytes) -> None:
        """Keep cipher text for the next `decrypt`."""
        self._incoming.write(data)

    def decrypt(self, data: bytes) -> bytes:
        """Return the plain text of what the peer sent, b"" when no record is whole yet; `ended` is set once the peer said goodbye."""
        self._incoming.write(data)
        pieces = []
        read = self._engine.read
        try:
            while piece := read(RECORD):
                pieces.append(piece)
            self.ended = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLZeroReturnError:
            self.ended = True
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def encrypt(self, data: bytes) -> bytes:
        """Return the records that carry `data`, with whatever else waits to be sent before them."""
        if not data:
            return self.outgoing()
        write = self._engine.write
        done = write(data)
        if done < len(data):  # one call writes one record
            view = memoryview(data)
            while done < len(data):
                done += write(view[done : done + RECORD])
        return self._outgoing.read()

    def goodbye(self) -> bytes:
        """Return the close_notify alert, so that the peer knows that nothing was cut off (RFC 8446 section 6.1)."""
        with contextlib.suppress(ssl.SSLError):  # the peer's own close_notify is not waited for
            self._engine.unwrap()
        return self.outgoing()

    def described(self) -> TLS:
        """Tell what was agreed on, once the handshake is done."""
        engine = self._engine
        cipher = engine.cipher()
        kinds = [kind for kind in ssl.CHANNEL_BINDING_TYPES if kind != "tls-unique" or engine.version() != "TLSv1.3"]
        found = [(kind, engine.get_channel_binding(kind)) for kind in kinds]
        return TLS(
            version=engine.version() or "",
            cipher=cipher[0] if cipher else "",
            name=getattr(engine, "name", ""),
            client=ClientCertificate.of(engine),
            bindings={kind: data for kind, data in found if data},
            bits=cipher[2] if cipher else 0,
        )
