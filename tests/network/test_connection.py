"""Connections over loopback sockets, on the standard loop and on uvloop."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from network.house import Diaries, House, Opening
from postroom.network.admission import Seats
from postroom.network.connection import FOREVER, Bounds, Connection
from postroom.network.connections import Connections, base32
from postroom.network.endpoint import Endpoint

PIECE = b"x" * 65536


async def test_a_session_is_opened_fed_and_lost(house: Opening) -> None:
    place = await house()
    reader, writer = await place.client()
    assert await reader.readline() == b"hello\r\n"
    writer.write(b"ECHO one\r\n")
    assert await reader.readline() == b"one\r\n"
    writer.write(b"QUIT\r\n")
    assert await reader.read() == b"bye\r\n"
    [diary] = place.diaries
    await diary.over.wait()
    assert diary.entries == ["opened", "received", "received", "lost"]
    assert diary.connection.peer == Endpoint("127.0.0.1", writer.get_extra_info("sockname")[1])
    assert diary.connection.local == Endpoint("127.0.0.1", place.port)
    assert diary.connection.tls is None
    assert len(place.connections) == 0


async def test_a_peer_that_goes_away_is_told_to_the_session(house: Opening) -> None:
    place = await house()
    reader, writer = await place.client()
    await reader.readline()
    writer.transport.abort()
    await place.diaries[0].over.wait()
    assert place.diaries[0].entries == ["opened", "lost"]


async def test_after_the_end_write_and_close_do_nothing(house: Opening) -> None:
    place = await house()
    reader, _ = await place.client()
    await reader.readline()
    connection = place.diaries[0].connection
    connection.close()
    await place.diaries[0].over.wait()
    connection.write(b"late")
    connection.pause_reading()
    connection.resume_reading()
    connection.close()
    connection.abort()
    connection.stopping()
    with pytest.raises(ConnectionError):
        await connection.drained()
    assert await reader.read() == b""
    assert place.diaries[0].entries == ["opened", "lost"]


async def test_a_silent_peer_is_timed_out_with_the_sessions_words(house: Opening) -> None:
    place = await house()
    reader, _ = await place.client()
    await reader.readline()
    place.pass_time(59)
    assert place.diaries[0].entries == ["opened"]
    place.pass_time(2)
    assert await reader.read() == b"421 timeout\r\n"
    await place.diaries[0].over.wait()
    assert place.diaries[0].entries == ["opened", "timed out", "lost"]


async def test_each_arrival_restarts_the_idle_time(house: Opening) -> None:
    place = await house()
    reader, writer = await place.client()
    await reader.readline()
    for _ in range(3):
        place.pass_time(50)
        writer.write(b"ECHO x\r\n")
        await reader.readline()
    assert "timed out" not in place.diaries[0].entries


async def test_a_session_that_does_not_close_when_timed_out_is_cut(house: Opening) -> None:
    place = await house(diaries=Diaries(stubborn=True))
    reader, writer = await place.client()
    await reader.readline()
    place.pass_time(61)
    writer.write(b"ECHO still here\r\n")
    await reader.readline()
    place.pass_time(16)
    await place.diaries[0].over.wait()
    assert place.diaries[0].entries == ["opened", "timed out", "received", "lost"]


async def test_a_session_may_answer_a_time_out_with_a_new_time(house: Opening) -> None:
    place = await house(diaries=Diaries(stubborn=True))
    reader, _ = await place.client()
    await reader.readline()
    place.pass_time(61)
    place.diaries[0].connection.expect(100)
    place.pass_time(90)
    assert place.diaries[0].entries == ["opened", "timed out"]
    place.pass_time(11)
    assert place.diaries[0].entries == ["opened", "timed out", "timed out"]


async def test_the_whole_stay_is_bounded_however_lively_the_peer(house: Opening) -> None:
    place = await house(bounds=Bounds(session=200))
    reader, writer = await place.client()
    await reader.readline()
    for _ in range(4):
        place.pass_time(49)
        writer.write(b"ECHO x\r\n")
        await reader.readline()
    place.pass_time(5)
    assert await reader.read() == b"421 timeout\r\n"


async def test_a_new_idle_time_does_not_extend_the_whole_stay(house: Opening) -> None:
    place = await house(diaries=Diaries(stubborn=True), bounds=Bounds(session=50))
    reader, _ = await place.client()
    await reader.readline()
    place.pass_time(51)
    place.diaries[0].connection.expect(FOREVER)
    place.pass_time(16)
    await place.diaries[0].over.wait()
    assert place.diaries[0].entries == ["opened", "timed out", "lost"]


async def test_a_slow_reader_is_cut_when_too_much_is_buffered(house: Opening) -> None:
    place = await house(bounds=Bounds(output=4 * 1024 * 1024))
    reader, _ = await place.client(limit=1024)
    await reader.readline()
    connection = place.diaries[0].connection
    for _ in range(1000):  # 64 MB, far more than the kernel's buffers and the bound
        connection.write(PIECE)
        await asyncio.sleep(0)
        if place.diaries[0].over.is_set():
            break
    assert place.diaries[0].entries == ["opened", "lost"]


async def test_one_write_over_the_bound_is_cut_as_well(house: Opening) -> None:
    place = await house(bounds=Bounds(output=1024 * 1024))
    reader, _ = await place.client(limit=1024)
    await reader.readline()
    place.diaries[0].connection.write(PIECE * 640)
    await place.diaries[0].over.wait()


async def test_drained_waits_for_the_reader(house: Opening) -> None:
    place = await house()
    reader, _ = await place.client(limit=1024)
    await reader.readline()
    connection = place.diaries[0].connection
    written = 0

    async def stream() -> None:
        nonlocal written
        for _ in range(320):
            connection.write(PIECE)
            written += len(PIECE)
            await connection.drained()
        connection.close()

    task = asyncio.create_task(stream())
    got = 0
    most = 0
    while data := await reader.read(1 << 20):
        got += len(data)
        most = max(most, connection._transport.get_write_buffer_size())
    await task
    assert got == written == 320 * len(PIECE)
    assert most < 1024 * 1024


async def sent(connection: Connection, pieces: int) -> None:
    """Send so many pieces, waiting for the peer as a session does, then close."""
    for _ in range(pieces):
        connection.write(PIECE)
        await connection.drained()
    connection.close()


async def narrow(place: House) -> tuple[asyncio.StreamReader, Connection]:
    """A client whose socket holds little, so that its slowness is felt at once; and the server's end."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.setblocking(False)
    await asyncio.get_running_loop().sock_connect(client, ("127.0.0.1", place.port))
    reader, writer = await asyncio.open_connection(sock=client, limit=1024)
    place.clients.append(writer)
    await reader.readline()
    connection = place.diaries[0].connection
    connection._transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    return reader, connection


