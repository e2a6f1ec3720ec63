"""`plan-dns`, `doctor`, `preflight`, `domain dkim` and `smoke-test`, as people type them."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING

import dns.zone
import pytest

from nameserver import NameServer, name_server_in_thread
from postroom.operations.dnsplan import quoted
from runtime.commandline import Postroom

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.long

QUIET = "diagnostic_blocklists diagnostic_destination diagnostic_time_server".split()
IP = ("--public-ip", "192.0.2.10")


@pytest.fixture(scope="module")
def names() -> Iterator[NameServer]:
    with name_server_in_thread() as running:
        yield running


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, names: NameServer) -> Postroom:
    """A data directory of mail.corp.com and corp.com, whose DNS is ours."""
    folder = tmp_path_factory.mktemp("home")
    Postroom()("init", str(folder), "--hostname", "mail.corp.com", "--domain", "corp.com")
    config = folder / "postroom.toml"
    config.write_text(config.read_text() + f'\n[dns]\nservers = ["127.0.0.1:{names.port}"]\n')
    postroom = Postroom(config)
    for setting in QUIET:
        postroom("settings", "set", setting, "")
    return postroom


def publish(names: NameServer, postroom: Postroom) -> None:
    """Publish the whole plan."""
    names.zone.clear()
    for record in postroom.json("plan-dns", "--no-compare", *IP)["records"]:
        value = quoted(record["value"]) if record["type"] == "TXT" else record["value"]
        names.zone.setdefault((record["host"], record["type"]), []).append(value)


def test_the_plan_is_told_as_json_with_what_is_published(home: Postroom, names: NameServer) -> None:
    names.zone = {("corp.com", "MX"): ["10 old.test."]}
    told = home.json("plan-dns", "corp.com", *IP)
    assert (told["hostname"], told["domain"]) == ("mail.corp.com", "corp.com")
    states = {(it["type"], it["host"]): (it["state"], it["published"]) for it in told["records"]}
    assert states["MX", "corp.com"] == ("differs", ["10 old.test"])
    assert states["A", "mail.corp.com"] == ("missing", [])
    publish(names, home)
    assert {it["state"] for it in home.json("plan-dns", *IP)["records"]} - {"ok", "differs"} == set()


def test_the_plan_is_told_as_a_table_and_as_a_zone_file(home: Postroom, names: NameServer) -> None:
    names.zone = {("corp.com", "MX"): ["10 old.test."]}
    table = home("plan-dns", *IP)
    assert "differs: 10 old.test" in table
    assert "_imaps._tcp.corp.com" in table
    text = "corp.com. 3600 IN SOA a.b. c.d. 1 2 3 4 5\ncorp.com. IN NS a.b.\n" + home("plan-dns", "--zone", *IP)
    zone = dns.zone.from_text(text, origin="corp.com.")
    assert zone.find_rdataset("@", "MX")


def test_another_name_of_a_domain_has_a_plan_of_its_own(home: Postroom) -> None:
    home("domain", "set", "corp.com", "--add-name", "corp.net")
    hosts = [it["host"] for it in home.json("plan-dns", "corp.net", "--no-compare")["records"]]
    assert any(host.endswith("._domainkey.corp.net") for host in hosts)
    home("domain", "set", "corp.com", "--remove-name", "corp.net")
    assert "no domain" in home.refused("plan-dns", "corp.net")


def test_an_address_that_is_none_is_wrong_usage(home: Postroom) -> None:
    assert "IP address" in home.refused("plan-dns", "--public-ip", "here", status=2)


def test_the_doctor_tells_what_is_wrong_why_and_the_fix(home: Postroom, names: NameServer) -> None:
    publish(names, home)
    names.zone["corp.com", "TXT"] = ['"v=spf1 -all"']
    done = home.start("doctor", *IP)
    assert done.exit_code == 1
    assert "spf: The record v=spf1 -all gives fail by -all for 192.0.2.10" in done.stdout
    assert "The fix: Add ip4:192.0.2.10" in done.stdout
    told = home.start("doctor", *IP, "--json").stdout
    assert '"status": "warn"' in told


def test_a_machine_is_examined_before_there_is_a_server(home: Postroom, names: NameServer, monkeypatch: pytest.MonkeyPatch) -> None:
    from postroom.operations import diagnostics
    from postroom.runtime import preflight

    monkeypatch.setattr(diagnostics, "PREFLIGHT", ("host_name", "disk"))
    monkeypatch.setattr(preflight, "USUAL", (("imap", 0),))
    publish(names, home)
    names.zone["10.2.0.192.in-addr.arpa", "PTR"] = ["mail.corp.com."]
    told = home.json("preflight", "--hostname", "mail.corp.com", *IP)
    assert told["status"] == "ok"
    assert {it["name"] for it in told["checks"]} == {"data_directory", "ports", "host_name", "addresses", "reverse_dns", "disk"}


def test_keys_are_rotated_once_their_records_are_published(home: Postroom, names: NameServer) -> None:
    names.zone.clear()
    before = home.json("domain", "dkim", "show", "corp.com")
    assert {it["state"] for it in before} == {"active"}
    printed = home("domain", "dkim", "rotate", "corp.com")
    waiting = [it for it in home.json("domain", "dkim") if it["state"] == "waiting"]
    assert all(it["zone"] in printed for it in waiting)
    assert "is not published" in home.refused("domain", "dkim", "activate", "corp.com")
    for it in waiting:
        names.zone[it["host"], "TXT"] = [quoted(it["record"])]
    assert "signed with the new keys" in home("domain", "dkim", "activate", "corp.com")
    assert [it["selector"] for it in home.json("domain", "dkim", "show", "corp.com") if it["state"] == "active"] == [it["selector"] for it in waiting]
    for it in before:
        home("domain", "dkim", "remove", "corp.com", it["selector"])
    home("domain", "dkim", "rotate", "corp.com")
    names.zone.clear()
    assert "signed with the new keys" in home("domain", "dkim", "activate", "corp.com", "--force")
    assert "corp.com" in home("domain", "dkim")
    assert "_domainkey" in home("domain", "dkim", "show", "corp.com")


def test_without_a_server_there_is_nothing_to_smoke_test(home: Postroom) -> None:
    assert "does not run" in home.refused("smoke-test")


def test_a_message_goes_in_by_submission_and_is_read(server: Postroom) -> None:
    told = server.json("smoke-test")
    steps = [it["step"] for it in told["steps"]]
    assert steps[:3] == ["connect to submissions", "sign in to submission", "hand a message in"]
    assert {"wait until it is in the INBOX", "read it by IMAP", "list it by the API", "read it by the API"} <= set(steps)
    assert all(0 < it["seconds"] < 20 for it in told["steps"])
    assert not [it for it in server.json("account") if it["address"].startswith("smoke-test")]
    assert "All is well" in server("smoke-test", "alice@example.test", "--password-stdin", given="secret-1\n")


def test_a_mail_program_finds_its_servers_by_the_address_alone(server: Postroom) -> None:
    url = f"http://127.0.0.1:{server.ports['http']}/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=alice@example.test"
    with urllib.request.urlopen(url, timeout=30) as answer:
        assert f"<port>{server.ports['imaps']}</port>" in answer.read().decode()


def test_a_smoke_test_that_fails_says_at_which_step(server: Postroom) -> None:
    assert "Failed to sign in to submission" in server.refused("smoke-test", "bob@example.test", "--password-stdin", given="wrong\n")
