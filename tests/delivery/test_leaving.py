"""What leaves: large messages in pieces, conversion, signatures, characters beyond ASCII, and what may not leave at all."""

from __future__ import annotations

import email
import email.policy
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from delivery.outgoing import MESSAGE, queued, remote
from delivery.peer import Peer
from postroom.delivery.leaving import HELD
from postroom.delivery.outcome import State
from postroom.errors import Unavailable
from store import House, opened

GREETING = "S: 220 peer\nC: EHLO mail.example.test\n"
PIPELINING = f"{GREETING}S: 250-peer\nS: 250 PIPELINING\n"
EIGHTBIT = f"{GREETING}S: 250-peer\nS: 250-PIPELINING\nS: 250 8BITMIME\n"
TAKEN = "C: RCPT <...>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\nC.\nS: 250 done\n"
QUIT = "C: QUIT\nC$"
HEADER = b"From: a@example.test\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
WORDS = "Grüße aus Köln.\r\n.Punkt\r\n".encode()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path) as house:
        yield house


class Signer:
    """Writes down what it is given to sign."""

    def __init__(self, *, curious: bool = True) -> None:
        self.seen: list[tuple[str, bytes, bytes]] = []
        self._curious = curious

    async def __call__(self, domain: str, header: bytes, body: AsyncIterator[bytes]) -> bytes:
        octets = b"".join([piece async for piece in body]) if self._curious else b""
        self.seen.append((domain, header, octets))
        return b"DKIM-Signature: d=%b\r\n" % domain.encode()


async def sent(house: House, script: str, message: bytes, **job: object) -> bytes:
    signer = job.pop("signer", None)
    async with Peer(script) as peer:
        sending = remote(house, port=peer.port, sign=signer)
        [outcome] = await sending.send(await queued(house, message=message, **job))  # type: ignore[arg-type] # the caller's words
        assert outcome.state is State.SENT, outcome
        await sending.close()
    return peer.messages[0]


