"""How answers are shown: tables for people, one JSON document for programs; sizes and times in words."""

import json
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import typer

from postroom.runtime.cli.frame import printable

PIPE_WIDTH: Final = 250
"""Columns of a table that no terminal bounds."""

_UNITS: Final = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def document(value: Any) -> None:
    """Print one JSON document."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], nothing: str = "There is none.") -> None:
    """Print a table, or a sentence when it has no row. A column whose name ends with `#` holds numbers."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - rich costs 50 ms, and only tables need it
    from rich.console import Console  # noqa: PLC0415 - likewise
    from rich.table import Table  # noqa: PLC0415 - likewise
    from rich.text import Text  # noqa: PLC0415 - likewise

    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        shown.add_column(column.rstrip("#"), justify="right" if column.endswith("#") else "left", overflow="fold")
    for row in rows:
        shown.add_row(*(Text(printable(str(value))) for value in row))
    if shown.row_count:
        Console(file=sys.stdout, width=None if sys.stdout.isatty() else PIPE_WIDTH, highlight=False).print(shown)
    else:
        typer.echo(nothing)


def facts(values: Mapping[str, object]) -> None:
    """Print names and values below each other."""
    width = max(map(len, values), default=0)
    for name, value in values.items():
        typer.echo(f"{name.replace('_', ' '):<{width}}  {printable(str(value))}")


def octets(number: int) -> str:
    """Tell a number of bytes as people read it: 1.5 MB (powers of 1024)."""
    amount, units = float(number), ["bytes", "KB", "MB", "GB", "TB"]
    while amount >= 1024 and len(units) > 1:
        amount /= 1024
        del units[0]
    return f"{amount:.0f} {units[0]}" if units[0] == "bytes" or amount >= 100 else f"{amount:.1f} {units[0]}"


def limit(number: int) -> str:
    """Tell a limit in bytes, where 0 is none."""
    return octets(number) if number else "-"


def yes(value: object) -> str:
    """Tell yes or no."""
    return "yes" if value else "no"


def moment(microseconds: int) -> str:
    """Tell a time in UTC, to the second."""
    return datetime.fromtimestamp(microseconds / 1e6, UTC).strftime("%Y-%m-%d %H:%M:%S")


def until(microseconds: int, now: float | None = None) -> str:
    """Tell how far a time lies away: `in 12 minutes`, `now`, `3 hours ago`."""
    seconds = round(microseconds / 1e6 - (time.time() if now is None else now))
    for length, unit in _UNITS:
        count = abs(seconds) // length
        if count:
            words = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"in {words}" if seconds > 0 else f"{words} ago"
    return "now"


def done(found: Any, sentence: str, *, as_json: bool) -> None:
    """Tell that a change is made: a sentence for people, what the thing is like now as JSON."""
    if as_json:
        document(found)
    else:
        typer.echo(sentence)


def line(value: Any) -> None:
    """Print one JSON document in one line, for programs that read while we run."""
    typer.echo(json.dumps(value, ensure_ascii=False))
    sys.stdout.flush()
