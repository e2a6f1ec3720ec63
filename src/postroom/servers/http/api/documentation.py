"""GET /openapi.json and /docs: the schema, and a page made of it that needs no script and nothing from the internet."""

from __future__ import annotations

import asyncio
import json
import re
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI, Request, Response

from postroom.servers.http.api.operation import JSON, KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postroom.servers.http.api.house import House

INTRODUCTION: Final = (
    "A key in the header field `X-OpenMailserver-Key` (or `Authorization: Bearer`) opens the API: an administrator's key every mailbox, a mailbox's "
    'key its own. Every success answers 200, or 202 where work goes on in the background; every error answers `{"detail": ...}`. A POST with an '
    "`Idempotency-Key` may be repeated for 24 hours without a second effect."
)
HEADERS: Final = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
METHODS: Final = ("get", "post", "patch", "delete")
HERE: Final = "http://127.0.0.1:8787"
"""Where the examples ask, until somebody reads them elsewhere."""

_PLACE: Final = re.compile(r"https?://[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|https?://\[[0-9A-Fa-f:]{2,45}\](:[0-9]{1,5})?", re.ASCII)

STYLE: Final = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}
h1,h2,h3{line-height:1.2} h2{margin-top:3rem;border-bottom:1px solid #d7dde5} h3{margin:2rem 0 .3rem}
code,pre{font:14px/1.45 ui-monospace,monospace;background:#f3f5f8;border-radius:4px;padding:.1rem .3rem}
pre{padding:.7rem;overflow:auto} table{border-collapse:collapse;width:100%;margin:.5rem 0}
td,th{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #e7ebf0} th{font-weight:600}
.get{color:#0b6b3a}.post{color:#0a4fa3}.patch{color:#8a5a00}.delete{color:#a3182b} a{color:#0a4fa3} .muted{color:#5b6675}
@media(prefers-color-scheme:dark){body{background:#14181d;color:#dde3ea} code,pre{background:#212830} td,th{border-color:#2c343d}
h2{border-color:#2c343d} a,.post{color:#79b0ff}.get{color:#5fd39a}.patch{color:#e5b252}.delete{color:#ff8a97}.muted{color:#97a3b2}}
"""


def add(application: FastAPI, house: House) -> None:
    """Give an application its schema and its page; both are made when first asked for, in a thread."""
    made = _Documents(application, house)

    async def schema(_request: Request) -> Response:
        return Response(await asyncio.to_thread(lambda: made.schema_text), media_type=JSON, headers=HEADERS)

    async def page(request: Request) -> Response:
        text = await asyncio.to_thread(lambda: made.page)
        return Response(text.replace(HERE.encode(), _asked(request).encode()), media_type="text/html", headers=HEADERS)

    application.add_route("/openapi.json", schema, include_in_schema=False)
    application.add_route("/docs", page, include_in_schema=False)


def _asked(request: Request) -> str:
    """Tell where the reader asked, so that the examples work as they stand; a Host that is no place is not repeated."""
    place = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return place if _PLACE.fullmatch(place) else HERE


class _Documents:
    """Schema and page, each made once."""

    def __init__(self, application: FastAPI, house: House) -> None:
        self._application = application
        self._house = house

    @cached_property
    def schema(self) -> dict[str, Any]:
        made = self._application.openapi()
        field = self._house.settings.api_key_header
        made["components"]["securitySchemes"] = {KEY: {"type": "apiKey", "in": "header", "name": field}}
        unreadable = made["components"]["schemas"]["HTTPValidationError"]["properties"]
        unreadable["detail"] = {"anyOf": [unreadable["detail"], {"type": "string"}]}
        word = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}}
        for operations in made["paths"].values():
            if "post" in operations:
                operations["post"].setdefault("parameters", []).append(word)
        return made

    @cached_property
    def schema_text(self) -> bytes:
        return json.dumps(self.schema).encode()

    @cached_property
    def page(self) -> bytes:
        return page(self.schema, "/openapi.json")


def page(schema: dict[str, Any], address: str) -> bytes:
    """Write the page of a schema that programs find at an address."""
    return "".join(_page(schema, address)).encode()


def _page(schema: dict[str, Any], address: str) -> Iterator[str]:
    info = schema["info"]
    yield f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>{escape(info['title'])}</title>"
    yield f"<style>{STYLE}</style><h1>{escape(info['title'])}</h1><p>{escape(info['summary'])}<p>{_marked(info['description'])}"
    yield f"<p>The schema for programs: <a href='{escape(address)}'>openapi.json</a>."
    groups: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, operations in schema["paths"].items():
        for method in METHODS:
            if method in operations:
                groups.setdefault(operations[method].get("tags", ["Server"])[0], []).append((method, path, operations[method]))
    yield "<ul>" + "".join(f"<li><a href='#{escape(name)}'>{escape(name)}</a>" for name in groups) + "<li><a href='#values'>Values</a></ul>"
    for name, found in groups.items():
        yield f"<h2 id='{escape(name)}'>{escape(name)}</h2>"
        for method, path, operation in found:
            yield from _operation(schema, method, path, operation)
    yield "<h2 id=values>Values</h2>"
    for name, model in schema["components"]["schemas"].items():
        yield from _model(name, model)


def _operation(schema: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"<h3 id='{escape(operation['operationId'])}'><span class={method}>{method.upper()}</span> <code>{escape(path)}</code></h3>"
    scope = f" <span class=muted>Scope: {escape(operation['x-scope'])}.</span>" if "x-scope" in operation else ""
    yield f"<p>{_marked(operation.get('description', ''))}{scope}"
    parameters = operation.get("parameters", [])
    if parameters:
        yield "<table><tr><th>parameter<th>in<th>kind<th>meaning"
        for one in parameters:
            kind = _kind(one["schema"])
            meaning = one.get("description") or one["schema"].get("description", "")
            yield f"<tr><td><code>{escape(one['name'])}</code><td>{escape(one['in'])}<td>{kind}<td>{_marked(meaning)}"
        yield "</table>"
    body = operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema")
    if body:
        yield f"<p>Body: {_kind(body)}"
    status = next(status for status in operation["responses"] if status.startswith("2"))
    good = operation["responses"][status].get("content", {})
    yield f"<p>Answers {status}: {_kind(good[JSON]['schema']) if JSON in good else 'nothing' if status == '204' else 'the file'}"
    yield f"<pre>{escape(_curl(schema, method, path, parameters, body))}</pre>"


def _filled(path: str, parameters: list[dict[str, Any]]) -> str:
    """Put examples into a path."""
    for one in parameters:
        if one["in"] == "path" and (examples := one["schema"].get("examples")):
            path = path.replace(f"{{{one['name']}}}", str(examples[0]))
    return path


def _curl(schema: dict[str, Any], method: str, path: str, parameters: list[dict[str, Any]], body: dict[str, Any] | None) -> str:
    key = schema["info"].get("x-curl", "-H 'X-OpenMailserver-Key: om_...'")
    words = ["curl", *([] if method == "get" else ["-X", method.upper()]), f"{HERE}{_filled(path, parameters)}", key]
    if body:
        words.append("-H 'Content-Type: application/json'")
        words.append(f"-d '{json.dumps(_example(schema, body))}'")
    return " \\\n  ".join([" ".join(words[:-3] if body else words), *(words[-3:] if body else [])])


def _example(schema: dict[str, Any], value: dict[str, Any]) -> Any:
    """Make an example of what a body must have."""
    if "$ref" in value:
        return _example(schema, schema["components"]["schemas"][value["$ref"].rpartition("/")[2]])
    if "examples" in value:
        return value["examples"][0]
    if value.get("type") == "object" and "properties" in value:
        wanted = value.get("required") or list(value["properties"])[:2]
        return {name: _example(schema, value["properties"][name]) for name in wanted}
    if value.get("type") == "array":
        return [_example(schema, one) for one in value.get("prefixItems", [value.get("items", {})])]
    if "anyOf" in value:
        return _example(schema, value["anyOf"][0])
    return {"integer": 0, "boolean": True, "object": {}}.get(value.get("type", ""), "...")


def _model(name: str, model: dict[str, Any]) -> Iterator[str]:
    yield f"<h3 id='value-{escape(name)}'>{escape(name)}</h3><p>{_marked(model.get('description', ''))}"
    if "properties" in model:
        yield "<table><tr><th>field<th>kind<th>meaning"
        for field, value in model["properties"].items():
            star = "" if field in model.get("required", ()) else " <span class=muted>may be absent</span>"
            yield f"<tr><td><code>{escape(field)}</code>{star}<td>{_kind(value)}<td>{_marked(value.get('description', ''))}"
        yield "</table>"


def _kind(value: dict[str, Any]) -> str:
    """Name a schema, with a link to the value it is."""
    if "$ref" in value:
        name = escape(value["$ref"].rpartition("/")[2])
        return f"<a href='#value-{name}'>{name}</a>"
    if "anyOf" in value:
        return " or ".join(map(_kind, value["anyOf"]))
    if "enum" in value:
        return escape(", ".join(map(str, value["enum"])))
    if value.get("type") == "array":
        return f"list of {', '.join(map(_kind, value.get('prefixItems', [value.get('items', {})])))}"
    if isinstance(value.get("type"), list):
        return " or ".join(map(str, value["type"]))
    kind = str(value.get("format") or value.get("type") or ("always the same" if "const" in value else "anything"))
    bounds = [f"{words} {int(value[name])}" for name, words in (("minimum", "from"), ("maximum", "to"), ("maxLength", "up to")) if name in value]
    return escape(" ".join([kind, *bounds]))


def _marked(text: str) -> str:
    """Write text with its `code`."""
    pieces = escape(text).split("`")
    return "".join(f"<code>{piece}</code>" if at % 2 else piece for at, piece in enumerate(pieces))
