from pathlib import Path

import pytest

from postroom.directory.settings import DECLARED
from postroom.errors import ConfigurationError
from postroom.network.listener import Encrypted, Listener
from postroom.runtime import config
from postroom.runtime.config import KEYS, load, shown
from postroom.runtime.places import Places, places

EVERYTHING = """
hostname = "mail.example.test"
data     = "var"
logs     = "var/logs"
workers = 2
shards = 4
database = "sqlite"
blobs    = "files"
user     = "postroom"
admin_key = "pk_1"
admin_password = "secret-1"

[dns]
servers = ["127.0.0.1:5354"]

[tls]
certificate = "cert.pem"
key = "/etc/key.pem"
client_authorities = "ca.pem"

[[listener]]
protocol = "smtp"
address  = "127.0.0.1"
port     = 2525

[[listener]]
protocol = "lmtp"
path = "lmtp.sock"

[settings]
max_message_size = "50 MB"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "postroom.toml"


def refusal(file: Path, text: str, environment: dict[str, str] | None = None) -> str:
    file.write_text(text)
    with pytest.raises(ConfigurationError) as refused:
        load(file, environment or {})
    return str(refused.value).replace(str(file), "FILE")


def test_every_key_of_the_file_is_read(file: Path) -> None:
    file.write_text(EVERYTHING)
    read = load(file, {})
    assert (read.workers, read.shards, read.user, read.admin_key, read.admin_password) == (2, 4, "postroom", "pk_1", "secret-1")
    assert (read.data, read.logs) == (file.parent / "var", file.parent / "var/logs")
    assert (read.tls_certificate, read.tls_key) == (file.parent / "cert.pem", Path("/etc/key.pem"))
    assert read.dns_servers == ("127.0.0.1:5354",)
    assert read.listeners == (
        Listener("smtp", "127.0.0.1", 2525, tls=Encrypted.STARTTLS),
        Listener("lmtp", path=str(file.parent / "lmtp.sock")),
    )
    assert read.pins == {"max_message_size": "50 MB", "host_name": "mail.example.test"}
    assert read.pinned_by == str(file)
    assert all(name.partition(".")[2] or name in EVERYTHING for name in KEYS)


def test_without_file_and_variables_the_platforms_places_hold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usual = Places(tmp_path / "data", tmp_path / "logs", tmp_path / "postroom.toml")
    monkeypatch.setattr(config, "places", lambda: usual)
    read = load(environment={})
    assert (read.data, read.logs, read.listeners, read.pins) == (usual.data, usual.logs, (), {})
    usual.configuration.write_text("workers = 3")
    assert load(environment={}).workers == 3


def test_a_data_directory_of_ones_own_holds_the_logs_too(file: Path) -> None:
    file.write_text('data = "var"')
    assert load(file, {}).logs == file.parent / "var" / "logs"


@pytest.mark.parametrize(
    ("platform", "data"),
    [("linux", "/var/lib/postroom"), ("darwin", "/Library/Application Support/Postroom/data"), ("win32", "D:\\Shared/Postroom/data")],
)
def test_each_platform_has_its_places(platform: str, data: str) -> None:
    assert places(platform, "D:\\Shared").data == Path(data)


def test_a_variable_wins_over_the_file_and_its_paths_begin_here(file: Path) -> None:
    file.write_text('hostname = "one.example"\ndata = "var"\n[dns]\nservers = ["192.0.2.1"]')
    read = load(file, {"POSTROOM_HOSTNAME": "two.example", "POSTROOM_DATA": "here", "POSTROOM_DNS__SERVERS": "192.0.2.2, [2001:db8::1]:53"})
    assert (read.pins.get("host_name"), read.data, read.dns_servers) == ("two.example", Path.cwd() / "here", ("192.0.2.2", "[2001:db8::1]:53"))


def test_settings_and_listeners_come_from_variables_too(file: Path) -> None:
    file.write_text('[settings]\nmax_recipients = 50\n[[listener]]\nprotocol = "pop3"')
    listeners = "smtp 127.0.0.1:2525, imaps [::1]:993, lmtp /run/lmtp.sock"
    read = load(file, {"POSTROOM_SETTINGS__MAX_MESSAGE_SIZE": "10 MB", "POSTROOM_LISTENER": listeners})
    assert read.pins == {"max_recipients": 50, "max_message_size": "10 MB"}
    assert [str(listener) for listener in read.listeners] == ["smtp 127.0.0.1:2525", "imaps [::1]:993", "lmtp /run/lmtp.sock"]
    assert read.listeners[1].tls is Encrypted.IMPLICIT


def test_a_listener_has_its_protocols_usual_port_and_every_address(file: Path) -> None:
    file.write_text('[[listener]]\nprotocol = "submissions"')
    assert load(file, {}).listeners == (Listener("submissions", "0.0.0.0", 465, tls=Encrypted.IMPLICIT),)


def test_the_names_of_open_mailserver_are_understood_and_ours_win(file: Path) -> None:
    file.write_text("")
    theirs = {"OPENMAILSERVER_CANONICAL_HOSTNAME": "old.example", "OPENMAILSERVER_DATA_DIR": "/srv/mail", "OPENMAILSERVER_ADMIN_API_KEY": "k"}
    read = load(file, {**theirs, "OPENMAILSERVER_PRIMARY_DOMAIN": "example.test", "OPENMAILSERVER_PUBLIC_IP": "192.0.2.1"})
    assert (read.data, read.admin_key) == (Path("/srv/mail"), "k")
    assert read.pins == {"default_domain": "example.test", "host_name": "old.example", "public_addresses": "192.0.2.1"}
    assert load(file, {**theirs, "POSTROOM_HOSTNAME": "new.example"}).pins["host_name"] == "new.example"


@pytest.mark.parametrize(
    ("name", "value", "setting", "read"),
    [
        ("API_KEY_HEADER", "X-Mail-Key", "api_key_header", "X-Mail-Key"),
        ("DEBUG_API_ENABLED", "false", "debug_api", False),
        ("MAX_SENDS_PER_HOUR", "7", "api_max_sends_per_hour", 7),
        ("MAX_MESSAGES_PER_MAILBOX", "5000", "max_messages_per_mailbox", 5000),
        ("MAX_ATTACHMENT_BYTES", "26214400", "api_max_attachment_size", 26214400),
        ("PRIMARY_DOMAIN", "example.test", "default_domain", "example.test"),
        ("CANONICAL_HOSTNAME", "mail.example.test", "host_name", "mail.example.test"),
    ],
)
def test_open_mailservers_names_are_settings_that_are_read(file: Path, name: str, value: str, setting: str, read: object) -> None:
    file.write_text("")
    pins = load(file, {f"OPENMAILSERVER_{name}": value}).pins
    assert DECLARED[setting].kind.parse(str(pins[setting])) == read


def test_open_mailservers_log_directory_and_passphrase_are_understood(file: Path) -> None:
    file.write_text("")
    read = load(file, {"OPENMAILSERVER_LOG_DIR": "/var/log/mail", "OPENMAILSERVER_BACKUP_ENCRYPTION_KEY": "sesame"})
    assert (read.logs, read.backup_passphrase) == (Path("/var/log/mail"), "sesame")


def test_the_http_listener_moves_by_open_mailservers_names(file: Path) -> None:
    file.write_text("")
    read = load(file, {"OPENMAILSERVER_HOST": "0.0.0.0", "OPENMAILSERVER_PORT": "9000", "OPENMAILSERVER_DEBUG_API_ENABLED": "false"})
    assert (read.http_address, read.http_port, read.pins) == ("0.0.0.0", 9000, {"debug_api": "false"})
    places = [("127.0.0.1:8787", ("127.0.0.1", 8787)), ("[::1]:8787", ("::1", 8787)), ("::1", ("::1", 0)), ("10.0.0.1", ("10.0.0.1", 0))]
    for text, place in [*places, ("8787", ("", 8787)), (":8787", ("", 8787))]:
        assert load(file, {"OPENMAILSERVER_API_BIND": text}).http_bind == place
    for text in ("localhost", "127.0.0.1:x", "1.2.3:4", "99999"):
        with pytest.raises(ConfigurationError, match="OPENMAILSERVER_API_BIND"):
            load(file, {"OPENMAILSERVER_API_BIND": text})


def test_what_is_shown_of_a_configuration_has_no_secret_in_it(file: Path) -> None:
    file.write_text('admin_key = "sesame"\nadmin_password = "open"')
    told = shown(load(file, {}))
    assert (told["admin_key"], told["admin_password"]) == ("(set)", "(set)")
    assert "sesame" not in str(told)


def test_an_unknown_variable_only_warns_and_names_the_nearest_key(file: Path) -> None:
    file.write_text("")
    variables = {"POSTROOM_HOSTNAM": "x", "POSTROOM_CLIENT_KEY": "k", "POSTROOM_PORTABLE": "1", "OPENMAILSERVER_COLOUR": "blue"}
    assert load(file, variables).warnings == (
        "Nothing reads the variable OPENMAILSERVER_COLOUR.",
        "Nothing reads the variable POSTROOM_HOSTNAM: did you mean hostname?",
    )


def test_an_empty_variable_is_none_at_all(file: Path) -> None:
    file.write_text("workers = 4")
    assert load(file, {"POSTROOM_WORKERS": "", "OPENMAILSERVER_DATABASE_URL": ""}).workers == 4


def test_open_mailservers_own_sqlite_is_ours(file: Path) -> None:
    file.write_text("")
    assert load(file, {"OPENMAILSERVER_DATABASE_URL": "sqlite:////srv/mail.db"}).database == "sqlite"


def test_names_of_settings_may_have_dots(file: Path) -> None:
    file.write_text("[settings]\nantispam.spam_mark_threshold = 5\n[settings.antivirus]\nmaximum_size = 9")
    assert load(file, {}).pins == {"antispam.spam_mark_threshold": 5, "antivirus.maximum_size": 9}


def test_a_variable_may_name_the_file(file: Path) -> None:
    file.write_text("workers = 4")
    assert load(environment={"POSTROOM_CONFIG": str(file)}).workers == 4


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("workers = 1\nhostnam = 'x'", "FILE:2: there is no key hostnam: did you mean hostname?"),
        ("[dns]\nserver = []", "FILE:2: there is no key dns.server: did you mean dns.servers?"),
        ("[zzz]\nyyy = 1", "FILE:2: there is no key zzz.yyy."),
        ("\nworkers = 'many'", "FILE:2: workers is a number from 0 to 256, not 'many'."),
        ("workers = true", "FILE:1: workers is a number from 0 to 256, not 'True'."),
        ("workers = -1", "FILE:1: workers is a number from 0 to 256, not '-1'."),
        ("data = 7", "FILE:1: data is text in quotation marks, not '7'."),
        ("tls = 1", "FILE:1: there is no key tls: did you mean tls.key?"),
        ("dns.servers = 1", "FILE: dns.servers is a list of addresses such as [\"127.0.0.1:5354\"], not '1'."),
        ("[tls]\nkey = 'k'", "The configuration names only one of tls.certificate and tls.key: name both, or neither for a self-signed one."),
        ("x", "The configuration file FILE is not TOML: Expected '=' after a key in a key/value pair (at end of document)."),
        (
            "blobs = 's3://mail'",
            "FILE:1: blobs is \"files\": this version keeps large bodies in the data directory and knows no other place, not 's3://mail'.",
        ),
        ("listener = 1", "FILE:1: a listener is written as [[listener]] with protocol and address, port or path."),
        ("[listener]\nprotocol = 'smtp'", "FILE:2: there is no key listener.protocol: did you mean listener?"),
        ("[[listener]]\nport = 25", "submissions, lmtp, imap, imaps, pop3, pop3s, http, https, not 'None'."),
        ("[[listener]]\nprotocol = 'smtp'\nport = 70000", "FILE:1: a listener has a port from 0 to 65535, not '70000'."),
        ("[[listener]]\nprotocol = 'smtp'\naddress = 'localhost'", 'a listener has an IP address such as "127.0.0.1" or "::", not \'localhost\'.'),
        ("[[listener]]\nprotocol = 'smtp'\npath = 'x'\nport = 1", "FILE:1: a listener has either address and port or a path."),
        ("[[listener]]\nprotocol = 'smtp'\nprt = 1", "FILE:1: a listener has protocol and address, port or path, and nothing else."),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_would_do(file: Path, text: str, sentence: str) -> None:
    assert refusal(file, text).endswith(sentence)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("POSTROOM_WORKERS", "many", "The variable POSTROOM_WORKERS: workers is a number from 0 to 256, not 'many'."),
        ("OPENMAILSERVER_DATABASE_URL", "postgresql://db/mail", 'The variable OPENMAILSERVER_DATABASE_URL: database is "sqlite": this version'),
        ("POSTROOM_LISTENER", "smtp", 'The variable POSTROOM_LISTENER: a listener is written as "smtp 127.0.0.1:2525" or "lmtp /run/'),
    ],
)
def test_a_mistake_in_a_variable_names_the_variable(file: Path, variable: str, value: str, sentence: str) -> None:
    assert refusal(file, "", {variable: value}).startswith(sentence)


def test_a_named_file_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="can't be read: No such file or directory"):
        load(tmp_path / "none.toml", {})


def test_secrets_are_not_shown_with_the_configuration(file: Path) -> None:
    file.write_text(EVERYTHING)
    assert "pk_1" not in repr(load(file, {}))
    assert "secret-1" not in repr(load(file, {}))


def test_the_home_of_hmailserver_mode_says_where_data_and_logs_lie(tmp_path: Path) -> None:
    file = tmp_path / "postroom.toml"
    file.write_text('[hmailserver]\nhome = "hMailServer"\n')
    found = load(file, {})
    home = tmp_path / "hMailServer"
    assert (found.hmailserver_home, found.data, found.logs, found.file) == (home, home / "Database", home / "Logs", file)