async def test_who_reads_steadily_however_slowly_is_never_cut(house: Opening) -> None:
    place = await house()
    reader, connection = await narrow(place)
    task = asyncio.create_task(sent(connection, 40))
    got = step = 0
    while data := await reader.read(4096):
        got, step = got + len(data), step + len(data)
        if step >= 65536:  # half of it in the sixty seconds that a session may be silent, a whole in the fifteen of its end
            step = 0
            place.pass_time(14 if task.done() else 40)
    await task
    assert got == 40 * len(PIECE)


async def test_who_reads_so_fast_that_nobody_waits_is_not_taken_for_silent(house: Opening) -> None:
    place = await house()
    reader, _ = await place.client()
    await reader.readline()
    connection = place.diaries[0].connection
    for _ in range(10):
        connection.write(b"y" * 1000)
        await connection.drained()
        assert await reader.readexactly(1000)
        place.pass_time(40)
    assert place.diaries[0].entries == ["opened"]


async def test_who_reads_nothing_is_cut_after_its_time_and_costs_no_more_than_the_buffer(house: Opening) -> None:
    place = await house()
    _, connection = await narrow(place)
    task = asyncio.create_task(sent(connection, 4000))
    for _ in range(50):
        await asyncio.sleep(0)
    assert connection._transport.get_write_buffer_size() < 512 * 1024
    place.pass_time(61)
    place.pass_time(61)
    place.pass_time(16)
    with pytest.raises(ConnectionError):
        await task
    assert "timed out" in place.diaries[0].entries


async def test_who_waits_for_a_slow_reader_learns_of_its_end(house: Opening) -> None:
    place = await house()
    reader, writer = await place.client(limit=1024)
    await reader.readline()
    connection = place.diaries[0].connection
    connection.write(PIECE * 200)
    await asyncio.sleep(0)
    waiting = asyncio.create_task(connection.drained())
    await asyncio.sleep(0)
    assert not waiting.done()
    writer.transport.abort()
    with pytest.raises(ConnectionError):
        await waiting


async def test_a_closing_connection_whose_peer_does_not_read_is_cut(house: Opening) -> None:
    place = await house()
    reader, _ = await place.client(limit=1024)
    await reader.readline()
    connection = place.diaries[0].connection
    connection.write(PIECE * 200)
    connection.close()
    place.pass_time(14)
    await asyncio.sleep(0)
    assert "lost" not in place.diaries[0].entries
    place.pass_time(2)
    await place.diaries[0].over.wait()


async def test_a_paused_connection_takes_no_bytes(house: Opening) -> None:
    place = await house()
    reader, writer = await place.client()
    await reader.readline()
    diary = place.diaries[0]
    diary.connection.pause_reading()
    diary.connection.pause_reading()
    writer.write(b"ECHO later\r\n")
    await writer.drain()
    for _ in range(5):
        await asyncio.sleep(0)
    assert diary.got == b""
    diary.connection.resume_reading()
    assert await reader.readline() == b"later\r\n"


async def test_what_comes_gathers_for_a_moment_unless_the_peer_is_alone(house: Opening) -> None:
    place = await house()
    reader, writer = await place.client()
    await reader.readline()
    diary = place.diaries[0]
    diary.connection.gather()
    assert diary.connection._reading
    other, _ = await place.client()
    await other.readline()
    diary.connection.gather()
    assert not diary.connection._reading
    writer.write(b"ECHO later\r\n")
    assert await reader.readline() == b"later\r\n"


