"""msmtp submits as a sendmail would; what it sent is read over POP3."""

from collections.abc import Callable

import pytest

from system.client import Client
from system.server import HOST, Person, Server

pytestmark = pytest.mark.system

NO_PERMISSION = 77
DATA_REFUSED = 65

CONFIGURATION = """\
account default
host {host}
port {port}
domain client.example
from {person.address}
auth {mechanism}
user {person.address}
password {password}
tls on
tls_starttls {starttls}
tls_trust_file {certificate}
remove_bcc_headers off
"""
MESSAGE = """\
From: Alice <{sender.address}>
To: Bob <{recipient.address}>
Bcc: {hidden.address}
Subject: by msmtp

.a line that begins with a dot
"""


@pytest.fixture
def msmtp(server: Server, program: Callable[[str], Client]) -> Callable[..., str]:
    """Run msmtp with a configuration for a person, a port and a mechanism."""
    client = program("msmtp")

    def run(protocol: str, mechanism: str, person: Person, *words: str, say: str, password: str = "", code: int = 0) -> str:
        text = CONFIGURATION.format(
            host=HOST,
            port=server.ports[protocol],
            person=person,
            password=password or person.password,
            mechanism=mechanism,
            starttls="on" if protocol == "submission" else "off",
            certificate=server.tls.certificate,
        )
        return client("--file", client.file("msmtprc", text), *words, say=say, code=code)

    return run


@pytest.mark.parametrize("protocol", ["submission", "submissions"])
@pytest.mark.parametrize("mechanism", ["plain", "scram-sha-256"])
def test_a_submission_is_completed_and_bcc_is_removed(
    server: Server, msmtp: Callable[..., str], alice: Person, bob: Person, protocol: str, mechanism: str
) -> None:
    carol = server.person("carol")
    message = MESSAGE.format(sender=alice, recipient=bob, hidden=carol)
    msmtp(protocol, mechanism, alice, "--add-missing-date-header=off", "--read-recipients", say=message)
    for person in (bob, carol):
        [found] = server.mail(person)
        header, _, body = found.partition(b"\r\n\r\n")
        assert b"Subject: by msmtp" in header
        assert b"\r\nMessage-ID: <" in header
        assert b"\r\nDate: " in header
        assert b"\r\nBcc:" not in header
        assert body == b".a line that begins with a dot\r\n"


def test_a_wrong_password_fails_scram(server: Server, msmtp: Callable[..., str], alice: Person) -> None:
    said = msmtp("submission", "scram-sha-256", alice, alice.address, say="Subject: x\n\n", password="wrong", code=NO_PERMISSION)
    assert "authentication failed" in said
    assert server.count(alice) == 0


def test_a_foreign_sender_is_refused(server: Server, msmtp: Callable[..., str], alice: Person, bob: Person) -> None:
    said = msmtp("submission", "plain", alice, f"--from={bob.address}", bob.address, say="Subject: x\n\n", code=DATA_REFUSED)
    assert "5.7.1" in said
    assert server.count(bob) == 0
