"""`postroom listener`: the ports that the server listens on."""

from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, given, group

listener = group("The ports that the server listens on; changes take effect at its next start.")

Id = Annotated[int, typer.Argument(metavar="ID", help="The listener's id, as the table has it.")]
Protocol = Annotated[str, typer.Argument(metavar="PROTOCOL", help="smtp, submission, submissions, lmtp, imap, imaps, pop3, pop3s, http or https.")]
PortArgument = Annotated[int, typer.Argument(metavar="PORT", min=1, max=65535, help="The port.")]
Address = Annotated[str, typer.Option("--address", metavar="IP", help="The address; usually all of IPv4, '::' is all of IPv6.")]
NewPort = Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Another port.")]
NewAddress = Annotated[str | None, typer.Option("--address", metavar="IP", help="Another address; '' is all of IPv4, '::' all of IPv6.")]


@listener.callback()
def listeners(context: typer.Context, config: Config = None, as_json: AsJson = False) -> None:
    """List the listeners, or do what the verb says."""
    if context.invoked_subcommand is not None:
        return
    found = ask(config, "listener.list")
    if as_json:
        show.document(found)
        return
    rows = ((it["id"] or "", it["protocol"], it["path"] or it["address"] or "all of IPv4", it["port"] or "", it["pinned"]) for it in found)
    nothing = "The server has no listener yet; it gets the usual ones at its first start."
    show.table(("Id#", "Protocol", "Address", "Port#", "Pinned by"), rows, nothing)


@listener.command()
def add(protocol: Protocol, port: PortArgument, address: Address = "", config: Config = None, as_json: AsJson = False) -> None:
    """Listen on one more port."""
    found = ask(config, "listener.add", protocol=protocol, port=port, address=address)
    show.done(found, _sentence(found), as_json=as_json)


@listener.command("show")
def show_(number: Id, config: Config = None, as_json: AsJson = False) -> None:
    """Show a listener."""
    found = ask(config, "listener.show", id=number)
    if as_json:
        show.document(found)
    else:
        show.facts({name: found[name] for name in ("id", "protocol", "address", "port")})


@listener.command("set")
def set_(number: Id, port: NewPort = None, address: NewAddress = None, config: Config = None, as_json: AsJson = False) -> None:
    """Move a listener to another port or address; it gets another id."""
    found = ask(config, "listener.set", id=number, **given(port=port, address=address))
    show.done(found, _sentence(found), as_json=as_json)


@listener.command()
def remove(number: Id, config: Config = None, as_json: AsJson = False) -> None:
    """Listen on a port no more."""
    ask(config, "listener.remove", id=number)
    show.done(None, f"Listener {number} is removed; a running server listens there until its next start.", as_json=as_json)


def _sentence(found: dict[str, Any]) -> str:
    where = f"port {found['port']} of {found['address'] or 'all IPv4 addresses'}"
    return f"Listener {found['id']}: {found['protocol']} on {where}, from the server's next start on."
