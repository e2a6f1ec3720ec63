"""Events become calls of handlers: which arguments, which named objects, what handlers may do with them, and what their results do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from doorhouse import DoorHouse, doorhouse
from modelhouse import Hand, ModelHouse, refusal
from postroom import events
from postroom.directory.fetchaccounts import FetchAccount
from postroom.events import Envelope, Result
from postroom.model.caller import Caller, Context, Login, Origin
from postroom.model.events import Result as ResultObject
from postroom.model.object import Object
from postroom.scripting.triggers import PARAMETERS, Triggers

Handler = Callable[..., Awaitable[Any]]


class Ended(NamedTuple):
    """What Result held."""

    value: int = 0
    parameter: int = 0
    message: str = ""
    defer: bool = False


class Called(NamedTuple):
    """A handler's call."""

    name: str
    arguments: list[Any]
    named: dict[str, Any]
    result: int | None


@dataclass
class PlainScripts:
    """Event scripts that are functions of the test: `handlers[trigger](result, *arguments)`; objects come as Hands, as a script has them."""

    house: ModelHouse
    handlers: dict[str, Handler] = field(default_factory=dict)
    calls: list[Called] = field(default_factory=list)
    followers: list[Callable[[frozenset[str]], None]] = field(default_factory=list)
    defer: bool = False

    @property
    def active(self) -> frozenset[str]:
        return frozenset(self.handlers)

    def follow(self, told: Callable[[frozenset[str]], None]) -> None:
        self.followers.append(told)
        told(self.active)

    def load(self, **handlers: Handler) -> None:
        self.handlers = handlers
        for told in self.followers:
            told(self.active)

    def context(self) -> Context:
        return Context(self.house.house, Caller(Origin.SCRIPT), Login())

    async def run(self, name: str, arguments: Sequence[Any], named: Mapping[str, Object | None], *, result: int | None, context: Context) -> Ended:
        hands = [Hand(context.caller, one) if isinstance(one, Object) else one for one in arguments]
        self.calls.append(Called(name, hands, dict(named), result))
        held = ResultObject(context)
        held.value = result or 0
        await self.handlers[name](Hand(context.caller, held), *hands)
        return Ended(held.value, held.parameter, held.message, self.defer)


@dataclass
class ScriptHouse:
    """A server with such scripts."""

    doors: DoorHouse
    scripts: PlainScripts

    def one(self, name: str) -> Called:
        found = [call for call in self.scripts.calls if call.name == name]
        assert len(found) == 1, f"{len(found)} calls of {name}"
        return found[0]


@asynccontextmanager
async def scripthouse(folder: Path, **settings: object) -> AsyncIterator[ScriptHouse]:
    async with doorhouse(folder, **{"plain_text_login": "always", **settings}) as doors:
        scripts = PlainScripts(doors.model)
        Triggers(scripts, doors.town.directory.events).start()
        try:
            yield ScriptHouse(doors, scripts)
        finally:
            scripts.load()


async def nothing(*_: Any) -> None:
    """Decide nothing."""


async def test_events_3_which_arguments_and_named_objects_each_handler_has(tmp_path: Path) -> None:
    async with scripthouse(tmp_path) as house:
        house.scripts.load(**dict.fromkeys(events.TRIGGERS, nothing))
        account = await house.doors.town.directory.accounts.get("alice@example.test")
        client, mail = events.Client(25, "192.0.2.1"), Envelope("a@remote.test", ["alice@example.test"])
        for event in (
            events.ClientConnect(client),
            events.HELO(client),
            events.ClientValidatePassword(account, 'se"cret'),
            events.ClientLogon(client),
            events.RecipientUnknown(client, mail),
            events.TooManyInvalidCommands(client, None),
            events.SMTPData(client, mail),
            events.AcceptMessage(client, mail),
            events.DeliveryStart(mail),
            events.DeliverMessage(mail),
            events.DeliveryFailed(mail, "x@remote.test", 'no "such"\r\nuser'),
            events.ExternalAccountDownload(FetchAccount(), mail, "uid-1"),
            events.ExternalAccountDownload(FetchAccount(), None, "uid-2"),
            events.BackupCompleted(),
            events.BackupFailed('C:\\backup "full"'),
            events.Error(2, 5016, "Script::Load", "text"),
        ):
            await house.doors.town.directory.events.fire(event)
        assert [(call.name, [shape(one) for one in call.arguments], sorted(call.named), call.result) for call in house.scripts.calls] == [
            ("OnClientConnect", ["Client"], ["HMAILSERVER_CLIENT"], 0),
            ("OnHELO", ["Client"], ["HMAILSERVER_CLIENT"], 0),
            ("OnClientValidatePassword", ["Account", 'se"cret'], ["HMAILSERVER_ACCOUNT"], 2),
            ("OnClientLogon", ["Client"], ["HMAILSERVER_CLIENT"], None),
            ("OnRecipientUnknown", ["Client", "Message"], ["HMAILSERVER_CLIENT", "HMAILSERVER_MESSAGE"], None),
            ("OnTooManyInvalidCommands", ["Client", "Message"], ["HMAILSERVER_CLIENT", "HMAILSERVER_MESSAGE"], None),
            ("OnSMTPData", ["Client", "Message"], ["HMAILSERVER_CLIENT", "HMAILSERVER_MESSAGE"], 0),
            ("OnAcceptMessage", ["Client", "Message"], ["HMAILSERVER_CLIENT", "HMAILSERVER_MESSAGE"], 0),
            ("OnDeliveryStart", ["Message"], ["HMAILSERVER_MESSAGE"], 0),
            ("OnDeliverMessage", ["Message"], ["HMAILSERVER_MESSAGE"], 0),
            ("OnDeliveryFailed", ["Message", "x@remote.test", 'no "such"\r\nuser'], ["HMAILSERVER_MESSAGE"], None),
            ("OnExternalAccountDownload", ["FetchAccount", "Message", "uid-1"], ["HMAILSERVER_FETCHACCOUNT", "HMAILSERVER_MESSAGE"], 0),
            ("OnExternalAccountDownload", ["FetchAccount", None, "uid-2"], ["HMAILSERVER_FETCHACCOUNT", "HMAILSERVER_MESSAGE"], 0),
            ("OnBackupCompleted", [], [], 0),
            ("OnBackupFailed", ['C:\\backup "full"'], [], 0),
            ("OnError", [2, 5016, "Script::Load", "text"], [], None),
        ]  # fmt: skip


