"""Conversations with peers, line by line, for whoever reads along: hMailServer's log files and the live log (object model 8.12).

As a rule nobody reads along: then all that a session pays is one look at `wanted` for each command. Secrets are masked here, before
anybody sees a line, and what messages hold is left out.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from postroom.events import session_number
from postroom.log import heed, recite

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from postroom.network.endpoint import Endpoint

MASK: Final = b"***"
LONGEST: Final = 16 * 1024
"""Octets of a line that are looked at; the readers show less."""

_SECRETS: Final = {
    "SMTPD": re.compile(rb"[ \t]*AUTH[ \t]+\S+(?=[ \t]|\Z)", re.IGNORECASE),
    "SMTPC": re.compile(rb"AUTH +\S+(?= |\Z)", re.IGNORECASE),
    "POP3D": re.compile(rb"[ \t]*(?:PASS|APOP[ \t]+\S+|AUTH[ \t]+\S+)(?=[ \t]|\Z)", re.IGNORECASE),
    "POP3C": re.compile(rb"(?:PASS|APOP +\S+|AUTH +\S+)(?= |\Z)", re.IGNORECASE),
    "IMAPD": re.compile(rb'\S+ +(?:LOGIN +(?:"[^"\r\n]*"|[^\s{"]+)|AUTHENTICATE +\S+)(?= |\Z)|\S+ +LOGIN(?= |\Z)', re.IGNORECASE),
}
"""What stands before a secret, by the kind of conversation: what follows is masked. A name that is no plain word is masked with it."""

_LITERAL: Final = re.compile(rb"\{(\d{1,20})\+?\}\Z")


class Wanted:
    """Which conversations somebody reads along with now."""

    __slots__ = ("awstats", "debug", "imap", "pop3", "smtp", "tcpip")

    def __init__(self) -> None:
        self.smtp = self.pop3 = self.imap = self.tcpip = self.debug = self.awstats = False


wanted: Final = Wanted()
"""Looked at before each line; only `look_anew` writes it."""

_readers: Final[list[Callable[[], Collection[str]]]] = []


def join(reader: Callable[[], Collection[str]]) -> None:
    """Have somebody read along: `reader()` names the kinds that it wants, as in `Wanted`."""
    _readers.append(reader)
    look_anew()


def leave(reader: Callable[[], Collection[str]]) -> None:
    """Have somebody read along no more."""
    _readers.remove(reader)
    look_anew()


def look_anew() -> None:
    """Ask the readers what they want: their switches have changed."""
    found = set[str]().union(*(reader() for reader in _readers))
    for kind in Wanted.__slots__:
        setattr(wanted, kind, kind in found)
    heed(debug=wanted.debug)


def tell_of_connection(peer: Endpoint, local: Endpoint, *, taken: bool) -> None:
    """Write down that a peer has connected, or was not let in."""
    if taken:
        recite("TCPIP", f"TCP - {peer.ip} connected to {local.ip}:{local.port}.")
    else:
        recite("TCPIP", f"Client connection from {peer.ip} was not accepted. Blocked either by IP range or by connection limit.")


def tell_of_call(peer: Endpoint) -> None:
    """Write down that we have connected to a server."""
    recite("TCPIP", f"TCP - connected to {peer.ip}:{peer.port}.")


def tell_of_session(session: str, what: str) -> None:
    """Write down that a session begins ("Creating") or has ended ("Ending")."""
    recite("DEBUG", f"{what} session {session_number(session)}")


def tell_of_mail(sender: str, recipient: str, client: str, server: str, code: int, size: int = 0) -> None:
    """Write down for AWStats what became of a message of so many octets for one recipient.

    Its LogFormat is "%time2 %email %email_r %host %host_r %method %url %code %bytesd", parted by tabs.
    """
    now = time.strftime("%Y-%m-%d %H:%M:%S")
    words = (sender or "<>", recipient, client or "-", server or "-")
    clean = (re.sub(r"[\x00-\x1f\x7f]", "?", word).replace(" ", "%20") for word in words)
    recite("AWSTATS", "\t".join((now, *clean, "SMTP", "?", str(code), str(size))))


class Transcript:
    """One connection's conversation, of a kind that stands in `kind`: SMTPD, SMTPC, POP3D, IMAPD."""

    __slots__ = ("_kind", "_peer", "_secret", "_session", "_skipped")

    def __init__(self, kind: str, session: str, peer: str) -> None:
        """Write down what the session says to a peer's address, and hears."""
        self._kind = kind
        self._session = session
        self._peer = peer
        self._secret = False
        self._skipped = 0

    def received(self, line: bytes, *, secret: bool = False, understood: bool = True) -> None:
        """Write down a line that came; a `secret` one is masked whole.

        So is one that is not `understood` behind a secret: who was refused a login may send its password all the same.
        """
        if secret or (self._secret and not understood):
            self._secret = True
            shown = MASK
        else:
            shown = self._masked(line[:LONGEST].rstrip(b"\r\n"))
        self._recite(b"RECEIVED: " + shown)

    def sent(self, data: bytes) -> None:
        """Write down what was sent: replies, one or several, whole lines."""
        self._recite(b"SENT: " + data.rstrip(b"\r\n"))

    def sent_commands(self, data: bytes, *, secret: bool = False) -> None:
        """Write down commands that were sent to a server, each as a line of its own; lines that are `secret` are masked."""
        for line in data.rstrip(b"\r\n").split(b"\r\n"):
            masked = self._masked(line)
            self._recite(b"SENT: " + (MASK if secret and masked is line and line[:5].upper() != b"AUTH " else masked))

    def sent_with_literals(self, data: bytes) -> None:
        """Write down what was sent without the literals in it, which are contents; one may go on in the next data."""
        shown, at = [], min(self._skipped, len(data))
        self._skipped -= at
        while at < len(data):
            end = data.find(b"\r\n", at)
            end = len(data) if end < 0 else end + 2
            shown.append(data[at:end])
            at = end
            if (literal := _LITERAL.search(data, max(at - 26, 0), end - 2)) is not None:
                length = int(literal[1])
                skipped = min(length, len(data) - at)
                self._skipped = length - skipped
                at += skipped
        if shown:
            self.sent(b"".join(shown))

    def _masked(self, line: bytes) -> bytes:
        found = _SECRETS[self._kind].match(line)
        self._secret = found is not None
        return line if found is None or found.end() == len(line) else found[0] + b" " + MASK

    def _recite(self, line: bytes) -> None:
        recite(self._kind, line.decode("utf-8", "replace"), self._session, self._peer)
