"""A TCP server for one test, whose conversations end with it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from ssl import SSLContext

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(talk: Talk, tls: SSLContext | None = None) -> AsyncIterator[int]:
    """Serve `talk` on 127.0.0.1; gives the port.

    Conversations still open at the end are called off and waited for; one that failed fails the test. (A coroutine given to
    asyncio.start_server itself is reported as an error when it is cancelled, until Python 3.12.)
    """
    talks: list[asyncio.Task[None]] = []

    async def talked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(lambda reader, writer: talks.append(asyncio.create_task(talked(reader, writer))), "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in talks:
            task.cancel()
        ends = await asyncio.gather(*talks, return_exceptions=True)
    for end in ends:
        if isinstance(end, Exception):
            raise end
