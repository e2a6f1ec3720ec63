"""One try to send one message to one destination: next hops by turns until every recipient has heard yes, no or later.

Whatever happens, each recipient gets an Outcome. A message whose last octet went out and whose reply never came is WAITING: it may arrive
twice, which is the one window that SMTP leaves (RFC 5321 section 4.5.4.1); everywhere else nothing acknowledged is sent again.
"""

from __future__ import annotations

import ipaddress
import random
import time
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from postroom.delivery.attempt import Attempt
from postroom.delivery.leaving import Copies
from postroom.delivery.outcome import State
from postroom.delivery.routing import MOST_HOSTS, PORT, Route, Routing, Security, Unroutable, is_address
from postroom.delivery.sessions import Patience, Session, Sessions, Trouble
from postroom.directory.recent import Recent
from postroom.directory.routes import ROUTED
from postroom.errors import Unavailable
from postroom.formats.smtpclient import BareLineEnd
from postroom.log import get_logger
from postroom.network.dial import DialError, Target, dial, unverified, verified

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Hashable

    from postroom.delivery.leaving import Sign
    from postroom.delivery.outcome import Job, Outcome
    from postroom.delivery.routing import Hop
    from postroom.network.resolver import Resolver
    from postroom.storage.blobs import Blobs
    from postroom.storage.database import Database

log = get_logger("delivery")

REMEMBERED: Final = 3600.0
"""Seconds for which a server's fault is borne in mind: TLS that fails, commands in groups that it can't read."""

UNREACHED: Final = 60.0
"""Seconds for which an address that could not be reached is tried after all others."""

SERVERS: Final = 10_000

CONFINED: Final = (
    "Mail to other machines waits: the setting send_outside is off, as in every `postroom dev`. To let it go:"
    " `postroom settings set send_outside yes`, then `postroom queue retry`."
)


