"""What the objects of one script process work on: the map of folders, what the administrator allows, and the world outside."""

from dataclasses import dataclass, field

from postroom.scripting.helpers.paths import Paths
from postroom.scripting.helpers.textstream import TextStream


@dataclass(frozen=True, slots=True)
class Desk:
    """The surroundings of the objects that scripts create.

    `paths` maps Windows' paths; `streams` are standard input, output and error of a stand-alone script, none for event scripts.
    """

    paths: Paths = field(default_factory=lambda: Paths(()))
    streams: tuple[TextStream, ...] = ()
