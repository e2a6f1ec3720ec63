"""The schema of the object model as REST (OpenAPI 3.1): every place, every class with its members, their types, texts and rights."""

from __future__ import annotations

from enum import IntEnum
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from postroom.model import enumerations
from postroom.model.derive.rest import (
    ROOT,
    actions,
    indexed,
    is_collection,
    is_secret,
    items_of,
    places,
    plain,
    properties,
    readable,
)
from postroom.model.description import Right

if TYPE_CHECKING:
    from collections.abc import Iterable

    from postroom.model.derive.rest import Place
    from postroom.model.description import Description, Member, Parameter

INTRODUCTION: Final = (
    "hMailServer's object model as resources, each member under its own name, whatever its case. Log in by HTTP Basic with an account's address "
    "or `Administrator`, or with an administrator's API key as bearer; what one may see and do is what the object model lets the login. A path "
    "goes by names of members and keys of items: `/api/domains/example.test/accounts/alice@example.test`; a number is an item's id, `=2024` the "
    "item whose name is a number. A collection is filtered by `Active=true` or `Address.like=a*`. POST to a collection adds an item and saves "
    "it; PATCH changes properties, all of them or none; methods are called by POST with their arguments, and may stand in a body as lists of "
    "calls that are made before Save. Passwords are only written. Errors are problem details (RFC 9457) with the COM error's code."
)
JSON: Final = "application/json"
TYPES: Final[dict[str, dict[str, Any]]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
    "int64": {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
    "boolean": {"type": "boolean"},
    "float": {"type": "number"},
    "variant": {"type": ["string", "null"], "description": "A time in the server's local time, such as 2026-11-21T09:30:00; null for none."},
}
PROBLEM: Final = {
    "description": "An error: problem details (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "The sentence that a COM client would be shown."},
        "code": {"type": "string", "description": "The COM error's code, such as 0x800403E9."},
        "member": {"type": "string", "description": "The member that it is about."},
    },
}
REFUSALS: Final = {
    400: "The body is no JSON",
    401: "Not logged in",
    403: "The login does not reach, or the request comes from where none is taken",
    404: "There is no such thing",
    405: "The place does not take this",
    412: "It was changed meanwhile",
    413: "The body is too large",
    415: "The body is no JSON",
    409: "Another one has the name",
    422: "A value can't be taken",
    429: "This login asks too often: Retry-After says when to come back",
    500: "The server failed at this",
    501: "Not available yet",
    503: "Not just now: try again",
}


def openapi(key_header: str = "X-OpenMailserver-Key") -> dict[str, Any]:
    """Make the schema; `key_header` is the header field of API keys besides Authorization."""
    schemas: dict[str, Any] = {"Problem": PROBLEM}
    paths: dict[str, Any] = {}
    for place in places():
        schemas.update(_schemas(place.of))
        _add(paths, place)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Postroom's object model",
            "summary": "hMailServer's objects over HTTP: domains, accounts, rules, settings and all the rest.",
            "description": INTRODUCTION,
            "version": version("postroom"),
            "x-curl": "-u Administrator:secret",
        },
        "security": [{"password": []}, {"bearer": []}, {"key": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "responses": {
                str(status): {
                    "description": text,
                    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
                }
                for status, text in sorted(REFUSALS.items())
            },
            "securitySchemes": {
                "password": {"type": "http", "scheme": "basic"},
                "bearer": {"type": "http", "scheme": "bearer"},
                "key": {"type": "apiKey", "in": "header", "name": key_header},
            },
        },
    }


def right_of(member: Member, *, write: bool = False) -> str:
    """Say in words what right a member needs."""
    right = (member.write or Right.NONE) if write else member.read
    if Right.SERVER in right and Right.DOMAIN in right:
        return "by the value, a domain or a server administrator"
    words = {Right.SERVER: "a server administrator", Right.DOMAIN: "a domain administrator", Right.AUTHENTICATED: "any login"}
    return next((text for kind, text in words.items() if kind in right), "who sees the object")


