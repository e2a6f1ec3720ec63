"""mpop moves a maildrop into a maildir; it was filled over SMTP."""

import smtplib
from collections.abc import Callable
from pathlib import Path

import pytest

from system.client import Client
from system.server import HOST, Person, Server

pytestmark = pytest.mark.system

CONFIGURATION = """\
account default
host {host}
port {port}
user {person.address}
password {person.password}
auth {mechanism}
tls on
tls_starttls {starttls}
tls_trust_file {certificate}
uidls_file {home}/uidls
delivery maildir {home}/maildir
keep {keep}
received_header off
"""


@pytest.fixture
def mpop(server: Server, program: Callable[[str], Client]) -> Callable[..., list[bytes]]:
    """Run mpop for a person; returns the maildir's messages afterwards."""
    client = program("mpop")
    for name in ("cur", "new", "tmp"):
        (client.home / "maildir" / name).mkdir(parents=True)

    def run(person: Person, protocol: str = "pop3s", mechanism: str = "user", keep: str = "off") -> list[bytes]:
        text = CONFIGURATION.format(
            host=HOST,
            port=server.ports[protocol],
            person=person,
            mechanism=mechanism,
            starttls="on" if protocol == "pop3" else "off",
            certificate=server.tls.certificate,
            home=client.home,
            keep=keep,
        )
        client("--file", client.file("mpoprc", text))
        return [place.read_bytes() for place in sorted(Path(client.home, "maildir", "new").iterdir())]

    return run


@pytest.fixture
def letters(server: Server, alice: Person) -> Person:
    """A person with messages enough for pipelining to show."""
    with smtplib.SMTP(HOST, server.ports["smtp"]) as smtp:
        for number in range(20):
            smtp.sendmail("friend@elsewhere.example", alice.address, f"Subject: {number}\r\n\r\n..\r\n.{number}\r\n")
    return alice


@pytest.mark.parametrize(("protocol", "mechanism"), [("pop3s", "user"), ("pop3s", "scram-sha-256"), ("pop3", "plain")])
def test_the_maildrop_moves_into_the_maildir(
    server: Server, mpop: Callable[..., list[bytes]], letters: Person, protocol: str, mechanism: str
) -> None:
    before = [message.replace(b"\r\n", b"\n") for message in server.mail(letters, 20)]
    assert sorted(mpop(letters, protocol, mechanism)) == sorted(before)
    assert server.count(letters) == 0


def test_kept_messages_are_recognised_by_their_uidl(server: Server, mpop: Callable[..., list[bytes]], letters: Person) -> None:
    assert len(mpop(letters, keep="on")) == 20
    with smtplib.SMTP(HOST, server.ports["smtp"]) as smtp:
        smtp.sendmail("friend@elsewhere.example", letters.address, "Subject: new\r\n\r\nnew\r\n")
    assert len(mpop(letters, keep="on")) == 21
    assert server.count(letters) == 21
