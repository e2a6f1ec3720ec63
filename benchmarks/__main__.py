"""`python -m benchmarks smtp`: starts the peers, measures, prints the tables. `make bench` calls it."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import signal
import sys
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
import uvloop
from rich.console import Console

from benchmarks import smtp
from benchmarks.table import show

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from benchmarks.peers.peer import Peer

Found = TypeVar("Found")
PeerT = TypeVar("PeerT", bound="Peer")
app = typer.Typer(help="Postroom measured beside other mail servers, on this machine, now.", no_args_is_help=True, add_completion=False)

Quick = Annotated[bool, typer.Option("--quick", help="Fewer loads and shorter rounds: under 4 minutes instead of under 15.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print the tables as Markdown, for the README.")]
Explain = Annotated[bool, typer.Option("--explain", help="Print how each peer is set up, and why, and measure nothing.")]
Names = Annotated[list[str] | None, typer.Option("--peer", help="Only this peer (may be repeated), by the beginning of its name.")]


@app.command("smtp")
def run_smtp(
    quick: Quick = False,
    markdown: Markdown = False,
    explain: Explain = False,
    peer: Names = None,
    load: Annotated[list[str] | None, typer.Option("--load", help="Only this load (may be repeated), by the beginning of its name.")] = None,
) -> None:
    """Mail coming in: delivered a second, CPU, latencies, syncs."""
    kinds = _chosen(smtp.PEERS, peer)
    if explain:
        show([], [f"{kind.name}: {kind.choices}" for kind in kinds] + [smtp.METHOD], markdown=markdown)
        return
    _as_root()
    with Console(stderr=True).status("") as status:
        results = asyncio.run(_ended_by_term(smtp.run(kinds, quick=quick, told=_teller(status.update), only=load or ())))
    command = f"Made by `python -m benchmarks {shlex.join(sys.argv[1:])}`."
    show(smtp.tables(results), [command, *smtp.notes(results)], markdown=markdown)
    raise typer.Exit(1 if results.troubles else 0)


@app.command("imap")
def run_imap(
    quick: Quick = False,
    markdown: Markdown = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document with every round.")] = False,
    explain: Explain = False,
    row: Annotated[list[str] | None, typer.Option("--row", help="Only this row (may be repeated), by the beginning of its name.")] = None,
    messages: Annotated[int, typer.Option(help="Messages of the mailbox.")] = 20_000,
) -> None:
    """IMAP and POP3 beside Dovecot, over a mailbox of 20,000 messages."""
    from benchmarks.imap import contest  # noqa: PLC0415 - as below

    if explain:
        show([], [f"{kind.name}: {kind.choices}" for kind in (contest.Dovecot, contest.Postroom)] + [contest.METHOD], markdown=markdown)
        return
    _as_root()
    with Console(stderr=True).status("") as status:
        results = uvloop.run(_ended_by_term(contest.run(quick=quick, told=_teller(status.update), only=row or (), messages=messages)))
    command = f"Made by `python -m benchmarks {shlex.join(sys.argv[1:])}`."
    if as_json:
        print(json.dumps({"command": command, **contest.document(results)}, indent=1))
    else:
        show(contest.tables(results), [command, *contest.notes(results)], markdown=markdown)
    raise typer.Exit(1 if results.troubles else 0)


@app.command("sending")
def run_sending(quick: Quick = False, markdown: Markdown = False, explain: Explain = False, peer: Names = None) -> None:
    """Mail going out beside Postfix: sent a second to 1, 10 and 50 destinations, CPU."""
    from benchmarks import sending  # noqa: PLC0415 - as below

    kinds = _chosen(sending.PEERS, peer)
    if explain:
        show([], [f"{kind.name}: {kind.choices}" for kind in kinds] + [sending.METHOD], markdown=markdown)
        return
    _as_root()
    with Console(stderr=True).status("") as status:
        results = uvloop.run(_ended_by_term(sending.run(kinds, quick=quick, told=_teller(status.update))))
    command = f"Made by `python -m benchmarks {shlex.join(sys.argv[1:])}`."
    show(sending.tables(results), [command, *sending.notes(results)], markdown=markdown)
    raise typer.Exit(1 if results.troubles else 0)


@app.command("sizes")
def run_sizes(
    quick: Quick = False,
    markdown: Markdown = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """What size costs over IMAP: a mailbox of 500,000, 10,000 sessions in IDLE, memory a session."""
    from benchmarks.imap import sizes  # noqa: PLC0415 - as below

    with Console(stderr=True).status("") as status:
        results = uvloop.run(_ended_by_term(sizes.run(quick=quick, told=_teller(status.update))))
    command = f"Made by `python -m benchmarks {shlex.join(sys.argv[1:])}`."
    if as_json:
        print(json.dumps({"command": command, **sizes.document(results)}, indent=1))
    else:
        show(sizes.tables(results), [command, *sizes.notes(results)], markdown=markdown)
    raise typer.Exit(1 if results.troubles else 0)


@app.command("scale")
def run_scale(
    messages: Annotated[int, typer.Option(help="Messages in the largest folder.")] = 1_000_000,
    accounts: Annotated[int, typer.Option(help="Accounts of the server.")] = 100_000,
    markdown: Markdown = False,
) -> None:
    """What size costs: a huge folder in a huge server."""
    from benchmarks import scale  # noqa: PLC0415 - the other benchmarks measure from outside and load nothing of Postroom

    with Console(stderr=True).status("") as status:
        tables = scale.run(messages, accounts, _teller(status.update))
    show(tables, [f"Made by `python -m benchmarks {shlex.join(sys.argv[1:])}`."], markdown=markdown)


@app.command("api")
def run_api(quick: Quick = False, markdown: Markdown = False) -> None:
    """The HTTP API: sends and mailboxes a second, latencies of lists and reads."""
    from benchmarks import api  # noqa: PLC0415 - the other benchmarks measure from outside and load nothing of Postroom

    with Console(stderr=True).status("") as status:
        results = asyncio.run(api.measure(_teller(status.update), quick=quick))
    show(
        api.tables(results),
        [f"Made by `python -m benchmarks {shlex.join(sys.argv[1:])}`.", f"Machine: {results.machine}.", api.METHOD],
        markdown=markdown,
    )


@app.command("com")
def run_com(quick: Quick = False, markdown: Markdown = False) -> None:
    """Remote objects: property reads, a large collection in one call, what sessions weigh."""
    from benchmarks import com  # noqa: PLC0415 - the other benchmarks measure from outside and load nothing of Postroom

    with Console(stderr=True).status("") as status:
        results = asyncio.run(com.measure(_teller(status.update), quick=quick))
    show(
        com.tables(results),
        [f"Made by `python -m benchmarks {shlex.join(sys.argv[1:])}`.", f"Machine: {results.machine}.", com.METHOD],
        markdown=markdown,
    )


@app.command("scripts")
def run_scripts(quick: Quick = False, markdown: Markdown = False) -> None:
    """Event scripts: what an event costs, events a second, live properties, a large file checked; delivery with handlers beside delivery without."""
    from benchmarks import handled, scripts  # noqa: PLC0415 - the other benchmarks measure from outside and load nothing of Postroom

    with Console(stderr=True).status("") as status:
        results = uvloop.run(_ended_by_term(scripts.measure(_teller(status.update), quick=quick)))
        results.delivery, results.troubles = asyncio.run(_ended_by_term(handled.measure(_teller(status.update), quick=quick)))
    show(
        scripts.tables(results),
        [f"Made by `python -m benchmarks {shlex.join(sys.argv[1:])}`.", f"Machine: {results.machine}.", *results.troubles, scripts.METHOD],
        markdown=markdown,
    )


@app.command("all")
def run_all(quick: Quick = False, markdown: Markdown = False) -> None:
    """Every benchmark but those of size, one after the other."""
    failed = 0
    for run in (run_smtp, run_sending, run_imap, run_api, run_com, run_scripts):
        try:
            run(quick=quick, markdown=markdown)
        except typer.Exit as end:
            failed |= end.exit_code
    raise typer.Exit(failed)


async def _ended_by_term(work: Coroutine[Any, Any, Found]) -> Found:
    """Lets TERM end the work as INT does: the peers are stopped and their directories removed."""
    task = asyncio.create_task(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


def _chosen(kinds: tuple[type[PeerT], ...], names: list[str] | None) -> list[type[PeerT]]:
    chosen = [kind for kind in kinds if not names or any(kind.name.lower().startswith(name.lower()) for name in names)]
    if not chosen:
        raise typer.BadParameter(f"no such peer; there are {', '.join(kind.name for kind in kinds)}")
    return chosen


def _as_root() -> None:
    if os.geteuid() != 0:
        typer.echo("The benchmarks start Postfix and Dovecot, which only root may do: run them as root.", err=True)
        raise typer.Exit(1)


def _teller(update: Callable[[str], None]) -> Callable[[str], None]:
    """Says what is going on: in place on a terminal, a line each elsewhere."""
    return update if sys.stderr.isatty() else lambda line: print(line, file=sys.stderr, flush=True)


app()
