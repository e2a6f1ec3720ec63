"""Attacks over real sockets: the server's memory stays bounded, and others are served meanwhile."""

import imaplib
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from system.clients.letters import SMALL, large
from system.server import HOST, PATIENCE, Person, Server

pytestmark = pytest.mark.system

READERS = 40
KILOBYTE = 1024


def resident(server: Server) -> int:
    """Add up the memory of the workers, in octets."""
    pages = [int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) for pid in server.children("worker")]
    assert pages, "the server has no workers"
    return sum(pages) * 4 * KILOBYTE


@contextmanager
def connected(server: Server, protocol: str) -> Iterator[socket.socket]:
    """Connect with a socket that takes in little."""
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * KILOBYTE)
        client.settimeout(PATIENCE)
        client.connect((HOST, server.ports[protocol]))
        yield client


def heard(client: socket.socket, wanted: bytes) -> None:
    """Read until something was said."""
    said = b""
    while wanted not in said:
        piece = client.recv(KILOBYTE)
        assert piece, f"closed after {said[-200:]!r}"
        said += piece


def served(server: Server, person: Person) -> None:
    """Prove that somebody else is served, again and again."""
    for _ in range(5):
        server.deliver(person, SMALL)
        with server.imap(person) as session:
            assert session.store("1:*", "+FLAGS", r"(\Seen)")[0] == "OK"
            assert session.search(None, "UNSEEN") == ("OK", [b""])
        with closing(server.pop3(person)) as maildrop:
            assert maildrop.stat()[0] > 0
            maildrop.quit()


def test_readers_that_do_not_read_cost_little(server: Server, alice: Person, bob: Person) -> None:
    """Forty clients ask for 5 MB a hundred times each, over IMAP; one does over POP3, with TOP; none reads."""
    server.append(alice, "INBOX", [large()])
    before = resident(server)
    with ExitStack() as stack:
        for _ in range(READERS):
            client = stack.enter_context(connected(server, "imap"))
            client.sendall(f"a LOGIN {alice.address} {alice.password}\r\nb SELECT INBOX\r\n".encode())
            heard(client, b"b OK")
            client.sendall(b"c FETCH 1:* (BODY.PEEK[] BODY.PEEK[TEXT])\r\n" * 50)
        maildrop = stack.enter_context(connected(server, "pop3"))
        maildrop.sendall(f"USER {alice.address}\r\nPASS {alice.password}\r\n".encode())
        heard(maildrop, b"1 messages")
        maildrop.sendall(b"TOP 1 100000\r\nRETR 1\r\n" * 50)
        served(server, bob)
        assert resident(server) - before < (READERS + 1) * 1024 * KILOBYTE + 32 * 1024 * KILOBYTE
    served(server, bob)


def test_strangers_with_literals_cost_little(server: Server, bob: Person) -> None:
    """Three hundred connections that never log in, each with as much as it may send before."""
    before = resident(server)
    with ExitStack() as stack:
        for _ in range(300):
            client = stack.enter_context(connected(server, "imap"))
            heard(client, b"ready")
            client.sendall(b"a LOGIN {4096+}\r\n" + b"x" * 4095)
        served(server, bob)
        assert resident(server) - before < 300 * 64 * KILOBYTE + 16 * 1024 * KILOBYTE
    served(server, bob)


def test_a_literal_of_gigabytes_is_never_invited(server: Server, alice: Person) -> None:
    with imaplib.IMAP4(HOST, server.ports["imap"], PATIENCE) as session:
        for size in (2**31, 2**32, 2**64 - 1):
            session.send(b"a LOGIN {%d}\r\n" % size)
            assert session.readline().startswith(b"a BAD ")
        session.login(alice.address, alice.password)
        for size in (2**31, 2**32, 2**64 - 1):
            session.send(b"b APPEND INBOX {%d}\r\n" % size)
            assert session.readline().startswith(b"b NO [TOOBIG]")
        assert session.select()[1] == [b"0"]
