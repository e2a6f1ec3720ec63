"""One try to send, against a server that plays its part from a script: replies whole and byte by byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from delivery.outgoing import MESSAGE, QUICK, Names, queued, remote
from delivery.peer import Peer
from postroom.delivery.outcome import Outcome, State
from postroom.delivery.remote import is_here
from postroom.delivery.routing import Route
from postroom.storage.blobs import BlobsUnavailable
from store import House, opened

GREETING = """
    S: 220 peer ESMTP
    C: EHLO mail.example.test
"""
ALL = f"""{GREETING}
    S: 250-peer
    S: 250-PIPELINING
    S: 250-SIZE 1000000
    S: 250-8BITMIME
    S: 250-SMTPUTF8
    S: 250-DSN
    S: 250 ENHANCEDSTATUSCODES
"""
PLAIN = f"{GREETING}S: 250 peer\n"
PIPELINING = f"{GREETING}S: 250-peer\nS: 250 PIPELINING\n"
QUIT = "\nC: QUIT\nC$"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path) as house:
        yield house


@pytest.fixture(params=[False, True], ids=["whole", "bytewise"])
def bytewise(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def words(outcomes: list[Outcome]) -> list[str]:
    return [f"{outcome.state} {outcome.code} {outcome.enhanced} {outcome.text}" for outcome in outcomes]


async def test_commands_go_in_one_write_where_the_server_reads_them_so(house: House, bytewise: bool) -> None:
    script = f"""{ALL}
        C: MAIL FROM:<a@example.test> SIZE={len(MESSAGE)}
        C: RCPT TO:<b@example.net>
        C: DATA
        S= b"250 2.1.0 ok\\r\\n250 2.1.5 ok\\r\\n354 go\\r\\n"
        C.
        S: 250 2.0.0 queued as 17
    {QUIT}"""
    async with Peer(script, bytewise=bytewise) as peer:
        sending = remote(house, port=peer.port)
        [outcome] = await sending.send(await queued(house))
        await sending.close()
    assert outcome == Outcome(1, State.SENT, 250, "2.0.0", "queued as 17", f"mx.example.net [127.0.0.1]:{peer.port}", reports=True)
    assert peer.messages == [MESSAGE]


async def test_a_server_without_extensions_is_spoken_to_line_by_line(house: House, bytewise: bool) -> None:
    script = f"""{PLAIN}
        C: MAIL FROM:<a@example.test>
        S: 250 ok
        C: RCPT TO:<b@example.net>
        S: 250 ok
        C: DATA
        S: 354 go
        C.
        S: 250 done
    {QUIT}"""
    async with Peer(script, bytewise=bytewise) as peer:
        sending = remote(house, port=peer.port)
        assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]
        await sending.close()
    assert peer.messages == [MESSAGE]


async def test_helo_is_for_a_server_that_does_not_know_ehlo(house: House) -> None:
    script = f"""{GREETING}
        S: 502 what?
        C: HELO mail.example.test
        S: 250 peer
        C: MAIL FROM:<a@example.test>
        S: 250 ok
        C: RCPT TO:<b@example.net>
        S: 250 ok
        C: DATA
        S: 354 go
        C.
        S: 250 done
    {QUIT}"""
    async with Peer(script) as peer:
        sending = remote(house, port=peer.port)
        assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]
        await sending.close()


async def test_a_small_message_goes_with_its_commands_where_chunking_is_offered(house: House, bytewise: bool) -> None:
    script = f"""{GREETING}
        S: 250-peer
        S: 250-PIPELINING
        S: 250 CHUNKING
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<b@example.net>
        C: RCPT TO:<c@example.net>
        C# LAST
        S: 250 ok
        S: 550 5.1.1 unknown
        S: 250 ok
        S: 250 done
    {QUIT}"""
    async with Peer(script, bytewise=bytewise) as peer:
        sending = remote(house, port=peer.port)
        outcomes = await sending.send(await queued(house, "b@example.net", "c@example.net"))
        await sending.close()
    assert words(outcomes) == ["failed 550 5.1.1 unknown (in answer to RCPT)", "sent 250 2.0.0 done"]
    assert peer.messages == [MESSAGE]


async def test_each_recipient_hears_its_own_answer(house: House, bytewise: bool) -> None:
    script = f"""{PIPELINING}
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<b@example.net>
        C: RCPT TO:<c@example.net>
        C: RCPT TO:<d@example.net>
        C: DATA
        S: 250 ok
        S: 550-5.1.1 no such user
        S: 550 5.1.1 here
        S: 451 4.7.1 come back later
        S: 250 ok
        S: 354 go
        C.
        S: 250 2.6.0 done
    {QUIT}"""
    async with Peer(script, bytewise=bytewise) as peer:
        sending = remote(house, port=peer.port)
        outcomes = await sending.send(await queued(house, "b@example.net", "c@example.net", "d@example.net"))
        await sending.close()
    assert words(outcomes) == [
        "failed 550 5.1.1 no such user here (in answer to RCPT)",
        "waiting 451 4.7.1 come back later (in answer to RCPT)",
        "sent 250 2.6.0 done",
    ]
    assert not any(outcome.destination_down for outcome in outcomes)


async def test_a_server_that_goes_on_without_recipients_gets_a_lone_dot(house: House) -> None:
    script = f"""{PIPELINING}
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<b@example.net>
        C: DATA
        S: 250 ok
        S: 550 no
        S: 354 go
        C.
        S: 554 no recipients
    {QUIT}"""
    async with Peer(script) as peer:
        sending = remote(house, port=peer.port)
        assert words(await sending.send(await queued(house))) == ["failed 550 5.0.0 no (in answer to RCPT)"]
        await sending.close()
    assert peer.messages == [b""]


async def test_a_sender_refused_with_a_recipient_taken_never_gets_a_dot(house: House) -> None:
    script = f"""{PIPELINING}
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<b@example.net>
        C: DATA
        S: 550 5.7.1 not you
        S: 250 ok
        S: 354 go
        ! wait
    """
    async with Peer(script) as peer:
        assert words(await remote(house, port=peer.port).send(await queued(house))) == ["failed 550 5.7.1 not you (in answer to MAIL)"]
    assert peer.messages == []


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ("554 5.7.1 spam", "failed 554 5.7.1 spam (in answer to the message)"),
        ("452 4.3.1 full", "waiting 452 4.3.1 full (in answer to the message)"),
        ("354 again", "waiting 450 4.0.0 (it gave an answer that makes no sense: 354) (in answer to the message)"),
    ],
)
async def test_the_answer_to_the_message_is_for_all_that_were_accepted(house: House, reply: str, outcome: str) -> None:
    script = f"""{PIPELINING}
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<b@example.net>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        C.
        S: {reply}
    {QUIT}"""
    async with Peer(script) as peer:
        sending = remote(house, port=peer.port)
        assert words(await sending.send(await queued(house))) == [outcome]
        await sending.close()


async def test_a_connection_lost_behind_the_dot_is_no_answer(house: House) -> None:
    script = f"""{PIPELINING}
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<b@example.net>
        C: RCPT TO:<c@example.net>
        C: DATA
        S: 250 ok
        S: 550 5.1.1 no
        S: 250 ok
        S: 354 go
        C.
        ! drop
    """
    async with Peer(script) as peer:
        refused, doubtful = await remote(house, port=peer.port).send(await queued(house, "b@example.net", "c@example.net"))
    assert refused.state is State.FAILED
    assert (doubtful.state, doubtful.enhanced) == (State.WAITING, "4.4.2")
    assert "closed the connection before the answer to the message, after the whole message was sent" in doubtful.text


async def test_421_is_a_matter_of_the_destination(house: House) -> None:
    script = f"""{PIPELINING}
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<b@example.net>
        C: DATA
        S: 421 4.3.2 going down
        ! wait
    """
    async with Peer(script) as peer:
        [outcome] = await remote(house, port=peer.port).send(await queued(house))
    assert (outcome.state, outcome.code, outcome.enhanced, outcome.destination_down) == (State.WAITING, 421, "4.3.2", True)
    assert "said: 421 4.3.2 going down" in outcome.text


@pytest.mark.parametrize("greeting", ["554 5.7.1 you are blocked", "421 4.7.0 too many connections", "450 later"])
async def test_a_server_that_does_not_greet_is_a_matter_of_the_destination(house: House, greeting: str) -> None:
    async with Peer(f"S: {greeting}{QUIT}") as peer:
        [outcome] = await remote(house, port=peer.port).send(await queued(house))
    assert (outcome.state, outcome.code, outcome.destination_down) == (State.WAITING, int(greeting[:3]), True)
    assert greeting.rsplit(" ", maxsplit=1)[-1] in outcome.text


TWO = Names({"example.net": [(10, "mx1.example.net"), (20, "mx2.example.net")]}, {"mx1.example.net": ["127.0.0.1"], "mx2.example.net": ["127.0.0.1"]})


@pytest.mark.parametrize(
    "first", ["S: 554 no", "! drop", "S: 220 hi\nC: EHLO mail.example.test\nS: 421 busy", "S: nonsense", f"{PIPELINING}C: MAIL <...>\nS: 451 no"]
)
async def test_the_next_server_is_asked_when_one_is_of_no_use(house: House, first: str) -> None:
    second = f"{PIPELINING}C: MAIL <...>\nC: RCPT <...>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\nC.\nS: 250 done{QUIT}"
    async with Peer(first.replace("MAIL <...>\nS: 451 no", "MAIL <...>\nC: RCPT <...>\nC: DATA\nS: 451 no\nS: 503 no\nS: 503 no"), second) as peer:
        sending = remote(house, TWO, port=peer.port)
        assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]
        await sending.close()


async def test_nothing_that_answers_is_a_waiting_message_with_every_reason(house: House) -> None:
    async with Peer() as peer:
        port = peer.port
    [outcome] = await remote(house, TWO, port=port).send(await queued(house))
    assert (outcome.state, outcome.enhanced, outcome.destination_down) == (State.WAITING, "4.4.1", True)
    assert outcome.text == (
        f"mx1.example.net [127.0.0.1]:{port} can't be reached (connection refused). "
        f"mx2.example.net [127.0.0.1]:{port} can't be reached (connection refused)."
    )


async def test_a_session_is_used_again_without_asking_the_names(house: House) -> None:
    one = "C: MAIL <...>\nC: RCPT <...>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\nC.\nS: 250 done\n"
    names = Names({"example.net": [(10, "mx.example.net")]}, {"mx.example.net": ["127.0.0.1"]})
    async with Peer(PIPELINING + one * 3 + QUIT) as peer:
        sending = remote(house, names, port=peer.port)
        for _ in range(3):
            assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]
        assert names.asked == ["MX example.net", "AAAA mx.example.net", "A mx.example.net"]
        await sending.close()


async def test_a_session_left_within_a_transaction_is_reset(house: House) -> None:
    script = f"""{PIPELINING}
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<b@example.net>
        C: DATA
        S: 250 ok
        S: 550 no
        S: 503 no recipients
        C: RSET
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<b@example.net>
        C: DATA
        S: 250 reset
        S: 250 ok
        S: 250 ok
        S: 354 go
        C.
        S: 250 done
    {QUIT}"""
    async with Peer(script) as peer:
        sending = remote(house, port=peer.port)
        assert words(await sending.send(await queued(house))) == ["failed 550 5.0.0 no (in answer to RCPT)"]
        assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]
        await sending.close()


async def test_an_idle_session_that_the_server_closed_is_not_missed(house: House) -> None:
    one = f"{PIPELINING}C: MAIL <...>\nC: RCPT <...>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\nC.\nS: 250 done\n"
    async with Peer(f"{one}C: MAIL <...>\n! drop", one + QUIT) as peer:
        sending = remote(house, port=peer.port)
        for _ in range(2):
            assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]
        await sending.close()


async def test_a_server_that_wants_fewer_recipients_gets_the_rest_in_a_second_transaction(house: House) -> None:
    script = f"""{PIPELINING}
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<b@example.net>
        C: RCPT TO:<c@example.net>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 452 4.5.3 too many
        S: 354 go
        C.
        S: 250 one
        C: MAIL FROM:<a@example.test>
        C: RCPT TO:<c@example.net>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        C.
        S: 250 two
    {QUIT}"""
    async with Peer(script) as peer:
        sending = remote(house, port=peer.port)
        assert words(await sending.send(await queued(house, "b@example.net", "c@example.net"))) == ["sent 250 2.0.0 one", "sent 250 2.0.0 two"]
        await sending.close()


async def test_a_server_that_lies_about_pipelining_is_spoken_to_line_by_line_from_then_on(house: House) -> None:
    single = "C: MAIL <...>\nS: 250 ok\nC: RCPT <...>\nS: 250 ok\nC: DATA\nS: 354 go\nC.\nS: 250 done\n"
    async with Peer(f"{PIPELINING}C: MAIL <...>\nS: 250 ok\n! drop", PIPELINING + single + single + QUIT) as peer:
        sending = remote(house, port=peer.port)
        for _ in range(2):
            assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]
        await sending.close()


async def test_a_message_larger_than_the_server_takes_is_not_sent(house: House) -> None:
    async with Peer(f"{GREETING}S: 250-peer\nS: 250 SIZE 50{QUIT}") as peer:
        sending = remote(house, port=peer.port)
        [outcome] = await sending.send(await queued(house))
        await sending.close()
    assert (outcome.state, outcome.enhanced) == (State.FAILED, "5.3.4")
    assert "takes 50 at most" in outcome.text


async def test_dsn_parameters_are_passed_on_where_they_are_understood(house: House) -> None:
    options, each = {"RET": "HDRS", "ENVID": "a b+"}, {"NOTIFY": "SUCCESS,DELAY", "ORCPT": "rfc822;b b@example.net"}
    script = f"""{ALL}
        C: MAIL FROM:<a@example.test> SIZE=<...> RET=HDRS ENVID=a+20b+2B
        C: RCPT TO:<b@example.net> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b+20b@example.net
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        C.
        S: 250 done
    {QUIT}"""
    plain = f"{PIPELINING}C: MAIL FROM:<a@example.test>\nC: RCPT TO:<b@example.net>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\nC.\nS: 250 done{QUIT}"
    for part, reports in ((script, True), (plain, False)):
        async with Peer(part) as peer:
            sending = remote(house, port=peer.port)
            [outcome] = await sending.send(await queued(house, options=options, each=each))
            await sending.close()
        assert (outcome.state, outcome.reports) == (State.SENT, reports)


async def test_the_null_sender_is_written_as_such(house: House) -> None:
    script = f"{PIPELINING}C: MAIL FROM:<>\nC: RCPT <...>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\nC.\nS: 250 done{QUIT}"
    async with Peer(script) as peer:
        sending = remote(house, port=peer.port)
        assert words(await sending.send(await queued(house, sender=""))) == ["sent 250 2.0.0 done"]
        await sending.close()


async def test_a_smart_host_takes_everything(house: House) -> None:
    script = f"{PIPELINING}C: MAIL <...>\nC: RCPT <...>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\nC.\nS: 250 done{QUIT}"
    async with Peer(script) as peer:
        sending = remote(house, Names(), routes=lambda _: Route("127.0.0.1", peer.port))
        [outcome] = await sending.send(await queued(house))
        await sending.close()
    assert (outcome.state, outcome.host) == (State.SENT, f"[127.0.0.1]:{peer.port}")


async def test_a_store_that_fails_lets_the_message_wait(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def read(key: str, offset: int, length: int) -> bytes:
        raise BlobsUnavailable("the disk is on fire")

    job = await queued(house, message=MESSAGE + b"\r\n" * 30000)
    monkeypatch.setattr(house.blobs, "read", read)
    [outcome] = await remote(house).send(job)
    assert (outcome.state, outcome.enhanced) == (State.WAITING, "4.3.0")
    assert "on fire" in outcome.text


async def test_silence_is_not_waited_out_for_ever(house: House) -> None:
    patience = replace(QUICK, waits=dict.fromkeys(QUICK.waits, 0.05))
    async with Peer(f"{PLAIN}C: MAIL <...>\n! wait") as peer:
        [outcome] = await remote(house, port=peer.port, patience=patience).send(await queued(house))
    assert (outcome.state, outcome.enhanced) == (State.WAITING, "4.4.2")
    assert "kept us waiting over 0.05 seconds for the answer to MAIL" in outcome.text


ONE = "C: MAIL <...>\nC: RCPT <...>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\nC.\nS: 250 done\n"


async def test_a_session_is_used_for_so_many_messages_only(house: House) -> None:
    async with Peer(PIPELINING + ONE * 2 + QUIT, PIPELINING + ONE + QUIT) as peer:
        sending = remote(house, port=peer.port, patience=replace(QUICK, messages=2))
        for _ in range(3):
            assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]
        await sending.close()


async def test_a_session_without_work_ends_soon(house: House) -> None:
    async with Peer(PIPELINING + ONE + QUIT) as peer:
        sending = remote(house, port=peer.port, patience=replace(QUICK, idle=0.01))
        assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]


async def test_a_server_that_speaks_up_while_idle_is_left(house: House) -> None:
    async with Peer(f"{PIPELINING}{ONE}S: 421 4.4.2 timeout\n! wait", PIPELINING + ONE + QUIT) as peer:
        sending = remote(house, port=peer.port, patience=replace(QUICK, idle=60))
        assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]
        while len(sending._sessions):  # noqa: ASYNC110 - the session tells nobody but its pool
            await asyncio.sleep(0)
        assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]
        await sending.close()


async def test_after_the_end_no_session_is_kept(house: House) -> None:
    async with Peer(PIPELINING + ONE + QUIT) as peer:
        sending = remote(house, port=peer.port, patience=replace(QUICK, idle=60))
        await sending.close()
        assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]


async def test_ipv4_is_tried_where_ipv6_leads_nowhere_and_comes_first_the_next_time(house: House) -> None:
    names = Names({"example.net": [(10, "mx.example.net")]}, {"mx.example.net": ["127.0.0.1"]}, {"mx.example.net": ["::1"]})
    async with Peer(PIPELINING + ONE + QUIT, PIPELINING + ONE + QUIT) as peer:
        sending = remote(house, names, port=peer.port, patience=replace(QUICK, messages=1), addresses=1)
        assert words(await sending.send(await queued(house)))[0].startswith("waiting 0 4.4.1 mx.example.net [::1]")
        for _ in range(2):
            assert words(await sending.send(await queued(house))) == ["sent 250 2.0.0 done"]


async def test_one_session_serves_all_domains_of_a_server(house: House) -> None:
    names = Names({"example.net": [(10, "mx.test")], "example.org": [(10, "mx.test")]}, {"mx.test": ["127.0.0.1"]})
    async with Peer(PIPELINING + ONE * 2 + QUIT) as peer:
        sending = remote(house, names, port=peer.port)
        for recipient in ("b@example.net", "b@example.org"):
            assert words(await sending.send(await queued(house, recipient))) == ["sent 250 2.0.0 done"]
        await sending.close()


async def test_a_fault_of_ours_is_an_outcome_too(house: House, unhandled: list[str]) -> None:
    def routes(_: str) -> Route:
        raise RuntimeError("a bug")

    [outcome] = await remote(house, routes=routes).send(await queued(house))
    assert (outcome.state, outcome.enhanced) == (State.WAITING, "4.3.0")
    assert any("a bug" in line for line in unhandled)
    unhandled.clear()


@pytest.mark.parametrize(("destination", "enhanced"), [("nowhere.test", "5.1.2"), ("silent.test", "4.4.3")])
async def test_the_names_may_have_the_last_word(house: House, destination: str, enhanced: str) -> None:
    names = Names(failing=frozenset({"silent.test"}))
    [outcome] = await remote(house, names).send(await queued(house, f"b@{destination}"))
    assert outcome.enhanced == enhanced
    assert outcome.state is (State.FAILED if enhanced[0] == "5" else State.WAITING)


async def test_mail_that_may_not_leave_this_machine_waits_and_nobody_is_asked_for_the_way(house: House) -> None:
    names = Names(mail={"example.net": [(10, "mx.example.net")]})
    confined = remote(house, names=names, outside=lambda: False)
    (outcome,) = await confined.send(await queued(house))
    assert (outcome.state, outcome.enhanced, names.asked) == (State.WAITING, "4.7.0", [])
    assert "postroom settings set send_outside yes" in outcome.text


@pytest.mark.parametrize(
    ("host", "here"),
    [
        *((host, True) for host in ("127.0.0.1", "127.9.9.9", "localhost", "[IPv6:::1]", "[127.0.0.1]")),
        *((host, False) for host in ("10.0.0.1", "[192.0.2.1]", "localhost.example.test", "", "::ffff:8.8.8.8")),
    ],
)
def test_this_machine_is_known_by_its_loopback(host: str, *, here: bool) -> None:
    assert is_here(host) is here
