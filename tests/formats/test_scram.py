"""SCRAM against the RFCs' examples, and both sides against each other."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postroom.formats.scram import Client, Keys, ScramError, Server, derive, false_keys, read_client_first, saslprep

# RFC 7677 section 3 and RFC 5802 section 5
EXAMPLES = [
    (
        "SCRAM-SHA-256",
        b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
        b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
    ),
    (
        "SCRAM-SHA-1",
        b"n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
        b"r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
        b"c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
        b"v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
    ),
]


@pytest.mark.parametrize(("mechanism", "first", "challenge", "final", "signature"), EXAMPLES)
def test_the_dialogue_of_the_rfc_is_held_word_for_word(mechanism: str, first: bytes, challenge: bytes, final: bytes, signature: bytes) -> None:
    nonce = first.decode().rpartition("r=")[2]
    words = dict(part.split("=", 1) for part in challenge.decode().split(","))
    client = Client(mechanism, "user", "pencil", nonce=nonce)
    server = Server(read_client_first(first), derive("pencil", mechanism, base64.b64decode(words["s"])), nonce=words["r"].removeprefix(nonce))
    assert client.first() == first
    assert server.challenge() == challenge
    assert client.final(challenge) == final
    assert server.verify(final) == signature
    client.finish(signature)


def dialogue(client: Client, keys: Keys, binding: bytes = b"") -> None:
    server = Server(read_client_first(client.first()), keys, binding)
    client.finish(server.verify(client.final(server.challenge())))


@settings(max_examples=20)
@given(st.text("aä=,ñ ", min_size=1, max_size=8), st.text("abcé ,=", min_size=1, max_size=8))
def test_any_name_and_password_agree(name: str, password: str) -> None:
    client = Client("SCRAM-SHA-256", name, password)
    dialogue(client, derive(password, "SCRAM-SHA-256", iterations=1))
    assert read_client_first(client.first()).authcid == saslprep(name)


def test_a_wrong_password_gives_no_proof() -> None:
    with pytest.raises(ScramError, match="proof is wrong"):
        dialogue(Client("SCRAM-SHA-256", "user", "pen"), derive("pencil", "SCRAM-SHA-256", iterations=1))


def test_a_user_who_does_not_exist_looks_like_one_who_does() -> None:
    keys = false_keys(b"secret", "ghost", "SCRAM-SHA-256")
    assert keys == false_keys(b"secret", "ghost", "SCRAM-SHA-256")
    assert keys.salt != false_keys(b"secret", "host", "SCRAM-SHA-256").salt
    assert len(keys.salt) == len(derive("x", "SCRAM-SHA-256", iterations=1).salt)
    with pytest.raises(ScramError, match="proof is wrong"):
        dialogue(Client("SCRAM-SHA-256", "ghost", "pencil"), keys)


def test_the_channel_binding_must_be_the_same_on_both_ends() -> None:
    keys = derive("pencil", "SCRAM-SHA-256", iterations=1)
    dialogue(Client("SCRAM-SHA-256-PLUS", "user", "pencil", binding="tls-exporter", data=b"here"), keys, b"here")
    with pytest.raises(ScramError, match="binding"):
        dialogue(Client("SCRAM-SHA-256-PLUS", "user", "pencil", binding="tls-exporter", data=b"in the middle"), keys, b"here")


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"n,,",
        b"n,,n=user",
        b"x,,n=a,r=b",
        b"p,,n=a,r=b",
        b"n=x,,n=a,r=b",
        b"n,,r=b,n=a",
        b"n,,n=a=,r=b",
        b"n,,n=a,n=b,r=c",
        b"n,,m=1,n=a,r=b",
        b"n,,n=\xff,r=b",
        b"n,,n=a,r=",
        b"n,user,n=a,r=b",
        b"n,,n=a,r=" + b"x" * 3000,
        "n,,n=\u200e\u0007,r=a".encode(),
    ],
)
def test_a_malformed_first_message_is_refused(message: bytes) -> None:
    with pytest.raises(ScramError):
        read_client_first(message)


@pytest.mark.parametrize(
    "final",
    [b"", b"c=biws,p=AAAA", b"c=biws,r={r}", b"c=biws,r=other,p=AAAA", b"c=biws,r={r},p=*", b"c=biws,r={r},p=AAAA", b"p=AAAA,c=biws,r={r}"],
)
def test_a_malformed_final_message_is_refused(final: bytes) -> None:
    server = Server(read_client_first(b"n,,n=user,r=abc"), derive("pencil", "SCRAM-SHA-256", iterations=1), nonce="def")
    with pytest.raises(ScramError):
        server.verify(final.replace(b"{r}", b"abcdef"))


@pytest.mark.parametrize(
    "challenge",
    [b"", b"r=other,s=AAAA,i=4096", b"r=abc,s=AAAA,i=4096", b"r=abcd,s=AAAA,i=9999999", b"r=abcd,s=*,i=1", b"r=abcd,s=AAAA,i=0"],
)
def test_a_client_does_not_follow_a_false_server(challenge: bytes) -> None:
    with pytest.raises(ScramError):
        Client("SCRAM-SHA-256", "user", "pencil", nonce="abc").final(challenge)


def test_a_server_that_does_not_know_the_password_is_found_out() -> None:
    client = Client("SCRAM-SHA-256", "user", "pencil", nonce="abc")
    client.final(b"r=abcd,s=AAAA,i=1")
    with pytest.raises(ScramError):
        client.finish(b"v=AAAA")


@pytest.mark.parametrize(("text", "prepared"), [("I\u00adX", "IX"), ("user", "user"), ("USER", "USER"), ("\u00aa", "a"), ("\u2168", "IX")])
def test_saslprep_follows_the_examples_of_rfc_4013(text: str, prepared: str) -> None:
    assert saslprep(text) == prepared


@pytest.mark.parametrize("text", ["\u0007", "\u0627\u0031"])
def test_saslprep_refuses_what_rfc_4013_forbids(text: str) -> None:
    with pytest.raises(ValueError):
        saslprep(text)
