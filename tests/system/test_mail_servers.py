"""Mail to Postfix and to Exim, and back: encrypted, with reports, put off, refused."""

from __future__ import annotations

import email
import email.policy
import smtplib
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from certificates import made
from nameserver import name_server_in_thread
from postroom.formats import dsn
from postroom.formats.dsn import Action, Report
from system.client import require
from system.mail_servers.exim import Exim
from system.mail_servers.greylist import greylist
from system.mail_servers.mail_server import BUSY, DISABLED, FORBIDDEN, REFUSAL, MailServer
from system.mail_servers.postfix import Postfix
from system.server import DOMAIN, HOST, NAME, PATIENCE, Person, Server, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.system

KINDS = (Postfix, Exim)
WORDS = b"From: %b\r\nSubject: %b\r\n\r\nbody\r\n"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The other servers' certificate."""
    path = tmp_path_factory.mktemp("certificate") / "cert.pem"
    made(path, *(kind.host for kind in KINDS))
    return path


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, certificate: Path) -> Iterator[Server]:
    """Our server, which finds the others by their names and trusts their certificate."""
    zone = {(kind.host, "A"): ["127.0.0.1"] for kind in KINDS}
    with name_server_in_thread(zone) as names:
        server = Server(tmp_path_factory.mktemp("here"), names=names.port, SSL_CERT_FILE=str(certificate))
        try:
            server.start()
            server.order("domain.add", name=DOMAIN)
            yield server
            assert server.order("store.check") == []
            assert server.stop() == 0, server.said()
            assert not server.unhandled(), server.said()
        finally:
            server.stop()


@pytest.fixture(scope="module", params=KINDS, ids=["Postfix", "Exim"])
def there(request: pytest.FixtureRequest, here: Server, certificate: Path) -> Iterator[MailServer]:
    """The other server."""
    kind: type[MailServer] = request.param
    require(kind.missing())
    with greylist() as policy:
        other = kind(certificate)
        try:
            other.configure(here.ports["smtp"], here.tls.certificate, policy.port)
            other.start()
            yield other
        finally:
            other.stop()


@pytest.fixture
def alice(here: Server, there: MailServer) -> Person:
    """Somebody here; the way to the other server is open, encrypted if it can be."""
    route(here, there)
    return here.person("alice")


def route(here: Server, there: MailServer, security: str = "starttls-optional", **terms: object) -> None:
    """Set the way to the other server."""
    here.order("route.set", domain=there.domain, **{"host": there.host, "port": there.port, "security": security, "verify": False} | terms)


def submit(here: Server, sender: Person, message: bytes, *recipients: str, mail: tuple[str, ...] = (), rcpt: tuple[str, ...] = ()) -> None:
    """Hand a message in, for recipients at the other server."""
    with smtplib.SMTP(HOST, here.ports["submission"], "client.example", PATIENCE) as smtp:
        smtp.starttls(context=here.trusting())
        smtp.login(sender.address, sender.password)
        smtp.sendmail(sender.address, recipients, message, mail, rcpt)


def send(here: Server, sender: Person, subject: str, *recipients: str, mail: tuple[str, ...] = (), rcpt: tuple[str, ...] = ()) -> None:
    """Hand a short message in."""
    submit(here, sender, WORDS % (sender.address.encode(), subject.encode()), *recipients, mail=mail, rcpt=rcpt)


def waiting(here: Server, sender: Person) -> list[dict[str, str]]:
    """What of somebody's mail waits."""
    return [item for item in here.order("queue.list") if item["sender"] == sender.address]


def reason(here: Server, sender: Person) -> str:
    """Wait until somebody's mail has been tried, and give why it waits."""
    until(lambda: any(item["reason"] for item in waiting(here, sender)), "it was tried")
    return waiting(here, sender)[0]["reason"]


def report(here: Server, person: Person, count: int = 1) -> tuple[str, Report, str]:
    """Wait for the last of somebody's reports: what it says to people, to programs, and what it returns."""
    messages = [message for message in here.mail(person, count) if b"report-type=delivery-status" in message]
    parts = list(email.message_from_bytes(messages[-1], policy=email.policy.default).iter_parts())
    status = parts[1]
    assert status.get_content_type() == "message/delivery-status"
    blocks = "\r\n".join(str(block) for block in status.get_payload())
    return parts[0].get_content(), dsn.parse(blocks.encode()), parts[2].as_string()


def trace(message: bytes) -> str:
    """Give the Received field on top of a message, on one line."""
    return " ".join(email.message_from_bytes(message, policy=email.policy.default)["Received"].split())


# There