@pytest.mark.parametrize("lines", [10, HELD // 20])
@pytest.mark.parametrize("curious", [True, False])
async def test_ours_is_made_7_bit_then_signed_then_sent_as_it_was_signed(house: House, lines: int, curious: bool) -> None:
    message, signer = HEADER + WORDS * lines, Signer(curious=curious)
    arrived = await sent(
        house,
        f"{GREETING}S: 250-peer\nS: 250-SIZE\nS: 250-PIPELINING\nS: 250 8BITMIME\nC: MAIL FROM:<a@example.test> SIZE=<...>\n{TAKEN}{QUIT}",
        message,
        sign="example.test",
        signer=signer,
    )
    [(domain, header, body)] = signer.seen
    assert domain == "example.test"
    assert arrived.isascii()
    assert arrived.startswith(b"DKIM-Signature: d=example.test\r\n" + header)
    if curious:
        assert arrived == b"DKIM-Signature: d=example.test\r\n" + header + body
    assert email.message_from_bytes(arrived, policy=email.policy.SMTP).get_content().encode() == WORDS * lines


@pytest.mark.parametrize("lines", [10, HELD // 20])
async def test_the_size_announced_is_that_of_what_leaves(house: House, lines: int) -> None:
    message = HEADER + WORDS * lines
    first = await sent(house, f"{PIPELINING}C: MAIL FROM:<a@example.test>\n{TAKEN}{QUIT}", message, sign="example.test", signer=Signer())
    sized = f"{GREETING}S: 250-peer\nS: 250-PIPELINING\nS: 250 SIZE\nC: MAIL FROM:<a@example.test> SIZE={len(first)}\n{TAKEN}{QUIT}"
    assert await sent(house, sized, message, sign="example.test", signer=Signer()) == first


async def test_ours_goes_unsigned_where_there_is_no_signer(house: House) -> None:
    assert await sent(house, f"{PIPELINING}C: MAIL <...>\n{TAKEN}{QUIT}", MESSAGE, sign="example.test") == MESSAGE


async def test_a_signer_without_its_keys_lets_the_message_wait(house: House) -> None:
    async def sign(domain: str, header: bytes, body: AsyncIterator[bytes]) -> bytes:
        raise Unavailable("the keys are locked away")

    [outcome] = await remote(house, sign=sign).send(await queued(house, sign="example.test"))
    assert (outcome.state, outcome.enhanced) == (State.WAITING, "4.3.0")
    assert "locked away" in outcome.text


@pytest.mark.parametrize("lines", [10, HELD // 20])
async def test_others_mail_leaves_as_it_is(house: House, lines: int) -> None:
    message = b"DKIM-Signature: d=else.example\r\n" + HEADER + WORDS * lines
    assert await sent(house, f"{EIGHTBIT}C: MAIL FROM:<a@example.test> BODY=8BITMIME\n{TAKEN}{QUIT}", message) == message


@pytest.mark.parametrize("lines", [10, HELD // 20])
async def test_others_signed_mail_is_returned_where_8_bits_are_too_many(house: House, lines: int) -> None:
    message = b"DKIM-Signature: d=else.example\r\n" + HEADER + WORDS * lines
    async with Peer(f"{PIPELINING}{QUIT}") as peer:
        sending = remote(house, port=peer.port)
        [outcome] = await sending.send(await queued(house, message=message))
        await sending.close()
    assert (outcome.state, outcome.enhanced) == (State.FAILED, "5.6.3")


@pytest.mark.parametrize("lines", [10, HELD // 20])
async def test_others_unsigned_mail_is_converted_where_8_bits_are_too_many(house: House, lines: int) -> None:
    arrived = await sent(house, f"{PIPELINING}C: MAIL FROM:<a@example.test>\n{TAKEN}{QUIT}", HEADER + WORDS * lines)
    assert arrived.isascii()
    assert email.message_from_bytes(arrived, policy=email.policy.SMTP).get_content().encode() == WORDS * lines


async def test_a_large_7_bit_message_of_others_is_looked_at_before_it_is_returned(house: House) -> None:
    message = b"DKIM-Signature: d=else.example\r\n" + MESSAGE + b"line\r\n" * HELD
    assert await sent(house, f"{PIPELINING}C: MAIL FROM:<a@example.test>\n{TAKEN}{QUIT}", message) == message


@pytest.mark.parametrize("pipelining", ["S: 250-PIPELINING\n", ""])
async def test_a_large_message_goes_in_chunks(house: House, pipelining: str) -> None:
    message = MESSAGE + b"line\r\n" * 60_000
    chunks = "C#\n" * 2
    answers = "S: 250 taken\n" * 2
    head = "C: MAIL <...>\nC: RCPT <...>\nS: 250 ok\nS: 250 ok\n" if pipelining else "C: MAIL <...>\nS: 250 ok\nC: RCPT <...>\nS: 250 ok\n"
    body = f"{chunks}C# LAST\n{answers}" if pipelining else "C#\nS: 250 taken\n" * 2 + "C# LAST\n"
    assert (
        await sent(house, f"{GREETING}S: 250-peer\nS: 250-8BITMIME\n{pipelining}S: 250 CHUNKING\n{head}{body}S: 250 done\n{QUIT}", message) == message
    )


async def test_a_chunk_refused_ends_the_message(house: House) -> None:
    begun = "C: MAIL <...>\nS: 250 ok\nC: RCPT <...>\nS: 250 ok\nC#\nS: 250 ok\n"
    script = f"{GREETING}S: 250-peer\nS: 250-8BITMIME\nS: 250 CHUNKING\n{begun}C#\nS: 552 5.3.4 too big\n{QUIT}"
    async with Peer(script) as peer:
        sending = remote(house, port=peer.port)
        [outcome] = await sending.send(await queued(house, message=MESSAGE + b"line\r\n" * 60_000))
        await sending.close()
    assert (outcome.state, outcome.code, outcome.enhanced) == (State.FAILED, 552, "5.3.4")


async def test_words_said_before_hanging_up_in_the_midst_are_heard(house: House) -> None:
    script = f"{PIPELINING}C: MAIL <...>\nC: RCPT <...>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\nS: 552 5.3.4 too big\n! drop"
    async with Peer(script) as peer:
        [outcome] = await remote(house, port=peer.port).send(await queued(house, message=MESSAGE + b"line\r\n" * 3_000_000))
    assert outcome.state in {State.FAILED, State.WAITING}  # the reset may overtake the words
    assert outcome.enhanced in {"5.3.4", "4.4.2"}


@pytest.mark.parametrize(
    "break_", [b"one\rtwo\r\n", b"one\ntwo\r\n", b"one\n.\ntwo\r\n", b"one\r.\rtwo\r\n", b"one\n.\r\ntwo\r\n", b"one\r\n.\rtwo\r\n"]
)
@pytest.mark.parametrize("filling", [0, HELD])
async def test_a_bare_line_end_is_never_sent(house: House, break_: bytes, filling: int) -> None:
    """SMTP smuggling: a message that was stored whole must not be two to anybody."""
    cut = "" if not filling else "C: MAIL <...>\nC: RCPT <...>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\n! wait"
    async with Peer(*([EIGHTBIT + cut] if cut else [])) as peer:
        [outcome] = await remote(house, port=peer.port).send(await queued(house, message=MESSAGE + b"x" * 70 + b"\r\n" * (filling // 2) + break_))
    assert (outcome.state, outcome.enhanced) == (State.FAILED, "5.6.0"), outcome.text
    assert peer.messages == []


@pytest.mark.parametrize("filling", [0, HELD])
async def test_a_bare_line_end_of_ours_is_mended(house: House, filling: int) -> None:
    message = MESSAGE + b"y\r\n" * (filling // 2) + b"one\n.\ntwo\rthree\r\n"
    arrived = await sent(house, f"{PIPELINING}C: MAIL <...>\n{TAKEN}{QUIT}", message, sign="example.test", signer=Signer())
    assert arrived.count(b"\r\n") == arrived.count(b"\n") == arrived.count(b"\r")
    assert email.message_from_bytes(arrived, policy=email.policy.SMTP).get_content().endswith("one\r\n.\r\ntwo\r\nthree\r\n")


UTF8 = f"{GREETING}S: 250-peer\nS: 250-PIPELINING\nS: 250-8BITMIME\nS: 250 SMTPUTF8\n"


async def test_addresses_beyond_ascii_need_a_server_that_can_read_them(house: House) -> None:
    arrived = await sent(
        house, f"{UTF8}C: MAIL FROM:<jürgen@example.test> BODY=8BITMIME SMTPUTF8\n{TAKEN}{QUIT}", MESSAGE, sender="jürgen@example.test"
    )
    assert arrived == MESSAGE
    async with Peer(f"{EIGHTBIT}{QUIT}") as peer:
        sending = remote(house, port=peer.port)
        [outcome] = await sending.send(await queued(house, sender="jürgen@example.test"))
        await sending.close()
    assert (outcome.state, outcome.enhanced) == (State.FAILED, "5.6.7")
    assert "SMTPUTF8" in outcome.text


async def test_only_the_recipient_beyond_ascii_is_returned(house: House) -> None:
    async with Peer(f"{EIGHTBIT}C: MAIL FROM:<a@example.test>\n{TAKEN}{QUIT}") as peer:
        sending = remote(house, port=peer.port)
        outcomes = await sending.send(await queued(house, "jürgen@example.net", "b@example.net"))
        await sending.close()
    assert [(outcome.state, outcome.enhanced) for outcome in outcomes] == [(State.FAILED, "5.6.7"), (State.SENT, "2.0.0")]


async def test_a_header_beyond_ascii_is_returned_and_a_client_that_only_says_smtputf8_is_not(house: House) -> None:
    options = {"SMTPUTF8": "1"}
    assert await sent(house, f"{PIPELINING}C: MAIL FROM:<a@example.test>\n{TAKEN}{QUIT}", MESSAGE, options=options) == MESSAGE
    async with Peer(f"{EIGHTBIT}{QUIT}") as peer:
        sending = remote(house, port=peer.port)
        [outcome] = await sending.send(await queued(house, message="Subject: Grüße\r\n".encode() + MESSAGE, options=options))
        await sending.close()
    assert (outcome.state, outcome.enhanced) == (State.FAILED, "5.6.7")
