"""`postroom dev`: what the throw-away server has."""

from __future__ import annotations

import asyncio
import imaplib
import poplib
import smtplib
import urllib.request
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest

from postroom.client import Application
from postroom.formats.mime import scan
from postroom.runtime import dev
from postroom.runtime.config import Configuration
from postroom.runtime.house import House
from postroom.runtime.samples import samples

if TYPE_CHECKING:
    from pathlib import Path

    from runtime.commandline import Postroom


def test_every_account_reads_its_sample_mail_by_pop3(server: Postroom) -> None:
    counts = {}
    for name in dev.NAMES:
        box = poplib.POP3("127.0.0.1", server.ports["pop3"], timeout=20)
        box.user(f"{name}@example.test")
        box.pass_(dev.PASSWORD)
        counts[name] = box.stat()[0]
        box.quit()
    assert counts == {"alice": 3, "bob": 3, "carol": 2}


def test_alice_sees_the_same_mail_by_imap(server: Postroom) -> None:
    with imaplib.IMAP4("127.0.0.1", server.ports["imap"], timeout=20) as client:
        client.login("alice@example.test", dev.PASSWORD)
        assert client.select(readonly=True)[1] == [b"3"]


def test_http_tells_that_the_server_is_well(server: Postroom) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.ports['http']}/health", timeout=20) as answer:
        assert answer.status == 200


def test_programs_log_in_to_the_object_model_and_see_the_accounts(server: Postroom) -> None:
    with Application(f"http://127.0.0.1:{server.ports['http']}") as app:
        assert app.Authenticate("Administrator", dev.PASSWORD) is not None
        assert [account.Address for account in app.Domains[0].Accounts] == [f"{name}@example.test" for name in dev.NAMES]
        assert app.ServerState == 3


def test_mail_submitted_by_alice_is_in_bobs_mailbox_when_the_250_comes(server: Postroom) -> None:
    with smtplib.SMTP("127.0.0.1", server.ports["submission"], timeout=20) as client:
        client.login("alice@example.test", dev.PASSWORD)
        client.sendmail("alice@example.test", ["bob@example.test"], b"From: alice@example.test\r\nSubject: by hand\r\n\r\nHello\r\n")
    assert server.json("receive", "bob@example.test")[-1]["subject"] == "by hand"


def test_the_ports_are_in_the_database_and_not_pinned(server: Postroom) -> None:
    listed = server.json("listener")
    assert {it["protocol"]: it["port"] for it in listed} == server.ports
    assert not any(it["pinned"] for it in listed)


def test_the_postmaster_is_alice(server: Postroom) -> None:
    assert server.json("settings", "show", "postmaster")["value"] == "alice@example.test"


async def _furnished(config: Configuration, base: int | None) -> dev.Furnished:
    house = await House.enter(config)
    try:
        return await dev.furnish(house, base)
    finally:
        await house.close()


def test_a_kept_directory_is_furnished_once_and_moves_only_when_told(tmp_path: Path) -> None:
    config = Configuration(data=tmp_path / "data", logs=tmp_path / "logs", workers=1)
    first = asyncio.run(_furnished(config, 3000))
    again = asyncio.run(_furnished(config, None))
    moved = asyncio.run(_furnished(config, 4000))
    assert {port.protocol: port.port for port in first.ports}["smtp"] == 3525
    assert first.key.startswith("om_")
    assert again == replace(first, key=""), "a key is told once"
    assert {port.protocol: port.port for port in moved.ports}["smtp"] == 4525
    assert len(moved.ports) == len(first.ports)


@pytest.mark.parametrize("sample", list(samples(1_795_248_180_000_000)), ids=lambda sample: str(sample[0].address))
def test_a_sample_is_a_message_that_others_read(sample: Any) -> None:
    _, _, content = sample
    message = message_from_bytes(content, policy=default)
    assert not [part.defects for part in message.walk() if part.defects]
    assert scan(content).size == len(content)


def test_one_sample_has_html_and_attachments() -> None:
    plan = next(message_from_bytes(content, policy=default) for _, _, content in samples(0) if b"multipart/mixed" in content)
    assert [part.get_content_type() for part in plan.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "image/png",
        "text/plain",
    ]
    assert [part.get_filename() for part in plan.iter_attachments()] == ["colours.png", "poznámky.txt"]
