"""Settings and what is reached from them, through the gate."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from modelhouse import Hand, ModelHouse, modelhouse
from postroom import log
from postroom.directory import hmailserver
from postroom.directory.rules import Action
from postroom.directory.settings import DECLARED
from postroom.errors import ConfigurationError
from postroom.events import session_number
from postroom.model.applied import STORED_ONLY
from postroom.model.caller import Origin
from postroom.model.errors import AccessRefused, BadIndex, Failed
from postroom.model.tree import CLASSES

OBJECTS = {
    "Settings": "Settings",
    "AntiSpam": "Settings.AntiSpam",
    "AntiVirus": "Settings.AntiVirus",
    "Logging": "Settings.Logging",
    "Cache": "Settings.Cache",
    "Scripting": "Settings.Scripting",
    "BackupSettings": "Settings.Backup",
    "Directories": "Settings.Directories",
    "MessageIndexing": "Settings.MessageIndexing",
}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[ModelHouse]:
    async with modelhouse(tmp_path) as opened:
        yield opened


@pytest.fixture
async def app(house: ModelHouse) -> Hand:
    return await house.login()


@pytest.fixture
async def settings(app: Hand) -> Hand:
    found: Hand = await app("Settings")
    return found


def other(value: Any, kind: str, name: str) -> Any:
    """Give another value of a property's kind."""
    if kind == "boolean":
        return not value
    if kind.startswith("enum:"):
        return 1 if value != 1 else 2
    if kind == "integer":
        return value + 1
    return {"IMAPHierarchyDelimiter": ".", "HostName": "other.example.test", "DefaultDomain": "example.test", "SslCipherList": "ECDHE+AESGCM"}.get(
        name, "abc"
    )


@pytest.mark.parametrize("of", OBJECTS)
async def test_model_8_19_each_property_is_applied_and_stored_at_once(house: ModelHouse, app: Hand, of: str) -> None:
    target = await app(OBJECTS[of])
    for member in CLASSES[of].members.values():
        if member.put is None or "put" in member.ignored or member.is_method:
            continue
        value = other(await target(member.name), member.type, member.name)
        await target.put(member.name, value)
        assert await target(member.name) == value, member.name
        assert await (await house.login())(f"{OBJECTS[of]}.{member.name}") == value, member.name


async def test_model_8_19_sizes_are_kilobytes_and_a_pinned_setting_refuses_with_its_sentence(house: ModelHouse, settings: Hand) -> None:
    await settings.put("MaxMessageSize", 2048)
    assert house.house.settings.max_message_size == 2 << 20
    with pytest.raises(Failed, match="max_message_size"):
        await settings.put("MaxMessageSize", -1)
    house.town.directory.table._pins["max_message_size"] = 1 << 20
    with pytest.raises(Failed, match="max_message_size is fixed by"):
        await settings.put("MaxMessageSize", 1)
    assert await settings("MaxMessageSize") == 2048


async def test_every_change_is_one_line_of_the_audit_and_secrets_are_masked(settings: Hand) -> None:
    lines: list[dict[str, Any]] = []
    with log.watching(lines.append):
        log.set_level("info")
        await settings.put("WelcomeSMTP", "hello")
        await settings("SetSMTPRelayerPassword", "secret-9")
        await settings("SetAdministratorPassword", "secret-8")
        log.set_level("off")
    changes = [line["changes"] for line in lines if line["event"] == "model-changed"]
    assert changes[0] == {"welcome_smtp": ["", "hello"]}
    assert [list(change) for change in changes[1:]] == [["smtp_relayer_password"], ["administrator_password"]]
    assert "secret-" not in str(changes)


async def test_model_8_17_old_names_that_still_work(settings: Hand) -> None:
    for security, use_ssl in ((0, False), (1, True), (2, False), (3, False)):
        await settings.put("SMTPRelayerConnectionSecurity", security)
        assert await settings("SMTPRelayerUseSSL") is use_ssl
    await settings.put("SMTPRelayerUseSSL", value := True)
    assert await settings("SMTPRelayerConnectionSecurity") == int(value)
    with pytest.raises(Failed):
        await settings.put("SMTPRelayerConnectionSecurity", 4)


