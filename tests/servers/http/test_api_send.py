"""Sending: what goes out, who may send as whom, and what a record says."""

import base64
import datetime as dt
import email
import email.policy
import json
from typing import Any

import pytest

from servers.http.apihouse import DOMAIN, Mailbox, Server, serving

HELLO = base64.b64encode(b"Hello").decode()


def body(sender: str, *recipients: str, **more: Any) -> dict[str, Any]:
    return {"sender": sender, "recipients": list(recipients), "subject": "Hello", **more}


def whole(server: Server, mailbox: Mailbox, uid: int = 1) -> email.message.EmailMessage:
    """The message as it is stored."""
    from postroom.mailboxes import listing
    from postroom.runtime.house import House

    async def read(house: House) -> bytes:
        account = await house.directory.accounts.get(mailbox.email)
        found = await listing.stored(house.mailboxes, account.id, None, uid)
        assert found is not None
        return await house.mailboxes.read(b"", found.data, found.blob, 0, found.content_size)

    return email.message_from_bytes(server.run(read), policy=email.policy.default)


def test_a_message_arrives_and_its_record_says_sent(server: Server, alice: Mailbox, bob: Mailbox) -> None:
    record = alice.send(bob.email, "Grüße", "Guten Tag\nBob")
    assert {name: record[name] for name in ("sender", "recipients", "subject", "state", "queue_id", "error")} == {
        "sender": alice.email,
        "recipients": [bob.email],
        "subject": "Grüße",
        "state": "sent",
        "queue_id": None,
        "error": None,
    }
    assert record["created_at"].endswith("Z")
    assert record["sent_at"] == record["created_at"]
    message = whole(server, bob)
    assert message["Message-ID"] == record["message_id"]
    assert message["Subject"] == "Grüße"
    assert message.get_content().replace("\r\n", "\n") == "Guten Tag\nBob\n"
    assert alice.ask.get("/v1/outbound") == [record]
    assert alice.ask.get(f"/v1/outbound/{record['id']}") == record


def test_everything_that_may_be_said_is_in_the_message(server: Server, alice: Mailbox, bob: Mailbox) -> None:
    carol = server.mailbox()
    record = alice.send(
        f"Bob Best <{bob.email}>",
        html_body="<p>Good <b>day</b>.</p>",
        cc=[f"Carol <{carol.email}>"],
        bcc=[alice.email],
        reply_to=f"answers@{DOMAIN}",
        in_reply_to="<first@example.com>",
        references=["<zero@example.com>", "<first@example.com>"],
        headers={"X-Ticket": "42", "List-Unsubscribe": "<mailto:stop@example.com>"},
        attachments=[{"filename": 'ä;"b.txt', "content": HELLO, "content_type": "text/plain"}],
    )
    assert record["recipients"] == [bob.email, carol.email, alice.email]
    for mailbox in (bob, carol, alice):
        mailbox.arrived()
        message = whole(server, mailbox)
        assert message["To"] == f"Bob Best <{bob.email}>"
        assert message["Cc"] == f"Carol <{carol.email}>"
        assert message["Bcc"] is None
        assert alice.email not in f"{message['To']} {message['Cc']}"
    assert message["Reply-To"] == f"answers@{DOMAIN}"
    assert (message["In-Reply-To"], message["References"]) == ("<first@example.com>", "<zero@example.com> <first@example.com>")
    assert (message["X-Ticket"], message["List-Unsubscribe"]) == ("42", "<mailto:stop@example.com>")
    assert message.get_body(("plain",)).get_content().strip() == "Good day."  # type: ignore[union-attr]
    assert "<b>day</b>" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ('ä;"b.txt', "Hello")


def test_a_copy_is_filed_into_sent_and_read_already(alice: Mailbox, bob: Mailbox) -> None:
    alice.send(bob.email, "Filed")
    (copy,) = alice.arrived(folder="Sent")
    assert (copy["subject"], copy["seen"], copy["folder"]) == ("Filed", True, "Sent")


