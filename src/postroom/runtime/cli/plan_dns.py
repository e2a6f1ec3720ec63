"""`postroom plan-dns`: the records that a domain needs, and whether they are published."""

from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, usage

Domain = Annotated[str, typer.Argument(metavar="[DOMAIN]", help="The domain. Usually the default one.", show_default=False)]
PublicIP = Annotated[list[str] | None, typer.Option("--public-ip", metavar="IP", help="The server's public address; may be repeated.")]
Zone = Annotated[bool, typer.Option("--zone", help="Print a zone file.")]
Compare = Annotated[bool, typer.Option("--compare/--no-compare", help="Whether to look up what is published.")]


def plan_dns(
    domain: Domain = "", public_ip: PublicIP = None, zone: Zone = False, compare: Compare = True, config: Config = None, as_json: AsJson = False
) -> None:
    """Plan the DNS records of a domain, and tell which of them are missing or differ."""
    found = ask(config, "dns.plan", domain=domain, addresses=addresses(public_ip), compare=compare and not zone)
    if as_json:
        show.document(found)
    elif zone:
        typer.echo(found["zone"], nl=False)
    else:
        columns = ("Type", "Host", "Value", *(("State",) if compare else ()), "What for")
        show.table(columns, (_row(record) for record in found["records"]))
        for note in found["notes"]:
            typer.echo(note)


def addresses(given: list[str] | None) -> list[str]:
    """Read the public addresses that were given; wrong usage when one is none."""
    from postroom.directory.errors import DirectoryError  # noqa: PLC0415 - `--help` needs none
    from postroom.directory.kinds import Addresses  # noqa: PLC0415 - likewise

    with usage("--public-ip"):
        try:
            return list(Addresses().parse(" ".join(given or ())))
        except DirectoryError:
            raise DirectoryError("is an IP address such as 192.0.2.1") from None


def _row(record: dict[str, Any]) -> tuple[str, ...]:
    if "state" not in record:
        return (record["type"], record["host"], record["value"], record["purpose"])
    published = " | ".join(record["published"])
    state = f"{record['state']}: {published}" if record["state"] in {"differs", "unknown"} else record["state"]
    return (record["type"], record["host"], record["value"], state, record["purpose"])
