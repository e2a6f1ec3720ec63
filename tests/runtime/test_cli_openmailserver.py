"""The commands of the original Open Mailserver: its words, always JSON."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from postroom.runtime.cli.openmailserver import app


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
