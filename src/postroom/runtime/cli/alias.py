"""`postroom alias`: addresses that stand for others."""

from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.account import every
from postroom.runtime.cli.ask import ask, asking
from postroom.runtime.cli.frame import AsJson, Config, given, group

alias = group("Addresses that stand for others.")

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The alias, an address of a domain hosted here.")]
Destinations = Annotated[list[str], typer.Argument(metavar="TO...", help="Where its mail goes, here or elsewhere.")]
To = Annotated[list[str] | None, typer.Option("--to", metavar="ADDRESS", help="Where its mail goes from now on; may be repeated.")]
Active = Annotated[bool | None, typer.Option("--active/--inactive", help="Whether it accepts mail.")]
Domain = Annotated[str, typer.Option("--domain", metavar="DOMAIN", help="Only the aliases of this domain.")]


@alias.callback()
def aliases(context: typer.Context, domain: Domain = "", config: Config = None, as_json: AsJson = False) -> None:
    """List the aliases, or do what the verb says."""
    if context.invoked_subcommand is not None:
        return
    found = asking(config, lambda asked: every(asked, "alias.list", domain))
    if as_json:
        show.document(found)
        return
    rows = ((it["address"], ", ".join(it["destinations"]), show.yes(it["active"])) for it in found)
    nothing = "There is no alias yet: `postroom alias add info@example.com alice@example.com` adds one."
    show.table(("Alias", "Goes to", "Active"), rows, nothing)


@alias.command()
def add(address: Address, destinations: Destinations, config: Config = None, as_json: AsJson = False) -> None:
    """Add an alias to one or several addresses."""
    found = ask(config, "alias.add", address=address, destinations=destinations)
    show.done(found, _sentence(found), as_json=as_json)


@alias.command("show")
def show_(address: Address, config: Config = None, as_json: AsJson = False) -> None:
    """Show an alias."""
    found = ask(config, "alias.show", address=address)
    if as_json:
        show.document(found)
    else:
        show.facts({"address": found["address"], "goes to": ", ".join(found["destinations"]), "active": show.yes(found["active"])})


@alias.command("set")
def set_(address: Address, to: To = None, active: Active = None, config: Config = None, as_json: AsJson = False) -> None:
    """Change where an alias leads, or whether it does."""
    found = ask(config, "alias.set", address=address, **given(destinations=to or None, active=active))
    show.done(found, _sentence(found), as_json=as_json)


@alias.command()
def remove(address: Address, config: Config = None, as_json: AsJson = False) -> None:
    """Remove an alias."""
    ask(config, "alias.remove", address=address)
    show.done(None, f"{address} is removed.", as_json=as_json)


def _sentence(found: dict[str, Any]) -> str:
    return f"{found['address']} leads to {', '.join(found['destinations'])}{'' if found['active'] else ', but is not active'}."
