"""IMAP libraries of four languages, each in both directions: what one side writes the other reads, looked at over SMTP, POP3 or another library."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from system.client import Client
from system.clients.letters import DEEP, FOLDERS, JAPANESE, ODD, SMALL, UMLAUTS, large, many
from system.clients.library import Library, Script
from system.clients.python_libraries import AioImapLib, ImapClient, ImapTools
from system.server import Person, Server

pytestmark = pytest.mark.system

STANDARD = {"INBOX", "Drafts", "Sent", "Junk", "Trash", "Archive"}
SCRIPTS = {"imapflow": ("node", "imapflow.cjs"), "php-imap": ("php", "php_imap.php"), "Mail::IMAPClient": ("perl", "imapclient.pl")}
PYTHON: dict[str, type[ImapClient | ImapTools | AioImapLib]] = {"imapclient": ImapClient, "imap-tools": ImapTools, "aioimaplib": AioImapLib}


@pytest.fixture(params=[*PYTHON, *SCRIPTS])
def library(request: pytest.FixtureRequest, server: Server, program: Callable[[str], Client], alice: Person) -> Iterator[Library]:
    """A library at work on alice's mailbox."""
    if request.param in PYTHON:
        with closing(PYTHON[request.param](server, alice)) as session:
            yield session
        return
    language, script = SCRIPTS[request.param]
    yield Script(program(language), Path(__file__).parent / "scripts" / script, server, alice)


def test_it_reads_what_came_by_smtp_as_pop3_gives_it(server: Server, library: Library, alice: Person) -> None:
    server.deliver(alice, *ODD, large())
    assert library.read("INBOX") == dict.fromkeys(server.mail(alice, 6), frozenset())


def test_what_it_files_is_kept_to_the_octet(server: Server, library: Library, alice: Person) -> None:
    for message in (*ODD, large()):
        library.file("INBOX", message, ("\\Seen", "\\Flagged"))
    assert server.letters(alice) == {message: {"\\Seen", "\\Flagged"} for message in (*ODD, large())}
    assert sorted(server.mail(alice, 6)) == sorted((*ODD, large()))


def test_folders_with_any_name_are_made_renamed_and_removed(server: Server, library: Library, alice: Person) -> None:
    for folder in FOLDERS:
        library.create(folder)
    assert {*FOLDERS, "日本語", "a/b/c"} <= server.folders(alice)
    library.file(JAPANESE, SMALL, ())
    library.rename("日本語", "한국어")
    server.create(alice, "über uns")
    assert library.folders() == server.folders(alice)
    assert server.letters(alice, "한국어/受信箱") == {SMALL: frozenset()}
    library.remove(DEEP)
    library.remove(UMLAUTS)
    assert {DEEP, UMLAUTS} & server.folders(alice) == set()


def test_messages_are_found_marked_moved_and_deleted(server: Server, library: Library, alice: Person) -> None:
    letters = many(4)
    server.create(alice, UMLAUTS)
    server.append(alice, "INBOX", letters)
    [first], [second], [third] = (library.find("INBOX", f"letter {number}") for number in range(3))
    library.mark("INBOX", first, "\\Answered")
    library.move("INBOX", second, UMLAUTS)
    library.delete("INBOX", third)
    assert server.letters(alice) == {letters[0]: {"\\Answered"}, letters[3]: frozenset()}
    assert server.letters(alice, UMLAUTS) == {letters[1]: frozenset()}
    assert sorted(server.mail(alice, 2)) == [letters[0], letters[3]]


def test_it_sees_what_changes_on_the_server(server: Server, library: Library, alice: Person) -> None:
    letters = many(3)
    server.append(alice, "INBOX", letters)
    assert set(library.read("INBOX")) == set(letters)
    maildrop = server.pop3(alice)
    maildrop.dele(2)
    maildrop.quit()
    with server.imap(alice) as session:
        session.store("1", "+FLAGS", r"(\Flagged)")
    server.deliver(alice, SMALL)
    found = library.read("INBOX")
    assert found.pop(letters[0]) == {"\\Flagged"}
    assert found == dict.fromkeys(server.mail(alice, 3)[1:], frozenset())


def test_500_messages_are_read(server: Server, library: Library, alice: Person) -> None:
    server.append(alice, "Archive", many(500))
    assert library.read("Archive") == dict.fromkeys(many(500), frozenset())


def test_subjects_beyond_ascii_are_found(server: Server, library: Library, alice: Person) -> None:
    server.append(alice, "INBOX", ODD)
    assert library.find("INBOX", "GRÜSSE") == library.find("INBOX", "grüße") == [2]
