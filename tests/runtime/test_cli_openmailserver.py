"""The commands of the original Open Mailserver: its words, always JSON."""

import json
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from postroom.runtime.cli.app import app as postroom
from postroom.runtime.cli.openmailserver import GIVEN_ON, app, main

pytestmark = pytest.mark.long


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "postroom.toml"
    file.write_text('data = "data"\nlogs = "logs"\n[settings]\npassword_memory = "8 KB"\ndefault_domain = "corp.test"\n')
    return file


def run(config: Path, *words: str, status: int = 0) -> Any:
    done = CliRunner().invoke(app, ["--config", str(config), *words])
    assert done.exit_code == status, (done.output, done.exception)
    return json.loads(done.stdout)


def test_a_server_is_installed_and_gets_mailboxes(config: Path) -> None:
    installed = run(config, "install", "--domain", "corp.test", "--hostname", "mail.corp.test")
    key = installed.pop("admin_api_key")
    assert key.startswith("om_")
    assert installed == {"status": "ok", "domain": "corp.test", "hostname": "mail.corp.test"}
    made = run(config, "create-mailbox", "alice", "corp.test", "--password", "secret-1")
    assert made["mailbox"]["email"] == "alice@corp.test"
    assert (made["password"], made["api_key"]["scopes"]) == ("secret-1", ["mail:read", "mail:send"])
    assert run(config, "set-mailbox-password", "alice@corp.test", "secret-2") == {"email": "alice@corp.test", "password": "secret-2"}
    assert len(run(config, "set-mailbox-password", "alice@corp.test")["password"]) >= 32
    assert run(config, "queue") == []
    assert run(config, "bootstrap")["admin_api_key"] is None


def test_bootstrap_makes_what_is_missing(config: Path) -> None:
    made = run(config, "bootstrap")
    assert made["domain"] == "corp.test"
    assert made["admin_api_key"].startswith("om_")


def test_errors_are_json_too(config: Path) -> None:
    assert run(config, "queue", status=1)["status"] == "error"
    run(config, "bootstrap")
    assert run(config, "create-mailbox", "a b", "corp.test", status=1)["detail"].startswith("'a b@corp.test' is no address.")
    assert run(config, "set-mailbox-password", "nobody@corp.test", status=1)["detail"] == "There is no account nobody@corp.test."


def given_on(config: Path, capfd: pytest.CaptureFixture[str], *words: str, status: int = 0) -> Any:
    """What a word says that means a command of `postroom`."""
    capfd.readouterr()
    with patch.object(sys, "argv", ["openmailserver", *words, "--config", str(config)]), pytest.raises(SystemExit) as ended:
        main()
    said = capfd.readouterr()
    assert ended.value.code == status, said
    return json.loads(said.out)


def test_words_that_mean_a_command_of_postroom_are_its_json(config: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(config, "install", "--domain", "corp.test", "--hostname", "mail.corp.test")
    plan = given_on(config, capfd, "plan-dns", "--public-ip", "192.0.2.1")
    assert (plan["hostname"], plan["domain"]) == ("mail.corp.test", "corp.test")
    assert ("A", "mail.corp.test", "192.0.2.1") in [(record["type"], record["host"], record["value"]) for record in plan["records"]]
    made = given_on(config, capfd, "backup-create")
    assert made["encrypted"] is True
    assert given_on(config, capfd, "backup-verify")["path"] == made["path"]
    assert given_on(config, capfd, "backup-verify", made["path"])["whole"] is True
    for words in (("restore", made["path"]), ("backup-verify", "nothing.backup")):
        refused = given_on(config, capfd, *words, status=1)
        assert (refused["status"], isinstance(refused["detail"], str)) == ("error", True)


def test_every_word_of_the_original_is_known() -> None:
    own = {"install", "bootstrap", "create-mailbox", "set-mailbox-password", "queue"}
    given = {"preflight", "plan-dns", "doctor", "smoke-test", "backup-create", "backup-verify", "restore"}
    assert set(getattr(get_command(app), "commands")) >= own  # noqa: B009 - typer's group, of a type that mypy doesn't know
    assert set(GIVEN_ON) == given
    assert all(words[0] in getattr(get_command(postroom), "commands") for words in GIVEN_ON.values())  # noqa: B009 - likewise
