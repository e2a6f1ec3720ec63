"""The schema and its page, and what a machine that reads the schema sends to find something broken."""

import html
import json
import re
import shlex
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from servers.http.apihouse import ADMIN, HEADER, Server

OF_CONTRACT = {
    "POST /v1/mailboxes": "admin",
    "POST /v1/aliases": "admin",
    "POST /v1/mail/send": "mail:send",
    "GET /v1/outbound": "mail:read",
    "GET /v1/outbound/{id}": "mail:read",
    "GET /v1/mailboxes/{address}/messages": "mail:read",
    "GET /v1/messages/{id}": "mail:read",
    "GET /v1/attachments/{id}": "mail:read",
    "GET /v1/queue": "debug:read",
    "GET /v1/debug/queue/{queue_id}": "debug:read",
    "GET /v1/debug/health": "debug:read",
    "GET /v1/debug/config": "debug:read",
    "GET /v1/debug/logs": "debug:read",
    "GET /v1/debug/messages/{id}/trace": "debug:read",
    "GET /v1/debug/deliverability/report": "debug:read",
    "GET /v1/deliverability/report": "debug:read",
    "GET /v1/debug/bundle": "debug:read",
    "GET /v1/plan-dns": "debug:read",
    "GET /v1/domains": "admin",
    "POST /v1/backup": "admin",
    "POST /v1/restore/validate": "admin",
    "POST /v1/domains/attach": "admin",
    "GET /v1/domains/{name}": "admin",
    "POST /v1/domains/{name}/verify": "admin",
}
STREAMS = "/v1/mailboxes/{address}/events"


def operations(server: Server) -> dict[str, Any]:
    schema = server.client(None).get("/openapi.json")
    return {f"{method.upper()} {path}": found for path, methods in schema["paths"].items() for method, found in methods.items()}


def test_the_schema_has_every_operation_of_the_contract_with_its_scope(server: Server) -> None:
    found = operations(server)
    assert {name: found[name]["x-scope"] for name in OF_CONTRACT} == OF_CONTRACT
    assert all(operation["security"] == [{"key": []}] for operation in found.values())


def test_the_page_tells_every_operation_and_needs_nothing_from_elsewhere(server: Server) -> None:
    answer = server.client(None)("GET", "/docs")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    page = answer.body.decode()
    for name in operations(server):
        method, path = name.split()
        assert re.search(rf"{method}</span> <code>{re.escape(path)}</code>", page), name
    assert "<script" not in page
    assert set(re.findall(r"(?:src|href)='?([^'> ]+)", page)) & {"http", "//"} == set()
    assert not re.search(r"(?:src|href)='?https?:", page)
    assert page.count("curl ") >= len(operations(server))


def shown(page: str) -> dict[str, list[str]]:
    """The commands of the page, as a shell parts them, by what they ask."""
    commands = [shlex.split(html.unescape(found).replace("\\\n", " ")) for found in re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)]
    return {f"{words[2] if words[1] == '-X' else 'GET'} {next(word for word in words if word.startswith('http'))}": words for words in commands}


def test_the_pages_own_commands_work_as_they_stand(server: Server) -> None:
    here = f"http://127.0.0.1:{server.ports['http']}"
    commands = shown(server.client(None)("GET", "/docs", headers={"Host": here.removeprefix("http://")}).body.decode())
    for name in ("POST /v1/mailboxes", "POST /v1/aliases", "POST /v1/keys", "POST /v1/mail/send", "POST /v1/domains/attach"):
        method, path = name.split()
        words = commands[f"{method} {here}{path}"]
        body = words[words.index("-d") + 1]
        answer = server.ask(method, path, raw=body.encode())
        assert answer.status == 200, (name, body, answer.body)
    for path in ("/v1/mailboxes/alice@example.com/messages", "/v1/domains/example.com", "/v1/outbound", "/v1/keys"):
        assert f"GET {here}{path}" in commands
        assert server.ask("GET", path).json, path


def test_the_page_repeats_no_host_that_is_none(server: Server) -> None:
    page = server.client(None)("GET", "/docs", headers={"Host": "a<b>.example"}).body
    assert b"a<b>" not in page
    assert b"http://127.0.0.1:8787/v1/mailboxes" in page


def test_health_and_metrics_stay_in_front(server: Server) -> None:
    assert server.client(None)("GET", "/health").json.keys() == {"status", "platform", "checks"}
    assert server.client(None)("GET", "/metrics").status == 200


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("GET", "/v1/nowhere", 404), ("PUT", "/v1/keys", 405)])
def test_what_there_is_not_is_told_like_every_error(server: Server, method: str, path: str, status: int) -> None:
    answer = server.ask(method, path)
    assert answer.status == status
    assert isinstance(answer.json["detail"], str)


def test_the_health_of_the_server_is_told_to_debuggers(server: Server) -> None:
    found = server.ask.get("/v1/debug/health")
    assert found["details"]["checks"]["database"] == "ok"
    found = server.ask.get("/v1/debug/config")
    assert found["details"]["admin_key"] == "(set)"
    assert ADMIN not in json.dumps(found)
    assert isinstance(server.ask.get("/v1/debug/logs")["details"]["lines"], list)


@pytest.mark.long
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_fits_the_schema_or_not_is_answered_as_the_schema_says(server: Server, mode: GenerationMode) -> None:
    """Every operation but the endless one gets what schemathesis makes of the schema; answers must be declared and fit."""
    raw = server.client(None).get("/openapi.json")
    raw["paths"].pop(STREAMS)
    raw["paths"]["/v1/backup"].pop("post")  # each makes one
    address = f"http://127.0.0.1:{server.ports['http']}"
    found: list[Any] = [result.ok() for result in schemathesis.openapi.from_dict(raw).get_all_operations()]  # type: ignore[union-attr]
    assert len(found) > len(OF_CONTRACT)
    for operation in found:
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query or operation.path_parameters):
            continue

        @given(operation.as_strategy(generation_mode=mode))
        @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
        def answered(case: Any) -> None:
            if case.query and "wait" in case.query:
                case.query["wait"] = 0
            response = case.call(base_url=address, headers={HEADER: ADMIN})
            assert response.status_code < 500, response.text
            if response.status_code not in {400, 404, 405}:  # the router's own: a path that no operation has any more
                case.validate_response(response, checks=[response_schema_conformance, content_type_conformance])

        answered()
