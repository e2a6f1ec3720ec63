"""Where the server is: an address that was given, the one in POSTROOM_CLIENT_URL, or the server of this machine."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

PATH: Final = "/com/v1"
HTTP_PORT: Final = 8787


@dataclass(frozen=True, slots=True)
class Place:
    """An address of the protocol: a UNIX control socket (`socket`), or host, port and path, by TLS or not; `key` is sent as a bearer token."""

    host: str = "127.0.0.1"
    port: int = HTTP_PORT
    path: str = PATH
    tls: bool = False
    socket: str = ""
    key: str = ""

    def __str__(self) -> str:
        return self.socket or f"{'https' if self.tls else 'http'}://{self.host}:{self.port}{self.path}"


def find(url: str = "", key: str = "") -> Place:
    """Find the server: by URL (`http://host:8787`, `https://host`, `unix:/path/control.sock`), by environment, or on this machine."""
    given = url or os.environ.get("POSTROOM_CLIENT_URL", "")
    key = key or os.environ.get("POSTROOM_CLIENT_KEY", "")
    if not given:
        local = next((path for path in local_sockets() if path.exists()), None)
        return Place(socket=str(local)) if local else Place(key=key)
    if given.startswith("unix:"):
        return Place(socket=given.removeprefix("unix:"))
    parts = urlsplit(given if "//" in given else f"//{given}", "http")
    tls = parts.scheme == "https"
    return Place(parts.hostname or "127.0.0.1", parts.port or (443 if tls else HTTP_PORT), parts.path.rstrip("/") or PATH, tls, "", key)


def local_sockets() -> list[Path]:
    """Name the control sockets that a server of this machine or of this user has, the likeliest first."""
    if sys.platform == "win32":
        return []
    own = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "postroom"
    folders = [Path(os.environ["POSTROOM_DATA"])] if os.environ.get("POSTROOM_DATA") else []
    return [folder / "control.sock" for folder in [*folders, Path("/var/lib/postroom"), own]]
