"""The events of the server itself: backups, and errors in the log (events.md 3.13 and 3.14)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from directory.workers import CHEAP
from postroom import events, log
from postroom.errors import PostroomError
from postroom.events import BackupCompleted, BackupFailed, Error, Event, Events, Result, error_of
from postroom.runtime.config import Configuration
from postroom.runtime.house import House
from postroom.runtime.orders import backup


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = await House.enter(Configuration(data=tmp_path / "data", logs=tmp_path / "logs", pins=CHEAP))
    yield made
    await made.close()


async def test_events_3_13_a_backup_that_was_made_is_told_and_one_that_failed_with_its_reason(house: House, tmp_path: Path) -> None:
    heard: list[Event] = []

    async def hear(event: Event) -> None:
        heard.append(event)

    house.directory.events.subscribe(hear, ["OnBackupCompleted", "OnBackupFailed"])
    made = await backup.create(house, lambda *_: None)
    await house.directory.events.settled()
    assert heard == [BackupCompleted()]
    (tmp_path / "a file").write_text("no folder")
    with pytest.raises((PostroomError, OSError)) as refused:
        await backup.create(house, lambda *_: None, folder=str(tmp_path / "a file"))
    await house.directory.domains.add("example.test")
    await house.directory.accounts.add("alice@example.test", "secret-1")
    with pytest.raises(PostroomError) as missing:
        await backup.restore(house, lambda *_: None, path=made["path"], address="nobody@elsewhere.test", into="alice@example.test")
    await house.directory.events.settled()
    assert heard[1:] == [BackupFailed(str(refused.value)), BackupFailed(str(missing.value))]


class Heard:
    """A handler of OnError."""

    def __init__(self) -> None:
        self.found: list[Error] = []
        self.events = Events()
        self.came = asyncio.Event()
        self.errs = False

    async def __call__(self, event: Any) -> Result | None:
        self.found.append(event)
        self.came.set()
        if self.errs:
            log.get_logger("storage").warning("storage-trouble", reason="again")
            await asyncio.to_thread(log.get_logger("storage").warning, "storage-trouble", reason="from a thread")
            raise RuntimeError("the handler is broken, too")
        return None

    async def settled(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)
            await self.events.settled()


async def test_events_3_14_errors_are_told_with_severity_number_source_and_text() -> None:
    heard = Heard()
    heard.events.subscribe(heard, ["OnError"])
    logger = log.get_logger("storage")
    logger.warning("storage-trouble", reason="the disk\r\nis full", shard=1)
    logger.warning("login-refused", reason="wrong password")
    logger.info("space-freed", bytes=1)
    log.get_logger("script").error("chore-failed", reason="no error of the server")
    await heard.settled()
    [event] = heard.found
    assert (event.severity, event.source, event.description) == (1, "storage::storage-trouble", "reason=the disk\r\nis full, shard=1")
    assert 100_000 <= event.code < 1_000_000
    heard.events.subscribe(heard, [])
    logger.warning("storage-trouble", reason="nobody listens")
    await heard.settled()
    assert len(heard.found) == 1


async def test_events_3_14_an_error_while_an_error_is_handled_is_not_told() -> None:
    heard = Heard()
    heard.errs = True
    heard.events.subscribe(heard, ["OnError"])
    log.get_logger("storage").warning("storage-trouble", reason="first")
    await heard.settled()
    assert [event.description for event in heard.found] == ["reason=first"]
    log.get_logger("storage").warning("storage-trouble", reason="second")
    await heard.settled()
    assert [event.description for event in heard.found] == ["reason=first", "reason=second"], "the guard ends with its handler"
    heard.events.subscribe(heard, [])


async def test_events_3_14_errors_of_threads_are_told() -> None:
    heard = Heard()
    heard.events.subscribe(heard, ["OnError"])
    thread = threading.Thread(target=log.get_logger("storage").warning, args=("storage-trouble",), kwargs={"reason": "x"})
    thread.start()
    async with asyncio.timeout(20):
        await heard.came.wait()
    thread.join()
    assert heard.found[0].description == "reason=x"
    heard.events.subscribe(heard, [])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"event": "unhandled-exception", "level": "error", "protocol": "smtp", "exception": "Traceback ...\nKeyError: 'x'"}, (2, "KeyError: 'x'")),
        ({"event": "script-unloadable", "level": "error", "protocol": "script", "code": "HM5016", "reason": "x"}, (2, "code=HM5016, reason=x")),
        ({"event": "library-message", "level": "warning", "protocol": "python", "text": "x"}, (4, "text=x")),
        ({"event": "library-message", "level": "info", "protocol": "python", "text": "x"}, None),
        ({"event": "script-lost", "level": "error", "protocol": "script", "reason": "x"}, None),
        ({"event": "login", "level": "info", "protocol": "imap"}, None),
    ],
)
def test_events_3_14_which_lines_are_errors(line: dict[str, Any], expected: tuple[int, str] | None) -> None:
    found = error_of(line)
    assert (found and (found.severity, found.description)) == expected
    assert found is None or (found.code == 5016) == ("code" in line)


def test_every_severity_is_of_an_event_of_the_log() -> None:
    assert set(events.SEVERITIES) <= set(log.EVENTS)


async def test_an_event_is_for_the_handlers_of_its_trigger_and_the_first_decision_counts() -> None:
    fired = Events()
    said: list[str] = []

    def handler(name: str, value: int) -> Any:
        async def handle(_: Event) -> Result:
            said.append(name)
            return Result(value)

        return handle

    fired.subscribe(handler("first", 0), ["OnHELO"])
    fired.subscribe(handler("second", 2), ["OnHELO", "OnDeliveryStart"])
    fired.subscribe(third := handler("third", 1), ["OnHELO"])
    assert fired.active == {"OnHELO", "OnDeliveryStart"}
    assert fired.delivering
    assert await fired.fire(events.HELO(events.Client())) == Result(2)
    assert said == ["first", "second"]
    fired.subscribe(third, [])
    assert await fired.fire(events.ClientConnect(events.Client())) == Result()


async def test_what_nobody_waits_for_is_bounded() -> None:
    fired, over = Events(), asyncio.Event()

    async def wait(_: Event) -> None:
        await over.wait()

    fired.subscribe(wait, ["OnBackupCompleted"])
    for _ in range(events.MOST_TOLD + 10):
        fired.tell(BackupCompleted())
    assert len(fired._told) == events.MOST_TOLD
    over.set()
    await fired.settled()
    assert not fired._told
