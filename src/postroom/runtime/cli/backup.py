"""`postroom backup`: make a backup, list those there are, prove one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import Bar, ask
from postroom.runtime.cli.frame import AsJson, Config, configuration, group

if TYPE_CHECKING:
    from postroom.operations.backup.keys import Key
    from postroom.runtime.config import Configuration

Full = Annotated[bool, typer.Option("--full", help="Save all, also what the last backup has.")]
To = Annotated[Path | None, typer.Option("--to", metavar="FOLDER", help="Another folder than the configured one.", show_default=False)]
KeyFile = Annotated[Path | None, typer.Option("--key", metavar="FILE", help="The age key file that opens it. Usually the server's own.")]
Passphrase = Annotated[bool, typer.Option("--passphrase-stdin", help="Read the passphrase from standard input, up to the first line end.")]

backup = group("Make an encrypted backup while the server runs, on top of the last one; with a verb list or prove them.")


@backup.callback()
def make(context: typer.Context, full: Full = False, to: To = None, config: Config = None, as_json: AsJson = False) -> None:
    """Make a backup, or do what the verb says.

    It holds mail, queue, accounts, settings and keys. What the last backup in the folder has is not saved again: keep them together.
    """
    if context.invoked_subcommand is not None:
        return
    made = ask(config, "backup.create", full=full, folder=str(to.absolute()) if to else "")
    if as_json:
        show.document(made)
        return
    typer.echo(f"{made['path']} is made: {show.octets(made['size'])}, {made['contents']:,} new messages{_on(made['base'])}.")
    if made["new_key"]:
        typer.echo(f"Its key is {made['new_key']}. Keep a copy of that file elsewhere: without it nobody opens the backup.")
    if made["left_out"]:
        typer.echo(f"Too large or unreadable, and not in it: {', '.join(made['left_out'])}.", err=True)
    if made["damaged"]:
        typer.echo(f"{made['damaged']:,} bodies are damaged and were saved as they are; `postroom check` names them.", err=True)
        raise typer.Exit(1)


@backup.command("list")
def list_(to: To = None, config: Config = None, as_json: AsJson = False) -> None:
    """List the backups of the folder, the oldest first."""
    found = ask(config, "backup.list", folder=str(to.absolute()) if to else "")
    if as_json:
        show.document(found)
        return
    rows = ((Path(it["path"]).name, _made(it["created"]), show.octets(it["size"]), it["id"], it["base"], it["wrong"]) for it in found)
    show.table(("File", "Made", "Size#", "Id", "Builds on", "Wrong"), rows, "There is no backup.")


@backup.command()
def verify(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A backup. Usually the newest.", show_default=False)] = None,
    key: KeyFile = None,
    passphrase_stdin: Passphrase = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Read all of a backup, and of those it builds on, and prove that it can be restored."""
    from postroom.operations.backup.verify import verify as prove  # noqa: PLC0415 - `--help` needs none
    from postroom.runtime.loop import run  # noqa: PLC0415 - likewise

    known = configuration(file=config)
    path = find(known, file)
    with Bar() as bar:
        found = run(prove(path, opening(known, key, from_stdin=passphrase_stdin), bar))
    if as_json:
        show.document({"path": str(path), "whole": True} | found._asdict())
        return
    typer.echo(f"{path} is whole: {found.messages:,} messages of {show.moment(found.created)} UTC, in {_files(len(found.files))}.")
    if found.damaged:
        typer.echo(f"{found.damaged:,} bodies were damaged when they were saved.", err=True)


def find(config: "Configuration", file: Path | None) -> Path:
    """Find a backup: a path, a name in the configured folder, or the newest there; raises BackupError."""
    from postroom.operations.backup.chain import backups  # noqa: PLC0415 - `--help` needs none
    from postroom.operations.backup.errors import BackupError  # noqa: PLC0415 - likewise
    from postroom.runtime.orders.backup import backup_folder  # noqa: PLC0415 - likewise

    folder = backup_folder(config)
    if file is not None:
        return file.absolute() if file.exists() or file.parent != Path() else folder / file
    whole = [it.path for it in backups(folder) if it.header]
    if not whole:
        raise BackupError(f"There is no backup in {folder}: make one with `postroom backup`, or name a file.")
    return whole[-1]


def opening(config: "Configuration", file: Path | None, *, from_stdin: bool) -> "Key":
    """Read the key that opens a backup: a key file, a passphrase on standard input, else the server's own."""
    from postroom.operations.backup.keys import Key, read_key_file  # noqa: PLC0415 - `--help` needs none
    from postroom.runtime.cli.frame import password  # noqa: PLC0415 - likewise
    from postroom.runtime.orders.backup import backup_key  # noqa: PLC0415 - likewise

    if from_stdin:
        return Key(passphrase=password(from_stdin=True) or "")
    return read_key_file(file) if file else backup_key(config)


def _on(base: str) -> str:
    return f", on top of {base}" if base else ""


def _made(created: int) -> str:
    return show.moment(created) if created else "-"


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's that build on each other'}"
