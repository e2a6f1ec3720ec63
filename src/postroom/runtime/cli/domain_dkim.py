"""`postroom domain dkim`: the keys that sign a domain's mail."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, group

dkim = group("The keys that sign its mail (DKIM).")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The domain, such as example.com.")]
Selector = Annotated[str, typer.Argument(metavar="SELECTOR", help="The key's selector.")]
Force = Annotated[bool, typer.Option("--force", help="Do so though the records are not published.")]


@dkim.callback()
def keys(context: typer.Context, config: Config = None, as_json: AsJson = False) -> None:
    """List the keys of all domains, or do what the verb says."""
    if context.invoked_subcommand is None:
        _tell(ask(config, "dkim.list"), as_json=as_json)


@dkim.command("show")
def show_(name: Name, config: Config = None, as_json: AsJson = False) -> None:
    """Show the keys of a domain with the records that publish them."""
    found = ask(config, "dkim.list", name=name)
    if as_json:
        show.document(found)
        return
    show.table(
        ("Selector", "Algorithm", "State", "Made (UTC)"), ((it["selector"], it["algorithm"], it["state"], show.moment(it["created"])) for it in found)
    )
    _records(it for it in found if it["state"] != "retired")


@dkim.command()
def rotate(name: Name, config: Config = None, as_json: AsJson = False) -> None:
    """Make new keys, to be published now and activated later."""
    found = ask(config, "dkim.rotate", name=name)
    if as_json:
        show.document(found)
        return
    typer.echo("New keys are made, and wait. Publish these records:\n")
    _records(it for it in found if it["state"] == "waiting")
    typer.echo(f"Then, when the DNS has them everywhere (an hour later, say): postroom domain dkim activate {name}")


@dkim.command()
def activate(name: Name, force: Force = False, config: Config = None, as_json: AsJson = False) -> None:
    """Sign with the keys that wait, if their records are published."""
    found = ask(config, "dkim.activate", name=name, force=force)
    old = ", ".join(it["selector"] for it in found if it["state"] == "retired")
    sentence = f"Mail of {name} is signed with the new keys. Leave the records of {old} in the DNS for a week, for the mail that is on its way."
    show.done(found, f"{sentence} Then remove them there and here: postroom domain dkim remove {name} SELECTOR", as_json=as_json)


@dkim.command()
def remove(name: Name, selector: Selector, config: Config = None, as_json: AsJson = False) -> None:
    """Remove a key that signs no more, or does not yet."""
    ask(config, "dkim.remove", name=name, selector=selector)
    show.done(None, f"The key {selector} of {name} is removed.", as_json=as_json)


def _tell(found: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        show.document(found)
        return
    rows = ((it["domain"], it["selector"], it["algorithm"], it["state"], show.moment(it["created"])) for it in found)
    show.table(
        ("Domain", "Selector", "Algorithm", "State", "Made (UTC)"), rows, "No domain has keys yet: `postroom domain dkim show NAME` makes them."
    )


def _records(keys: Iterable[dict[str, Any]]) -> None:
    for it in keys:
        typer.echo(it["zone"] + "\n")
