"""Reading: lists, search, single messages, attachments, changes."""

from email.message import EmailMessage
from urllib.parse import quote

import pytest

from postroom.delivery.accept import LocalRecipient
from postroom.formats.address import Address
from postroom.runtime.house import House
from servers.http.apihouse import DOMAIN, Mailbox, Server

REPLY = "Yes, on Friday.\n\nOn Mon, 1 Jan 2024 at 10:00, Alice <alice@example.com> wrote:\n> Shall we meet?\n> When?\n"


def deliver(server: Server, mailbox: Mailbox, message: bytes) -> None:
    """Put a message into a mailbox as SMTP would."""

    async def run(house: House) -> None:
        account = await house.directory.accounts.get(mailbox.email)
        spool = house.post.spool(len(message))
        if spool.write(message):
            await spool.settle()
        await house.delivery.accept(spool, Address("sender", "remote.test"), [LocalRecipient(account.id, account.address)])

    server.run(run)


def composed() -> EmailMessage:
    message = EmailMessage()
    message["From"] = '"Bob, the Builder" <bob@remote.test>'
    message["To"] = "alice@example.test"
    message["Subject"] = "Re: Übung"
    message["Date"] = "Fri, 20 Nov 2026 09:00:00 +0100"
    message["Message-ID"] = "<third@remote.test>"
    message["References"] = "<first@remote.test> <second@remote.test>"
    message["In-Reply-To"] = "<second@remote.test>"
    message.set_content(REPLY)
    message.add_alternative("<p>Yes, on <b>Friday</b>.</p>", subtype="html")
    message.add_attachment(b"%PDF-1.7 content", maintype="application", subtype="pdf", filename="Rechnung ä.pdf")
    message.add_attachment("a;b\n", subtype="csv", filename="../../etc/passwd")
    return message


def test_a_list_has_the_newest_first(alice: Mailbox) -> None:
    for number in range(3):
        alice.send(alice.email, f"Number {number}", "The beginning of it")
    found = alice.messages()
    assert [(one["id"], one["subject"]) for one in found] == [("3", "Number 2"), ("2", "Number 1"), ("1", "Number 0")]
    assert {name: found[0][name] for name in ("from", "to", "folder", "seen", "flags", "preview")} == {
        "from": alice.email,
        "to": alice.email,
        "folder": "INBOX",
        "seen": False,
        "flags": [],
        "preview": "The beginning of it",
    }
    assert found[0]["date"].endswith("+0000")


def test_an_empty_mailbox_has_an_empty_list(alice: Mailbox) -> None:
    assert alice.messages() == []
    assert alice.messages(q="word") == []
    assert alice.messages(folder="Archive") == []
    assert alice.ask("GET", f"/v1/mailboxes/{alice.email}/messages", folder="Nowhere").status == 404


def test_a_list_is_paged(alice: Mailbox) -> None:
    for number in range(1, 6):
        alice.send(alice.email, str(number))

    def page(**query: object) -> list[str]:
        return [one["id"] for one in alice.messages(**query)]

    assert page(limit=2) == ["5", "4"]
    assert page(limit=2, before="4") == ["3", "2"]
    assert page(limit=2, after="1") == ["3", "2"]
    assert page(before="4", after="1") == ["3", "2"]
    assert page(after="5") == []
    for query in ({"limit": 0}, {"limit": 100000}, {"limit": "x"}, {"wait": -1}, {"wait": 100000}):
        assert alice.ask("GET", f"/v1/mailboxes/{alice.email}/messages", **query).status == 422
    for cursor in ("../1", "x", "1;DROP", "99999999999"):
        assert alice.ask("GET", f"/v1/mailboxes/{alice.email}/messages", before=cursor).status == 404


def test_a_message_is_read_with_its_parts(server: Server, alice: Mailbox) -> None:
    deliver(server, alice, composed().as_bytes())
    found = alice.ask.get("/v1/messages/1")
    assert {name: found[name] for name in ("id", "subject", "from", "to", "date", "message_id", "in_reply_to", "references")} == {
        "id": "1",
        "subject": "Re: Übung",
        "from": '"Bob, the Builder" <bob@remote.test>',
        "to": "alice@example.test",
        "date": "Fri, 20 Nov 2026 09:00:00 +0100",
        "message_id": "<third@remote.test>",
        "in_reply_to": "<second@remote.test>",
        "references": ["<first@remote.test>", "<second@remote.test>"],
    }
    assert found["body"] == REPLY
    assert found["extracted_text"] == "Yes, on Friday."
    assert found["html_body"].strip() == "<p>Yes, on <b>Friday</b>.</p>"
    assert found["truncated"] is False
    assert [(one["id"], one["filename"], one["content_type"]) for one in found["attachments"]] == [
        ("1.2", "Rechnung ä.pdf", "application/pdf"),
        ("1.3", "../../etc/passwd", "text/csv"),
    ]
    assert alice.ask.get("/v1/messages/1", address=alice.email) == found
    assert alice.messages()[0] == {name: value for name, value in found.items() if name in alice.messages()[0]}


def test_an_attachment_is_a_file_and_nothing_else(server: Server, alice: Mailbox) -> None:
    deliver(server, alice, composed().as_bytes())
    answer = alice.ask("GET", "/v1/attachments/1.2")
    assert (answer.status, answer.body) == (200, b"%PDF-1.7 content")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=\"Rechnung _.pdf\"; filename*=UTF-8''Rechnung%20%C3%A4.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    answer = alice.ask("GET", "/v1/attachments/1.3")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="_.._etc_passwd"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert alice.ask("GET", "/v1/attachments/1.1.1").body.replace(b"\r\n", b"\n").decode() == REPLY
    for id_ in ("1.9", "2.2", "1.2.1.1", "1", "1.", "1.x", "1..2", "%2e%2e%2f1", "1.2%00", "9" * 90 + ".1"):
        assert alice.ask("GET", f"/v1/attachments/{id_}").status in {404, 422}


