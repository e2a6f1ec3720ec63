"""mbsync keeps a tree of maildirs and a mailbox alike, in both directions, also when both have changed."""

import re
from collections.abc import Callable

import pytest

from postroom.formats.imap.utf7 import encode_mailbox
from system.client import Client
from system.clients.letters import DEEP, FOLDERS, JAPANESE, ODD, SMALL, UMLAUTS, as_lf, large, many
from system.clients.maildir import Maildir
from system.server import HOST, Person, Server

pytestmark = pytest.mark.system

CONFIGURATION = """\
IMAPStore far
Host {host}
Port {port}
User {person.address}
Pass {person.password}
SSLType {security}
CertificateFile {certificate}
SystemCertificates no

MaildirStore near
Path {home}/mail/
Inbox {home}/mail/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Both
Remove Both
Expunge Both
CopyArrivalDate yes
SyncState *
"""


def without_mark(message: bytes) -> bytes:
    """Take away the field by which mbsync knows again what it has stored."""
    return re.sub(rb"X-TUID: [^\r\n]*+\r?\n", b"", message)


class Mirror:
    """Alice's mailbox on her own disk."""

    def __init__(self, client: Client, server: Server, person: Person, protocol: str) -> None:
        self._client = client
        self._configuration = client.file(
            "mbsyncrc",
            CONFIGURATION.format(
                host=HOST,
                port=server.ports[protocol],
                person=person,
                security="STARTTLS" if protocol == "imap" else "IMAPS",
                certificate=server.tls.certificate,
                home=client.home,
            ),
        )
        (client.home / "mail").mkdir()

    def sync(self) -> str:
        """Make both sides alike."""
        return self._client("-c", self._configuration, "-a", "-V")

    def folder(self, name: str = "INBOX") -> Maildir:
        """Give a folder's maildir; this mbsync leaves names as they are on the wire."""
        return Maildir(self._client.home / "mail" / encode_mailbox(name).decode(), without_mark)


def stored(server: Server, person: Person, folder: str = "INBOX") -> dict[bytes, frozenset[str]]:
    """Read a folder over IMAP."""
    return {without_mark(message): flags for message, flags in server.letters(person, folder).items()}


@pytest.fixture(params=["imaps", "imap"])
def mirror(request: pytest.FixtureRequest, server: Server, program: Callable[[str], Client], alice: Person) -> Mirror:
    return Mirror(program("mbsync"), server, alice, request.param)


def test_all_folders_come_to_the_disk_and_every_octet_with_them(server: Server, mirror: Mirror, alice: Person) -> None:
    server.create(alice, *FOLDERS)
    for folder, messages in (("INBOX", [*ODD, large()]), (UMLAUTS, [SMALL]), (JAPANESE, many(500)), (DEEP, [SMALL])):
        server.append(alice, folder, messages, "(\\Flagged)")
    mirror.sync()
    for folder, messages in (("INBOX", [*ODD, large()]), (UMLAUTS, [SMALL]), (JAPANESE, many(500)), (DEEP, [SMALL])):
        assert mirror.folder(folder).letters() == {as_lf(message): "F" for message in messages}


def test_what_is_written_on_the_disk_comes_to_the_server(server: Server, mirror: Mirror, alice: Person) -> None:
    mirror.sync()
    for folder, messages in (("INBOX", [*ODD, large()]), (UMLAUTS, [SMALL]), (JAPANESE, many(50)), (DEEP, [SMALL])):
        for message in messages:
            mirror.folder(folder).make().put(as_lf(message), "RS")
    mirror.sync()
    for folder, messages in (("INBOX", [*ODD, large()]), (UMLAUTS, [SMALL]), (JAPANESE, many(50)), (DEEP, [SMALL])):
        assert stored(server, alice, folder) == {message: {"\\Answered", "\\Seen"} for message in messages}
    assert sorted(map(without_mark, server.mail(alice, 6))) == sorted([*ODD, large()])


def test_both_sides_change_and_agree(server: Server, mirror: Mirror, alice: Person) -> None:
    first, second, third, fourth = many(4)
    server.append(alice, "INBOX", [first, second, third, fourth])
    mirror.sync()
    near = mirror.folder()
    near.mark(as_lf(first), "F")  # here flagged, there seen: both
    near.mark(as_lf(second), "S")  # here seen, there deleted: gone
    near.remove(as_lf(third))  # here deleted, there flagged: gone
    new = many(2, "new")
    near.put(as_lf(new[0]), "D")
    with server.imap(alice) as session:
        session.store("1,3", "+FLAGS", "(\\Seen)")
        session.store("2", "+FLAGS", "(\\Deleted)")
        session.expunge()
    server.append(alice, "INBOX", [new[1]])
    mirror.sync()
    mirror.sync()
    assert near.letters() == {as_lf(first): "FS", as_lf(fourth): "", as_lf(new[0]): "D", as_lf(new[1]): ""}
    assert stored(server, alice) == {first: {"\\Flagged", "\\Seen"}, fourth: set(), new[0]: {"\\Draft"}, new[1]: set()}
    assert server.count(alice) == 4


def test_a_second_time_there_is_nothing_to_do(server: Server, mirror: Mirror, alice: Person) -> None:
    server.append(alice, "INBOX", many(20))
    mirror.sync()
    before = server.letters(alice), mirror.folder().letters()
    mirror.sync()
    assert (server.letters(alice), mirror.folder().letters()) == before
