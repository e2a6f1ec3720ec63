"""A whole server for system tests: its files, its processes, the people who have mail there, and how to look into their mailboxes."""

from __future__ import annotations

import asyncio
import imaplib
import os
import poplib
import re
import select
import signal
import smtplib
import ssl
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from certificates import made
from ports import free_ports
from postroom.formats.imap.utf7 import decode_mailbox, encode_mailbox
from postroom.runtime import control

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HOST: Final = "localhost"
NAME: Final = "mail.example.test"
DOMAIN: Final = "example.test"
PASSWORD: Final = "secret-1"
START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 60.0
PATIENCE: Final = 20.0
PROTOCOLS: Final = ("smtp", "submission", "submissions", "lmtp", "imap", "imaps", "pop3", "pop3s", "http")
POSTROOM: Final = (sys.executable, "-m", "postroom")
SOURCE: Final = Path(__file__).parents[2] / "src"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    address: str
    password: str = PASSWORD


def until(true: Callable[[], bool], what: str) -> None:
    """Look again and again until something is true; fails with `what` when it never is."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.01)


def environment(**added: str) -> dict[str, str]:
    """Give the environment for our own programs: without what the tests' surroundings set for Postroom."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("POSTROOM_", "OPENMAILSERVER_"))}
    return kept | {"PYTHONPATH": str(SOURCE)} | added


