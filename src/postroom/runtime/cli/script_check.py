"""`postroom script check`: what a handlers file uses, and what of it will not work."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from postroom.runtime.cli import show
from postroom.runtime.cli.frame import AsJson

if TYPE_CHECKING:
    from postroom.scripting.checking.uses import Function

File = Annotated[Path, typer.Argument(metavar="FILE", help="The handlers: EventHandlers.vbs, .js or .py.")]


def check(file: File, as_json: AsJson = False) -> None:
    """Tell what a handlers file uses, and what of it will not work.

    Triggers and functions it defines, objects it creates, members of the object model that are not there or whose machinery is not, by line.
    Nothing of the file is run. Exit status 1 when something will not work.
    """
    from postroom.scripting.checking.judgement import judged  # noqa: PLC0415 - the whole object model: `--help` needs none of it

    found = judged(file)
    if as_json:
        show.document(found.document())
    else:
        typer.echo(f"{file}: {found.language}")
        _named("Triggers", found.triggers)
        _named("Other functions", found.functions)
        if found.made:
            typer.echo("Creates: " + ", ".join(sorted({one.progid or "something only the run knows" for one in found.made})))
        for note in found.notes:
            typer.echo(f"Note, line {note.line}: {note.text}")
        if found.problems:
            show.table(("Line#", "Kind", "Will not work"), found.problems)
        else:
            typer.echo("All of it works here, as far as can be seen without running it.")
    if found.problems:
        raise typer.Exit(1)


def _named(heading: str, functions: "list[Function]") -> None:
    typer.echo(f"{heading}: " + (", ".join(f"{one.name} (line {one.line})" for one in functions) or "none"))
