"""Idempotency-Key: what comes again has no second effect, also after a crash in between."""

from typing import Any

import pytest

from postroom.directory import claims
from postroom.errors import Unavailable
from postroom.storage.database import CONTROL
from servers.http.apihouse import DOMAIN, Client, Mailbox, Server


def post(client: Client, path: str, body: Any, word: str) -> Any:
    return client("POST", path, body, headers={"Idempotency-Key": word})


def message(mailbox: Mailbox, **more: Any) -> dict[str, Any]:
    return {"sender": mailbox.email, "recipients": [mailbox.email], "subject": "Once", **more}


def test_a_message_sent_twice_arrives_once(alice: Mailbox) -> None:
    first = post(alice.ask, "/v1/mail/send", message(alice), "one")
    again = post(alice.ask, "/v1/mail/send", message(alice), "one")
    assert first.status == again.status == 200
    assert first.body == again.body
    assert (first.headers["Idempotency-Replayed"], again.headers["Idempotency-Replayed"]) == (None, "true")
    assert len(alice.messages()) == 1
    assert post(alice.ask, "/v1/mail/send", message(alice), "two").json["id"] != first.json["id"]
    assert len(alice.messages()) == 2


def test_another_body_under_the_same_key_is_422(alice: Mailbox) -> None:
    post(alice.ask, "/v1/mail/send", message(alice), "one")
    answer = post(alice.ask, "/v1/mail/send", message(alice, text_body="other"), "one")
    assert (answer.status, answer.json) == (422, {"detail": "This Idempotency-Key was used with another request."})
    assert len(alice.messages()) == 1


def test_a_mailbox_opened_twice_has_one_password_and_one_key(server: Server) -> None:
    body = {"local_part": "twice", "domain": DOMAIN}
    first, again = (post(server.ask, "/v1/mailboxes", body, "mailbox") for _ in range(2))
    assert first.status == 200
    assert first.json == again.json
    assert server.client(again.json["api_key"]["key"])("GET", "/v1/outbound").status == 200
    assert len(server.ask.get("/v1/keys")) == len({key["id"] for key in server.ask.get("/v1/keys")})


def test_what_lies_in_the_database_opens_nothing(server: Server) -> None:
    made = post(server.ask, "/v1/mailboxes", {"local_part": "sealed", "domain": DOMAIN}, "sealed").json
    rows = server.run(lambda house: house.database.read(CONTROL, "SELECT * FROM idempotency"))
    rows += server.run(lambda house: house.database.read(CONTROL, "SELECT * FROM api_key"))
    for secret in (made["password"], made["api_key"]["key"]):
        assert secret not in repr(rows)
        assert secret.encode() not in b"".join(value for row in rows for value in row if isinstance(value, bytes))


def test_two_keys_may_use_the_same_word(alice: Mailbox, bob: Mailbox) -> None:
    assert post(alice.ask, "/v1/mail/send", message(alice), "same").status == 200
    assert post(bob.ask, "/v1/mail/send", message(bob), "same").status == 200
    assert len(bob.messages()) == 1


def test_a_refusal_is_an_answer_too(server: Server, alice: Mailbox) -> None:
    body = {"local_part": alice.email.partition("@")[0], "domain": DOMAIN}
    first, again = (post(server.ask, "/v1/mailboxes", body, "refused") for _ in range(2))
    assert (first.status, first.json) == (again.status, again.json) == (400, {"detail": "Mailbox already exists"})
    first, again = (post(alice.ask, "/v1/mail/send", {"sender": 1}, "unreadable") for _ in range(2))
    assert (first.status, first.json) == (again.status, again.json)
    assert first.status == 422


@pytest.mark.parametrize("word", ["", "x" * 256, "a\tb"])
def test_a_word_has_its_bounds(alice: Mailbox, word: str) -> None:
    assert post(alice.ask, "/v1/mail/send", message(alice), word).status == 422


def test_after_a_day_a_word_is_free_again(server: Server, alice: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    post(alice.ask, "/v1/mail/send", message(alice), "daily")
    monkeypatch.setattr(claims, "KEPT", 0)
    post(alice.ask, "/v1/mail/send", message(alice), "daily")
    assert len(alice.messages()) == 2


def crashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server dies between an effect and writing down its answer."""

    def dies(*_arguments: object) -> None:
        raise Unavailable("killed")

    monkeypatch.setattr(claims, "note_answer", dies)


def test_a_message_that_a_crash_cut_short_is_completed_once(alice: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        crashing(patched)
        assert post(alice.ask, "/v1/mail/send", message(alice), "crash").status == 503
    assert len(alice.messages()) == 1
    answer = post(alice.ask, "/v1/mail/send", message(alice), "crash")
    assert answer.status == 200
    assert len(alice.messages()) == 1
    assert alice.ask.get("/v1/outbound") == [answer.json]
    assert alice.messages()[0]["message_id"] == answer.json["message_id"]


def test_a_mailbox_that_a_crash_cut_short_is_completed_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    body = {"local_part": "crashed", "domain": DOMAIN}
    before = server.run(lambda house: house.directory.accounts.count())
    with monkeypatch.context() as patched:
        crashing(patched)
        assert post(server.ask, "/v1/mailboxes", body, "crash").status == 503
    made = post(server.ask, "/v1/mailboxes", body, "crash")
    assert made.status == 200
    assert server.run(lambda house: house.directory.accounts.count()) == before + 1
    assert server.client(made.json["api_key"]["key"])("GET", "/v1/outbound").status == 200
    account = server.run(lambda house: house.directory.authenticate("127.0.0.1", f"crashed@{DOMAIN}", made.json["password"]))
    assert account.id == made.json["mailbox"]["id"]


def test_one_that_is_in_hand_is_409(server: Server, alice: Mailbox) -> None:
    from postroom.directory.keys import digest

    name = f"idempotency {digest(alice.key).hex()} busy"
    assert server.run(lambda house: house.database.lock(CONTROL, name))
    answer = post(alice.ask, "/v1/mail/send", message(alice), "busy")
    assert (answer.status, answer.headers["Retry-After"]) == (409, "1")
    server.run(lambda house: house.database.unlock(CONTROL, name))
    assert post(alice.ask, "/v1/mail/send", message(alice), "busy").status == 200