class Server:
    """One server over `home`/data. Ports stay the same over restarts, `ports` has them by protocol; LMTP also listens at `lmtp_path`."""

    def __init__(self, home: Path, workers: int = 2, pins: str = "", names: int = 1, **variables: str) -> None:
        """`pins` are lines for the configuration's [settings], `names` is a name server's port, `variables` are added to the environment."""
        self.home = home
        self.ports = dict(zip(PROTOCOLS, free_ports(len(PROTOCOLS)), strict=True))
        self.lmtp_path = home / "lmtp.sock"
        self.log = home / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._variables = variables
        self._people = 0
        home.mkdir(parents=True, exist_ok=True)
        self.tls = made(home / "cert.pem", HOST, NAME)
        self.configuration.write_text(self._configured(workers, pins, names))

    def _configured(self, workers: int, pins: str, names: int) -> str:
        listeners = [f'[[listener]]\nprotocol = "{word}"\naddress = "127.0.0.1"\nport = {port}\n' for word, port in self.ports.items()]
        listeners.append(f'[[listener]]\nprotocol = "lmtp"\npath = "{self.lmtp_path}"\n')
        head = f'hostname = "{NAME}"\ndata = "data"\nlogs = "logs"\nworkers = {workers}\nshards = 2\n'
        head += f'[dns]\nservers = ["127.0.0.1:{names}"]\n'  # nobody answers at port 1: no test asks the world
        return f'{head}[tls]\ncertificate = "cert.pem"\nkey = "cert.pem"\n{"".join(listeners)}[settings]\n{pins}\n'

    @property
    def configuration(self) -> Path:
        """The configuration file."""
        return self.home / "postroom.toml"

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.home / "data"

    @property
    def pid(self) -> int:
        """The number of the process that was started: the supervisor, where there are several."""
        assert self.process is not None, "the server was never started"
        return self.process.pid

    def launch(self) -> subprocess.Popen[bytes]:
        """Start a process of the server and return at once."""
        command = [*POSTROOM, "serve", "--config", str(self.configuration)]
        with self.log.open("ab") as log:
            return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL, env=environment(**self._variables))

    def start(self) -> str:
        """Start the server; returns the line that says ready."""
        self.process = self.launch()
        assert self.process.stdout is not None
        end = time.monotonic() + START_SECONDS
        while select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))[0]:
            line = self.process.stdout.readline().decode()
            if line.startswith("Postroom is ready"):
                return line
            assert line, f"the server ended before it was ready:\n{self.said()}"
        raise AssertionError(f"the server was not ready after {START_SECONDS} seconds:\n{self.said()}")

    def tell(self, name: signal.Signals) -> None:
        """Send the server a signal."""
        os.kill(self.pid, name)

    def ended(self) -> int:
        """Wait for the server's end; returns its exit status."""
        assert self.process is not None
        with self.process:
            return self.process.wait(STOP_SECONDS)

    def stop(self) -> int:
        """End the server in good order, if it runs; returns its exit status."""
        if self.process is None or self.process.returncode is not None:
            return 0
        if self.process.poll() is None:
            self.tell(signal.SIGTERM)
        return self.ended()

    def children(self, kind: str) -> list[int]:
        """List the running processes of the server of a kind, such as `worker`."""
        return [pid for nursery in self.nurseries() for pid in _children(nursery) if name_of(pid).startswith(f"{kind} ")]

    def nurseries(self) -> list[int]:
        """Find the process that starts the others; none where the server is one process."""
        return [pid for pid in _children(self.pid) if name_of(pid) == "nursery"]

    def said(self) -> str:
        """Return what the server said on standard error."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def unhandled(self) -> list[str]:
        """List signs of errors that nobody handled, in what the server said."""
        return [line for line in self.said().splitlines() if re.search(r"Traceback|unhandled-exception|process-ended|process-killed", line)]

    def obeys(self) -> bool:
        """Tell whether the control socket is open: it belongs to the first worker, which may just be starting again."""
        try:
            self.order("server.status")
        except control.ServerNotRunning:
            return False
        return True

    def order(self, order: str, /, **arguments: Any) -> Any:
        """Give the running server an order, as commands do."""
        return asyncio.run(control.order(self.data, order, arguments))

    def command(self, *words: str) -> str:
        """Run a command beside the running server and return what it printed; raises CalledProcessError when it fails."""
        command = [*POSTROOM, *words, "--config", str(self.configuration)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=START_SECONDS, env=environment(**self._variables))
        return done.stdout

    def person(self, name: str = "person", **options: Any) -> Person:
        """Make an account for somebody new."""
        self._people += 1
        address = f"{name}{self._people}@{DOMAIN}"
        self.order("account.add", address=address, password=PASSWORD, **options)
        return Person(address)

    def trusting(self) -> ssl.SSLContext:
        """Make a client's context that trusts this server's certificate and nothing else."""
        return ssl.create_default_context(cafile=str(self.tls.certificate))

    def pop3(self, person: Person) -> poplib.POP3_SSL:
        """Log in to a maildrop over TLS; `closing` it leaves all as it is."""
        maildrop = poplib.POP3_SSL(HOST, self.ports["pop3s"], context=self.trusting(), timeout=PATIENCE)
        maildrop.user(person.address)
        maildrop.pass_(person.password)
        return maildrop

    def imap(self, person: Person, folder: str = "INBOX") -> imaplib.IMAP4_SSL:
        """Log in over IMAP and TLS, and select a folder if it is there."""
        session = imaplib.IMAP4_SSL(HOST, self.ports["imaps"], ssl_context=self.trusting(), timeout=PATIENCE)
        session.login(person.address, person.password)
        session.select(wire_name(folder))
        return session

    def deliver(self, person: Person, *messages: bytes) -> None:
        """Hand messages in for somebody, by SMTP as from elsewhere; their line ends are CRLF."""
        with smtplib.SMTP(HOST, self.ports["smtp"], "client.example", PATIENCE) as smtp:
            for message in messages:
                smtp.sendmail("friend@elsewhere.example", person.address, message, ["BODY=8BITMIME"])

    def create(self, person: Person, *folders: str) -> None:
        """Make folders over IMAP."""
        with self.imap(person) as session:
            for folder in folders:
                assert session.create(wire_name(folder))[0] == "OK", folder

    def folders(self, person: Person) -> set[str]:
        """Name somebody's folders as IMAP lists them."""
        with self.imap(person) as session:
            lines = session.list()[1]
        names = [line.rpartition(b' "/" ')[2] for line in lines if isinstance(line, bytes)]
        return {decode_mailbox(name.strip(b'"').replace(b"\\", b"")) for name in names}

    def append(self, person: Person, folder: str, messages: Iterable[bytes], flags: str = "()") -> None:
        """Put messages into a folder over IMAP, all at once."""
        with self.imap(person) as session:
            tags = []
            for message in messages:
                tags.append(session._new_tag())
                session.send(b"%b APPEND %b %b {%d+}\r\n%b\r\n" % (tags[-1], wire_name(folder).encode(), flags.encode(), len(message), message))
            for tag in tags:
                answer = next(line for line in iter(session.readline, b"") if not line.startswith(b"*"))
                assert answer.startswith(tag + b" OK"), answer

    def letters(self, person: Person, folder: str = "INBOX") -> dict[bytes, frozenset[str]]:
        r"""Read a folder over IMAP: its messages as stored, with their flags; \Recent is left out."""
        with self.imap(person, folder) as session:
            if session.state != "SELECTED":
                return {}
            answer = session.fetch("1:*", "(FLAGS BODY.PEEK[])")[1] if session.untagged_responses["EXISTS"] != [b"0"] else []
        found = [item for item in answer if isinstance(item, tuple)]
        return {message: frozenset(flag.decode() for flag in imaplib.ParseFlags(head)) - {"\\Recent"} for head, message in found}

    def count(self, person: Person) -> int:
        """Count somebody's messages, over POP3."""
        with closing(self.pop3(person)) as maildrop:
            count, _ = maildrop.stat()
            maildrop.quit()
        return count

    def mail(self, person: Person, count: int = 1) -> list[bytes]:
        """Read somebody's messages over POP3, once `count` are there; their line ends are CRLF."""
        until(lambda: self.count(person) >= count, f"{person.address} has {count} messages")
        with closing(self.pop3(person)) as maildrop:
            number, _ = maildrop.stat()
            assert number == count, f"{person.address} has {number} messages instead of {count}"
            found = [b"\r\n".join(maildrop.retr(place)[1]) + b"\r\n" for place in range(1, count + 1)]
            maildrop.quit()
        return found


def wire_name(folder: str) -> str:
    """Write a folder's name as imaplib wants it: in modified UTF-7, quoted."""
    quoted = encode_mailbox(folder).decode("ascii").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def name_of(pid: int) -> str:
    """Read a process's name; empty when it has ended."""
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="ascii").rstrip()
    except OSError:
        return ""


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []
