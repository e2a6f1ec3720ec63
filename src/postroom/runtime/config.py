"""The configuration: what must be known before the database is open, from postroom.toml and the environment.

A value in the environment wins over the file's, the file's over the default. Everything else is a setting and lives in the database;
a setting in the file's `[settings]` is pinned there. The standard library reads it all (docs/decisions/0006-configuration.md says why).
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from postroom.errors import ConfigurationError
from postroom.network.listener import Encrypted, Listener
from postroom.operations.inifile import IniFile
from postroom.runtime.places import places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PREFIX: Final = "POSTROOM_"
OTHER_VARIABLES: Final = frozenset({"POSTROOM_CONFIG", "POSTROOM_PORTABLE", "POSTROOM_CLIENT_URL", "POSTROOM_CLIENT_KEY", "POSTROOM_COM"})
LISTENER: Final = "listener"
PINS: Final = "settings."

# The words for what a listener speaks, with their usual ports.
PORTS: Final = {
    "smtp": 25,
    "submission": 587,
    "submissions": 465,
    "lmtp": 24,
    "imap": 143,
    "imaps": 993,
    "pop3": 110,
    "pop3s": 995,
    "http": 8787,
    "https": 8443,
}
IMPLICIT: Final = frozenset({"submissions", "imaps", "pop3s", "https"})

_HEADER: Final = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]")
_LISTENER: Final = re.compile(r"(?P<protocol>\w+)\s+(?:(?P<path>/.+)|\[?(?P<address>[0-9A-Fa-f.:]*?)\]?:(?P<port>[0-9]{1,5}))")

# Names that users of Open Mailserver have in their environment -> ours. A name of ours wins over them.
OPENMAILSERVER: Final = "OPENMAILSERVER_"
OF_OPENMAILSERVER: Final = {
    "DATA_DIR": "data",
    "LOG_DIR": "logs",
    "DATABASE_URL": "database",
    "CANONICAL_HOSTNAME": "hostname",
    "PRIMARY_DOMAIN": "settings.default_domain",
    "ADMIN_API_KEY": "admin_key",
    "PUBLIC_IP": "settings.public_addresses",
    "BACKUP_ENCRYPTION_KEY": "backup.passphrase",
    "HOST": "http.address",
    "PORT": "http.port",
    "API_BIND": "http.bind",
    "API_KEY_HEADER": "settings.api_key_header",
    "DEBUG_API_ENABLED": "settings.debug_api",
    "MAX_SENDS_PER_HOUR": "settings.api_max_sends_per_hour",
    "MAX_MESSAGES_PER_MAILBOX": "settings.max_messages_per_mailbox",
    "MAX_ATTACHMENT_BYTES": "settings.api_max_attachment_size",
}


class _Wrong(Exception):
    """A value can't be used; the text goes on after the key's name, and is made a sentence where the place is known."""


def _text(value: object, _base: Path) -> str:
    if not isinstance(value, str):
        raise _Wrong("is text in quotation marks")
    return value


def _path(value: object, base: Path) -> Path:
    return base / Path(_text(value, base)).expanduser()


def _number(value: object, least: int, most: int, what: str = "number") -> int:
    if isinstance(value, bool) or not re.fullmatch(rf"[0-9]{{1,{len(str(most))}}}", str(value)) or not least <= int(str(value)) <= most:
        raise _Wrong(f"is a {what} from {least} to {most}")
    return int(str(value))


def _workers(value: object, _base: Path) -> int:
    return _number(value, 0, 256)


def _shards(value: object, _base: Path) -> int:
    return _number(value, 0, 16)


def _database(value: object, base: Path) -> str:
    if not _text(value, base).startswith("sqlite"):  # Open Mailserver writes sqlite:///path
        raise _Wrong('is "sqlite": this version keeps its database in the data directory and knows no other engine')
    return "sqlite"


def _blobs(value: object, base: Path) -> str:
    if _text(value, base) != "files":
        raise _Wrong('is "files": this version keeps large bodies in the data directory and knows no other place')
    return "files"


def _servers(value: object, _base: Path) -> tuple[str, ...]:
    servers = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(servers, list) or not all(isinstance(server, str) and server for server in servers):
        raise _Wrong('is a list of addresses such as ["127.0.0.1:5354"]')
    return tuple(servers)


def _address(value: object, base: Path) -> str:
    try:
        return _ip(_text(value, base))
    except _Wrong:
        raise _Wrong('is an IP address such as "127.0.0.1" or "::"') from None


def _port(value: object, _base: Path) -> int:
    return _number(value, 1, 65535, "port")


def _bind(value: object, base: Path) -> tuple[str, int]:
    """Read an address, a port, or both as `127.0.0.1:8787`; what is not said is '' or 0."""
    text = _text(value, base)
    if re.fullmatch(r":?[0-9]{1,5}", text):
        return "", _port(text.removeprefix(":"), base)
    match = re.fullmatch(r"\[?([0-9A-Fa-f.:]*?)\]?(?::([0-9]{1,5}))?", text) if "." in text or "[" in text else re.fullmatch(r"(.+)()", text)
    if match is None:
        raise _Wrong('is an address, a port or both, such as "127.0.0.1:8787"')
    return _address(match[1], base), _port(match[2], base) if match[2] else 0


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the file: how its value is read (relative paths from the second argument on), and its meaning in a sentence."""

    read: Callable[[object, Path], Any]
    text: str