def test_no_copy_is_filed_where_the_setting_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    with serving(tmp_path_factory.mktemp("unfiled"), {"api_file_into_sent": False}) as server:
        carol = server.mailbox()
        carol.send(carol.email)
        assert len(carol.arrived()) == 1
        assert carol.messages(folder="Sent") == []


@pytest.mark.parametrize("sender", [f"other@{DOMAIN}", "alice@elsewhere.test", f"postmaster@{DOMAIN}"])
def test_a_mailbox_sends_only_as_itself(alice: Mailbox, sender: str) -> None:
    answer = alice.ask("POST", "/v1/mail/send", body(sender, alice.email))
    assert (answer.status, answer.json) == (403, {"detail": "Sender is not permitted for this API key"})


def test_plus_addresses_are_its_own(alice: Mailbox) -> None:
    local, _, domain = alice.email.partition("@")
    record = alice.ask.post("/v1/mail/send", body(f"{local}+shop@{domain}", f"{local}+news@{domain}"))
    assert record["state"] == "sent"
    assert len(alice.messages()) == 1


def test_an_administrator_sends_as_anybody(server: Server, alice: Mailbox) -> None:
    record = server.ask.post("/v1/mail/send", body("robot@example.org", alice.email))
    assert record["state"] == "sent"
    server.ask.post("/v1/mail/send", body(alice.email, alice.email))
    assert len(alice.ask.get("/v1/outbound")) == 1, "what was sent as alice is alice's to see, and nothing else"


def test_an_unknown_recipient_here_fails_and_the_others_get_it(alice: Mailbox, bob: Mailbox) -> None:
    record = alice.ask.post("/v1/mail/send", body(alice.email, bob.email, f"nobody@{DOMAIN}"))
    assert record["state"] == "failed"
    assert record["error"] == f"nobody@{DOMAIN}: 550 5.1.1 Unknown user."
    assert len(bob.arrived()) == 1
    record = alice.ask.post("/v1/mail/send", body(alice.email, f"nobody@{DOMAIN}"))
    assert (record["state"], record["sent_at"]) == ("failed", None)
    assert alice.ask.get("/v1/outbound")[0] == record


def test_a_full_mailbox_fails_with_its_reason(server: Server, alice: Mailbox) -> None:
    small = server.mailbox(quota=1)
    record = alice.send(small.email, text="x" * 1_100_000)
    assert (record["state"], record["error"]) == ("failed", f"{small.email}: 552 5.2.2 The message is larger than the mailbox.")


