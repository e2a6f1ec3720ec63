"""Arrays: Array, LBound, UBound, Filter, Join, Split."""

from postroom.languages.vbscript.builtin import builtin
from postroom.languages.vbscript.conversions import plain, to_bool, to_text
from postroom.languages.vbscript.errors import VBScriptError
from postroom.languages.vbscript.functions.arguments import count_or, folded, ignores_case, text_of_length
from postroom.languages.vbscript.functions.search import pieces, places
from postroom.languages.vbscript.values import MISSING, MOST_ITEMS, NULL, Array, Long, Value


@builtin("Array", 0, None)
def array(*items: Value) -> Value:
    """Give an array of these values."""
    return Array.of(list(items))


@builtin("LBound", 1, 2)
def lbound(value: Value, dimension: Value = MISSING) -> Value:
    """Give the lowest subscript: 0."""
    _bound(value, dimension)
    return Long(0)


@builtin("UBound", 1, 2)
def ubound(value: Value, dimension: Value = MISSING) -> Value:
    """Give the highest subscript of a dimension; error 9 where the array has no such dimension or no cells yet."""
    return Long(_bound(value, dimension))


def _bound(value: Value, dimension: Value) -> int:
    if type(value) is not Array:
        raise VBScriptError(13)
    number = count_or(dimension, 1)
    if not 1 <= number <= len(value.bounds):
        raise VBScriptError(9)
    return value.bounds[number - 1]


def _list(value: Value) -> list[Value]:
    """Give the cells of an array of one dimension."""
    if value is NULL:
        raise VBScriptError(94)
    value = plain(value)
    if type(value) is not Array or len(value.bounds) != 1:
        raise VBScriptError(13)
    return value.items


@builtin("Filter", 2, 4)
def filter_(values: Value, wanted: Value, include: Value = MISSING, compare: Value = MISSING) -> Value:
    """Give the texts of an array that hold another text, or that don't."""
    part = to_text(wanted)
    keep = include is MISSING or to_bool(include)
    fold = ignores_case(compare)
    texts = [to_text(item) for item in _list(values)]
    part = folded(part) if fold else part
    return Array.of([text for text in texts if (part in (folded(text) if fold else text)) == keep])


@builtin("Join", 1, 2)
def join(values: Value, delimiter: Value = MISSING) -> Value:
    """Give the array's texts with a delimiter, a space if left out, between them."""
    between = " " if delimiter is MISSING else to_text(delimiter)
    texts = [_item(item) for item in _list(values)]
    text_of_length(sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


def _item(item: Value) -> str:
    """Give a cell's text; Null and arrays are error 13 here."""
    if item is NULL:
        raise VBScriptError(13)
    return to_text(item)


@builtin("Split", 1, 4)
def split(value: Value, delimiter: Value = MISSING, count: Value = MISSING, compare: Value = MISSING) -> Value:
    """Give the parts of a text between delimiters (a space if left out), `count` of them at most; the last one holds the rest."""
    text = to_text(value)
    mark = " " if delimiter is MISSING else to_text(delimiter)
    most = count_or(count, -1)
    fold = ignores_case(compare)
    if most < -1:
        raise VBScriptError(5)
    if not text or most == 0:
        return Array.of([])
    if not mark:
        return Array.of([text])
    hits = places(text, mark, MOST_ITEMS if most == -1 else most - 1, fold=fold)
    if len(hits) >= MOST_ITEMS:
        raise VBScriptError(7)
    return Array.of(pieces(text, hits, len(mark)))
