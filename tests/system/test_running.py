"""The server's life: it drains, reloads, loses processes, keeps its directory for itself, and is killed."""

import os
import re
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from certificates import made
from postroom.errors import PostroomError
from system.server import DOMAIN, HOST, PATIENCE, POSTROOM, Person, Server, environment, until

pytestmark = pytest.mark.system

DEATHS = re.compile(r"process-ended")


class Talk:
    """One SMTP conversation, line by line, so that a test decides what happens between them."""

    def __init__(self, server: Server, protocol: str = "smtp") -> None:
        self.socket = socket.create_connection((HOST, server.ports[protocol]), PATIENCE)
        self._lines = self.socket.makefile("rb")
        assert self.heard().startswith("220 ")

    def heard(self) -> str:
        """Read a whole reply; "" once the server has closed."""
        while (line := self._lines.readline()) and line[3:4] == b"-":
            pass
        return line.decode()

    def say(self, *lines: str) -> str:
        """Say lines and read the reply to the last."""
        for line in lines[:-1]:
            self.say(line)
        self.socket.sendall(f"{lines[-1]}\r\n".encode())
        return self.heard()

    def write(self, data: bytes) -> None:
        """Say what needs no reply."""
        self.socket.sendall(data)

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self.socket.close()


@pytest.fixture(params=[1, 2], ids=["alone", "two-workers"])
def workers(request: pytest.FixtureRequest) -> int:
    """How many workers serve; the tests run with one process and with several."""
    return int(request.param)


@pytest.fixture
def mortal(tmp_path: Path, workers: int) -> Iterator[Server]:
    """A server of the test's own, which it may end as it likes; what is left of it proves its store."""
    server = Server(tmp_path / "server", workers)
    try:
        server.start()
        server.order("domain.add", name=DOMAIN)
        yield server
        if server.process is None or server.process.returncode is not None:
            server.start()
        until(server.obeys, "the server takes orders again")
        assert server.order("store.check") == []
        assert server.stop() == 0, server.said()
        assert not [line for line in server.unhandled() if not DEATHS.search(line)], server.said()
    finally:
        server.stop()


@pytest.fixture
def alice(mortal: Server) -> Person:
    """Somebody on that server."""
    return mortal.person("alice")


def send(server: Server, person: Person, subject: str = "x") -> None:
    """Send a short letter, which is acknowledged."""
    with smtplib.SMTP(HOST, server.ports["smtp"], "client.example", PATIENCE) as smtp:
        smtp.sendmail("friend@elsewhere.example", person.address, f"Subject: {subject}\r\n\r\nhi\r\n")


def served(server: Server, person: Person) -> bool:
    """Tell whether a letter gets through; a connection that dies with its worker is none."""
    try:
        send(server, person)
    except (OSError, smtplib.SMTPException):
        return False
    return True


