"""What a Python file uses, by its syntax tree."""

from __future__ import annotations

import ast

from postroom.scripting.checking.uses import CALL, CREATED, Chain, Function, Note, Uses

CREATE = frozenset({"CreateObject", "create_object"})


def uses_of(text: str) -> Uses:
    """Find what a text uses; what is no Python is a problem."""
    found = Uses("Python", cases=True)
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        found.problems.append(Note(getattr(error, "lineno", 0) or 0, f"Python: {getattr(error, 'msg', None) or error}"))
        return found
    for node in tree.body:
        scope = ""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            scope = node.name
            flexible = ("*",) if node.args.vararg or node.args.defaults else ()
            parameters = tuple(one.arg for one in (*node.args.posonlyargs, *node.args.args))
            found.functions.append(Function(node.lineno, node.name, parameters + flexible))
        walk(found, node, scope)
    return found


def walk(found: Uses, top: ast.AST, scope: str) -> None:
    """Look at everything within a statement."""
    inner: set[ast.AST] = set()
    for node in ast.walk(top):
        if isinstance(node, ast.Attribute | ast.Call | ast.Subscript) and node not in inner:
            chain = chain_of(node, inner)
            if chain is not None and (len(chain) > 1 or chain[0].startswith(CREATED)):
                found.use(scope, node.lineno, chain)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"exec", "eval"}:
            found.notes.append(Note(node.lineno, f"{node.func.id}: text that is made at run time is not looked at."))
        bind(found, node, scope)


def bind(found: Uses, node: ast.AST, scope: str) -> None:
    """Note what a variable is given by an assignment or a loop."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.NamedExpr(target=ast.Name(id=name), value=value):
            chain = chain_of(value, set())
            if chain is not None:
                found.bind(scope, name, chain)
        case ast.For(target=ast.Name(id=name), iter=items) | ast.comprehension(target=ast.Name(id=name), iter=items):
            chain = chain_of(items, set())
            if chain is not None:
                found.bind(scope, name, chain, item=True)


def chain_of(node: ast.AST, inner: set[ast.AST]) -> Chain | None:
    """Give the chain of an expression, None for one that is none; the parts of it go into `inner`."""
    match node:
        case ast.Name(id=name):
            return (name,)
        case ast.Await(value=value):
            return chain_of(value, inner)
        case ast.Attribute(value=value, attr=name):
            inner.add(value)
            before = chain_of(value, inner)
            return None if before is None else (*before, name)
        case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in CREATE:
            return (CREATED + (str(first.value) if isinstance(first, ast.Constant) else ""),)
        case ast.Call(func=value) | ast.Subscript(value=value):
            inner.add(value)
            before = chain_of(value, inner)
            return None if before is None else (*before, CALL)
    return None
