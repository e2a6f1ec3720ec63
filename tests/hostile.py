"""Hostile callers of the object model: random members of random objects with random arguments, for as long as one likes.

A caller begins with the objects that it can make or reach, keeps what it is given, and calls on. Whatever it does ends with a value or with
a ComError of the model: what else goes wrong inside is told as UNEXPECTED, and is kept here with its cause.
"""

from __future__ import annotations

import random
import traceback
from collections import Counter
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Final

from modelhouse import PASSWORD, Hand, ModelHouse, added, reach
from modelmail import LETTER, delivered
from postroom.model.caller import Caller, Origin
from postroom.model.description import CLASSES, Member
from postroom.model.errors import ComError
from postroom.model.events import Client, EventLog, Peer, Result
from postroom.model.invoke import How, invoke
from postroom.model.object import Object

UNEXPECTED: Final = "An error occurred processing the request."
KEPT: Final = 6
"""Objects of a class that a caller keeps."""

ATTACHED: Final = (
    b"From: j@remote.test\r\nTo: alice@example.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello\r\n"
    b"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nattached\r\n--b--\r\n"
)
LEFT_OUT: Final = frozenset({"Database.BeginTransaction", "Diagnostics.PerformTests"})
"""Members that wait, for another's transaction or the world outside: they have tests of their own."""

PLACES: Final = [
    "../../etc/passwd",
    "/etc/passwd",
    "/dev/zero",
    "C:\\Windows\\win.ini",
    "\\\\host\\share",
    ".",
    "..",
    "a\0b",
    "#Public",
    "/" * 5000,
    "CON",
]
TEXTS: Final = [
    "",
    " ",
    "x",
    "0",
    "-1",
    "1e309",
    "example.test",
    "alice@example.test",
    "bob@example.test",
    "new.test",
    "@",
    "a@b@c",
    '"a b"@example.test',
    "\u00fc\u00df@b\u00fccher.test",
    "xn--",
    "a." * 200,
    "\0",
    "\ud800",
    "a\udfffb",
    "\r\nBcc: victim@example.test",
    "a\r\n.\r\n",
    "%s%n{0}",
    "' OR 1=1 --",
    "SELECT * FROM hm_accounts",
    "DROP TABLE account",
    "[",
    "(a+)+$",
    "*" * 60,
    "INBOX",
    "INBOX.a.b",
    "." * 300,
    "<![CDATA[",
    "2026-02-30",
    "2026-11-21 01:02:03",
    "9999-12-31",
    "255.255.255.255",
    "::1",
    "fe80::1%eth0",
    "192.0.2.1",
    "=?utf-8?b?////?=",
    "From",
    "Content-Type",
    "\U0001f4a9" * 50,
    "x" * 70_000,
    *PLACES,
]
NUMBERS: Final = [0, 1, 2, 3, -1, 7, 25, 100, 255, 256, 65_535, 65_536, 1 << 24, (1 << 31) - 1, -(1 << 31)]
HUGE: Final = [1 << 31, (1 << 53) + 1, (1 << 63) - 1, 1 << 63, -(1 << 63), 1 << 64, 10**400]
STRANGE: Final = [None, True, False, 0.5, -0.0, 1e308, float("inf"), float("nan"), b"", b"\xff\x00", [], {}, object()]


