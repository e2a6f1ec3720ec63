"""One peer with what the rows need of it: sessions, the facts of its mailbox, messages to append."""

from __future__ import annotations

import ssl
from itertools import cycle, islice
from typing import TYPE_CHECKING

from benchmarks.imap.box import PASSWORD, READER, SIGNERS
from benchmarks.imap.client import Client, signed_in
from benchmarks.imap.letters import letter
from benchmarks.imap.mixed import Load
from benchmarks.loads.smtp_source import LoadFailed
from benchmarks.peers.peer import DOMAIN

if TYPE_CHECKING:
    from benchmarks.imap.box import Box
    from benchmarks.imap.dovecot import Dovecot
    from benchmarks.imap.postroom import Postroom

IN_FLIGHT = 50
APPENDED = 400
STRANGERS = 10


class Stage:
    """A peer on which the rows are played. `sessions` are signed in as READER; the first looks at INBOX. Work is a folder to change."""

    pop: Client

    def __init__(self, peer: Dovecot | Postroom, box: Box) -> None:
        self.peer, self.box = peer, box
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.tls.check_hostname, self.tls.verify_mode = False, ssl.CERT_NONE
        known, strangers = SIGNERS[: len(SIGNERS) // 2], SIGNERS[len(SIGNERS) // 2 :]
        self.names = cycle(f"{name}@{DOMAIN}" for name in known)
        self._strangers = iter(strangers)
        self.sessions: list[Client] = []
        self.mixed = Load(peer.imap_port)
        self.drafts = False
        self.appends = [_appending(number, len(box)) for number in range(APPENDED)]

    @property
    def client(self) -> Client:
        """The session of most rows."""
        return self.sessions[0]

    def strangers(self) -> list[str]:
        """The next accounts that never logged in before."""
        return [f"{name}@{DOMAIN}" for name in islice(self._strangers, STRANGERS)]

    async def enter(self) -> None:
        """Open the sessions; INBOX must hold what it should."""
        self.sessions = [await signed_in(self.peer.imap_port, f"{READER}@{DOMAIN}", PASSWORD) for _ in range(IN_FLIGHT)]
        await self.client.ask(b"CREATE Work")
        answer = await self.client.ask(b"SELECT INBOX")
        proven(b"* %d EXISTS" % len(self.box) in answer.octets, "SELECT tells another number of messages")

    def leave(self) -> None:
        """Close the sessions."""
        for session in self.sessions:
            session.close()


def proven(right: bool, otherwise: str) -> None:
    """Raise LoadFailed unless an answer is right."""
    if not right:
        raise LoadFailed(f"a wrong answer: {otherwise}")


def _appending(number: int, of: int) -> bytes:
    data = letter(number, of).data
    return b"APPEND Work (\\Seen) {%d+}\r\n%b" % (len(data), data)
