"""How commands reach a house: through the control socket of the running server, else in this process, under the data directory's lock."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from postroom.errors import ConfigurationError
from postroom.runtime.cli.frame import configuration

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from postroom.runtime.config import Configuration

Ask = Callable[..., Awaitable[Any]]
"""`await ask(name, arguments, progress)` has an order obeyed."""


class Bar:
    """A progress bar on a terminal; elsewhere nothing. Called as orders report: (done, whole or 0, words)."""

    def __init__(self) -> None:
        self._bars: Bars | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int, whole: int, words: str) -> None:
        """Show how far it is."""
        if not sys.stderr.isatty():
            return
        if self._bars is None or self._task is None:
            self._bars, self._task = _bars(words)
        self._bars.update(self._task, description=words, completed=done, total=whole or None)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bars is not None:
            self._bars.stop()


def _bars(words: str) -> "tuple[Bars, TaskID]":
    from rich.console import Console  # noqa: PLC0415 - rich costs 50 ms, and few commands take that long
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - likewise

    console = Console(stderr=True)
    bars = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console, transient=True)
    bars.start()
    return bars, bars.add_task(words, total=None)


def ask(file: Path | None, name: str, /, **arguments: Any) -> Any:
    """Have one order obeyed; raises PostroomError with what was refused."""

    async def one(asked: Ask) -> Any:
        with Bar() as bar:
            return await asked(name, arguments, bar)

    return asking(file, one)


def asking(file: Path | None, work: Callable[[Ask], Awaitable[Any]]) -> Any:
    """Do work that asks for several orders: `work(ask)`."""
    from postroom.runtime.loop import run  # noqa: PLC0415 - `--help` needs no loop

    config = configuration(file)

    async def whole() -> Any:
        async with house_of(config) as asked:
            return await work(asked)

    return run(whole())


@asynccontextmanager
async def house_of(config: "Configuration") -> AsyncIterator[Ask]:
    """Reach the house of a configuration; raises ConfigurationError when it has no data directory yet."""
    from postroom.runtime import control  # noqa: PLC0415 - `--help` needs no loop

    try:
        await control.order(config.data, "server.status", {})
    except control.ServerNotRunning:
        async with _entered(config) as obey:
            yield obey
        return

    yield partial(control.order, config.data)


@asynccontextmanager
async def _entered(config: "Configuration") -> AsyncIterator[Ask]:
    if not (config.data / "control.db").exists():
        raise ConfigurationError(f"{config.data} is no data directory: name its configuration with --config, or make one with `postroom init`.")
    from postroom.runtime.house import House  # noqa: PLC0415 - a command that reaches a server needs no house of its own
    from postroom.runtime.orders import Orders  # noqa: PLC0415 - likewise

    house = await House.enter(config)
    try:
        yield Orders(house).obey
    finally:
        await house.close()
