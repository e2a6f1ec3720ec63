"""s-nail, the descendant of Berkeley's Mail, sends and reads."""

import smtplib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from system.client import Client
from system.server import HOST, Person, Server

pytestmark = pytest.mark.system


@pytest.fixture
def mail(server: Server, program: Callable[[str], Client]) -> Callable[..., str]:
    """Run s-nail without anybody's resource file, trusting the server's certificate."""
    client = program("s-nail")

    def run(*words: str, say: str = "", code: int = 0) -> str:
        settings = ("v15-compat", "tls-verify=strict", f"tls-ca-file={server.tls.certificate}", "tls-ca-no-defaults", "hostname=client.example")
        options = [option for setting in settings for option in ("-S", setting)]
        return client("-:/", *options, *words, say=say, code=code)

    return run


def url(server: Server, scheme: str, protocol: str, person: Person) -> str:
    """Write where to log in, as who."""
    return f"{scheme}://{quote(person.address, safe='')}:{person.password}@{HOST}:{server.ports[protocol]}"


@pytest.mark.parametrize(("protocol", "scheme", "more"), [("submission", "submission", ("-Ssmtp-use-starttls",)), ("submissions", "submissions", ())])
def test_a_letter_with_an_attachment_is_sent(
    server: Server, mail: Callable[..., str], alice: Person, bob: Person, protocol: str, scheme: str, more: tuple[str, ...]
) -> None:
    mta = f"mta={url(server, scheme, protocol, alice)}"
    attached = str(server.configuration)
    mail("-S", mta, *more, "-S", "smtp-auth=plain", "-r", alice.address, "-s", "grüße", "-a", attached, bob.address, say="from s-nail\n")
    [message] = server.mail(bob)
    assert b"Subject: =?utf-8?" in message
    assert b"from s-nail" in message
    assert b'filename="postroom.toml"' in message or b"filename=postroom.toml" in message


@pytest.mark.parametrize(("protocol", "scheme"), [("pop3s", "pop3s"), ("pop3", "pop3")])
def test_a_letter_is_read_and_deleted_over_pop3(server: Server, mail: Callable[..., str], alice: Person, protocol: str, scheme: str) -> None:
    with smtplib.SMTP(HOST, server.ports["smtp"]) as smtp:
        for subject in ("first", "second"):
            smtp.sendmail("friend@elsewhere.example", alice.address, f"Subject: {subject}\r\n\r\nbody of the {subject}\r\n")
    starttls = ("-S", "pop3-use-starttls") if scheme == "pop3" else ()
    said = mail(*starttls, "-S", "noheader", "-S", "pop3-keepalive=5", "-f", url(server, scheme, protocol, alice), say="print 1\ndelete 1\nquit\n")
    assert "body of the first" in said
    [message] = server.mail(alice)
    assert b"body of the second" in message


@pytest.mark.parametrize("protocol", ["imaps", "imap"])
def test_a_letter_is_read_and_deleted_over_imap(server: Server, mail: Callable[..., str], alice: Person, protocol: str) -> None:
    with smtplib.SMTP(HOST, server.ports["smtp"]) as smtp:
        for subject in ("first", "second"):
            smtp.sendmail("friend@elsewhere.example", alice.address, f"Subject: {subject}\r\n\r\nbody of the {subject}\r\n")
    starttls = ("-S", "imap-use-starttls") if protocol == "imap" else ()
    say = "print 1\ncopy 2 +Archive\ndelete 1\nfolders @\nquit\n"
    place = url(server, protocol, protocol, alice)
    said = mail(*starttls, "-S", "noheader", "-S", f"folder={place}", "-f", f"{place}/INBOX", say=say)
    assert "body of the first" in said
    [message] = server.mail(alice)
    assert b"body of the second" in message
    assert "Trash" in said
    with server.imap(alice, "Archive") as archive:
        assert archive.search(None, "SUBJECT", "second") == ("OK", [b"1"])
