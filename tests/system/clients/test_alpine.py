"""alpine, at a terminal: it reads, saves, deletes, writes, and sees what others do."""

from collections.abc import Callable

import pytest

from system.client import Client
from system.clients.letters import DEEP
from system.clients.terminal import Terminal
from system.server import DOMAIN, HOST, Person, Server, until

pytestmark = pytest.mark.system

CONFIGURATION = """\
personal-name=Alice
user-domain={domain}
customized-hdrs=From: Alice <{person.address}>
smtp-server={host}:{submissions}/ssl/user={person.address}
inbox-path={{{host}:{imaps}/ssl/user={person.address}}}INBOX
folder-collections=Mail {{{host}:{imaps}/ssl/user={person.address}}}[]
feature-list=quit-without-confirm,expunge-without-confirm,expunge-without-confirm-everywhere,enable-aggregate-command-set,allow-changing-from,
\tno-save-will-quote-leading-froms,save-will-not-delete,no-enable-mouse-in-xterm,disable-password-file-saving
default-fcc=Sent
last-time-prune-questions=126.10
last-version-used=6.26
sort-key=arrival
"""
SIGNS_IN = "[Pp](?:ASSWORD|assword)"
CLEAR, DOWN, SEND, LOOK = "\x15", "\x0e", "\x18", "\x0c"
"""Control-U, N, X and L."""


@pytest.fixture
def alpine(server: Server, program: Callable[[str], Client], alice: Person) -> Callable[..., Terminal]:
    """Run alpine in a terminal, signed in."""
    client = program("alpine")
    ports = {name: server.ports[name] for name in ("imaps", "submissions")}
    configuration = client.file("pinerc", CONFIGURATION.format(domain=DOMAIN, person=alice, host=HOST, **ports))

    def run(*words: str) -> Terminal:
        command = [client.program, "-p", configuration, "-nowrite_password_cache", *words]
        terminal = Terminal(command, client.home, {"SSL_CERT_FILE": str(server.tls.certificate)})
        terminal.wait_for(SIGNS_IN)
        terminal.type(alice.password + "\r")
        return terminal

    return run


def letter(subject: str) -> bytes:
    return f"From: friend@elsewhere.example\r\nTo: alice\r\nSubject: {subject}\r\n\r\nThe body of the {subject} letter.\r\n".encode()


def test_letters_are_read_saved_and_deleted(server: Server, alpine: Callable[..., Terminal], alice: Person) -> None:
    server.create(alice, DEEP)
    server.append(alice, "INBOX", [letter("first"), letter("second"), letter("third")])
    with alpine("-i") as terminal:
        terminal.wait_for("(?s)first.*second.*third")
        terminal.type("1\r\r")
        terminal.wait_for("The body of the first letter")
        terminal.type(f"s{CLEAR}{DEEP}\r")
        until(lambda: bool(server.letters(alice, DEEP)), "the letter was saved")  # alpine's words of it depend on how fast it was
        terminal.type("n")
        terminal.wait_for("The body of the second letter")
        terminal.type("d")
        terminal.wait_for("The body of the third letter")
        terminal.type("<")
        terminal.wait_for("MESSAGE INDEX")
        terminal.type("x")
        until(lambda: len(server.letters(alice)) == 2, "the letter was expunged")
        terminal.type("q")
        assert terminal.ended() == 0
    assert set(server.letters(alice, DEEP)) == {letter("first")}
    assert server.letters(alice) == {letter("first"): {"\\Seen"}, letter("third"): {"\\Seen"}}
    assert set(server.mail(alice, 2)) == {letter("first"), letter("third")}


def test_a_letter_is_written_sent_and_filed(server: Server, alpine: Callable[..., Terminal], alice: Person, bob: Person) -> None:
    with alpine("-i") as terminal:
        terminal.wait_for("MESSAGE INDEX")
        terminal.type("c")
        terminal.wait_for("COMPOSE MESSAGE")
        terminal.type(f"{bob.address}{DOWN * 3}from alpine{DOWN}written at a terminal{SEND}")
        terminal.wait_for("Send message")
        terminal.type("y")
        terminal.wait_for(SIGNS_IN)
        terminal.type(alice.password + "\r")
        until(lambda: bool(server.letters(alice, "Sent")), "the letter was sent and filed")
        terminal.type("q")
        assert terminal.ended() == 0
    [message] = server.mail(bob)
    assert b"Subject: from alpine" in message
    assert f"From: Alice <{alice.address}>".encode() in message
    assert b"written at a terminal" in message
    [filed] = server.letters(alice, "Sent")
    assert b"Subject: from alpine" in filed


def test_what_others_change_is_seen(server: Server, alpine: Callable[..., Terminal], alice: Person) -> None:
    server.append(alice, "INBOX", [letter("first"), letter("second")])
    with alpine("-i") as terminal:
        terminal.wait_for("(?s)first.*second")
        server.deliver(alice, letter("newcomer"))
        terminal.type(LOOK)
        terminal.wait_for("newcomer")
        maildrop = server.pop3(alice)
        maildrop.dele(1)
        maildrop.quit()
        terminal.type(LOOK)
        terminal.wait_for("of 2")
        terminal.type("q")
        assert terminal.ended() == 0
