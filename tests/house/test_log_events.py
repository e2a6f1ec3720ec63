import ast

from house.repository import sources, tree, where
from postroom.log import EVENTS

METHODS = {"debug", "info", "warning", "error", "exception"}


def calls() -> list[tuple[str, str]]:
    """Every call of a logger: where, and its event ("" when it is not written there as a plain name)."""
    found = []
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS and node.args:
                receiver, event = ast.unparse(node.func.value), node.args[0]
                if receiver.rpartition(".")[2] in {"log", "_log"}:
                    found.append((where(path, node), str(event.value) if isinstance(event, ast.Constant) else ""))
    return found


def test_every_event_that_is_logged_is_declared() -> None:
    assert [(place, event) for place, event in calls() if event not in EVENTS] == []


def test_every_declared_event_is_logged() -> None:
    words = [node.value for path in sources() for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)]
    assert [event for event in EVENTS if words.count(event) < 2] == []


def test_an_event_has_a_kebab_case_name_and_a_sentence() -> None:
    assert [event for event, text in EVENTS.items() if event != event.lower().replace("_", "-").replace(" ", "-") or not text.endswith(".")] == []