async def test_model_8_17_what_is_accepted_and_ignored(app: Hand) -> None:
    spam, logging = await app("Settings.AntiSpam"), await app("Settings.Logging")
    for name in ("TarpitCount", "TarpitDelay"):
        await spam.put(name, 5)
        assert await spam(name) == 0
    await logging.put("MaskPasswordsInLog", 0)
    assert await logging("MaskPasswordsInLog") is True


async def test_model_4_11_the_delimiter_is_no_character_of_a_folder(house: ModelHouse, settings: Hand) -> None:
    alice = await house.town.directory.accounts.get("alice@example.test")
    await house.town.house.deliver(b"Subject: x\r\n\r\n", alice.id)
    await house.house.mailboxes.create_folder(alice.id, "a.b")
    for refused in (".", "x", ""):
        with pytest.raises(Failed, match=r"^It was not possible to change the IMAP hierarchy delimiter\."):
            await settings.put("IMAPHierarchyDelimiter", refused)
    await settings.put("IMAPHierarchyDelimiter", "\\")
    assert await settings("IMAPHierarchyDelimiter") == "\\"


async def test_model_4_11_a_new_delimiter_is_written_into_the_folders_of_rules(house: ModelHouse, settings: Hand) -> None:
    records = house.town.directory.records
    await records.save(Action(0, rule_id=1, type=4, folder="Work/New"))
    await settings.put("IMAPHierarchyDelimiter", ".")
    assert [action.folder for action in await records.list(Action)] == ["Work.New"]
    await records.save(Action(0, rule_id=1, type=4, folder="a/b"))
    with pytest.raises(Failed, match=r"^It was not possible"):
        await settings.put("IMAPHierarchyDelimiter", "/")


EXPECTED: dict[str, dict[str, Any]] = {
    "6_7": {
        "Settings": {
            "MaxPOP3Connections": 0,
            "MaxSMTPConnections": 0,
            "MaxIMAPConnections": 0,
            "AllowSMTPAuthPlain": False,
            "DenyMailFromNull": False,
            "SMTPNoOfTries": 4,
            "SMTPMinutesBetweenTry": 60,
            "ServiceIMAP": True,
            "ServiceSMTP": True,
            "ServicePOP3": True,
            "WelcomeSMTP": "",
            "SMTPRelayer": "",
            "SMTPRelayerPort": 25,
            "SMTPRelayerConnectionSecurity": 0,
            "SMTPRelayerRequiresAuthentication": False,
            "MaxDeliveryThreads": 10,
            "MaxMessageSize": 20480,
            "RuleLoopLimit": 5,
            "DefaultDomain": "",
            "IMAPQuotaEnabled": True,
            "IMAPIdleEnabled": True,
            "IMAPACLEnabled": True,
            "IMAPSortEnabled": True,
            "TCPIPThreads": 15,
            "MaxAsynchronousThreads": 15,
            "WorkerThreadPriority": 0,
            "AllowIncorrectLineEndings": True,
            "MaxSMTPRecipientsInBatch": 100,
            "DisconnectInvalidClients": False,
            "MaxNumberOfInvalidCommands": 100,
            "AddDeliveredToHeader": False,
            "IMAPPublicFolderName": "#Public",
            "IMAPHierarchyDelimiter": ".",
            "MaxNumberOfMXHosts": 15,
            "SMTPConnectionSecurity": 2,
            "VerifyRemoteSslCertificate": True,
            "TlsVersion10Enabled": True,
            "TlsVersion12Enabled": True,
            "TlsVersion13Enabled": False,
            "IMAPMasterUser": "",
            "IMAPSASLPlainEnabled": False,
            "IMAPSASLInitialResponseEnabled": False,
            "IPv6PreferredEnabled": False,
        },
        "Logging": {"Enabled": False, "LogSMTP": False, "LogFormat": 1},
        "Scripting": {"Language": "VBScript", "Enabled": False},
        "Cache": {"Enabled": True, "DomainCacheTTL": 60, "AccountCacheTTL": 60, "AliasCacheTTL": 60, "DistributionListCacheTTL": 60},
        "BackupSettings": {"BackupSettings": False, "BackupDomains": False, "BackupMessages": False, "CompressDestinationFiles": False},
    },
    "6_8": {
        "AntiSpam": {
            "UseSPF": False,
            "UseSPFScore": 3,
            "CheckHostInHelo": False,
            "CheckHostInHeloScore": 2,
            "CheckPTR": False,
            "CheckPTRScore": 1,
            "UseMXChecks": False,
            "UseMXChecksScore": 2,
            "DKIMVerificationEnabled": False,
            "DKIMVerificationFailureScore": 5,
            "SpamAssassinEnabled": False,
            "SpamAssassinScore": 5,
            "SpamAssassinMergeScore": False,
            "SpamAssassinHost": "127.0.0.1",
            "SpamAssassinPort": 783,
            "SpamMarkThreshold": 5,
            "SpamDeleteThreshold": 20,
            "MaximumMessageSize": 1024,
            "AddHeaderSpam": True,
            "AddHeaderReason": True,
            "PrependSubject": False,
            "PrependSubjectText": "[SPAM]",
            "GreyListingEnabled": False,
            "GreyListingInitialDelay": 30,
            "GreyListingInitialDelete": 24,
            "GreyListingFinalDelete": 864,
            "BypassGreylistingOnSPFSuccess": True,
            "BypassGreylistingOnMailFromMX": False,
        },
    },
    "6_9": {
        "AntiVirus": {"Action": 0, "ClamAVEnabled": False, "ClamAVHost": "localhost", "ClamAVPort": 3310, "ClamWinEnabled": False},
        "Settings": {"AutoBanOnLogonFailure": True, "MaxInvalidLogonAttempts": 3, "MaxInvalidLogonAttemptsWithin": 30, "AutoBanMinutes": 60},
    },
}


