"""Rnd and Randomize: Microsoft's generator of 24 bits, the same numbers as on Windows. Nothing secret may hang on it."""

import struct
from typing import Final

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.context import current
from postroom.languages.vbscript.conversions import to_float, to_single
from postroom.languages.vbscript.functions.clock import seconds_today
from postroom.languages.vbscript.values import EMPTY, MISSING, Single, Value

_FACTOR: Final = 1_140_671_485
_STEP: Final = 12_820_163
_RANGE: Final = 1 << 24


@builtin("Rnd", 0, 1)
def rnd(number: Value = MISSING) -> Value:
    """Give the next number of the sequence, 0 <= n < 1; the last one again for 0; for a negative number always the one that it seeds."""
    context = current()
    seed = 1.0 if number is MISSING else float(to_single(number))
    if seed < 0:
        bits = int.from_bytes(struct.pack(">f", seed), "big")
        context.seed = (bits + (bits >> 24)) % _RANGE
    if seed != 0:
        context.seed = (context.seed * _FACTOR + _STEP) % _RANGE
    return Single(context.seed / _RANGE)


@builtin("Randomize", 0, 1)
def randomize(number: Value = MISSING) -> Value:
    """Mix a number, the time of day if left out, into the state; so the sequence repeats only after `Rnd(-1)`."""
    context = current()
    mixed = seconds_today() if number is MISSING else to_float(number)
    high, low = struct.unpack(">HH", struct.pack(">d", mixed)[:4])
    context.seed = context.seed & 0xFF | (high ^ low) << 8
    return EMPTY
