"""A client that reads large bodies slowly, over a real socket, from a server that has much else to do, gets every octet."""

from __future__ import annotations

import asyncio
import socket
import time
from pathlib import Path

import pytest

from soak.here import here
from soak.wire import closed, deliver

BODY = b"0123456789abcdef" * 4 + b"\r\n"
COUNT = 3


async def hog() -> None:
    """Take the loop away from everybody else, again and again."""
    while True:
        time.sleep(0.002)  # noqa: ASYNC251 - that is the point
        await asyncio.sleep(0)


@pytest.mark.long
async def test_whoever_reads_slowly_from_a_busy_server_gets_every_octet(tmp_path: Path) -> None:
    letter = b"Subject: large\r\n\r\n" + BODY * 12_000  # in a segment, read in pieces
    async with here(tmp_path) as place:
        for _ in range(COUNT):
            await deliver(place.smtp, place.hello, place.address, letter)
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.setblocking(False)
        await asyncio.get_running_loop().sock_connect(client, ("127.0.0.1", place.imap))
        reader, writer = await asyncio.open_connection(sock=client, limit=1024)
        busy = asyncio.create_task(hog())
        try:
            writer.write(f"a LOGIN {place.address} {place.password}\r\nb SELECT INBOX\r\nc FETCH 1:* BODY.PEEK[]\r\nd LOGOUT\r\n".encode())
            heard = bytearray()
            while data := await reader.read(16_384):
                heard += data
        finally:
            busy.cancel()
            await closed(writer)
        assert heard.count(letter + b")\r\n") == COUNT
        assert b"\r\nd OK" in heard
