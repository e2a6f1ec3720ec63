"""The doors: for each protocol's word, how its sessions are made, when they are encrypted, and how long they may be silent."""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from postroom import metrics
from postroom.directory.certificates import Certificate
from postroom.directory.errors import DirectoryError
from postroom.directory.ranges import Option
from postroom.directory.settings import SettingChanged
from postroom.errors import ConfigurationError
from postroom.log import dropped, get_logger
from postroom.network.admission import Hall, Seats, SharedSeats
from postroom.network.certificates import keep_self_signed
from postroom.network.connection import Bounds, Terms
from postroom.network.connections import Connections
from postroom.network.listener import Encrypted, serve
from postroom.network.proxy import Proxies
from postroom.network.tls import CertificateFiles, ServerTLS
from postroom.runtime.sessions import factory, http, server_name

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Iterable

    from postroom.directory.settings import Settings
    from postroom.metrics import Snapshot
    from postroom.model.house import House as ModelHouse
    from postroom.network.listener import Listener
    from postroom.runtime.com import RemoteObjects
    from postroom.runtime.config import Configuration
    from postroom.runtime.house import House
    from postroom.runtime.line import Message

    Gather = Callable[[], Awaitable[list[Snapshot]]]
    Tell = Callable[[Message], None]

log = get_logger("network")

HTTP_IDLE_SECONDS: Final = 30.0
HTTP_STAY_SECONDS: Final = 3600.0
_BITS: Final = {"smtp": Option.SMTP, "submission": Option.SMTP, "pop3": Option.POP3, "imap": Option.IMAP}
_SERVER_NAME: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9])?")


def certificates(config: Configuration, settings: Settings) -> CertificateFiles:
    """Find the server's certificate: the configured one, or a self-signed one that is made and renewed here."""
    name = server_name(settings)
    if config.tls_certificate and config.tls_key:
        return CertificateFiles(config.tls_certificate, config.tls_key)
    folder = config.data / "tls"
    folder.mkdir(mode=0o700, exist_ok=True)
    own = folder / "self-signed.pem"
    if keep_self_signed(own, [name]):
        log.info("certificate-made", name=name, path=str(own))
    return CertificateFiles(own, own)


def by_server_name(folder: Path, name: str) -> CertificateFiles | None:
    """Find the certificate for a server name that a client asks for: NAME.crt and NAME.key in the folder; None without them."""
    if not _SERVER_NAME.fullmatch(name) or ".." in name:  # a name is never a path
        return None
    files = CertificateFiles(folder / f"{name}.crt", folder / f"{name}.key")
    return files if files.certificate.exists() and files.key.exists() else None


