"""The server as a whole: domains, DNS plan, deliverability, bundle, backups."""

from urllib.parse import urlencode

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


def test_only_files_of_the_backup_folder_are_looked_at(server: Server) -> None:
    server.ask.post("/v1/backup")
    for path in ("/etc/passwd", "../control.db", "nothing", "x" * 900):
        found = server.ask("POST", "/v1/restore/validate?" + urlencode({"path": path})).json
        assert (found["status"], found["details"]["status"]) == ("invalid", "invalid")
        assert "daemon" not in found["details"]["reason"], "nothing of the file is told"
    assert server.ask("POST", "/v1/restore/validate?path=a%00b").status == 422
    assert server.ask("POST", "/v1/restore/validate").status == 422