def _add(paths: dict[str, Any], place: Place) -> None:
    """Add the operations of a place."""
    one, path = place.of, place.path
    created = path == f"{ROOT}/{one.name.lower()}" and place.collection is None and one.name in {"Message", "FetchAccount"}
    found: dict[str, Any] = {}
    if created:
        found["post"] = _operation(place, "create", f"Makes a {one.name} without a parent, and saves it.", _body(one), 201, one.name)
    elif is_collection(one):
        found["get"] = _operation(place, "list", f"Lists {one.name}. {one.text}", None, 200, f"{one.name}Page", _query(items_of(one)))
        if "add" in one.members:
            text = f"Makes a new {items_of(one).name} of what the body has, and saves it."
            found["post"] = _operation(place, "add", text, _body(items_of(one), one.members["add"].parameters), 201, items_of(one).name)
    else:
        found["get"] = _operation(place, "read", f"Reads a {one.name}. {one.text}", None, 200, one.name, [_fields(one)])
        if any(member.put for member in properties(one)):
            found["patch"] = _operation(
                place, "change", f"Changes a {one.name}: all that the body has, or nothing.", _body(one), 200, one.name, [IF_MATCH]
            )
        if _deletable(place):
            found["delete"] = _operation(place, "delete", f"Deletes a {one.name}.", None, 204, "", [IF_MATCH])
    paths[path] = found
    if created:
        return
    for member in actions(one):
        paths[f"{path}/{member.name.lower()}"] = {"post": _action(place, member)}
    for member in indexed(one):
        if not member.type.startswith("object:"):
            paths[f"{path}/{member.name.lower()}/{{index}}"] = {"get": _indexed(place, member)}


IF_MATCH: Final = {
    "name": "If-Match",
    "in": "header",
    "schema": {"type": "string", "pattern": '^("[0-9a-f]{32}"|[*])$'},
    "description": "The ETag of what was read: a change made meanwhile ends this with 412.",
}


def _deletable(place: Place) -> bool:
    own = place.of.members.get("delete")
    if own is not None and not own.parameters:
        return True
    return place.collection is not None and "deletebydbid" in place.collection.members


def _operation(
    place: Place, verb: str, text: str, body: dict[str, Any] | None, status: int, answers: str, parameters: Iterable[dict[str, Any]] = ()
) -> dict[str, Any]:
    """Describe an operation: what it takes and how it is answered."""
    good: dict[str, Any] = {"description": "Done"}
    if answers:
        good["content"] = {JSON: {"schema": {"$ref": f"#/components/schemas/{answers}"}}}
    made: dict[str, Any] = {
        "operationId": f"{verb}-" + place.path.removeprefix(f"{ROOT}/").replace("/", "-").translate({ord("{"): None, ord("}"): None}),
        "summary": text.partition(". ")[0].rstrip("."),
        "description": text,
        "tags": [_tag(place)],
        "parameters": [*(_key(name) for name in place.keys), *parameters],
        "responses": {str(status): good, **_refusals()},
    }
    return made if body is None else {**made, "requestBody": {"required": True, "content": {JSON: {"schema": body}}}}


def _tag(place: Place) -> str:
    return place.path.removeprefix(ROOT).strip("/").partition("/")[0] or "application"


def _key(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1},
        "description": f"The {name}'s name, or its id.",
    }


def _refusals() -> dict[str, Any]:
    return {str(status): {"$ref": f"#/components/responses/{status}"} for status in sorted(REFUSALS)}


def _action(place: Place, member: Member) -> dict[str, Any]:
    given = {one.name: _typed(one.type) for one in member.parameters if not one.out}
    body = {"type": "object", "properties": given, "required": list(given), "additionalProperties": False}
    made = _operation(place, f"call-{member.name.lower()}", _text(member), body, 200, "")
    outs = {one.name: {"type": "string"} for one in member.parameters if one.out}
    value = _typed(member.type) if member.type and not member.type.startswith("object:") else {}
    answer = {"type": "object", "required": ["value"], "properties": {"value": value or {}}}
    if outs:
        answer["properties"] = {"value": value, "out": {"type": "object", "properties": outs}}
    made["responses"]["200"]["content"] = {JSON: {"schema": answer}}
    return made


def _indexed(place: Place, member: Member) -> dict[str, Any]:
    made = _operation(place, f"read-{member.name.lower()}", _text(member), None, 200, "")
    index = {"name": "index", "in": "path", "required": True, "schema": _typed(member.parameters[0].type), "description": member.parameters[0].name}
    made["parameters"].append(index)
    answer = {"type": "object", "required": ["value"], "properties": {"value": _typed(member.type)}}
    made["responses"]["200"]["content"] = {JSON: {"schema": answer}}
    return made


