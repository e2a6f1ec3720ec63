"""hMailServer's mode: folders, ini file, log files, words on the wire, and what its users find on a new server."""

from __future__ import annotations

import asyncio
import base64
import re
import shutil
import time
from collections.abc import Iterator
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


@pytest.fixture
def logged() -> Iterator[None]:
    log.start(stream=_Nowhere())
    yield
    log.stop()


def columns(file: Path, kind: str = "") -> list[list[str]]:
    """Read a log file: the columns of each line, without quotes, or of those of a kind."""
    lines = [[column.strip('"') for column in line.split("\t")] for line in file.read_bytes().decode().split("\r\n")[:-1]]
    return [line for line in lines if kind in {"", line[0]}]


async def switched(server: Whole, *names: str, **others: object) -> Path:
    """Switch kinds of lines on; gives today's log file."""
    for name in ("enabled", *names):
        await server.house.directory.table.set(f"logging.{name}", value=True)
    logging = await (await server.login())("Settings.Logging")
    return Path(await logging("Directory"), await logging("CurrentDefaultLog"))


async def settled() -> None:
    await asyncio.to_thread(log.settle)


@pytest.mark.usefixtures("logged")
async def test_model_8_12_conversations_are_written_as_they_were_without_passwords(tmp_path: Path) -> None:
    async with whole(tmp_path, home=True, allow_smtp_auth_plain="yes") as server:
        current = await switched(server, "log_smtp", "log_pop3", "log_imap")
        await server.send("a@elsewhere.test", "alice@example.test", message="Subject: x\r\n\r\ncontents")
        name, password = (base64.b64encode(text.encode()).decode() for text in ("alice@example.test", PASSWORD))
        plain = base64.b64encode(f"\0alice@example.test\0{PASSWORD}".encode()).decode()
        await server.talk("submission", "EHLO c", f"AUTH PLAIN {plain}", "QUIT")
        await server.talk("submission", "EHLO c", "AUTH LOGIN", name, password, "AUTH LOGIN", name)
        await server.talk("pop3", "USER alice@example.test", f"PASS {PASSWORD}", "RETR 1")
        async with server.open("imap") as talk:
            await talk.hear()
            await talk.ask(f'LOGIN "alice@example.test" {PASSWORD}')
            await talk.ask("SELECT INBOX")
            await talk.ask("FETCH 1 BODY[TEXT]")
        await settled()
        lines = columns(current)
        said = [(line[0], line[5]) for line in lines]
        talks = [text for kind, text in said if kind == "SMTPD"]
        assert talks[:3] == ["SENT: 220 mx.example.test ESMTP Postroom", "RECEIVED: EHLO client", talks[2]]
        assert talks[2].startswith("SENT: 250-mx.example.test")
        assert "[nl]250" in talks[2]
        assert talks[3:8] == [
            "RECEIVED: MAIL FROM:<a@elsewhere.test>",
            "SENT: 250 2.1.0 Sender OK",
            "RECEIVED: RCPT TO:<alice@example.test>",
            "SENT: 250 2.1.5 Recipient OK",
            "RECEIVED: DATA",
        ]
        assert "RECEIVED: AUTH PLAIN ***" in talks
        assert talks.count("RECEIVED: ***") == 3
        assert ("POP3D", "RECEIVED: USER alice@example.test") in said
        assert ("POP3D", "RECEIVED: PASS ***") in said
        assert any(kind == "POP3D" and text.endswith(" octets") for kind, text in said)
        assert ("IMAPD", 'RECEIVED: x LOGIN "alice@example.test" ***') in said
        assert any(text.startswith("SENT: * 1 FETCH (BODY[TEXT] {10}[nl])[nl]") and text.endswith("[nl]x OK Done") for _, text in said)
        text = current.read_text()
        assert [secret for secret in (PASSWORD, password, plain, "contents") if secret in text] == []
        _kind, thread, session, moment, address, _text = lines[0]
        assert (int(thread) > 0, int(session) > 0, address) == (True, True, "127.0.0.1")
        assert time.strptime(moment[:19], "%Y-%m-%d %H:%M:%S")
        assert len({line[2] for line in columns(current, "SMTPD")}) == 3


