"""One mail transaction: from MAIL FROM to the end of the message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postroom.formats.envelope import Envelope, Recipient
from postroom.formats.smtp import Gate, Limits, Reply
from postroom.servers.smtp import replies

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.directory.resolve import NotOurs, Resolution
    from postroom.formats.smtp.events import Mail
    from postroom.servers.smtp.ports import Arrival, Spool

MOST = 1 << 62  # octets, where no limit is set


class Transaction:
    """The sender, the recipients so far, and the content as it arrives; `refusal` once it can't succeed any more.

    `most` is the largest content in octets that this sender may hand in, 0 for no limit; `release` is when it is to be sent, 0 for at once.
    """

    __slots__ = ("_finish", "_gate", "_most", "_spool", "arrival", "mail", "recipients", "refusal", "rejected", "release", "routes", "size")

    def __init__(self, mail: Mail, most: int = 0, release: int = 0) -> None:
        self.mail = mail
        self.release = release
        self.recipients: list[Recipient] = []
        self.routes: list[Resolution | NotOurs] = []  # of each recipient
        self.size = 0
        self._most = most or MOST
        self.rejected = 0
        self.arrival: Arrival | None = None
        self.refusal: Reply | None = None
        self._spool: Spool | None = None
        self._gate: Gate | None = None
        self._finish: Callable[[bytes], bytes] | None = None

    @property
    def opened(self) -> bool:
        """Whether content has begun to arrive."""
        return self._spool is not None

    @property
    def spool(self) -> Spool:
        """Where the content is; there is one once `opened`."""
        assert self._spool is not None
        return self._spool

    @property
    def header(self) -> bytes:
        """The header as the client sent it; known once the content is whole."""
        return (self._gate.header if self._gate else None) or b""

    def envelope(self) -> Envelope:
        """Give what was said so far as a value."""
        mail = self.mail
        return Envelope(mail.sender, tuple(self.recipients), mail.body, mail.smtputf8, mail.size, mail.ret, mail.envid, mail.requiretls, self.release)

    def open(self, spool: Spool, limits: Limits, finish: Callable[[bytes], bytes]) -> None:
        """Content comes; `finish` makes of its header (and what came with it) what is kept."""
        self._spool = spool
        self._gate = Gate(limits)
        self._finish = finish

    def take(self, chunk: bytes) -> bool:
        """Keep a piece of content; True when the spool must settle before the next."""
        assert self._gate is not None
        self.size += len(chunk)
        if self.size > self._most:
            self.refusal = replies.TOO_BIG
            return False
        known = self._gate.header is not None
        return self._keep(self._gate.feed(chunk), known=known)

    def end(self) -> Reply | None:
        """Note that the content is whole; gives why it can't be taken, if so."""
        if self._gate is not None and self._gate.header is None:
            self._keep(self._gate.finish(), known=False)
        return self.refusal

    def keep_instead(self, spool: Spool) -> None:
        """Keep another content than what came; that one is thrown away."""
        self.close()
        self._spool = spool

    def close(self) -> None:
        """Let go of the content."""
        if self._spool is not None:
            self._spool.discard()

    def _keep(self, data: bytes, *, known: bool) -> bool:
        assert self._gate is not None
        assert self._finish is not None
        if self._gate.header is None:
            return False
        self.refusal = self.refusal or self._gate.fault
        if self.refusal is not None:
            return False
        return self.spool.write(data if known else self._finish(data))