def test_a_message_arrives_as_it_was_sent_and_encrypted(here: Server, there: MailServer, alice: Person) -> None:
    body = "\r\n.\r\n..two dots\r\nGrüße ohne Umschweife\r\n\r\n".encode() + b"x" * 900 + b"\r\n.\r\nend \r\n"
    head = f"From: {alice.address}\r\nSubject: as it was\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    submit(here, alice, head.encode() + b"MIME-Version: 1.0\r\n" + body, f"friend@{there.domain}", mail=("BODY=8BITMIME",))
    message = there.mail("friend", "as it was")
    read = email.message_from_bytes(message, policy=email.policy.default)
    assert "TLS" in trace(message)
    assert read["DKIM-Signature"]
    assert read.get_content().encode() == body.removeprefix(b"\r\n")


def test_a_large_message_arrives_whole(here: Server, there: MailServer, alice: Person) -> None:
    lines = b"".join(b"%060d\r\n" % number for number in range(50_000))
    submit(here, alice, WORDS % (alice.address.encode(), b"large") + lines, f"friend@{there.domain}")
    assert there.mail("friend", "large").endswith(b"\r\nbody\r\n" + lines)


def test_mail_of_the_wide_world_keeps_its_letters(here: Server, there: MailServer, alice: Person) -> None:
    message = f"From: {alice.address}\r\nSubject: Grüße\r\n\r\nbody\r\n".encode()
    submit(here, alice, message, f"friend@{there.domain}", mail=("SMTPUTF8", "BODY=8BITMIME"))
    there.mail("friend", "Grüße")


def test_many_messages_arrive_once(here: Server, there: MailServer, alice: Person) -> None:
    for number in range(30):
        send(here, alice, f"one of many {number}", f"friend@{there.domain}")
    for number in range(30):
        there.mail("friend", f"one of many {number}")
    until(lambda: not waiting(here, alice), "the queue is empty")


def test_required_encryption_with_a_certificate_that_is_good(here: Server, there: MailServer, alice: Person) -> None:
    route(here, there, "starttls", verify=True)
    send(here, alice, "verified", f"friend@{there.domain}")
    assert "TLS" in trace(there.mail("friend", "verified"))


def test_a_certificate_for_another_name_keeps_mail_waiting_until_the_route_is_right(here: Server, there: MailServer, alice: Person) -> None:
    route(here, there, "starttls", verify=True, host="127.0.0.1")
    send(here, alice, "other name", f"friend@{there.domain}")
    assert "certificate" in reason(here, alice)
    route(here, there, "starttls", verify=True)
    here.order("queue.retry", domain=there.domain)
    there.mail("friend", "other name")


def test_a_server_without_tls_gets_mail_in_clear_only_where_that_may_be(here: Server, there: MailServer, alice: Person) -> None:
    route(here, there, "starttls", port=there.clear_port)
    send(here, alice, "in clear", f"friend@{there.domain}")
    assert "does not offer the encryption" in reason(here, alice)
    route(here, there, port=there.clear_port)
    here.order("queue.retry", domain=there.domain)
    assert "TLS" not in trace(there.mail("friend", "in clear"))


# Reports


def test_what_the_sender_asked_for_is_passed_on_and_success_comes_back(here: Server, there: MailServer, alice: Person) -> None:
    friend = f"friend@{there.domain}"
    asked = ("NOTIFY=SUCCESS,FAILURE,DELAY", f"ORCPT=rfc822;The.Friend@{there.domain}")
    send(here, alice, "success", friend, mail=("RET=HDRS", "ENVID=QQ314"), rcpt=asked)
    words, read, returned = report(here, alice)
    assert there.heard("RET=HDRS ENVID=QQ314")
    assert there.heard(f"TO:<{friend}> {' '.join(asked)}")
    assert friend in words
    assert (read.reporting, read.envid) == (there.host, "QQ314")
    assert [(status.final, status.action) for status in read.recipients] == [(friend, Action.DELIVERED)]
    assert read.recipients[0].original == f"rfc822;The.Friend@{there.domain}"
    assert "Subject: success" in returned


def test_a_delay_there_is_told_by_the_server_that_knows(here: Server, there: MailServer, alice: Person) -> None:
    send(here, alice, "delay", f"slow@{there.domain}", rcpt=("NOTIFY=DELAY",))
    words, read, _ = report(here, alice)
    assert there.host in words
    assert [status.action for status in read.recipients] == [Action.DELAYED]
    assert there.heard(BUSY)


def test_a_failure_there_comes_back_as_asked(here: Server, there: MailServer, alice: Person) -> None:
    send(here, alice, "failure", f"broken@{there.domain}", mail=("RET=FULL",), rcpt=("NOTIFY=FAILURE",))
    words, read, returned = report(here, alice)
    assert DISABLED in " ".join(words.split())
    assert [status.action for status in read.recipients] == [Action.FAILED]
    assert "Subject: failure" in returned
    assert "body" in returned


def test_whoever_asks_for_no_reports_gets_none(here: Server, there: MailServer, alice: Person) -> None:
    send(here, alice, "never", f"broken@{there.domain}", rcpt=("NOTIFY=NEVER",))
    send(here, alice, "refused", f"refused@{there.domain}", rcpt=("NOTIFY=NEVER",))
    until(lambda: not waiting(here, alice), "the queue has let it go")
    send(here, alice, "this one", f"broken@{there.domain}")
    _, _, returned = report(here, alice)
    assert "Subject: this one" in returned


