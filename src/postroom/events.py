"""Events: the moments of a session, a login or a delivery at which somebody (an event script) may look on and decide.

    if ON_HELO in events.active:  # nobody subscribes to it: one look into a set
        result = await events.fire(HELO(client))

The triggers, their order and what their results mean are hMailServer's. Who subscribes is no concern of those who fire.
"""

from __future__ import annotations

import asyncio
import zlib
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, Protocol

from postroom.log import get_logger, watching

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

log = get_logger("events")

MOST_DEPTH: Final = 4
"""Events within events: a handler's message has events of its own, whose handler's message has events ..., and here it ends."""

MOST_TOLD: Final = 1000
"""Events that may wait at one time without anybody waiting for them; further ones are dropped, so that a flood fills no memory."""

REJECT: Final = 1
REJECT_WITH: Final = 2
DEFER_WITH: Final = 3
"""What a Result's value means where a client can be refused."""


class Result(NamedTuple):
    """What a handler decides; `deferred`: it was lost, and the administrator wants what it was about to wait rather than to go on."""

    value: int = 0
    parameter: int = 0
    message: str = ""
    deferred: bool = False


@dataclass(frozen=True, slots=True)
class Client:
    """The client of a session; `port` is the server's, the cipher's values are empty without TLS."""

    port: int = 0
    ip: str = ""
    username: str = ""
    helo: str = ""
    authenticated: bool = False
    encrypted: bool = False
    cipher_version: str = ""
    cipher_name: str = ""
    cipher_bits: int = 0
    session: int = 0


def session_number(name: str) -> int:
    """Give a session's number for programs that know numbers of 31 bits only, from its name in the log."""
    return zlib.crc32(name.encode()) & 0x7FFF_FFFF


class Mail(Protocol):
    """The message that an event is about, as the floor has it that fires."""

    id: int
    """Its number in the queue; 0 before it is there."""
    state: int
    """0 for one that arrives, 1 for one on its way."""
    sender: str
    recipients: list[str]
    """The envelope's recipients; a handler of OnAcceptMessage may change them."""
    attempt: int
    created: int
    """When it came, in UTC microseconds; 0 before its content has."""

    @property
    def size(self) -> int:
        """Octets of the content."""

    async def read(self) -> bytes:
        """Give the content, empty before it has come; raises Unavailable."""

    async def write(self, content: bytes) -> None:
        """Let it be another content from now on; raises PostroomError where that can't be."""


@dataclass(slots=True)
class Envelope:
    """A message of which nothing but the envelope is known: a Mail without content."""

    sender: str = ""
    recipients: list[str] = field(default_factory=list)
    id: int = 0
    state: int = 0
    attempt: int = 1
    size: int = 0
    created: int = 0

    async def read(self) -> bytes:
        """Give nothing."""
        return b""

    async def write(self, content: bytes) -> None:
        """Ignore it: what is still to come would stand behind a stray header (events.md 3.7)."""


@dataclass(frozen=True, slots=True)
class Event:
    """A moment; `trigger` is hMailServer's name for it, `default` the value of a result that decides nothing."""

    trigger: ClassVar[str] = ""
    default: ClassVar[int] = 0


@dataclass(frozen=True, slots=True)
class ClientConnect(Event):
    """A client has connected and was admitted: 1 closes."""

    trigger: ClassVar[str] = "OnClientConnect"
    client: Client


@dataclass(frozen=True, slots=True)
class HELO(Event):
    """A client says HELO or EHLO: 1, 2, 3 refuse."""

    trigger: ClassVar[str] = "OnHELO"
    client: Client


@dataclass(frozen=True, slots=True)
class ClientValidatePassword(Event):
    """The password of an active account is to be checked: 0 accepts it, 1 refuses it, 2 leaves it to the server. `account` is the directory's."""

    trigger: ClassVar[str] = "OnClientValidatePassword"
    default: ClassVar[int] = 2
    account: Any
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ClientLogon(Event):
    """A client has tried to log in."""

    trigger: ClassVar[str] = "OnClientLogon"
    client: Client


@dataclass(frozen=True, slots=True)
class RecipientUnknown(Event):
    """A client names a recipient that is not here."""

    trigger: ClassVar[str] = "OnRecipientUnknown"
    client: Client
    mail: Mail


@dataclass(frozen=True, slots=True)
class TooManyInvalidCommands(Event):
    """A client was sent away for its errors; `mail` is None before MAIL FROM."""

    trigger: ClassVar[str] = "OnTooManyInvalidCommands"
    client: Client
    mail: Mail | None


@dataclass(frozen=True, slots=True)
class SMTPData(Event):
    """A client is about to send content: 1, 2, 3 refuse."""

    trigger: ClassVar[str] = "OnSMTPData"
    client: Client
    mail: Mail


