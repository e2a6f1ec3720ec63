"""`postroom restore`: a whole data directory from a backup, or one mailbox or folder into a server that runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.ask import Bar, ask
from postroom.runtime.cli.backup import KeyFile, Passphrase, find, opening
from postroom.runtime.cli.frame import AsJson, Config, configuration

if TYPE_CHECKING:
    from postroom.operations.backup.keys import Key
    from postroom.runtime.config import Configuration

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup; those it builds on lie beside it.", show_default=False)]
Account = Annotated[str, typer.Option("--account", metavar="ADDRESS", help="Only this mailbox, into the server as it is.")]
Folder = Annotated[str, typer.Option("--folder", metavar="NAME", help="Only this folder of the mailbox.")]
Into = Annotated[str, typer.Option("--into", metavar="ADDRESS", help="Another mailbox than the one it was.")]
Under = Annotated[str, typer.Option("--under", metavar="NAME", help="The folder below which messages are added.")]


def restore(
    file: File,
    account: Account = "",
    folder: Folder = "",
    into: Into = "",
    under: Under = "Restored",
    key: KeyFile = None,
    passphrase_stdin: Passphrase = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Restore a backup into an empty data directory, or one mailbox into the server.

    A whole restore holds the queue until `postroom queue release`. With --account messages are added below a folder with their bytes, flags and
    dates; those that are there already are not added again.
    """
    known = configuration(config)
    if (folder or into) and not account:
        raise typer.BadParameter("Name the mailbox too.", param_hint="--account")
    path = find(known, file)
    chosen = opening(known, key, from_stdin=passphrase_stdin) if key or passphrase_stdin or not account else None
    if not account:
        assert chosen is not None
        _whole(known, path, chosen, as_json=as_json)
        return
    secret = {"passphrase": chosen.passphrase, "key": "\n".join(map(str, chosen.identities))} if chosen else {}
    found = ask(config, "backup.restore", path=str(path), address=account, folder=folder, into=into, under=under, **secret)
    sentence = f"{found['added']:,} messages are added to {into or account} below {under}; {found['present']:,} were there already."
    show.done(found, sentence, as_json=as_json)


def _whole(config: "Configuration", path: Path, key: "Key", *, as_json: bool) -> None:
    from postroom.runtime.loop import run  # noqa: PLC0415 - `--help` needs no loop
    from postroom.runtime.restoring import restore as into_directory  # noqa: PLC0415 - likewise

    with Bar() as bar:
        found = run(into_directory(config, path, key, bar))
    show.done(found._asdict() | {"data": str(config.data)}, f"{found.messages:,} messages are restored to {config.data}.", as_json=as_json)
    if found.held and not as_json:
        typer.echo(f"{found.held:,} messages of the queue are held: look with `postroom queue`, let them go with `postroom queue release`.")