async def test_model_6_7_6_8_6_9_the_defaults_of_hmailserver_mode(tmp_path: Path) -> None:
    async with modelhouse(tmp_path, ("alice",), **hmailserver.DEFAULTS) as house:
        app = await house.login()
        for objects in EXPECTED.values():
            for of, values in objects.items():
                target = await app(OBJECTS[of])
                assert {name: await target(name) for name in values} == values


async def test_model_6_10_rows_keep_their_misspelled_names() -> None:
    rows = {one.row for one in DECLARED.values()}
    assert {"authallowplaintext", "maxdelivertythreads", "customviursscannerreturnvalue"} <= rows


def test_settings_that_are_only_stored_exist() -> None:
    assert STORED_ONLY.keys() <= DECLARED.keys()


async def test_model_8_2_start_and_stop_reach_the_server_and_a_failed_start_says_where_to_look(house: ModelHouse, app: Hand) -> None:
    assert await app("ServerState") == 3
    await app("Stop")
    assert await app("ServerState") == 1
    assert await app("Settings.MaxMessageSize") > 0, "the login stays"
    await app("Start")
    await app("Reinitialize")
    assert house.server.told == ["stop", "start", "stop", "reload", "start"]

    async def fails() -> None:
        raise ConfigurationError("The port is taken.")

    house.server.start = fails  # type: ignore[method-assign]  # a port that somebody else has
    with pytest.raises(Failed, match=r"^Server start failed\. Please check the hMailServer error log\.$"):
        await app("Start")
    with pytest.raises(Failed, match=r"^The port is taken\.$"):
        await app("Reinitialize")


async def test_model_3_1_connect_raises_the_last_start_error_and_3_7_needs_no_login(house: ModelHouse) -> None:
    app = house.create("hMailServer.Application")
    await app("Connect")
    await app("SubmitEMail")
    assert await app("Version")
    assert await app("VersionArchitecture") == "x64"
    assert await app("GlobalObjects.Languages.Count") >= 1
    for name in ("RequiresUpgrade", "IsConnected", "DatabaseExists", "RequiredVersion", "CurrentVersion"):
        await app(f"Database.{name}")
    for name in (
        "InitializationFile",
        "Start",
        "Stop",
        "Reinitialize",
        "ServerState",
        "Settings",
        "Status",
        "Rules",
        "BackupManager",
        "Links",
        "Diagnostics",
    ):
        with pytest.raises(AccessRefused):
            await app(name)
    house.server.trouble = "The port is taken."
    with pytest.raises(Failed, match=r"^The port is taken\.$"):
        await app("Connect")