@pytest.mark.usefixtures("logged")
async def test_model_8_12_each_switch_shows_its_lines_at_once(tmp_path: Path) -> None:
    async with whole(tmp_path, home=True) as server:
        table = server.house.directory.table
        current = await switched(server, "log_tcpip", "log_debug", "log_application")
        async with server.open("smtp") as talk:
            await talk.hear()
            await talk.say("NOOP")
            await table.set("logging.log_smtp", value=True)
            await talk.say("RSET")
            await table.set("logging.log_smtp", value=False)
            await talk.say("VRFY x")
            await settled()
            await table.set("logging.enabled", value=False)
            await talk.say("QUIT")
        await settled()
        assert [line[5] for line in columns(current, "SMTPD")] == ["RECEIVED: RSET", "SENT: 250 2.0.0 OK"]
        assert columns(current, "TCPIP")[0][3] == f"TCP - 127.0.0.1 connected to 127.0.0.1:{server.ports['smtp']}."
        created = columns(current, "DEBUG")
        assert created[0][3] == f"Creating session {columns(current, 'SMTPD')[0][2]}"
        assert all(len(line) == 4 for line in columns(current, "APPLICATION"))
        assert "MODEL - model-changed" not in current.read_text()


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize("open_between", [False, True])
async def test_model_8_12_log_files_may_be_moved_and_deleted_meanwhile(tmp_path: Path, open_between: bool) -> None:
    async with whole(tmp_path, home=True) as server:
        current = await switched(server, "log_smtp", *["keep_files_open"] * open_between)
        await server.talk("smtp", "HELO one")
        await settled()
        current.rename(current.with_suffix(".old"))
        await server.talk("smtp", "HELO two")
        await settled()
        assert "RECEIVED: HELO one" in current.with_suffix(".old").read_text()
        assert "RECEIVED: HELO two" not in current.with_suffix(".old").read_text()
        current.unlink()
        await server.talk("smtp", "HELO three")
        log.get_logger("storage").error("storage-trouble", reason="a test")
        await settled()
        text = current.read_text()
        assert "RECEIVED: HELO three" in text
        assert "HELO two" not in text
        error = columns(current.with_name("ERROR_" + current.name))[0]
        assert (error[0], len(error)) == ("ERROR", 4)
        assert re.fullmatch(r"Severity: 1 \(Critical\), Code: HM\d+, Source: storage::storage-trouble, Description: reason=a test", error[3])


@pytest.mark.usefixtures("logged")
async def test_model_8_12_the_live_log_has_the_conversations_too(tmp_path: Path) -> None:
    async with whole(tmp_path) as server:
        logging = await (await server.login())("Settings.Logging")
        await logging("EnableLiveLogging", True)
        await server.talk("smtp", "HELO one")
        lines = (await logging("LiveLog")).split("\r\n")
        assert [line for line in lines if line.startswith('"SMTPD"') and line.endswith('\t"RECEIVED: HELO one"')]
        await logging("EnableLiveLogging", False)
        await server.talk("smtp", "HELO two")
        assert await logging("LiveLog") == ""
        assert not (tmp_path / "logs").exists()


class _Nowhere:
    def write(self, text: str) -> None:
        """Forget it."""

    def flush(self) -> None:
        """There is nothing to pass on."""


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


@pytest.mark.parametrize("written", ["yes", "no"])
async def test_model_12_14_mail_names_the_address_that_it_was_sent_to_if_the_setting_says_so(tmp_path: Path, written: str) -> None:
    async with whole(tmp_path, home=True, add_delivered_to_header=written) as server:
        await server.send("a@elsewhere.test", "alice@example.test")
        [message] = await server.mail("alice@example.test")
        named = b"Delivered-To: alice@example.test\r\n" if written == "yes" else b""
        assert message.startswith(b"Return-Path: <a@elsewhere.test>\r\n" + named + b"Received: ")


