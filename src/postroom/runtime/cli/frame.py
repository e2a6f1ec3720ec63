"""What all commands share: their options, how errors are told, how values that people write are read."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperGroup

from postroom.errors import PostroomError

if TYPE_CHECKING:
    from postroom.runtime.config import Configuration


SERVER, PEOPLE, MAIL, STORE, VERBS = HEADINGS = ("The server", "Who and where", "Mail", "The store", "Commands")
"""The headings under which `postroom --help` lists commands, and the one of a noun's verbs."""


ERRORS_AS_JSON: Final = "errors as JSON"
"""What a command is given as its context's object when its errors are to be JSON documents on stdout."""


class Commands(TyperGroup):
    """A group whose help lists commands under their headings, and whose errors are one sentence on stderr."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; its PostroomError ends it with status 1."""
        try:
            return super().invoke(ctx)
        except (PostroomError, OSError) as error:
            if isinstance(error, BrokenPipeError):  # the reader of our output has seen enough, as in `postroom logs | head`
                sys.stdout = None  # nothing is left to flush
                raise typer.Exit(1) from None
            if ctx.obj == ERRORS_AS_JSON:
                from postroom.runtime.cli import show  # noqa: PLC0415 - it needs this module

                show.document({"status": "error", "detail": _sentence(error)})
            else:
                typer.echo(_sentence(error), err=True)
            raise typer.Exit(1) from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands under their headings, verbs in the order in which they were added."""
        headings: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                heading = getattr(command, "rich_help_panel", None)
                headings.setdefault(heading if isinstance(heading, str) else VERBS, []).append((name, command.get_short_help_str(100)))
        for heading, rows in sorted(headings.items(), key=lambda it: HEADINGS.index(it[0])):
            with formatter.section(heading):
                formatter.write_dl(rows)


def _sentence(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return f"{error.filename or 'The data directory'}: permission denied; run this as the server's user or as root."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    return printable(str(error))


def inherited(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """Take an option that was not given from the command above: `postroom --json account add` is `postroom account add --json`."""
    if not value and ctx.parent is not None and param.name is not None:
        return ctx.parent.params.get(param.name)
    return value


Config = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="The configuration file.", callback=inherited)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.", callback=inherited)]
PasswordStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input, up to the first line end.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask on a terminal whether that is meant.")]


def group(text: str) -> typer.Typer:
    """Make a noun: a group of verbs that without a verb lists what there is."""
    return typer.Typer(help=text, cls=Commands, invoke_without_command=True, rich_markup_mode=None, add_completion=False)


def configuration(file: Path | None) -> "Configuration":
    """Read the configuration that a command works with; raises ConfigurationError."""
    from postroom.runtime.config import load  # noqa: PLC0415 - `--help` needs none

    found = load(file)
    for warning in found.warnings:
        typer.echo(warning, err=True)
    return found


def printable(text: str) -> str:
    """Give text without what a terminal would obey: peers choose many of the values that are shown."""
    return text if text.isprintable() else "".join(character if character.isprintable() else f"\\x{ord(character):02x}" for character in text)


def password(*, from_stdin: bool) -> str | None:
    """Read a new password from standard input, or ask a person twice; None when there is neither."""
    if from_stdin:
        found = sys.stdin.readline().rstrip("\r\n")
        if not found:
            raise typer.BadParameter("There is no password on standard input.", param_hint="--password-stdin")
        return found
    if not sys.stdin.isatty():
        return None
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def sure(question: str, *, yes: bool) -> None:
    """Ask a person on a terminal before something is lost for good; scripts are taken at their word."""
    if not yes and sys.stdin.isatty():
        typer.confirm(question, abort=True, err=True)


@contextmanager
def usage(option: str) -> Iterator[None]:
    """Tell that a value of an option can't be read (wrong usage, exit 2) with the sentence of the reader."""
    try:
        yield
    except PostroomError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def size(option: str, text: str | None) -> int | None:
    """Read a number of bytes as people write it, such as "1 GB"."""
    if text is None:
        return None
    from postroom.directory.kinds import Size  # noqa: PLC0415 - `--help` needs none

    with usage(option):
        return Size().parse(text)


def given(**values: Any) -> dict[str, Any]:
    """Keep the options that were given."""
    return {name: value for name, value in values.items() if value is not None}
