"""The configuration: what must be known before the database is open, from postroom.toml and the environment.

A value in the environment wins over the file's, the file's over the default. Everything else is a setting and lives in the database;
a setting in the file's `[settings]` is pinned there. The standard library reads it all (docs/decisions/0003-configuration.md says why).
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from postroom.network.listener import Encrypted, Listener
from postroom.runtime.places import places

PREFIX: Final = "POSTROOM_"
OTHER_VARIABLES: Final = frozenset(
    {"POSTROOM_CONFIG", "POSTROOM_PORTABLE", "POSTROOM_CLIENT_URL", "POSTROOM_CLIENT_KEY", "POSTROOM_COM"}
)

# Protocol of a listener -> its usual port and when it is encrypted.
PROTOCOLS: Final = {
    "smtp": (25, Encrypted.STARTTLS),
    "submission": (587, Encrypted.STARTTLS),
    "submissions": (465, Encrypted.IMPLICIT),
    "lmtp": (24, Encrypted.STARTTLS),
    "imap": (143, Encrypted.STARTTLS),
    "imaps": (993, Encrypted.IMPLICIT),
    "pop3": (110, Encrypted.STARTTLS),
    "pop3s": (995, Encrypted.IMPLICIT),
    "http": (8787, Encrypted.NEVER),
    "https": (8443, Encrypted.IMPLICIT),
}

# Names that users of Open Mailserver have in their environment -> ours. A name of ours wins over them.
OF_OPENMAILSERVER: Final = {
    "OPENMAILSERVER_DATA_DIR": "data",
    "OPENMAILSERVER_LOG_DIR": "logs",
    "OPENMAILSERVER_DATABASE_URL": "database",
    "OPENMAILSERVER_CANONICAL_HOSTNAME": "hostname",
    "OPENMAILSERVER_PRIMARY_DOMAIN": "settings.default_domain",
    "OPENMAILSERVER_ADMIN_API_KEY": "admin_key",
}


class _Wrong(Exception):
    """A value can't be used; the text goes on after the key's name."""


def _text(value: object, _base: Path) -> str:
    if not isinstance(value, str):
        raise _Wrong("is text in quotation marks")
    return value


def _path(value: object, base: Path) -> Path:
    return base / Path(_text(value, base)).expanduser()


def _workers(value: object, _base: Path) -> int:
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,3}", str(value)) or int(str(value)) > 256:
        raise _Wrong("is a number from 0 to 256")
    return int(str(value))


def _database(value: object, base: Path) -> str:
    if _text(value, base) != "sqlite":
        raise _Wrong('is "sqlite": this version keeps its database in the data directory and knows no other engine')
    return "sqlite"


def _blobs(value: object, base: Path) -> str:
    if _text(value, base) != "files":
        raise _Wrong('is "files": this version keeps large bodies in the data directory and knows no other place')
    return "files"


def _servers(value: object, _base: Path) -> tuple[str, ...]:
    servers = tuple(value.replace(",", " ").split()) if isinstance(value, str) else tuple(value) if isinstance(value, list) else (value,)
    if not all(isinstance(server, str) and server for server in servers):
        raise _Wrong('is a list of addresses such as ["127.0.0.1:5354"]')
    return servers


def key(name: str, read: Callable[[object, Path], Any], default: Any, text: str, *, secret: bool = False) -> Any:
    """Declare a field of the configuration: its key in the file, how its value is read, its default and its meaning in a sentence."""
    return dataclasses.field(default=default, repr=not secret, metadata={"name": name, "read": read, "text": text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What must be known before the database is open. Paths are absolute or relative to the working directory."""

    data: Path = key("data", _path, None, "Everything that must survive. Default: the platform's place, /var/lib/postroom on Linux.")
    logs: Path = key("logs", _path, None, "The log files. Default: the platform's place, or `logs` in a data directory of your own.")
    workers: int = key("workers", _workers, 0, "Processes that serve connections; 0: one a core. Windows and macOS use one.")
    database: str = key("database", _database, "sqlite", 'The database engine: "sqlite".')
    blobs: str = key("blobs", _blobs, "files", 'Where large bodies rest: "files".')
    user: str = key("user", _text, "", "The user the server becomes after binding its ports, when started as root.")
    admin_key: str = key("admin_key", _text, "", "The administrator's key for the HTTP API; made and printed once when absent.", secret=True)
    admin_password: str = key("admin_password", _text, "", "The password of Administrator, unless the database has one.", secret=True)
    dns_servers: tuple[str, ...] = key("dns.servers", _servers, (), "DNS servers, as address or address:port. Default: the system's.")
    tls_certificate: Path | None = key("tls.certificate", _path, None, "The certificate chain, PEM. Default: a self-signed one, renewed.")
    tls_key: Path | None = key("tls.key", _path, None, "The certificate's private key, PEM.")
    listeners: tuple[Listener, ...] = ()
    pins: Mapping[str, object] = dataclasses.field(default_factory=dict)
    pinned_by: str = ""
    warnings: tuple[str, ...] = ()


KEYS: Final[Mapping[str, dataclasses.Field[Any]]] = {
    field.metadata["name"]: field for field in dataclasses.fields(Configuration) if "name" in field.metadata
}
"""The keys of the file by their dotted names, beside `hostname` (which pins the setting host_name), [[listener]] and [settings]."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value that somebody gave: what, where (for sentences), and what relative paths in it begin from."""

    value: object
    place: str
    base: Path


def load(file: Path | None = None, environment: Mapping[str, str] = os.environ) -> Configuration:
    """Read the configuration. Without `file` (which must exist) POSTROOM_CONFIG names it, else the platform's place is looked at.

    Raises ConfigurationError with a sentence that names the file and line, or the variable, and what would do.
    """
    named = file or (Path(environment["POSTROOM_CONFIG"]) if environment.get("POSTROOM_CONFIG") else None)
    path = named or places().configuration
    given, warnings = _from_environment(environment)
    if named or path.exists():
        given = _from_file(path) | given
        pinned_by = str(path)
    else:
        pinned_by = "the environment"
    fields = {KEYS[name].name: _read(name, found) for name, found in given.items() if name in KEYS}
    listeners = _listeners(given.pop("listener", None))
    pins = {name.removeprefix("settings."): found.value for name, found in given.items() if name.startswith("settings.")}
    if "hostname" in given:
        pins["host_name"] = given["hostname"].value
    _check_tls(fields, given)
    return Configuration(**_with_places(fields), listeners=listeners, pins=pins, pinned_by=pinned_by, warnings=tuple(warnings))
