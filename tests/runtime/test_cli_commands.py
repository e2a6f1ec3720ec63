"""The commands, on a running server and on a data directory at rest: the same words, the same answers."""

from __future__ import annotations

import base64
import json
import poplib
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from runtime.commandline import ENVIRONMENT, Postroom

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long


@pytest.fixture(scope="module", params=["running", "at rest"])
def postroom(request: pytest.FixtureRequest) -> Postroom:
    """The command line, with a server and without."""
    found: Postroom = request.getfixturevalue("server" if request.param == "running" else "at_rest")
    if not any(domain["name"] == "shop.test" for domain in found.json("domain")):
        found("domain", "add", "shop.test")
    return found


def test_a_domain_is_added_changed_and_removed(postroom: Postroom) -> None:
    postroom("domain", "add", "new.test", "--max-account-size", "1 GB", "--catch-all", "all@new.test")
    postroom("domain", "set", "new.test", "--add-name", "neu.test", "--inactive")
    shown = postroom.json("domain", "show", "neu.test")
    assert (shown["name"], shown["active"], shown["aliases"], shown["max_account_size"]) == ("new.test", False, ["neu.test"], 1 << 30)
    assert "neu.test" in postroom("domain")
    postroom("domain", "set", "new.test", "--remove-name", "neu.test")
    postroom("domain", "remove", "new.test")
    assert "neu.test" in postroom.refused("domain", "show", "neu.test")


def test_an_account_is_added_changed_and_removed(postroom: Postroom) -> None:
    postroom("account", "add", "eve@shop.test", "--password-stdin", "--quota", "20 MB", "--first-name", "Eve", given="geheim-1\n")
    postroom("account", "set", "eve@shop.test", "--inactive", "--admin", "domain", "--address", "eva@shop.test")
    shown = postroom.json("account", "show", "eva@shop.test")
    assert (shown["active"], shown["admin_level"], shown["quota"], shown["person"], shown["messages"]) == (False, 1, 20 << 20, "Eve", 0)
    assert "eva@shop.test" in postroom("account", "--domain", "shop.test")
    postroom("account", "remove", "eva@shop.test")
    assert "eva@shop.test" in postroom.refused("account", "show", "eva@shop.test")


def test_a_domain_is_renamed_and_removed_with_all_in_it(postroom: Postroom) -> None:
    postroom("domain", "add", "old.test")
    postroom("account", "add", "eve@old.test", "--password-stdin", given="geheim-1\n")
    postroom("alias", "add", "info@old.test", "eve@old.test")
    postroom("list", "add", "all@old.test", "eve@old.test")
    assert "eva@old.test" in postroom("account", "rename", "eve@old.test", "eva@old.test")
    assert postroom.json("domain", "rename", "old.test", "fresh.test")["name"] == "fresh.test"
    assert postroom.json("account", "show", "eva@fresh.test")["address"] == "eva@fresh.test"
    assert postroom.json("list", "--domain", "fresh.test")[0]["recipients"] == ["eve@fresh.test"]
    assert "still has an account" in postroom.refused("domain", "remove", "fresh.test")
    postroom("domain", "remove", "fresh.test", "--yes")
    assert "fresh.test" in postroom.refused("domain", "show", "fresh.test")


def test_a_list_is_added_changed_and_removed(postroom: Postroom) -> None:
    postroom("list", "add", "team@shop.test", "a@shop.test", "b@else.test", "--mode", "members")
    changed = postroom.json("list", "set", "team@shop.test", "--add", "c@shop.test", "--add", "A@shop.test", "--remove", "b@else.test", "--inactive")
    assert changed == {
        "address": "team@shop.test",
        "active": False,
        "mode": "members",
        "sender": "",
        "login_required": False,
        "recipients": ["a@shop.test", "c@shop.test"],
    }
    assert "not on the list" in postroom.refused("list", "set", "team@shop.test", "--remove", "x@shop.test")
    assert "team@shop.test" in postroom("list")
    assert "a@shop.test" in postroom("list", "show", "team@shop.test")
    postroom("list", "set", "team@shop.test", "--address", "crew@shop.test", "--mode", "announcements", "--sender", "a@shop.test")
    postroom("list", "remove", "crew@shop.test")
    assert postroom.json("list", "--domain", "shop.test") == []


def test_an_account_without_a_password_is_told_to_be_shut(postroom: Postroom) -> None:
    assert "nobody can log in" in postroom("account", "add", "shut@shop.test")
    postroom("account", "remove", "shut@shop.test")


