"""curl reads, searches and uploads over IMAP; what it did is looked at over POP3, what it sees came by SMTP."""

import smtplib
from collections.abc import Callable
from pathlib import Path

import pytest

from system.client import Client
from system.server import HOST, Person, Server

pytestmark = pytest.mark.system

LOGIN_DENIED = 67
NO_SUCH_MESSAGE = 78


@pytest.fixture(params=["imap", "imaps"])
def curl(request: pytest.FixtureRequest, server: Server, program: Callable[[str], Client], letters: Person) -> Callable[..., str]:
    """Run curl on a path below the server, logged in, under STARTTLS or over TLS from the start."""
    client = program("curl")
    scheme = request.param
    trust = ("--silent", "--show-error", "--ssl-reqd", "--cacert", str(server.tls.certificate))

    def run(path: str, *words: str, code: int = 0, password: str = letters.password) -> str:
        url = f"{scheme}://{HOST}:{server.ports[scheme]}/{path}"
        return client(*trust, "--user", f"{letters.address}:{password}", *words, url, code=code)

    return run


@pytest.fixture
def letters(server: Server, alice: Person) -> Person:
    """A person with two messages."""
    with smtplib.SMTP(HOST, server.ports["smtp"]) as smtp:
        for subject in ("first", "second"):
            smtp.sendmail("friend@elsewhere.example", alice.address, f"Subject: {subject}\r\n\r\n..{subject} body\r\n")
    return alice


def test_folders_are_listed(curl: Callable[..., str]) -> None:
    listed = curl("")
    for name in ("INBOX", "Drafts", "Sent", "Junk", "Trash", "Archive"):
        assert f'"/" {name}' in listed or f'"/" "{name}"' in listed


def test_a_message_is_fetched_as_pop3_gives_it(server: Server, curl: Callable[..., str], letters: Person) -> None:
    first, second = server.mail(letters, 2)
    assert curl("INBOX;MAILINDEX=1").encode() == first
    assert curl("INBOX;MAILINDEX=2").encode() == second
    assert curl("INBOX;UID=2;SECTION=TEXT") == "..second body\r\n"
    assert curl("INBOX;UID=1;SECTION=HEADER.FIELDS%20(Subject)") == "Subject: first\r\n\r\n"
    curl("INBOX;UID=3", code=NO_SUCH_MESSAGE)


def test_messages_are_searched(curl: Callable[..., str]) -> None:
    assert curl("INBOX?SUBJECT%20second").split() == ["*", "SEARCH", "2"]
    assert curl("INBOX?BODY%20%22first%20body%22").split() == ["*", "SEARCH", "1"]
    assert curl("INBOX?SUBJECT%20third").split() == ["*", "SEARCH"]


def test_an_upload_appends(server: Server, curl: Callable[..., str], letters: Person, tmp_path: Path) -> None:
    message = "From: alice@example.test\r\nSubject: uploaded\r\n\r\n.one\r\ntwo\r\n"
    (tmp_path / "upload.eml").write_bytes(message.encode())
    for folder in ("INBOX", "Sent"):
        curl(folder, "--upload-file", "upload.eml")
    assert server.mail(letters, 3)[2].endswith(message.encode())
    assert curl("Sent;MAILINDEX=1") == message


def test_a_stored_flag_and_an_expunge_show_in_the_maildrop(server: Server, curl: Callable[..., str], letters: Person) -> None:
    assert r"\Deleted" in curl("INBOX", "--request", r"STORE 1 +FLAGS (\Deleted)")
    curl("INBOX", "--request", "EXPUNGE")
    [left] = server.mail(letters)
    assert b"Subject: second" in left


def test_a_wrong_password_is_denied(curl: Callable[..., str]) -> None:
    curl("", password="wrong", code=LOGIN_DENIED)
