"""`postroom dev`: a throw-away server to play with."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from postroom.runtime.cli.frame import AsJson, Config, configuration

if TYPE_CHECKING:
    from postroom.runtime.config import Configuration
    from postroom.runtime.dev import Furnished

Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Keep everything in this directory instead of a temporary one.")]
Base = Annotated[
    int | None,
    typer.Option("--port-base", metavar="N", min=1024, max=58000, help="Move the ports: each becomes N + (port - 2000). Usually 2000."),
]


def dev(data: Data = None, port_base: Base = None, config: Config = None, as_json: AsJson = False) -> None:
    """Start a throw-away server on high loopback ports.

    It has the domain example.test, the accounts alice, bob and carol with the password secret-1, and sample mail.
    Mail to other machines waits in its queue until the setting send_outside is on.
    Ctrl-C ends it; its data directory is removed unless --data names one.
    """
    from postroom import log  # noqa: PLC0415 - `--help` needs no server
    from postroom.runtime import dev as server  # noqa: PLC0415 - likewise
    from postroom.runtime.loop import run  # noqa: PLC0415 - likewise

    with ExitStack() as stack:
        place = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="postroom-", ignore_cleanup_errors=True)))
        found = _configuration(place.absolute(), config)
        log.start(level="info", as_json=as_json, directory=found.logs)
        stack.callback(log.stop)
        run(server.run(found, port_base, lambda furnished, line: _tell(found, furnished, line, as_json=as_json)))


def _configuration(data: Path, file: Path | None) -> "Configuration":
    """Give what `--config` names, or the defaults, with the place and the one worker of a throw-away server."""
    from dataclasses import replace  # noqa: PLC0415 - `--help` needs no server

    from postroom.runtime.config import Configuration  # noqa: PLC0415 - likewise

    if file is not None:
        return replace(configuration(file), data=data, logs=data / "logs", workers=1, user="", listeners=())
    return Configuration(data=data, logs=data / "logs", workers=1)


def _tell(config: "Configuration", furnished: "Furnished", line: str, *, as_json: bool) -> None:
    from postroom.runtime.cli import show  # noqa: PLC0415 - `--help` needs no server
    from postroom.runtime.dev import PASSWORD  # noqa: PLC0415 - likewise

    ports = {port.protocol: port.port for port in furnished.ports}
    if as_json:
        accounts = dict.fromkeys(furnished.addresses, PASSWORD)
        files = {"data": str(config.data), "config": str(config.data / "postroom.toml")}
        show.line({"ready": line, **files, "ports": ports, "accounts": accounts, "admin_key": furnished.key or None})
        return
    show.table(("Protocol", "Address", "Port#"), [(port.protocol, port.address, port.port) for port in furnished.ports])
    show.table(("Account", "Password"), [(address, PASSWORD) for address in (*furnished.addresses, "Administrator")])
    if furnished.key:
        show.facts({"administrator's API key": furnished.key})
    typer.echo(_to_try(ports, furnished.key, config.data / "postroom.toml"))
    typer.echo(line)


def _to_try(ports: dict[str, int], key: str, file: Path) -> str:
    mailbox = f'-H \'X-OpenMailserver-Key: {key}\' -d \'{{"local_part": "agent", "domain": "example.test"}}\''
    lines = [
        f"swaks --server 127.0.0.1:{ports['submission']} --auth-user alice@example.test --auth-password secret-1 --to bob@example.test",
        f"curl 'imap://127.0.0.1:{ports['imap']}/INBOX?ALL' -u bob@example.test:secret-1" if "imap" in ports else "",
        f"curl 'pop3://127.0.0.1:{ports['pop3']}/1' -u carol@example.test:secret-1" if "pop3" in ports else "",
        f"curl http://127.0.0.1:{ports['http']}/health" if "http" in ports else "",
        f"curl http://127.0.0.1:{ports['http']}/v1/mailboxes {mailbox}" if "http" in ports and key else "",
        f"open http://127.0.0.1:{ports['http']}/docs" if "http" in ports else "",
        f"postroom account --config {file}",
    ]
    return "\n".join(["To try:", *(f"  {line}" for line in lines if line), ""])
