"""What time it is, by the run's clock: Now, Date, Time, Timer."""

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.context import current
from postroom.languages.vbscript.moments import Moment, days_of
from postroom.languages.vbscript.numbers import single
from postroom.languages.vbscript.values import Date, Value


def _today() -> tuple[int, int]:
    now = current().clock()
    return Moment(now.year, now.month, now.day).whole_days, now.hour * 3600 + now.minute * 60 + now.second


def seconds_today() -> float:
    """Seconds since midnight, with their fraction."""
    now = current().clock()
    return now.hour * 3600 + now.minute * 60 + now.second + now.microsecond / 1_000_000


@builtin("Now")
def now() -> Value:
    """Day and time, in whole seconds."""
    return Date(days_of(*_today()))


@builtin("Date")
def date() -> Value:
    """Give the day."""
    return Date(_today()[0])


@builtin("Time")
def time() -> Value:
    """Give the time of day, in whole seconds."""
    return Date(days_of(0, _today()[1]))


@builtin("Timer")
def timer() -> Value:
    """Seconds since midnight with their fraction, a Single."""
    return single(seconds_today())
