"""mutt and neomutt, driven by keys: they read, flag, copy, delete, and see what others do."""

import re
from collections.abc import Callable
from shlex import join

import pytest

from system.client import Client
from system.clients.letters import DEEP, ODD, SMALL, UMLAUTS, as_lf, large, many
from system.clients.maildir import Maildir
from system.server import HOST, Person, Server

pytestmark = pytest.mark.system

CONFIGURATION = """\
set imap_user="{person.address}" imap_pass="{person.password}" folder="{scheme}://{host}:{port}/" spoolfile="+INBOX" record=""
set ssl_starttls=yes ssl_force_tls=yes ssl_ca_certificates_file="{certificate}" certificate_file="{certificate}" ssl_verify_host=yes
set mbox_type=Maildir delete=yes quit=yes move=no confirmappend=no confirmcreate=no mark_old=no wait_key=no sleep_time=0
set mail_check=1 timeout=1 imap_check_subscribed=no header_cache="" message_cachedir="" charset="utf-8" editor="true"
set send_charset="utf-8" beep=no check_mbox_size=no
save-hook . "={umlauts}"
"""


def without_lengths(message: bytes) -> bytes:
    """Take away the fields that mutt adds to what it saves."""
    return re.sub(rb"(?:Content-Length|Lines): [0-9]++\n", b"", message)


class Mutt:
    """A mail reader that keys are pushed into."""

    def __init__(self, program: Callable[[str], Client], name: str, server: Server, person: Person, protocol: str) -> None:
        self._script = program("script")
        self._program = program(name).program
        text = CONFIGURATION.format(
            person=person, scheme=protocol, host=HOST, port=server.ports[protocol], certificate=server.tls.certificate, umlauts=UMLAUTS
        )
        self._configuration = self._script.file("muttrc", text)
        self.maildir = Maildir(self._script.home / "saved", without_lengths)

    def keys(self, *keys: str, folder: str = "INBOX") -> str:
        """Open a folder, press keys, sync and leave; gives what was on the screen."""
        pushed = "".join(keys) + "<sync-mailbox><quit>"
        command = join([self._program, "-n", "-F", self._configuration, "-f", f"+{folder}", "-e", f"push '{pushed}'"])
        return self._script("-qefc", command, "/dev/null", variables={"TERM": "xterm"})

    def save(self, folder: str = "INBOX") -> dict[bytes, str]:
        """Copy all messages of a folder to the disk."""
        self.keys(f"<tag-pattern>~A<enter><tag-prefix><copy-message>^U{self.maildir.path}<enter>", folder=folder)
        return self.maildir.letters()


@pytest.fixture(params=["mutt", "neomutt"])
def mutt(request: pytest.FixtureRequest, server: Server, program: Callable[[str], Client], alice: Person) -> Mutt:
    return Mutt(program, request.param, server, alice, "imaps")


def test_messages_are_saved_as_they_came(server: Server, mutt: Mutt, alice: Person) -> None:
    server.deliver(alice, *ODD, large())
    assert set(mutt.save()) == {as_lf(message) for message in server.mail(alice, 6)}


def test_keys_flag_copy_and_delete(server: Server, mutt: Mutt, alice: Person) -> None:
    letters = many(4)
    server.create(alice, UMLAUTS, DEEP)
    server.append(alice, "INBOX", letters)
    mutt.keys(
        "1<enter><copy-message><enter>",
        f"2<enter><save-message>^U={DEEP}<enter>",
        "3<enter><flag-message>",
        "4<enter><delete-message>",
    )
    assert set(server.letters(alice, UMLAUTS)) == {letters[0]}
    assert set(server.letters(alice, DEEP)) == {letters[1]}
    left = server.letters(alice)
    assert set(left) == {letters[0], letters[2]} == set(server.mail(alice, 2))
    assert "\\Flagged" in left[letters[2]]


def test_what_others_change_is_seen(server: Server, mutt: Mutt, alice: Person) -> None:
    server.append(alice, "INBOX", many(500))
    assert re.search(r"Msgs:\s*500", mutt.keys())
    maildrop = server.pop3(alice)
    for number in range(1, 500):
        maildrop.dele(number)
    maildrop.quit()
    server.deliver(alice, SMALL)
    assert set(mutt.save()) == {as_lf(message) for message in server.mail(alice, 2)}
