import ast
import re
from collections.abc import Iterator

from house.repository import ROOT, sources, texts, tree, where

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(body: list[ast.stmt]) -> Iterator[Definition]:
    """What others may use, and the public methods of public classes."""
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_") and not overloaded(node):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def overloaded(node: Definition) -> bool:
    """Whether its text stands elsewhere: with the first of its kind, or as an argument, as members of the object model have it."""
    marks = [ast.unparse(decorator).partition("(")[0] for decorator in node.decorator_list]
    return any(mark in {"overload", "override", "getter", "method"} or mark.endswith(".setter") for mark in marks)


def test_public_things_have_docstrings() -> None:
    bare = [str(path.relative_to(ROOT)) for path in sources() if sources()[path].strip() and not ast.get_docstring(tree(path))]
    bare += [f"{where(path, node)} {node.name}" for path in sources() for node in public(tree(path).body) if not ast.get_docstring(node)]
    assert bare == []


def test_an_exception_from_a_rule_says_why() -> None:
    rules = r"[A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*"
    bare = re.compile(rf"#\s*(ruff: )?noqa(?!: {rules} - \S)|#\s*type: ignore(?!\[[a-z-]+(, ?[a-z-]+)*\])")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path, text in texts().items()
        if path.suffix == ".py"
        for number, line in enumerate(text.splitlines(), 1)
        if bare.search(line) and "compile(" not in line
    ]
    assert found == []


def test_no_path_of_anybodys_machine_is_in_the_repository() -> None:
    machine = re.compile(r"(?<![\w.<>)])/(?:work|root|home|Users)/\w")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if machine.search(line)
    ]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    left = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
    assert [str(path.relative_to(ROOT)) for path, text in sources().items() if left.search(text)] == []
