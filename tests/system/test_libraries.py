"""Python's smtplib and poplib look at details that the programs hide."""

import poplib
import smtplib
import socket
from collections.abc import Iterator
from contextlib import closing
from email.message import EmailMessage

import pytest

from system.server import HOST, NAME, PATIENCE, Person, Server, until

pytestmark = pytest.mark.system

CHUNK = 65536


@pytest.fixture
def mx(server: Server) -> Iterator[smtplib.SMTP]:
    """A session on the MX port, after EHLO."""
    with smtplib.SMTP(HOST, server.ports["smtp"], "client.example", PATIENCE) as smtp:
        smtp.ehlo()
        yield smtp


@pytest.fixture
def submission(server: Server, alice: Person) -> Iterator[smtplib.SMTP]:
    """A session of alice's on the submission port."""
    with smtplib.SMTP(HOST, server.ports["submission"], "client.example", PATIENCE) as smtp:
        smtp.starttls(context=server.trusting())
        smtp.login(alice.address, alice.password)
        yield smtp


def test_the_mx_offers_its_extensions_and_no_logins(mx: smtplib.SMTP) -> None:
    features = mx.esmtp_features
    assert {"pipelining", "size", "8bitmime", "smtputf8", "chunking", "enhancedstatuscodes", "starttls", "limits", "dsn"} <= features.keys()
    assert not {"auth", "binarymime", "xclient"} & features.keys()
    assert mx.verify("postmaster")[0] == 252
    assert mx.expn("all")[0] == 502


def test_a_declared_size_over_the_limit_is_refused_at_mail(mx: smtplib.SMTP) -> None:
    limit = int(mx.esmtp_features["size"])
    code, text = mx.mail("friend@elsewhere.example", [f"SIZE={limit + 1}"])
    assert (code, text[:5]) == (552, b"5.3.4")
    assert mx.mail("friend@elsewhere.example", [f"SIZE={limit}"])[0] == 250


def test_a_full_mailbox_is_told_at_rcpt(server: Server, mx: smtplib.SMTP) -> None:
    full = server.person("full", max_size=4096)
    mx.mail("friend@elsewhere.example", ["SIZE=8192"])
    code, text = mx.rcpt(full.address)
    assert (code, text[:6]) in {(552, b"5.2.2 "), (452, b"4.2.2 ")}


def test_chunks_arrive_as_one_message(server: Server, mx: smtplib.SMTP, alice: Person) -> None:
    content = b"Subject: in chunks\r\n\r\n" + b".\r\n..\r\n" + b"a line of text\r\n" * 20000
    mx.mail("friend@elsewhere.example")
    mx.rcpt(alice.address)
    for start in range(0, len(content), CHUNK):
        chunk = content[start : start + CHUNK]
        last = start + CHUNK >= len(content)
        mx.send(b"BDAT %d%s\r\n" % (len(chunk), b" LAST" if last else b"") + chunk)
        assert mx.getreply()[0] == 250
    [message] = server.mail(alice)
    assert message.endswith(content)


def test_an_internationalised_letter_keeps_its_octets(server: Server, mx: smtplib.SMTP, alice: Person) -> None:
    letter = EmailMessage()
    letter["From"] = "Jürgen <jürgen@elsewhere.example>"
    letter["To"] = alice.address
    letter["Subject"] = "grüße"
    letter.set_content("schöne grüße\n", cte="8bit")
    mx.send_message(letter, "jürgen@elsewhere.example", [alice.address])
    [message] = server.mail(alice)
    assert "Subject: grüße".encode() in message
    assert "schöne grüße".encode() in message
    assert b"with UTF8SMTP" in message
    assert "Return-Path: <jürgen@elsewhere.example>".encode() in message


def test_a_smuggled_end_of_data_is_refused(server: Server, mx: smtplib.SMTP, alice: Person) -> None:
    mx.mail("friend@elsewhere.example")
    mx.rcpt(alice.address)
    assert mx.docmd("DATA")[0] == 354
    mx.send(b"Subject: outer\r\n\r\nbody\n.\r\nMAIL FROM:<x@elsewhere.example>\r\n.\r\n")
    assert mx.getreply()[0] in {550, 554}
    assert server.count(alice) == 0