KEYS: Final = {
    "hostname": Key(_text, "The server's name in greetings. Default: the machine's fully qualified name."),
    "data": Key(_path, "Everything that must survive. Default: the platform's place, /var/lib/postroom on Linux."),
    "logs": Key(_path, "The log files. Default: the platform's place; with a data directory of your own, `logs` in it."),
    "workers": Key(_workers, "Processes that serve connections; 0, the default: one a core. Windows and macOS use one."),
    "shards": Key(_shards, "Databases that a new data directory parts its mail into; 0, the default: one for two cores. Fixed from then on."),
    "database": Key(_database, 'The database engine: "sqlite".'),
    "blobs": Key(_blobs, 'Where large bodies rest: "files".'),
    "user": Key(_text, "The user that the server becomes after binding its ports, when started as root."),
    "admin_key": Key(_text, "The administrator's key for the HTTP API; made and printed once when absent."),
    "admin_password": Key(_text, "The password of the object model's Administrator, unless the database has one."),
    "dns.servers": Key(_servers, "DNS servers, as address or address:port. Default: the system's."),
    "backup.folder": Key(_path, "Where backups are made and looked for. Default: `backup` in the data directory; better another disk."),
    "backup.key": Key(_path, "The age key file of the backups. Default: `backup.key` in the data directory, made by the first backup."),
    "backup.passphrase": Key(_text, "A passphrase for the backups, instead of a key file."),
    "http.address": Key(_address, "The address that HTTP listens on, instead of the one in the database."),
    "http.port": Key(_port, "The port that HTTP listens on, instead of the one in the database."),
    "http.bind": Key(_bind, "Both, or one of them, as `127.0.0.1:8787`; wins over the two."),
    "hmailserver.home": Key(
        _path, "A folder laid out as hMailServer's: its defaults, its separator, its folders. Data then lies in `Database` in it."
    ),
    "tls.certificate": Key(_path, "The certificate chain, PEM. Default: a self-signed one, made at first start and renewed."),
    "tls.key": Key(_path, "The certificate's private key, PEM."),
    "tls.client_authorities": Key(_path, "Authorities (PEM) whose client certificates log in the address that they are for, by SASL EXTERNAL."),
}
"""The keys of the file by their dotted names, beside [[listener]] and [settings]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What must be known before the database is open, as KEYS tells it.

    `pins` are settings that `pinned_by` (the file, or the environment) fixes; `hostname` pins host_name. `file` is the file that was read, if any.
    """

    data: Path
    logs: Path
    workers: int = 0
    shards: int = 0
    database: str = "sqlite"
    blobs: str = "files"
    user: str = ""
    admin_key: str = field(default="", repr=False)
    admin_password: str = field(default="", repr=False)
    dns_servers: tuple[str, ...] = ()
    backup_folder: Path | None = None
    backup_key: Path | None = None
    backup_passphrase: str = field(default="", repr=False)
    http_address: str = ""
    http_port: int = 0
    http_bind: tuple[str, int] = ("", 0)
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    tls_client_authorities: Path | None = None
    hmailserver_home: Path | None = None
    file: Path | None = None
    listeners: tuple[Listener, ...] = ()
    pins: Mapping[str, object] = field(default_factory=dict)
    pinned_by: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """A value that somebody gave: what, where (for sentences), and what relative paths begin from."""

    value: object
    place: str
    base: Path


