"""What the object model says and changes is of the whole server, in hMailServer's mode with two workers: nobody sees which of them answers."""

from __future__ import annotations

import os
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import pytest

from postroom.client import Application, com_error
from system.server import DOMAIN, HOST, PATIENCE, Server, until

pytestmark = pytest.mark.system

PASSWORD = "secret-0"
SWITCHES = ("Enabled", "LogSMTP", "LogPOP3", "LogIMAP", "LogApplication", "LogTCPIP")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    server = Server(folder, POSTROOM_HMAILSERVER__HOME=str(folder / "home"), POSTROOM_ADMIN_PASSWORD=PASSWORD)
    try:
        server.start()
        server.order("domain.add", name=DOMAIN)
        yield server
        assert server.stop() == 0, server.said()
    finally:
        server.stop()


@pytest.fixture
def app(server: Server) -> Any:
    return signed_in(server)


def signed_in(server: Server) -> Any:
    """Begin a session of remote objects, in whichever worker it is."""
    app: Any = Application(f"http://127.0.0.1:{server.ports['http']}")
    assert app.Authenticate("Administrator", PASSWORD)
    return app


class Talk:
    """One connection, line by line."""

    def __init__(self, server: Server, protocol: str) -> None:
        self._socket = socket.create_connection((HOST, server.ports[protocol]), PATIENCE)
        self._lines = self._socket.makefile("rb")
        self.heard()

    def heard(self) -> str:
        while (line := self._lines.readline()) and line[3:4] == b"-":
            pass
        return line.decode().rstrip("\r\n")

    def say(self, line: str) -> str:
        self._socket.sendall(f"{line}\r\n".encode())
        return self.heard()

    def close(self) -> None:
        self._lines.close()
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def lines_of(text: str, kind: str) -> list[list[str]]:
    """Read the columns of lines of a kind."""
    lines = [[column.strip('"') for column in line.split("\t")] for line in text.split("\r\n") if line]
    return [line for line in lines if line[0] == kind]


def test_what_was_saved_over_the_wire_holds_at_once_in_every_worker(server: Server, app: Any) -> None:
    accounts = app.Domains.ItemByName(DOMAIN).Accounts
    for number in range(12):
        account = accounts.Add()
        account.Address, account.Password, account.Active = f"at-once-{number}@{DOMAIN}", "secret-1", True
        account.Save()
        for active in (True, False):
            account.Active = active
            account.Save()
            for _ in range(4):  # the system gives connections to the workers by chance
                with Talk(server, "smtp") as talk:
                    talk.say("HELO client")
                    talk.say("MAIL FROM:<friend@elsewhere.example>")
                    assert (talk.say(f"RCPT TO:<at-once-{number}@{DOMAIN}>")[:3] == "250") is active
    assert "change-unheard" not in server.said()


def test_model_8_1_sessions_and_messages_are_counted_over_all_workers(server: Server, app: Any) -> None:
    person = server.person()
    status, before = app.Status, app.Status.ProcessedMessages
    with ExitStack() as open_ones:
        for protocol, count in (("smtp", 9), ("submission", 2), ("imap", 7), ("pop3", 5)):
            for _ in range(count):
                open_ones.enter_context(Talk(server, protocol))
        assert [status.SessionCount(kind) for kind in (1, 3, 5)] == [11, 5, 7]
        assert [signed_in(server).Status.SessionCount(kind) for kind in (1, 3, 5)] == [11, 5, 7]
    for _ in range(6):
        server.deliver(person, b"Subject: x\r\n\r\nbody\r\n")
    assert status.ProcessedMessages == before + 6
    assert len({signed_in(server).Status.StartTime for _ in range(4)}) == 1


def test_model_8_12_lines_of_all_processes_stand_in_one_file_in_order_and_in_the_live_log(server: Server, app: Any) -> None:
    logging = app.Settings.Logging
    for switch in SWITCHES:
        setattr(logging, switch, True)
    logging.EnableLiveLogging(True)
    for number in range(24):
        with Talk(server, "smtp") as talk:
            talk.say(f"HELO client-{number}")
            talk.say("QUIT")
    victim = server.children("writer")[-1]
    os.kill(victim, signal.SIGKILL)
    until(lambda: len(server.children("writer")) == 3 and victim not in server.children("writer"), "the writer runs again")
    current, errors = (Path(logging.Directory, name) for name in (logging.CurrentDefaultLog, logging.CurrentErrorLog))
    until(lambda: errors.exists() and "process-ended" in errors.read_text(), "the supervisor's line is in the file")
    until(lambda: "client-23" in current.read_text(), "the last conversation is in the file")
    text, live = current.read_bytes().decode(), logging.LiveLog
    found = lines_of(text, "SMTPD")
    assert len({line[1] for line in found}) == 2
    assert text.splitlines() == sorted(text.splitlines(), key=moment)
    for session in {line[2] for line in found}:
        said = [line[5] for line in found if line[2] == session]
        assert [line.split(": ")[0] for line in said] == ["SENT", "RECEIVED"] * (len(said) // 2) + ["SENT"] * (len(said) % 2)
    for number in range(24):
        assert f"RECEIVED: HELO client-{number}" in [line[5] for line in found]
        assert f'"RECEIVED: HELO client-{number}"' in live
    assert re.search(r'"ERROR"\t\d+\t"[^"]+"\t"Severity: 1 \(Critical\), Code: HM\d+, Source: supervisor::process-ended, Description: ', live)
    current.unlink()
    with Talk(server, "smtp") as talk:
        talk.say("HELO anew")
    until(lambda: current.exists() and "HELO anew" in current.read_text(), "the file is made anew")
    logging.EnableLiveLogging(False)
    logging.Enabled = False


def moment(line: str) -> str:
    """Give the time of a line."""
    return next(column for column in line.split("\t")[2:] if re.fullmatch(r'"[-0-9]{10} [:.0-9]{12}"', column))


def test_model_8_2_and_8_10_queue_state_and_caches_are_the_whole_server_s(server: Server, app: Any) -> None:
    app.Settings.Cache.Clear()
    app.Stop()
    assert {signed_in(server).ServerState for _ in range(6)} == {1}
    with pytest.raises(OSError):
        Talk(server, "smtp")
    with socket.create_server(("127.0.0.1", server.ports["pop3"])), pytest.raises(com_error):
        signed_in(server).Start()
    for _ in range(6):
        with pytest.raises(com_error, match="pop3"):
            Application(f"http://127.0.0.1:{server.ports['http']}").Connect()
    signed_in(server).Start()
    for _ in range(6):
        Application(f"http://127.0.0.1:{server.ports['http']}").Connect()
    assert {signed_in(server).ServerState for _ in range(6)} == {3}
    for _ in range(6):
        with Talk(server, "smtp") as talk:
            assert talk.say("NOOP").startswith("250")
    message = app.GlobalObjects.DeliveryQueue
    assert message.Clear() is None
    assert {signed_in(server).Status.UndeliveredMessages for _ in range(4)} == {""}
