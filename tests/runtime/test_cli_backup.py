"""`postroom backup` and `postroom restore`, as people type them: beside a running server and on a directory at rest."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from runtime.commandline import Postroom

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def backed_up(server: Postroom, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a backup of the running server, and one on top of it."""
    folder = tmp_path_factory.mktemp("backups")
    first = server("backup", "--to", str(folder))
    assert "is made" in first
    assert "backup.key. Keep a copy" in first, "the first backup tells of its key"
    server("send", "bob@example.test", "--from", "alice@example.test", "--subject", "After the first")
    second = server("backup", "--to", str(folder))
    assert "on top of" in second
    assert "Keep a copy" not in second
    return folder


def newest(server: Postroom, folder: Path) -> str:
    return str(server.json("backup", "list", "--to", str(folder))[-1]["path"])


def key_of(server: Postroom) -> str:
    return str(server.json("status")["data"]) + "/backup.key"


def test_the_backups_of_a_folder_are_listed(server: Postroom, backed_up: Path) -> None:
    first, second = server.json("backup", "list", "--to", str(backed_up))
    assert second["base"] == first["id"]
    assert first["id"] in server("backup", "list", "--to", str(backed_up))


def test_a_backup_is_proven(server: Postroom, backed_up: Path) -> None:
    path = newest(server, backed_up)
    found = server.json("backup", "verify", path)
    assert found["whole"]
    assert len(found["files"]) == 2
    assert "is whole" in server("backup", "verify", path)


def test_without_a_backup_there_is_nothing_to_prove(server: Postroom) -> None:
    assert "There is no backup" in server.refused("backup", "verify")


def test_a_harmed_file_and_a_wrong_key_are_told_in_a_sentence(server: Postroom, backed_up: Path, tmp_path: Path) -> None:
    lone = shutil.copy(newest(server, backed_up), tmp_path)
    assert "not in its folder" in server.refused("backup", "verify", str(lone))
    assert "does not open" in server.refused("backup", "verify", newest(server, backed_up), "--passphrase-stdin", given="wrong\n")
    (tmp_path / "x").write_text("no key")
    assert "holds no age key" in server.refused("restore", newest(server, backed_up), "--key", str(tmp_path / "x"))


def test_a_running_servers_directory_is_not_restored_over(server: Postroom, backed_up: Path) -> None:
    assert "in use" in server.refused("restore", newest(server, backed_up))


def test_a_mailbox_comes_back_into_the_running_server_once(server: Postroom, backed_up: Path) -> None:
    before = server.json("receive", "bob@example.test")
    command = ("restore", newest(server, backed_up), "--account", "bob@example.test", "--into", "carol@example.test", "--folder", "INBOX")
    found = server.json(*command, "--key", key_of(server))
    assert found == {"added": len(before), "present": 0, "folders": 1}
    assert "0 messages are added" in server(*command)
    after = server.json("receive", "carol@example.test", "--folder", "Restored/INBOX")
    assert [(it["subject"], it["date"], it["size"]) for it in after] == [(it["subject"], it["date"], it["size"]) for it in before]
    assert "no account" in server.refused("restore", newest(server, backed_up), "--account", "bob@example.test", "--into", "x@example.test")


def test_folder_needs_account(server: Postroom, backed_up: Path) -> None:
    assert "mailbox" in server.refused("restore", newest(server, backed_up), "--folder", "INBOX", status=2)


def test_a_backup_of_a_directory_at_rest_is_restored_into_an_empty_one(at_rest: Postroom, tmp_path: Path) -> None:
    at_rest("account", "add", "dora@corp.test", "--password-stdin", given="secret-22\n")
    at_rest("send", "dora@corp.test", "--from", "dora@corp.test", "--subject", "Kept")
    at_rest("send", "far@far.test", "--from", "dora@corp.test", "--subject", "Held")
    made = at_rest.json("backup")
    assert made["encrypted"]
    (tmp_path / "postroom.toml").write_text('data = "var"\n')
    new = Postroom(tmp_path / "postroom.toml")
    restored = new.json("restore", made["path"], "--key", made["new_key"])
    assert (restored["messages"], restored["held"]) == (1, 1)
    assert [it["subject"] for it in new.json("receive", "dora@corp.test")] == ["Kept"]
    assert new.json("check")["sound"]
    assert [it["held"] for it in new.json("queue")] == [1]
    assert "in use" in new.refused("restore", made["path"], "--key", made["new_key"])
    new("send", "dora@corp.test", "--from", "dora@corp.test", "--subject", "New")
    assert new.json("receive", "dora@corp.test")[-1]["uid"] > 1 << 20


def test_an_interrupted_restore_keeps_the_server_from_starting(tmp_path: Path) -> None:
    (tmp_path / "postroom.toml").write_text('data = "var"\n')
    (tmp_path / "var/restoring").mkdir(parents=True)
    (tmp_path / "var/control.db").touch()
    assert "interrupted" in Postroom(tmp_path / "postroom.toml").refused("account")


def test_the_words_of_open_mailserver_name_a_passphrase(at_rest: Postroom, monkeypatch: pytest.MonkeyPatch) -> None:
    from postroom.runtime.config import load

    assert load(at_rest.config, {"OPENMAILSERVER_BACKUP_ENCRYPTION_KEY": "correct horse"}).backup_passphrase == "correct horse"
