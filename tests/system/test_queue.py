"""Mail to another server and back: sent, refused, waiting, released, over crashes. The other server is one of ours."""

import os
import signal
import smtplib
from collections.abc import Iterator
from pathlib import Path

import pytest

from system.server import HOST, PATIENCE, Person, Server, until

pytestmark = pytest.mark.system

ELSEWHERE = "elsewhere.test"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The other server."""
    other = Server(tmp_path_factory.mktemp("elsewhere"), workers=1)
    try:
        other.start()
        other.order("domain.add", name=ELSEWHERE)
        yield other
        assert other.stop() == 0, other.said()
        assert not other.unhandled(), other.said()
    finally:
        other.stop()


@pytest.fixture
def friend(server: Server, elsewhere: Server) -> Person:
    """Somebody who lives there, with the way to them."""
    server.order("route.set", domain=ELSEWHERE, host="127.0.0.1", port=elsewhere.ports["smtp"], security="starttls")
    address = f"friend{len(elsewhere.order('account.list', domain=ELSEWHERE))}@{ELSEWHERE}"
    elsewhere.order("account.add", address=address, password="secret-1")
    return Person(address)


def send(server: Server, sender: Person, *recipients: str, mail: tuple[str, ...] = (), rcpt: tuple[str, ...] = (), subject: str = "hello") -> None:
    """Submit a message."""
    with smtplib.SMTP(HOST, server.ports["submission"], "client.example", PATIENCE) as smtp:
        smtp.starttls(context=server.trusting())
        smtp.login(sender.address, sender.password)
        text = f"From: {sender.address}\r\nSubject: {subject}\r\n\r\nbody\r\n"
        smtp.sendmail(sender.address, recipients, text, mail, rcpt)


def waiting(server: Server, sender: Person) -> list[dict[str, object]]:
    """What of somebody's mail waits."""
    return [item for item in server.order("queue.list") if item["sender"] == sender.address]


def test_mail_to_another_server_arrives_and_leaves_the_queue(server: Server, elsewhere: Server, alice: Person, friend: Person) -> None:
    send(server, alice, friend.address)
    (message,) = elsewhere.mail(friend)
    assert b"Return-Path: <%b>" % alice.address.encode() in message
    until(lambda: not waiting(server, alice), "the queue has let it go")


def test_what_is_refused_there_comes_back_with_a_report(server: Server, alice: Person, friend: Person) -> None:
    send(server, alice, f"nobody@{ELSEWHERE}", mail=("RET=HDRS", "ENVID=e1"), rcpt=("NOTIFY=FAILURE",))
    (report,) = server.mail(alice)
    assert b"multipart/report; report-type=delivery-status" in report
    assert b"Original-Envelope-Id: e1" in report
    assert b"Status: 5.1.1" in report
    assert b"There is no such mailbox." in report


def test_success_is_told_by_the_server_that_knows(server: Server, elsewhere: Server, alice: Person, friend: Person) -> None:
    elsewhere.order("route.set", domain="example.test", host="127.0.0.1", port=server.ports["smtp"], security="starttls-optional")
    send(server, alice, friend.address, rcpt=("NOTIFY=SUCCESS",))
    elsewhere.mail(friend)
    (report,) = server.mail(alice)
    assert b"Action: delivered" in report
    assert b"Reporting-MTA: dns; " in report


def test_mail_waits_with_a_reason_while_the_other_server_is_away_and_goes_at_a_command(
    server: Server, elsewhere: Server, alice: Person, friend: Person
) -> None:
    elsewhere.stop()
    try:
        send(server, alice, friend.address)
        until(lambda: any(item["attempts"] or item["reason"] for item in waiting(server, alice)), "it was tried")
        name = str(waiting(server, alice)[0]["name"])
        shown = server.command("queue")
        assert friend.address in shown
        assert "refused" in shown
    finally:
        elsewhere.start()
    server.command("queue", "retry", "--domain", ELSEWHERE)
    elsewhere.mail(friend)
    until(lambda: not waiting(server, alice), "the queue has let it go")
    lines = server.command("trace", name)
    assert "message-accepted" in lines
    assert "mail-tried" in lines


def test_mail_that_is_to_go_later_goes_later(server: Server, alice: Person, bob: Person) -> None:
    send(server, alice, bob.address, mail=("HOLDFOR=1",))
    assert [item["recipient"] for item in waiting(server, alice)] == [bob.address]
    server.mail(bob)


def test_what_waits_outlives_a_kill_and_arrives_once(tmp_path: Path, elsewhere: Server) -> None:
    own = Server(tmp_path / "own")
    try:
        own.start()
        own.order("domain.add", name="example.test")
        sender = own.person("sender")
        address = "survivor@elsewhere.test"
        elsewhere.order("account.add", address=address, password="secret-1")
        own.order("route.set", domain=ELSEWHERE, host="127.0.0.1", port=own.ports["lmtp"], security="none")  # no SMTP there: it waits
        for number in range(20):
            send(own, sender, address, subject=str(number))
        children = own.children("worker") + own.children("writer")
        for pid in (own.pid, *children):
            os.kill(pid, signal.SIGKILL)
        own.ended()
        own.start()
        own.order("route.set", domain=ELSEWHERE, host="127.0.0.1", port=elsewhere.ports["smtp"], security="starttls-optional")
        own.command("queue", "retry")
        found = elsewhere.mail(Person(address), 20)
        assert sorted(message.partition(b"Subject: ")[2].partition(b"\r\n")[0] for message in found) == sorted(b"%d" % number for number in range(20))
        until(lambda: not waiting(own, sender), "the queue is empty")
        assert own.order("store.check") == []
    finally:
        own.stop()
