"""Floods of commands by somebody who is logged in, or not yet: what they may cost is bounded."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest

from network.house import Clock
from network.wire import MemoryWire, SocketWire
from postroom.network.connection import Terms
from postroom.network.connections import Connections
from postroom.servers.pop3 import Door, Sessions
from postroom.servers.pop3 import maildrop as maildrops
from postroom.servers.pop3.session import BACKLOG, Session
from servers.pop3.house import Town

LOGIN = b"USER alice@example.test\r\nPASS secret-1\r\n"
LETTER = b"Subject: x\r\n" + b"X-Long: a line of a long header\r\n" * 500 + b"\r\n" + b"a line of text\r\n" * 20_000


def terms_of(town: Town) -> Terms:
    return Terms(Sessions(town.house, Door()), Connections(clock=Clock(), period=3600), "pop3")


@pytest.mark.parametrize("command", [b"TOP 1 0", b"TOP 1 20000", b"TOP 1 4294967295", b"RETR 1", b"UIDL", b"LIST"])
async def test_a_flood_of_readings_waits_for_who_does_not_read(command: bytes) -> None:
    """Ten thousand commands and a client that takes nothing: neither answers nor commands pile up, and no message is read ahead."""
    town = Town([LETTER] * 2000)
    async with SocketWire(terms_of(town), Clock()) as wire:
        wire._reader._limit = 1024  # type: ignore[attr-defined] # a client that takes little at a time
        await wire.receive()
        wire._writer.write(LOGIN + (command + b"\r\n") * 10_000)
        [connection] = wire.connections._open
        session = cast("Session", connection._session)
        most = 0
        async with asyncio.timeout(20):
            while connection.writable or most == 0:
                await asyncio.sleep(0)
                most = max(most, connection._transport.get_write_buffer_size())
        read = town.inbox.pieces_read
        for _ in range(50):
            await asyncio.sleep(0)
            most = max(most, connection._transport.get_write_buffer_size())
        assert most < 512 * 1024
        assert session.core.buffered < BACKLOG + 256 * 1024
        assert town.inbox.pieces_read <= read + 3
    assert town.log.unhandled == []


async def test_numbers_beyond_all_measure_name_no_message() -> None:
    town = Town([LETTER])
    wire = MemoryWire(terms_of(town), Clock())
    await wire.receive()
    await wire.send(LOGIN)
    await wire.receive()
    for command in (b"TOP 1 " + b"9" * 200, b"TOP " + b"9" * 200 + b" 1", b"DELE " + b"9" * 200, b"RETR 18446744073709551617", b"LIST 0"):
        await wire.send(command + b"\r\n")
        assert (await wire.receive()).startswith((b"-ERR", b"+OK"))
    assert town.log.unhandled == []


async def test_what_is_left_is_known_without_adding_it_up() -> None:
    town = Town([b"x" * size for size in range(1, 101)])
    opened = maildrops.Opened(await town.mailboxes.maildrop(1), await town.mailboxes.lock(1))  # type: ignore[arg-type] # the fakes will do
    for number in (1, 50, 100):
        opened.delete(number)
    assert (opened.count, opened.octets) == (97, 5050 - 151)
    opened.restore()
    assert (opened.count, opened.octets) == (100, 5050)


async def test_listings_of_nothing_leave_others_their_turn() -> None:
    """All messages deleted, LIST and UIDL again and again: nothing is sent that a slow client could hold up."""
    count = 20 * maildrops.RUN
    town = Town([b"x"] * count)
    wire = MemoryWire(terms_of(town), Clock())
    await wire.receive()
    await wire.send(LOGIN)
    session = cast("Session", wire.connection._session)
    while session.maildrop is None:  # noqa: ASYNC110 - the session has no event for it
        await asyncio.sleep(0)
    for number in range(1, count + 1):
        session.maildrop.delete(number)
    turn = 0

    async def others() -> None:
        nonlocal turn
        while True:
            turn += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(others())
    await wire.send(b"LIST\r\nUIDL\r\n" * 5 + b"QUIT\r\n")
    heard = b""
    while b"+OK Goodbye" not in heard and b"removed" not in heard:
        heard += await asyncio.wait_for(wire.receive(), 10)
    task.cancel()
    assert turn > 10 * count / maildrops.RUN


async def test_a_stranger_is_sent_away_after_some_errors_whatever_is_behind_them() -> None:
    town = Town(bad_commands=5)
    wire = MemoryWire(terms_of(town), Clock())
    await wire.receive()
    await wire.send(b"TOP 1 0\r\n" * 5000)
    heard = b""
    while data := await asyncio.wait_for(wire.receive(), 10):
        heard += data
    assert heard.count(b"-ERR") <= 7
