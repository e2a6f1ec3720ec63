"""Finding and comparing: InStr and InStrRev, Replace, StrComp."""

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.conversions import to_int, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.functions.arguments import collation, count_or, folded, ignores_case, text_of_length
from postroom.languages.vbscript.functions.strings import text_or_null
from postroom.languages.vbscript.values import MISSING, NULL, Long, Value


@builtin("InStr", 2, 4)
def instr(first: Value, second: Value, third: Value = MISSING, compare: Value = MISSING) -> Value:
    """Where a text stands in another, from a start on: `InStr(text, wanted)` or `InStr(start, text, wanted, compare)`; 0 where it doesn't."""
    if third is MISSING:
        first, second, third = 1, first, second
    start = to_int(first)
    fold = ignores_case(compare)
    if start < 1:
        raise VBScriptError(5)
    text, wanted = text_or_null(second), text_or_null(third)
    if text is None or wanted is None:
        return NULL
    if start > len(text):
        return Long(0)
    return Long((folded(text).find(folded(wanted), start - 1) if fold else text.find(wanted, start - 1)) + 1)


@builtin("InStrRev", 2, 4)
def instrrev(value: Value, other: Value, start: Value = MISSING, compare: Value = MISSING) -> Value:
    """Where a text stands last within the first `start` characters of another; Null is error 94."""
    text, wanted = to_text(value), to_text(other)
    end = count_or(start, -1)
    fold = ignores_case(compare)
    if end == 0 or end < -1:
        raise VBScriptError(5)
    if not text or end > len(text):
        return Long(0)
    end = len(text) if end == -1 else end
    if not wanted:
        return Long(end)
    return Long((folded(text).rfind(folded(wanted), 0, end) if fold else text.rfind(wanted, 0, end)) + 1)


@builtin("Replace", 3, 6)
def replace(value: Value, find: Value, by: Value, start: Value = MISSING, count: Value = MISSING, compare: Value = MISSING) -> Value:
    """Give the text from `start` on (what stands before is cut off) with one text put for another, `count` times at most."""
    text, wanted, other = to_text(value), to_text(find), to_text(by)
    first, times = count_or(start, 1), count_or(count, -1)
    fold = ignores_case(compare)
    if first < 1 or times < -1:
        raise VBScriptError(5)
    text = text[first - 1 :]
    if not text or not wanted or times == 0:
        return text
    hits = places(text, wanted, times, fold=True) if fold else []
    found = len(hits) if fold else min(text.count(wanted), len(text) if times == -1 else times)
    text_of_length(len(text) + found * max(0, len(other) - len(wanted)))
    return other.join(pieces(text, hits, len(wanted))) if fold else text.replace(wanted, other, times)


def places(text: str, wanted: str, most: int, *, fold: bool) -> list[int]:
    """Where a text stands in another, hits not overlapping, `most` of them (-1: all)."""
    if fold:
        text, wanted = folded(text), folded(wanted)
    hits: list[int] = []
    place = text.find(wanted)
    while place >= 0 and len(hits) != most:
        hits.append(place)
        place = text.find(wanted, place + len(wanted))
    return hits


def pieces(text: str, hits: list[int], length: int) -> list[str]:
    """Tell what stands between the hits."""
    starts = [0, *(hit + length for hit in hits)]
    return [text[start:end] for start, end in zip(starts, [*hits, len(text)], strict=True)]


@builtin("StrComp", 2, 3)
def strcomp(left: Value, right: Value, compare: Value = MISSING) -> Value:
    """-1, 0 or 1 as the first text stands before, with or behind the second."""
    fold = ignores_case(compare)
    first, second = text_or_null(left), text_or_null(right)
    if first is None or second is None:
        return NULL
    one, other = (collation(first), collation(second)) if fold else ((first,), (second,))
    return (one > other) - (one < other)
