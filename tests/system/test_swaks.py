"""swaks speaks SMTP, submission and LMTP; what it sent is read over POP3."""

import email
import email.policy
import random
from collections.abc import Callable

import pytest

from system.client import Client
from system.server import DOMAIN, HOST, NAME, Person, Server

pytestmark = pytest.mark.system

NO_SUCH_LOGIN = 28  # swaks's exit status when it could not log in
ALL_RECIPIENTS_REFUSED = 24
MESSAGE_REFUSED = 26


@pytest.fixture
def swaks(server: Server, program: Callable[[str], Client]) -> Callable[..., str]:
    """Run swaks against one of the server's ports."""
    client = program("swaks")

    def run(protocol: str, *words: str, code: int = 0) -> str:
        place = ("--server", HOST, "--port", str(server.ports[protocol]), "--helo", "client.example")
        verified = ("--tls-verify", "--tls-ca-path", str(server.tls.certificate))
        return client(*place, *verified, *words, code=code)

    return run


def test_a_message_to_the_mx_arrives_with_its_trace(server: Server, swaks: Callable[..., str], alice: Person) -> None:
    swaks("smtp", "--from", "friend@elsewhere.example", "--to", alice.address, "--h-Subject", "plain", "--body", "one\\n.two\\n..three")
    [message] = server.mail(alice)
    read = email.message_from_bytes(message, policy=email.policy.default)
    assert read["Return-Path"] == "<friend@elsewhere.example>"
    assert read["Delivered-To"] == alice.address
    assert read["Subject"] == "plain"
    assert f"by {NAME} with ESMTP " in " ".join(read["Received"].split())
    assert f"for <{alice.address}>" in read["Received"]
    assert message.rstrip().endswith(b"\r\n\r\none\r\n.two\r\n..three")


def test_starttls_on_the_mx_shows_in_the_trace(server: Server, swaks: Callable[..., str], alice: Person) -> None:
    said = swaks("smtp", "--tls", "--from", "friend@elsewhere.example", "--to", alice.address)
    assert "TLS started" in said
    [message] = server.mail(alice)
    assert b"with ESMTPS (TLSv1.3" in b" ".join(message.split())


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
@pytest.mark.parametrize(("protocol", "tls"), [("submission", "--tls"), ("submissions", "--tls-on-connect")])
def test_submission_with_a_login(
    server: Server, swaks: Callable[..., str], alice: Person, bob: Person, protocol: str, tls: str, mechanism: str
) -> None:
    login = ("--auth", mechanism, "--auth-user", alice.address, "--auth-password", alice.password)
    swaks(protocol, tls, *login, "--from", alice.address, "--to", bob.address)
    [message] = server.mail(bob)
    assert b"with ESMTPSA (TLSv1.3" in b" ".join(message.split())


def test_mechanisms_that_need_the_plain_password_are_not_offered(swaks: Callable[..., str], alice: Person) -> None:
    login = ("--auth", "CRAM-MD5", "--auth-user", alice.address, "--auth-password", alice.password)
    swaks("submission", "--tls", *login, "--from", alice.address, "--to", alice.address, code=NO_SUCH_LOGIN)


def test_a_wrong_password_sends_nothing(server: Server, swaks: Callable[..., str], alice: Person) -> None:
    login = ("--auth", "PLAIN", "--auth-user", alice.address, "--auth-password", "wrong")
    said = swaks("submission", "--tls", *login, "--from", alice.address, "--to", alice.address, code=NO_SUCH_LOGIN)
    assert "535 5.7.8" in said
    assert server.count(alice) == 0


def test_submission_without_a_login_is_refused(server: Server, swaks: Callable[..., str], alice: Person) -> None:
    said = swaks("submission", "--tls", "--from", alice.address, "--to", alice.address, code=23)
    assert "530 5.7.0" in said
    assert server.count(alice) == 0


def test_another_persons_sender_is_refused(server: Server, swaks: Callable[..., str], alice: Person, bob: Person) -> None:
    login = ("--auth", "PLAIN", "--auth-user", alice.address, "--auth-password", alice.password)
    swaks("submission", "--tls", *login, "--from", bob.address, "--to", bob.address, code=23)
    swaks("submission", "--tls", *login, "--from", alice.address, "--h-From", f"<{bob.address}>", "--to", bob.address, code=MESSAGE_REFUSED)
    assert server.count(bob) == 0


def test_pipelined_recipients_each_get_their_copy(server: Server, swaks: Callable[..., str], alice: Person, bob: Person) -> None:
    carol = server.person("carol")
    everybody = f"{alice.address},{bob.address},{carol.address},{alice.address.upper()}"
    said = swaks("smtp", "--pipeline", "--from", "friend@elsewhere.example", "--to", everybody, "--h-Subject", "for all of you")
    assert "PIPELINING" in said
    for person in (alice, bob, carol):
        [message] = server.mail(person)
        assert b"Subject: for all of you" in message
        assert f"Delivered-To: {person.address}".encode() in message
        assert b"for <" not in message.partition(b"Subject:")[0]


def test_unknown_recipients_and_other_domains_are_refused_at_rcpt(server: Server, swaks: Callable[..., str], alice: Person) -> None:
    said = swaks("smtp", "--from", "friend@elsewhere.example", "--to", f"nobody@{DOMAIN}", code=ALL_RECIPIENTS_REFUSED)
    assert "550 5.1.1" in said
    said = swaks("smtp", "--from", alice.address, "--to", "somebody@elsewhere.example", code=ALL_RECIPIENTS_REFUSED)
    assert "550 5.7.1" in said
    swaks("smtp", "--from", "friend@elsewhere.example", "--to", f"nobody@{DOMAIN},{alice.address}")
    assert len(server.mail(alice)) == 1


def test_lmtp_answers_for_each_recipient(server: Server, swaks: Callable[..., str], alice: Person, bob: Person) -> None:
    said = swaks("lmtp", "--protocol", "LMTP", "--from", "friend@elsewhere.example", "--to", f"{alice.address},{bob.address}")
    assert said.partition("-> .")[2].count("<-  250 2") == 2
    for person in (alice, bob):
        [message] = server.mail(person)
        assert b"with LMTP" in message


def test_lmtp_over_a_unix_socket(server: Server, program: Callable[[str], Client], alice: Person) -> None:
    program("swaks")("--socket", str(server.lmtp_path), "--protocol", "LMTP", "--from", "friend@elsewhere.example", "--to", alice.address)
    [message] = server.mail(alice)
    assert b"(local)" in message


def test_a_big_attachment_arrives_as_it_was(server: Server, program: Callable[[str], Client], alice: Person) -> None:
    swaks = program("swaks")
    content = random.Random(5).randbytes(8 << 20)
    (swaks.home / "picture.bin").write_bytes(content)
    place = ("--server", HOST, "--port", str(server.ports["submissions"]), "--tls-on-connect", "--hide-all")
    login = ("--auth", "PLAIN", "--auth-user", alice.address, "--auth-password", alice.password)
    swaks(*place, *login, "--from", alice.address, "--to", alice.address, "--attach-type", "application/octet-stream", "--attach", "@picture.bin")
    [message] = server.mail(alice)
    [attached] = email.message_from_bytes(message, policy=email.policy.default).iter_attachments()
    assert attached.get_content() == content
