"""What the model has every worker do for itself: a word, and what a worker does and answers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from postroom.model.house import House

ANSWERS: Final[Mapping[str, Callable[[House], Any]]] = {
    "clear-caches": lambda house: house.directory.forget(),
    "live-log": lambda house: house.live_log.take(),
    "live-log-on": lambda house: house.live_log.begin(),
    "live-log-off": lambda house: house.live_log.end(),
}
"""Answers are plain values: they travel between processes."""


def answer(house: House, word: str) -> Any:
    """Do what a word asks of one worker; a word that is not known (of a newer worker) does nothing."""
    does = ANSWERS.get(word)
    return does(house) if does is not None else None