def load(file: Path | str | None = None, environment: Mapping[str, str] = os.environ) -> Configuration:
    """Read the configuration. Without `file` POSTROOM_CONFIG names it, else the platform's place is looked at; a named file must exist.

    Raises ConfigurationError with a sentence that names the file and line, or the variable, and what would do.
    """
    named = file or environment.get("POSTROOM_CONFIG")
    path = Path(named) if named else places().configuration
    given, warnings = _from_environment(environment)
    in_file = _from_file(path) if named or path.exists() else {}
    given = in_file | given
    listeners = _listeners(given.pop(LISTENER)) if LISTENER in given else ()
    pins = {name.removeprefix(PINS): found.value for name, found in given.items() if name.startswith(PINS)}
    values = {name: _read(name, found) for name, found in given.items() if name in KEYS}
    if "hostname" in values:
        pins["host_name"] = values.pop("hostname")
    pinned_by, file_read = (str(path), path) if in_file else ("the environment", None)
    return _configuration(values, listeners=listeners, pins=pins, pinned_by=pinned_by, file=file_read, warnings=tuple(warnings))


def shown(config: Configuration) -> dict[str, Any]:
    """Give a configuration for people to see, as plain values: what is secret is only said to be there."""
    told: dict[str, Any] = {}
    for kept in fields(config):
        value = getattr(config, kept.name)
        if not kept.repr:
            told[kept.name] = "(set)" if value else ""
        elif kept.name not in {"listeners", "pins", "warnings"}:
            told[kept.name] = str(value) if isinstance(value, Path) else list(value) if isinstance(value, tuple) else value
    return told


def _configuration(values: dict[str, Any], **rest: Any) -> Configuration:
    """Put the values in their places; raises ConfigurationError for half a certificate."""
    if ("tls.certificate" in values) != ("tls.key" in values):
        raise ConfigurationError("The configuration names only one of tls.certificate and tls.key: name both, or neither for a self-signed one.")
    usual = places()
    if home := values.get("hmailserver.home"):
        folders = IniFile(home).folders()
        values.setdefault("data", folders["database"])
        values.setdefault("logs", folders["logs"])
    data = values.setdefault("data", usual.data)
    values.setdefault("logs", usual.logs if data == usual.data else data / "logs")
    return Configuration(**{name.replace(".", "_"): value for name, value in values.items()}, **rest)


def _read(name: str, found: _Given) -> Any:
    try:
        return KEYS[name].read(found.value, found.base)
    except _Wrong as wrong:
        raise ConfigurationError(f"{found.place}: {name} {wrong}, not {str(found.value)[:60]!r}.") from None


def _from_environment(environment: Mapping[str, str]) -> tuple[dict[str, _Given], list[str]]:
    """Gather the values of POSTROOM_* and OPENMAILSERVER_* variables, and warnings about those that nothing reads."""
    given: dict[str, _Given] = {}
    warnings = []
    for variable, value in sorted(environment.items()):  # OPENMAILSERVER_* first, so that POSTROOM_* wins
        if not value:  # compose files pass on empty what nobody set
            continue
        if variable.startswith(OPENMAILSERVER):
            name = OF_OPENMAILSERVER.get(variable.removeprefix(OPENMAILSERVER), "")
        elif variable.startswith(PREFIX) and variable not in OTHER_VARIABLES:
            name = variable.removeprefix(PREFIX).lower().replace("__", ".")
        else:
            continue
        if name in KEYS or name == LISTENER or name.startswith(PINS):
            given[name] = _Given(value, f"The variable {variable}", Path.cwd())
        else:
            warnings.append(f"Nothing reads the variable {variable}{_nearest(name)}")
    return given, warnings


