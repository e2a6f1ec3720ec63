"""`postroom serve`, `status` and `reload`: the server itself."""

from typing import Annotated, Any, Final

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import ask
from postroom.runtime.cli.frame import AsJson, Config, configuration

LEVELS: Final = ("debug", "info", "warning", "error", "off")
Level = Annotated[str, typer.Option("--log-level", metavar="LEVEL", help="What is logged at least: debug, info, warning, error or off.")]


def serve(log_level: Level = "info", config: Config = None, as_json: AsJson = False) -> None:
    """Run the server in the foreground.

    TERM or Ctrl-C ends it, HUP makes it read its certificates anew. It logs to stderr and to postroom.log, with --json as one JSON object a line.
    """
    if log_level not in LEVELS:
        raise typer.BadParameter(f"is one of {', '.join(LEVELS)}.", param_hint="--log-level")
    from postroom import log  # noqa: PLC0415 - `--help` needs no server
    from postroom.runtime import serve as server  # noqa: PLC0415 - likewise
    from postroom.runtime.loop import run  # noqa: PLC0415 - likewise

    def say(line: str) -> None:
        if as_json:
            show.line({"ready": line})
        else:
            typer.echo(line)

    found = configuration(config)
    nursery = server.nursery(found)
    log.start(level=log_level, as_json=as_json, directory=found.logs)
    try:
        run(server.serve(found, str(config or ""), say, nursery))
    finally:
        log.stop()
        if nursery is not None:
            nursery.close()


def status(config: Config = None, as_json: AsJson = False) -> None:
    """Tell whether the server runs, and what it does.

    Exit status 1 when it does not run.
    """
    found: dict[str, Any] = ask(config, "server.status")
    if not found["running"]:
        found["process"] = None
    if as_json:
        show.document(found)
    elif found["running"]:
        connections = ", ".join(f"{count} {kind}" for kind, count in found["connections"].items())
        serving = "yes" if found["serving"] else "no: its ports are closed, `postroom resume` opens them"
        show.facts({"running": "yes", "serving": serving, "process": found["process"], "data": found["data"], "connections": connections or "none"})
    else:
        show.facts({"running": "no", "data": found["data"]})
    if not found["running"]:
        raise typer.Exit(1)


def reload(config: Config = None, as_json: AsJson = False) -> None:
    """Make the running server read its certificates anew."""
    ask(config, "server.reload")
    show.done(None, "The server has read its certificates anew.", as_json=as_json)


def pause(config: Config = None, as_json: AsJson = False) -> None:
    """Close the ports of mail of the running server and let its queue rest; its process goes on.

    Sessions are told and end within half a second.
    """
    ask(config, "server.pause")
    show.done(None, "The server takes and sends no mail until `postroom resume`.", as_json=as_json)


def resume(config: Config = None, as_json: AsJson = False) -> None:
    """Open the ports again, as they are configured now, and go on with the queue."""
    ask(config, "server.resume")
    show.done(None, "The server takes and sends mail.", as_json=as_json)
