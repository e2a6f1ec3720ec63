"""The server as a whole: domains, DNS plan, deliverability, bundle, backups."""

from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from postroom.operations.backup import course, create
from postroom.operations.backup.errors import BackupError
from postroom.runtime.house import House
from postroom.storage.database import CONTROL
from servers.http.apihouse import Server


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


def test_a_backup_is_made_and_validated(server: Server) -> None:
    made = server.ask.post("/v1/backup")
    assert made == {"path": made["path"], "encrypted": True}
    found = server.ask("POST", "/v1/restore/validate?" + urlencode({"path": made["path"]})).json
    assert (found["status"], found["details"]["status"]) == ("ok", "ok")
    assert found["details"]["entries"]


def ended(server: Server) -> Any:
    """How the backup that is being made ends."""
    for _ in range(2000):
        found = server.ask.get("/v1/backup")
        if found["state"] != "running":
            return found
    raise AssertionError("the backup never ends")


def test_a_backup_in_the_background_is_accepted_and_tells_how_far_it_is(server: Server) -> None:
    begun = server.ask("POST", "/v1/backup?background=true")
    assert (begun.status, begun.headers["Location"]) == (202, "/v1/backup")
    assert begun.json.keys() == {"state", "path", "encrypted", "done", "whole", "unit", "error", "started_at", "ended_at"}
    found = ended(server)
    assert (found["state"], found["encrypted"], found["error"]) == ("done", True, None)
    assert found["started_at"] <= found["ended_at"]
    assert server.ask("POST", "/v1/restore/validate?" + urlencode({"path": found["path"]})).json["status"] == "ok"


def test_a_second_backup_is_refused_while_one_is_made(server: Server) -> None:
    held = server.run(lambda house: house.database.lock(CONTROL, "backup"))
    try:
        assert held
        for path in ("/v1/backup", "/v1/backup?background=true"):
            answer = server.ask("POST", path)
            assert (answer.status, answer.json) == (400, {"detail": "Another backup is being made now; wait for its end."})
    finally:
        server.run(lambda house: house.database.unlock(CONTROL, "backup"))


def test_a_backup_that_fails_in_the_background_says_why(server: Server) -> None:
    server.ask.post("/v1/backup")
    with patch.object(create._Backup, "make", side_effect=BackupError("The disk is full.")):
        assert server.ask("POST", "/v1/backup?background=true").status == 202
        found = ended(server)
    assert (found["state"], found["path"], found["error"]) == ("failed", None, "The disk is full.")


def transact(server: Server, *work: Any) -> None:
    async def do(house: House) -> None:
        await house.database.transact(CONTROL, *work)

    server.run(do)


def test_a_backup_that_died_with_its_server_is_told_as_failed(server: Server) -> None:
    server.ask.post("/v1/backup")
    transact(server, course._begin, 1)
    found = server.ask.get("/v1/backup")
    assert (found["state"], found["started_at"]) == ("failed", "1970-01-01T00:00:00.000001Z")
    assert "broken off" in found["error"]


def test_before_the_first_backup_there_is_none(server: Server) -> None:
    transact(server, lambda transaction: transaction.execute("DELETE FROM backup_course", ()))
    assert server.ask.get("/v1/backup")["state"] == "none"


def test_only_files_of_the_backup_folder_are_looked_at(server: Server) -> None:
    server.ask.post("/v1/backup")
    for path in ("/etc/passwd", "../control.db", "nothing", "x" * 900):
        found = server.ask("POST", "/v1/restore/validate?" + urlencode({"path": path})).json
        assert (found["status"], found["details"]["status"]) == ("invalid", "invalid")
        assert "daemon" not in found["details"]["reason"], "nothing of the file is told"
    assert server.ask("POST", "/v1/restore/validate?path=a%00b").status == 422
    assert server.ask("POST", "/v1/restore/validate").status == 422
