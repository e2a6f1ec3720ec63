"""Encryption on the way out: welcome, required, proven; what attacks it and what happens when it fails."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from certificates import made
from delivery.outgoing import MESSAGE, Names, queued, remote
from delivery.peer import Peer
from postroom.delivery.outcome import Outcome, State
from postroom.delivery.routing import Route, Security
from postroom.formats.smtpclient import Login
from postroom.network.tls import CertificateFiles, server_context
from store import House, opened

OFFERED = "S: 220 peer\nC: EHLO mail.example.test\nS: 250-peer\nS: 250-PIPELINING\nS: 250 STARTTLS\n"
AGREED = "C: STARTTLS\nS: 220 go\n! tls\n"
HELLO = "C: EHLO mail.example.test\nS: 250-peer\nS: 250 PIPELINING\n"
CLEAR = f"S: 220 peer\n{HELLO}"
TAKEN = "C: MAIL <...>\nC: RCPT <...>\nC: DATA\nS: 250 ok\nS: 250 ok\nS: 354 go\nC.\nS: 250 done\n"
QUIT = "C: QUIT\nC$"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with opened(tmp_path) as house:
        yield house


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> CertificateFiles:
    return made(tmp_path_factory.mktemp("certificate") / "mx.pem", "mx.example.net")


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> CertificateFiles:
    return made(tmp_path_factory.mktemp("certificate") / "other.pem", "other.example.net")


@pytest.fixture
def context(files: CertificateFiles) -> ssl.SSLContext:
    return server_context(files)


def names() -> Names:
    return Names({"example.net": [(10, "mx.example.net")]}, {"mx.example.net": ["127.0.0.1"]})


def terms(security: Security = Security.OPTIONAL, *, verify: bool = False) -> Route:
    return Route(security=security, verify=verify)


async def tried(house: House, peer: Peer, route: Route | None = None, *, authorities: str = "", times: int = 1, **job: object) -> Outcome:
    sending = remote(house, names(), port=peer.port, routes=lambda _: route, authorities=authorities)
    for _ in range(times):
        [outcome] = await sending.send(await queued(house, **job))  # type: ignore[arg-type] # the caller's words
    await sending.close()
    return outcome


@pytest.mark.parametrize("bytewise", [False, True])
async def test_starttls_is_used_where_it_is_offered_whatever_the_certificate(house: House, context: ssl.SSLContext, bytewise: bool) -> None:
    async with Peer(f"{OFFERED}{AGREED}{HELLO}{TAKEN}{QUIT}", bytewise=bytewise, context=context) as peer:
        assert (await tried(house, peer)).state is State.SENT
    assert peer.messages == [MESSAGE]


async def test_what_was_offered_in_clear_text_counts_no_more(house: House, context: ssl.SSLContext) -> None:
    again = "C: EHLO mail.example.test\nS: 250 peer\nC: MAIL <...>\nS: 250 ok\nC: RCPT <...>\nS: 250 ok\nC: DATA\nS: 354 go\nC.\nS: 250 done\n"
    async with Peer(f"{OFFERED}{AGREED}{again}{QUIT}", context=context) as peer:
        assert (await tried(house, peer)).state is State.SENT


async def test_a_handshake_that_fails_is_followed_by_clear_text_and_remembered(house: House) -> None:
    async with Peer(f"{OFFERED}C: STARTTLS\nS: 220 go\n! drop", f"{OFFERED}{TAKEN}{TAKEN}{QUIT}") as peer:
        assert (await tried(house, peer, times=2)).state is State.SENT


async def test_it_is_remembered_for_new_connections(house: House) -> None:
    async with Peer(f"{OFFERED}C: STARTTLS\nS: 220 go\n! drop", f"{OFFERED}{TAKEN}{QUIT}", f"{OFFERED}{TAKEN}{QUIT}") as peer:
        sending = remote(house, names(), port=peer.port)
        for _ in range(2):
            [outcome] = await sending.send(await queued(house))
            assert outcome.state is State.SENT
            for session in list(sending._sessions._timers):
                sending._sessions._end(session)
        await sending.close()


async def test_starttls_refused_is_no_harm_where_it_is_only_welcome(house: House) -> None:
    async with Peer(f"{OFFERED}C: STARTTLS\nS: 454 4.7.0 not now\n{TAKEN}{QUIT}") as peer:
        assert (await tried(house, peer)).state is State.SENT


@pytest.mark.parametrize(
    ("script", "enhanced", "words"),
    [
        (f"{CLEAR}{QUIT}", "4.7.10", "does not offer the encryption"),
        (f"{OFFERED}C: STARTTLS\nS: 454 4.7.0 not now\n{QUIT}", "4.7.0", "454 4.7.0 not now"),
        (f"{OFFERED}C: STARTTLS\nS: 220 go\n! drop", "4.7.5", "TLS handshake"),
        (f"{OFFERED}C: STARTTLS\nS: 220 go\nS: 250 nonsense\nC$", "4.7.5", "clear text|TLS"),
    ],
)
async def test_mail_that_must_be_encrypted_waits_where_it_can_not_be(house: House, script: str, enhanced: str, words: str) -> None:
    async with Peer(script.replace("C$", "! wait")) as peer:
        outcome = await tried(house, peer, terms(Security.REQUIRED))
    assert (outcome.state, outcome.enhanced, outcome.destination_down) == (State.WAITING, enhanced, True)
    assert any(word in outcome.text for word in words.split("|")), outcome.text


async def test_words_behind_the_agreement_are_an_attack(house: House) -> None:
    """Response injection (nostarttls, CVE-2021-38542 and its kin): 220 and an answer to the next EHLO in one piece."""
    injected = OFFERED + 'C: STARTTLS\nS= b"220 go\\r\\n250-evil\\r\\n250 AUTH PLAIN\\r\\n"\n! wait'
    async with Peer(injected) as peer:
        outcome = await tried(house, peer, terms(Security.REQUIRED))
    assert "sent something in clear text behind its agreement to TLS" in outcome.text
    async with Peer(injected, f"{OFFERED}{TAKEN}{QUIT}") as peer:
        assert (await tried(house, peer)).state is State.SENT  # in clear text, as it would have been anyway


async def test_a_certificate_must_be_for_the_server_where_it_is_checked(
    house: House, context: ssl.SSLContext, files: CertificateFiles, other: CertificateFiles
) -> None:
    route = terms(Security.REQUIRED, verify=True)
    async with Peer(f"{OFFERED}{AGREED}{HELLO}{TAKEN}{QUIT}", context=context) as peer:
        assert (await tried(house, peer, route, authorities=str(files.certificate))).state is State.SENT
    for shown, believed in ((other, other), (files, other)):
        async with Peer(f"{OFFERED}C: STARTTLS\nS: 220 go\n! tls fails", context=server_context(shown)) as peer:
            outcome = await tried(house, peer, route, authorities=str(believed.certificate))
        assert (outcome.state, outcome.enhanced) == (State.WAITING, "4.7.5")
        assert "has a certificate that is not valid" in outcome.text


async def test_a_smart_host_may_speak_tls_from_the_first_octet(house: House, context: ssl.SSLContext, files: CertificateFiles) -> None:
    login = "AUTH PLAIN AGFsaWNlAHNlY3JldA=="
    hello = "S: 220 peer\nC: EHLO mail.example.test\nS: 250-peer\nS: 250-PIPELINING\nS: 250 AUTH PLAIN\n"
    async with Peer(f"! tls\n{hello}C: {login}\nS: 235 2.7.0 welcome\n{TAKEN}{QUIT}", context=context) as peer:
        route = Route("mx.example.net", peer.port, Security.IMPLICIT, verify=True, login=Login("alice", "secret"))
        assert (await tried(house, peer, route, authorities=str(files.certificate))).state is State.SENT


async def test_a_smart_host_that_refuses_the_login_lets_all_mail_wait(house: House, context: ssl.SSLContext) -> None:
    hello = "S: 220 peer\nC: EHLO mail.example.test\nS: 250 AUTH PLAIN\n".replace("S: 250 ", "S: 250-peer\nS: 250 ")
    async with Peer(f"! tls\n{hello}C: AUTH PLAIN <...>\nS: 535 5.7.8 who are you\n{QUIT}", context=context) as peer:
        outcome = await tried(house, peer, Route("mx.example.net", peer.port, Security.IMPLICIT, login=Login("alice", "wrong")))
    assert (outcome.state, outcome.code, outcome.enhanced, outcome.destination_down) == (State.WAITING, 535, "4.7.8", True)
    assert "who are you" in outcome.text
    assert "wrong" not in outcome.text


async def test_a_password_does_not_go_in_clear_text(house: House) -> None:
    hello = "S: 220 peer\nC: EHLO mail.example.test\nS: 250-peer\nS: 250 AUTH PLAIN\n"
    async with Peer(f"{hello}{QUIT}") as peer:
        outcome = await tried(house, peer, Route("127.0.0.1", peer.port, login=Login("alice", "secret")))
    assert (outcome.state, outcome.enhanced) == (State.WAITING, "4.7.8")
    assert "not sent in clear text" in outcome.text


PROMISED = "C: EHLO mail.example.test\nS: 250-peer\nS: 250-PIPELINING\nS: 250 REQUIRETLS\n"


async def test_requiretls_is_passed_on_to_a_proven_server_that_promises_it(house: House, context: ssl.SSLContext, files: CertificateFiles) -> None:
    script = f"{OFFERED}{AGREED}{PROMISED}{TAKEN.replace('MAIL <...>', 'MAIL FROM:<a@example.test> REQUIRETLS')}{QUIT}"
    async with Peer(script, context=context) as peer:
        outcome = await tried(house, peer, authorities=str(files.certificate), options={"REQUIRETLS": "1"})
    assert outcome.state is State.SENT


async def test_requiretls_is_returned_where_nobody_promises_it(house: House, context: ssl.SSLContext, files: CertificateFiles) -> None:
    async with Peer(f"{OFFERED}{AGREED}{HELLO}{QUIT}", context=context) as peer:
        outcome = await tried(house, peer, authorities=str(files.certificate), options={"REQUIRETLS": "1"})
    assert (outcome.state, outcome.enhanced) == (State.FAILED, "5.7.30")
    assert "REQUIRETLS" in outcome.text


async def test_a_session_in_clear_text_is_not_used_for_mail_that_must_be_encrypted(
    house: House, context: ssl.SSLContext, files: CertificateFiles
) -> None:
    secret = f"{OFFERED}{AGREED}{PROMISED}{TAKEN}{QUIT}"
    async with Peer(f"{CLEAR}{TAKEN}{QUIT}", secret, context=context) as peer:
        sending = remote(house, names(), port=peer.port, authorities=str(files.certificate))
        for options in ({}, {"REQUIRETLS": "1"}):
            [outcome] = await sending.send(await queued(house, options=options))
            assert outcome.state is State.SENT
        await sending.close()
