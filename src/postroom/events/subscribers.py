"""Who subscribes to which events in this process, and the asking of them."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

from postroom.events.moments import ON_DELIVER_MESSAGE, ON_DELIVERY_START, ON_ERROR, Event, Result
from postroom.events.reported import Reported
from postroom.log import get_logger, watching

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

log = get_logger("events")

MOST_DEPTH: Final = 4
"""Events within events: a handler's message has events of its own, whose handler's message has events ..., and here it ends."""

MOST_TOLD: Final = 1000
"""Events that may wait at one time without anybody waiting for them; further ones are dropped, so that a flood fills no memory."""

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
            self._watch = watching(Reported(self.tell, asyncio.get_running_loop()))
            self._watch.__enter__()
        else:
            watch, self._watch = self._watch, None
            watch.__exit__(None, None, None)
