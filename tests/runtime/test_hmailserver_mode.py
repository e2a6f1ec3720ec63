"""hMailServer's mode: folders, ini file, log files, words on the wire, and what its users find on a new server."""

from __future__ import annotations

import asyncio
import base64
import time
from pathlib import Path

import pytest

from postroom import log
from postroom.errors import ConfigurationError
from postroom.operations.inifile import IniFile
from postroom.runtime.config import load
from wholeserver import PASSWORD, Whole, whole


async def test_a_home_has_hmailserver_s_folders_and_its_ini_file(tmp_path: Path) -> None:
    async with whole(tmp_path, home=True):
        found = {path.name for path in (tmp_path / "home").iterdir()}
        assert found == {"Bin", "Data", "Logs", "Temp", "Events", "Database", "Languages", "Addons"}
        text = (tmp_path / "home" / "Bin" / "hMailServer.ini").read_text()
        assert f"DataFolder={tmp_path / 'home' / 'Data'}" in text
        for section in ("[Directories]", "[Database]", "[Security]", "[GUILanguages]"):
            assert text.count(section) == 1


async def test_model_8_20_directories_are_written_into_the_ini_file_and_hold_from_the_next_start(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with whole(tmp_path, home=True) as server:
        app = await server.login()
        directories = await app("Settings.Directories")
        assert await directories("ProgramDirectory") == str(home)
        assert await directories("EventDirectory") == str(home / "Events")
        assert await app("InitializationFile") == str(home / "Bin" / "hMailServer.ini")
        await directories.put("EventDirectory", str(home / "Handlers"))
        await directories.put("LogDirectory", str(home / "Records"))
        assert await directories("EventDirectory") == str(home / "Handlers")
        assert server.worker.model.places.events == home / "Events"
        await directories.put("EventDirectory", "")
        assert await directories("EventDirectory") == str(home / "Events")
    assert IniFile(home).folders()["logs"] == home / "Records"
    config = load(None, {"POSTROOM_HMAILSERVER__HOME": str(home), "POSTROOM_CONFIG": ""})
    assert (config.logs, config.data) == (home / "Records", home / "Database")


async def test_folders_of_windows_in_an_ini_file_that_was_brought_along_are_where_they_usually_are(tmp_path: Path) -> None:
    ini = IniFile(tmp_path)
    ini.make()
    ini.move("messages", "C:\\Program Files\\hMailServer\\Data")
    assert ini.folders()["messages"] == tmp_path / "Data"
    ini.move("messages", str(tmp_path / "elsewhere"))
    assert ini.folders()["messages"] == tmp_path / "elsewhere"
    with pytest.raises(ConfigurationError, match="one line"):
        ini.move("messages", "x\r\n[Security]")
    assert ini.value("security", "administratorpassword") == ""


async def test_programs_are_told_the_version_that_they_were_written_for(tmp_path: Path) -> None:
    async with whole(tmp_path, home=True) as server:
        assert (await (await server.login())("Version")).startswith("5.7")


async def test_model_8_12_log_files_are_written_and_may_be_moved_meanwhile(tmp_path: Path) -> None:
    log.start(stream=_Nowhere())
    try:
        async with whole(tmp_path, home=True) as server:
            for switch in ("logging.enabled", "logging.log_smtp"):
                await server.house.directory.table.set(switch, value=True)
            await server.send("a@elsewhere.test", "alice@example.test")
            names = await server.login()
            current = tmp_path / "home" / "Logs" / await names("Settings.Logging.CurrentDefaultLog")
            await _until(current)
            current.rename(current.with_suffix(".old"))
            await server.send("b@elsewhere.test", "alice@example.test")
            await _until(current)
            assert "a@elsewhere.test" in current.with_suffix(".old").read_text()
            text = current.read_bytes().decode()
            kind, _thread, session, moment, address, said = next(line for line in text.split("\r\n") if "b@elsewhere.test" in line).split("\t")
            assert (kind, address) == ('"SMTPD"', '""')
            assert int(session) >= 0
            assert time.strptime(moment[1:20], "%Y-%m-%d %H:%M:%S")
            assert said.startswith('"message-accepted')
            log.get_logger("storage").error("storage-trouble", reason="a test")
            await _until(current.with_name("ERROR_" + current.name))
    finally:
        log.stop()


class _Nowhere:
    def write(self, text: str) -> None:
        """Forget it."""

    def flush(self) -> None:
        """There is nothing to pass on."""


async def _until(file: Path) -> None:
    async with asyncio.timeout(20):
        while not await asyncio.to_thread(_written, file):  # noqa: ASYNC110 - another thread writes it
            await asyncio.sleep(0.01)


def _written(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0


async def greeted(server: Whole, *lines: str, protocol: str = "smtp") -> list[str]:
    return (await server.talk(protocol, *lines))[1:]


async def test_model_12_3_12_11_and_12_15_clients_hear_hmailserver_s_words(tmp_path: Path) -> None:
    async with whole(tmp_path, home=True, max_number_of_invalid_commands=1, disconnect_invalid_clients="yes") as server:
        assert await greeted(server, "HELO client") == ["250 Hello."]
        accepted = (await server.send("a@elsewhere.test", "alice@example.test"))[-1]
        assert accepted.startswith("250 Queued (0.")
        assert accepted.endswith(" seconds)")
        wrong = base64.b64encode(b"\0alice@example.test\0wrong").decode()
        said = await greeted(server, "EHLO client", f"AUTH LOGIN {base64.b64encode(b'alice@example.test').decode()}", wrong)
        assert said[-1] == "535 Authentication failed. Restarting authentication process."
        assert (await greeted(server, "NONSENSE", "NONSENSE"))[-1] in {"421 Too many invalid commands. Bye!", "500 5.5.1 This command is not known"}
        said = await greeted(server, "USER alice", "PASS wrong", protocol="pop3")
        assert said[-1] == "-ERR Invalid user name or password. Please use full email address as user name."
        said = await greeted(server, "x LOGIN alice@example.test wrong", protocol="imap")
        assert said == ["x NO Invalid user name or password."]
        said = await greeted(server, f"x LOGIN alice@example.test {PASSWORD}", protocol="imap")
        assert said[-1].startswith("x OK")


async def test_model_12_10_a_bare_line_feed_is_refused_in_its_words(tmp_path: Path) -> None:
    async with whole(tmp_path, home=True) as server:
        said = await server.send("a@elsewhere.test", "alice@example.test", message="a: b\r\n\r\nbare\nline")
        assert said[-1] == "554 Rejected - Message containing bare LF's."
