"""`postroom key`: who may use the HTTP API."""

from typing import Annotated

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, Yes, group, sure

key = group("Keys of the HTTP API, and what they open.")

Address = Annotated[
    str, typer.Argument(metavar="[ADDRESS]", help="Whose mailbox it opens; without one it is an administrator's.", show_default=False)
]
Of = Annotated[str, typer.Option("--address", metavar="ADDRESS", help="Only the keys of this account.")]
Number = Annotated[int, typer.Argument(metavar="ID", min=1, help="The key's number, as the list shows it.")]
Scope = Annotated[
    list[str] | None,
    typer.Option("--scope", metavar="SCOPE", help="mail:read, mail:send, debug:read, admin; may be repeated. Usually the first two, or all."),
]
Name = Annotated[str, typer.Option("--name", metavar="TEXT", help="What it is for, for those who read the list.")]


@key.callback()
def keys(context: typer.Context, address: Of = "", config: Config = None, as_json: AsJson = False) -> None:
    """List the keys, or do what the verb says."""
    if context.invoked_subcommand is not None:
        return
    found = ask(config, "key.list", address=address)
    if as_json:
        show.document(found)
        return
    rows = (
        (it["id"], f"{it['begins']}...", it["address"] or "administrator", " ".join(it["scopes"]), it["name"], show.moment(it["created"]))
        for it in found
    )
    show.table(("Id#", "Key", "Opens", "Scopes", "Name", "Made"), rows, "There is no key yet: `postroom key add alice@example.com` makes one.")


@key.command()
def add(address: Address = "", scope: Scope = None, name: Name = "", config: Config = None, as_json: AsJson = False) -> None:
    """Make a key and print it, once: only a hash of it is stored."""
    found = ask(config, "key.add", address=address, scopes=scope or [], name=name)
    show.done(found, found["key"], as_json=as_json)


@key.command("show")
def show_(number: Number, config: Config = None, as_json: AsJson = False) -> None:
    """Show what a key opens."""
    found = ask(config, "key.show", id=number)
    if as_json:
        show.document(found)
    else:
        show.facts(
            {**found, "scopes": " ".join(found["scopes"]), "address": found["address"] or "administrator", "created": show.moment(found["created"])}
        )


@key.command()
def remove(number: Number, yes: Yes = False, config: Config = None, as_json: AsJson = False) -> None:
    """Revoke a key: it opens nothing from now on."""
    sure(f"Revoke key {number}?", yes=yes)
    ask(config, "key.remove", id=number)
    show.done(None, f"Key {number} opens nothing any more.", as_json=as_json)
