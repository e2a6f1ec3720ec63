"""What the objects of one script process work on: the map of folders, what the administrator allows, and the world outside."""

import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import Object
from postroom.scripting.helpers.paths import Mount, Paths
from postroom.scripting.helpers.textstream import TextStream
from postroom.scripting.helpers.web import Web

if TYPE_CHECKING:
    from postroom.directory.settings import Settings

WRITABLE: Final = frozenset({"Events", "Logs", "Temp", "Addons"})
"""The server's folders that scripts may write in: what lies in the others is the server's own, and a stray write could lose mail."""


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


def paths_of(settings: "Settings", folders: Mapping[str, Path]) -> Paths:
    """Make the map of Windows paths: the server's folders (Events, Logs, Temp, Data ...) by their names, and those that the settings add."""
    root = settings.script_root.rstrip("\\")
    mounts = [Mount(f"{root}\\{name}", native, writable=name in WRITABLE) for name, native in folders.items()]
    return Paths([*mounts, *(Mount(windows, Path(native)) for windows, native in settings.script_folders)], root)


def web_of(settings: "Settings") -> Web:
    """Make the rules for HTTP requests."""
    return Web(settings.script_http_networks, settings.script_http_max_size, float(settings.script_http_timeout))
