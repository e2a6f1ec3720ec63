"""The copy of a message that leaves: read from the store in pieces, made 7-bit and signed when it is ours, never changed when others signed it.

What is stored stays as it is. A message up to 256 KB is held; a larger one is read, encoded and sent in pieces of 128 KB, once for the
signature and once for the server, so memory does not grow with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from postroom.errors import Unavailable
from postroom.formats import headers
from postroom.formats.mime import Scanner
from postroom.formats.mime.sevenbit import Encoder, Fitness, Plan, Span, fit, make_plan
from postroom.formats.smtpclient.octets import Octets

if TYPE_CHECKING:
    from postroom.delivery.outcome import Job
    from postroom.storage.blobs import Blobs
    from postroom.storage.database import Database

HELD: Final = 256 * 1024
PIECE: Final = 128 * 1024
SIGNATURES: Final = ("DKIM-Signature", "ARC-Message-Signature", "DomainKey-Signature")

Sign = Callable[[str, bytes, AsyncIterator[bytes]], Awaitable[bytes]]
"""Makes the DKIM-Signature fields, whole lines, for a domain: given the header with its empty line and the body in pieces, all with CRLF.

It need not read the body to its end. b"" leaves the message unsigned; raises Unavailable when there is no signing now.
"""

_SELECT: Final = "SELECT c.size, c.header_size, c.blob, b.data FROM content AS c LEFT JOIN body AS b ON b.content_id = c.id WHERE c.id = ?"


@dataclass(frozen=True, slots=True)
class Source:
    """A stored message, `held` when it is small."""

    size: int
    header_size: int
    held: bytes | None
    blob: str
    blobs: Blobs

    async def read(self, start: int, length: int) -> bytes:
        """Read octets; raises Unavailable when they are not all there."""
        if self.held is not None:
            return self.held[start : start + length]
        data = await self.blobs.read(self.blob, start, length)
        if len(data) != length:
            raise Unavailable(f"{self.blob} is shorter than its message")
        return data

    async def pieces(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Read a span in pieces."""
        for at in range(start, end, PIECE):
            yield await self.read(at, min(PIECE, end - at))


@dataclass(frozen=True, slots=True)
class Copy:
    """What leaves: `top` (the signatures, and a header that had to change), then the plan's octets.

    `whole` is all of it when it is small. `eightbit` tells of octets beyond ASCII, None when nobody has looked; `utf8` of such in the header.
    `foreign` tells that somebody else has signed it.
    """

    source: Source
    top: bytes
    plan: Plan
    whole: bytes | None
    size: int
    eightbit: bool | None
    utf8: bool
    foreign: bool

    async def pieces(self) -> AsyncIterator[bytes]:
        """Give all of it in pieces; raises Unavailable."""
        if self.whole is not None:
            yield self.whole
            return
        if self.top:
            yield self.top
        async for piece in _written(self.source, self.plan):
            yield piece


class Copies:
    """Makes the copies that leave; raises Unavailable, and BareLineEnd for others' mail that may not go on (SMTP smuggling)."""

    def __init__(self, database: Database, blobs: Blobs, sign: Sign | None) -> None:
        self._database = database
        self._blobs = blobs
        self._sign = sign

    async def make(self, job: Job) -> Copy:
        """Make the copy for a job: 7-bit and signed when it is ours, else as it is stored."""
        source = await self._source(job)
        if job.signature is not None and source.held is not None:
            whole = job.signature + source.held
            return Copy(source, b"", (), whole, len(whole), eightbit=False, utf8=False, foreign=False)
        if job.sign:
            return await self._ours(source, job.sign)
        header = await source.read(0, source.header_size)
        foreign = any(headers.find(header, name) is not None for name in SIGNATURES)
        if source.held is not None:
            Octets().pass_on(source.held)
        eightbit = None if source.held is None else not source.held.isascii()
        plan: Plan = (Span(0, source.size, raw=True),)
        return Copy(source, b"", plan, source.held, source.size, eightbit, not header.isascii(), foreign)

    async def sevenbit(self, copy: Copy) -> Copy:
        """Make a copy of other people's mail fit for a server that takes 7 bits only; one that is signed stays as it is, but is looked at."""
        if copy.foreign:
            eightbit = False
            async for piece in copy.pieces():
                eightbit = eightbit or not piece.isascii()
            return Copy(copy.source, copy.top, copy.plan, copy.whole, copy.size, eightbit, copy.utf8, foreign=True)
        return await self._ours(copy.source, "")

    async def _source(self, job: Job) -> Source:
        if job.message is not None:
            header_size, data = job.message
            return Source(len(data), header_size, data, "", self._blobs)
        rows = await self._database.read(job.shard, _SELECT, (job.content_id,))
        if not rows:
            raise Unavailable(f"content {job.content_id} is not there")
        size, header_size, blob, data = rows[0]
        if data is None and size <= HELD:
            data = await self._blobs.read(blob, 0, size)
            if len(data) != size:
                raise Unavailable(f"{blob} is shorter than its message")
        return Source(size, header_size, data, blob or "", self._blobs)

    async def _ours(self, source: Source, domain: str) -> Copy:
        header, plan = await _converted(source)
        if source.held is None:
            return await self._signed_in_pieces(source, domain, header, plan)
        body = source.held[source.header_size :] if plan is _UNCHANGED else b"".join(_encoded(source.held, plan))
        signature = await self._sign(domain, header, _once(body)) if domain and self._sign else b""
        whole = b"".join((signature, header, body))
        return Copy(source, b"", (), whole, len(whole), not whole.isascii(), not header.isascii(), foreign=False)

    async def _signed_in_pieces(self, source: Source, domain: str, header: bytes, plan: Plan) -> Copy:
        measure = _Measure()
        body = measure.passing(_written(source, plan))
        signature = await self._sign(domain, header, body) if domain and self._sign else b""
        async for _ in body:  # what the signer had no need of is measured too
            pass
        top = signature + header
        eightbit = measure.eightbit or not top.isascii()
        return Copy(source, top, plan, None, len(top) + measure.size, eightbit, not header.isascii(), foreign=False)


