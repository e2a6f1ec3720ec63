"""The server as a whole: domains, DNS plan, deliverability, bundle, backups."""

import asyncio
import json
from dataclasses import replace
from typing import Any

from postroom.errors import PostroomError
from postroom.runtime.house import House
from postroom.servers.http.api.application import application
from postroom.servers.http.api.house import Administration, Backups
from postroom.servers.http.api.house import House as Behind
from servers.http.apihouse import ADMIN, HEADER, Server


def test_a_domain_is_attached_planned_and_verified(server: Server) -> None:
    made = server.ask.post("/v1/domains/attach", {"domain": "Attached.Example"})
    assert (made["domain"], made["active"], made["dns_plan"]["domain"]) == ("attached.example", True, "attached.example")
    assert {record["type"] for record in made["dns_plan"]["records"]} >= {"MX", "TXT"}
    assert server.ask.post("/v1/domains/attach", {"domain": "attached.example"})["domain"] == "attached.example", "again does no harm"
    assert "attached.example" in [domain["domain"] for domain in server.ask.get("/v1/domains")]
    assert server.ask.get("/v1/domains/attached.example") == made
    found = server.ask.post("/v1/domains/attached.example/verify")
    assert found["dns_plan"] == made["dns_plan"]
    assert found["verification"]["status"] == "warn"
    assert [record["state"] for record in found["verification"]["records"][:2]] == ["ok", "missing"]
    assert server.ask("GET", "/v1/domains/nowhere.example").json == {"detail": "Domain not found"}
    assert server.ask("POST", "/v1/domains/attach", {"domain": "no domain"}).status == 422


def test_the_plan_is_of_the_domain_that_is_asked_for(server: Server) -> None:
    server.ask.post("/v1/domains/attach", {"domain": "planned.example"})
    plan = server.ask.get("/v1/plan-dns", domain="planned.example")
    assert (plan["domain"], plan["hostname"]) == ("planned.example", "mail.example.test")
    assert {"type": "MX", "host": "planned.example", "value": "10 mail.example.test."} in plan["records"]
    assert server.ask.get("/v1/plan-dns")["records"]
    assert server.ask("GET", "/v1/plan-dns", domain="nowhere.example").status == 404


def test_the_report_is_told_in_both_places_and_in_the_bundle(server: Server) -> None:
    report = server.ask.get("/v1/deliverability/report")
    assert (report["status"], report["details"]["checks"][0]["name"]) == ("warn", "mx")
    assert server.ask.get("/v1/debug/deliverability/report") == report
    bundle = server.ask.get("/v1/debug/bundle")["details"]
    assert bundle.keys() == {"health", "doctor", "queue", "logs"}
    assert bundle["doctor"] == report["details"]


async def nothing(*_arguments: Any) -> Any:
    return {"status": "ok"}


async def create() -> dict[str, Any]:
    return {"path": "/backups/one", "encrypted": True}


async def validate(path: str) -> dict[str, Any]:
    if path == "broken":
        raise PostroomError("The backup folder can't be read.")
    return {"status": "ok", "entries": 3} if path == "one" else {"status": "invalid", "reason": "It is not in the backup folder."}


async def asked(house: House, method: str, path: str, query: str = "") -> tuple[int, Any]:
    """Ask an application with backups, as uvicorn would."""
    administration = Administration(nothing, nothing, nothing)
    behind = Behind(house.directory, house.mailboxes, house.post, "x", house.config.logs, nothing, dict, administration, Backups(create, validate))
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(HEADER.lower().encode(), ADMIN.encode())]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": headers,
        "client": None,
        "http_version": "1.1",
    }
    await application(replace(behind, over=asyncio.Event()))(scope, receive, send)
    return sent[0]["status"], json.loads(sent[1]["body"])


def test_backups_are_made_and_validated(server: Server) -> None:
    def ask(path: str, query: str = "") -> tuple[int, Any]:
        return server.run(lambda house: asked(house, "POST", path, query))

    assert ask("/v1/backup") == (200, {"path": "/backups/one", "encrypted": True})
    assert ask("/v1/restore/validate", "path=one") == (200, {"status": "ok", "details": {"status": "ok", "entries": 3}})
    assert ask("/v1/restore/validate", "path=../etc/passwd")[1]["status"] == "invalid"
    assert ask("/v1/restore/validate", "path=broken") == (400, {"detail": "The backup folder can't be read."})
    assert ask("/v1/restore/validate", "path=a%00b")[0] == 422
    assert ask("/v1/restore/validate")[0] == 422
