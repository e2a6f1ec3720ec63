"""What both servers have: a place, a certificate, ports, maildirs, a log, a process; and what they are told about the tests' mail.

Their addresses: `friend` has a mailbox; `grey` too, greylisted at first; `refused` is not wanted; `slow` is taken in and never delivered, with a
delay notice after a second; `broken` is taken in and returned; mail to `to-NAME` goes on to NAME at our server. Nobody else is there.
"""

from __future__ import annotations

import os
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from ports import free_ports
from system.server import PATIENCE, until

if TYPE_CHECKING:
    from collections.abc import Sequence

PATH: Final = "/usr/sbin:/usr/bin:/sbin:/bin"
REFUSAL: Final = "We do not like your mail"
DISABLED: Final = "The mailbox is disabled"
BUSY: Final = "The mailbox is busy"
FORBIDDEN: Final = "forbidden"
"""The subject of messages that are refused at their end."""


class MailServer(ABC):
    """A mail server of another make, run in a directory of its own that its own users can enter."""

    domain: ClassVar[str]
    host: ClassVar[str]

    def __init__(self, certificate: Path) -> None:
        """`certificate` (with its key) is valid for `host`."""
        self.home = Path(tempfile.mkdtemp(prefix="mail-server-"))
        self.home.chmod(0o755)
        self.port, self.clear_port = free_ports(2)  # the second is without TLS
        shutil.copy(certificate, self.home / "cert.pem")
        self._process: subprocess.Popen[bytes] | None = None

    @staticmethod
    @abstractmethod
    def missing() -> str:
        """Say what keeps it from running here; '' when nothing does."""

    @abstractmethod
    def configure(self, back: int, authority: Path, greylist: int) -> None:
        """Write its configuration: mail for our domain goes `back` to that port by TLS with a certificate of `authority`."""

    @abstractmethod
    def command(self) -> Sequence[str]:
        """Give the command that runs it in the foreground."""

    @abstractmethod
    def log(self) -> str:
        """Return its log."""

    def start(self) -> None:
        """Start it, and return when it greets."""
        with (self.home / "said").open("wb") as said:
            command = list(self.command())
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env={"PATH": PATH}, start_new_session=True, cwd=self.home
            )
        until(self._greets, f"{command[0]} greets: {self.home}")

    def _greets(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self.home / "said").read_text() + self.log()
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as connection:
                return connection.recv(3) == b"220"
        except OSError:
            return False

    def stop(self) -> None:
        """End all its processes, and remove its files."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(PATIENCE)
        shutil.rmtree(self.home, ignore_errors=True)

    def heard(self, word: str) -> bool:
        """Tell whether a word stands in its log."""
        return word in self.log()

    def mail(self, name: str, subject: str) -> bytes:
        """Wait for the one message of a mailbox that has a subject; its line ends are CRLF."""
        found: list[bytes] = []

        def arrived() -> bool:
            messages = [path.read_bytes() for path in (self.home / "mail" / name / "new").glob("*")]
            found[:] = [message for message in messages if f"\nSubject: {subject}\n".encode() in message]
            return bool(found)

        until(arrived, f"{name} at {self.domain} has the message {subject}; its log:\n{self.log()[-3000:]}")
        assert len(found) == 1
        return found[0].replace(b"\n", b"\r\n")

    def send(self, sender: str, recipient: str, subject: str, options: Sequence[str] = ()) -> None:
        """Let somebody there write to somebody here, or there."""
        with smtplib.SMTP("127.0.0.1", self.port, "client.example", PATIENCE) as smtp:
            text = f"From: {sender}\r\nTo: {recipient}\r\nSubject: {subject}\r\n\r\nfrom another server\r\n"
            smtp.sendmail(sender, recipient, text, rcpt_options=options)