def test_an_import_adds_what_it_can_and_tells_the_rest_by_line(postroom: Postroom, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("address,password\none@shop.test,geheim-1\n# a comment\nno address,x\none@elsewhere.test,geheim-3\ntwo@shop.test,geheim-2\n")
    done = postroom.start("account", "import", str(file), "--json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["added"]) == (1, 2)
    assert sorted(sentence.split(":")[0] for sentence in told["refused"]) == ["Line 4", "Line 5"]
    for name in ("one", "two"):
        postroom("account", "remove", f"{name}@shop.test")


def test_many_accounts_share_one_password_and_are_all_listed(postroom: Postroom, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_text("".join(f"user{number}@shop.test\n" for number in range(1005)))
    assert postroom.json("account", "import", str(file), "--same-password-stdin", given="geheim-3\n") == {"added": 1005, "refused": []}
    listed = postroom.json("account", "--domain", "shop.test")
    assert len({it["address"] for it in listed}) == len(listed) == 1005
    again = postroom.start("account", "import", str(file), "--same-password-stdin", given="geheim-3\n")
    assert again.exit_code == 1
    assert "Lines 1 to 1005" in again.stderr


def test_an_alias_is_added_changed_and_removed(postroom: Postroom) -> None:
    postroom("alias", "add", "info@shop.test", "a@shop.test", "b@else.test")
    assert postroom.json("alias", "set", "info@shop.test", "--to", "c@shop.test", "--inactive") == {
        "address": "info@shop.test",
        "destinations": ["c@shop.test"],
        "active": False,
    }
    assert "info@shop.test" in postroom("alias")
    assert "c@shop.test" in postroom("alias", "show", "info@shop.test")
    postroom("alias", "remove", "info@shop.test")
    assert postroom.json("alias", "--domain", "shop.test") == []


def test_a_listener_is_added_moved_and_removed(postroom: Postroom) -> None:
    added = postroom.json("listener", "add", "lmtp", "2999", "--address", "127.0.0.1")
    moved = postroom.json("listener", "set", str(added["id"]), "--port", "2998")
    assert (moved["port"], moved["address"]) == (2998, "127.0.0.1")
    assert postroom.json("listener", "show", str(moved["id"])) == moved
    assert "already" in postroom.refused("listener", "add", "lmtp", "2998", "--address", "127.0.0.1")
    postroom("listener", "remove", str(moved["id"]))
    assert 2998 not in [it["port"] for it in postroom.json("listener")]
    assert "postroom listener" in postroom.refused("listener", "show", str(moved["id"]))


def test_a_setting_is_set_shown_and_forgotten(postroom: Postroom) -> None:
    postroom("settings", "set", "max_recipients", "222")
    assert "max_recipients" in postroom("settings", "--changed")
    assert postroom.json("settings", "show", "max_recipients")["value"] == "222"
    postroom("settings", "remove", "max_recipients")
    assert "max_recipients" not in [it["name"] for it in postroom.json("settings", "--changed")]
    assert "did you mean max_recipients?" in postroom.refused("settings", "set", "max_recipient", "3")


def test_a_ban_is_added_shown_and_lifted(postroom: Postroom) -> None:
    postroom("ban", "add", "2001:db8::7", "--minutes", "5", "--reason", "rude")
    assert postroom.json("ban", "show", "2001:db8::8")["reason"] == "rude"
    assert "rude" in postroom("ban")
    postroom("ban", "remove", "2001:db8::7")
    assert postroom.start("ban", "show", "2001:db8::7").exit_code == 1
    postroom.refused("ban", "show", "nowhere", status=2)


def test_a_message_is_sent_listed_and_read_as_it_is_stored(postroom: Postroom, tmp_path: Path) -> None:
    postroom("account", "add", "reader@shop.test")
    file = tmp_path / "page.html"
    file.write_text("<p>Číslo</p>", encoding="utf-8")
    sent = postroom.json("send", "reader@shop.test", "--subject", "Číslo", "--text", "-", "--html", str(file), "--attach", str(file), given="Hello\n")
    (listed,) = postroom.json("receive", "reader@shop.test")
    assert (listed["uid"], listed["subject"], listed["from"]) == (1, "Číslo", "reader@shop.test")
    content = postroom("receive", "reader@shop.test", "1")
    assert "Delivered-To: reader@shop.test" in content
    assert base64.b64encode("<p>Číslo</p>".encode()).decode() in content
    assert sent["size"] < listed["size"]
    assert postroom.json("receive", "reader@shop.test", "1")["content"].splitlines() == content.splitlines()
    assert "no message 2" in postroom.refused("receive", "reader@shop.test", "2")
    assert "no folder" in postroom.refused("receive", "reader@shop.test", "--folder", "Nowhere")
    assert "Unknown user" in postroom.refused("send", "nobody@shop.test")
    postroom("account", "remove", "reader@shop.test")


def test_mail_for_other_servers_waits_in_the_queue(postroom: Postroom) -> None:
    postroom("send", "far@away.test", "--from", "me@shop.test")
    (waiting,) = postroom.json("queue", "--domain", "away.test")
    number = str(waiting["id"])
    assert postroom.json("queue", "hold", number) == {"messages": 1}
    assert "held by command" in postroom("queue")
    assert "when released" in postroom("queue", "show", number)
    assert postroom.json("queue", "retry", "--domain", "away.test") == {"messages": 0}
    assert postroom.json("queue", "release", "--domain", "AWAY.test") == {"messages": 1}
    assert postroom.json("queue", "retry") == postroom.json("queue", "retry", number) == {"messages": 1}
    assert "is no domain" in postroom.refused("queue", "hold", "--domain", "not a domain")
    postroom.refused("queue", "remove", number, "--domain", "away.test", status=2)
    postroom.refused("queue", "remove", status=2)
    postroom("queue", "remove", number)
    assert postroom.json("queue") == []
    assert "not in the queue" in postroom.refused("queue", "show", number)


def test_routes_and_the_smart_host_are_set_shown_and_removed(postroom: Postroom) -> None:
    assert "goes where the DNS says" in postroom("route")
    assert "smart.test:587" in postroom("route", "set", "*", "--host", "smart.test", "--port", "587", "--security", "starttls", "--verify")
    found = postroom.json("route", "set", "Away.test", "--host", "[::1]", "--user", "me", "--password-stdin", given="secret-1\n")
    assert (found["domain"], found["host"], found["username"]) == ("away.test", "::1", "me")
    assert "secret-1" not in postroom("route") + postroom("route", "show", "away.test")
    assert [route["domain"] for route in postroom.json("route")] == ["*", "away.test"]
    assert postroom.json("route", "set", "away.test", "--port", "26")["username"] == "me"
    assert "needs a host" in postroom.refused("route", "set", "away.test", "--host", "")
    assert "There is no route to" in postroom.refused("route", "show", "elsewhere.test")
    for domain in ("*", "away.test"):
        postroom("route", "remove", domain)
    assert "There is no smart host" in postroom.refused("route", "remove", "*")


def test_a_sound_store_is_told_to_be_sound(postroom: Postroom) -> None:
    assert postroom.json("check", "--repair") == {"findings": [], "sound": True}
    assert "sound" in postroom("check")


def test_options_may_stand_before_the_command(postroom: Postroom) -> None:
    assert json.loads(postroom("--json", "settings", "show", "max_recipients"))["name"] == "max_recipients"
    assert json.loads(postroom("settings", "--json", "show", "max_recipients"))["name"] == "max_recipients"
    assert "max_recipients" in Elsewhere(postroom)("--config", "{config}", "settings")


class Elsewhere:
    """The same configuration, named by an option instead of the environment."""

    def __init__(self, postroom: Postroom) -> None:
        self._config = str(postroom.config)
        self._plain = type(postroom)()

    def __call__(self, *arguments: str) -> str:
        return self._plain(*(argument.format(config=self._config) for argument in arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ("account", "set", "eve@shop.test", "--quota", "much"),
        ("account", "add", "eve@shop.test", "--admin", "king"),
        ("account", "add", "eve@shop.test", "--password-stdin"),
        ("account", "add"),
        ("logs", "--severity", "loud"),
        ("serve", "--log-level", "loud"),
        ("nonsense",),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_status_2(at_rest: Postroom, arguments: tuple[str, ...]) -> None:
    assert at_rest.refused(*arguments, status=2)


def test_a_running_server_tells_that_it_runs_and_reloads(server: Postroom) -> None:
    assert server.json("status")["running"] is True
    server("reload")


def test_a_directory_at_rest_tells_that_no_server_runs(at_rest: Postroom) -> None:
    done = at_rest.start("status", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["running"] is False
    assert "nothing to reload" in at_rest.refused("reload")


def test_an_account_added_to_a_running_server_logs_in_at_once(server: Postroom) -> None:
    server("account", "add", "dave@example.test", "--password-stdin", given="geheim-1\n")
    box = poplib.POP3("127.0.0.1", server.ports["pop3"], timeout=20)
    box.user("dave@example.test")
    assert box.pass_("geheim-1").startswith(b"+OK")
    box.quit()
    server("account", "set", "dave@example.test", "--password-stdin", given="geheim-2\n")
    box = poplib.POP3("127.0.0.1", server.ports["pop3"], timeout=20)
    box.user("dave@example.test")
    with pytest.raises(poplib.error_proto):
        box.pass_("geheim-1")
    box.close()
    server("account", "remove", "dave@example.test")


def test_a_message_over_one_answer_of_the_control_socket_is_read_whole(server: Postroom, tmp_path: Path) -> None:
    file = tmp_path / "large.bin"
    file.write_bytes(bytes(range(256)) * 32_768)
    server("send", "carol@example.test", "--attach", str(file))
    newest = server.json("receive", "carol@example.test", "--limit", "1")[0]
    done = server("receive", "carol@example.test", str(newest["uid"]))
    assert newest["size"] > 11_000_000
    assert len(done) > 11_000_000


def test_the_log_tells_the_story_of_a_message(server: Postroom) -> None:
    sent = server.json("send", "bob@example.test", "--from", "alice@example.test")
    assert server.config is not None
    written_by = time.monotonic() + 20  # the log is written by a thread, a moment later
    while sent["id"] not in (server.config.parent / "logs/postroom.log").read_text() and time.monotonic() < written_by:
        pass
    story = server.json("trace", sent["id"])
    assert [line["event"] for line in story] == ["message-accepted"]
    assert story[0]["sender"] == "alice@example.test"
    assert sent["id"] in server("logs", "--session", sent["id"], "--severity", "info")
    assert server.json("logs", "--lines", "1", "--address", "alice@example.test")[0]["event"]
    assert "names no-such-id" in server.refused("trace", "no-such-id")


def test_a_command_in_a_process_of_its_own_fails_with_one_sentence_and_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "postroom", "account", "--config", "/no/such.toml"], capture_output=True, text=True, env=ENVIRONMENT, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The configuration file /no/such.toml")
    assert done.stderr.count("\n") == 1


def test_init_never_overwrites(at_rest: Postroom) -> None:
    assert at_rest.config is not None
    before = at_rest.config.read_text()
    assert "stays as it is" in at_rest.refused("init", str(at_rest.config.parent))
    assert at_rest.config.read_text() == before
    assert at_rest.json("settings", "show", "host_name")["pinned"] == str(at_rest.config)


def test_a_place_without_a_data_directory_is_not_made_by_a_question(at_rest: Postroom, tmp_path: Path) -> None:
    file = tmp_path / "postroom.toml"
    file.write_text('data = "nowhere"\n')
    assert "postroom init" in at_rest.refused("domain", "--config", str(file))
    assert not (tmp_path / "nowhere").exists()


def test_pinned_listeners_are_listed_and_refuse_changes(at_rest: Postroom, tmp_path: Path) -> None:
    assert at_rest.config is not None
    file = tmp_path / "postroom.toml"
    data = at_rest.config.parent / "data"
    file.write_text(f'data = \'{data}\'\n[[listener]]\nprotocol = "smtp"\naddress = "127.0.0.1"\nport = 2525\n')
    (listed,) = at_rest.json("listener", "--config", str(file))
    assert (listed["port"], listed["pinned"]) == (2525, str(file))
    assert str(file) in at_rest.refused("listener", "add", "smtp", "26", "--config", str(file))


def test_a_damaged_store_is_told_and_mended(at_rest: Postroom) -> None:
    import apsw

    assert at_rest.config is not None
    at_rest("account", "add", "hurt@corp.test")
    at_rest("send", "hurt@corp.test")
    for file in (at_rest.config.parent / "data").glob("mail-*.db"):
        connection = apsw.Connection(str(file))
        connection.execute("UPDATE folder SET messages = messages + 7 WHERE messages > 0")
        connection.close()
    assert "counts 8 messages" in at_rest.start("check").stdout
    assert at_rest.start("check").exit_code == 1
    assert at_rest.start("check", "--repair").exit_code == 0
    assert at_rest.json("check")["sound"]


def test_keys_of_the_http_api_are_made_listed_and_revoked(at_rest: Postroom) -> None:
    at_rest("account", "add", "keys@corp.test")
    made = at_rest.json("key", "add", "keys@corp.test", "--name", "shop")
    assert made["key"].startswith("om_")
    assert made["scopes"] == ["mail:read", "mail:send"]
    shown = at_rest.json("key", "show", str(made["id"]))
    assert shown == {name: value for name, value in made.items() if name != "key"}
    assert at_rest.json("key", "--address", "keys@corp.test") == [shown]
    assert made["begins"] in at_rest("key")
    assert at_rest("key", "add", "--scope", "debug:read").startswith("om_")
    assert "is no scope" in at_rest.refused("key", "add", "--scope", "all")
    assert "opens nothing any more" in at_rest("key", "remove", str(made["id"]), "--yes")
    assert "There is no key" in at_rest.refused("key", "show", str(made["id"]))
