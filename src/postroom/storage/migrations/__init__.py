"""The schema: numbered SQL files for each kind of database, applied in order, forward only; a fresh database runs them all at once."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from postroom.errors import ConfigurationError

if TYPE_CHECKING:
    import apsw


def steps(kind: str) -> list[tuple[int, str]]:
    """Return (version, SQL) for each step of 'control' or 'mail', in order."""
    folder = resources.files(__package__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith(kind + "-") and entry.name.endswith(".sql"))
    return [(int(name[len(kind) + 1 : -4]), (folder / name).read_text(encoding="utf-8")) for name in names]


def newest(kind: str) -> int:
    """Tell the newest version of a schema."""
    return steps(kind)[-1][0]


def migrate(connection: apsw.Connection, kind: str, upto: int | None = None) -> int:
    """Bring a database up to date (or to a version) in one transaction and return its version; refuses one that a newer Postroom has written."""
    version = int(str(connection.pragma("user_version")))
    todo = [step for step in steps(kind) if upto is None or step[0] <= upto]
    last = todo[-1][0]
    if version > last:
        raise ConfigurationError(f"{connection.filename} was written by a newer Postroom (schema {version}, this one knows {last}): upgrade")
    if version == last:
        return version
    with connection:
        for number, sql in todo:
            if number > version:
                connection.execute(sql)
        connection.execute(f"PRAGMA user_version={last}")
    return last