@dataclass(frozen=True, slots=True)
class AcceptMessage(Event):
    """A message has come and is about to be made durable: 1, 2, 3 refuse."""

    trigger: ClassVar[str] = "OnAcceptMessage"
    client: Client
    mail: Mail


@dataclass(frozen=True, slots=True)
class DeliveryStart(Event):
    """A try to deliver a message begins: 1 deletes it."""

    trigger: ClassVar[str] = "OnDeliveryStart"
    mail: Mail


@dataclass(frozen=True, slots=True)
class DeliverMessage(Event):
    """The message is about to go to its recipients: 1 deletes it."""

    trigger: ClassVar[str] = "OnDeliverMessage"
    mail: Mail


@dataclass(frozen=True, slots=True)
class DeliveryFailed(Event):
    """A recipient will not get the message; `reason` is what a report says about that recipient."""

    trigger: ClassVar[str] = "OnDeliveryFailed"
    mail: Mail
    recipient: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExternalAccountDownload(Event):
    """A message lies in a mailbox elsewhere: `mail` is None when it was fetched before. 1 deletes it there, 2 after `parameter` days, 3 never."""

    trigger: ClassVar[str] = "OnExternalAccountDownload"
    fetch_account: Any
    mail: Mail | None
    remote_uid: str


@dataclass(frozen=True, slots=True)
class BackupCompleted(Event):
    """A backup was made."""

    trigger: ClassVar[str] = "OnBackupCompleted"


@dataclass(frozen=True, slots=True)
class BackupFailed(Event):
    """A backup could not be made."""

    trigger: ClassVar[str] = "OnBackupFailed"
    reason: str


@dataclass(frozen=True, slots=True)
class Error(Event):
    """Something went wrong in the server. `severity`: 1 critical, 2 high, 3 medium, 4 low; `source` as `Class::Function`."""

    trigger: ClassVar[str] = "OnError"
    severity: int
    code: int
    source: str
    description: str


ON_CLIENT_CONNECT: Final = ClientConnect.trigger
ON_HELO: Final = HELO.trigger
ON_CLIENT_VALIDATE_PASSWORD: Final = ClientValidatePassword.trigger
ON_CLIENT_LOGON: Final = ClientLogon.trigger
ON_RECIPIENT_UNKNOWN: Final = RecipientUnknown.trigger
ON_TOO_MANY_INVALID_COMMANDS: Final = TooManyInvalidCommands.trigger
ON_SMTP_DATA: Final = SMTPData.trigger
ON_ACCEPT_MESSAGE: Final = AcceptMessage.trigger
ON_DELIVERY_START: Final = DeliveryStart.trigger
ON_DELIVER_MESSAGE: Final = DeliverMessage.trigger
ON_DELIVERY_FAILED: Final = DeliveryFailed.trigger
ON_ERROR: Final = Error.trigger

TRIGGERS: Final = {
    event.trigger: event
    for event in (
        ClientConnect,
        HELO,
        ClientValidatePassword,
        ClientLogon,
        RecipientUnknown,
        TooManyInvalidCommands,
        SMTPData,
        AcceptMessage,
        DeliveryStart,
        DeliverMessage,
        DeliveryFailed,
        ExternalAccountDownload,
        BackupCompleted,
        BackupFailed,
        Error,
    )
}
"""All events by trigger, in the order of a session."""

_depth: ContextVar[int] = ContextVar("depth", default=0)


def depth() -> int:
    """Tell within how many events what runs now was begun."""
    return _depth.get()


@contextmanager
def nested(depth: int) -> Iterator[None]:
    """Do something as the consequence of events at least this deep: a message keeps the depth at which it was made."""
    token = _depth.set(max(depth, _depth.get()))
    try:
        yield
    finally:
        _depth.reset(token)


