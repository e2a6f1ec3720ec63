"""What the objects of one script process work on: the map of folders, what the administrator allows, and the world outside."""

import getpass
import ipaddress
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import Object
from postroom.scripting.helpers.dnsrecords import asked
from postroom.scripting.helpers.paths import Mount, Paths
from postroom.scripting.helpers.textstream import TextStream
from postroom.scripting.helpers.web import Web

if TYPE_CHECKING:
    from postroom.model.house import House

FOLDERS: Final[Mapping[str, str]] = {
    "Logs": "logs",
    "Temp": "temp",
    "Data": "messages",
    "Bin": "program",
    "Database": "database",
}
"""The server's folders besides Events, as Windows names them and as the model's places do."""
WRITABLE: Final = frozenset({"Data", "Events", "Logs", "Temp"})
"""The server's folders that scripts may write in. Data has copies of messages only: what a script makes of one, RefreshContent and Save take over."""


def _no_names(_name: str, _kind: str) -> Sequence[str]:
    return ()


def _no_mail() -> Object:
    raise VBScriptError(429, detail="CDO.Message")


@dataclass(frozen=True, slots=True)
class Desk:
    """The surroundings of the objects that scripts create.

    `paths` maps Windows' paths; `streams` are standard input, output and error of a stand-alone script, none for event scripts. `may_run` lets
    scripts start programs. `records` asks the DNS for a name's records of a kind (A, TXT ...), as texts, none where there is no such name or no
    answer. `compose` makes a new hMailServer.Message, which CDO.Message writes.
    """

    paths: Paths = field(default_factory=lambda: Paths(()))
    streams: tuple[TextStream, ...] = ()
    web: Web = field(default_factory=Web)
    may_run: bool = False
    records: Callable[[str, str], Sequence[str]] = _no_names
    compose: Callable[[], Object] = _no_mail
    host_name: str = field(default_factory=socket.gethostname)
    user_name: str = "SYSTEM"

    @classmethod
    def of(cls, told: Mapping[str, Any], compose: Callable[[], Object] = _no_mail) -> "Desk":
        """Make the desk of an event script's process of what `facts` tells."""
        networks = tuple(ipaddress.ip_network(network) for network in told["networks"])
        web = Web(networks, told["max_size"], float(told["time"]))
        servers = tuple((address, port) for address, port in told.get("name_servers", ()))
        records = partial(asked, servers=servers)
        return cls(paths_of(told), web=web, may_run=told["may_run"], records=records, compose=compose, host_name=told["host"])

    @classmethod
    def standalone(cls, streams: tuple[TextStream, ...] = ()) -> "Desk":
        """Make the desk of a script that somebody runs: it may do what they may. Drive C: is their machine's root where it has no drives."""
        top = Path.cwd().anchor
        paths = Paths([Mount(top if Path(top).drive else "C:\\", Path(top))])
        paths.current = paths.absolute(paths.to_windows(Path.cwd()))
        everywhere = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0"))
        return cls(paths, streams, Web(everywhere), may_run=True, records=asked, user_name=getpass.getuser())


def facts(house: "House", events: Path) -> dict[str, Any]:
    """Give what a script process is told to make its desk of, as plain values, for `Desk.of`; `events` is the folder of the event scripts."""
    settings, places = house.settings, house.places
    return {
        "root": settings.script_root,
        "folders": {"Events": str(events), **{name: str(getattr(places, place)) for name, place in FOLDERS.items()}},
        "added": [list(pair) for pair in settings.script_folders],
        "may_run": settings.script_run_programs,
        "networks": [str(network) for network in settings.script_http_networks],
        "max_size": settings.script_http_max_size,
        "time": settings.script_http_timeout,
        "host": settings.host_name or socket.gethostname(),
        "locale": settings.scripting.locale,
        "name_servers": [list(server) for server in house.name_servers],
    }


def paths_of(told: Mapping[str, Any]) -> Paths:
    """Make the map of Windows' paths: the server's folders (Events, Logs, Temp, Data ...) by their names, and those that a setting adds."""
    root = told["root"].rstrip("\\")
    mounts = [Mount(f"{root}\\{name}", Path(native), writable=name in WRITABLE) for name, native in told["folders"].items()]
    return Paths([*mounts, *(Mount(windows, Path(native)) for windows, native in told["added"])], root)
