"""/api/openapi.json and /api/docs, and what a machine that reads the schema sends to find something broken."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from postroom.model.derive.openapi import openapi
from postroom.model.derive.rest import VERBS, actions, children, indexed, is_collection, is_secret, places, properties
from postroom.model.description import CLASSES
from servers.http.apihouse import ADMIN, Server

SCHEMA = openapi()
NOWHERE = {"Backup", "DiagnosticResult", "DiagnosticResults", "Client", "EventLog", "Result"}
"""Classes that no path leads to: calls return them, or scripts are given them."""
OUT_OF_HAND = re.compile(r"/(stop|start|reinitialize|startbackup|performtests|getmailserver|deletemessages|directories)$|/message$")


def test_every_member_of_every_class_has_its_place() -> None:
    seen = {place.of.name: place for place in places()}
    assert set(CLASSES) - set(seen) == NOWHERE
    for name, place in seen.items():
        one = place.of
        items = {key for key in one.members if key.startswith("item") or key == "count"} if is_collection(one) else set()
        shown = {member.name.lower() for known in (properties, children, indexed, actions) for member in known(one)}
        assert set(one.members) - shown - items <= VERBS, name


def test_the_schema_tells_every_member_with_its_type_and_text() -> None:
    schemas = SCHEMA["components"]["schemas"]
    told = {place.of.name for place in places() if not is_collection(place.of)}
    for name in told:
        for member in properties(CLASSES[name]):
            where = f"{name}Change" if is_secret(CLASSES[name], member) else name
            assert member.text in schemas[where]["properties"][member.name]["description"]
            assert ("readOnly" in schemas[where]["properties"][member.name]) is (member.put is None)
    assert "2 DomainAdmin" not in json.dumps(schemas)


def test_all_references_lead_somewhere_and_operations_have_one_name() -> None:
    text = json.dumps(SCHEMA)
    for kind in ("schemas", "responses"):
        assert set(re.findall(rf"#/components/{kind}/(\w+)", text)) <= set(SCHEMA["components"][kind])
    names = [operation["operationId"] for operations in SCHEMA["paths"].values() for operation in operations.values()]
    assert len(names) == len(set(names))


def test_schema_and_page_are_served_and_need_nothing_from_elsewhere(server: Server) -> None:
    ask = server.client(None)
    assert ask("GET", "/api/openapi.json").json["info"] == SCHEMA["info"]
    answer = ask("GET", "/api/docs")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    page = answer.body.decode()
    assert "<script" not in page
    assert not re.search(r"(?:src|href)='?https?:", page)
    assert all(f"<code>{path}</code>" in page for path in SCHEMA["paths"])
    assert ask("POST", "/api/docs", {}).status == 405
    assert ask("GET", "/api/domains").status == 401


def test_the_whole_server_answers_with_its_key(server: Server) -> None:
    ask = server.client(ADMIN)
    assert ask("POST", "/api/domains", {"Name": "more.test"}).status == 201
    assert ask.get("/api/domains")["items"][0]["Name"] == "more.test"
    assert "more.test" in json.dumps(ask.get("/v1/domains"))


def firsts() -> dict[str, Any]:
    """The paths of each class's first place: others are the same operations again."""
    chosen: dict[str, str] = {}
    for place in places():
        chosen.setdefault(place.of.name, place.path)
    roots = set(chosen.values())
    return {
        path: operations
        for path, operations in SCHEMA["paths"].items()
        if not OUT_OF_HAND.search(path) and (path in roots or path.rpartition("/")[0] in roots or path.endswith("{index}"))
    }


