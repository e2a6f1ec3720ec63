"""When a message is tried again, and when its sender hears of it: the schedule that the settings describe. Times are UTC microseconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from postroom.directory.settings import Settings

SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
CHANCE: Final = 0.1
"""By how much of itself the usual interval is lengthened at most, so that what failed together is not tried together for ever."""


class Terms(NamedTuple):
    """What an administrator says of mail to one destination: how often it is tried, and the minutes between; 0: as the settings say."""

    tries: int = 0
    minutes: int = 0


USUAL: Final = Terms()


def delay(tries: int, settings: Settings, random: Callable[[], float], terms: Terms = USUAL) -> int:
    """Tell how long to wait after so many tries that failed (one at least); `random` gives numbers from 0 to 1."""
    if terms.minutes:
        return terms.minutes * MINUTE
    steps = settings.retry_times
    if tries <= len(steps):
        return steps[tries - 1] * SECOND
    return int(settings.smtp_minutes_between_try * MINUTE * (1 + CHANCE * random()))


def exhausted(tries: int, settings: Settings, terms: Terms = USUAL) -> bool:
    """Tell whether so many tries, the first among them, are all that a message gets (14.7)."""
    return 0 < (terms.tries or (settings.smtp_no_of_tries and settings.smtp_no_of_tries + 1)) <= tries


def returned_at(since: int, settings: Settings) -> int:
    """Tell when a message that waits since a time is given up."""
    return since + settings.return_after * SECOND
