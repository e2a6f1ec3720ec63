"""What the built-in functions give, line by line, as the language's documentation and Windows' behaviour have it."""

from pathlib import Path

import pytest

from languages.vbscript.functions.rows import outcome, table

TABLES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_row_gives_what_windows_gives(path: Path) -> None:
    wrong = [f"{path.name}:{row.line}: {row.expression} -> {found}, not {row.result}" for row in table(path) if (found := outcome(row)) != row.result]
    assert not wrong, "\n".join(wrong)


def test_the_tables_have_two_thousand_rows() -> None:
    assert sum(1 for path in TABLES for _ in table(path)) > 2000