def shape(value: Any) -> Any:
    return value.object.description.name if isinstance(value, Hand) else value


async def test_events_3_1_to_3_8_a_session_as_its_handlers_see_it(tmp_path: Path) -> None:
    told: dict[str, Any] = {}

    def noting(name: str) -> Handler:
        async def note(_result: Hand, client: Hand, message: Hand | None = None) -> None:
            found = [await client(member) for member in ("IPAddress", "Port", "HELO", "Username", "Authenticated", "EncryptedConnection")]
            if message is not None:
                found += [await message("FromAddress"), await message("Recipients.Count"), await message("State"), await message("ID")]
            told[name] = found

        return note

    async with scripthouse(tmp_path) as house:
        names = ["OnClientConnect", "OnHELO", "OnClientLogon", "OnRecipientUnknown", "OnSMTPData", "OnAcceptMessage"]
        house.scripts.load(**{name: noting(name) for name in names})
        client = await house.doors.client("submission", "EHLO pc.test")
        await client.log_in()
        letter = "From: alice@example.test\r\nSubject: hello\r\n\r\nbody\r\n"
        recipients = ("bob@example.test", "nobody@example.test", "x@remote.test")
        assert (await client.mail(*recipients, sender="alice@example.test", content=letter)).startswith("250")
        port = house.doors.ports["submission"]
        assert told == {
            "OnClientConnect": ["127.0.0.1", port, "", "", False, False],
            "OnHELO": ["127.0.0.1", port, "pc.test", "", False, False],
            "OnClientLogon": ["127.0.0.1", port, "pc.test", "alice@example.test", True, False],
            "OnRecipientUnknown": ["127.0.0.1", port, "pc.test", "alice@example.test", True, False, "alice@example.test", 1, 0, 0],
            "OnSMTPData": ["127.0.0.1", port, "pc.test", "alice@example.test", True, False, "alice@example.test", 2, 0, 0],
            "OnAcceptMessage": ["127.0.0.1", port, "pc.test", "alice@example.test", True, False, "alice@example.test", 2, 0, 0],
        }


async def test_events_2_what_result_holds_reaches_the_wire(tmp_path: Path) -> None:
    async def refuse(result: Hand, *_: Any) -> None:
        await result.set(Value=2, Message="Not\r\n250 here")

    async with scripthouse(tmp_path) as house:
        house.scripts.load(OnHELO=refuse)
        client = await house.doors.client("smtp")
        assert await client.say("EHLO mx.remote.test") == "554 Not??250 here"
        house.scripts.defer = True
        assert (await client.say("EHLO mx.remote.test")).startswith("451")
        house.scripts.load()
        assert (await client.say("EHLO mx.remote.test")).startswith("250"), "its handler is gone"


