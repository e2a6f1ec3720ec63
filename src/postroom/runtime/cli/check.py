"""`postroom check`: proves the store."""

from typing import Annotated

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config

Repair = Annotated[bool, typer.Option("--repair", help="Mend what can be mended; no message is ever removed.")]


def check(repair: Repair = False, config: Config = None, as_json: AsJson = False) -> None:
    """Prove that the store is sound.

    Every body must be readable and unchanged, every row reachable, every counter right. Exit status 1 when something is wrong that was not repaired.
    """
    found = ask(config, "store.check", repair=repair)
    left = [item for item in found if not item["repaired"]]
    if as_json:
        show.document({"findings": found, "sound": not left})
    elif found:
        rows = ((_shard(item["shard"]), item["finding"], show.yes(item["repaired"])) for item in found)
        show.table(("Database", "Finding", "Repaired"), rows)
        if left and not repair:
            typer.echo("`postroom check --repair` mends what can be mended.")
    else:
        typer.echo("The store is sound.")
    if left:
        raise typer.Exit(1)


def _shard(number: int) -> str:
    return "control" if number < 0 else f"mail-{number:02}"
