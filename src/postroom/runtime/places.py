"""Where things lie on each platform when nobody says otherwise."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The usual places: what must survive, the logs, the configuration file."""

    data: Path
    logs: Path
    configuration: Path


def places(platform: str = sys.platform, program_data: str = os.environ.get("PROGRAMDATA", "C:\\ProgramData")) -> Places:
    """Tell the usual places of a platform, by Python's name for it."""
    if platform == "win32":
        home = Path(program_data) / "Postroom"
        return Places(home / "data", home / "logs", home / "postroom.toml")
    if platform == "darwin":
        home = Path("/Library/Application Support/Postroom")
        return Places(home / "data", Path("/Library/Logs/Postroom"), home / "postroom.toml")
    return Places(Path("/var/lib/postroom"), Path("/var/log/postroom"), Path("/etc/postroom/postroom.toml"))