async def test_model_16_3_the_master_user_opens_other_mailboxes_over_imap(tmp_path: Path) -> None:
    async def tried(server: Whole, master: str, mailbox: str, password: str = PASSWORD, protocol: str = "imap") -> str:
        response = base64.b64encode(f"{mailbox}\0{master}\0{password}".encode()).decode()
        async with server.open(protocol) as talk:
            await talk.hear()
            if protocol == "pop3":
                return await talk.say(f"AUTH PLAIN {response}")
            assert (await talk.say("x AUTHENTICATE PLAIN")).startswith("+")
            return await talk.say(response)

    async with whole(tmp_path) as server:
        await server.house.directory.table.set("imap_master_user", "Alice@example.test")
        await server.send("a@elsewhere.test", "bob@example.test", message="Subject: for bob\r\n\r\n")
        assert (await tried(server, "alice@example.test", "bob@example.test")).startswith("x OK")
        assert (await tried(server, "bob@example.test", "alice@example.test")).startswith("x NO")
        assert (await tried(server, "alice@example.test", "bob@example.test", "wrong")).startswith("x NO")
        assert (await tried(server, "alice@example.test", "nobody@example.test")).startswith("x NO")
        assert (await tried(server, "alice@example.test", "bob@example.test", protocol="pop3")).startswith("-ERR")
        await server.house.directory.table.set("imap_master_user", "")
        assert (await tried(server, "alice@example.test", "bob@example.test")).startswith("x NO")


async def test_model_10_14_an_ini_file_may_lack_sections_and_says_how_long_a_line_may_be(tmp_path: Path) -> None:
    ini = IniFile(tmp_path / "home")
    ini.path.parent.mkdir(parents=True)
    for text, longest in (("", 500), ("[Security]\r\nAdministratorPassword=\r\n", 500), ("[Settings]\r\nMaxLogLineLen=80\r\n", 80)):
        ini.path.write_text(text)
        log.start(stream=_Nowhere())
        async with whole(tmp_path, home=True) as server:
            current = await switched(server, "log_smtp")
            await server.talk("smtp", "HELO " + "x" * 490 + ".end")
            await settled()
            heard = next(line[5] for line in columns(current, "SMTPD") if line[5].startswith("RECEIVED: "))
            assert (len(heard), heard[-4:]) == (longest, ".end")
        log.stop()
        current.unlink()
        assert ini.folders()["logs"] == tmp_path / "home" / "Logs"
        shutil.rmtree(tmp_path / "home" / "Database")


async def test_model_12_10_a_bare_line_feed_is_refused_in_its_words(tmp_path: Path) -> None:
    async with whole(tmp_path, home=True) as server:
        said = await server.send("a@elsewhere.test", "alice@example.test", message="a: b\r\n\r\nbare\nline")
        assert said[-1] == "554 Rejected - Message containing bare LF's."


@pytest.mark.usefixtures("logged")
async def test_model_8_12_awstats_gets_a_line_for_each_recipient(tmp_path: Path) -> None:
    async with whole(tmp_path, home=True) as server:
        await server.house.directory.table.set("logging.aw_stats_enabled", value=True)
        await server.send("ab@elsewhere.test", "alice@example.test", "bob@example.test", "nobody@example.test")
        await settled()
        lines = (tmp_path / "home" / "Logs" / "hmailserver_awstats.log").read_bytes().decode().split("\r\n")[:-1]
        told = sorted(line.split("\t")[1:] for line in lines)
        size = told[0][-1]
        ends = ["127.0.0.1", "127.0.0.1", "SMTP", "?"]
        assert told == [
            ["ab@elsewhere.test", "alice@example.test", *ends, "250", size],
            ["ab@elsewhere.test", "bob@example.test", *ends, "250", size],
            ["ab@elsewhere.test", "nobody@example.test", *ends, "550", "0"],
        ]
        assert int(size) > 20
        assert [path.name for path in (tmp_path / "home" / "Logs").iterdir()] == ["hmailserver_awstats.log"]
