"""The generated parts of the documentation: `python docs/generate.py` writes them anew, `--check` tells which are not current.

In any page under docs/, what stands between `<!-- made: NAME -->` and `<!-- end -->` is made here, from the tables of the code; the pages of
reference/model are made as a whole.
"""
# ruff: noqa: INP001 - a program, no package

import argparse
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from postroom import log, metrics
from postroom.directory.declaration import Setting
from postroom.directory.settings import DECLARED
from postroom.model.applied import STORED_ONLY
from postroom.model.derive import manual
from postroom.model.tree import CLASSES
from postroom.runtime.cli.app import app
from postroom.runtime.config import KEYS

DOCS = Path(__file__).resolve().parent
MODEL = DOCS / "reference" / "model"
"""The pages here are generated as a whole, one for each class of the object model."""
RFCS = DOCS.parent / "rfcs.toml"
PASSAGE = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(head: str, rows: Iterable[Iterable[str]]) -> str:
    """Lay out a Markdown table; `head` is its first line's inside."""
    lines = [f"| {head} |", "|" + "---|" * (head.count("|") + 1)]
    return "\n".join([*lines, *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)]) + "\n"


def events() -> str:
    """List the events of the log."""
    return table("event | meaning", ((f"`{name}`", text) for name, text in sorted(log.EVENTS.items())))


def measures() -> str:
    """List the metrics."""
    return table(
        "metric | kind | by | meaning",
        ((f"`{_exposed(metric)}`", metric.kind, metric.label or "", metric.text) for metric in metrics.ALL.values()),
    )


def _exposed(metric: metrics.Counter | metrics.Gauge | metrics.Histogram) -> str:
    return f"{metric.name}_total" if isinstance(metric, metrics.Counter) else metric.name


def keys() -> str:
    """List the keys of the configuration file."""
    return table(
        "key | variable | meaning",
        ((f"`{name}`", f"`POSTROOM_{name.upper().replace('.', '__')}`", key.text) for name, key in KEYS.items()),
    )


def settings() -> str:
    """List the settings."""
    return table(
        "setting | default | what may be written | meaning | in hMailServer",
        (
            (_code(known.name), _code(known.kind.format(known.default)), known.kind.describe(), _meaning(known), _code(known.row))
            for known in DECLARED.values()
        ),
    )


def _meaning(known: Setting) -> str:
    return f"{known.text} Stored only: {STORED_ONLY[known.name]}." if known.name in STORED_ONLY else known.text


def pending() -> str:
    """List the members of the object model that wait for their machinery."""
    return table(
        "member | kind | what of it waits",
        (
            (_code(f"{found.name}.{one.name}"), "method" if one.is_method else "property", one.pending)
            for found in sorted(CLASSES.values(), key=lambda found: found.name)
            for one in found.members.values()
            if one.pending
        ),
    )


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def tasks() -> str:
    """Show the common tasks with the object model in four languages."""
    return manual.tasks((DOCS / "tasks.txt").read_text(encoding="utf-8"))


def standards() -> str:
    """List the RFCs, by area."""
    rfcs = tomllib.loads(RFCS.read_text(encoding="utf-8"))["rfc"]
    areas = dict.fromkeys(rfc["area"] for rfc in rfcs)
    return "\n".join(
        f"## {area}\n\n"
        + table(
            "RFC | title | status | note",
            (
                (f"[{rfc['number']}](https://www.rfc-editor.org/rfc/rfc{rfc['number']})", rfc["title"], rfc["status"], rfc.get("note", ""))
                for rfc in sorted(rfcs, key=lambda rfc: int(rfc["number"]))
                if rfc["area"] == area
            ),
        )
        for area in areas
    )


def commands() -> str:
    """Show the help of every command."""
    root = get_command(app)
    return "\n".join(_help(root, root.make_context("postroom", [], resilient_parsing=True, terminal_width=100)))


def _help(command: Any, context: Any) -> Iterator[str]:
    """Give a command's help, then its verbs'."""
    yield f"## {context.command_path}\n\n```\n{command.get_help(context)}\n```\n"
    for name, verb in getattr(command, "commands", {}).items():
        yield from _help(verb, verb.make_context(name, [], parent=context, resilient_parsing=True, terminal_width=100))


PASSAGES: dict[str, Callable[[], str]] = {made.__name__: made for made in (events, measures, keys, settings, standards, commands, pending, tasks)}


def renewed(page: str) -> str:
    """Give a page with its generated parts as they should be; KeyError for a part that nobody makes."""
    return PASSAGE.sub(lambda match: match[1] + PASSAGES[match[2]]() + match[3], page)


def outdated() -> dict[Path, str]:
    """Find the pages that are not current, with what they should hold."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(DOCS.rglob("*.md"))}
    whole = {MODEL / name: text for name, text in manual.pages((DOCS / "examples.txt").read_text(encoding="utf-8")).items()}
    found = {path: new for path, old in pages.items() if path.parent != MODEL and (new := renewed(old)) != old}
    return {**found, **{path: new for path, new in whole.items() if pages.get(path) != new}}


def main() -> None:
    """Write or check, as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is not current")
    check = parser.parse_args().check
    pages = outdated()
    for path, text in pages.items():
        if check:
            sys.stderr.write(f"{path.relative_to(DOCS.parent)} is not current: run `make docs`.\n")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    sys.exit(1 if check and pages else 0)


if __name__ == "__main__":
    main()
