"""A whole server in a thread of its own, for tests that talk to it as programs do: over HTTP, IMAP and submission."""

from __future__ import annotations

import asyncio
import http.client
import json
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, TypeVar
from unittest.mock import patch
from urllib.parse import quote, urlencode

from postroom.network.listener import Encrypted, Listener, open_socket
from postroom.runtime import site
from postroom.runtime.config import Configuration
from postroom.runtime.house import House
from postroom.runtime.loop import run as run_loop
from postroom.runtime.worker import Worker

ADMIN = "om_the-administrators-key"
DOMAIN = "example.test"
HEADER = "X-OpenMailserver-Key"
CHEAP = {"password_memory": "8 KB", "password_passes": 1, "scram_iterations": 4096, "host_name": "mail.example.test"}
PATIENCE = 30
Found = TypeVar("Found")


async def compared(house: House, domain: str) -> list[dict[str, Any]]:
    """What the DNS would say, without asking it: the first record is published, the others are not."""
    records = (await site.plan_dns(house, domain))["records"]
    states = [("ok", [record["value"]]) if not at else ("missing", []) for at, record in enumerate(records)]
    return [{**record, "state": state, "published": published} for record, (state, published) in zip(records, states, strict=True)]


async def examined(house: House) -> dict[str, Any]:
    """A report, without a look at the world."""
    return {"status": "warn", "platform": "test", "checks": [{"name": "mx", "status": "warn", "details": "none"}], "dns_plan": {"records": []}}


@dataclass
class Answer:
    """What the server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """A program with a key, that asks one thing after another over one connection."""

    port: int
    key: str | None
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def __call__(
        self, method: str, path: str, /, body: Any = None, *, raw: bytes | None = None, headers: dict[str, str] | None = None, **query: Any
    ) -> Answer:
        sent = ({HEADER: self.key} if self.key is not None else {}) | (headers or {})
        octets = raw if raw is not None else None if body is None else json.dumps(body).encode()
        if octets is not None:
            sent = {"Content-Type": "application/json"} | sent
        place = path + ("?" + urlencode(query) if query else "")
        try:
            self.connection.request(method, place, octets, sent)
            response = self.connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        except BaseException:
            self.connection.close()
            raise

    def get(self, path: str, **query: Any) -> Any:
        """Ask for something that must be there."""
        return self._good(self("GET", path, **query))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Have something done that must be possible."""
        return self._good(self("POST", path, body, headers={name.replace("_", "-"): value for name, value in headers.items()}))

    def _good(self, answer: Answer) -> Any:
        assert answer.status == 200, (answer.status, answer.body)
        return answer.json


@dataclass
class Mailbox:
    """A mailbox that was opened, with a client that has its key."""

    email: str
    password: str
    key: str
    ask: Client

    def send(self, to: str, subject: str = "Hello", text: str = "Good day.", **more: Any) -> Any:
        """Send a message that must be taken."""
        return self.ask.post("/v1/mail/send", {"sender": self.email, "recipients": [to], "subject": subject, "text_body": text, **more})

    def arrived(self, **query: Any) -> Any:
        """List the messages, once there is one: what lies in another shard comes a moment after the sender has its answer."""
        return self.messages(after="0", wait=PATIENCE, **query)

    def messages(self, **query: Any) -> Any:
        """List the messages there are now."""
        return self.ask.get(f"/v1/mailboxes/{quote(self.email)}/messages", **query)


class Server:
    """The server: `ports` by protocol, the administrator's client `ask`, and its house for those who look behind the scene."""

    def __init__(self, data: Path, pins: dict[str, Any] | None = None, protocols: tuple[str, ...] = ("http",)) -> None:
        nowhere = ("127.0.0.1:9",)  # no server of names: mail for elsewhere waits, and no test asks the world
        self.config = Configuration(
            data=data, logs=data / "logs", workers=1, admin_key=ADMIN, pins=CHEAP | (pins or {}), pinned_by="the test", dns_servers=nowhere
        )
        self.ports: dict[str, int] = {}
        self.house: House
        self.worker: Worker
        self._protocols = protocols
        self._loop: asyncio.AbstractEventLoop
        self._over: asyncio.Event
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: run_loop(self._serve()), name="server")
        self._number = 0
        self._clients: list[Client] = []

    def __enter__(self) -> Self:
        self._dns = patch.multiple(site, compare_dns=compared, deliverability=examined)
        self._dns.start()
        self._thread.start()
        assert self._ready.wait(PATIENCE)
        self.ask = self.client(ADMIN)
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._clients:
            client.connection.close()
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(PATIENCE)
        self._dns.stop()
        assert not self._thread.is_alive()

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        self.house = await House.enter(self.config)
        self.worker = Worker(self.house)
        listeners = []
        for protocol in self._protocols:
            implicit = protocol in {"imaps", "submissions"}
            listener = Listener(protocol, "127.0.0.1", 0, tls=Encrypted.IMPLICIT if implicit else Encrypted.NEVER)
            accepting = open_socket(listener)
            self.ports[protocol] = accepting.getsockname()[1]
            listeners.append((listener, accepting))
        await self.worker.open(listeners)
        self._ready.set()
        await self._over.wait()
        await asyncio.gather(self.worker.doors.drain(1), self.worker._close_outbox(1))  # nobody waits here for the time-out of a name server
        await self.worker.close()

    def run(self, work: Callable[[House], Coroutine[Any, Any, Found]]) -> Found:
        """Do something with the house, on the server's loop."""
        return asyncio.run_coroutine_threadsafe(work(self.house), self._loop).result(PATIENCE)

    def client(self, key: str | None) -> Client:
        """A new connection of a program with a key."""
        client = Client(self.ports["http"], key)
        self._clients.append(client)
        return client

    def mailbox(self, local: str = "", **more: Any) -> Mailbox:
        """Open a mailbox, under a name of its own unless one is given."""
        self._number += 1
        made = self.ask.post("/v1/mailboxes", {"local_part": local or f"user{self._number}", "domain": DOMAIN, **more})
        return Mailbox(made["mailbox"]["email"], made["password"], made["api_key"]["key"], self.client(made["api_key"]["key"]))


@contextmanager
def serving(data: Path, pins: dict[str, Any] | None = None, protocols: tuple[str, ...] = ("http",)) -> Iterator[Server]:
    """Serve for a while."""
    with Server(data, pins, protocols) as server:
        yield server
