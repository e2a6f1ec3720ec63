"""What a run lends the built-in functions: locale, clock, chance, and who makes objects."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.locales import EN_US, Locale
from postroom.languages.vbscript.values import Value


def _no_objects(name: str, _: str) -> Value:
    raise VBScriptError(429, detail=name)


def _local_time() -> datetime:
    return datetime.now().astimezone()


@dataclass(slots=True)
class Context:
    """The state of one run that functions share.

    `clock` gives local time; `seed` is Rnd's state of 24 bits; `locale` is what SetLocale changes, `home_locale` the server's own, to which
    `SetLocale 0` returns. `create_object(ProgID, server)` and `get_object(path, ProgID)` make objects; they raise 429 and 432.
    """

    locale: Locale = EN_US
    home_locale: Locale = EN_US
    clock: Callable[[], datetime] = _local_time
    seed: int = 0x50000
    create_object: Callable[[str, str], Value] = _no_objects
    get_object: Callable[[str, str], Value] = field(default=_no_objects)


CURRENT: ContextVar[Context] = ContextVar("vbscript_context")
"""The context of the run that this thread executes; the run sets it. Functions read it with `current()`."""

_DEFAULT = Context()


def current() -> Context:
    """Give the context of the run, a default one outside of any."""
    return CURRENT.get(_DEFAULT)