async def test_model_3_4_without_a_password_programs_on_this_machine_are_the_administrator_and_the_network_is_nobody(house: ModelHouse) -> None:
    object.__setattr__(house.house, "has_administrator", lambda: False)
    for origin in (Origin.LOCAL, Origin.SCRIPT):
        app = house.create("hMailServer.Application", house.caller(origin))
        assert await app("Settings.MaxMessageSize") > 0
        assert await app("Authenticate", "Administrator", "") is not None
        assert await app("Authenticate", "Administrator", "guess") is None
    far = house.create("hMailServer.Application", house.caller(Origin.NETWORK, "127.0.0.1"))
    assert await far("Authenticate", "Administrator", "") is None
    with pytest.raises(AccessRefused):
        await far("Settings")


async def test_model_8_9_the_diagnostics_run_in_their_order(app: Hand) -> None:
    diagnostics = await app("Diagnostics")
    results = await diagnostics("PerformTests")
    short = ["Server details", "Test IPv6", "Test backup directory", "Test message file locations", "Test IP range configuration", "Error logs"]
    assert [await (await results("Item", index))("Name") for index in range(await results("Count"))] == short
    await diagnostics.set(LocalDomainName="example.test", TestDomainName="elsewhere.test")
    results = await diagnostics("PerformTests")
    names = [await (await results("Item", index))("Name") for index in range(await results("Count"))]
    assert names == [*short[:2], "Test outbound port", short[2], "Test MX records", "Test local connect", *short[3:]]
    first = await results("Item", 0)
    assert await first("Result") is True
    assert "Postroom" in await first("ExecutionDetails")
    assert await first("Description")
    with pytest.raises(BadIndex):
        await results("Item", 99)


async def test_model_8_12_the_live_log_is_off_until_asked_for_and_reading_empties_it(app: Hand) -> None:
    logging = await app("Settings.Logging")
    other_log = log.get_logger("queue")
    log.set_level("info")
    try:
        log.recite("SMTPD", "SENT: nobody reads", "ab1", "192.0.2.1")
        assert await logging("LiveLog") == ""
        await logging("EnableLiveLogging", True)
        assert await logging("LiveLoggingEnabled") is True
        log.recite("SMTPD", 'RECEIVED: a\r\nb\t"c', "ab1", "192.0.2.1")
        other_log.info("mail-tried", sent=1)
        other_log.error("cannot-start", reason="x")
        lines = [line for line in (await logging("LiveLog")).split("\r\n") if "model-changed" not in line]
        columns = [line.split("\t") for line in lines[:3]]
        assert [line[0] for line in columns] == ['"SMTPD"', '"APPLICATION"', '"ERROR"']
        assert [len(line) for line in columns] == [6, 4, 4]
        assert [columns[0][2], *columns[0][4:]] == [str(session_number("ab1")), '"192.0.2.1"', '"RECEIVED: a[nl]b?"c"']
        assert columns[1][3] == '"QUEUE - mail-tried sent=1"'
        assert re.fullmatch(r'"Severity: 1 \(Critical\), Code: HM\d{6}, Source: queue::cannot-start, Description: reason=x"', columns[2][3])
        assert await logging("LiveLog") == ""
        await logging.put("LogSMTP", False)
        await logging("LiveLog")
        log.recite("SMTPD", "SENT: hidden", "ab1", "192.0.2.1")
        assert "SMTPD" not in await logging("LiveLog")
        await logging("EnableLiveLogging", False)
        assert await logging("LiveLoggingEnabled") is False
    finally:
        log.set_level("off")


async def test_model_8_12_the_live_log_is_bounded(house: ModelHouse, app: Hand) -> None:
    log.set_level("info")
    await app("Settings.Logging.EnableLiveLogging", True)
    for _ in range(1000):
        log.get_logger("queue").info("mail-tried", reason="x" * 1000)
    log.set_level("off")
    assert len(await app("Settings.Logging.LiveLog")) < 300_000
    await app("Settings.Logging.EnableLiveLogging", False)


async def test_model_8_12_the_names_of_the_log_files(app: Hand) -> None:
    logging = await app("Settings.Logging")
    names = [await logging(f"Current{name}Log") for name in ("Default", "Error", "Event", "Awstats")]
    day = names[0].removeprefix("hmailserver_").removesuffix(".log")
    assert len(day) == 10
    assert names == [f"hmailserver_{day}.log", f"ERROR_hmailserver_{day}.log", "hmailserver_events.log", "hmailserver_awstats.log"]
    assert (await app("Settings.Backup.LogFile")).endswith("hmailserver_backup.log")


