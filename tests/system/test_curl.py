"""curl sends over SMTP, reads over POP3; each is checked through the other."""

import smtplib
from collections.abc import Callable

import pytest

from system.client import Client
from system.server import HOST, Person, Server

pytestmark = pytest.mark.system

LOGIN_DENIED = 67
NOT_TRUSTED = 60


@pytest.fixture
def curl(server: Server, program: Callable[[str], Client]) -> Callable[..., str]:
    """Run curl on a URL's protocol and path, trusting the server's certificate."""
    client = program("curl")

    def run(scheme: str, path: str, *words: str, say: str = "", code: int = 0) -> str:
        port = server.ports[{"smtps": "submissions"}.get(scheme, scheme) if scheme != "submission" else scheme]
        url = f"{'smtp' if scheme == 'submission' else scheme}://{HOST}:{port}/{path}"
        return client("--silent", "--show-error", "--ssl-reqd", "--cacert", str(server.tls.certificate), *words, url, say=say, code=code)

    return run


def login(person: Person) -> tuple[str, str]:
    """Give the words of a login."""
    return "--user", f"{person.address}:{person.password}"


@pytest.mark.parametrize("scheme", ["submission", "smtps"])
@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_mail_is_sent_with_a_login(server: Server, curl: Callable[..., str], alice: Person, bob: Person, scheme: str, mechanism: str) -> None:
    words = ("--login-options", f"AUTH={mechanism}", "--mail-from", alice.address, "--mail-rcpt", bob.address, "--upload-file", "-")
    curl(scheme, "client.example", *login(alice), *words, say=f"From: {alice.address}\r\nSubject: by curl\r\n\r\n.dot\r\n")
    [message] = server.mail(bob)
    assert message.endswith(b"\r\n\r\n.dot\r\n")
    assert b"with ESMTPSA" in message


def test_mail_is_sent_to_the_mx_under_starttls(server: Server, curl: Callable[..., str], alice: Person, bob: Person) -> None:
    recipients = ("--mail-rcpt", alice.address, "--mail-rcpt", bob.address)
    curl("smtp", "client.example", "--mail-from", "friend@elsewhere.example", *recipients, "--upload-file", "-", say="Subject: both\r\n\r\nhi\r\n")
    for person in (alice, bob):
        [message] = server.mail(person)
        assert message.endswith(b"Subject: both\r\n\r\nhi\r\n")


def test_a_certificate_that_is_not_trusted_ends_it(server: Server, program: Callable[[str], Client], alice: Person) -> None:
    program("curl")("--silent", f"pop3s://{HOST}:{server.ports['pop3s']}/", *login(alice), code=NOT_TRUSTED)


@pytest.fixture
def letters(server: Server, alice: Person) -> Person:
    """A person with two messages."""
    with smtplib.SMTP(HOST, server.ports["smtp"]) as smtp:
        for subject in ("first", "second"):
            smtp.sendmail("friend@elsewhere.example", alice.address, f"Subject: {subject}\r\n\r\n..{subject} body\r\n")
    return alice


@pytest.mark.parametrize("scheme", ["pop3", "pop3s"])
def test_a_maildrop_is_listed_read_and_emptied(server: Server, curl: Callable[..., str], letters: Person, scheme: str) -> None:
    listed = curl(scheme, "", *login(letters)).split()
    assert listed[::2] == ["1", "2"]
    first = curl(scheme, "1", *login(letters))
    assert len(first.encode()) == int(listed[1])
    assert first.endswith("Subject: first\r\n\r\n..first body\r\n")
    names = curl(scheme, "", *login(letters), "--request", "UIDL").split()
    assert names[::2] == ["1", "2"]
    assert curl(scheme, "", *login(letters), "--request", "TOP 2 0").rstrip().endswith("Subject: second")
    curl(scheme, "", *login(letters), "--request", "DELE 1", "--head")
    assert curl(scheme, "", *login(letters), "--request", "UIDL").split() == ["1", names[3]]
    [message] = server.mail(letters)
    assert b"Subject: second" in message


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "+APOP"])
def test_pop3_logins(curl: Callable[..., str], letters: Person, mechanism: str) -> None:
    code = LOGIN_DENIED if mechanism == "+APOP" else 0
    said = curl("pop3s", "", *login(letters), "--login-options", f"AUTH={mechanism}", code=code)
    assert said.startswith("1 ") == (code == 0)


def test_a_wrong_password_is_denied(curl: Callable[..., str], alice: Person) -> None:
    curl("pop3s", "", "--user", f"{alice.address}:wrong", code=LOGIN_DENIED)
