"""`postroom init`: a data directory and a configuration file for a new server."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from postroom.errors import ConfigurationError
from postroom.runtime.cli import show
from postroom.runtime.cli.frame import AsJson, Config, usage

if TYPE_CHECKING:
    from postroom.runtime.config import Configuration

Directory = Annotated[
    Path | None,
    typer.Argument(metavar="[DIR]", help="Where everything goes: postroom.toml, data and logs. Usually the platform's places.", show_default=False),
]
Hostname = Annotated[str, typer.Option("--hostname", metavar="NAME", help="The server's name in greetings. Usually the machine's own.")]
Domain = Annotated[str | None, typer.Option("--domain", metavar="DOMAIN", help="Host this domain from the beginning.")]


def init(directory: Directory = None, hostname: Hostname = "", domain: Domain = None, config: Config = None, as_json: AsJson = False) -> None:
    """Make a data directory and a configuration file.

    What is there already is never overwritten.
    """
    from postroom.runtime.config import Configuration  # noqa: PLC0415 - `--help` needs none
    from postroom.runtime.loop import run  # noqa: PLC0415 - likewise
    from postroom.runtime.places import places  # noqa: PLC0415 - likewise

    usual = places()
    data, logs = (directory / "data", directory / "logs") if directory else (usual.data, usual.logs)
    file = config or (directory / "postroom.toml" if directory else usual.configuration)
    for there in (file, data / "control.db"):
        if there.exists():
            raise ConfigurationError(f"{there} is there already and stays as it is; name another directory, or remove it first.")
    with usage("--hostname"):
        name = _hostname(hostname)
    found = Configuration(data=data.absolute(), logs=logs.absolute())
    run(_furnish(found, domain))
    file.parent.mkdir(parents=True, exist_ok=True)
    _write(file, text(name, *(_named(place, file) for place in (data, logs))))
    made = {"config": str(file), "data": str(data), "logs": str(logs), "domain": domain}
    next_step = f"postroom serve --config {file}" if config or directory else "postroom serve"
    show.done(made, f"{file} and {data} are made. Start the server with `{next_step}`.", as_json=as_json)


def text(hostname: str, data: str, logs: str) -> str:
    """Write the configuration file of a new server."""
    name = f'hostname = "{hostname}"' if hostname else '# hostname = "mail.example.com"'
    return f"""# What must be known before the database is open. All else is a setting: `postroom settings`.
# `postroom.toml` in the guide lists every key.

{name}
data = '{data}'
logs = '{logs}'

# [tls]
# certificate = "cert.pem"
# key = "key.pem"

# Settings written here are pinned: nobody changes them elsewhere.
# [settings]
# max_message_size = "50 MB"
"""


async def _furnish(config: "Configuration", domain: str | None) -> None:
    from postroom.runtime.house import House  # noqa: PLC0415 - `--help` needs none

    house = await House.enter(config)
    try:
        config.logs.mkdir(parents=True, exist_ok=True)
        await house.directory.listeners.ensure()
        if domain:
            await house.directory.domains.add(domain)
    finally:
        await house.close()


def _hostname(text: str) -> str:
    from postroom.directory.kinds import DomainName  # noqa: PLC0415 - `--help` needs none

    return str(DomainName().parse(text)) if text else ""


def _named(place: Path, file: Path) -> str:
    """Give a path as the file names it: relative to itself where it lies beside it, so that the directory may move."""
    whole, beside = place.absolute(), file.absolute().parent
    return str(whole.relative_to(beside)) if whole.is_relative_to(beside) else str(whole)


def _write(file: Path, content: str) -> None:
    """Write the file for its owner only, for it may hold secrets some day; never over another."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(content)
