"""What a client of the original Open Mailserver relies on: every answer's fields, in their kinds, and every error's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest

from postroom.errors import Unavailable
from postroom.mailboxes import listing
from servers.http.apihouse import ADMIN, DOMAIN, Server, serving

NOTHING = type(None)
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
MAILBOX = {"id": int, "email": str, "quota": int, "active": bool}
OUTBOUND = {
    "id": int,
    "sender": str,
    "recipients": [str],
    "subject": str,
    "state": "queued|sent|failed",
    "message_id": (str, NOTHING),
    "queue_id": (str, NOTHING),
    "error": (str, NOTHING),
    "created_at": MOMENT,
    "sent_at": (MOMENT, NOTHING),
}
SUMMARY = {"id": r"\d+", "subject": str, "from": str, "to": str, "date": str}
CHECK = {"name": str, "status": "pass|warn", "details": str}
PLAN = {"hostname": str, "domain": str, "records": [{"type": str, "host": str, "value": str}]}
HEALTH = {"status": str, "platform": str, "checks": dict}
QUEUED = {"id": int, "state": str, "queue_id": str, "message_id": (str, NOTHING), "error": (str, NOTHING), "created_at": MOMENT}
EVENT = {"event_type": str, "details": str, "created_at": MOMENT}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("api")) as running:
        yield running


def fits(value: Any, shape: Any) -> bool:
    """Tell whether a value has at least the fields of a shape: more may be added, nothing may be missing or of another kind."""
    match shape:
        case dict():
            return isinstance(value, dict) and all(name in value and fits(value[name], kind) for name, kind in shape.items())
        case [one]:
            return isinstance(value, list) and all(fits(each, one) for each in value)
        case tuple():
            return any(fits(value, kind) for kind in shape)
        case str():
            return isinstance(value, str) and re.fullmatch(shape, value) is not None
        case _:
            return type(value) is shape or (shape is dict and isinstance(value, dict))


def report(details: Any) -> dict[str, Any]:
    return {"status": str, "details": details}


def test_a_mailbox_and_an_alias_are_made(server: Server) -> None:
    made = server.ask.post("/v1/mailboxes", {"local_part": "made", "domain": DOMAIN, "password": None, "quota": 0})
    assert fits(made, {"mailbox": MAILBOX, "password": str, "api_key": {"key": r"[a-z]+_[A-Za-z0-9_-]{20,}", "scopes": [str]}}), made
    assert sorted(made["api_key"]["scopes"]) == ["mail:read", "mail:send"]
    alias = server.ask.post("/v1/aliases", {"source": f"other@{DOMAIN}", "destination": f"made@{DOMAIN},far@elsewhere.example"})
    assert fits(alias, {"id": int, "source": str, "destination": str}), alias


def test_a_message_is_sent_and_read(server: Server) -> None:
    alice, bob = server.mailbox(), server.mailbox()
    given = {"sender": alice.email, "recipients": [bob.email], "subject": "Hi", "text_body": "Text", "html_body": "<p>Text", "cc": [], "bcc": []}
    sent = alice.ask.post("/v1/mail/send", given)
    assert fits(sent, OUTBOUND), sent
    assert (sent["state"], sent["recipients"]) == ("sent", [bob.email])
    listed = alice.ask.get("/v1/outbound")
    assert fits(listed, [OUTBOUND])
    assert listed[0] == alice.ask.get(f"/v1/outbound/{sent['id']}")
    messages = bob.arrived()
    assert fits(messages, [SUMMARY]), messages
    read = bob.ask.get(f"/v1/messages/{messages[0]['id']}", address=bob.email)
    assert fits(read, SUMMARY | {"body": str}), read
    assert read["body"].strip() == "Text"


def test_what_waits_is_told_and_traced(server: Server) -> None:
    alice = server.mailbox()
    sent = alice.send("far@elsewhere.example")
    assert fits(sent, OUTBOUND | {"state": "queued", "queue_id": str}), sent
    queue = server.ask.get("/v1/queue")
    assert fits(queue, [QUEUED]), queue
    assert (queue[0]["id"], queue[0]["queue_id"]) == (sent["id"], sent["queue_id"])
    shown = server.ask.get(f"/v1/debug/queue/{sent['queue_id']}")
    assert fits(shown, {"status": "ok", "details": {"items": [dict]}}), shown
    assert server.ask.get("/v1/debug/queue/no-such-id") == {"status": "missing", "details": {"items": []}}
    trace = server.ask.get(f"/v1/debug/messages/{sent['id']}/trace")
    told = {"status": str, "message_id": (str, NOTHING), "queue_id": (str, NOTHING), "error": (str, NOTHING), "events": [EVENT]}
    assert fits(trace, report(told)), trace


def test_the_server_tells_of_itself(server: Server) -> None:
    ask = server.ask
    assert fits(server.client(None).get("/health"), HEALTH)
    assert fits(ask.get("/v1/debug/health"), report(HEALTH))
    assert fits(ask.get("/v1/debug/config"), report(dict))
    logs = ask.get("/v1/debug/logs")
    assert fits(logs, report({"lines": [str]}))
    assert len(logs["details"]["lines"]) <= 100
    deliverable = {"status": "ok|warn", "details": {"status": "ok|warn", "platform": str, "checks": [dict], "dns_plan": dict}}
    for path in ("/v1/deliverability/report", "/v1/debug/deliverability/report"):
        assert fits(ask.get(path), deliverable)
    assert fits(ask.get("/v1/debug/bundle"), report({"health": dict, "doctor": dict, "queue": list, "logs": dict}))
    server.mailbox()
    assert fits(ask.get("/v1/plan-dns"), PLAN)


def test_a_backup_is_made_and_judged(server: Server) -> None:
    made = server.ask.post("/v1/backup")
    assert fits(made, {"path": str, "encrypted": bool})
    assert made["encrypted"] is True
    good = server.ask("POST", f"/v1/restore/validate?path={made['path']}").json
    assert fits(good, {"status": "ok", "details": {"status": "ok", "entries": (int, list)}}), good
    bad = server.ask("POST", "/v1/restore/validate?path=nothing").json
    assert fits(bad, {"status": "invalid", "details": {"status": "invalid", "reason": str}}), bad


def test_domains_of_the_earlier_version(server: Server) -> None:
    made = server.ask.post("/v1/domains/attach", {"domain": "earlier.example"})
    assert fits(made, {"domain": str, "dns_plan": PLAN})
    assert fits(server.ask.get("/v1/domains"), [{"domain": str}])
    assert fits(server.ask.get("/v1/domains/earlier.example"), {"domain": str})
    found = server.ask.post("/v1/domains/earlier.example/verify")
    assert fits(found, {"domain": str, "dns_plan": PLAN, "verification": dict})


OTHERS = [
    ("GET", "/v1/outbound/999999999", 404, "Outbound message not found"),
    ("GET", "/v1/debug/messages/999999999/trace", 404, "Outbound message not found"),
    ("GET", "/v1/messages/999999?address={0}", 404, "Message not found"),
    ("GET", "/v1/attachments/999999.1?address={0}", 404, "Message not found"),
    ("GET", "/v1/attachments/nothing?address={0}", 404, "Attachment not found"),
]


@pytest.mark.parametrize(("method", "path", "status", "words"), OTHERS)
def test_what_is_not_there_is_told_in_the_originals_words(server: Server, method: str, path: str, status: int, words: str) -> None:
    answer = server.ask(method, path.format(server.mailbox().email))
    assert (answer.status, answer.json) == (status, {"detail": words})


def test_what_is_not_allowed_is_told_in_the_originals_words(server: Server) -> None:
    alice, bob = server.mailbox(), server.mailbox()
    for key, status, words in ((None, 401, "Missing API key"), ("om_wrong", 403, "Invalid API key")):
        answer = server.client(key)("GET", "/v1/outbound")
        assert (answer.status, answer.json) == (status, {"detail": words})
    answer = alice.ask("GET", "/v1/queue")
    assert (answer.status, answer.json) == (403, {"detail": "Invalid API key"})
    answer = alice.ask("POST", "/v1/mail/send", {"sender": bob.email, "recipients": [bob.email], "subject": "x"})
    assert (answer.status, answer.json) == (403, {"detail": "Sender is not permitted for this API key"})
    answer = server.ask("POST", "/v1/mailboxes", {"local_part": alice.email.partition("@")[0], "domain": DOMAIN})
    assert (answer.status, answer.json) == (400, {"detail": "Mailbox already exists"})


def test_what_can_not_be_read_is_fastapis_422(server: Server) -> None:
    answer = server.ask("POST", "/v1/aliases", {"source": 7})
    assert answer.status == 422
    assert fits(answer.json, {"detail": [{"loc": [(str, int)], "msg": str, "type": str}]})
    assert {tuple(one["loc"]) for one in answer.json["detail"]} == {("body", "source"), ("body", "destination")}


def test_when_mail_can_not_be_read_just_now_it_is_503(server: Server) -> None:
    alice = server.mailbox()
    alice.send(alice.email)
    with patch.object(listing, "stored", side_effect=Unavailable("the disk does not answer")):
        answer = alice.ask("GET", "/v1/messages/1")
    assert answer.status == 503
    assert isinstance(answer.json["detail"], str)
    assert answer.headers["Retry-After"] == "5"


OF_DEBUG = [
    ("GET", "/v1/queue"),
    ("GET", "/v1/debug/queue/1"),
    ("GET", "/v1/debug/health"),
    ("GET", "/v1/debug/config"),
    ("GET", "/v1/debug/logs"),
    ("GET", "/v1/debug/messages/1/trace"),
    ("GET", "/v1/debug/deliverability/report"),
    ("GET", "/v1/debug/bundle"),
    ("GET", "/v1/plan-dns"),
    ("POST", "/v1/backup"),
    ("GET", "/v1/backup"),
    ("POST", "/v1/restore/validate?path=x"),
]


def test_the_debug_api_can_be_switched_off_and_the_header_renamed(tmp_path_factory: pytest.TempPathFactory) -> None:
    with serving(tmp_path_factory.mktemp("off"), {"debug_api": False, "api_key_header": "X-Other-Key"}) as server:
        ask = server.client(None)
        for method, path in OF_DEBUG:
            answer = ask(method, path, headers={"X-Other-Key": ADMIN})
            assert (answer.status, answer.json) == (404, {"detail": "Debug API is disabled"}), path
        assert ask("GET", "/v1/deliverability/report", headers={"X-Other-Key": ADMIN}).status == 200
        assert ask("GET", "/v1/keys").status == 401
