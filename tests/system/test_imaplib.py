"""Python's imaplib looks at IMAP's details while mail comes and goes by the other protocols."""

import imaplib
import smtplib
import ssl
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from system.server import HOST, PATIENCE, Person, Server

pytestmark = pytest.mark.system


@pytest.fixture
def letters(server: Server, alice: Person) -> Person:
    """A person with three messages."""
    for subject in ("first", "second", "third"):
        send(server, alice, subject)
    return alice


@pytest.fixture
def inbox(server: Server, letters: Person) -> Iterator[imaplib.IMAP4_SSL]:
    """A session with the INBOX open."""
    with server.imap(letters) as session:
        yield session


def send(server: Server, person: Person, subject: str, body: str = "hi\r\n") -> None:
    """Deliver a short letter."""
    with smtplib.SMTP(HOST, server.ports["smtp"]) as smtp:
        smtp.sendmail("friend@elsewhere.example", person.address, f"Subject: {subject}\r\n\r\n{body}".encode())


def done(answer: tuple[str, Sequence[Any]]) -> Sequence[Any]:
    """Give what a command that is OK answered."""
    assert answer[0] == "OK", answer
    return answer[1]


def test_logins_wait_for_tls_or_come_from_loopback(server: Server, alice: Person) -> None:
    with imaplib.IMAP4(HOST, server.ports["imap"], PATIENCE) as session:
        assert "STARTTLS" in session.capabilities
        session.starttls(server.trusting())
        assert isinstance(session.socket(), ssl.SSLSocket)
        assert "STARTTLS" not in session.capabilities
        session.login(alice.address, alice.password)
        assert done(session.select()) == [b"0"]


def test_a_wrong_password_is_refused(server: Server, alice: Person) -> None:
    with imaplib.IMAP4_SSL(HOST, server.ports["imaps"], ssl_context=server.trusting(), timeout=PATIENCE) as session:
        with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
            session.login(alice.address, "wrong")
        session.login(alice.address, alice.password)


def test_new_mail_is_announced_in_the_open_folder(server: Server, inbox: imaplib.IMAP4_SSL, letters: Person) -> None:
    send(server, letters, "fourth")
    for _ in range(200):
        inbox.noop()
        if "4" in str(inbox.untagged_responses.get("EXISTS")):
            break
    assert inbox.untagged_responses["EXISTS"][-1] == b"4"


def test_idle_hears_of_new_mail_at_once(server: Server, inbox: imaplib.IMAP4_SSL, letters: Person) -> None:
    tag = inbox._new_tag()
    inbox.send(tag + b" IDLE\r\n")
    assert inbox.readline().startswith(b"+ ")
    send(server, letters, "fourth")
    lines = iter(inbox.readline, b"")
    assert next(line for line in lines if line.endswith(b" EXISTS\r\n")) == b"* 4 EXISTS\r\n"
    inbox.send(b"DONE\r\n")
    assert next(line for line in lines if line.startswith(tag)).startswith(tag + b" OK")


def test_what_pop3_deletes_vanishes_from_the_folder(server: Server, inbox: imaplib.IMAP4_SSL, letters: Person) -> None:
    maildrop = server.pop3(letters)
    maildrop.dele(2)
    maildrop.quit()
    for _ in range(200):
        inbox.noop()
        if inbox.untagged_responses.get("EXPUNGE"):
            break
    assert inbox.untagged_responses["EXPUNGE"] == [b"2"]
    assert done(inbox.uid("SEARCH", "ALL")) == [b"1 3"]


def test_copies_and_moves_keep_every_octet(server: Server, inbox: imaplib.IMAP4_SSL, letters: Person) -> None:
    originals = server.mail(letters, 3)
    assert inbox.create("Letters/2026")[0] == "OK"
    assert inbox.copy("1:2", "Letters/2026")[0] == "OK"
    assert inbox._simple_command("MOVE", "3", "Letters/2026")[0] == "OK"
    assert done(inbox.select("Letters/2026")) == [b"3"]
    copies = [done(inbox.fetch(str(number), "(BODY.PEEK[])"))[0] for number in (1, 2, 3)]
    assert [copy[1] for copy in copies if isinstance(copy, tuple)] == originals
    assert server.count(letters) == 2


def test_flags_are_kept_and_searched(server: Server, inbox: imaplib.IMAP4_SSL, letters: Person) -> None:
    done(inbox.store("2", "+FLAGS", r"(\Flagged $Important)"))
    with server.imap(letters) as other:
        assert done(other.search(None, "FLAGGED", "KEYWORD", "$Important")) == [b"2"]
        assert done(other.search(None, "UNSEEN", "NOT", "FLAGGED")) == [b"1 3"]
        done(other.fetch("1", "(BODY[])"))
        assert done(other.search(None, "UNSEEN")) == [b"2 3"]


def test_a_large_append_comes_back_whole_by_pop3(server: Server, alice: Person) -> None:
    message = b"Subject: large\r\n\r\n" + b".\r\n..\r\n" + b"0123456789abcdef" * 4 + b"\r\n" * 1000 + b"a line of text\r\n" * 200_000
    with server.imap(alice) as session:
        done(session.append("INBOX", r"(\Seen)", '"01-Feb-2026 03:04:05 +0100"', message))
        [date] = done(session.fetch("1", "(INTERNALDATE FLAGS RFC822.SIZE)"))
    assert isinstance(date, bytes)
    assert time.mktime(imaplib.Internaldate2tuple(date) or time.gmtime(0)) == datetime(2026, 2, 1, 2, 4, 5, tzinfo=UTC).timestamp()
    assert b"\\Seen" in date
    assert f"RFC822.SIZE {len(message)}".encode() in date
    assert server.mail(alice) == [message]


@pytest.mark.parametrize(
    "message",
    [
        b"no header at all\r\n",
        b"\r\nno header, a body\r\n",
        b"Subject: 8-bit \xff\xfe\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nno end",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary\r\n",
        b'From: <@@@>, ,;:\r\nTo: "\r\nDate: never\r\nContent-Type: ///\r\n\r\nx\r\n',
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (depth, depth) for depth in range(150)),
    ],
    ids=["no-header", "empty-header", "no-end", "no-boundary", "nonsense", "150-deep"],
)
def test_broken_messages_are_served_as_they_came(server: Server, alice: Person, message: bytes) -> None:
    with server.imap(alice) as session:
        done(session.append("INBOX", "", "", message))
        fetched = done(session.fetch("1", "(BODY.PEEK[] ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER] BODY.PEEK[1])"))
        assert any(isinstance(part, tuple) and part[1] == message for part in fetched)
        done(session.search(None, "BODY", "x", "HEADER", "Subject", '""'))