@pytest.fixture(scope="module")
def known(server: Server) -> dict[str, str]:
    """What stands for each key of a path: an item of every collection that can have one."""
    ask = server.client(ADMIN)

    def made(path: str, body: Any) -> str:
        answer = ask("POST", path, body)
        assert answer.status == 201, answer.body
        return str(answer.headers["location"]).rpartition("/")[2]

    known = {"domain": made("/api/domains", {"Name": "example.test", "Active": True})}
    account = {"Address": "alice@example.test", "Password": "Pass-w0rd", "Active": True}
    known["account"] = made("/api/domains/example.test/accounts", account)
    own = "/api/domains/example.test/accounts/alice@example.test"
    known["alias"] = made("/api/domains/example.test/aliases", {"Name": "a@example.test", "Value": "alice@example.test"})
    known["distributionlist"] = made("/api/domains/example.test/distributionlists", {"Address": "l@example.test"})
    recipients = "/api/domains/example.test/distributionlists/l@example.test/recipients"
    known["distributionlistrecipient"] = made(recipients, {"RecipientAddress": "alice@example.test"})
    known["rule"] = made("/api/rules", {"Name": "Bills"})
    known["rulecriteria"] = made(f"/api/rules/{known['rule']}/criterias", {"MatchValue": "bill"})
    known["ruleaction"] = made(f"/api/rules/{known['rule']}/actions", {"Type": 1})
    known["imapfolder"] = made("/api/settings/publicfolders", {"Name": "Bills"})
    known["message"] = made("/api/settings/publicfolders/Bills/messages", {"Subject": "Hello", "Body": "Good day."})
    known["fetchaccount"] = made(f"{own}/fetchaccounts", {"Name": "elsewhere"})
    known["group"] = made("/api/settings/groups", {"Name": "crew"})
    return known


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
"""Any small JSON value: mostly what a schema does not say."""


def misshapen(names: list[str]) -> st.SearchStrategy[Any]:
    """A body that the schema does not allow, most of the time: no object at all, or one with members of any type."""
    return ANYTHING | st.dictionaries(st.sampled_from(names), ANYTHING, min_size=1, max_size=5)


def body(operation: Any) -> dict[str, Any]:
    """The schema of what a request of this operation carries."""
    told: dict[str, Any] = SCHEMA["paths"][operation.path][operation.method]["requestBody"]["content"]["application/json"]["schema"]
    return SCHEMA["components"]["schemas"][told["$ref"].rpartition("/")[2]] if "$ref" in told else told


@pytest.mark.long
@pytest.mark.parametrize("fitting", [True, False])
def test_whatever_fits_the_schema_or_not_is_answered_as_the_schema_says(server: Server, known: dict[str, str], fitting: bool) -> None:
    """What schemathesis makes of the schema, at items that are there, and bodies that do not fit; answers must be declared and fit."""
    address = f"http://127.0.0.1:{server.ports['http']}"
    raw = json.loads(json.dumps({**SCHEMA, "paths": firsts(), "security": []}))
    for operations in raw["paths"].values():
        operations.pop("delete", None)
        for operation in operations.values():  # filters are sixty names each: tested by hand
            operation["parameters"] = [one for one in operation["parameters"] if one["name"] != "filter"]
    found: list[Any] = [result.ok() for result in schemathesis.openapi.from_dict(raw).get_all_operations()]  # type: ignore[union-attr]
    assert len(found) > 150
    statuses = Counter[int]()
    chosen = found[::4] if fitting else [one for one in found if one.body][::2]
    for operation in chosen:
        names = list(body(operation).get("properties", {})) if operation.body else []

        @given(operation.as_strategy(generation_mode=GenerationMode.POSITIVE), misshapen(names or ["Name"]))
        @settings(max_examples=1 if fitting else 3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
        def answered(case: Any, other: Any) -> None:
            case.path_parameters = {name: known.get(name, "1") for name in case.path_parameters}
            if not fitting:
                case.body = other
            response = case.call(base_url=address, headers={"Authorization": f"Bearer {ADMIN}"})
            assert response.status_code < 500 or response.status_code == 501, response.text
            case.validate_response(response, checks=[response_schema_conformance, content_type_conformance])
            statuses[response.status_code] += 1

        answered()
    assert statuses[200] + statuses[201] > 15 if fitting else statuses[400] + statuses[422] > 15, statuses
