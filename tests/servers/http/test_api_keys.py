"""Keys: who is let in, what a key sees, and what it never sees."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest

from postroom.directory import failures
from servers.http.apihouse import ADMIN, DOMAIN, HEADER, Mailbox, Server, serving

READS = [
    "/v1/outbound",
    "/v1/outbound/1",
    "/v1/messages/1",
    "/v1/attachments/1.2",
    "/v1/keys",
    f"/v1/mailboxes/alice@{DOMAIN}/messages",
    "/v1/queue",
    "/v1/debug/health",
]


@pytest.mark.parametrize("path", READS)
def test_without_a_key_nothing_is_told(server: Server, path: str) -> None:
    answer = server.client(None)("GET", path)
    assert (answer.status, answer.json) == (401, {"detail": "Missing API key"})


@pytest.mark.parametrize("key", ["x", "om_" + "A" * 43, ADMIN + "x", "k" * 5000, "\u00e9"])
def test_a_key_that_nobody_has_is_refused(server: Server, key: str) -> None:
    answer = server.client(key)("GET", "/v1/outbound")
    assert (answer.status, answer.json) == (403, {"detail": "Invalid API key"})


def test_a_body_is_not_read_before_the_key(server: Server) -> None:
    answer = server.client(None)("POST", "/v1/mail/send", raw=b"{" * 10)
    assert answer.status == 401


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/mailboxes", {"local_part": "x", "domain": DOMAIN}),
        ("POST", "/v1/aliases", {"source": f"x@{DOMAIN}", "destination": f"y@{DOMAIN}"}),
        ("POST", "/v1/keys", {}),
        ("GET", "/v1/queue", None),
        ("GET", "/v1/debug/config", None),
        ("GET", "/v1/debug/logs", None),
    ],
)
def test_a_mailbox_key_administers_nothing(alice: Mailbox, method: str, path: str, body: object) -> None:
    answer = alice.ask(method, path, body)
    assert (answer.status, answer.json) == (403, {"detail": "Invalid API key"})


def test_a_mailbox_key_sees_its_own_mailbox_and_records_only(server: Server, alice: Mailbox, bob: Mailbox) -> None:
    record = bob.send(bob.email)
    for address in (bob.email, f"nobody@{DOMAIN}", "somebody@elsewhere.test", "no address"):
        answer = alice.ask("GET", f"/v1/mailboxes/{quote(address)}/messages")
        assert (answer.status, answer.json) == (403, {"detail": "Mailbox is not permitted for this API key"})
        assert alice.ask("GET", "/v1/messages/1", address=address).status == 403
        assert alice.ask("GET", "/v1/attachments/1.1", address=address).status == 403
    there = alice.ask("GET", f"/v1/outbound/{record['id']}")
    nowhere = alice.ask("GET", "/v1/outbound/123456784")
    assert (there.status, there.json) == (nowhere.status, nowhere.json) == (404, {"detail": "Outbound message not found"})
    assert alice.ask.get("/v1/outbound") == []
    assert server.ask.get(f"/v1/outbound/{record['id']}") == record


def test_an_administrators_key_sees_every_mailbox(server: Server, alice: Mailbox) -> None:
    alice.send(alice.email, "Mine")
    assert server.ask.get(f"/v1/mailboxes/{alice.email}/messages")[0]["subject"] == "Mine"
    assert server.ask.get("/v1/messages/1", address=alice.email)["subject"] == "Mine"
    assert server.ask("GET", "/v1/messages/1").status == 422
    assert server.ask("GET", f"/v1/mailboxes/nobody@{DOMAIN}/messages").json == {"detail": "Mailbox not found"}


def test_a_bearer_is_a_key_too(server: Server) -> None:
    assert server.client(None)("GET", "/v1/outbound", headers={"Authorization": f"Bearer {ADMIN}"}).status == 200


def test_keys_are_listed_without_their_text_and_revoked(server: Server, alice: Mailbox, bob: Mailbox) -> None:
    (own,) = alice.ask.get("/v1/keys")
    assert own["address"] == alice.email
    assert own["scopes"] == ["mail:read", "mail:send"]
    assert alice.key.startswith(own["begins"])
    assert alice.key not in json.dumps(server.ask.get("/v1/keys"))
    assert bob.ask("DELETE", f"/v1/keys/{own['id']}").json == {"detail": "Key not found"}
    assert alice.ask("DELETE", f"/v1/keys/{own['id']}").json == {"id": own["id"], "status": "revoked"}
    assert alice.ask("GET", "/v1/outbound").status == 403


def test_a_key_of_one_scope_does_one_thing(server: Server, alice: Mailbox) -> None:
    made = server.ask.post("/v1/keys", {"address": alice.email, "scopes": ["mail:read"], "name": "reader"})
    assert re.fullmatch(r"om_[A-Za-z0-9_-]{43}", made["key"])
    reader = server.client(made["key"])
    assert reader("GET", f"/v1/mailboxes/{alice.email}/messages").status == 200
    assert reader("POST", "/v1/mail/send", {"sender": alice.email, "recipients": [alice.email], "subject": "x"}).status == 403
    alice.send(alice.email)
    assert reader("DELETE", "/v1/messages/1").status == 403
    assert server.ask("POST", "/v1/keys", {"scopes": ["everything"]}).status == 422
    everything = server.ask.post("/v1/keys", {"scopes": ["*"]})["key"]
    assert server.client(everything)("GET", "/v1/debug/health").status == 200


def test_the_key_of_a_mailbox_that_is_gone_or_closed_opens_nothing(server: Server, alice: Mailbox, bob: Mailbox) -> None:
    assert alice.ask("GET", "/v1/outbound").status == 200
    server.run(lambda house: house.directory.accounts.set(alice.email, active=False))
    server.run(lambda house: house.directory.accounts.remove(bob.email))
    assert alice.ask("GET", "/v1/outbound").status == bob.ask("GET", "/v1/outbound").status == 403


def test_no_key_and_no_password_is_in_the_log(server: Server, alice: Mailbox, unhandled: list[str]) -> None:
    server.client("om_" + "s" * 43)("GET", "/v1/outbound")
    alice.send(alice.email)
    log = "".join(path.read_text() for path in Path(server.config.logs).glob("*.log"))
    assert not any(secret in log for secret in (ADMIN, alice.key, alice.password, "s" * 43))


def test_the_configuration_names_the_header_and_shuts_the_debug_api(tmp_path: Path) -> None:
    pins = {"api_key_header": "X-Api-Key", "debug_api": "no", "limit_loopback": "yes", "api_max_requests_per_minute": 12, "api_max_sends_per_hour": 2}
    with serving(tmp_path, pins) as shut:
        asked = shut.client(None)
        assert asked("GET", "/v1/outbound", headers={HEADER: ADMIN}).status == 401
        for path in ("/v1/queue", "/v1/debug/queue/1", "/v1/debug/config", "/v1/debug/logs", "/v1/debug/messages/1/trace"):
            answer = asked("GET", path, headers={"X-Api-Key": ADMIN})
            assert (answer.status, answer.json) == (404, {"detail": "Debug API is disabled"})
        made = asked("POST", "/v1/mailboxes", {"local_part": "a", "domain": DOMAIN}, headers={"X-Api-Key": ADMIN}).json
        key = {"X-Api-Key": made["api_key"]["key"]}
        body = {"sender": f"a@{DOMAIN}", "recipients": [f"a@{DOMAIN}"], "subject": "x"}
        answers = [asked("POST", "/v1/mail/send", body, headers=key) for _ in range(3)]
        assert [answer.status for answer in answers] == [200, 200, 429]
        assert 3500 < int(answers[2].headers["Retry-After"]) <= 3601
        answers = [asked("GET", "/v1/outbound", headers=key) for _ in range(12)]
        assert [answer.status for answer in answers] == [200] * 9 + [429] * 3
        assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


def test_who_guesses_keys_is_banned_and_who_shows_a_revoked_one_again_and_again_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(tmp_path, {"login_delay": 0, "max_invalid_logon_attempts": 3}) as guarded:
        for _ in range(5):  # this machine itself is never counted
            assert guarded.client(f"om_{_}")("GET", "/v1/outbound").status == 403
        monkeypatch.setattr(failures, "is_loopback", lambda _: False)
        revoked = guarded.client("om_revoked")
        assert {revoked("GET", "/v1/outbound").status for _ in range(10)} == {403}
        assert guarded.ask("GET", "/v1/outbound").status == 200
        for guess in "ab":
            guarded.client(guess)("GET", "/v1/outbound")
        answer = guarded.ask("GET", "/v1/outbound")
        assert (answer.status, answer.json) == (403, {"detail": "Invalid API key"})
        assert [ban.network for ban in guarded.house.directory.failures.bans()] == ["127.0.0.1"]
