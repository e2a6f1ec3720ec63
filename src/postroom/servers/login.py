"""Logging in over any protocol: which SASL mechanisms a connection may use, and what the directory is asked until somebody is in.

The protocols differ only in how a challenge and an end look on their wire.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeVar

from postroom.directory.errors import LoginRefused
from postroom.directory.presence import Somebody as Present
from postroom.directory.ranges import Option
from postroom.formats import sasl

if TYPE_CHECKING:
    from postroom.formats.address import Address
    from postroom.formats.scram import Keys
    from postroom.network.encryption import TLS

PLAIN_TEXT: Final = frozenset({"PLAIN", "LOGIN"})
MECHANISMS: Final = ("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "EXTERNAL", "PLAIN", "LOGIN")
"""What this server speaks, in the order in which it is offered where it is possible."""


class Somebody(Protocol):
    """Whoever has logged in: an account, or what a test takes for one."""

    @property
    def address(self) -> Address:
        """Their own address."""


Enter = Callable[[Present, Callable[[], None]], Callable[[], None]]
"""Takes note of a login: what to call once it counts no more is given, what to call at the session's end is returned."""

RightsOf = Callable[[str], Option | None]
"""What the IP ranges let a client do, None where they don't count."""

Who_co = TypeVar("Who_co", bound=Somebody, covariant=True)


class Directory(Protocol[Who_co]):
    """Who_co may log in. All methods raise LoginRefused, after the delay that a failed login costs."""

    @property
    def scram_mechanisms(self) -> tuple[str, ...]:
        """The SCRAM mechanisms that every active account has keys for, so that they may be announced; without -PLUS."""

    async def authenticate(self, ip: str, name: str, password: str) -> Who_co:
        """Log in by password."""

    async def scram(self, ip: str, name: str, mechanism: str) -> Keys:
        """Give the SCRAM keys of a name, false ones for an unknown."""

    async def proven(self, ip: str, name: str) -> Who_co:
        """Give the account of a client that has proven its name (SCRAM, certificate)."""

    async def refuse(self, ip: str, name: str, reason: str) -> None:
        """Count a login that failed before the directory saw a password, and raise LoginRefused."""

    def banned(self, ip: str) -> bool:
        """Tell whether this address may not try to log in at present."""


def left() -> None:
    """Be what is called when a session ends that nobody was told of."""


def told_nobody(_account: Present, _end: Callable[[], None]) -> Callable[[], None]:
    """Be told of a login where nobody keeps count."""
    return left


def no_ranges(_ip: str) -> Option | None:
    """Be the answer where IP ranges don't count."""
    return None


def wrong_login(*, whole: bool) -> str:
    """Refuse a login in hMailServer's words (object model 12.15); `whole`: the name was an address."""
    return "Invalid user name or password." if whole else "Invalid user name or password. Please use full email address as user name."


def plain_text(setting: str, rights: Option | None) -> str:
    """Tell from where passwords may come without TLS: as the setting says, but never for clients whose IP range wants TLS for a login."""
    return "never" if rights is not None and rights & Option.TLS_FOR_LOGIN else setting


class Client(NamedTuple):
    """Who_co wants to log in, and over what; `plain_text` says from where passwords may come without TLS: never, loopback, always."""

    ip: str
    loopback: bool
    tls: TLS | None
    plain_text: str

    @property
    def may_send_password(self) -> bool:
        """Whether a password may come as it is."""
        return self.tls is not None or self.plain_text == "always" or (self.plain_text == "loopback" and self.loopback)

    @property
    def bindings(self) -> dict[str, bytes]:
        """The channel bindings of the connection by name, those that can be computed."""
        found = {name: self.tls.binding(name) for name in sasl.BINDINGS} if self.tls is not None else {}
        return {name: data for name, data in found.items() if data is not None}

    @property
    def certificate(self) -> str:
        """The address that the client's verified certificate is for, "" without one."""
        names = self.tls.client.names if self.tls is not None and self.tls.client is not None else ()
        return next((name for name in names if "@" in name), "")

    def offered(self, directory: Directory[Somebody]) -> tuple[str, ...]:
        """Give the mechanisms that it may use now."""
        return tuple(mechanism for mechanism in MECHANISMS if self._possible(mechanism, directory.scram_mechanisms))

    def _possible(self, mechanism: str, scram: tuple[str, ...]) -> bool:
        if mechanism in PLAIN_TEXT:
            return self.may_send_password
        if mechanism == "EXTERNAL":
            return bool(self.certificate)
        return mechanism.removesuffix("-PLUS") in scram and (not mechanism.endswith("-PLUS") or bool(self.bindings))

    def begin(self, mechanism: str, offered: tuple[str, ...]) -> sasl.Exchange:
        """Begin an exchange by one of the mechanisms offered."""
        exchange = sasl.start(mechanism, bindings=self.bindings, plus=f"{mechanism}-PLUS" in offered, certificate=self.certificate)
        assert exchange is not None, f"{mechanism} is offered, but not known"
        return exchange


async def proceed(directory: Directory[Who_co], ip: str, exchange: sasl.Exchange, outcome: sasl.Outcome, master: str = "") -> sasl.Challenge | Who_co:
    """Do what an exchange asks for, until it waits for the client again or somebody is in; raises LoginRefused.

    `master` is the account that may act for every other one, by its password ("": none may).
    """
    if isinstance(outcome, sasl.Lookup):
        outcome = exchange.provide(await directory.scram(ip, outcome.authcid, outcome.mechanism))
    if isinstance(outcome, sasl.Challenge):
        return outcome
    if isinstance(outcome, sasl.Password):
        account = await directory.authenticate(ip, outcome.authcid, outcome.password)
    elif isinstance(outcome, sasl.Proven):
        account = await directory.proven(ip, outcome.authcid)
    else:
        name, cause = (outcome.authcid, outcome.cause) if isinstance(outcome, sasl.Failed) else ("", "the exchange is out of order")
        raise await refusal(directory, ip, name, cause)
    if outcome.authzid in {"", outcome.authcid, str(account.address)}:
        return account
    if not (master and isinstance(outcome, sasl.Password) and str(account.address).lower() == master.lower()):
        raise await refusal(directory, ip, outcome.authcid, f"{outcome.authcid} wants to act as {outcome.authzid}")
    return await directory.proven(ip, outcome.authzid)


async def refusal(directory: Directory[Somebody], ip: str, name: str, cause: str) -> LoginRefused:
    """Give the refusal of a login that the directory did not see, after counting it and after the delay that it has for those."""
    try:
        await directory.refuse(ip, name, cause)
    except LoginRefused as error:
        return error
    return LoginRefused(cause, banned=directory.banned(ip))