def _query(of: Description) -> list[dict[str, Any]]:
    """Describe the query of a collection."""
    names = [member.name for member in readable(of)]
    filters = {name: {"type": "string"} for name in names} | {f"{name}.like": {"type": "string", "maxLength": 200} for name in names}
    return [
        {
            "name": "limit",
            "in": "query",
            "schema": {"type": "integer", "minimum": 0, "maximum": 1000, "default": 100},
            "description": "Items of a page.",
        },
        {"name": "offset", "in": "query", "schema": {"type": "integer", "minimum": 0}, "description": "Items that go before."},
        {"name": "after", "in": "query", "schema": {"type": "string"}, "description": "Where the page before ended: a part of its `next`."},
        {"name": "sort", "in": "query", "schema": {"type": "string"}, "description": "Properties with commas between; `-Size` downwards."},
        _fields(of),
        {
            "name": "filter",
            "in": "query",
            "style": "form",
            "explode": True,
            "schema": {"type": "object", "properties": filters, "additionalProperties": False},
            "description": "`Active=true`: equal to a value; `Address.like=a*`: like a pattern with `*` and `?`, whatever the case.",
        },
    ]


def _fields(of: Description) -> dict[str, Any]:
    text = "The properties wanted, with commas between" + (f": of {', '.join(member.name for member in readable(of))}." if readable(of) else ".")
    return {"name": "fields", "in": "query", "schema": {"type": "string"}, "description": text}


def _body(of: Description, also: Iterable[Parameter] = ()) -> dict[str, Any]:
    """Describe what may be written of a class, and what its Add needs besides."""
    needed = {plain(one.name): _typed(one.type) for one in also}
    if not needed:
        return {"$ref": f"#/components/schemas/{of.name}Change"}
    return {**_change(of), "properties": {**needed, **_change(of)["properties"]}, "required": list(needed)}


def _change(of: Description) -> dict[str, Any]:
    found = {
        member.name: {**_described(member, write=True), **({"writeOnly": True} if is_secret(of, member) else {})}
        for member in properties(of)
        if member.put
    }
    for member in indexed(of):
        if member.put:
            found[member.name] = {"type": "object", "additionalProperties": _typed(member.type), "description": _text(member)}
    for member in actions(of):
        given = [_typed(one.type) for one in member.parameters if not one.out]
        if given and not member.type:
            call = {"type": "array", "prefixItems": given, "minItems": len(given), "maxItems": len(given)}
            found[member.name] = {"type": "array", "items": call, "maxItems": 1000, "description": f"Calls made before Save: {member.text}"}
    return {"type": "object", "description": f"What may be written of a {of.name}.", "properties": found, "additionalProperties": False}


def _schemas(of: Description) -> dict[str, Any]:
    """Describe a class as it is read; of a collection its page."""
    if is_collection(of):
        item = items_of(of)
        page = {
            "_class": {"const": of.name},
            "_self": {"type": "string"},
            "total": {"type": "integer", "description": "Items that meet the filter."},
            "offset": {"type": "integer"},
            "items": {"type": "array", "items": {"$ref": f"#/components/schemas/{item.name}"}},
            "next": {"type": ["string", "null"], "description": "The way to the next page."},
        }
        return {f"{of.name}Page": {"type": "object", "description": of.text, "properties": page, "required": list(page)}}
    own: dict[str, Any] = {
        "_class": {"const": of.name},
        "_self": {"type": "string"},
        "_links": {"type": "object", "additionalProperties": {"type": "string"}},
    }
    change = {f"{of.name}Change": _change(of)} if any(member.put for member in properties(of)) else {}
    own |= {member.name: {**_described(member), **({} if member.put else {"readOnly": True})} for member in readable(of)}
    return {of.name: {"type": "object", "description": of.text, "properties": own, "required": ["_class"]}, **change}


def _described(member: Member, *, write: bool = False) -> dict[str, Any]:
    text = _text(member, write=write)
    return {**_typed(member.type), "description": text}


def _text(member: Member, *, write: bool = False) -> str:
    waits = f" Not available yet: {member.pending}." if member.pending and member.is_method else ""
    waits = waits or (f" Stored only: {member.pending}." if member.pending else "")
    names = ""
    if member.type.startswith("enum:"):
        kind: type[IntEnum] = getattr(enumerations, member.type.removeprefix("enum:"))
        names = f" {kind.__name__}: {', '.join(f'{one.value} {one.name}' for one in kind)}."
    return f"{member.text}{names}{waits} For {right_of(member, write=write)}."


def _typed(kind: str) -> dict[str, Any]:
    if kind.startswith("object:"):
        return {"$ref": f"#/components/schemas/{kind.removeprefix('object:')}"}
    return dict(TYPES["integer"] if kind.startswith("enum:") else TYPES[kind])
