"""Requests with an Idempotency-Key over real kills: claimed, cut short wherever it hurts, repeated, and carried out exactly once."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from system.server import DOMAIN, HOST, PATIENCE, Person, Server, name_of, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.system

CONTROL: Final = "writer -1"
"""The control database, in a writer's arguments."""


class Answer(NamedTuple):
    """What a request was answered: 0 when the server was gone."""

    status: int
    body: Any
    replayed: bool


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, to be killed."""
    server = Server(tmp_path / "own")
    try:
        server.start()
        server.order("domain.add", name=DOMAIN)
        yield server
        assert server.order("store.check") == []
        assert server.stop() == 0, server.said()
    finally:
        server.stop()


def post(server: Server, key: str, path: str, body: dict[str, Any], word: str) -> Answer:
    """Make a request under an Idempotency-Key."""
    head = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Idempotency-Key": word}
    request = urllib.request.Request(f"http://{HOST}:{server.ports['http']}{path}", json.dumps(body).encode(), head)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return Answer(response.status, json.load(response), response.headers["Idempotency-Replayed"] == "true")
    except urllib.error.HTTPError as error:
        return Answer(error.code, json.load(error), replayed=False)
    except OSError:
        return Answer(0, None, replayed=False)


def administrator(server: Server) -> str:
    """Give the administrator's key, which the first start says."""
    found = re.search(r"shown this once: (\S+)", server.said())
    assert found
    return found[1]


def opened(server: Server, name: str) -> tuple[Person, str]:
    """Open a mailbox; gives its owner and its key."""
    answer = post(server, administrator(server), "/v1/mailboxes", {"local_part": name, "domain": DOMAIN}, f"open {name}")
    assert answer.status == 200, answer
    return Person(answer.body["mailbox"]["email"], answer.body["password"]), answer.body["api_key"]["key"]


def rows(server: Server, file: str, sql: str) -> int:
    """Count rows of a database that the server has open."""
    with closing(sqlite3.connect(f"file:{server.data / file}?mode=ro", uri=True)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {sql}").fetchone()[0])


def messages(server: Server) -> int:
    """Count the messages in all mailboxes, seen from outside."""
    return sum(rows(server, path.name, "message") for path in server.data.glob("mail-*.db"))


@contextmanager
def stopped(server: Server, *, control: bool) -> Iterator[list[int]]:
    """Stop the writer of the control database, or those of the mail, until the end of a `with` block; gives their numbers."""
    pids = [pid for pid in server.children("writer") if (name_of(pid) == CONTROL) is control]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield pids
    finally:
        for pid in pids:
            if name_of(pid):
                os.kill(pid, signal.SIGCONT)


def kill(server: Server) -> None:
    """Kill every process of the server."""
    for pid in (server.pid, *server.children("worker"), *server.children("writer")):
        os.kill(pid, signal.SIGKILL)
    server.ended()


def mail_to_oneself(person: Person) -> dict[str, Any]:
    """A message to be sent."""
    return {"sender": person.address, "recipients": [person.address], "subject": "once"}


def test_a_message_that_was_claimed_and_not_yet_stored_is_sent_by_the_repetition(own: Server) -> None:
    alice, key = opened(own, "alice")
    claimed = rows(own, "control.db", "idempotency")
    with ThreadPoolExecutor(1) as waiting, stopped(own, control=False):
        first = waiting.submit(post, own, key, "/v1/mail/send", mail_to_oneself(alice), "one")
        until(lambda: rows(own, "control.db", "idempotency") > claimed, "the request is claimed")
        kill(own)
    assert first.result().status == 0
    own.start()
    assert own.count(alice) == 0
    again, third = (post(own, key, "/v1/mail/send", mail_to_oneself(alice), "one") for _ in range(2))
    assert (again.status, again.replayed, third.replayed) == (200, False, True)
    assert again.body == third.body
    assert len(own.mail(alice)) == 1


def test_a_message_that_was_stored_and_not_yet_answered_is_not_sent_again(own: Server) -> None:
    alice, key = opened(own, "alice")
    claimed, before = rows(own, "control.db", "idempotency"), messages(own)
    with ThreadPoolExecutor(1) as waiting:
        with stopped(own, control=False) as mail:
            first = waiting.submit(post, own, key, "/v1/mail/send", mail_to_oneself(alice), "one")
            until(lambda: rows(own, "control.db", "idempotency") > claimed, "the request is claimed")
            with stopped(own, control=True):
                for pid in mail:
                    os.kill(pid, signal.SIGCONT)
                until(lambda: messages(own) > before, "the message is stored")
                kill(own)
        assert first.result().status == 0
    own.start()
    again, third = (post(own, key, "/v1/mail/send", mail_to_oneself(alice), "one") for _ in range(2))
    assert (again.status, again.replayed, third.replayed) == (200, False, True)
    assert again.body == third.body
    [message] = own.mail(alice)
    assert messages(own) == before + 2  # and the copy in Sent
    assert again.body["message_id"].encode() in message


@pytest.mark.parametrize("number", range(3))
def test_a_mailbox_whose_opening_was_cut_short_is_opened_once_with_one_password(own: Server, number: int) -> None:
    admin, body = administrator(own), {"local_part": f"twice{number}", "domain": DOMAIN}
    with ThreadPoolExecutor(1) as waiting:
        first = waiting.submit(post, own, admin, "/v1/mailboxes", body, "open")
        until(lambda: rows(own, "control.db", "idempotency") > 0, "the request is claimed")
        kill(own)
        assert first.result().status in {0, 200}  # its password was being hashed, or it was done
    own.start()
    again, third = (post(own, admin, "/v1/mailboxes", body, "open") for _ in range(2))
    assert (again.status, third.status, third.replayed) == (200, 200, True)
    assert again.body == third.body
    assert own.count(Person(again.body["mailbox"]["email"], again.body["password"])) == 0
    assert rows(own, "control.db", "account") == 1
    assert rows(own, "control.db", "api_key") == 2  # the administrator's and the mailbox's