class Remote:
    """Sends to other servers. Everything it is told is a parameter, so that it can be tried against anything."""

    def __init__(
        self,
        database: Database,
        blobs: Blobs,
        resolver: Resolver,
        *,
        name: Callable[[], str],
        routes: Callable[[str], Route | None] = lambda _: None,
        route_of: Callable[[int], Route | None] = lambda _: None,
        ours: Callable[[str], bool] = lambda _: False,
        sign: Sign | None = None,
        patience: Patience | None = None,
        port: int = PORT,
        addresses: int = 5,
        exchangers: Callable[[], int] = lambda: MOST_HOSTS,
        source: Callable[[bool], str] = lambda _: "",
        outside: Callable[[], bool] = lambda: True,
        authorities: str = "",
        shuffle: Callable[[list[str]], None] = random.shuffle,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Wire it.

        `name` is what EHLO says (an A-label or an address literal); `routes` gives the route of a domain, a smart host for all, or None for
        the DNS; `route_of` gives one by its id, for a rule that wants it; `ours` tells whether a host name or an address is this server;
        `source` gives the local address to call from, asked whether for IPv6; `outside` tells whether mail may leave this machine at all; at
        most `addresses` addresses of `exchangers` mail exchangers are tried for a job.
        `authorities` is a PEM file with the authorities that certificates are checked by, "" for the system's.
        """
        self._copies = Copies(database, blobs, sign)
        self._routing = Routing(resolver, ours, shuffle, port, exchangers)
        self._name = name
        self._routes = routes
        self._route_of = route_of
        self._patience = patience or Patience()
        self._addresses = addresses
        self._source = source
        self._outside = outside
        self._authorities = authorities
        self._clock = clock
        self._sessions = Sessions(self._patience)
        self._clear: Recent[float] = Recent(SERVERS)  # addresses to which TLS fails, and until when that is believed
        self._single: Recent[float] = Recent(SERVERS)  # likewise those that can't read pipelined commands
        self._unreached: Recent[float] = Recent(SERVERS)

    async def send(self, job: Job) -> list[Outcome]:
        """Try once; gives one Outcome for each recipient, and raises nothing (but for cancellation)."""
        attempt = Attempt(job)
        try:
            await self._send(attempt)
        except Unroutable as error:
            attempt.end(error.state, error.enhanced, str(error), down=True)
        except Unavailable as error:
            attempt.end(State.WAITING, "4.3.0", f"The message could not be read or signed here for now: {error}")
        except BareLineEnd:
            attempt.end(State.FAILED, "5.6.0", "The message holds a CR or LF outside a CRLF pair, which no mail server may send on.")
        except Exception as error:
            log.exception("unhandled-exception", queue=job.queue_id)
            attempt.end(State.WAITING, "4.3.0", f"Something went wrong here: {type(error).__name__}")
        return attempt.outcomes()

    async def close(self) -> None:
        """End the sessions that wait; those in use end with their job."""
        self._sessions.close()

    async def _send(self, attempt: Attempt) -> None:
        route = _terms(self._route(attempt.job), attempt.job)
        if not self._outside() and not is_here(route.host or attempt.job.destination):
            raise Unroutable(State.WAITING, "4.7.0", CONFINED)
        attempt.copy = await self._copies.make(attempt.job)
        key = (attempt.job.destination, route)
        session = self._sessions.take(key)
        if session is not None and await self._use(attempt, session, key):
            return
        tried = 0
        async with aclosing(self._ordered(attempt.job.destination, route)) as hops:
            async for hop in hops:
                tried += 1
                if await self._try(attempt, hop, route, key) or tried == self._addresses:
                    break
        attempt.give_up()

    def _route(self, job: Job) -> Route:
        """Give the way of a job: the route that a rule has chosen, while it is there, else its destination's; bound as the rule says."""
        chosen = job.options.get("ROUTE", "")
        if job.destination.startswith(ROUTED):
            chosen = job.destination.removeprefix(ROUTED)
            if self._route_of(int(chosen)) is None:
                raise Unroutable(State.FAILED, "5.1.1", "The route that took mail for unknown users of this domain was removed.")
        route = (self._route_of(int(chosen)) if chosen.isdigit() else None) or self._routes(job.destination) or Route()
        return replace(route, source=job.options["BIND"]) if is_address(job.options.get("BIND", "")) else route

    async def _ordered(self, destination: str, route: Route) -> AsyncGenerator[Hop, None]:
        """Give the hops, those that could not be reached a moment ago after all others."""
        late: list[Hop] = []
        async for hop in self._routing.hops(destination, route):
            if self._believed(self._unreached, hop):
                late.append(hop)
            else:
                yield hop
        for hop in late:
            yield hop

    async def _try(self, attempt: Attempt, hop: Hop, route: Route, key: Hashable) -> bool:
        """Try one address; true when every recipient is decided on."""
        place = (hop, route)
        session = self._sessions.take(place)
        if session is not None and await self._use(attempt, session, key, place):
            return True
        try:
            session = await self._open(hop, route)
        except Trouble as trouble:
            attempt.trouble(trouble, hop)
            return False
        if await self._use(attempt, session, key, place):
            return True
        if not attempt.out_of_step:
            return False
        try:  # now that it is known not to read commands in groups, once more
            session = await self._open(hop, route)
        except Trouble as trouble:
            attempt.trouble(trouble, hop)
            return False
        return await self._use(attempt, session, key, place)

    async def _use(self, attempt: Attempt, session: Session, *keys: Hashable) -> bool:
        """Send over a session, and keep it for more; true when every recipient is decided on."""
        try:
            done = await attempt.over(session, self._copies, pipelined=not self._believed(self._single, session.hop))
        except BaseException:
            session.cut()
            raise
        if attempt.out_of_step:
            self._single.put(_address(session.hop), self._clock() + REMEMBERED)
        if attempt.broken:
            session.cut()
        else:
            self._sessions.park(session, *keys)
        return done

    async def _open(self, hop: Hop, route: Route) -> Session:
        """Open a session; where encryption is welcome and fails, once more in clear text (RFC 7435). Raises Trouble."""
        optional = route.security is Security.OPTIONAL
        encrypt = route.security is not Security.NONE and not (optional and self._believed(self._clear, hop))
        try:
            return await self._connect(hop, route, encrypt=encrypt)
        except Trouble as trouble:
            if not (trouble.tls and optional and encrypt):
                raise
            log.warning("remote-tls-failed", host=str(hop), reason=str(trouble))
            self._clear.put(_address(hop), self._clock() + REMEMBERED)
            return await self._connect(hop, route, encrypt=False)

    async def _connect(self, hop: Hop, route: Route, *, encrypt: bool) -> Session:
        try:
            connection = await dial(Target(hop.ip, hop.port, _from(route.source, hop) or self._source(":" in hop.ip)), self._patience.connect)
        except DialError as error:
            self._unreached.put(_address(hop), self._clock() + UNREACHED)
            raise Trouble(f"{hop} {error}", "4.4.1") from error
        session = Session(connection, hop, self._patience)
        context = (verified(self._authorities) if route.verify else unverified()) if encrypt else None
        try:
            await session.open(self._name(), route, context)
        except Trouble:
            session.quit()
            raise
        except BaseException:
            session.cut()
            raise
        return session

    def _believed(self, memory: Recent[float], hop: Hop) -> bool:
        until = memory.get(_address(hop))
        return until is not None and until > self._clock()


def _address(hop: Hop) -> str:
    return f"{hop.ip} {hop.port}"


def _from(source: str, hop: Hop) -> str:
    """Give the address to call from, if it is one of the hop's kind."""
    return source if source and (":" in source) == (":" in hop.ip) else ""


def is_here(host: str) -> bool:
    """Tell whether a host is this machine, by an address of its own loopback or the one name that always means it; no name is looked up."""
    try:
        return ipaddress.ip_address(host.strip("[]").removeprefix("IPv6:")).is_loopback
    except ValueError:
        return host == "localhost"


def _terms(route: Route, job: Job) -> Route:
    """Give the terms for a job: one with REQUIRETLS goes encrypted to a server that proves its name (RFC 8689 section 4.2.1), or not at all."""
    if not job.options.get("REQUIRETLS"):
        return route
    return replace(route, security=route.security if route.security is Security.IMPLICIT else Security.REQUIRED, verify=True)