async def test_events_3_3_the_account_is_read_afresh(tmp_path: Path) -> None:
    async def judge(result: Hand, account: Hand, password: str) -> None:
        seen.append((await account("Address"), await account("Active"), await account("ID"), password))
        await account.set(Active=False)  # in its own hand only
        await result.put("Value", 0 if password == "by-the-script" else 1)

    seen: list[Any] = []
    async with scripthouse(tmp_path) as house:
        house.scripts.load(OnClientValidatePassword=judge)
        client = await house.doors.client("submission", "EHLO pc.test")
        assert (await client.log_in(password="by-the-script")).startswith("235")
        assert (await client.say("MAIL FROM:<alice@example.test>")).startswith("250")
        assert [found[:2] + found[3:] for found in seen] == [("alice@example.test", True, "by-the-script")] * 2


async def test_events_3_8_save_changes_what_is_stored_and_the_envelope_needs_none(tmp_path: Path) -> None:
    async def change(_result: Hand, _client: Hand, message: Hand) -> None:
        await message.put("HeaderValue", "X-Tag", "external")
        await message.put("Subject", "[external] " + await message("Subject"))
        await message("Save")
        await message.put("HeaderValue", "X-Unsaved", "yes")
        await message("AddRecipient", "Bob", "bob@example.test")
        assert await message("Recipients.Count") == 2

    async with scripthouse(tmp_path) as house:
        house.scripts.load(OnAcceptMessage=change)
        client = await house.doors.smtp()
        assert (await client.mail("alice@example.test")).startswith("250")
        [alices], [bobs] = await house.doors.inbox("alice"), await house.doors.inbox("bob")
        assert b"\r\nSubject: [external] hello\r\n" in alices
        assert (b"X-Tag: external" in alices, b"X-Unsaved" in alices, alices.endswith(b"\r\n\r\nbody\r\n")) == (True, False, True)
        assert b"X-Tag: external" in bobs


async def test_events_3_8_clear_recipients_leaves_those_that_are_added_then(tmp_path: Path) -> None:
    async def redirect(_result: Hand, _client: Hand, message: Hand) -> None:
        await message("ClearRecipients")
        await message("AddRecipient", "Bob", "bob@example.test")

    async with scripthouse(tmp_path) as house:
        house.scripts.load(OnAcceptMessage=redirect)
        client = await house.doors.smtp()
        assert (await client.mail("alice@example.test")).startswith("250")
        assert (len(await house.doors.inbox("alice")), len(await house.doors.inbox("bob"))) == (0, 1)


async def test_events_3_7_save_at_data_is_ignored(tmp_path: Path) -> None:
    async def save(_result: Hand, _client: Hand, message: Hand) -> None:
        await message.put("HeaderValue", "X-Stray", "yes")
        await message("Save")

    async with scripthouse(tmp_path) as house:
        house.scripts.load(OnSMTPData=save)
        client = await house.doors.smtp()
        assert (await client.mail("alice@example.test")).startswith("250")
        assert b"X-Stray" not in (await house.doors.inbox())[0]


@pytest.mark.parametrize("trigger", ["OnDeliveryStart", "OnDeliverMessage"])
async def test_events_3_10_state_is_1_and_save_rewrites_the_file_only(tmp_path: Path, trigger: str) -> None:
    async def change(_result: Hand, message: Hand) -> None:
        members = ("State", "DeliveryAttempt", "FromAddress", "Recipients.Count", "Subject")
        seen.append([await message(member) for member in members])
        assert await message("ID") > 0
        assert str(await (await message("Recipients.Item", 0))("Address")) == "alice@example.test"
        await message.put("HeaderValue", "X-Seen", "yes")
        await message("Save")
        await message("AddRecipient", "Bob", "bob@example.test")  # on its way it is too late

    seen: list[Any] = []
    async with scripthouse(tmp_path) as house:
        house.scripts.load(**{trigger: change})
        client = await house.doors.smtp()
        await client.mail("alice@example.test")
        await house.doors.quiet()
        assert seen == [[1, 1, "a@remote.test", 1, "hello"]]
        assert b"X-Seen: yes\r\n" in (await house.doors.inbox())[0]
        assert await house.doors.inbox("bob") == []


async def test_events_3_10_the_file_of_a_message_can_be_read_and_changed(tmp_path: Path) -> None:
    async def edit(_result: Hand, message: Hand) -> None:
        path = Path(await message("Filename"))
        assert path.is_relative_to(tmp_path)
        path.write_bytes(b"X-From-File: yes\r\n" + path.read_bytes())  # noqa: ASYNC240 - a script does that in a process of its own
        await message("RefreshContent")
        assert await message("HeaderValue", "X-From-File") == "yes"
        await message("Save")

    async with scripthouse(tmp_path) as house:
        house.scripts.load(OnDeliverMessage=edit)
        client = await house.doors.smtp()
        await client.mail("alice@example.test")
        await house.doors.quiet()
        assert b"X-From-File: yes\r\n" in (await house.doors.inbox())[0]


