"""What travels between the processes of a server: news, arguments and errors arrive as they were sent."""

import pickle

import pytest

from postroom.directory.accounts import Account, AccountsChanged, add_accounts
from postroom.directory.aliases import Alias, add_alias
from postroom.directory.credentials import Credentials
from postroom.directory.domains import Domain, DomainChanged, set_domain
from postroom.directory.errors import NotFound, Taken
from postroom.directory.failures import Ban, BanChanged, LoginFailed, count_failure
from postroom.directory.settings import SettingChanged, store_setting
from postroom.formats.address import Address

PLACE = Address("alice", "example.test")
VALUES = [
    AccountsChanged(("a@example.test",), True, False, True),
    DomainChanged(1, Domain(1, "example.test", catch_all=PLACE, aliases=("example.org",))),
    SettingChanged("max_recipients", "100"),
    BanChanged("192.0.2.7", Ban("192.0.2.7", "by hand", 1, 2)),
    LoginFailed("192.0.2.7"),
    Account(1, 0, PLACE, 1),
    Alias(1, PLACE, 1, (PLACE,)),
    Credentials("a", "b", "c"),
    *(add_accounts, add_alias, set_domain, count_failure, store_setting),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: getattr(value, "__name__", type(value).__name__))
def test_it_arrives_as_it_was_sent(value: object) -> None:
    assert pickle.loads(pickle.dumps(value, 5)) == value


@pytest.mark.parametrize("error", [NotFound("There is none."), Taken("It exists.")])
def test_an_error_arrives_with_its_sentence(error: Exception) -> None:
    arrived = pickle.loads(pickle.dumps(error, 5))
    assert (type(arrived), str(arrived)) == (type(error), str(error))
