"""Waiting for mail: long polls and event streams, woken by the mail itself."""

import http.client
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from servers.http.apihouse import HEADER, PATIENCE, Mailbox, Server


def in_the_background(mailbox: Mailbox, server: Server, **query: Any) -> "tuple[ThreadPoolExecutor, Any]":
    pool = ThreadPoolExecutor(1)
    client = server.client(mailbox.key)
    return pool, pool.submit(lambda: client.get(f"/v1/mailboxes/{mailbox.email}/messages", **query))


def listeners(server: Server, mailbox: Mailbox) -> int:
    """How many wait for mail in a mailbox."""

    async def count(house: Any) -> int:
        account = await house.directory.accounts.get(mailbox.email)
        return sum(len(view._listeners) for view in house.mailboxes._views.values() if view.account_id == account.id)

    return server.run(count)


def until_it_waits(server: Server, mailbox: Mailbox, count: int = 1) -> None:
    for _ in range(10_000):
        if listeners(server, mailbox) == count:
            return
    raise AssertionError("nobody waits")


def test_the_answer_comes_with_the_mail(server: Server, alice: Mailbox, bob: Mailbox) -> None:
    alice.send(alice.email, "Old")
    pool, answer = in_the_background(alice, server, wait=PATIENCE)
    until_it_waits(server, alice)
    assert not answer.done()
    bob.send(alice.email, "New")
    assert [one["subject"] for one in answer.result(PATIENCE)] == ["New", "Old"]
    pool.shutdown()
    assert listeners(server, alice) == 0


def test_what_came_in_between_is_not_missed(alice: Mailbox) -> None:
    alice.send(alice.email, "One")
    alice.send(alice.email, "Two")
    assert [one["subject"] for one in alice.messages(wait=PATIENCE, after="1")] == ["Two"]
    assert len(alice.messages(wait=PATIENCE, after="0")) == 2


@pytest.mark.long
def test_when_the_time_is_over_the_answer_is_what_there_is(alice: Mailbox) -> None:
    alice.send(alice.email, "One")
    assert alice.messages(wait=1, after="1") == []
    assert len(alice.messages(wait=1)) == 1


def test_a_client_that_leaves_waits_no_more(server: Server, alice: Mailbox) -> None:
    client = server.client(alice.key)
    client.connection.request("GET", f"/v1/mailboxes/{alice.email}/messages?wait=100", headers={HEADER: alice.key})
    until_it_waits(server, alice)
    client.connection.close()
    until_it_waits(server, alice, 0)


@pytest.mark.long
def test_hundreds_wait_without_a_thread_each(server: Server, alice: Mailbox) -> None:
    threads = threading.active_count()
    waiting = []
    for _ in range(300):
        client = server.client(alice.key)
        client.connection.request("GET", f"/v1/mailboxes/{alice.email}/messages?wait=100", headers={HEADER: alice.key})
        waiting.append(client)
    until_it_waits(server, alice, 300)
    assert threading.active_count() < threads + 10
    alice.send(alice.email, "For all")
    for client in waiting:
        response = client.connection.getresponse()
        assert json.loads(response.read())[0]["subject"] == "For all"
        client.connection.close()


class Stream:
    """An open event stream, read as a browser reads it."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self._response = response
        self.last = ""

    def next(self) -> tuple[str, Any]:
        """The next event with data."""
        kind, data = "message", ""
        while True:
            line = self._response.readline().decode().rstrip("\n")
            name, _, value = line.partition(": ")
            if name == "id":
                self.last = value
            elif name == "event":
                kind = value
            elif name == "data":
                data = value
            elif not line and data:
                return kind, json.loads(data)

    def settled(self) -> str:
        """The id behind all events of one turn."""
        while True:
            line = self._response.readline().decode().rstrip("\n")
            if line.startswith("id: "):
                self.last = line[4:]
                return self.last


@contextmanager
def stream(server: Server, mailbox: Mailbox, **headers: str) -> Iterator[Stream]:
    client = server.client(None)
    sent = {HEADER: mailbox.key} | {name.replace("_", "-"): value for name, value in headers.items()}
    client.connection.request("GET", f"/v1/mailboxes/{mailbox.email}/events", headers=sent)
    response = client.connection.getresponse()
    assert response.status == 200
    assert response.headers["Content-Type"].startswith("text/event-stream")
    response.readline()
    yield Stream(response)
    response.close()
    client.connection.close()


def test_events_tell_what_happens_in_a_mailbox(server: Server, alice: Mailbox) -> None:
    with stream(server, alice) as events:
        until_it_waits(server, alice)
        alice.send(alice.email, "One")
        kind, data = events.next()
        assert (kind, data["subject"], data["id"]) == ("message", "One", "1")
        events.settled()
        alice.ask("PATCH", "/v1/messages/1", {"seen": True})
        assert events.next() == ("flags", {"id": "1", "flags": ["\\Seen"]})
        events.settled()
        alice.ask("DELETE", "/v1/messages/1")
        assert events.next() == ("removed", {"folder": "INBOX", "uids": [[1, 1]]})
    until_it_waits(server, alice, 0)


def test_who_comes_back_hears_what_was_missed(server: Server, alice: Mailbox) -> None:
    with stream(server, alice) as events:
        until_it_waits(server, alice)
        alice.send(alice.email, "One")
        events.next()
        last = events.settled()
    for subject in ("Two", "Three"):
        alice.send(alice.email, subject)
    alice.ask("PATCH", "/v1/messages/1", {"flagged": True})
    with stream(server, alice, Last_Event_ID=last) as events:
        assert events.next()[0] == "flags"
        assert [events.next()[1]["subject"] for _ in range(2)] == ["Two", "Three"]
        between = events.last
    with stream(server, alice, Last_Event_ID=between) as events:
        assert events.next()[0] == "flags"
        alice.send(alice.email, "Four")
        assert events.next()[1]["subject"] == "Four"


def test_a_last_event_that_never_was_means_from_now_on(server: Server, alice: Mailbox) -> None:
    alice.send(alice.email, "Old")
    for last in ("x", "1.1.1", "9" * 17 + ".1.1", "..", ""):
        with stream(server, alice, Last_Event_ID=last) as events:
            until_it_waits(server, alice)
            alice.send(alice.email, f"After {last}.")
            assert events.next()[1]["subject"] == f"After {last}."
        until_it_waits(server, alice, 0)


def test_a_server_that_stops_answers_who_waits(tmp_path_factory: Any) -> None:
    from servers.http.apihouse import serving

    with serving(tmp_path_factory.mktemp("stopping")) as server:
        mailbox = server.mailbox()
        pool, answer = in_the_background(mailbox, server, wait=100)
        until_it_waits(server, mailbox)
        server._loop.call_soon_threadsafe(server._over.set)
        assert answer.result(PATIENCE) == []
        pool.shutdown()
