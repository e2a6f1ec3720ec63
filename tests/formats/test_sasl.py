"""Every mechanism, its happy end and its ways to fail."""

import pytest

from postroom.formats import sasl, scram
from postroom.formats.sasl import Challenge, Exchange, Failed, Lookup, Password, Proven


def begun(mechanism: str, *, bindings: dict[str, bytes] | None = None, plus: bool = False, certificate: str = "") -> Exchange:
    exchange = sasl.start(mechanism, bindings=bindings, plus=plus, certificate=certificate)
    assert exchange is not None
    return exchange


@pytest.mark.parametrize(
    ("response", "outcome"),
    [
        (b"\0alice\0secret", Password("alice", "", "secret")),
        (b"bob\0alice\0secret", Password("alice", "bob", "secret")),
        ("\0älice\0sécret".encode(), Password("älice", "", "sécret")),
    ],
)
def test_plain_gives_name_and_password(response: bytes, outcome: Password) -> None:
    assert begun("PLAIN").step(response) == outcome


@pytest.mark.parametrize("response", [b"", b"alice\0secret", b"\0\0secret", b"\0alice\0", b"\0a\0b\0c", b"\0\xff\0x", b"\0a\0" + b"x" * 5000])
def test_plain_refuses_what_is_not_plain(response: bytes) -> None:
    assert isinstance(begun("PLAIN").step(response), Failed)


def test_login_asks_for_name_and_password() -> None:
    exchange = begun("LOGIN")
    assert exchange.prompt == b"Username:"
    assert exchange.step(b"alice") == Challenge(b"Password:")
    assert exchange.step(b"secret") == Password("alice", "", "secret")


@pytest.mark.parametrize(("name", "password"), [(b"", b"x"), (b"a", b""), (b"a\0b", b"c"), (b"\xff", b"c")])
def test_login_refuses_empty_and_malformed(name: bytes, password: bytes) -> None:
    exchange = begun("LOGIN")
    exchange.step(name)
    assert isinstance(exchange.step(password), Failed)


def test_external_believes_the_certificate() -> None:
    assert begun("EXTERNAL", certificate="alice@example.test").step(b"") == Proven("alice@example.test", "")
    assert isinstance(begun("EXTERNAL").step(b"alice@example.test"), Failed)
    assert isinstance(begun("EXTERNAL", certificate="a").step(b"\xff"), Failed)


def test_unknown_mechanisms_have_no_exchange() -> None:
    assert sasl.start("CRAM-MD5") is None
    assert sasl.start("PLAIN-PLUS") is None


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-256", "SCRAM-SHA-1", "SCRAM-SHA-256-PLUS"])
def test_scram_proves_the_client_and_the_server(mechanism: str) -> None:
    plus = mechanism.endswith("-PLUS")
    client = scram.Client(mechanism, "alice", "secret", binding="tls-exporter" if plus else "", data=b"bound" if plus else b"")
    exchange = begun(mechanism, bindings={"tls-exporter": b"bound"}, plus=plus)
    lookup = exchange.step(client.first())
    assert lookup == Lookup("alice", mechanism.removesuffix("-PLUS"))
    challenge = exchange.provide(scram.derive("secret", mechanism.removesuffix("-PLUS"), iterations=1))
    assert isinstance(challenge, Challenge)
    signature = exchange.step(client.final(challenge.data))
    assert isinstance(signature, Challenge)
    client.finish(signature.data)
    assert exchange.step(b"") == Proven("alice", "")


@pytest.mark.parametrize(
    ("mechanism", "plus", "first"),
    [
        ("SCRAM-SHA-256", True, b"y,,n=alice,r=abc"),  # somebody took -PLUS out of our list
        ("SCRAM-SHA-256", True, b"p=tls-exporter,,n=alice,r=abc"),
        ("SCRAM-SHA-256-PLUS", True, b"n,,n=alice,r=abc"),
        ("SCRAM-SHA-256-PLUS", True, b"p=tls-unique,,n=alice,r=abc"),
        ("SCRAM-SHA-256", False, b"rubbish"),
    ],
)
def test_scram_refuses_downgrades_and_unknown_bindings(mechanism: str, plus: bool, first: bytes) -> None:
    assert isinstance(begun(mechanism, bindings={"tls-exporter": b"bound"}, plus=plus).step(first), Failed)


def test_scram_out_of_order_fails() -> None:
    exchange = begun("SCRAM-SHA-256")
    assert isinstance(exchange.provide(scram.derive("x", "SCRAM-SHA-256", iterations=1)), Failed)
    exchange.step(b"n,,n=alice,r=abc")
    assert isinstance(exchange.step(b"c=biws,r=abc,p=AAAA"), Failed)


@pytest.mark.parametrize(("line", "response"), [(b"*", None), (b"", b""), (b"YWI=", b"ab")])
def test_responses_come_in_base64(line: bytes, response: bytes | None) -> None:
    assert sasl.decode(line) == response
    assert response is None or sasl.encode(response) == line


@pytest.mark.parametrize("line", [b"YWI", b"Y W I=", b"=", b"YWI=x", b"**"])
def test_what_is_no_base64_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        sasl.decode(line)


def test_passwords_are_in_no_repr() -> None:
    assert "secret" not in repr(Password("alice", "", "secret"))
