"""`postroom cscript`: administration scripts written for Windows Script Host."""

import os
from typing import Annotated

import typer

from postroom.runtime.cli.frame import Config

Words = Annotated[list[str], typer.Argument(metavar="FILE [ARGUMENT]...", help="The script, a .vbs or .js file, and what it is given.")]


def cscript(words: Words, config: Config = None) -> None:
    """Run an administration script, VBScript or JScript, on this machine.

    CreateObject("hMailServer.Application") leads to the server of this machine, or to the one that POSTROOM_CLIENT_URL names. Options of the host
    begin with two slashes: //B (quiet), //T:SECONDS, //E:VBScript or //E:JScript, //nologo. Exit status: what WScript.Quit says, 1 after an error.
    """
    from postroom.client.place import Place  # noqa: PLC0415 - `--help` needs none of it
    from postroom.runtime.cli.frame import configuration  # noqa: PLC0415 - likewise
    from postroom.runtime.control import unix_path  # noqa: PLC0415 - likewise
    from postroom.scripting.standalone.cscript import Command, run  # noqa: PLC0415 - likewise

    place = None
    if not os.environ.get("POSTROOM_CLIENT_URL"):
        local = unix_path(configuration(config).data)
        place = Place(socket=str(local)) if local.exists() else None
    status = run(Command.read(words), place)
    if status:
        raise typer.Exit(status)
