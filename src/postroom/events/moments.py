"""The moments themselves: what each event carries, and what its handlers may decide."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, NamedTuple, Protocol

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
class RuleFunction(Event):
    """A rule calls a function of the event scripts by its name; what it decides does not count."""

    trigger: ClassVar[str] = "a rule's function"
    mail: Mail
    function: str


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
BY_RULE: Final = RuleFunction.trigger

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
"""All events that hMailServer names, by trigger, in the order of a session."""
