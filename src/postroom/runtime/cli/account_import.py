"""`postroom account import`: many accounts from a CSV file."""

import csv
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from postroom.errors import PostroomError
from postroom.runtime.cli import show
from postroom.runtime.cli.ask import Ask, Bar, asking
from postroom.runtime.cli.frame import AsJson, Config, password

AT_ONCE: Final = 4
"""Accounts under way at one time: each waits for a hash of its password, and the server computes two at one time."""

RUN: Final = 2000

File = Annotated[Path, typer.Argument(metavar="FILE", help="Lines of ADDRESS,PASSWORD; '-' is standard input.", allow_dash=True)]
Same = Annotated[
    bool,
    typer.Option("--same-password-stdin", help="All get the password on standard input, hashed once; the file has addresses only."),
]

Row = tuple[int, str, str]
"""A line of the file: its number, address, password ('' when it has none)."""


def import_(file: File, same_password_stdin: Same = False, config: Config = None, as_json: AsJson = False) -> None:
    """Add many accounts from a CSV file. Lines that can't be added are told and passed by; then the exit status is 1."""
    if same_password_stdin and str(file) == "-":
        raise typer.BadParameter("The password and the file can't both come from standard input.", param_hint="--same-password-stdin")
    secret = password(from_stdin=True) if same_password_stdin else None
    rows = _rows(file)
    refused: list[str] = []

    async def work(asked: Ask) -> int:
        with Bar() as bar:
            if secret is None:
                return await _one_by_one(asked, rows, bar, refused)
            return await _in_runs(asked, rows, secret, bar, refused)

    added = asking(config, work)
    if as_json:
        show.document({"added": added, "refused": refused})
    else:
        typer.echo(f"{added:,} account{'' if added == 1 else 's'} added.")
        for sentence in refused:
            typer.echo(sentence, err=True)
    if refused:
        raise typer.Exit(1)


def _rows(file: Path) -> list[Row]:
    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise PostroomError(f"{file} is no text in UTF-8.") from None
    try:
        lines = [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(csv.reader(text.splitlines()), 1)]
    except csv.Error as error:
        raise PostroomError(f"{file} is no CSV file: {error}.") from None
    return [
        (number, cells[0], cells[1] if len(cells) > 1 else "")
        for number, cells in lines
        if cells and cells[0] and not cells[0].startswith("#") and cells[0].lower() != "address"
    ]


async def _one_by_one(asked: Ask, rows: list[Row], bar: Bar, refused: list[str]) -> int:
    import asyncio  # noqa: PLC0415 - `--help` needs no loop

    waiting = iter(rows)
    added = 0

    async def take() -> None:
        nonlocal added
        for number, address, secret in waiting:
            try:
                await asked("account.add", {"address": address, "password": secret or None})
                added += 1
            except PostroomError as error:
                refused.append(f"Line {number}: {error}")
            bar(added + len(refused), len(rows), "accounts")

    await asyncio.gather(*(take() for _ in range(AT_ONCE)))
    return added


async def _in_runs(asked: Ask, rows: list[Row], secret: str, bar: Bar, refused: list[str]) -> int:
    domains: dict[str, list[tuple[int, str]]] = {}
    for number, address, _ in rows:
        local, _, domain = address.rpartition("@")
        domains.setdefault(domain.lower(), []).append((number, local))
    added = 0
    for domain, members in domains.items():
        for start in range(0, len(members), RUN):
            run = members[start : start + RUN]
            arguments: dict[str, Any] = {"domain": domain, "locals": [local for _, local in run], "password": secret}
            try:
                added += await asked("account.add_many", arguments)
            except PostroomError as error:
                refused.append(f"Lines {run[0][0]} to {run[-1][0]}, {domain}: {error} None of them was added.")
            bar(added, len(rows), "accounts")
    return added