@dataclass
class Hostile:
    """One caller with what it holds, by class; `wrong` collects the calls that ended as no call may."""

    house: ModelHouse
    hand: Hand
    dice: random.Random
    held: dict[str, list[Object]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    called: Counter[str] = field(default_factory=Counter)

    def keep(self, value: Any) -> None:
        """Keep an object that was given."""
        if not isinstance(value, Object):
            return
        found = self.held.setdefault(value.description.name, [])
        if all(value is not one for one in found):
            found.append(value)
        if len(found) > KEPT:
            del found[self.dice.randrange(KEPT)]

    def target(self, name: str) -> Object:
        """Take an object of a class that is held, or make one alone, inert for nearly all."""
        found = self.held.get(name)
        if found and self.dice.random() < 0.95:
            return self.dice.choice(found)
        return CLASSES[name].made.create(self.hand.object.context)

    def argument(self, kind: str) -> Any:
        """Make an argument: mostly of the type that is wanted, at the edges of what it may be."""
        dice = self.dice
        if dice.random() < 0.1:
            return dice.choice(STRANGE)
        if kind == "string":
            return dice.choice(TEXTS) if dice.random() < 0.8 else "".join(chr(dice.randrange(1, 0x300)) for _ in range(dice.randrange(40)))
        if kind.startswith("object:"):
            return dice.choice(self.held.get(kind.removeprefix("object:")) or [None])
        if kind == "boolean":
            return dice.random() < 0.5
        return dice.choice(NUMBERS) if dice.random() < 0.9 else dice.choice([*HUGE, *TEXTS])

    def arguments(self, member: Member, how: How) -> list[Any]:
        """Make the arguments of a call, now and then too many or too few."""
        made = [self.argument(one.type) for one in member.parameters if not one.out]
        if how is How.PUT:
            made.append(self.argument(member.type))
        if self.dice.random() < 0.03:
            made.append(self.dice.choice(STRANGE))
        elif made and self.dice.random() < 0.03:
            made.pop()
        return made

    async def step(self) -> None:
        """Make one call."""
        ours = CLASSES[self.dice.choice(list(CLASSES))]
        member = self.dice.choice(list(ours.members.values()))
        name = f"{ours.name}.{member.name}"
        if name in LEFT_OUT:
            return
        how = How.PUT if member.put is not None and self.dice.random() < 0.6 else self.dice.choice([How.ANY, How.ANY, How.ANY, How.GET, How.CALL])
        await self.call(self.target(ours.name), member, self.arguments(member, how), how)

    async def call(self, target: Object, member: Member, arguments: list[Any], how: How) -> None:
        """Call a member and keep what it gives; a login of its own is made anew when the call has changed it."""
        self.called[f"{target.description.name}.{member.name}"] += 1
        login = target.context.login
        before = (login.level, login.account)
        self.hand.caller.ip = str(ip_address((198 << 24) + self.called.total()))  # a failed login slows its own address down
        told = f"{target.description.name}.{member.name} {how.name} {repr(arguments)[:300]}"
        try:
            answer = await invoke(self.hand.caller, target, member.name, arguments, how)
            self.keep(answer.value)
        except ComError as error:
            if str(error) == UNEXPECTED:
                cause = error.__cause__
                self.wrong.append(f"{told}: {''.join(traceback.format_exception(cause)[-3:])}")
        except Exception as error:  # noqa: BLE001 - what nobody expects is what is looked for
            self.wrong.append(f"{told}: through the gate: {error!r}")
        login.level, login.account = before


async def walked(hostile: Hostile, rounds: int = 10) -> None:
    """Reach what can be reached from what is held by properties without arguments, and the first items of collections."""
    for _ in range(rounds):
        for one in [one for found in hostile.held.values() for one in found]:
            for member in one.description.members.values():
                if not member.type.startswith("object:") or f"{one.description.name}.{member.name}" in LEFT_OUT:
                    continue
                wanted = [one for one in member.parameters if not one.out]
                if not wanted:
                    await hostile.call(one, member, [], How.ANY)
                elif wanted[0].type == "integer":
                    await hostile.call(one, member, [0], How.ANY)


async def furnished(house: ModelHouse) -> None:
    """Put something into every collection, so that there is much to do harm to."""
    app = await house.login()
    domain = await app("Domains.Item", 0)
    account = await domain("Accounts.Item", 0)
    await delivered(house, ATTACHED, LETTER)
    await added(await domain("Aliases"), Name="post@example.test", Value="alice@example.test", Active=True)
    some = await added(await domain("DistributionLists"), Address="all@example.test", Active=True)
    await added(await some("Recipients"), RecipientAddress="bob@example.test")
    for parent in (account, app):
        rule = await added(await reach(app, "Rules", parent), Name="a rule", Active=True)
        await added(await rule("Criterias"), MatchValue="x")
        await added(await rule("Actions"), To="bob@example.test")
    public = await (await app("Settings.PublicFolders"))("Add", "public")
    await public("Save")
    await added(await public("Permissions"), PermissionType=0, PermissionAccountID=1, Value=1)
    fetched = await (await account("FetchAccounts"))("Add")
    await fetched.set(Name="elsewhere", ServerAddress="mail.remote.test", Port=110, Username="alice")
    await fetched("Save")


async def hostiles(house: ModelHouse, dice: random.Random) -> list[Hostile]:
    """Make the callers: administrator, user and nobody, all over the network, where paths are judged; each with what it can reach."""
    await furnished(house)
    made = []
    for name in ("Administrator", "alice@example.test", ""):
        caller = Caller(Origin.NETWORK, "192.0.2.1")
        hand = await house.login(name, caller=caller) if name else house.create("Application", caller)
        hostile = Hostile(house, hand, dice)
        hostile.keep(hand.object)
        context = hand.object.context
        for one in (Client(context, Peer()), EventLog(context), Result(context)):
            hostile.keep(one)
        await walked(hostile)
        made.append(hostile)
    for hostile in made[1:]:  # what was handed out by mistake, or is left over from a login that ended, is no way in
        for name, found in made[0].held.items():
            hostile.held.setdefault(name, []).extend(type(one).create(hostile.hand.object.context) for one in found[:1])
    return made


async def assault(house: ModelHouse, calls: int, seed: int) -> tuple[list[str], Counter[str]]:
    """Call so many times; gives the calls that ended as none may, and how often each member was called."""
    dice = random.Random(seed)
    callers = await hostiles(house, dice)
    for number in range(calls):
        await callers[number % len(callers)].step()
    called: Counter[str] = Counter()
    for one in callers:
        called += one.called
    return [told for one in callers for told in one.wrong], called


async def unharmed(house: ModelHouse) -> None:
    """Prove that the server does its work as before: a domain, an account and mail for it."""
    house.server.state = 3
    app = await house.login()
    domain = await added(await app("Domains"), Name="afterwards.test", Active=True)
    account = await added(await domain("Accounts"), Address="carol@afterwards.test", Password=PASSWORD, Active=True)
    found = await house.house.directory.accounts.get("carol@afterwards.test")
    await house.town.house.deliver(LETTER, found.id)
    assert await account("Messages.Count") == 1