@pytest.mark.parametrize("id_", ["2", "0", "x", "-1", "1-1", "999999999999", "..%2f1", "1e0", "٣", "1%00", "1%0d%0a"])
def test_a_message_that_is_not_there_is_not_found(alice: Mailbox, id_: str) -> None:
    alice.send(alice.email)
    path = f"/v1/messages/{quote(id_, safe='%')}"
    assert {alice.ask(method, path).status for method in ("GET", "DELETE")} <= {404, 422}
    assert len(alice.messages()) == 1


def test_html_alone_is_read_as_text(server: Server, alice: Mailbox) -> None:
    deliver(
        server,
        alice,
        b"Subject: x\nContent-Type: text/html; charset=utf-8\n\n<p>Hello<br>\n<i>world</i> &amp; all\xc3\xa9</p><script>no()</script>\n",
    )
    found = alice.ask.get("/v1/messages/1")
    assert found["body"].split() == ["Hello", "world", "&", "allé"]
    assert "<script>" in found["html_body"]


@pytest.mark.parametrize(
    "message", [b"", b"\n", b"no header at all", b"Subject: =?x?q?\n\n\xff\xfe", b"\0: x\n\n", b"From: " + b"x" * 70_000 + b"\n\nbody"]
)
def test_what_is_hardly_a_message_is_read_all_the_same(server: Server, alice: Mailbox, message: bytes) -> None:
    deliver(server, alice, message)
    (line,) = alice.messages()
    assert alice.ask.get("/v1/messages/1")["id"] == line["id"] == "1"


def test_messages_of_a_conversation_have_one_thread(server: Server, alice: Mailbox) -> None:
    for head in (b"Message-ID: <1@x.test>", b"Message-ID: <2@x.test>\nReferences: <1@x.test>", b"Message-ID: <9@x.test>"):
        deliver(server, alice, head + b"\nSubject: x\n\nbody\n")
    third, second, first = alice.messages()
    assert first["thread_id"] == second["thread_id"] != third["thread_id"]


def test_search_finds_words_phrases_and_fields(alice: Mailbox) -> None:
    alice.send(alice.email, "Invoice 17", "Please pay the blue bicycle")
    alice.send(alice.email, "Holiday", "The invoice is paid, the bicycle is blue")

    def found(question: str) -> list[str]:
        return [one["id"] for one in alice.messages(q=question)]

    assert found("invoice") == ["2", "1"]
    assert found("invoice is") == ["2"]
    assert found('"blue bicycle"') == ["1"]
    assert found("subject:invoice") == ["1"]
    assert found('subject:"Invoice 17" pay') == ["1"]
    assert found("nothing") == []
    assert [one["id"] for one in alice.messages(q="invoice", limit=1)] == ["2"]
    assert [one["id"] for one in alice.messages(q="invoice", before="2")] == ["1"]
    assert [one["id"] for one in alice.messages(q="invoice", after="1")] == ["2"]


def test_flags_change_and_messages_move(alice: Mailbox) -> None:
    alice.send(alice.email, "Task")
    changed = alice.ask("PATCH", "/v1/messages/1", {"seen": True, "flagged": True, "add_flags": ["$Important", "todo"]}).json
    assert changed["seen"] is True
    assert sorted(changed["flags"]) == ["$Important", "\\Flagged", "\\Seen", "todo"]
    changed = alice.ask("PATCH", "/v1/messages/1", {"seen": False, "remove_flags": ["todo"]}).json
    assert sorted(changed["flags"]) == ["$Important", "\\Flagged"]
    moved = alice.ask("PATCH", "/v1/messages/1", {"folder": "Archive"}).json
    assert moved["folder"] == "Archive"
    assert alice.messages() == []
    assert alice.ask.get(f"/v1/messages/{moved['id']}")["subject"] == "Task"
    back = alice.ask("PATCH", f"/v1/messages/{moved['id']}", {"folder": "inbox"}).json
    assert (back["id"], back["folder"]) == ("2", "INBOX")
    for body, status in (
        ({"folder": "Nowhere"}, 404),
        ({"folder": "a\nb"}, 422),
        ({"add_flags": ["\\Recent"]}, 422),
        ({"add_flags": ["a b"]}, 422),
        ({"seen": "often"}, 422),
        ([], 422),
    ):
        assert alice.ask("PATCH", "/v1/messages/2", body).status == status
    assert alice.ask("PATCH", "/v1/messages/9", {"seen": True}).status == 404


def test_a_message_is_deleted_once(alice: Mailbox) -> None:
    alice.send(alice.email)
    assert alice.ask("DELETE", "/v1/messages/1").json == {"id": "1", "status": "deleted"}
    assert alice.ask("DELETE", "/v1/messages/1").json == {"detail": "Message not found"}
    assert alice.messages() == []


def test_a_folder_of_somebody_else_is_no_way_in(alice: Mailbox, bob: Mailbox) -> None:
    bob.send(bob.email)
    moved = bob.ask("PATCH", "/v1/messages/1", {"folder": "Archive"}).json
    assert alice.ask("GET", f"/v1/messages/{moved['id']}").json == {"detail": "Message not found"}
    assert alice.ask("GET", "/v1/messages/1", address=f"someone@{DOMAIN}").status == 403
