"""Backups in hMailServer's format: what they hold; making and restoring them comes later. `postroom backup` makes this server's own."""

from __future__ import annotations

from typing import Any, Final

from postroom.model.applied import STORED_ONLY, applied, change
from postroom.model.description import getter, method
from postroom.model.files import admitted
from postroom.model.kinds import Boolean, String
from postroom.model.object import Object

LATER: Final = "backups in hMailServer's format are not made or read yet; `postroom backup` makes others"
STORED_ONLY["backup.destination"] = LATER
LOG: Final = "hmailserver_backup.log"


class BackupSettings(Object, iid="2C5559F0-DF3F-43C0-935C-F79D41CF8A5B", clsid="E0213ECF-BAEC-4E20-9813-0F75A97D0B16"):
    """What a backup in hMailServer's format holds, and where it is made."""

    __slots__ = ()

    @getter(1, "The folder that backups are made in; over the network only one of the server's own.", pending=LATER)
    def Destination(self) -> String:
        return self.house.settings.backup.destination

    @Destination.setter()
    async def _set_destination(self, value: str) -> None:
        if value:
            admitted(self.context, value, writing=True)
        await change(self, "backup.destination", value)

    BackupSettings = applied(Boolean, 2, "backup.backup_settings", pending=LATER)
    BackupDomains = applied(Boolean, 3, "backup.backup_domains", pending=LATER)
    BackupMessages = applied(Boolean, 4, "backup.backup_messages", pending=LATER)
    CompressDestinationFiles = applied(Boolean, 5, "backup.compress_destination_files", pending=LATER)

    @getter(7, "The log file of backups.")
    def LogFile(self) -> String:
        return str(self.house.places.logs / LOG)


class BackupManager(Object, iid="E773E8FC-1C9A-4E96-A73C-CC02E7649637", clsid="1BBE5234-D331-41DF-85D7-CAF0B00B3BF7"):
    """Starts backups, and opens those that were made."""

    __slots__ = ()

    @method(1, "Starts a backup of what Settings.Backup says; it goes on in the background.", pending=LATER)
    async def StartBackup(self) -> None:
        """Pending."""

    @method(2, "Opens a backup by its file.", pending=LATER, gives="Backup")
    async def LoadBackup(self, sXMLFile: String) -> Any:
        return None


class Backup(Object, iid="BC84454B-FCE1-41FA-A3DD-2C57F61D4310", clsid="B088FED1-A784-4CDB-ADDF-E7332CB7F72F"):
    """A backup that was opened: what it holds, and what of it is to be restored."""

    __slots__ = ("wanted",)

    def __init__(self, context: Any, *, standalone: bool = False) -> None:
        super().__init__(context, standalone=standalone)
        self.wanted = {"settings": False, "domains": False, "messages": False}

    @getter(2, "Whether it holds settings.", pending=LATER)
    def ContainsSettings(self) -> Boolean:
        return False

    @getter(3, "Whether it holds domains.", pending=LATER)
    def ContainsDomains(self) -> Boolean:
        return False

    @getter(4, "Whether it holds messages.", pending=LATER)
    def ContainsMessages(self) -> Boolean:
        return False

    @getter(5, "Whether settings are to be restored.", pending=LATER)
    def RestoreSettings(self) -> Boolean:
        return self.wanted["settings"]

    @RestoreSettings.setter()
    def _set_settings(self, value: bool) -> None:
        self.wanted["settings"] = value

    @getter(6, "Whether domains are to be restored.", pending=LATER)
    def RestoreDomains(self) -> Boolean:
        return self.wanted["domains"]

    @RestoreDomains.setter()
    def _set_domains(self, value: bool) -> None:
        self.wanted["domains"] = value

    @getter(7, "Whether messages are to be restored.", pending=LATER)
    def RestoreMessages(self) -> Boolean:
        return self.wanted["messages"]

    @RestoreMessages.setter()
    def _set_messages(self, value: bool) -> None:
        self.wanted["messages"] = value

    @method(1, "Starts to restore what is wanted; it goes on in the background.", pending=LATER)
    async def StartRestore(self) -> None:
        """Pending."""