class Doors:
    """All listeners of one worker, and the connections that came in through them."""

    def __init__(
        self,
        house: House,
        worker: int = 0,
        gather: Gather | None = None,
        hall: Hall | None = None,
        tell: Tell | None = None,
        model: ModelHouse | None = None,
        objects: RemoteObjects | None = None,
    ) -> None:
        """`gather` gives the numbers of the server's other processes, `hall` counts their connections, `tell` tells the supervisor, if any.

        `model` is what the object model works on, `objects` answers for it over the network.
        """
        self.model = model
        self.objects = objects
        self._tell = tell
        self._hall = hall
        self._house = house
        self._gather = gather
        self._connections: dict[str, Connections] = {}
        self._servers: dict[Listener, asyncio.Server] = {}
        self._admissions: dict[str, Seats | SharedSeats] = {}
        house.database.listen(self._hear)  # behind the directory, so the settings are those that hold now
        self._worker = worker
        self.over = asyncio.Event()
        settings = house.directory.settings
        self._tls_of_ports: dict[Listener, ServerTLS] = {}
        self._minimum = ssl.TLSVersion.TLSv1_3 if settings.tls_minimum_version == "1.3" else ssl.TLSVersion.TLSv1_2
        folder = house.config.data / "tls"
        metrics.connections_open.source = lambda: dict(self.count)
        metrics.wal_bytes.source = lambda: {"": house.database.wal_bytes}
        metrics.log_lines_dropped.source = lambda: {"": dropped()}
        self.tls = ServerTLS(
            self.certificates(),
            lookup=lambda name: by_server_name(folder, name),
            minimum=self._minimum,
            authorities=house.config.tls_client_authorities,
            ciphers=self._ciphers,
        )

    async def open(self, listener: Listener, accepting: socket.socket) -> None:
        """Accept connections on a listening socket."""
        settings = self._house.directory.settings
        proxies = Proxies(tuple(map(str, settings.proxy_networks))) if settings.proxy_networks else None
        terms = Terms(
            factory=http(self._house, self) if listener.protocol in {"http", "https"} else factory(self._house, listener),
            connections=self._kind(listener.protocol, settings),
            protocol=listener.protocol,
            tls=None if listener.tls is Encrypted.NEVER else await self._tls_of(listener),
            implicit=listener.tls is Encrypted.IMPLICIT,
            proxies=proxies,
            bounds=_bounds(listener.protocol, settings),
            events=None if listener.protocol in {"http", "https"} else self._house.directory.events,
            welcome=self._welcome(listener.protocol),
        )
        self._servers[listener] = await serve(accepting, terms)

    async def _tls_of(self, listener: Listener) -> ServerTLS:
        """Give the certificate that a listener has of its own, read anew each time that it opens; the server's for one that can't be used."""
        if not listener.certificate:
            return self.tls
        try:
            named = await self._house.directory.records.get(Certificate, listener.certificate)
            files = CertificateFiles(Path(named.certificate_file), Path(named.key_file))
            found = self._tls_of_ports[listener] = ServerTLS(files, minimum=self._minimum, ciphers=self._ciphers)
        except (DirectoryError, ConfigurationError) as error:
            log.error("certificate-unusable", reason=str(error), listener=str(listener))  # noqa: TRY400 - a sentence for a person, no fault of ours
            return self.tls
        return found

    def _ciphers(self) -> str:
        return self._house.directory.settings.ssl_cipher_list

    def _welcome(self, protocol: str) -> Callable[[str], bool] | None:
        """Give what tells whether a client may connect by a protocol at all, as the IP ranges say; HTTP and LMTP are not theirs."""
        bit = next((bit for word, bit in _BITS.items() if protocol.startswith(word)), None)
        if bit is None:
            return None
        rights_of = self._house.directory.rights_of

        def welcome(ip: str) -> bool:
            rights = rights_of(ip)
            return rights is None or bool(rights & bit)

        return welcome

    def _hear(self, news: object) -> None:
        """Follow changed limits of connections."""
        if isinstance(news, SettingChanged):
            settings = self._house.directory.settings
            for kind, admission in self._admissions.items():
                admission.total, admission.each = limits_of(kind, settings)

    def _kind(self, protocol: str, settings: Settings) -> Connections:
        """Give the connections that a protocol is counted with: SMTP, submission and LMTP are one kind."""
        kind = next((kind for kind in ("imap", "pop3", "http") if protocol.startswith(kind)), "smtp")
        if kind not in self._connections:
            total, each = limits_of(kind, settings)
            admission = Seats(total, each) if self._hall is None else SharedSeats(self._hall, kind, total, each)
            self._admissions[kind] = admission
            # Each kind counts for itself, so its number is part of the ids that the log knows sessions by.
            self._connections[kind] = Connections(self._worker * len(Hall.KINDS) + Hall.KINDS.index(kind), admission=admission, clock=time.monotonic)
        return self._connections[kind]

    async def drain(self, seconds: float) -> None:
        """Stop accepting, let sessions end, cut those that do not; whoever waits for something on HTTP is answered now (`over`)."""
        self.over.set()
        self.shut(self.places)
        await asyncio.gather(*(connections.drain(seconds) for connections in self._connections.values()))

    async def rest(self, seconds: float) -> None:
        """Shut the doors of mail, let its sessions end within so many seconds, cut the others; HTTP goes on."""
        self.shut([place for place in self.places if not place.protocol.startswith("http")])
        mail = [self._connections.pop(kind) for kind in tuple(self._connections) if kind != "http"]
        await asyncio.gather(*(connections.drain(seconds) for connections in mail))

    def shut(self, places: Iterable[Listener]) -> None:
        """Stop accepting at some places."""
        for place in places:
            self._servers.pop(place).close()
            self._tls_of_ports.pop(place, None)

    def reload(self) -> None:
        """Read the certificates anew; ConfigurationError when they can't be used, and then the old ones stay."""
        self.tls.reload(self.certificates())
        for tls in self._tls_of_ports.values():
            tls.reload()

    def told_to_reload(self) -> None:
        """Read them anew for a signal: only the log is there to hear that they can't be used."""
        try:
            self.reload()
        except ConfigurationError as error:
            log.error("certificate-unusable", reason=str(error))  # noqa: TRY400 - a sentence for a person, no fault of ours

    def reload_others(self) -> None:
        """Have the other workers read them anew too."""
        if self._tell is not None:
            self._tell({"is": "reload"})

    async def gather(self) -> list[Snapshot]:
        """Give the numbers of all processes of this server, this one's first."""
        database = self._house.database
        waiting = [await database.read(shard, "SELECT count(*) FROM queue") for shard in range(database.shards)]
        metrics.queue_depth.set(sum(rows[0][0] for rows in waiting))
        own = metrics.snapshot()
        metrics.queue_depth.values.clear()  # only who is asked knows it; another worker's older number must not count
        return [own, *(await self._gather() if self._gather else ())]

    @property
    def accepting(self) -> list[asyncio.Server]:
        """The servers behind the open listeners."""
        return list(self._servers.values())

    @property
    def places(self) -> list[Listener]:
        """Where this worker accepts connections."""
        return list(self._servers)

    def certificates(self) -> CertificateFiles:
        """Find the server's certificate."""
        return certificates(self._house.config, self._house.directory.settings)

    @property
    def count(self) -> dict[str, int]:
        """How many connections are open, by kind."""
        return {kind: len(connections) for kind, connections in self._connections.items()}


def limits_of(kind: str, settings: Settings) -> tuple[int, int]:
    """Give how many connections of a kind there may be, in all and of one client address."""
    return getattr(settings, f"max_{kind}_connections"), getattr(settings, f"max_{kind}_connections_per_address")


def _bounds(protocol: str, settings: Settings) -> Bounds:
    if protocol.startswith(("imap", "pop3")):
        return Bounds(idle=settings.login_timeout)
    if protocol.startswith("http"):
        return Bounds(idle=HTTP_IDLE_SECONDS, session=HTTP_STAY_SECONDS)
    return Bounds(idle=settings.smtp_idle_timeout, session=settings.smtp_session_timeout)
