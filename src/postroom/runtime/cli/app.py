"""The table of all commands, grouped as `postroom --help` shows them."""

from collections.abc import Callable
from typing import Annotated

import typer

from postroom.runtime.cli.account import account
from postroom.runtime.cli.alias import alias
from postroom.runtime.cli.backup import backup
from postroom.runtime.cli.ban import ban
from postroom.runtime.cli.check import check
from postroom.runtime.cli.cscript import cscript
from postroom.runtime.cli.dev import dev
from postroom.runtime.cli.doctor import doctor, preflight
from postroom.runtime.cli.domain import domain
from postroom.runtime.cli.frame import MAIL, PEOPLE, SERVER, STORE, AsJson, Commands, Config
from postroom.runtime.cli.init import init
from postroom.runtime.cli.key import key
from postroom.runtime.cli.listener import listener
from postroom.runtime.cli.lists import lists
from postroom.runtime.cli.logs import logs, trace
from postroom.runtime.cli.plan_dns import plan_dns
from postroom.runtime.cli.queue import queue
from postroom.runtime.cli.receive import receive
from postroom.runtime.cli.restore import restore
from postroom.runtime.cli.route import route
from postroom.runtime.cli.script import script
from postroom.runtime.cli.send import send
from postroom.runtime.cli.server import pause, reload, resume, serve, status
from postroom.runtime.cli.settings import settings
from postroom.runtime.cli.smoke_test import smoke_test

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


OF_SERVER: tuple[Callable[..., None], ...] = (serve, dev, init, status, reload, pause, resume, logs, preflight, plan_dns, doctor, smoke_test)
OF_MAIL: tuple[Callable[..., None], ...] = (send, receive, trace)

for command in OF_SERVER:
    app.command(rich_help_panel=SERVER)(command)
for name, noun in (
    ("domain", domain),
    ("account", account),
    ("alias", alias),
    ("list", lists),
    ("key", key),
    ("listener", listener),
    ("settings", settings),
    ("ban", ban),
):
    app.add_typer(noun, name=name, rich_help_panel=PEOPLE)
app.command(rich_help_panel=SERVER, context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})(cscript)
app.add_typer(script, name="script", rich_help_panel=SERVER)
app.add_typer(queue, name="queue", rich_help_panel=MAIL)
app.add_typer(route, name="route", rich_help_panel=MAIL)
for command in OF_MAIL:
    app.command(rich_help_panel=MAIL)(command)
app.command(rich_help_panel=STORE)(check)
app.add_typer(backup, name="backup", rich_help_panel=STORE)
app.command(rich_help_panel=STORE)(restore)
