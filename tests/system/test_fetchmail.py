"""fetchmail takes mail out of one mailbox and hands it in for another."""

import smtplib
from collections.abc import Callable

import pytest

from system.client import Client
from system.server import HOST, Person, Server

pytestmark = pytest.mark.system

CONFIGURATION = """\
set no syslog
set postmaster "{target}"
set no bouncemail
poll {host} protocol {protocol} port {port} auth password timeout 20
  user "{source}" password "{password}" is "{target}" here
  {security} sslcertck sslcertfile "{certificate}"
  smtphost "127.0.0.1/{smtp}" smtpname "{target}" {options}
"""
NOTHING_NEW = 1


@pytest.fixture
def fetchmail(server: Server, program: Callable[[str], Client]) -> Callable[..., str]:
    """Let fetchmail carry mail from one person to another."""
    client = program("fetchmail")

    def run(door: str, source: Person, target: Person, options: str, *more: str, through: str = "smtp", code: int = 0) -> str:
        text = CONFIGURATION.format(
            host=HOST,
            protocol="imap" if door.startswith("imap") else "pop3",
            port=server.ports[door],
            source=source.address,
            password=source.password,
            target=target.address,
            security="ssl" if door.endswith("s") else 'sslproto "TLS1.2+"',
            certificate=server.tls.certificate,
            smtp=server.ports[through],
            options=options,
        )
        words = ("--fetchmailrc", client.file("fetchmailrc", text), "--nodetach", "--verbose", *more)
        return client(*words, code=code, variables={"FETCHMAILHOME": str(client.home)})

    return run


@pytest.fixture
def letters(server: Server, alice: Person) -> Person:
    """A person with three messages, one of them large."""
    with smtplib.SMTP(HOST, server.ports["smtp"]) as smtp:
        for subject, body in (("first", ".dot"), ("second", "x" * 70), ("third", "a line of text\r\n" * 20000)):
            message = f"From: Friend <friend@elsewhere.example>\r\nSubject: {subject}\r\n\r\n{body}\r\n"
            smtp.sendmail("friend@elsewhere.example", alice.address, message)
    return alice


def bodies(messages: list[bytes]) -> list[tuple[bytes, bytes]]:
    """Give subjects and bodies, which a carrier must not change."""
    cut = (message.partition(b"\r\n\r\n") for message in messages)
    return sorted((header.rpartition(b"Subject: ")[2].split(b"\r\n")[0], body) for header, _, body in cut)


DOORS = ["pop3s", "pop3", "imaps", "imap"]


@pytest.mark.parametrize("door", DOORS)
def test_all_mail_is_moved(server: Server, fetchmail: Callable[..., str], letters: Person, bob: Person, door: str) -> None:
    before = bodies(server.mail(letters, 3))
    fetchmail(door, letters, bob, "no keep fetchall")
    assert bodies(server.mail(bob, 3)) == before
    assert server.count(letters) == 0


@pytest.mark.parametrize("door", DOORS)
def test_kept_mail_is_fetched_once(server: Server, fetchmail: Callable[..., str], letters: Person, bob: Person, door: str) -> None:
    more = () if door.startswith("imap") else ("--uidl",)
    fetchmail(door, letters, bob, "keep", *more)
    fetchmail(door, letters, bob, "keep", *more, code=NOTHING_NEW)
    assert bodies(server.mail(bob, 3)) == bodies(server.mail(letters, 3))


def test_mail_is_handed_in_over_lmtp(server: Server, fetchmail: Callable[..., str], letters: Person, bob: Person) -> None:
    fetchmail("pop3s", letters, bob, "lmtp no keep fetchall", through="lmtp")
    messages = server.mail(bob, 3)
    assert all(b"with LMTP" in message for message in messages)
    assert server.count(letters) == 0


def test_mail_for_nobody_stays_where_it_was(server: Server, fetchmail: Callable[..., str], letters: Person) -> None:
    nobody = Person("nobody@example.test")
    fetchmail("pop3s", letters, nobody, "keep fetchall")
    assert server.count(letters) == 3
