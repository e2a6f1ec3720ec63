"""offlineimap keeps a tree of maildirs and a mailbox alike, in both directions."""

from collections.abc import Callable

import pytest

from system.client import Client
from system.clients.letters import DEEP, FOLDERS, JAPANESE, ODD, SMALL, UMLAUTS, as_lf, large, many
from system.clients.maildir import Maildir
from system.server import HOST, Person, Server

pytestmark = pytest.mark.system

CONFIGURATION = """\
[general]
accounts = alice
metadata = {home}/metadata
socktimeout = 20
ui = quiet

[Account alice]
localrepository = near
remoterepository = far
utf8foldernames = yes

[Repository near]
type = Maildir
localfolders = {home}/mail
sep = /

[Repository far]
type = IMAP
remotehost = {host}
remoteport = {port}
remoteuser = {person.address}
remotepass = {person.password}
ssl = yes
sslcacertfile = {certificate}
expunge = yes
sync_deletes = yes
"""


class Mirror:
    """Alice's mailbox on her own disk."""

    def __init__(self, client: Client, server: Server, person: Person) -> None:
        self._client = client
        text = CONFIGURATION.format(
            home=client.home,
            host=HOST,
            port=server.ports["imaps"],
            person=person,
            certificate=server.tls.certificate,
        )
        self._configuration = client.file("offlineimaprc", text)

    def sync(self) -> None:
        """Make both sides alike."""
        self._client("-c", self._configuration, "-o")

    def folder(self, name: str = "INBOX") -> Maildir:
        """Give a folder's maildir."""
        return Maildir(self._client.home / "mail" / name)


@pytest.fixture
def mirror(server: Server, program: Callable[[str], Client], alice: Person) -> Mirror:
    return Mirror(program("offlineimap"), server, alice)


CONTENTS = (("INBOX", [*ODD, large()]), (UMLAUTS, [SMALL]), (JAPANESE, many(100)), (DEEP, [SMALL]))


def test_all_folders_come_to_the_disk_and_every_octet_with_them(server: Server, mirror: Mirror, alice: Person) -> None:
    server.create(alice, *FOLDERS)
    for folder, messages in CONTENTS:
        server.append(alice, folder, messages, r"(\Flagged)")
    mirror.sync()
    for folder, messages in CONTENTS:
        assert mirror.folder(folder).letters() == {as_lf(message): "F" for message in messages}


def test_both_sides_change_and_agree(server: Server, mirror: Mirror, alice: Person) -> None:
    first, second, third, fourth = many(4)
    server.append(alice, "INBOX", [first, second, third, fourth])
    mirror.sync()
    near = mirror.folder()
    near.mark(as_lf(first), "F")  # here flagged, there seen: both
    near.mark(as_lf(second), "S")  # here seen, there deleted: gone
    near.remove(as_lf(third))
    new = many(2, "new")
    near.put(as_lf(new[0]), "RS")
    with server.imap(alice) as session:
        session.store("1", "+FLAGS", r"(\Seen)")
        session.store("2", "+FLAGS", r"(\Deleted)")
        session.expunge()
    server.append(alice, "INBOX", [new[1]])
    for folder, messages in CONTENTS[1:]:
        levels = folder.split("/")
        for depth in range(1, len(levels) + 1):
            mirror.folder("/".join(levels[:depth])).make()
        for message in messages:
            mirror.folder(folder).put(as_lf(message), "S")
    mirror.sync()
    mirror.sync()
    assert near.letters() == {as_lf(first): "FS", as_lf(fourth): "", as_lf(new[0]): "RS", as_lf(new[1]): ""}
    assert server.letters(alice) == {first: {"\\Flagged", "\\Seen"}, fourth: set(), new[0]: {"\\Answered", "\\Seen"}, new[1]: set()}
    assert server.count(alice) == 4
    for folder, messages in CONTENTS[1:]:
        assert server.letters(alice, folder) == {message: {"\\Seen"} for message in messages}
