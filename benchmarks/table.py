"""Tables that are printed to people on a terminal and to the README as Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import rich.table
from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the columns' headings (the first stands left, the others right), rows of text; a row of one cell is a heading among the rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        """The table as GitHub's Markdown; a heading among the rows is in bold."""
        lines = [f"### {self.title}", "", _line(self.columns), _line([":--", *["--:"] * (len(self.columns) - 1)])]
        lines += [_line([f"**{row[0]}**", *[""] * (len(self.columns) - 1)] if len(row) == 1 else row) for row in self.rows]
        return "\n".join(lines)

    def show(self, console: Console) -> None:
        """Prints it with lines and colours."""
        drawn = rich.table.Table(title=self.title, title_justify="left")
        for number, column in enumerate(self.columns):
            drawn.add_column(column, justify="right" if number else "left", no_wrap=number == 0)
        for row in self.rows:
            if len(row) == 1:
                drawn.add_section()
                drawn.add_row(f"[bold]{escape(row[0])}[/bold]")
            else:
                drawn.add_row(*(_coloured(cell) for cell in row))
        console.print(drawn)


def show(tables: Sequence[Table], notes: Sequence[str], *, markdown: bool) -> None:
    """Prints tables and the sentences below them, in Markdown or for a terminal."""
    if markdown:
        print("\n\n".join([*(table.markdown() for table in tables), *notes]))
        return
    console = Console()
    for table in tables:
        table.show(console)
    for note in notes:
        console.print(escape(note), highlight=False)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _coloured(cell: str) -> str:
    colour = {"✓": "green", "✗": "red"}.get(cell[:1])
    return f"[{colour}]{escape(cell)}[/{colour}]" if colour else escape(cell)
