"""Triggers: each event of the server becomes the call of its handler, with objects of the model for what the event carries (events.md section 3)."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from postroom import events
from postroom.events import Envelope, Result
from postroom.model.accounts import Account
from postroom.model.events import Client
from postroom.model.fetchaccounts import FetchAccount
from postroom.model.message import Message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from postroom.events import Event, Events, Mail
    from postroom.model.caller import Context
    from postroom.model.object import Object

CLIENT: Final = "HMAILSERVER_CLIENT"
MESSAGE: Final = "HMAILSERVER_MESSAGE"
ACCOUNT: Final = "HMAILSERVER_ACCOUNT"
FETCH_ACCOUNT: Final = "HMAILSERVER_FETCHACCOUNT"

OBJECTS: Final[Mapping[str, tuple[str, str]]] = {
    "client": ("Client", CLIENT),
    "mail": ("Message", MESSAGE),
    "account": ("Account", ACCOUNT),
    "fetch_account": ("FetchAccount", FETCH_ACCOUNT),
}
"""What events carry that is an object to handlers, by the name of its field: its class, and the named object that it is too."""
PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = {
    trigger: tuple(OBJECTS[one.name][0] if one.name in OBJECTS else "" for one in fields(event)) for trigger, event in events.TRIGGERS.items()
}
"""The parameters of each handler by their classes, "" for a text or a number: what its event carries, in that order (events.md 3)."""

WITHOUT_RESULT: Final = frozenset({events.ClientLogon, events.RecipientUnknown, events.TooManyInvalidCommands, events.DeliveryFailed, events.Error})
"""The events whose handlers have no Result."""


class Outcome(Protocol):
    """What Result held when a handler ended; `defer`: it was lost, and the administrator wants the mail put off then."""

    @property
    def value(self) -> int:
        """Result.Value."""

    @property
    def parameter(self) -> int:
        """Result.Parameter."""

    @property
    def message(self) -> str:
        """Result.Message."""

    @property
    def defer(self) -> bool:
        """Whether the mail shall wait."""


class Scripts(Protocol):
    """The event scripts: `scripting.scripts.Scripts`."""

    def follow(self, told: Callable[[frozenset[str]], None]) -> None:
        """Call `told(active)` now, and whenever other triggers have handlers."""

    def context(self) -> Context:
        """Make what the objects of one event share."""

    async def run(self, name: str, arguments: Sequence[Any], named: Mapping[str, Object | None], *, result: int | None, context: Context) -> Outcome:
        """Run a handler; never raises for what a script does."""


class Call(NamedTuple):
    """What a handler gets: its arguments, and the named objects."""

    arguments: list[Any]
    named: dict[str, Object | None]


class Triggers:
    """Runs the handlers of the event scripts for the events of one worker."""

    def __init__(self, scripts: Scripts, events: Events) -> None:
        self._scripts = scripts
        self._events = events

    def start(self) -> None:
        """Subscribe to what has handlers, and follow every change of that."""
        self._scripts.follow(lambda active: self._events.subscribe(self.run, active | {events.BY_RULE}))

    async def run(self, event: Event) -> Result:
        """Run the handler of an event; gives what it decided."""
        context = self._scripts.context()
        if isinstance(event, events.RuleFunction) and not context.house.settings.scripting.enabled:
            return Result()
        name = event.function if isinstance(event, events.RuleFunction) else event.trigger
        made = _MAKERS[type(event)](context, event)
        call = made if isinstance(made, Call) else await made
        result = None if type(event) in WITHOUT_RESULT else event.default
        outcome = await self._scripts.run(name, call.arguments, call.named, result=result, context=context)
        return Result(event.default if result is None else outcome.value, outcome.parameter, outcome.message, outcome.defer)


def _client(context: Context, event: Any) -> Call:
    client = Client(context, event.client)
    return Call([client], {CLIENT: client})


def _client_and_message(context: Context, event: Any) -> Call:
    client, message = Client(context, event.client), _message(context, event.mail)
    return Call([client, message], {CLIENT: client, MESSAGE: message})


def _delivery(context: Context, event: Any) -> Call:
    message = _message(context, event.mail)
    return Call([message], {MESSAGE: message})


def _failure(context: Context, event: Any) -> Call:
    message = _message(context, event.mail)
    return Call([message, event.recipient, event.reason], {MESSAGE: message})


async def _password(context: Context, event: Any) -> Call:
    """Read the account afresh: what scripts change of it is no change of what the server has in hand."""
    record = await context.house.directory.accounts.by_id(event.account.id)
    account = Account(context, record)
    return Call([account, event.password], {ACCOUNT: account})


def _download(context: Context, event: Any) -> Call:
    account = FetchAccount(context, event.fetch_account)
    message = None if event.mail is None else _message(context, event.mail)
    return Call([account, message, event.remote_uid], {FETCH_ACCOUNT: account, MESSAGE: message})


def _message(context: Context, mail: Mail | None) -> Message:
    """Make the object of a message; where there is none, an empty one (events.md 3.6)."""
    return Message.of(context, mail or Envelope())


_MAKERS: Final[Mapping[type[Event], Callable[[Context, Any], Call | Awaitable[Call]]]] = {
    events.ClientConnect: _client,
    events.HELO: _client,
    events.ClientValidatePassword: _password,
    events.ClientLogon: _client,
    events.RecipientUnknown: _client_and_message,
    events.TooManyInvalidCommands: _client_and_message,
    events.SMTPData: _client_and_message,
    events.AcceptMessage: _client_and_message,
    events.DeliveryStart: _delivery,
    events.DeliverMessage: _delivery,
    events.RuleFunction: _delivery,
    events.DeliveryFailed: _failure,
    events.ExternalAccountDownload: _download,
    events.BackupCompleted: lambda _context, _event: Call([], {}),
    events.BackupFailed: lambda _context, event: Call([event.reason], {}),
    events.Error: lambda _context, event: Call([event.severity, event.code, event.source, event.description], {}),
}
