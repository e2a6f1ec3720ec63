"""Logging in to a smart host, against the server's side of each mechanism."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from postroom.formats import sasl, scram
from postroom.formats.smtpclient import Dialogue, Login, LoginError, Refused, Reply, Say, log_in

ALICE = Login("alice", "secret, wörd")
KEYS = {name: scram.derive(ALICE.password, name) for name in scram.HASHES}


def serve(dialogue: Dialogue[None], **more: Any) -> list[str]:
    """Answer as our own server would; gives what the client said."""
    said: list[str] = []
    exchange: sasl.Exchange | None = None
    try:
        step = next(dialogue)
        while True:
            if not isinstance(step, Say):
                step = dialogue.send(step.work())  # type: ignore[union-attr] # no message is poured in a login
                continue
            line = step.data.decode().removesuffix("\r\n")
            said.append(line)
            if exchange is None:
                _, mechanism, *initial = line.split(" ")
                exchange = sasl.start(mechanism, **more)
                assert exchange is not None
                answer = exchange.step(base64.b64decode(initial[0])) if initial else sasl.Challenge(exchange.prompt)
            else:
                answer = exchange.step(base64.b64decode(line))
            if isinstance(answer, sasl.Lookup):
                answer = exchange.provide(KEYS[answer.mechanism])
            step = dialogue.send(reply(answer))
    except StopIteration:
        return said


def reply(answer: sasl.Outcome) -> Reply:
    match answer:
        case sasl.Challenge(data):
            return Reply(334, (base64.b64encode(data),))
        case sasl.Proven("alice") | sasl.Password("alice", "", ALICE.password):
            return Reply(235, (b"2.7.0 welcome",))
        case _:
            return Reply(535, (b"5.7.8 no",))


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN"])
def test_the_server_lets_us_in(mechanism: str) -> None:
    bindings = {"tls-exporter": b"x" * 32}
    dialogue = log_in(ALICE, frozenset({mechanism}), encrypted=True, bindings=bindings)
    assert serve(dialogue, bindings=bindings, plus=mechanism.endswith("PLUS"))[0].startswith(f"AUTH {mechanism}")


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-256", "PLAIN", "LOGIN"])
def test_a_wrong_password_is_told_in_the_servers_words(mechanism: str) -> None:
    with pytest.raises(Refused, match=r"535 5\.7\.8 no"):
        serve(log_in(Login("alice", "wrong"), frozenset({mechanism}), encrypted=True))


def test_the_best_that_is_offered_is_used() -> None:
    offered = frozenset({"PLAIN", "LOGIN", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", "XOAUTH2", "GSSAPI"})
    assert serve(log_in(ALICE, offered, encrypted=True))[0].startswith("AUTH SCRAM-SHA-256 ")
    assert serve(log_in(Login("alice", ALICE.password, "LOGIN"), offered, encrypted=True))[0] == "AUTH LOGIN"


def test_no_password_goes_in_clear_text() -> None:
    with pytest.raises(LoginError, match="not sent in clear text"):
        next(log_in(ALICE, frozenset({"PLAIN", "LOGIN"}), encrypted=False))
    assert serve(log_in(ALICE, frozenset({"PLAIN", "SCRAM-SHA-1"}), encrypted=False))[0].startswith("AUTH SCRAM-SHA-1 ")


@pytest.mark.parametrize("offered", [frozenset[str](), frozenset({"GSSAPI"}), frozenset({"XOAUTH2"}), frozenset({"SCRAM-SHA-256-PLUS"})])
def test_without_a_way_to_log_in_there_is_none(offered: frozenset[str]) -> None:
    with pytest.raises(LoginError, match="no way to log in"):
        next(log_in(ALICE, offered, encrypted=True))


def test_a_token_goes_by_xoauth2() -> None:
    dialogue = log_in(Login("alice", "token", "XOAUTH2"), frozenset({"XOAUTH2"}), encrypted=True)
    step = next(dialogue)
    assert isinstance(step, Say)
    assert base64.b64decode(step.data.split()[2]) == b"user=alice\1auth=Bearer token\1\1"
    assert dialogue.send(Reply(334, (base64.b64encode(b'{"status":"401"}'),))) == Say(b"\r\n", step.phase)
    with pytest.raises(Refused, match="535"):
        dialogue.send(Reply(535, (b"expired",)))


def test_a_server_that_does_not_know_the_password_is_found_out() -> None:
    """RFC 5802 section 5.1: the server proves itself too."""
    dialogue = log_in(ALICE, frozenset({"SCRAM-SHA-256"}), encrypted=True)
    step: Any = next(dialogue)
    first = scram.read_client_first(base64.b64decode(step.data.split()[2]))
    server = scram.Server(first, scram.derive("another", "SCRAM-SHA-256"))
    think: Any = dialogue.send(Reply(334, (base64.b64encode(server.challenge()),)))
    dialogue.send(think.work())
    with pytest.raises(LoginError, match="signature"):
        dialogue.send(Reply(334, (base64.b64encode(b"v=" + base64.b64encode(b"x" * 32)),)))


def test_a_server_that_proves_nothing_is_not_believed() -> None:
    dialogue = log_in(ALICE, frozenset({"SCRAM-SHA-256"}), encrypted=True)
    step: Any = next(dialogue)
    first = scram.read_client_first(base64.b64decode(step.data.split()[2]))
    challenge = scram.Server(first, KEYS["SCRAM-SHA-256"]).challenge()
    think: Any = dialogue.send(Reply(334, (base64.b64encode(challenge),)))
    dialogue.send(think.work())
    with pytest.raises(LoginError, match="did not prove"):
        dialogue.send(Reply(235, (b"welcome",)))


@pytest.mark.parametrize("challenge", [b"", b"!!!", b"r=x,s=eA==,i=4096", base64.b64encode(b"r=x,s=eA==,i=4096"), base64.b64encode(b"\xff")])
def test_a_challenge_without_sense_ends_the_login(challenge: bytes) -> None:
    dialogue = log_in(ALICE, frozenset({"SCRAM-SHA-256"}), encrypted=True)
    next(dialogue)
    with pytest.raises(LoginError, match="the login failed"):
        answer(dialogue, challenge)


def answer(dialogue: Dialogue[None], challenge: bytes) -> None:
    think: Any = dialogue.send(Reply(334, (challenge,)))
    try:
        think.work()
    except scram.ScramError as error:
        dialogue.throw(error)
