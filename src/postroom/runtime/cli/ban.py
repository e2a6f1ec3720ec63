"""`postroom ban`: client addresses that may not log in for a time."""

from typing import Annotated

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, group

ban = group("Client addresses that may not log in for a time.")

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The client's IP address.")]
Minutes = Annotated[int, typer.Option("--minutes", min=1, max=525600, help="How long.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for those who read the table.")]


@ban.callback()
def bans(context: typer.Context, config: Config = None, as_json: AsJson = False) -> None:
    """List the bans in force, or do what the verb says."""
    if context.invoked_subcommand is not None:
        return
    found = ask(config, "ban.list")
    if as_json:
        show.document(found)
    else:
        rows = ((it["network"], show.until(it["expires"]), it["reason"]) for it in found)
        show.table(("Address", "Ends", "Reason"), rows, "Nobody is banned.")


@ban.command()
def add(address: Address, minutes: Minutes = 60, reason: Reason = "by command", config: Config = None, as_json: AsJson = False) -> None:
    """Ban an address."""
    found = ask(config, "ban.add", address=address, minutes=minutes, reason=reason)
    show.done(found, f"{found['network']} may not log in; the ban ends {show.until(found['expires'])}.", as_json=as_json)


@ban.command("show")
def show_(address: Address, config: Config = None, as_json: AsJson = False) -> None:
    """Show the ban of an address; exit status 1 when it has none."""
    from ipaddress import ip_address, ip_network  # noqa: PLC0415 - `--help` needs none

    try:
        client = ip_address(address)
    except ValueError:
        raise typer.BadParameter(f"{address} is no IP address.", param_hint="ADDRESS") from None
    found = next((it for it in ask(config, "ban.list") if client in ip_network(it["network"], strict=False)), None)
    if as_json:
        show.document(found)
    elif found:
        show.facts({"network": found["network"], "ends": show.until(found["expires"]), "reason": found["reason"]})
    if not found:
        typer.echo(f"{address} is not banned.", err=True)
        raise typer.Exit(1)


@ban.command()
def remove(address: Address, config: Config = None, as_json: AsJson = False) -> None:
    """Lift a ban and forget the failures that led to it."""
    ask(config, "ban.remove", address=address)
    show.done(None, f"{address} may log in again.", as_json=as_json)