async def test_model_8_16_the_cache_gives_stored_values_and_0_and_clear_forgets(app: Hand) -> None:
    cache = await app("Settings.Cache")
    for kind in ("Domain", "Account", "Alias", "DistributionList"):
        assert await cache(f"{kind}HitRate") == 0
        assert await cache(f"{kind}CacheSizeKb") == 0
    await cache("Clear")


async def test_model_8_20_directories_are_the_server_s_until_set_and_the_network_names_only_its_own(
    house: ModelHouse, app: Hand, tmp_path: Path
) -> None:
    directories = await app("Settings.Directories")
    assert await directories("LogDirectory") == str(tmp_path / "logs")
    assert await directories("EventDirectory") == str(tmp_path / "Events")
    assert (await directories("DBScriptDirectory")).endswith("migrations")
    await directories.put("EventDirectory", "/elsewhere")
    assert await directories("EventDirectory") == "/elsewhere"
    far = await house.login(caller=house.caller(Origin.NETWORK, "192.0.2.1"))
    for path, name in (("Settings.Directories", "DataDirectory"), ("Settings.Backup", "Destination")):
        with pytest.raises(AccessRefused):
            await (await far(path)).put(name, "/etc")


async def test_model_18_1_18_2_the_tree_is_reached_from_application_and_settings(app: Hand) -> None:
    for name in ("Settings", "Domains", "Rules", "Status", "Database", "Utilities", "BackupManager", "GlobalObjects", "Links", "Diagnostics"):
        assert (await app(name)).object.description.name == name
    settings = await app("Settings")
    below = [one for one in CLASSES["Settings"].members.values() if one.type.startswith("object:")]
    assert len(below) == 16
    for one in below:
        assert f"object:{(await settings(one.name)).object.description.name}" == one.type
    assert await app("InitializationFile")
    assert await settings("PublicFolderDiskName") == "#Public"


async def test_model_18_6_languages_translate_or_give_the_text_itself(app: Hand, tmp_path: Path) -> None:
    folder = tmp_path / "Languages"
    folder.mkdir()
    (folder / "English.ini").write_text("[Strings]\nString_1=Domains\nString_2=Exit\n", encoding="utf-8")
    (folder / "German.ini").write_text("[Strings]\nString_1=Domänen\n", encoding="utf-16")
    (folder / "broken.ini").write_bytes(b"\xff\xfe\x00 no [ini\n=")
    languages = await app("GlobalObjects.Languages")
    assert [await (await languages("Item", index))("Name") for index in range(await languages("Count"))] == ["broken", "english", "german"]
    german = await languages("ItemByName", "GERMAN")
    assert [await german("String", text) for text in ("Domains", "Exit", "nothing")] == ["Domänen", "Exit", "nothing"]
    assert await german("IsDownloaded") is True
    assert await (await languages("ItemByName", "broken"))("String", "Exit") == "Exit"
    with pytest.raises(Failed, match=r"^Not implemented\.$"):
        await german("Download")
    with pytest.raises(BadIndex):
        await languages("ItemByName", "klingon")


async def test_model_18_7_the_index_counts_clears_and_indexes_now(house: ModelHouse, app: Hand) -> None:
    alice = await house.town.directory.accounts.get("alice@example.test")
    await house.town.house.deliver(b"Subject: x\r\n\r\nneedle\r\n", alice.id)
    indexing = await app("Settings.MessageIndexing")
    assert (await indexing("TotalMessageCount"), await indexing("TotalIndexedCount")) == (1, 0)
    folder = await house.house.mailboxes.folder(alice.id, "INBOX")
    assert folder is not None
    shard = folder.id % house.house.database.shards
    await house.house.database.transact(shard, search_noted, folder.id)
    await indexing("Index")
    assert await indexing("TotalIndexedCount") == 1
    await indexing("Clear")
    assert await indexing("TotalIndexedCount") == 0
    await indexing("Index")
    assert await indexing("TotalIndexedCount") == 0, "no folder was searched since"


def search_noted(transaction: Any, folder_id: int) -> None:
    transaction.execute("INSERT INTO searched (folder_id) VALUES (?)", (folder_id,))
