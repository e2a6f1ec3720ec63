"""The configuration: what must be known before the database is open, from postroom.toml and the environment.

A value in the environment wins over the file's, the file's over the default. Everything else is a setting and lives in the database;
a setting in the file's `[settings]` is pinned there. The standard library reads it all (docs/decisions/0006-configuration.md says why).
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from postroom.errors import ConfigurationError
from postroom.network.listener import Encrypted, Listener
from postroom.runtime.places import places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    servers = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(servers, list) or not all(isinstance(server, str) and server for server in servers):
        raise _Wrong('is a list of addresses such as ["127.0.0.1:5354"]')
    return tuple(servers)


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


def _from_environment(environment: Mapping[str, str]) -> tuple[dict[str, Given], list[str]]:
    """Read our variables; an unknown one of ours only warns, since other versions may know it."""
    given: dict[str, Given] = {}
    warnings: list[str] = []
    here = Path.cwd()
    for variable, name in OF_OPENMAILSERVER.items():
        if environment.get(variable):
            given[name] = Given(_database_url(environment[variable], variable) if name == "database" else environment[variable], variable, here)
    for variable, value in environment.items():
        if not variable.startswith(PREFIX) or variable in OTHER_VARIABLES:
            continue
        name = variable.removeprefix(PREFIX).lower().replace("__", ".")
        if name in KEYS or name == "hostname" or name.startswith("settings."):
            given[name] = Given(value, variable, here)
        else:
            warnings.append(f"The environment variable {variable} means nothing to Postroom{_nearest(name)}.")
    return given, warnings


def _database_url(url: str, variable: str) -> str:
    if url.startswith("sqlite"):
        return "sqlite"
    raise ConfigurationError(f"{variable} asks for a database that this version does not support; take it out, mail is kept in the data directory.")


def _from_file(path: Path) -> dict[str, Given]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"The configuration {path} can't be read: {error.strerror or error}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The configuration {path} is not valid TOML: {error}.") from error
    base = path.resolve().parent
    given: dict[str, Given] = {}
    for name, value in _flat(document):
        if name not in KEYS and name not in {"hostname", "listener"} and not name.startswith("settings."):
            raise ConfigurationError(f"{path}{_line(path, name)}: there is no key {name!r}{_nearest(name)}.")
        given[name] = Given(value, f"{path}{_line(path, name)}", base)
    return given


def _flat(document: Mapping[str, Any], prefix: str = "") -> list[tuple[str, object]]:
    """Give the values of a document with their dotted names; `[settings]` may hold dotted names itself."""
    flat: list[tuple[str, object]] = []
    for name, value in document.items():
        if isinstance(value, dict):
            flat += _flat(value, f"{prefix}{name}.")
        else:
            flat.append((prefix + name, value))
    return flat


def _line(path: Path, name: str) -> str:
    """Find the line of a key, for a person to go to; '' when it is not found as such."""
    word = re.compile(rf"\s*(?:\[+\s*)?(?:{re.escape(name)}|{re.escape(name.rpartition('.')[2])})\s*[=\]]")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if word.match(line):
            return f":{number}"
    return ""


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, [*KEYS, "hostname", "listener", "settings"], 1)
    return f": did you mean {near[0]}?" if near else ""


def _read(name: str, found: Given) -> Any:
    try:
        return KEYS[name].metadata["read"](found.value, found.base)
    except _Wrong as wrong:
        raise ConfigurationError(f"{found.place}: {name} {wrong}.") from None


def _listeners(found: Given | None) -> tuple[Listener, ...]:
    if found is None:
        return ()
    if not isinstance(found.value, list) or not all(isinstance(place, dict) for place in found.value):
        raise ConfigurationError(f"{found.place}: listeners are written as [[listener]] tables.")
    return tuple(_listener(place, found) for place in found.value)


def _listener(place: Mapping[str, Any], found: Given) -> Listener:
    unknown = set(place) - {"protocol", "address", "port", "path"}
    if unknown:
        raise ConfigurationError(f"{found.place}: a [[listener]] has protocol, address, port or path, but not {min(unknown)!r}.")
    protocol = place.get("protocol")
    if protocol not in PROTOCOLS:
        raise ConfigurationError(f"{found.place}: the protocol of a [[listener]] is one of {', '.join(PROTOCOLS)}, not {protocol!r}.")
    usual, encrypted = PROTOCOLS[protocol]
    if "path" in place:
        return Listener(protocol, path=str(found.base / str(place["path"])), tls=encrypted)
    port = place.get("port", usual)
    if isinstance(port, bool) or not isinstance(port, int) or not 0 < port < 65536:
        raise ConfigurationError(f"{found.place}: the port of a [[listener]] is a number from 1 to 65535.")
    return Listener(protocol, str(place.get("address", "")), port, tls=encrypted)


def _check_tls(fields: Mapping[str, Any], given: Mapping[str, Given]) -> None:
    if bool(fields.get("tls_certificate")) != bool(fields.get("tls_key")):
        place = (given.get("tls.certificate") or given["tls.key"]).place
        raise ConfigurationError(f"{place}: a certificate needs its key: set both tls.certificate and tls.key, or neither.")


def _with_places(fields: dict[str, Any]) -> dict[str, Any]:
    """Fill in where data and logs lie when nobody said so."""
    usual = places()
    logs = fields["data"] / "logs" if "data" in fields else usual.logs
    return {"data": usual.data, "logs": logs} | fields
