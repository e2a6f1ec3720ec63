"""What event scripts are handed besides messages and accounts: the result that they decide, the client, the event log (8.11, 8.13)."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import threading
from typing import TYPE_CHECKING, Any, Final

from postroom.events import Client as Peer
from postroom.model.description import Right, getter, method
from postroom.model.errors import Failed
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.object import Object

if TYPE_CHECKING:
    from pathlib import Path

    from postroom.model.caller import Context

FILE: Final = "hmailserver_events.log"
LONGEST_LINE: Final = 64 * 1024
_LINE_END = re.compile(r"\r\n|\r|\n")


class Result(Object, iid="9038AE3E-CD88-4306-9A08-07F2580D50A0", clsid="F493160B-C38D-407D-9BF5-A7B23225B8E0"):
    """What an event's script decides."""

    __slots__ = ("message", "parameter", "value")

    def __init__(self, context: Context, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self.value = 0
        self.message = ""
        self.parameter = 0

    @getter(1, "The decision; what numbers mean depends on the event, 0 lets things go on.", Right.NONE)
    def Value(self) -> Integer:
        return self.value

    @Value.setter(Right.NONE)
    def _set_value(self, value: int) -> None:
        self.value = value

    @getter(2, "What the client is told.", Right.NONE)
    def Message(self) -> String:
        return self.message

    @Message.setter(Right.NONE)
    def _set_message(self, value: str) -> None:
        self.message = value

    @getter(3, "A number that some decisions need.", Right.NONE)
    def Parameter(self) -> Integer:
        return self.parameter

    @Parameter.setter(Right.NONE)
    def _set_parameter(self, value: int) -> None:
        self.parameter = value


class Client(Object, iid="63D8A81C-E3BA-4768-9F14-0FCF5A6844D7", clsid="B5EFB246-4F4B-4B11-A9D1-3C14AB528871"):
    """The client whose session an event is about."""

    __slots__ = ("peer",)

    def __init__(self, context: Context, peer: Any = None, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self.peer: Peer = peer or Peer()

    @getter(1, "The server's port that it connected to.", Right.NONE)
    def Port(self) -> Integer:
        return self.peer.port

    @getter(2, "Its IP address.", Right.NONE)
    def IPAddress(self) -> String:
        return self.peer.ip

    @getter(3, "The name that it logged in with, empty before.", Right.NONE)
    def Username(self) -> String:
        return self.peer.username

    @getter(4, "The name that it gave with HELO or EHLO.", Right.NONE)
    def HELO(self) -> String:
        return self.peer.helo

    @getter(5, "Whether it has logged in.", Right.AUTHENTICATED, rule=lambda _client, _: True)
    def Authenticated(self) -> Boolean:
        return self.peer.authenticated

    @getter(6, "Whether its connection is encrypted.", Right.NONE)
    def EncryptedConnection(self) -> Boolean:
        return self.peer.encrypted

    @getter(7, "The version of TLS, such as TLSv1.3.", Right.NONE)
    def CipherVersion(self) -> String:
        return self.peer.cipher_version

    @getter(8, "The name of the cipher.", Right.NONE)
    def CipherName(self) -> String:
        return self.peer.cipher_name

    @getter(9, "The bits of the cipher's key.", Right.NONE)
    def CipherBits(self) -> Integer:
        return self.peer.cipher_bits

    @getter(10, "The number of its session.", Right.NONE)
    def SessionID(self) -> Integer:
        return self.peer.session


class EventLog(Object, iid="2173A96C-A350-4342-A852-F4A059D7716A", clsid="D8D10BF8-87FD-4D1B-B937-23A420CF064E"):
    """The log that scripts write to, whatever else is logged."""

    __slots__ = ()

    @method(1, "Appends a line to hmailserver_events.log; line ends in it become [nl].", Right.NONE)
    async def Write(self, sMessage: String) -> None:
        text = _LINE_END.sub("[nl]", sMessage)[:LONGEST_LINE]
        now = dt.datetime.fromtimestamp(self.house.mailboxes.now() / 1_000_000)  # noqa: DTZ006 - the log is in local time
        line = f'{threading.get_native_id()}\t"{now:%Y-%m-%d %H:%M:%S}.{now.microsecond // 1000:03}"\t"{text}"\r\n'
        try:
            await asyncio.to_thread(_append, self.house.places.logs / FILE, line.encode("utf-8", "replace"))
        except OSError as error:
            raise Failed(f"The event log could not be written: {error.strerror}.") from None


def _append(path: Path, line: bytes) -> None:
    """Append with one write, so that lines of several processes don't mix; the file may be moved away at any time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab", buffering=0) as file:
        file.write(line)
