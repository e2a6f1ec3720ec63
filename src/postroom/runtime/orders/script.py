"""Event scripts, for commands: try a handler without waiting for its event."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from postroom import events
from postroom.directory.scripts import loaded
from postroom.errors import PostroomError
from postroom.runtime.model import alone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from postroom.events import Event
    from postroom.model.caller import Context
    from postroom.model.house import House as ModelHouse
    from postroom.model.object import Object
    from postroom.runtime.doors import Doors
    from postroom.runtime.house import House
    from postroom.scripting.scripts import Outcome, Scripts

MOST_LOG: Final = 64 << 10
"""Bytes of what a handler wrote to the event log that are told."""
ARGUMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "OnClientValidatePassword": ("secret",),
    "OnDeliveryFailed": ("somebody@example.com", "550 5.1.1 There is nobody of this name."),
    "OnExternalAccountDownload": ("1",),
    "OnBackupFailed": ("The disk is full.",),
    "OnError": ("2", "5016", "ScriptServer::LoadScripts", "Something went wrong."),
}
"""What handlers get besides objects, where the command does not say."""


@dataclass
class Letter(events.Envelope):
    """A message that goes nowhere: what a handler saves is kept here."""

    content: bytes = b""
    saved: bool = field(default=False)

    async def read(self) -> bytes:
        """Give the content."""
        return self.content

    async def write(self, content: bytes) -> None:
        """Keep what a handler saved."""
        self.content, self.saved = content, True


class Rehearsal:
    """Event scripts that remember how the last handler ended."""

    def __init__(self, scripts: Scripts) -> None:
        self._scripts = scripts
        self.follow = scripts.follow
        self.context = scripts.context
        self.outcome: Outcome | None = None

    async def run(self, name: str, arguments: Sequence[Any], named: Mapping[str, Object | None], *, result: int | None, context: Context) -> Outcome:
        """Run a handler."""
        self.outcome = await self._scripts.run(name, arguments, named, result=result, context=context)
        return self.outcome


async def run_event(
    house: House,
    doors: Doors | None,
    name: str,
    content: str | None = None,
    sender: str = "",
    recipients: Sequence[str] = (),
    client: Mapping[str, Any] | None = None,
    arguments: Sequence[str] = (),
) -> dict[str, Any]:
    """Run a handler of the handlers file as it is now, loaded or not; tells Result, the error, what was logged and what was saved.

    `content` is a message as base64, `client` has facts of an events.Client; a name that is no trigger is a rule's function.
    """
    from postroom.scripting.scripts import Scripts  # noqa: PLC0415 - with the model: a fifth of a second that start-up should not pay

    model = doors.model if doors is not None and doors.model is not None else alone(house)
    letter = Letter(sender, list(recipients), content=_content(content))
    letter.size = len(letter.content)
    before = letter.content
    logged = model.places.logs / "hmailserver_events.log"
    start = logged.stat().st_size if logged.exists() else 0
    scripts = Scripts(lambda: model)
    try:
        wrong = await scripts.rehearse()
        if wrong:
            raise PostroomError(wrong)
        outcome = await _fired(Rehearsal(scripts), model, name, letter, events.Client(**(client or {})), arguments)
    finally:
        await scripts.close()
    return {
        "event": name,
        "value": outcome.value,
        "parameter": outcome.parameter,
        "message": outcome.message,
        "error": outcome.error,
        "log": _log(logged, start),
        "recipients": letter.recipients,
        "before": base64.b64encode(before).decode(),
        "saved": base64.b64encode(letter.content).decode() if letter.saved else None,
    }


async def _fired(scripts: Rehearsal, model: ModelHouse, name: str, letter: Letter, client: events.Client, arguments: Sequence[str]) -> Outcome:
    from postroom.model.message import Message  # noqa: PLC0415 - as above
    from postroom.scripting.triggers import MESSAGE, Triggers  # noqa: PLC0415 - as above

    if name in events.TRIGGERS:
        event = await event_of(model, name, letter, client, [*arguments, *ARGUMENTS.get(name, ())[len(arguments) :]])
        await Triggers(scripts, events.Events()).run(event)
    else:
        context = scripts.context()
        letter.state = 1
        message = Message.of(context, letter)
        await scripts.run(name, [message], {MESSAGE: message}, result=0, context=context)
    assert scripts.outcome is not None
    return scripts.outcome


async def event_of(model: ModelHouse, name: str, letter: Letter, client: events.Client, given: Sequence[str]) -> Event:
    """Make the event of a trigger; raises PostroomError where something is missing for it."""
    letter.state = 1 if name in {"OnDeliveryStart", "OnDeliverMessage", "OnDeliveryFailed"} else 0
    made: Any = events.TRIGGERS[name]
    found: Event
    match name:
        case "OnClientConnect" | "OnHELO" | "OnClientLogon":
            found = made(client)
        case "OnRecipientUnknown" | "OnTooManyInvalidCommands" | "OnSMTPData" | "OnAcceptMessage":
            found = made(client, letter)
        case "OnDeliveryStart" | "OnDeliverMessage":
            found = made(letter)
        case "OnDeliveryFailed":
            found = made(letter, *given[:2])
        case "OnClientValidatePassword":
            found = made(await model.directory.accounts.get(client.username), given[0])
        case "OnExternalAccountDownload":
            from postroom.directory.fetchaccounts import FetchAccount  # noqa: PLC0415 - as above

            found = made(FetchAccount(name="rehearsal"), letter if letter.content else None, given[0])
        case "OnBackupFailed":
            found = made(given[0])
        case "OnError":
            if not (given[0].isdigit() and given[1].isdigit()):
                raise PostroomError("OnError takes a severity (1 to 4), a code, a source and a description.")
            found = made(int(given[0]), int(given[1]), *given[2:4])
        case _:
            found = made()
    return found


def _content(text: str | None) -> bytes:
    try:
        return base64.b64decode(text or "", validate=True)
    except binascii.Error:
        raise PostroomError("The message is no base64.") from None


def _log(file: Path, start: int) -> list[str]:
    """Read what was written to the event log meanwhile."""
    if not file.exists():
        return []
    with file.open("rb") as opened:
        opened.seek(start)
        lines = opened.read(MOST_LOG).decode("utf-8", "replace").splitlines()
    return [line.rpartition("\t")[2].removeprefix('"').removesuffix('"') for line in lines]


async def reload(house: House, doors: Doors | None) -> dict[str, Any]:
    """Have every worker run the handlers file as it is now; tells its language, its triggers and its other functions.

    Raises PostroomError for a file that has an error: what was loaded before goes on.
    """
    if doors is None or doors.model is None:
        raise PostroomError("No server runs here: it reads the handlers file when it starts.")
    model = doors.model
    wrong = await model.scripts.check()
    if wrong:
        raise PostroomError(" ".join(wrong.split()) + " What was loaded before goes on.")
    await model.scripts.reload()
    load = await loaded(house.database)
    known = {name.lower() for name in events.TRIGGERS}
    return {
        "enabled": model.settings.scripting.enabled,
        "language": load.language or model.settings.scripting.language,
        "file": load.file,
        "triggers": [name for name in load.functions if name.lower() in known],
        "functions": [name for name in load.functions if name.lower() not in known],
    }


ORDERS = (reload, run_event)