def test_mail_for_elsewhere_is_queued(server: Server, alice: Mailbox, bob: Mailbox) -> None:
    record = alice.ask.post("/v1/mail/send", body(alice.email, bob.email, "far@away.invalid"))
    assert (record["state"], record["sent_at"], record["error"]) == ("queued", None, None)
    assert len(bob.arrived()) == 1
    (item,) = [item for item in server.ask.get("/v1/queue") if item["id"] == record["id"]]
    error = item.pop("error")
    assert error is None or isinstance(error, str)
    assert item == {
        "id": record["id"],
        "state": "queued",
        "queue_id": record["queue_id"],
        "message_id": record["message_id"],
        "created_at": record["created_at"],
    }
    found = server.ask.get(f"/v1/debug/queue/{record['queue_id']}")
    assert found["status"] == "ok"
    assert found["details"]["items"][0]["recipient"] == "far@away.invalid"
    assert server.ask.get("/v1/debug/queue/999984") == {"status": "missing", "details": {"items": []}}
    assert server.ask.get("/v1/debug/queue/nonsense")["status"] == "missing"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"sender": "nonsense"}, ["body", "sender"]),
        ({"sender": "Alice\r\nBcc: x@y.test <alice@example.test>"}, ["body", "sender"]),
        ({"recipients": []}, ["body", "recipients"]),
        ({"recipients": ["a@example.test", "b c"]}, ["body", "recipients", 1]),
        ({"recipients": ["a@example.test\r\nRCPT TO:<x@y.test>"]}, ["body", "recipients", 0]),
        ({"recipients": ["a@b.test <c@d.test>, <e@f.test>"]}, ["body", "recipients", 0]),
        ({"recipients": "a@example.test"}, ["body", "recipients"]),
        ({"subject": "x\r\nBcc: x@y.test"}, ["body", "subject"]),
        ({"subject": "x\ny"}, ["body", "subject"]),
        ({"subject": "x\0y"}, ["body", "subject"]),
        ({"subject": 7}, ["body", "subject"]),
        ({"text_body": "x\0y"}, ["body", "text_body"]),
        ({"reply_to": "x@y.test\n"}, ["body", "reply_to"]),
        ({"in_reply_to": "<a@b>\r\nX: y"}, ["body", "in_reply_to"]),
        ({"references": ["no message id"]}, ["body", "references", 0]),
        ({"headers": {"X-A": "b\r\nBcc: c@d.test"}}, ["body", "headers", "X-A"]),
        ({"headers": {"X-A\r\nBcc": "c"}}, ["body", "headers"]),
        ({"headers": {"Bcc": "c@d.test"}}, ["body", "headers", "Bcc"]),
        ({"headers": {"Received": "x"}}, ["body", "headers", "Received"]),
        ({"headers": {"X-": "x"}}, ["body", "headers", "X-"]),
        ({"headers": {"X-A B": "x"}}, ["body", "headers"]),
        ({"attachments": [{"filename": "a", "content": "%%%"}]}, ["body", "attachments", 0, "content"]),
        ({"attachments": [{"filename": "a\r\nb", "content": HELLO}]}, ["body", "attachments", 0, "filename"]),
        ({"attachments": [{"filename": "a", "content": HELLO, "content_type": "text/plain\r\nX: y"}]}, ["body", "attachments", 0, "content_type"]),
        ({"attachments": [{"filename": "a"}]}, ["body", "attachments", 0, "content"]),
        ({"send_at": "tomorrow"}, ["body", "send_at"]),
        ({"send_at": "2026-01-01T00:00:00"}, ["body", "send_at"]),
        ({"send_at": "2099-01-01T00:00:00Z"}, ["body", "send_at"]),
    ],
)
def test_what_can_not_be_sent_is_422_and_nothing_goes(alice: Mailbox, change: dict[str, Any], place: list[Any]) -> None:
    answer = alice.ask("POST", "/v1/mail/send", body(alice.email, alice.email, text_body="x") | change)
    assert answer.status == 422, answer.body
    (first, *_) = answer.json["detail"]
    assert first.keys() == {"loc", "msg", "type"}
    assert first["loc"][: len(place)] == place
    assert alice.messages() == []
    assert alice.ask.get("/v1/outbound") == []


def test_line_ends_of_texts_are_no_injection(server: Server, alice: Mailbox) -> None:
    alice.send(alice.email, text="one\r.\r\nMAIL FROM:<x@y.test>\r\n.\r\ntwo\rthree")
    octets = whole(server, alice)
    assert octets.get_content().replace("\r\n", "\n") == "one\n.\nMAIL FROM:<x@y.test>\n.\ntwo\nthree\n"


def test_sizes_are_bounded(server: Server, alice: Mailbox) -> None:
    large = base64.b64encode(b"x" * (25 * 1024 * 1024 + 10)).decode()
    answer = alice.ask("POST", "/v1/mail/send", body(alice.email, alice.email, attachments=[{"filename": "a", "content": large}]))
    assert answer.status == 413
    assert "26,214,400" in answer.json["detail"]
    answer = alice.ask("POST", "/v1/mail/send", body(alice.email, *(f"u{number}@{DOMAIN}" for number in range(1001))))
    assert answer.status == 422
    answer = server.ask("POST", "/v1/mailboxes", raw=b" " * 70_000)
    assert answer.status == 413


