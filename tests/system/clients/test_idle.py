"""Clients that wait in IDLE hear of what happens by the other protocols."""

import asyncio
import json
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from system.client import Client
from system.clients.letters import SMALL, many
from system.clients.library import Script
from system.clients.python_libraries import AioImapLib, ImapClient, ImapTools
from system.server import PATIENCE, Person, Server

pytestmark = pytest.mark.system


def delete_over_pop3(server: Server, person: Person) -> None:
    """Delete the first message."""
    maildrop = server.pop3(person)
    maildrop.dele(1)
    maildrop.quit()


def test_imapclient_hears_of_arrivals_and_deletions(server: Server, alice: Person) -> None:
    server.append(alice, "INBOX", many(1))
    with closing(ImapClient(server, alice)) as library:
        library.session.select_folder("INBOX")
        library.session.idle()
        server.deliver(alice, SMALL)
        heard = library.session.idle_check(PATIENCE)
        assert (2, b"EXISTS") in heard
        delete_over_pop3(server, alice)
        assert (1, b"EXPUNGE") in library.session.idle_check(PATIENCE)
        library.session.idle_done()
        [message] = library.read("INBOX")
    assert [message] == server.mail(alice)


def test_imap_tools_hears_of_arrivals(server: Server, alice: Person) -> None:
    with closing(ImapTools(server, alice)) as library:
        library.mailbox.folder.set("INBOX")
        with library.mailbox.idle as idle:
            server.deliver(alice, SMALL)
            assert b"* 1 EXISTS" in idle.poll(PATIENCE)
        assert list(library.read("INBOX")) == server.mail(alice)


async def test_aioimaplib_hears_of_arrivals(server: Server, alice: Person) -> None:
    async with AioImapLib(server, alice).session("INBOX") as session:
        idle = await session.idle_start(PATIENCE)
        await asyncio.to_thread(server.deliver, alice, SMALL)
        heard = await session.wait_server_push(PATIENCE)
        session.idle_done()
        await asyncio.wait_for(idle, PATIENCE)
    assert b"1 EXISTS" in heard


def test_imapflow_hears_of_arrivals(server: Server, program: Callable[[str], Client], alice: Person) -> None:
    script = Script(program("node"), Path(__file__).parent / "scripts" / "imapflow.cjs", server, alice)
    with subprocess.Popen([*script.command, "idle", "INBOX"], stdout=subprocess.PIPE, env=script.surroundings, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
        server.deliver(alice, SMALL)
        assert json.loads(process.stdout.readline()) == 1
        assert process.wait(PATIENCE) == 0
