"""`postroom route`: where mail for a domain goes instead of where the DNS says, and the smart host."""

from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, PasswordStdin, given, group, password

route = group("Ways to other servers, and the smart host.")

Domain = Annotated[str, typer.Argument(metavar="DOMAIN", help="The domain, or `*` for all that have no route (the smart host).")]
Host = Annotated[str | None, typer.Option("--host", metavar="HOST", help="The server that takes its mail; empty: the one the DNS names.")]
Port = Annotated[int | None, typer.Option("--port", metavar="NUMBER", help="The server's port.")]
Security = Annotated[
    str | None, typer.Option("--security", metavar="HOW", help="none, starttls-optional, starttls (required) or tls (from the first octet).")
]
Verify = Annotated[bool | None, typer.Option("--verify/--no-verify", help="Whether the server's certificate must be valid for its name.")]
User = Annotated[str | None, typer.Option("--user", metavar="NAME", help="The name to log in with; empty: no login.")]
Mechanism = Annotated[str | None, typer.Option("--mechanism", metavar="NAME", help="PLAIN, LOGIN, SCRAM-SHA-256, XOAUTH2; empty: the best offered.")]


@route.callback()
def routes(context: typer.Context, config: Config = None, as_json: AsJson = False) -> None:
    """List the routes, or do what the verb says."""
    if context.invoked_subcommand is not None:
        return
    found = ask(config, "route.list")
    if as_json:
        show.document(found)
        return
    rows = ((it["domain"], _host(it), it["security"], show.yes(it["verify"]), it["username"] or "-") for it in found)
    nothing = "There is no route: all mail goes where the DNS says. `postroom route set '*' --host HOST` sets a smart host."
    show.table(("Domain", "Server", "Security", "Verified", "User"), rows, nothing)


@route.command("show")
def show_(domain: Domain, config: Config = None, as_json: AsJson = False) -> None:
    """Show a route."""
    found = ask(config, "route.show", domain=domain)
    if as_json:
        show.document(found)
    else:
        show.facts({**found, "verify": show.yes(found["verify"])})


@route.command("set")
def set_(
    domain: Domain,
    host: Host = None,
    port: Port = None,
    security: Security = None,
    verify: Verify = None,
    user: User = None,
    password_stdin: PasswordStdin = False,
    mechanism: Mechanism = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Set a route, or change what is named of it; with --user its password is read from standard input or asked for."""
    secret = "" if user == "" else password(from_stdin=password_stdin) if user is not None or password_stdin else None
    changes = given(host=host, port=port, security=security, verify=verify, username=user, password=secret, mechanism=mechanism)
    found = ask(config, "route.set", domain=domain, **changes)
    show.done(found, f"Mail for {_whom(found)} goes to {_host(found)}.", as_json=as_json)


@route.command()
def remove(domain: Domain, config: Config = None, as_json: AsJson = False) -> None:
    """Remove a route: the DNS decides again, or the smart host."""
    ask(config, "route.remove", domain=domain)
    show.done(None, f"The route of {domain} is removed.", as_json=as_json)


def _host(found: dict[str, Any]) -> str:
    return f"{found['host']}:{found['port']}" if found["host"] else "where the DNS says"


def _whom(found: dict[str, Any]) -> str:
    return "all that have no route" if found["domain"] == "*" else str(found["domain"])
