"""What the objects of one script process work on: the map of folders, what the administrator allows, and the world outside."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.values import Object
from postroom.scripting.helpers.paths import Paths
from postroom.scripting.helpers.textstream import TextStream
from postroom.scripting.helpers.web import Web


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
