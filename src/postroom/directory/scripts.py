"""The event scripts that run: the text of the last good load, so that every worker runs the same, and a broken file changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from postroom.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class ScriptLoaded:
    """News, and the row: a handlers file was loaded. `number` counts the loads; `functions` are the names of its global functions and subs."""

    number: int = 0
    language: str = ""
    file: str = ""
    text: str = ""
    functions: tuple[str, ...] = ()


async def loaded(database: Database) -> ScriptLoaded:
    """Read what was loaded last; an empty one when nothing was."""
    for number, language, file, text, functions in await database.read(CONTROL, "SELECT number, language, file, text, functions FROM script"):
        return ScriptLoaded(number, language, file, bytes(text).decode("utf-8", "surrogatepass"), tuple(functions.split()))
    return ScriptLoaded()


def store_script(transaction: Transaction, language: str, file: str, text: str, functions: tuple[str, ...]) -> int:
    """Write a good load in place of the one before, and tell every process; returns its number."""
    number = transaction.next_id("script")
    transaction.execute("DELETE FROM script")
    transaction.execute(
        "INSERT INTO script (number, language, file, text, functions) VALUES (?, ?, ?, ?, ?)",
        (number, language, file, text.encode("utf-8", "surrogatepass"), " ".join(functions)),
    )
    transaction.announce(ScriptLoaded(number, language, file, text, functions))
    return number


def forget_script(transaction: Transaction) -> None:
    """Forget what was loaded, in every process."""
    if transaction.execute("DELETE FROM script RETURNING number"):
        transaction.announce(ScriptLoaded())