async def test_events_3_11_the_failed_message_can_be_looked_at(tmp_path: Path) -> None:
    async def cancel(result: Hand, _message: Hand) -> None:
        await result.put("Value", 1)

    async def look(_result: Hand, message: Hand, recipient: str, reason: str) -> None:
        seen.append((await message("Subject"), recipient, reason))

    seen: list[Any] = []
    async with scripthouse(tmp_path) as house:
        house.scripts.load(OnDeliverMessage=cancel, OnDeliveryFailed=look)
        client = await house.doors.smtp()
        await client.mail("alice@example.test")
        await house.doors.quiet()
        assert seen == [("hello", "alice@example.test", "Message delivery cancelled during OnDeliverMessage-event")]


async def test_events_3_6_the_message_of_no_mail_is_there_and_empty(tmp_path: Path) -> None:
    async def look(_result: Hand, client: Hand, message: Hand) -> None:
        seen.append((await client("HELO"), await message("FromAddress"), await message("Recipients.Count"), await message("Subject")))

    seen: list[Any] = []
    async with scripthouse(tmp_path, max_number_of_invalid_commands=1) as house:
        house.scripts.load(OnTooManyInvalidCommands=look)
        client = await house.doors.smtp()
        await client.say("NONSENSE", "NONSENSE")
        assert await client.line() == "421 4.7.0 Too many invalid commands. Bye!"
        await house.doors.quiet()
        assert seen == [("mx.remote.test", "", 0, "")]


async def test_a_script_may_log_in_and_send_a_message_whose_events_it_does_not_wait_for(tmp_path: Path) -> None:
    async def copy(_result: Hand, message: Hand) -> None:
        if await message("Subject") == "copy":
            return
        app = house.doors.model.create("hMailServer.Application", message.caller)
        assert await app("Authenticate", "Administrator", "secret-0") is not None
        letter = house.doors.model.create("hMailServer.Message", message.caller)
        await letter.set(FromAddress="alice@example.test", Subject="copy", Body="x")
        await letter("AddRecipient", "Bob", "bob@example.test")
        await letter("Save")
        assert (await letter("State"), await house.doors.inbox("bob")) == (1, []), "durable, and not delivered yet"

    async with scripthouse(tmp_path) as house:
        house.scripts.load(OnDeliveryStart=copy)
        client = await house.doors.smtp()
        await client.mail("alice@example.test")
        await house.doors.quiet()
        await house.doors.quiet()
        assert [call.name for call in house.scripts.calls] == ["OnDeliveryStart"] * 2
        assert (len(await house.doors.inbox("alice")), len(await house.doors.inbox("bob"))) == (1, 1)


async def test_a_message_of_an_event_can_not_be_written_once_it_has_left(tmp_path: Path) -> None:
    kept: list[Hand] = []

    async def keep(_result: Hand, message: Hand) -> None:
        kept.append(message)
        await message("Subject")

    async with scripthouse(tmp_path) as house:
        house.scripts.load(OnDeliveryStart=keep)
        client = await house.doors.smtp()
        await client.mail("alice@example.test")
        await house.doors.quiet()
        await kept[0].put("Subject", "too late")
        assert await refusal(kept[0]("Save")) == "The message is not in the queue any more."


async def test_events_an_event_without_result_decides_nothing(tmp_path: Path) -> None:
    async def decide(result: Hand, *_: Any) -> None:
        await result.put("Value", 1)

    async with scripthouse(tmp_path) as house:
        house.scripts.load(OnClientLogon=decide)
        assert await house.doors.town.directory.events.fire(events.ClientLogon(events.Client())) == Result()


async def test_events_4_1_a_rule_s_function_gets_the_message_while_scripts_are_on(tmp_path: Path) -> None:
    async with scripthouse(tmp_path) as house:
        house.scripts.load(Mark=nothing)
        server, mail = house.doors.town.directory, Envelope("a@remote.test", ["alice@example.test"])
        await server.events.fire(events.RuleFunction(mail, "Mark"))
        assert house.scripts.calls == []
        await server.table.set("scripting.enabled", value=True)
        await server.events.fire(events.RuleFunction(mail, "Mark"))
        call = house.one("Mark")
        assert ([shape(one) for one in call.arguments], sorted(call.named), call.result) == (["Message"], ["HMAILSERVER_MESSAGE"], 0)


def test_the_parameters_of_a_handler_are_what_its_event_carries() -> None:
    assert {
        name: PARAMETERS[name] for name in ("OnHELO", "OnAcceptMessage", "OnDeliveryFailed", "OnExternalAccountDownload", "OnBackupCompleted")
    } == {
        "OnHELO": ("Client",),
        "OnAcceptMessage": ("Client", "Message"),
        "OnDeliveryFailed": ("Message", "", ""),
        "OnExternalAccountDownload": ("FetchAccount", "Message", ""),
        "OnBackupCompleted": (),
    }
    assert PARAMETERS.keys() == events.TRIGGERS.keys()
