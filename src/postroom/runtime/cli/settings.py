"""`postroom settings`: what can be set while the server runs."""

from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, group

settings = group("What can be set while the server runs.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The setting's name.")]
Value = Annotated[str, typer.Argument(metavar="VALUE", help='The value as people write it: "50 MB", "30 minutes", yes.')]
Changed = Annotated[bool, typer.Option("--changed", help="Only those that differ from their defaults.")]


@settings.callback()
def table(context: typer.Context, changed: Changed = False, config: Config = None, as_json: AsJson = False) -> None:
    """List the settings, or do what the verb says."""
    if context.invoked_subcommand is not None:
        return
    found = ask(config, "settings.list")
    shown = [it for it in found if not changed or it["value"] != it["default"]]
    if as_json:
        show.document(shown)
    else:
        rows = ((it["name"], it["value"], _origin(it), it["text"]) for it in shown)
        show.table(("Setting", "Value", "From", "Meaning"), rows, "Every setting has its default.")


@settings.command("show")
def show_(name: Name, config: Config = None, as_json: AsJson = False) -> None:
    """Show a setting."""
    found = ask(config, "settings.show", name=name)
    if as_json:
        show.document(found)
    else:
        show.facts({"name": found["name"], "value": found["value"], "default": found["default"], "from": _origin(found), "meaning": found["text"]})


@settings.command("set")
def set_(name: Name, value: Value, config: Config = None, as_json: AsJson = False) -> None:
    """Store a value; nearly all hold at once."""
    found = ask(config, "settings.set", name=name, value=value)
    show.done(found, f"{found['name']} is {found['value']} now.", as_json=as_json)


@settings.command()
def remove(name: Name, config: Config = None, as_json: AsJson = False) -> None:
    """Forget a stored value: the default holds again."""
    found = ask(config, "settings.reset", name=name)
    show.done(found, f"{found['name']} is {found['value']} again, the default.", as_json=as_json)


def _origin(found: dict[str, Any]) -> str:
    return str(found["pinned"]) or ("stored" if found["stored"] else "default")
