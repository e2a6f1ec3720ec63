"""`postroom logs` and `postroom trace`: what the server wrote down."""

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from postroom.errors import PostroomError
from postroom.runtime.cli import show
from postroom.runtime.cli.frame import AsJson, Config, configuration, printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from postroom.runtime.cli.loglines import Line

Follow = Annotated[bool, typer.Option("--follow", "-f", help="Go on with each line as it is written, until Ctrl-C.")]
Lines = Annotated[int, typer.Option("--lines", "-n", min=0, max=1_000_000, help="How many of the last lines.")]
Session = Annotated[str, typer.Option("--session", metavar="ID", help="Only lines of this session.")]
Address = Annotated[str, typer.Option("--address", metavar="ADDRESS", help="Only lines with this mail or client address.")]
Severity = Annotated[str, typer.Option("--severity", metavar="LEVEL", help="Only this severity and worse: debug, info, warning, error.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="A message's id (as `250 Accepted as` tells it) or a session's.")]


def logs(
    follow: Follow = False,
    lines: Lines = 50,
    session: Session = "",
    address: Address = "",
    severity: Severity = "debug",
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Show the last lines of the log, and with --follow those to come."""
    from postroom.runtime.cli import loglines  # noqa: PLC0415 - `--help` needs none

    if severity not in loglines.SEVERITIES:
        raise typer.BadParameter(f"is one of {', '.join(loglines.SEVERITIES)}.", param_hint="--severity")
    worst = loglines.SEVERITIES.index(severity)

    def wanted(line: "Line") -> bool:
        level = loglines.SEVERITIES.index(line.level) if line.level in loglines.SEVERITIES else worst
        return level >= worst and (not session or line.session == session) and (not address or line.about(address))

    file = configuration(config).logs / "postroom.log"
    if not file.exists():
        raise PostroomError(f"{file} does not exist: this server has not run yet, or logs elsewhere (key `logs` of its configuration).")
    _print(deque(filter(wanted, loglines.read(file)), maxlen=lines), as_json=as_json and not follow, by_line=as_json)
    if follow:
        with suppress(KeyboardInterrupt):
            for line in filter(wanted, loglines.followed(file)):
                _print([line], by_line=as_json)


def trace(number: Id, config: Config = None, as_json: AsJson = False) -> None:
    """Tell a message's whole story.

    Prints all lines of the log that name the message or session, and those of the sessions it came in by.
    """
    from postroom.runtime.cli import loglines  # noqa: PLC0415 - `--help` needs none

    folder: Path = configuration(config).logs
    sessions: set[tuple[str, str]] = set()
    found: list[Line] = []
    for file in loglines.files(folder):
        sessions |= {line.place for line in loglines.read(file) if line.about(number) and line.session}
    for file in loglines.files(folder):
        found += [line for line in loglines.read(file) if line.about(number) or line.place in sessions]
    if not found:
        raise PostroomError(f"No line in {folder} names {number}.")
    _print(found, as_json=as_json)


def _print(lines: "Iterable[Line]", *, as_json: bool = False, by_line: bool = False) -> None:
    if as_json:
        show.document([_document(line) for line in lines])
        return
    for line in lines:
        if by_line:
            show.line(_document(line))
        else:
            typer.echo("\n".join(printable(text) for text in line.text.split("\n")))


def _document(line: "Line") -> dict[str, object]:
    return {"level": line.level, "session": line.session, "event": line.event, **line.facts}