def test_a_large_attachment_goes_through(alice: Mailbox, bob: Mailbox) -> None:
    content = bytes(range(256)) * 8192
    alice.send(bob.email, attachments=[{"filename": "large.bin", "content": base64.b64encode(content).decode()}])
    (attachment,) = bob.ask.get("/v1/messages/1")["attachments"]
    assert bob.ask("GET", f"/v1/attachments/{attachment['id']}").body == content


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"sender": NaN}',
        b'{"a":' * 20_000,
        b"[" * 30_000 + b"]" * 30_000,
        b'{"sender": "\\ud800", "recipients": ["a@b.test"], "subject": "x"}',
        b'{"sender": ' + b"9" * 10_000 + b"}",
        b"null",
    ],
)
def test_what_is_no_document_is_422(alice: Mailbox, raw: bytes) -> None:
    answer = alice.ask("POST", "/v1/mail/send", raw=raw)
    assert answer.status == 422, answer.body
    assert json.loads(answer.body)["detail"]


def test_a_message_may_wait_for_its_time_and_be_cancelled(server: Server, alice: Mailbox, bob: Mailbox) -> None:
    then = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=20)
    asked = then.astimezone(dt.timezone(dt.timedelta(hours=2))).isoformat()
    record = alice.ask.post("/v1/mail/send", body(alice.email, bob.email, "far@away.invalid", send_at=asked))
    assert (record["state"], record["send_at"]) == ("queued", then.isoformat().replace("+00:00", "Z"))
    assert bob.messages() == []
    assert {one["recipient"] for one in server.ask.get(f"/v1/debug/queue/{record['queue_id']}")["details"]["items"]} == {
        bob.email,
        "far@away.invalid",
    }
    cancelled = alice.ask("DELETE", f"/v1/outbound/{record['id']}").json
    assert (cancelled["state"], cancelled["error"]) == ("failed", "It was cancelled before its time.")
    assert server.ask.get(f"/v1/debug/queue/{record['queue_id']}")["status"] == "missing"
    assert alice.ask("DELETE", f"/v1/outbound/{record['id']}").status == 409
    assert bob.ask("DELETE", f"/v1/outbound/{record['id']}").status == 404


def test_a_time_that_is_over_is_now(alice: Mailbox) -> None:
    record = alice.ask.post("/v1/mail/send", body(alice.email, alice.email, send_at="2020-01-01T00:00:00Z"))
    assert record["state"] == "sent"


def test_records_are_paged(alice: Mailbox) -> None:
    ids = [alice.send(alice.email, str(number))["id"] for number in range(5)][::-1]
    page = alice.ask.get("/v1/outbound", limit=2)
    assert [record["id"] for record in page] == ids[:2]
    assert [record["id"] for record in alice.ask.get("/v1/outbound", limit=2, before=ids[1])] == ids[2:4]
    assert [record["id"] for record in alice.ask.get("/v1/outbound", limit=2, after=ids[4])] == ids[2:4]
    assert alice.ask.get("/v1/outbound", state="failed") == []
    assert alice.ask("GET", "/v1/outbound", before=123456784).status == 404
    assert alice.ask("GET", "/v1/outbound", limit=0).status == 422


def test_the_story_of_a_message_is_told(server: Server, alice: Mailbox) -> None:
    record = alice.send(alice.email)
    story = server.ask.get(f"/v1/debug/messages/{record['id']}/trace")
    assert story["status"] == "ok"
    details = story["details"]
    assert (details["status"], details["message_id"], details["queue_id"], details["error"]) == ("sent", record["message_id"], None, None)
    assert [event["event_type"] for event in details["events"]] == ["accepted", "sent"]
    assert details["events"][0].keys() == {"event_type", "details", "created_at"}
    assert server.ask("GET", "/v1/debug/messages/999984/trace").json == {"detail": "Outbound message not found"}
