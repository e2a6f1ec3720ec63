"""The table of all commands, grouped as `postroom --help` shows them."""

from typing import Annotated

import typer

from postroom.runtime.cli import dev
from postroom.runtime.cli.frame import AsJson, Commands, Config

app = typer.Typer(
    name="postroom",
    help="A complete mail server. `postroom dev` starts one to play with, `postroom COMMAND --help` tells more.",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - only asked for now and then

        typer.echo(f"postroom {version('postroom')}")
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_version)]


@app.callback()
def root(config: Config = None, as_json: AsJson = False, version: Version = False) -> None:
    """Take the options that hold for the command that follows."""


SERVER, PEOPLE, MAIL, STORE = "The server", "Who and where", "Mail", "The store"

app.command(rich_help_panel=SERVER)(dev.dev)
