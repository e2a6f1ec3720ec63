"""`postroom doctor` and `postroom preflight`: what is wrong with a server or a machine, why that matters, and the fix."""

from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, configuration, printable
from postroom.runtime.cli.plan_dns import Domain, PublicIP, addresses

Hostname = Annotated[str, typer.Option("--hostname", metavar="NAME", help="The name that the server is to have. Usually the configuration's.")]


def doctor(domain: Domain = "", public_ip: PublicIP = None, config: Config = None, as_json: AsJson = False) -> None:
    """Examine the server as the world sees it.

    Exit status 1 when something is wrong.
    """
    _tell(ask(config, "doctor.examine", domain=domain, addresses=addresses(public_ip)), as_json=as_json)


def preflight(hostname: Hostname = "", public_ip: PublicIP = None, config: Config = None, as_json: AsJson = False) -> None:
    """See whether this machine can be a mail server, before there is one.

    Exit status 1 when something is wrong.
    """
    from postroom.runtime.loop import run  # noqa: PLC0415 - `--help` needs no loop
    from postroom.runtime.preflight import look  # noqa: PLC0415 - likewise

    _tell(run(look(configuration(config), hostname, addresses(public_ip))), as_json=as_json)


def _tell(found: list[dict[str, Any]], *, as_json: bool) -> None:
    wrong = [it for it in found if it["status"] != "pass"]
    if as_json:
        show.document({"status": "warn" if wrong else "ok", "checks": found})
    else:
        show.table(("Check", "Status", "What is so"), ((it["name"], it["status"], it["details"]) for it in found))
        for it in wrong:
            typer.echo(printable(f"{it['name']}: {it['details']}"))
            typer.echo(printable(f"  Why it matters: {it['why']}"))
            typer.echo(printable(f"  The fix: {it['fix']}") + "\n")
        typer.echo("All is well." if not wrong else f"{len(wrong)} of {len(found)} checks found something wrong.")
    if wrong:
        raise typer.Exit(1)