class Events:
    """Who subscribes to which triggers in this process; `active` are those with any subscriber, `delivering` whether deliveries have one."""

    __slots__ = ("_subscribers", "_told", "_watch", "active", "delivering")

    def __init__(self) -> None:
        self._subscribers: dict[Callable[[Any], Awaitable[Result | None]], frozenset[str]] = {}
        self._told: set[asyncio.Task[Result]] = set()
        self._watch: AbstractContextManager[None] | None = None
        self.active: frozenset[str] = frozenset()
        self.delivering = False

    def subscribe(self, handler: Callable[[Any], Awaitable[Result | None]], triggers: Iterable[str]) -> None:
        """Have a handler called for these triggers and for no others from now on; none ends its subscription. Called on the loop.

        It gets the event and gives a Result, or None for no decision; an error of its own counts as that. Who subscribed first decides first.
        """
        wanted = frozenset(triggers)
        if wanted:
            self._subscribers[handler] = wanted
        else:
            self._subscribers.pop(handler, None)
        self.active = frozenset().union(*self._subscribers.values())
        self.delivering = not self.active.isdisjoint({ON_DELIVERY_START, ON_DELIVER_MESSAGE})
        self._watch_errors()

    async def fire(self, event: Event) -> Result:
        """Ask the handlers of an event; the first decision counts. Never raises; no transaction or lock may be held meanwhile."""
        undecided = Result(event.default)
        depth = _depth.get()
        if depth >= MOST_DEPTH:
            log.warning("event-skipped", trigger=event.trigger, depth=depth)
            return undecided
        token = _depth.set(depth + 1)
        try:
            for handler in [one for one, triggers in self._subscribers.items() if event.trigger in triggers]:
                result = await handler(event)
                if result is not None and (result.deferred or result.value != event.default):
                    return result
        except Exception as error:  # noqa: BLE001 - whatever a handler does, the mail goes on
            log.warning("event-failed", trigger=event.trigger, reason=f"{type(error).__name__}: {error}")
            return undecided
        finally:
            _depth.reset(token)
        return undecided

    def tell(self, event: Event) -> None:
        """Fire an event that nobody waits for."""
        if event.trigger not in self.active:
            return
        if len(self._told) >= MOST_TOLD:
            log.warning("event-skipped", trigger=event.trigger, waiting=len(self._told))
            return
        task = asyncio.get_running_loop().create_task(self.fire(event))
        self._told.add(task)
        task.add_done_callback(self._told.discard)

    async def settled(self) -> None:
        """Wait until all events that nobody waits for are over."""
        while self._told:
            await asyncio.wait(tuple(self._told))

    def _watch_errors(self) -> None:
        """Watch the log while somebody wants to hear of errors, and no longer."""
        if (ON_ERROR in self.active) == (self._watch is not None):
            return
        if self._watch is None:
            self._watch = watching(_Errors(self, asyncio.get_running_loop()))
            self._watch.__enter__()
        else:
            watch, self._watch = self._watch, None
            watch.__exit__(None, None, None)


class _Errors:
    """Makes events of lines of the log, from any thread; a line that is logged while an error is handled makes none, for that would not end."""

    def __init__(self, events: Events, loop: asyncio.AbstractEventLoop) -> None:
        self._events = events
        self._loop = loop

    def __call__(self, line: dict[str, Any]) -> None:
        event = error_of(line)
        if event is not None and not _handling_error.get() and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, event)

    def _tell(self, event: Error) -> None:
        token = _handling_error.set(True)  # the task that handles it takes this over
        try:
            self._events.tell(event)
        finally:
            _handling_error.reset(token)


_handling_error: ContextVar[bool] = ContextVar("handling_error", default=False)

CRITICAL, HIGH, MEDIUM, LOW = 1, 2, 3, 4
SEVERITIES: Final = {
    "cannot-start": CRITICAL,
    "process-ended": CRITICAL,
    "result-unsaved": CRITICAL,
    "storage-trouble": CRITICAL,
    "certificate-unusable": HIGH,
    "mail-deferred": HIGH,
    "queue-unreadable": HIGH,
    "unhandled-exception": HIGH,
    "call-deferred": MEDIUM,
    "change-unheard": MEDIUM,
    "chore-failed": MEDIUM,
    "command-deferred": MEDIUM,
    "command-failed": MEDIUM,
    "handover-waits": MEDIUM,
    "log-lines-dropped": MEDIUM,
    "message-file-failed": MEDIUM,
    "removal-failed": MEDIUM,
    "report-waits": MEDIUM,
    "request-deferred": MEDIUM,
    "library-message": LOW,
    "remote-tls-failed": LOW,
    "unsigned-yet": LOW,
}
"""The lines of the log that report something wrong in the server, and how bad it is."""

SCRIPT: Final = "script"
UNLOADABLE: Final = "script-unloadable"
"""The protocol of the lines about scripts: their own errors are no errors of the server, but that they can't be loaded is one."""

_PLACED: Final = frozenset({"time", "level", "protocol", "session", "event", "exception", "exc_info"})


def error_of(line: dict[str, Any]) -> Error | None:
    """Read a line of the log as an error; None for one that reports none. Its code is hMailServer's where the line has one."""
    name, protocol = line["event"], line["protocol"]
    severity = SEVERITIES.get(name, HIGH if line["level"] == "error" else 0)
    if not severity or (protocol == SCRIPT and name != UNLOADABLE) or (name == "library-message" and line["level"] == "info"):
        return None
    facts = [f"{fact}={value}" for fact, value in line.items() if fact not in _PLACED]
    code = int(stated[2:]) if (stated := str(line.get("code", ""))).startswith("HM") and stated[2:].isdecimal() else _code(name)
    last = str(line["exception"]).strip().rpartition("\n")[2] if line.get("exception") else ""
    description = ", ".join(filter(None, [last, *facts])) or name
    return Error(severity, code, f"{protocol}::{name}", description)


def _code(name: str) -> int:
    """Give an event of the log a number beyond hMailServer's, always the same one."""
    return 100_000 + zlib.crc32(name.encode()) % 900_000