async def test_who_stops_reading_while_it_gathers_reads_no_more(house: Opening) -> None:
    place = await house()
    for _ in range(2):
        reader, _ = await place.client()
        await reader.readline()
    connection = place.diaries[0].connection
    connection.gather()
    timer = connection._gathering
    assert timer is not None
    connection.pause_reading()
    assert timer.cancelled()
    assert not connection._reading
    connection.gather()
    assert connection._gathering is None


async def test_a_peer_over_the_limit_gets_the_protocols_word(house: Opening) -> None:
    place = await house(admission=Seats(total=1))
    reader, _ = await place.client()
    assert await reader.readline() == b"hello\r\n"
    second, _ = await place.client()
    assert await second.read() == b"421 too many\r\n"
    assert len(place.diaries) == 1
    place.diaries[0].connection.close()
    await place.diaries[0].over.wait()
    third, _ = await place.client()
    assert await third.readline() == b"hello\r\n"


async def test_draining_tells_all_sessions_and_cuts_the_stubborn(house: Opening) -> None:
    place = await house()
    reader, _ = await place.client()
    await reader.readline()
    place.server.close()
    await place.connections.drain(5)
    assert await reader.read() == b"421 stopping\r\n"
    assert place.diaries[0].entries == ["opened", "stopping", "lost"]
    stubborn = await house(diaries=Diaries(stubborn=True))
    reader, _ = await stubborn.client()
    await reader.readline()
    await stubborn.connections.drain(0.01)
    assert stubborn.diaries[0].entries == ["opened", "stopping", "lost"]


async def test_who_connects_while_the_worker_drains_is_sent_away(house: Opening) -> None:
    place = await house()
    await place.connections.drain(0.01)
    reader, _ = await place.client()
    assert await reader.read() == b"421 too many\r\n"


async def test_the_timer_sweeps_while_somebody_is_there(house: Opening) -> None:
    place = await house()
    place.connections._period = 0.001
    reader, _ = await place.client()
    await reader.readline()
    place.clock.now += 61
    assert await reader.read() == b"421 timeout\r\n"
    await place.diaries[0].over.wait()


async def test_ids_are_short_and_never_the_same(house: Opening) -> None:
    place = await house()
    seen = set()
    for _ in range(3):
        reader, _ = await place.client()
        await reader.readline()
        seen.add(place.diaries[-1].connection.id)
    assert len(seen) == 3
    assert all(len(name) <= 10 for name in seen)
    assert Connections(worker=3)._prefix == "3"
    assert [base32(number) for number in (0, 31, 32, 1023)] == ["0", "z", "10", "zz"]


def test_seats_are_counted_by_peer_and_in_total() -> None:
    seats = Seats(total=3, each=2)
    one, other, local = Endpoint("192.0.2.1", 5), Endpoint("192.0.2.2", 5), Endpoint("127.0.0.1", 5)
    assert [seats.enter("smtp", one) for _ in range(3)] == [True, True, False]
    assert seats.enter("smtp", other)
    assert not seats.enter("smtp", local)
    seats.leave("smtp", one)
    assert seats.enter("smtp", local)
    for peer in (one, other, local):
        seats.leave("smtp", peer)
    assert seats.taken == 0
    assert seats._peers == {}


def test_an_ipv6_home_counts_as_one_peer() -> None:
    assert Endpoint("2001:db8:1:2:3:4:5:6", 1).neighbourhood == Endpoint("2001:db8:1:2::9", 1).neighbourhood
    assert Endpoint("2001:db8:1:3::9", 1).neighbourhood != Endpoint("2001:db8:1:2::9", 1).neighbourhood
    assert Endpoint("192.0.2.9", 1).neighbourhood == "192.0.2.9"


@pytest.mark.parametrize(
    ("name", "ip", "loopback", "text"),
    [
        (("127.0.0.1", 25), "127.0.0.1", True, "127.0.0.1:25"),
        (("127.9.9.9", 25), "127.9.9.9", True, "127.9.9.9:25"),
        (("::ffff:192.0.2.1", 25, 0, 0), "192.0.2.1", False, "192.0.2.1:25"),
        (("::1", 25, 0, 0), "::1", True, "[::1]:25"),
        (("2001:db8::1", 25, 0, 0), "2001:db8::1", False, "[2001:db8::1]:25"),
        ("/run/lmtp.sock", "", True, "unix"),
        (None, "", True, "unix"),
    ],
)
def test_an_endpoint_is_read_from_what_the_socket_says(name: Any, ip: str, loopback: bool, text: str) -> None:
    endpoint = Endpoint.of(name)
    assert (endpoint.ip, endpoint.loopback, str(endpoint)) == (ip, loopback, text)


async def test_a_half_closed_peer_gets_what_was_answered(house: Opening) -> None:
    place = await house()
    reader, writer = await place.client()
    await reader.readline()
    writer.write(b"ECHO last words\r\n")
    writer.write_eof()
    assert await reader.read() == b"last words\r\n"
