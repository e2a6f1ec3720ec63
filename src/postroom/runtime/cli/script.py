"""`postroom script`: the event scripts, tried out."""

import base64
import difflib
from pathlib import Path
from typing import Annotated, Any

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, given, group, printable
from postroom.runtime.cli.script_check import check

script = group("Event scripts: try a handler, and see what it uses.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="A trigger such as OnAcceptMessage, or a rule's function.")]
Texts = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TEXT]...", help="What the handler gets besides objects: OnDeliveryFailed's recipient and reason, a password ..."),
]
Eml = Annotated[Path | None, typer.Option("--eml", metavar="FILE", help="The message that the event is about.")]
Sender = Annotated[str, typer.Option("--from", metavar="ADDRESS", help="The envelope's sender.")]
To = Annotated[list[str] | None, typer.Option("--to", metavar="ADDRESS", help="A recipient of the envelope; may be repeated.")]
Ip = Annotated[str, typer.Option("--ip", metavar="ADDRESS", help="The client's address.")]
Port = Annotated[int, typer.Option("--port", metavar="PORT", help="The server's port that the client came to.")]
Helo = Annotated[str, typer.Option("--helo", metavar="NAME", help="The name that the client gave.")]
Username = Annotated[str | None, typer.Option("--username", metavar="NAME", help="Who has logged in, or whose password is asked for.")]


@script.callback()
def of_scripts(context: typer.Context) -> None:
    """Do what the verb says."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@script.command("run-event")
def run_event(
    name: Name,
    texts: Texts = None,
    eml: Eml = None,
    sender: Sender = "sender@example.com",
    to: To = None,
    ip: Ip = "192.0.2.1",
    port: Port = 25,
    helo: Helo = "mail.example.com",
    username: Username = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Fire an event at the handlers file as it is now, loaded or not, and tell what the handler did.

    Nothing is sent: what the handler saves of the message is shown. What else it does is done. Exit status 1 when it ended with an error.
    """
    found = ask(
        config,
        "script.run_event",
        name=name,
        content=base64.b64encode(eml.read_bytes()).decode() if eml else None,
        sender=sender,
        recipients=to or [],
        client={"ip": ip, "port": port, "helo": helo, "session": 1, **given(username=username), "authenticated": username is not None},
        arguments=texts or [],
    )
    if as_json:
        show.document(found)
    else:
        _show(found)
    if found["error"]:
        raise typer.Exit(1)


@script.command("reload")
def reload_(config: Config = None, as_json: AsJson = False) -> None:
    """Have the running server run the handlers file as it is now. One that has an error is refused, and what was loaded before goes on."""
    found = ask(config, "script.reload")
    if as_json:
        show.document(found)
        return
    typer.echo(f"{found['file']}: {found['language']}")
    typer.echo("Triggers: " + (", ".join(found["triggers"]) or "none"))
    if found["functions"]:
        typer.echo("Other functions: " + ", ".join(found["functions"]))
    if not found["enabled"]:
        typer.echo("Event scripts are off: `postroom settings set scripting.enabled yes` switches them on.")


script.command()(check)


def _show(found: dict[str, Any]) -> None:
    facts = {"Result.Value": found["value"], "Result.Parameter": found["parameter"], "Result.Message": found["message"] or "-"}
    if found["recipients"]:
        facts["recipients"] = ", ".join(found["recipients"])
    show.facts(facts | ({"error": found["error"]} if found["error"] else {}))
    for line in found["log"]:
        typer.echo(f"EventLog: {printable(line)}")
    if found["saved"] is not None:
        typer.echo("The message was saved:")
        for line in difflib.unified_diff(_lines(found["before"]), _lines(found["saved"]), "before", "after", lineterm="", n=1):
            typer.echo(printable(line))


def _lines(content: str) -> list[str]:
    return base64.b64decode(content).decode("utf-8", "replace").splitlines()