# Later, and never


def test_greylisted_mail_is_taken_at_the_next_try(here: Server, there: MailServer, alice: Person) -> None:
    send(here, alice, "grey", f"grey@{there.domain}")
    why = reason(here, alice)
    assert there.host in why
    assert "4.7.1" in why
    assert "Greylisted, please come again" in why
    assert not list((there.home / "mail" / "grey").glob("new/*"))
    here.command("queue", "retry", "--domain", there.domain)
    there.mail("grey", "grey")
    until(lambda: not waiting(here, alice), "the queue has let it go")


def test_greylisting_of_one_recipient_does_not_keep_the_others_waiting(here: Server, there: MailServer, alice: Person) -> None:
    send(here, alice, "some grey", f"grey@{there.domain}", f"friend@{there.domain}")
    there.mail("friend", "some grey")
    assert "Greylisted" in reason(here, alice)
    assert [item["recipient"] for item in waiting(here, alice)] == [f"grey@{there.domain}"]
    here.order("queue.retry", domain=there.domain)
    there.mail("grey", "some grey")
    until(lambda: not waiting(here, alice), "the queue has let it go")


@pytest.mark.parametrize(
    ("recipient", "subject", "said", "code"),
    [
        ("refused", "refused", REFUSAL, "5.7.1"),
        ("friend", f"{FORBIDDEN} words", REFUSAL, "5.7.1"),
        ("nobody", "unknown", "5.1.1", "5.1.1"),
    ],
    ids=["recipient", "content", "unknown"],
)
def test_what_is_refused_comes_back_with_the_servers_words(
    here: Server, there: MailServer, alice: Person, recipient: str, subject: str, said: str, code: str
) -> None:
    send(here, alice, subject, f"{recipient}@{there.domain}")
    words, read, returned = report(here, alice)
    assert said in " ".join(words.split())
    assert there.host in words
    [status] = read.recipients
    assert (read.reporting, status.final, status.action, status.status) == (NAME, f"{recipient}@{there.domain}", Action.FAILED, code)
    assert status.remote.startswith(there.host)
    assert said in status.diagnostic
    assert f"Subject: {subject}" in returned


def test_those_who_are_not_refused_get_their_mail(here: Server, there: MailServer, alice: Person) -> None:
    send(here, alice, "for some", f"friend@{there.domain}", f"refused@{there.domain}", f"nobody@{there.domain}")
    there.mail("friend", "for some")
    _, read, _ = report(here, alice)
    assert sorted(status.final for status in read.recipients) == [f"nobody@{there.domain}", f"refused@{there.domain}"]


# And back


def test_an_answer_comes_back_encrypted(here: Server, there: MailServer, alice: Person) -> None:
    there.send(f"friend@{there.domain}", alice.address, "answer")
    [message] = here.mail(alice)
    read = email.message_from_bytes(message, policy=email.policy.default)
    assert read["Return-Path"] == f"<friend@{there.domain}>"
    assert f"by {NAME} with ESMTPS (TLSv1.3" in " ".join(read["Received"].split())
    assert read["Subject"] == "answer"


def test_mail_that_is_forwarded_there_comes_back_here(here: Server, there: MailServer, alice: Person) -> None:
    bob = here.person("bob")
    behind = f"to-{bob.address.partition('@')[0]}@{there.domain}"
    send(here, alice, "around", behind, mail=("ENVID=e2",), rcpt=("NOTIFY=SUCCESS", f"ORCPT=rfc822;{behind}"))
    [message] = here.mail(bob)
    assert message.count(b"\r\nReceived:") >= 2
    _, read, _ = report(here, alice)
    assert (read.reporting, read.envid) == (there.host, "e2")
    assert [status.original for status in read.recipients] == [f"rfc822;{behind}"]


def test_a_success_that_was_asked_for_there_is_told_there(here: Server, there: MailServer, alice: Person) -> None:
    there.send(f"friend@{there.domain}", alice.address, "tell me", ["NOTIFY=SUCCESS"])
    report_there = there.mail("friend", "Delivered: tell me")
    assert b"Action: delivered" in report_there
    assert alice.address.encode() in report_there


def test_what_we_refuse_is_returned_there_with_our_words(here: Server, there: MailServer, alice: Person) -> None:
    nobody = f"nobody{alice.address}"
    there.send(f"friend@{there.domain}", nobody, "for nobody")
    boxes = there.home / "mail" / "friend" / "new"

    def returned() -> bool:
        with suppress(FileNotFoundError):
            return any(nobody.encode() in (text := path.read_bytes()) and b"550 5.1.1 Unknown user" in text for path in boxes.iterdir())
        return False

    until(returned, f"it comes back; the log there:\n{there.log()[-3000:]}")
    assert here.count(alice) == 0
