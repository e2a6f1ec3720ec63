"""Mailboxes and aliases: one call opens a mailbox, and both of its credentials work everywhere."""

import imaplib
import re
import smtplib
from collections.abc import Iterator

import pytest

from servers.http.apihouse import DOMAIN, PATIENCE, Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("api"), protocols=("http", "imap", "submission")) as running:
        yield running


def test_a_mailbox_is_opened_with_its_domain_password_and_key(server: Server) -> None:
    made = server.ask.post("/v1/mailboxes", {"local_part": "Alice", "domain": "New.Example", "quota": 5})
    number = made["mailbox"].pop("id")
    assert server.ask("GET", "/v1/keys").headers["Cache-Control"] == "no-store"
    assert isinstance(number, int)
    assert made["mailbox"] == {"email": "Alice@new.example", "quota": 5, "active": True}
    assert len(made["password"]) >= 32
    assert re.fullmatch(r"om_[A-Za-z0-9_-]{43}", made["api_key"]["key"])
    assert made["api_key"]["scopes"] == ["mail:read", "mail:send"]
    account = server.run(lambda house: house.directory.accounts.get("alice@new.example"))
    assert (account.id, account.quota) == (number, 5 << 20)


def test_both_credentials_work(server: Server) -> None:
    alice, bob = server.mailbox(password="correct horse battery"), server.mailbox()
    with smtplib.SMTP("127.0.0.1", server.ports["submission"], timeout=PATIENCE) as smtp:
        smtp.login(alice.email, "correct horse battery")
        smtp.sendmail(alice.email, [bob.email], f"From: {alice.email}\r\nSubject: By SMTP\r\n\r\nHello.\r\n")
    assert bob.arrived()[0]["subject"] == "By SMTP"
    bob.send(alice.email, "By API")
    with imaplib.IMAP4("127.0.0.1", server.ports["imap"], timeout=PATIENCE) as imap:
        imap.login(alice.email, "correct horse battery")
        imap.select("INBOX")
        _, found = imap.fetch("1", "(BODY[HEADER.FIELDS (SUBJECT)])")
        assert "By API" in repr(found)
    with imaplib.IMAP4("127.0.0.1", server.ports["imap"], timeout=PATIENCE) as imap:
        imap.login(bob.email, bob.password)


def test_a_mailbox_that_exists_is_400_and_stays(server: Server) -> None:
    first = server.mailbox("taken")
    for local in ("taken", "TAKEN"):
        answer = server.ask("POST", "/v1/mailboxes", {"local_part": local, "domain": DOMAIN})
        assert (answer.status, answer.json) == (400, {"detail": "Mailbox already exists"})
    assert first.ask("GET", "/v1/outbound").status == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"local_part": "a"},
        {"local_part": "a b", "domain": DOMAIN},
        {"local_part": "../a", "domain": DOMAIN},
        {"local_part": "a\r\nb", "domain": DOMAIN},
        {"local_part": "a", "domain": "no domain"},
        {"local_part": "a", "domain": "[127.0.0.1]"},
        {"local_part": "a", "domain": DOMAIN, "quota": -1},
        {"local_part": "a", "domain": DOMAIN, "quota": 10**12},
        {"local_part": "a", "domain": DOMAIN, "password": ""},
        {"local_part": "a", "domain": DOMAIN, "password": "x\r\ny"},
        {"local_part": "a", "domain": DOMAIN, "password": "x" * 2000},
        {"local_part": "a" * 65, "domain": DOMAIN},
        [],
        "text",
    ],
)
def test_what_is_no_mailbox_is_422_and_opens_nothing(server: Server, body: object) -> None:
    before = server.run(lambda house: house.directory.accounts.count())
    answer = server.ask("POST", "/v1/mailboxes", body)
    assert answer.status == 422, answer.body
    assert server.run(lambda house: house.directory.accounts.count()) == before


def test_an_alias_leads_to_its_destinations_and_may_send(server: Server) -> None:
    alice, bob = server.mailbox(), server.mailbox()
    made = server.ask.post("/v1/aliases", {"source": f"team@{DOMAIN}", "destination": f"{alice.email}, {bob.email}"})
    assert made == {"id": made["id"], "source": f"team@{DOMAIN}", "destination": f"{alice.email},{bob.email}"}
    alice.ask.post("/v1/mail/send", {"sender": f"team@{DOMAIN}", "recipients": [f"team@{DOMAIN}"], "subject": "To the team"})
    assert [len(one.arrived()) for one in (alice, bob)] == [1, 1]
    assert server.ask("POST", "/v1/aliases", {"source": f"team@{DOMAIN}", "destination": alice.email}).status == 400
    assert server.ask("POST", "/v1/aliases", {"source": "x@not-ours.test", "destination": alice.email}).status == 404
    assert server.ask("POST", "/v1/aliases", {"source": f"y@{DOMAIN}", "destination": "nonsense"}).status == 422


def test_mailboxes_are_listed_by_address_and_page_by_page(server: Server) -> None:
    for local in ("list-a", "list-b", "list-c"):
        server.ask.post("/v1/mailboxes", {"local_part": local, "domain": "listed.test", "quota": 3})
    first = server.ask.get("/v1/mailboxes", domain="listed.test", limit=2)
    assert [(one["email"], one["quota"], one["active"]) for one in first] == [("list-a@listed.test", 3, True), ("list-b@listed.test", 3, True)]
    assert [one["email"] for one in server.ask.get("/v1/mailboxes", domain="listed.test", after=first[-1]["email"])] == ["list-c@listed.test"]
    assert server.ask("GET", "/v1/mailboxes", domain="nowhere.test").status == 404
    assert server.ask("GET", "/v1/mailboxes", after="nobody").status in {404, 422}


def test_a_mailbox_is_removed_with_its_mail_and_its_keys(server: Server) -> None:
    gone = server.mailbox()
    gone.send(gone.email)
    assert gone.ask("DELETE", f"/v1/mailboxes/{gone.email}").status == 403
    assert server.ask("DELETE", f"/v1/mailboxes/{gone.email}").json["email"] == gone.email
    assert gone.ask("GET", "/v1/outbound").status == 403
    answer = server.ask("DELETE", f"/v1/mailboxes/{gone.email}")
    assert (answer.status, answer.json) == (404, {"detail": "Mailbox not found"})
    assert server.ask("DELETE", "/v1/mailboxes/no%20address").status == 404
