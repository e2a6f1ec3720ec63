"""Sending to a server that none of us wrote, aiosmtpd, and to some that nobody should meet."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope
from aiosmtpd.smtp import Session as SMTPSession

from certificates import made
from delivery.outgoing import MESSAGE, QUICK, queued, remote
from postroom.delivery.outcome import Outcome, State
from postroom.delivery.routing import Route, Security
from postroom.delivery.sessions import WAITS, Patience
from postroom.formats.smtpclient import Login
from postroom.network.tls import CertificateFiles, server_context
from serving import serving
from store import House, opened

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd", "ignore:Requiring AUTH while not requiring TLS:UserWarning")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path) as house:
        yield house


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> CertificateFiles:
    return made(tmp_path_factory.mktemp("certificate") / "peer.pem", "mx.example.net")


class Box:
    """What aiosmtpd was given; refuses who is called refused."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(self, server: SMTP, session: SMTPSession, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802 - its name for it
        if address.startswith("refused"):
            return "550 5.1.1 not here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: SMTPSession, envelope: Envelope) -> str:  # noqa: N802 - likewise
        self.envelopes.append(envelope)
        return "250 2.0.0 taken"


async def against(house: House, port: int, *recipients: str, route: Route | None = None, **job: Any) -> list[Outcome]:
    sending = remote(house, port=port, routes=lambda _: route)
    try:
        return await sending.send(await queued(house, *recipients, **job))
    finally:
        await sending.close()


@pytest.mark.parametrize("message", [MESSAGE, MESSAGE + b"line\r\n.\r\n" * 40_000], ids=["small", "large"])
@pytest.mark.parametrize("encrypted", [False, True])
async def test_aiosmtpd_takes_our_mail(house: House, files: CertificateFiles, message: bytes, encrypted: bool) -> None:
    box = Box()
    context = server_context(files) if encrypted else None
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(box, enable_SMTPUTF8=True, tls_context=context, require_starttls=encrypted), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        outcomes = await against(house, port, "b@example.net", "refused@example.net", "c@example.net", message=message)
    assert [(outcome.state, outcome.code) for outcome in outcomes] == [(State.SENT, 250), (State.FAILED, 550), (State.SENT, 250)]
    [envelope] = box.envelopes
    assert envelope.rcpt_tos == ["b@example.net", "c@example.net"]
    assert envelope.content == message


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
async def test_aiosmtpd_lets_us_in(house: House, files: CertificateFiles, mechanism: str) -> None:
    box = Box()

    def check(server: SMTP, session: SMTPSession, envelope: Envelope, how: str, data: Any) -> AuthResult:
        return AuthResult(success=(how, data.login, data.password) == (mechanism, b"alice", b"secret"), handled=False)

    def made_server() -> SMTP:
        return SMTP(box, authenticator=check, auth_required=True, tls_context=server_context(files), require_starttls=True)

    async with await asyncio.get_running_loop().create_server(made_server, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        for password, state, enhanced in (("secret", State.SENT, "2.0.0"), ("wrong", State.WAITING, "4.7.8")):
            route = Route("127.0.0.1", port, Security.REQUIRED, login=Login("alice", password, mechanism))
            [outcome] = await against(house, port, route=route)
            assert (outcome.state, outcome.enhanced) == (state, enhanced), outcome
    assert len(box.envelopes) == 1


HELLO = b"220 peer\r\n"
NASTY = {
    "an endless greeting": b"220-hello\r\n" * 100_000,
    "a greeting without line end": b"2" * 1_000_000,
    "another protocol": b"* OK IMAP4rev1 ready\r\n",
    "nothing but zeros": b"\0" * 100_000,
    "all answers at once": HELLO + b"250-x\r\n250 PIPELINING\r\n250 ok\r\n250 ok\r\n354 go\r\n250 done\r\n",
    "all answers at once, line by line": HELLO + b"250 x\r\n250 ok\r\n250 ok\r\n354 go\r\n250 done\r\n",
    "an endless answer to EHLO": HELLO + b"250-more\r\n" * 100_000,
    "two codes in one reply": HELLO + b"250-x\r\n550 y\r\n",
    "a code of none": HELLO + b"777 lucky\r\n",
}


@pytest.mark.parametrize("said", NASTY.values(), ids=NASTY)
async def test_a_server_out_of_its_senses_costs_a_try_and_no_more(house: House, said: bytes) -> None:
    """Whatever comes unasked is never taken for the answer to something."""
    heard = b""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal heard
        writer.write(said)
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                heard += data
        writer.transport.abort()

    async with serving(serve) as port:
        [outcome] = await against(house, port)
    assert (outcome.state, outcome.destination_down) == (State.WAITING, True)
    assert outcome.text.isprintable()
    assert len(outcome.text) < 500
    assert b"Hello" not in heard


async def test_an_answer_that_trickles_in_for_ever_is_cut_at_its_time(house: House) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(10_000):
            if writer.transport.is_closing():
                break
            writer.write(b"220-")
            await asyncio.sleep(0.005)
        writer.transport.abort()

    patience = Patience(connect=2, handshake=2, waits=dict.fromkeys(WAITS, 0.1), idle=1)
    async with serving(serve) as port:
        sending = remote(house, port=port, patience=patience)
        [outcome] = await sending.send(await queued(house))
    assert outcome.state is State.WAITING
    assert "its greeting" in outcome.text


async def test_a_try_that_is_called_off_cuts_its_connection(house: House) -> None:
    begun, over = asyncio.Event(), asyncio.Event()
    heard = b""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal heard
        writer.write(HELLO)
        await reader.readline()
        writer.write(b"250 peer\r\n")
        await reader.readline()
        begun.set()
        heard = await reader.read()
        over.set()
        writer.transport.abort()

    async with serving(serve) as port, asyncio.timeout(10):
        sending = remote(house, port=port, patience=QUICK)
        job = await queued(house)
        trying = asyncio.create_task(sending.send(job))
        await begun.wait()
        trying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await trying
        await over.wait()
    assert heard == b""
