"""The smoke test: a message goes in through submission and is read by IMAP and by the HTTP API, as users do; each step is timed.

It talks to the server over the network only, with the standard library's clients, and blocks: run it in a thread.
"""

from __future__ import annotations

import imaplib
import json
import secrets
import smtplib
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from postroom.errors import PostroomError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from postroom.operations.site import Port

SECONDS: Final = 20.0
"""How long a connection may take, and how long the message may take to arrive."""

PAUSE: Final = 0.02
EVERYWHERE: Final = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - how a listener on all addresses is reached from here
TROUBLE: Final = (OSError, smtplib.SMTPException, imaplib.IMAP4.error, ValueError, LookupError)


class SmokeTestFailed(PostroomError):
    """A step failed; the sentence says which, and why."""


class Step(NamedTuple):
    """A step with the seconds that it took."""

    name: str
    seconds: float


@dataclass(slots=True)
class SmokeTest:
    """One run for one account, whose address is also the recipient; `key` is an HTTP API key, without one that step is left out."""

    address: str
    password: str = field(repr=False)
    ports: Sequence[Port]
    key: str = field(default="", repr=False)
    say: Callable[[Step], None] = lambda _: None
    steps: list[Step] = field(default_factory=list)

    def run(self) -> list[Step]:
        """Do all steps; raises SmokeTestFailed at the first that fails."""
        proof = secrets.token_hex(16)
        self._submit(proof)
        self._read_by_imap(proof)
        if self.key:
            self._read_by_api(proof)
        return self.steps

    def _submit(self, proof: str) -> None:
        port = self._port("submissions", "submission")
        with self._step(f"connect to {port.protocol}"):
            client = _submission(port)
        with client:
            with self._step("sign in to submission"):
                client.login(self.address, self.password)
            with self._step("hand a message in"):
                client.sendmail(self.address, [self.address], _message(self.address, proof))

    def _read_by_imap(self, proof: str) -> None:
        port = self._port("imaps", "imap")
        with self._step(f"connect to {port.protocol}"):
            client = _imap(port)
        with client:
            with self._step("sign in to IMAP"):
                client.login(self.address, self.password)
            with self._step("wait until it is in the INBOX"):
                client.select("INBOX")
                number = _awaited(client, proof)
            with self._step("read it by IMAP"):
                _, parts = client.fetch(number, "(BODY.PEEK[])")
                if not any(isinstance(part, tuple) and proof.encode() in part[1] for part in parts):
                    raise LookupError("what it reads is not what was sent")

    def _read_by_api(self, proof: str) -> None:
        port = self._port("http", "https")
        with self._step("list it by the API"):
            listed = self._asked(port, f"/v1/mailboxes/{urllib.parse.quote(self.address)}/messages")
            number = next(str(it["id"]) for it in listed if proof in str(it.get("subject")))
        with self._step("read it by the API"):
            read = self._asked(port, f"/v1/messages/{number}?address={urllib.parse.quote(self.address)}")
            if proof not in str(read.get("body")):
                raise LookupError("what it reads is not what was sent")

    def _asked(self, port: Port, path: str) -> Any:
        scheme, host = port.protocol, EVERYWHERE.get(port.address, port.address)
        url = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port.port}{path}"
        request = urllib.request.Request(url, headers={"X-OpenMailserver-Key": self.key})  # noqa: S310 - our own server's listener
        with urllib.request.urlopen(request, timeout=SECONDS, context=_trusting()) as answer:  # noqa: S310 - likewise
            return json.loads(answer.read(1 << 20))

    def _port(self, *protocols: str) -> Port:
        """Find a listener, the preferred protocol first; raises SmokeTestFailed."""
        for protocol in protocols:
            for port in self.ports:
                if port.protocol == protocol:
                    return port
        raise SmokeTestFailed(f"The server listens for none of {', '.join(protocols)}: `postroom listener add {protocols[0]} PORT` adds one.")

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        except StopIteration:
            raise SmokeTestFailed(f"Failed to {name}: it is not there.") from None
        except TROUBLE as error:
            raise SmokeTestFailed(f"Failed to {name}: {_reason(error)}.") from error
        step = Step(name, time.perf_counter() - began)
        self.steps.append(step)
        self.say(step)


def _submission(port: Port) -> smtplib.SMTP:
    host = EVERYWHERE.get(port.address, port.address)
    if port.protocol == "submissions":
        return smtplib.SMTP_SSL(host, port.port, timeout=SECONDS, context=_trusting())
    client = smtplib.SMTP(host, port.port, timeout=SECONDS)
    client.starttls(context=_trusting())
    return client


def _imap(port: Port) -> imaplib.IMAP4:
    host = EVERYWHERE.get(port.address, port.address)
    if port.protocol == "imaps":
        return imaplib.IMAP4_SSL(host, port.port, ssl_context=_trusting(), timeout=SECONDS)
    client = imaplib.IMAP4(host, port.port, timeout=SECONDS)
    client.starttls(_trusting())
    return client


def _awaited(client: imaplib.IMAP4, proof: str) -> str:
    """Wait until a message with the proof in its subject is there, and give its number."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        _, (found,) = client.search(None, "SUBJECT", proof)
        if found:
            return bytes(found).split()[-1].decode("ascii")
        time.sleep(PAUSE)
        client.noop()
    raise TimeoutError(f"it did not arrive within {SECONDS:.0f} seconds")


def _message(address: str, proof: str) -> str:
    return f"From: {address}\r\nTo: {address}\r\nSubject: Smoke test {proof}\r\n\r\nA message of `postroom smoke-test`: {proof}\r\n"


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error if isinstance(error.smtp_error, str) else error.smtp_error.decode("utf-8", "replace")
        return f"the server answered {error.smtp_code} {words}".rstrip(".")
    return (str(error) or type(error).__name__).rstrip(".")


def _trusting() -> ssl.SSLContext:
    """Trust any certificate: the test runs on the server's own machine, where it may be self-signed or for another name."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
