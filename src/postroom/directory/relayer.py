"""The relay that takes all mail for other servers, as the settings name it; its password is sealed in a row of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from postroom.directory.errors import DirectoryError
from postroom.directory.routes import EVERYTHING, Route
from postroom.storage.database import CONTROL

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from postroom.directory.datakey import DataKey
    from postroom.directory.settings import Settings
    from postroom.storage.database import Database, Row, Transaction

_SEAL: Final = "relayer"
_LONGEST: Final = 4096
_USUAL_PORT: Final = 25
_USUAL_SECURITY: Final = "starttls-optional"


@dataclass(frozen=True, slots=True, repr=False)
class RelayerChanged:
    """News: the relay's password, sealed, is this now."""

    sealed: bytes


class Relayer:
    """Gives the route of all mail that has no route of its own."""

    def __init__(self, database: Database, key: DataKey, settings: Callable[[], Settings]) -> None:
        self._database = database
        self._key = key
        self._settings = settings
        self._password = ""

    async def load(self, read: Callable[[str], Awaitable[list[Row]]]) -> None:
        """Read the password by `read(sql)`."""
        for (sealed,) in await read("SELECT password FROM relayer"):
            self.hear(RelayerChanged(sealed))

    def hear(self, news: RelayerChanged) -> None:
        """Follow a change in any process."""
        self._password = self._key.unseal(news.sealed, _SEAL).decode() if news.sealed else ""

    async def set_password(self, password: str) -> None:
        """Store the password; raises DirectoryError for one that no protocol could carry."""
        if len(password) > _LONGEST or any(ord(character) < 0x20 for character in password):
            raise DirectoryError(f"A password has no control characters, and at most {_LONGEST} characters.")
        sealed = self._key.seal(password.encode(), _SEAL) if password else b""
        await self._database.transact(CONTROL, store_relayer, sealed)

    def route(self) -> Route | None:
        """Give the way of mail that has no route of its own; None where the DNS decides under the usual terms."""
        settings = self._settings()
        host = settings.smtp_relayer.partition("|")[0].strip()
        if not host:
            security = settings.smtp_connection_security
            return None if security == _USUAL_SECURITY else Route(EVERYTHING, security=security)
        logs_in = bool(settings.smtp_relayer_requires_authentication and settings.smtp_relayer_username and self._password)
        return Route(
            EVERYTHING,
            host=host,
            port=settings.smtp_relayer_port or _USUAL_PORT,
            security=settings.smtp_relayer_connection_security,
            verify=settings.verify_remote_ssl_certificate,
            username=settings.smtp_relayer_username if logs_in else "",
            password=self._password if logs_in else "",
            login=logs_in,
        )


def store_relayer(transaction: Transaction, sealed: bytes) -> None:
    """Write the sealed password in place of the one before, and tell every process."""
    transaction.execute("DELETE FROM relayer")
    if sealed:
        transaction.execute("INSERT INTO relayer (password) VALUES (?)", (sealed,))
    transaction.announce(RelayerChanged(sealed))