def test_commands_injected_before_tls_are_forgotten(server: Server) -> None:
    with socket.create_connection((HOST, server.ports["submission"]), PATIENCE) as plain:
        plain.recv(1000)
        plain.sendall(b"EHLO client.example\r\n")
        plain.recv(4096)
        plain.sendall(b"STARTTLS\r\nNOOP injected\r\n")
        said = plain.recv(4096)
        while piece := plain.recv(4096):
            said += piece
    assert not said.startswith(b"220") or b"250" not in said


def test_mail_for_other_domains_waits_in_the_queue(server: Server, submission: smtplib.SMTP, alice: Person) -> None:
    submission.sendmail(alice.address, ["somebody@elsewhere.example"], f"From: {alice.address}\r\nSubject: out\r\n\r\nhi\r\n")
    waiting = [item for item in server.order("queue.list") if item["sender"] == alice.address]
    assert [(item["recipient"], item["held"]) for item in waiting] == [("somebody@elsewhere.example", 0)]
    server.order("queue.remove", id=waiting[0]["id"])


def test_mail_to_a_postmaster_without_an_account_goes_where_the_setting_says(server: Server, mx: smtplib.SMTP, alice: Person) -> None:
    def delivered() -> bool:  # the news of a setting takes a moment to reach all workers
        mx.sendmail("", ["postmaster@example.test"], "Subject: a complaint\r\n\r\nhi\r\n")
        return server.count(alice) == 1

    server.order("settings.set", name="postmaster", value=alice.address)
    try:
        until(delivered, "the postmaster's mail comes to alice")
        mx.sendmail("", ["postmaster"], "Subject: without a domain\r\n\r\nhi\r\n")
    finally:
        server.order("settings.reset", name="postmaster")
    subjects = [message.rpartition(b"Subject: ")[2].split(b"\r\n")[0] for message in server.mail(alice, 2)]
    assert subjects == [b"a complaint", b"without a domain"]


def test_pop3_tells_what_it_can_before_and_after_stls(server: Server) -> None:
    with closing(poplib.POP3(HOST, server.ports["pop3"], PATIENCE)) as maildrop:
        assert NAME.encode() in maildrop.getwelcome()
        assert "STLS" in maildrop.capa()
        maildrop.stls(server.trusting())
        capabilities = maildrop.capa()
        assert "STLS" not in capabilities
        assert {"TOP", "UIDL", "USER", "SASL", "PIPELINING", "UTF8", "RESP-CODES", "AUTH-RESP-CODE"} <= capabilities.keys()


def test_a_maildrop_has_one_session_at_a_time(server: Server, alice: Person) -> None:
    place = (HOST, server.ports["pop3s"])
    with closing(server.pop3(alice)) as first, closing(poplib.POP3_SSL(*place, context=server.trusting(), timeout=PATIENCE)) as other:
        other.user(alice.address)
        with pytest.raises(poplib.error_proto, match="IN-USE"):
            other.pass_(alice.password)
        first.quit()
    with closing(server.pop3(alice)) as second:
        second.quit()


def test_deletions_count_only_after_quit(server: Server, mx: smtplib.SMTP, alice: Person) -> None:
    for number in range(3):
        mx.sendmail("friend@elsewhere.example", alice.address, f"Subject: {number}\r\n\r\n{number}\r\n")
    with closing(server.pop3(alice)) as broken:
        names = broken.uidl()[1]
        broken.dele(1)
        broken.dele(3)
    with closing(server.pop3(alice)) as whole:
        assert whole.uidl()[1] == names
        whole.dele(2)
        assert [line.split()[0] for line in whole.list()[1]] == [b"1", b"3"]
        whole.rset()
        whole.dele(3)
        whole.quit()
    with closing(server.pop3(alice)) as left:
        assert [line.split()[1] for line in left.uidl()[1]] == [name.split()[1] for name in names[:2]]
        assert left.top(1, 0)[1][-2:] == [b"Subject: 0", b""]
        left.quit()


def test_failed_logins_on_loopback_ban_nobody(server: Server, alice: Person) -> None:
    for _ in range(4):
        with closing(poplib.POP3_SSL(HOST, server.ports["pop3s"], context=server.trusting(), timeout=PATIENCE)) as maildrop:
            maildrop.user(alice.address)
            with pytest.raises(poplib.error_proto, match="AUTH"):
                maildrop.pass_("wrong")
    assert server.order("ban.list") == []
    assert server.count(alice) == 0
