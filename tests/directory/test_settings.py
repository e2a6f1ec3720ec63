"""Settings: declared once, stored, pinned, followed by every worker."""

from operator import attrgetter

import pytest

from directory.workers import Worker
from postroom.directory.directory import Directory
from postroom.directory.errors import DirectoryError, NotFound, Pinned
from postroom.directory.settings import DECLARED, Settings
from postroom.errors import ConfigurationError
from postroom.storage.database import CONTROL, Transaction
from postroom.storage.sqlite.engine import SQLiteDatabase


@pytest.mark.parametrize("name", DECLARED)
def test_every_setting_has_a_sentence_and_a_default_that_reads_back(name: str) -> None:
    setting = DECLARED[name]
    assert setting.text.endswith(".")
    assert setting.text[0].isupper()
    assert setting.kind.parse(setting.kind.format(setting.default)) == setting.default == attrgetter(name)(Settings())
    assert setting.kind.describe()


def test_hmailservers_rows_are_named_once() -> None:
    rows = [setting.row for setting in DECLARED.values() if setting.row]
    assert len(rows) == len(set(rows))


async def test_a_stored_setting_holds_in_every_worker_at_once_and_after_a_restart(worker: Worker) -> None:
    one, other = await worker(), await worker()
    before = one.settings
    await one.table.set("max_message_size", "20 MB")
    assert one.settings.max_message_size == other.settings.max_message_size == 20 << 20
    assert before.max_message_size == 50 << 20
    assert (await worker()).settings.max_message_size == 20 << 20
    await other.table.reset("max_message_size")
    assert one.settings.max_message_size == 50 << 20


async def test_a_pin_wins_and_refuses_changes_with_the_files_name(worker: Worker) -> None:
    free = await worker()
    await free.table.set("max_recipients", 200)
    pinned = await worker(pins={"max_recipients": 500}, pinned_by="/etc/postroom.toml")
    assert pinned.settings.max_recipients == 500
    for change in (pinned.table.set("max_recipients", "300"), pinned.table.reset("max_recipients")):
        with pytest.raises(Pinned, match=r"/etc/postroom\.toml"):
            await change
    shown = {one.setting.name: one for one in pinned.table.show()}
    assert (shown["max_recipients"].value, shown["max_recipients"].pinned, shown["max_recipients"].stored) == (
        "500",
        "/etc/postroom.toml",
        True,
    )
    assert (shown["login_delay"].value, shown["login_delay"].pinned, shown["login_delay"].stored) == ("1 second", "", False)


async def test_a_default_of_a_mode_is_less_than_a_stored_value(worker: Worker) -> None:
    directory = await worker(defaults={"imap_hierarchy_delimiter": ".", "host_name": "mail.example.test"})
    assert directory.settings.imap_hierarchy_delimiter == "."
    assert directory.settings.host_name == "mail.example.test"
    await directory.table.set("imap_hierarchy_delimiter", "/")
    assert directory.settings.imap_hierarchy_delimiter == "/"


async def test_an_unknown_setting_is_an_error_that_names_the_nearest(directory: Directory) -> None:
    with pytest.raises(NotFound, match="did you mean max_message_size"):
        await directory.table.set("max_mesage_size", 1)
    with pytest.raises(NotFound, match=r"no setting 'zzz'\.$"):
        await directory.table.reset("zzz")


async def test_a_value_that_can_not_be_is_refused_with_what_would_do(directory: Directory) -> None:
    with pytest.raises(DirectoryError, match="max_message_size is a size such as \"50 MB\", not 'huge'"):
        await directory.table.set("max_message_size", "huge")
    assert directory.settings.max_message_size == 50 << 20


@pytest.mark.parametrize(
    ("name", "value", "says"), [("max_recipients", "many", "whole number"), ("max_recipient", 100, "did you mean max_recipients")]
)
async def test_a_pin_that_can_not_be_names_the_file(worker: Worker, name: str, value: object, says: str) -> None:
    with pytest.raises(ConfigurationError, match=rf"postroom\.toml: .*{says}"):
        await worker(pins={name: value})


def write_raw(transaction: Transaction, name: str, value: str) -> None:
    transaction.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (name, value))


async def test_a_row_of_a_setting_that_this_version_does_not_know_rests(database: SQLiteDatabase, worker: Worker) -> None:
    await database.transact(CONTROL, write_raw, "of_tomorrow", "42")
    assert (await worker()).settings == Settings(password_memory=8192, password_passes=1, scram_iterations=4096)


async def test_a_row_that_can_not_be_stops_the_start_with_a_sentence(database: SQLiteDatabase, worker: Worker) -> None:
    await database.transact(CONTROL, write_raw, "max_recipients", "lots")
    with pytest.raises(ConfigurationError, match="max_recipients is a whole number"):
        await worker()
