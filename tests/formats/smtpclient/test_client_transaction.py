"""Transactions without a socket: what is said, in how many writes, and what every mixture of answers comes to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postroom.formats.smtpclient import Dialogue, Extensions, Garbled, Letter, Phase, Pour, Refused, Reply, Say, Transaction, greeted, starttls
from postroom.formats.smtpclient.transaction import AT_ONCE

MAIL, RCPT = b"MAIL FROM:<a@b.test>\r\n", b"RCPT TO:<c@d.test>\r\n"
SMALL = b"Subject: x\r\n\r\n.y\r\n"


def carry_out(dialogue: Dialogue[None], replies: Iterator[Reply]) -> list[bytes]:
    """Answer every step; gives what was said in one write each."""
    said: list[bytes] = []
    try:
        step = next(dialogue)
        while True:
            if isinstance(step, Say):
                said += [step.data] if step.data else []
            else:
                assert isinstance(step, Pour)
                said.append(b"<the message>")
            step = dialogue.send(next(replies))
    except StopIteration:
        return said


def replies(*codes: int) -> Iterator[Reply]:
    return iter([Reply(code, (b"x",)) for code in codes])


@pytest.mark.parametrize(
    ("peer", "content", "reset", "codes", "said"),
    [
        ("", SMALL, False, (250, 250, 354, 250), [MAIL, RCPT, b"DATA\r\n", b"Subject: x\r\n\r\n..y\r\n.\r\n"]),
        ("", None, False, (250, 250, 354, 250), [MAIL, RCPT, b"DATA\r\n", b"<the message>"]),
        ("", SMALL, True, (250, 250, 250, 354, 250), [b"RSET\r\n", MAIL, RCPT, b"DATA\r\n", b"Subject: x\r\n\r\n..y\r\n.\r\n"]),
        ("p", SMALL, False, (250, 250, 354, 250), [MAIL + RCPT + b"DATA\r\n", b"Subject: x\r\n\r\n..y\r\n.\r\n"]),
        ("p", SMALL, True, (250, 250, 250, 354, 250), [b"RSET\r\n" + MAIL + RCPT + b"DATA\r\n", b"Subject: x\r\n\r\n..y\r\n.\r\n"]),
        ("p", None, False, (250, 250, 354, 250), [MAIL + RCPT + b"DATA\r\n", b"<the message>"]),
        ("pc", SMALL, False, (250, 250, 250), [MAIL + RCPT + b"BDAT 18 LAST\r\n" + SMALL]),
        ("pc", None, False, (250, 250, 250), [MAIL + RCPT, b"<the message>"]),
        ("pc", b"x\r\n" * AT_ONCE, False, (250, 250, 250), [MAIL + RCPT, b"BDAT %d LAST\r\n" % (3 * AT_ONCE) + b"x\r\n" * AT_ONCE]),
        ("c", SMALL, False, (250, 250, 250), [MAIL, RCPT, b"BDAT 18 LAST\r\n" + SMALL]),
        ("c", None, False, (250, 250, 250), [MAIL, RCPT, b"<the message>"]),
        ("", SMALL, False, (550,), [MAIL]),
        ("", SMALL, False, (250, 550), [MAIL, RCPT]),
        ("pc", None, False, (250, 550), [MAIL + RCPT]),
        ("p", SMALL, False, (250, 550, 354, 554), [MAIL + RCPT + b"DATA\r\n", b".\r\n"]),
        ("p", SMALL, False, (550, 503, 503), [MAIL + RCPT + b"DATA\r\n"]),
        ("p", SMALL, False, (421,), [MAIL + RCPT + b"DATA\r\n"]),
        ("p", SMALL, False, (250, 421), [MAIL + RCPT + b"DATA\r\n"]),
    ],
)
def test_a_transaction_is_said_in_as_few_writes_as_the_server_allows(
    peer: str, content: bytes | None, reset: bool, codes: tuple[int, ...], said: list[bytes]
) -> None:
    transaction = Transaction(Letter(MAIL, (RCPT,), content, reset), Extensions(pipelining="p" in peer, chunking="c" in peer), pipelined=True)
    answers = replies(*codes)
    assert carry_out(transaction.dialogue(), answers) == said
    assert next(answers, None) is None
    assert transaction.results[0] is not None
    assert transaction.results[0].done is (codes[-1] == 250)


CODE = st.sampled_from([250, 251, 220, 354, 421, 450, 452, 503, 550, 552, 554])


@given(st.lists(CODE, min_size=12, max_size=12), st.integers(1, 4), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_whatever_is_answered_everybody_is_decided_on(
    codes: list[int], count: int, pipelining: bool, chunking: bool, held: bool, reset: bool
) -> None:
    peer = Extensions(pipelining=pipelining, chunking=chunking)
    transaction = Transaction(Letter(MAIL, (RCPT,) * count, SMALL if held else None, reset), peer, pipelined=True)
    try:
        carry_out(transaction.dialogue(), replies(*codes))
    except Garbled:
        return
    heard = codes[1:] if reset else codes
    assert not transaction.sent
    for number, result in enumerate(transaction.results):
        assert result is not None
        assert result.done or result.code >= 400
        if result.done:  # it was taken with sender, recipient and message, each with a yes of its own
            assert 200 <= heard[0] < 300
            assert 200 <= heard[1 + number] < 300
            assert chunking or heard[1 + count] == 354


@pytest.mark.parametrize(
    ("codes", "phase"), [((554,), Phase.GREETING), ((250,), Phase.GREETING), ((220, 421), Phase.HELLO), ((220, 500, 500), Phase.HELLO)]
)
def test_a_server_that_does_not_begin_is_refused_in_its_own_words(codes: tuple[int, ...], phase: Phase) -> None:
    with pytest.raises(Refused) as raised:
        carry_out(greeted("mail.example.test"), replies(*codes))  # type: ignore[arg-type] # its result is not looked at
    assert (raised.value.phase, raised.value.reply.code) == (phase, codes[-1])


@pytest.mark.parametrize("code", [250, 454, 500])
def test_tls_begins_with_220_and_nothing_else(code: int) -> None:
    with pytest.raises(Refused):
        carry_out(starttls(), replies(code))
