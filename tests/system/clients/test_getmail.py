"""getmail moves a mailbox into a maildir, over IMAP or POP3."""

import re
from collections.abc import Callable

import pytest

from system.client import Client
from system.clients.letters import ODD, SMALL, UMLAUTS, as_lf, large, many
from system.clients.maildir import Maildir
from system.server import HOST, Person, Server

pytestmark = pytest.mark.system

CONFIGURATION = """\
[retriever]
type = {retriever}
server = {host}
port = {port}
username = {person.address}
password = {person.password}
ca_certs = {certificate}
{more}

[destination]
type = MDA_external
path = /bin/sh
arguments = ("-c", "cat > {home}/maildir/new/$$")
allow_root_commands = true

[options]
delete = {delete}
read_all = false
delivered_to = false
received = false
"""


def without_notes(message: bytes) -> bytes:
    """Take away what getmail notes in each message: who sent it, which it can't know here, and where it was."""
    return re.sub(rb"Return-Path: <unknown>\n|X-getmail-retrieved-from-mailbox: [^\n]*+\n", b"", message)


class Getmail:
    """getmail with its memory of what it has fetched; `folder` is read over IMAP."""

    def __init__(self, client: Client, server: Server, person: Person) -> None:
        self._client = client
        self._server = server
        self._person = person
        self.maildir = Maildir(client.home / "maildir", without_notes).make()

    def fetch(self, protocol: str, folder: str = "", *, delete: bool = False) -> dict[bytes, str]:
        """Run it; gives the maildir's messages."""
        text = CONFIGURATION.format(
            retriever="SimpleIMAPSSLRetriever" if protocol == "imaps" else "SimplePOP3SSLRetriever",
            host=HOST,
            port=self._server.ports[protocol],
            person=self._person,
            certificate=self._server.tls.certificate,
            more=f'mailboxes = ("{folder}",)\nmove_on_delete = Trash' if folder else "",
            home=self._client.home,
            delete=str(delete).lower(),
        )
        self._client("--getmaildir", str(self._client.home), "--rcfile", self._client.file("getmailrc", text))
        return self.maildir.letters()


@pytest.fixture
def getmail(server: Server, program: Callable[[str], Client], alice: Person) -> Getmail:
    return Getmail(program("getmail"), server, alice)


@pytest.mark.parametrize("protocol", ["imaps", "pop3s"])
def test_the_inbox_comes_with_every_octet_and_is_remembered(server: Server, getmail: Getmail, alice: Person, protocol: str) -> None:
    server.append(alice, "INBOX", [*ODD, large()])
    folder = "INBOX" if protocol == "imaps" else ""
    found = getmail.fetch(protocol, folder)
    assert set(found) == {as_lf(message) for message in (*ODD, large())}
    new = many(1, "new")
    server.append(alice, "INBOX", new)
    assert len(getmail.fetch(protocol, folder)) == len(found) + 1
    assert sorted(server.mail(alice, 7)) == sorted([*ODD, large(), *new])


def test_what_is_fetched_is_taken_from_the_server(server: Server, getmail: Getmail, alice: Person) -> None:
    server.append(alice, "INBOX", many(30))
    assert set(getmail.fetch("pop3s", delete=True)) == {as_lf(message) for message in many(30)}
    assert server.letters(alice) == {}


def test_a_folder_with_umlauts_is_moved_to_the_trash(server: Server, getmail: Getmail, alice: Person) -> None:
    server.create(alice, UMLAUTS)
    server.append(alice, UMLAUTS, [SMALL])
    assert set(getmail.fetch("imaps", UMLAUTS, delete=True)) == {as_lf(SMALL)}
    assert server.letters(alice, UMLAUTS) == {}
    assert set(server.letters(alice, "Trash")) == {SMALL}
