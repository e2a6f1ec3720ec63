"""Backup and restore by commands: a server with several processes under load is backed up, and another one goes on where it was."""

import imaplib
import json
import re
import smtplib
import threading
from pathlib import Path

import pytest

from system.server import DOMAIN, HOST, PATIENCE, Person, Server

pytestmark = pytest.mark.system


@pytest.fixture(params=[1, 2], ids=["alone", "two-workers"])
def servers(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Server, Server]:
    """A server that runs, and one that is not there yet."""
    return Server(tmp_path / "one", int(request.param)), Server(tmp_path / "other", int(request.param))


def deliver(server: Server, over: threading.Event, people: tuple[Person, ...]) -> None:
    """Send numbered messages to everybody until told to stop."""
    number = 0
    with smtplib.SMTP(HOST, server.ports["smtp"], timeout=PATIENCE) as client:
        while not over.is_set():
            number += 1
            text = f"Subject: n{number}\r\n\r\n{'x' * (number % 5 * 20_000)}\r\n"
            client.sendmail("a@remote.test", [person.address for person in people], text)


def subjects(session: imaplib.IMAP4_SSL) -> list[tuple[int, str]]:
    _, rows = session.uid("FETCH", "1:*", "(UID BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
    whole = [row for row in rows if isinstance(row, tuple)]
    return [(int(re.findall(rb"UID (\d+)", head)[0]), text.decode().removeprefix("Subject: ").strip()) for head, text in whole]


def test_a_server_goes_on_from_its_backup(servers: tuple[Server, Server]) -> None:
    one, other = servers
    try:
        one.start()
        one.order("domain.add", name=DOMAIN)
        people = (one.person(), one.person(), one.person())
        one.order("mail.send", sender=people[0].address, recipients=["far@far.test"], subject="waits", text="x")
        over = threading.Event()
        load = threading.Thread(target=deliver, args=(one, over, people))
        load.start()
        try:
            made = [json.loads(one.command("backup", "--json")) for _ in range(3)]
        finally:
            over.set()
            load.join()
        assert [bool(it["base"]) for it in made] == [False, True, True]
        assert "is whole" in one.command("backup", "verify")
        with one.imap(people[0]) as session:
            before = subjects(session)
        key = one.data / "backup.key"
        restored = json.loads(other.command("restore", made[2]["path"], "--key", str(key), "--json"))
        assert restored["held"] == 1
        other.start()
        with other.imap(people[0]) as session:
            first = subjects(session)
        assert first
        assert first == before[: len(first)], "what the backup has, under the uids it had"
        with other.imap(people[1]) as session:
            second = subjects(session)
        assert abs(len(first) - len(second)) <= 20, "shards are a moment apart"
        assert len({text for _, text in second}) == len(second), "nothing is doubled"
        with smtplib.SMTP(HOST, other.ports["smtp"], timeout=PATIENCE) as client:
            client.sendmail("a@remote.test", [people[0].address], "Subject: after\r\n\r\n.\r\n")
        with other.imap(people[0]) as session:
            uid, text = subjects(session)[-1]
        assert text == "after"
        assert uid > before[-1][0]
        again = json.loads(other.command("restore", made[0]["path"], "--key", str(key), "--account", people[0].address, "--json"))
        assert again["added"] <= len(first)
        assert other.order("store.check") == []
        assert not one.unhandled() + other.unhandled()
    finally:
        one.stop()
        other.stop()