async def signature_of(message: bytes, header_size: int, domain: str, sign: Sign) -> bytes | None:
    """Sign a message that comes, if it can leave as it is; None: it is signed when it leaves.

    Once for all destinations and tries, and by the worker that took it. Raises Unavailable.
    """
    if not fit(message) or not message.startswith(b"\r\n\r\n", header_size - 4):
        return None
    return await sign(domain, message[:header_size], _once(message[header_size:]))


class _Measure:
    """What a body comes to while others read it."""

    def __init__(self) -> None:
        self.size = 0
        self.eightbit = False

    async def passing(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        async for piece in pieces:
            self.size += len(piece)
            self.eightbit = self.eightbit or not piece.isascii()
            yield piece


_UNCHANGED: Plan = ()


async def _converted(source: Source) -> tuple[bytes, Plan]:
    """Give the header, ended by its empty line, and the plan of the body: _UNCHANGED for a held message that is fit as it is."""
    plan = _plan_held(source.held) if source.held is not None else await _plan_large(source)
    if plan and isinstance(plan[0], bytes):
        header, body = plan[0], plan[1:]
    else:
        header = await source.read(0, source.header_size)
        if plan:
            first = plan[0]
            assert isinstance(first, Span)
            header, body = b"".join(_encoded(header, (Span(0, source.header_size),))), (Span(source.header_size, first.end), *plan[1:])
        else:
            body = _UNCHANGED
    if not header.endswith(b"\r\n\r\n") and header != b"\r\n":
        header += b"\r\n" if header.endswith(b"\r\n") or not header else b"\r\n\r\n"
    return header, body


def _plan_held(message: bytes) -> Plan:
    if fit(message):
        return _UNCHANGED
    scanner = Scanner()
    scanner.feed(message)
    structure = scanner.finish()

    def read(start: int, length: int) -> bytes:
        return message[start : start + length]

    return make_plan(structure, read, lambda part: not fit(message[part.body : part.end])) or (Span(0, len(message)),)


async def _plan_large(source: Source) -> Plan:
    """Look at a large message once; where it is not fit its parts are read in a thread, since there may be a thousand."""
    scanner, fitness = Scanner(), Fitness()
    async for piece in source.pieces(0, source.size):
        scanner.feed(piece)
        fitness.feed(piece)
    structure = scanner.finish()
    whole = (Span(0, source.size),)
    if not fitness.stretches:
        return whole
    loop = asyncio.get_running_loop()

    def read(start: int, length: int) -> bytes:
        return asyncio.run_coroutine_threadsafe(source.read(start, length), loop).result()

    return await asyncio.to_thread(make_plan, structure, read, fitness.unfit) or whole


def _encoded(message: bytes, plan: Plan) -> list[bytes]:
    return [piece if isinstance(piece, bytes) else Encoder(piece).feed(message[piece.start : piece.end], final=True) for piece in plan]


async def _written(source: Source, plan: Plan) -> AsyncIterator[bytes]:
    """Read what a plan names, and encode it piece by piece."""
    for span in plan:
        if isinstance(span, bytes):
            yield span
            continue
        encoder = Encoder(span)
        async for piece in source.pieces(span.start, span.end):
            if written := encoder.feed(piece):
                yield written
        if written := encoder.feed(b"", final=True):
            yield written


async def _once(body: bytes) -> AsyncIterator[bytes]:
    yield body