def _from_file(path: Path) -> dict[str, _Given]:
    """Gather the values of a file by their dotted names; raises ConfigurationError for what no key is."""
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except OSError as error:
        raise ConfigurationError(f"The configuration file {path} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The configuration file {path} is not TOML: {error}.") from error
    given = {}
    for name, value in _flat(tables):
        place = f"{path}{_line(text, name)}"
        if name not in KEYS and name != LISTENER and not name.startswith(PINS):
            raise ConfigurationError(f"{place}: there is no key {name}{_nearest(name)}")
        given[name] = _Given(value, place, path.resolve().parent)
    return given


def _flat(tables: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Give the values with their dotted names; a setting's own name may have dots too."""
    for name, value in tables.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", found) for inner, found in _flat(value))
        else:
            yield name, value


def _line(text: str, name: str) -> str:
    """Say in which line a key stands, as `:7`; nothing for one written in an unusual way."""
    table, _, last = name.rpartition(".")
    here = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            here = header[1]
            if here == name:
                return f":{number}"
        elif here == table and re.match(rf"\s*{re.escape(last)}\s*=", line):
            return f":{number}"
    return ""


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name[:100], [*KEYS, LISTENER], 1, 0.5)
    return f": did you mean {near[0]}?" if near else "."


def _listeners(found: _Given) -> tuple[Listener, ...]:
    """Read [[listener]], or a variable of words such as `smtp 127.0.0.1:2525, lmtp /run/lmtp.sock`."""
    try:
        tables = [_in_words(words) for words in found.value.split(",")] if isinstance(found.value, str) else found.value
        if not isinstance(tables, list):
            raise _Wrong("is written as [[listener]] with protocol and address, port or path")
        return tuple(_listener(table, found.base) for table in tables)
    except _Wrong as wrong:
        raise ConfigurationError(f"{found.place}: a listener {wrong}.") from None


def _in_words(words: str) -> dict[str, object]:
    match = _LISTENER.fullmatch(words.strip())
    if match is None:
        raise _Wrong(f'is written as "smtp 127.0.0.1:2525" or "lmtp /run/lmtp.sock", not {words.strip()[:60]!r}')
    return {name: int(value) if name == "port" else value for name, value in match.groupdict().items() if value}


def _listener(table: object, base: Path) -> Listener:
    if not isinstance(table, dict) or not table.keys() <= {"protocol", "address", "port", "path"}:
        raise _Wrong("has protocol and address, port or path, and nothing else")
    protocol, address, path = table.get("protocol"), table.get("address", ""), table.get("path", "")
    if protocol not in PORTS:
        raise _Wrong(f"has as protocol one of {', '.join(PORTS)}, not {str(protocol)[:60]!r}")
    port = table.get("port", 0 if path else PORTS[protocol])
    if isinstance(port, bool) or not isinstance(port, int) or not 0 <= port <= 65535:
        raise _Wrong(f"has a port from 0 to 65535, not {str(port)[:60]!r}")
    if path and (address or "port" in table):
        raise _Wrong("has either address and port or a path")
    if path:
        return Listener(protocol, path=str(_path(path, base)), tls=encrypted(protocol))
    return Listener(protocol, _ip(address), port, tls=encrypted(protocol))


def _ip(address: object) -> str:
    try:
        return str(ipaddress.ip_address(str(address or "0.0.0.0")))  # noqa: S104 - a mail server is there for everybody
    except ValueError:
        raise _Wrong(f'has an IP address such as "127.0.0.1" or "::", not {str(address)[:60]!r}') from None


def encrypted(protocol: str, *, never: bool = False) -> Encrypted:
    """Tell when connections of a protocol are encrypted, by its word; `never`: the administrator wants no STARTTLS."""
    if protocol in IMPLICIT:
        return Encrypted.IMPLICIT
    return Encrypted.NEVER if never or protocol in {"lmtp", "http"} else Encrypted.STARTTLS
