"""Serving: whether the server takes and sends mail, told and asked through the object model. All workers start and stop together.

With workers the supervisor leads, since it holds the sockets and the right to bind:

worker      {"is": "halt", "ticket": 7}                      or {"is": "resume", "ticket": 7, "listeners": [...]}
supervisor  {"do": "halt"} to every worker                   or {"do": "resume", "listeners": [...], "gone": [...]} with sockets
worker      {"is": "settled"}
supervisor  {"do": "done", "ticket": 7, "error": ""} to the worker that asked; {"do": "trouble", "error": "..."} to every worker when it failed
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from postroom import metrics
from postroom.errors import PostroomError
from postroom.log import get_logger
from postroom.model.enumerations import eServerState
from postroom.network.listener import Encrypted, Listener, open_socket

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from postroom.runtime.line import Message
    from postroom.runtime.worker import Worker

log = get_logger("worker")

REST_SECONDS: Final = 0.5
"""How long sessions and tries have to end when the server stops serving; then they are cut."""

ANSWER_SECONDS: Final = 10.0


class Serving:
    """One worker's part: the server as an administrator acts on it. `find` reads where to listen; `say` tells the supervisor, if any."""

    def __init__(self, worker: Worker, find: Callable[[], Awaitable[list[Listener]]], say: Callable[[Message], None] | None = None) -> None:
        self._worker = worker
        self._find = find
        self._say = say
        self.state: int = eServerState.hStateStarting
        self.trouble = ""
        self._tickets = 0
        self._asked: dict[int, asyncio.Future[str]] = {}
        self._one = asyncio.Lock()

    async def start(self) -> None:
        """Open the listeners as they are configured now, and go on with the mail; raises PostroomError when one can't be opened."""
        async with self._one:
            if self.state == eServerState.hStateRunning:
                return
            places = await self._find()
            try:
                if self._say is None:
                    await self._start_alone(places)
                else:
                    await self._ask({"is": "resume", "listeners": [written(place) for place in places]})
            except PostroomError as error:
                self.trouble, self.state = str(error), eServerState.hStateStopped
                log.error("cannot-start", reason=str(error))  # noqa: TRY400 - a sentence for a person, no fault of ours
                raise

    async def stop(self) -> None:
        """Close the listeners of mail, end its sessions, let queue and chores rest; this process and remote sessions stay."""
        async with self._one:
            if self.state != eServerState.hStateRunning:
                return
            if self._say is None:
                await self.halted()
            else:
                await self._ask({"is": "halt"})

    async def reload(self) -> None:
        """Read the certificates anew, in all workers; raises ConfigurationError when they can't be used."""
        self._worker.doors.reload()
        self._worker.doors.reload_others()

    async def counters(self) -> dict[str, float]:
        """Give the metrics of all workers, summed, by their name and labels as /metrics writes them."""
        return metrics.sums(await self._worker.doors.gather())

    async def halted(self) -> None:
        """Rest, in this worker."""
        self.state = eServerState.hStateStopping
        await self._worker.rest(REST_SECONDS)
        self.state = eServerState.hStateStopped

    async def resumed(self, listeners: Sequence[tuple[Listener, socket.socket]], gone: Iterable[Listener] = ()) -> None:
        """Go on, in this worker, with these sockets more and without some HTTP doors."""
        self.state = eServerState.hStateStarting
        self._worker.doors.shut(gone)
        await self._worker.resume(listeners)
        self.state, self.trouble = eServerState.hStateRunning, ""

    def heard(self, message: Message) -> None:
        """Take the supervisor's word that it is done."""
        asked = self._asked.pop(message["ticket"], None)
        if asked is not None and not asked.done():
            asked.set_result(message["error"])

    async def _start_alone(self, places: Sequence[Listener]) -> None:
        here = self._worker.doors.places
        fresh, gone = changed(here, places)
        await self.resumed(opened(fresh), gone)

    async def _ask(self, message: Message) -> None:
        assert self._say is not None
        self._tickets += 1
        answer = self._asked[self._tickets] = asyncio.get_running_loop().create_future()
        self._say({**message, "ticket": self._tickets})
        try:
            error = await asyncio.wait_for(answer, ANSWER_SECONDS)
        except TimeoutError:
            raise PostroomError("The supervisor did not answer; its log says why.") from None
        if error:
            raise PostroomError(error)


class NotServing:
    """The server of a command that works on the store by itself: there is none."""

    state: int = eServerState.hStateStopped
    trouble = ""

    async def start(self) -> None:
        """Refuse: `postroom serve` starts it."""
        raise PostroomError("No server runs here: `postroom serve` starts one.")

    async def stop(self) -> None:
        """There is nothing to stop."""

    async def reload(self) -> None:
        """There is nothing to reload."""

    async def counters(self) -> dict[str, float]:
        """Give the numbers of this process."""
        return metrics.sums([metrics.snapshot()])


def is_http(place: Listener) -> bool:
    """Tell whether a door stays open while the server does not serve mail: remote sessions come through it."""
    return place.protocol in {"http", "https"}


def changed(open_now: Iterable[Listener], wanted: Sequence[Listener]) -> tuple[list[Listener], list[Listener]]:
    """Tell which places have to be opened, and which open ones are not wanted any more."""
    here = list(open_now)
    return [place for place in wanted if place not in here], [place for place in here if place not in wanted]


def opened(places: Sequence[Listener], *, shared: bool = False) -> list[tuple[Listener, socket.socket]]:
    """Open all places or none; raises ConfigurationError for one that can't be."""
    found: list[tuple[Listener, socket.socket]] = []
    try:
        found.extend((place, open_socket(place, shared=shared)) for place in places)
    except BaseException:
        for _, accepting in found:
            accepting.close()
        raise
    return found


def written(place: Listener) -> Message:
    """Write a listener for the line."""
    return {
        "protocol": place.protocol,
        "address": place.address,
        "port": place.port,
        "path": place.path,
        "tls": place.tls.value,
        "certificate": place.certificate,
    }


def read(place: Message) -> Listener:
    """Read what `written` wrote."""
    where = place["protocol"], place["address"], place["port"], place["path"]
    return Listener(*where, Encrypted(place["tls"]), certificate=place["certificate"])