def shown(server: Server) -> bytes:
    """Return the certificate that the server shows."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection((HOST, server.ports["submissions"]), PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname=HOST) as wrapped,
    ):
        return wrapped.getpeercert(binary_form=True) or b""


def test_term_finishes_the_message_in_hand_and_says_421(mortal: Server, alice: Person) -> None:
    with closing(Talk(mortal)) as idle, closing(Talk(mortal)) as busy:
        drain(mortal, alice, idle, busy)
    assert mortal.ended() == 0
    mortal.start()
    [message] = mortal.mail(alice)
    assert message.endswith(b"first half\r\nsecond half\r\n")


def drain(mortal: Server, alice: Person, idle: Talk, busy: Talk) -> None:
    """Let TERM come in the middle of a message."""
    assert busy.say("EHLO client.example", "MAIL FROM:<friend@elsewhere.example>", f"RCPT TO:<{alice.address}>", "DATA").startswith("354 ")
    busy.write(b"Subject: in hand\r\n\r\nfirst half\r\n")
    mortal.tell(signal.SIGTERM)
    assert idle.heard().startswith("421 ")
    assert idle.heard() == ""
    busy.write(b"second half\r\n")
    assert busy.say(".").startswith("250 ")
    assert busy.heard().startswith("421 ")
    assert busy.heard() == ""


@pytest.mark.parametrize("by", ["signal", "command"])
def test_a_reload_takes_the_new_certificate_and_cuts_nobody(mortal: Server, by: str) -> None:
    with smtplib.SMTP_SSL(HOST, mortal.ports["submissions"], context=mortal.trusting(), timeout=PATIENCE) as before, closing(Talk(mortal)) as plain:
        old = shown(mortal)
        other = made(mortal.home / "other.pem", HOST)
        shutil.copy(other.certificate, mortal.tls.certificate)
        if by == "signal":
            mortal.tell(signal.SIGHUP)
        else:
            mortal.command("reload")
        until(lambda: all(shown(mortal) != old for _ in range(8)), "every worker shows the new certificate")
        assert before.noop()[0] == 250
        assert plain.say("NOOP").startswith("250 ")


def test_hup_with_a_broken_certificate_keeps_the_old_one(mortal: Server, alice: Person) -> None:
    old = shown(mortal)
    mortal.tls.certificate.write_text("this is no certificate\n")
    mortal.tell(signal.SIGHUP)
    until(lambda: "certificate" in mortal.said().lower(), "the log tells about the certificate")
    assert shown(mortal) == old
    with pytest.raises(subprocess.CalledProcessError) as refused:
        mortal.command("reload")
    assert str(mortal.tls.certificate) in refused.value.stderr
    send(mortal, alice)


def test_a_second_server_on_the_same_directory_is_refused_with_a_sentence(mortal: Server, alice: Person) -> None:
    command = [*POSTROOM, "serve", "--config", str(mortal.configuration)]
    second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE, env=environment())
    assert second.returncode == 1
    assert str(mortal.data) in second.stderr
    assert "Traceback" not in second.stderr
    send(mortal, alice)


def test_a_server_whose_workers_can_not_start_ends_and_says_why(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.tls.certificate.unlink()
    command = [*POSTROOM, "serve", "--config", str(server.configuration)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=2 * PATIENCE, env=environment())
    assert ended.returncode == 1
    assert str(server.tls.certificate) in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("module", ["worker", "writer"])
@pytest.mark.parametrize("workers", [2], indirect=True)
def test_a_killed_process_is_started_again_and_mail_goes_on(mortal: Server, alice: Person, module: str) -> None:
    send(mortal, alice)
    before = mortal.children(module)
    for victim in before:
        os.kill(victim, signal.SIGKILL)
    until(lambda: len(set(mortal.children(module)) - set(before)) == len(before), f"every {module} runs again")
    until(lambda: served(mortal, alice), "mail goes on")
    assert mortal.count(alice) >= 2


@pytest.mark.parametrize("workers", [2], indirect=True)
def test_one_killed_worker_leaves_the_other_serving(mortal: Server, alice: Person) -> None:
    victim = mortal.children("worker")[0]
    os.kill(victim, signal.SIGKILL)
    until(lambda: victim not in mortal.children("worker") and len(mortal.children("worker")) == 2, "the worker runs again")
    for _ in range(8):
        until(lambda: served(mortal, alice), "mail goes on")


@pytest.mark.parametrize("workers", [2], indirect=True)
def test_a_server_that_can_start_no_process_any_more_serves_until_it_has_to_and_ends_in_good_order(mortal: Server, alice: Person) -> None:
    [nursery], victim, *others = mortal.nurseries(), *mortal.children("worker"), *mortal.children("writer")
    os.kill(nursery, signal.SIGKILL)
    send(mortal, alice)
    assert mortal.count(alice) == 1
    os.kill(victim, signal.SIGKILL)
    assert mortal.ended() == 1
    assert "Start the server again." in mortal.said()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in others), "its processes have ended before it")


def test_what_was_acknowledged_outlives_a_kill(mortal: Server, alice: Person) -> None:
    for number in range(5):
        send(mortal, alice, str(number))
    orphans = mortal.children("worker") + mortal.children("writer")
    mortal.tell(signal.SIGKILL)
    mortal.ended()
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in orphans), "the processes of the dead server end too")
    mortal.start()
    subjects = [message.partition(b"Subject: ")[2][:1] for message in mortal.mail(alice, 5)]
    assert subjects == [b"0", b"1", b"2", b"3", b"4"]


@pytest.mark.parametrize("workers", [2], indirect=True)
def test_interrupt_from_a_terminal_ends_all_processes(mortal: Server) -> None:
    children = mortal.children("worker") + mortal.children("writer")
    assert len(children) > 2
    for pid in (mortal.pid, *children):
        os.kill(pid, signal.SIGINT)
    assert mortal.ended() == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)


def test_the_portable_mode_serves_alike(tmp_path: Path) -> None:
    server = Server(tmp_path / "portable", POSTROOM_PORTABLE="1")
    try:
        server.start()
        server.order("domain.add", name=DOMAIN)
        person = server.person()
        send(server, person)
        assert len(server.mail(person)) == 1
        assert not (server.data / "control.sock").exists()
        assert server.order("store.check") == []
        assert server.stop() == 0
        assert not server.unhandled(), server.said()
    finally:
        server.stop()


def refused(server: Server, protocol: str) -> bool:
    """Tell whether a port is closed."""
    try:
        socket.create_connection((HOST, server.ports[protocol]), PATIENCE).close()
    except ConnectionRefusedError:
        return True
    return False


def test_model_8_2_stopping_to_serve_closes_ports_and_ends_sessions_but_no_process(mortal: Server, alice: Person) -> None:
    before = mortal.pid, mortal.children("worker")
    imap, pop3 = (socket.create_connection((HOST, mortal.ports[protocol]), PATIENCE) for protocol in ("imap", "pop3"))
    with closing(Talk(mortal)) as smtp, imap, pop3, imap.makefile("rb") as from_imap, pop3.makefile("rb") as from_pop3:
        assert from_imap.readline().startswith(b"* OK")
        assert from_pop3.readline().startswith(b"+OK")
        mortal.order("server.pause")
        assert [protocol for protocol in mortal.ports if not refused(mortal, protocol)] == ["http"] * ("http" in mortal.ports)
        assert smtp.heard().startswith("421 ")
        assert smtp.heard() == ""
        assert from_imap.readline().startswith(b"* BYE ")
        assert from_pop3.readline().startswith(b"-ERR ")
    assert mortal.order("server.status")["serving"] is False
    mortal.order("server.pause")
    mortal.order("server.resume")
    assert mortal.order("server.status")["serving"] is True
    send(mortal, alice)
    assert mortal.count(alice) == 1
    assert (mortal.pid, mortal.children("worker")) == before


def test_a_worker_that_begins_while_the_server_rests_rests_too(mortal: Server, alice: Person, workers: int) -> None:
    if workers == 1:
        pytest.skip("there is nobody to start it again")
    mortal.order("server.pause")
    fallen = mortal.children("worker")[0]
    os.kill(fallen, signal.SIGKILL)
    until(lambda: fallen not in mortal.children("worker") and len(mortal.children("worker")) == workers, "the worker runs again")
    until(mortal.obeys, "the server takes orders again")
    assert refused(mortal, "smtp")
    mortal.order("server.resume")
    send(mortal, alice)
    assert mortal.count(alice) == 1


def test_a_port_that_somebody_took_meanwhile_is_named_and_the_next_start_tries_again(mortal: Server, alice: Person) -> None:
    mortal.order("server.pause")
    with socket.create_server((HOST, mortal.ports["smtp"])), pytest.raises(PostroomError, match=r"smtp 127\.0\.0\.1"):
        mortal.order("server.resume")
    assert refused(mortal, "imap")
    mortal.order("server.resume")
    send(mortal, alice)
    assert mortal.count(alice) == 1
