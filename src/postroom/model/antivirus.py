"""AntiVirus: which scanners look at mail."""

from __future__ import annotations

from typing import Final

from postroom.model.applied import applied, by_word, in_kilobytes
from postroom.model.description import Member, Right, child, method
from postroom.model.enumerations import eAntivirusAction
from postroom.model.kinds import Boolean, Integer, String
from postroom.model.object import Object

LATER: Final = "mail is not scanned for viruses yet"


def scanned(kind: object, dispid: int, name: str) -> Member:
    """Declare a property of the scanners."""
    declared: Member = applied(kind, dispid, f"antivirus.{name}", right=Right.SERVER, pending=LATER)
    return declared


class AntiVirus(Object, iid="952EE84F-C1D4-4869-8B86-76A3BA8F39FA", clsid="82D6DBF9-DDDB-4C4A-A52A-92B6ED16D8EA"):
    """The virus scanners, and what becomes of a find."""

    __slots__ = ()

    ClamWinEnabled = scanned(Boolean, 1, "clam_win_enabled")
    ClamWinExecutable = scanned(String, 2, "clam_win_executable")
    ClamWinDBFolder = scanned(String, 3, "clam_win_db_folder")
    Action = by_word(eAntivirusAction, 4, "antivirus.action", ("delete-message", "delete-attachments"), Right.SERVER, pending=LATER)
    NotifyReceiver = scanned(Boolean, 5, "notify_receiver")
    NotifySender = scanned(Boolean, 6, "notify_sender")
    CustomScannerEnabled = scanned(Boolean, 7, "custom_scanner_enabled")
    CustomScannerExecutable = scanned(String, 8, "custom_scanner_executable")
    CustomScannerReturnValue = scanned(Integer, 9, "custom_scanner_return_value")
    MaximumMessageSize = in_kilobytes(
        Integer,
        10,
        "antivirus.maximum_message_size",
        "The size above which mail is not scanned, in kilobytes; 0: all is.",
        Right.SERVER,
        pending=LATER,
    )
    BlockedAttachments = child("BlockedAttachments", 11, "The names of attachments that are taken out.", Right.SERVER)
    EnableAttachmentBlocking = scanned(Boolean, 12, "enable_attachment_blocking")
    ClamAVEnabled = scanned(Boolean, 13, "clam_av_enabled")
    ClamAVHost = scanned(String, 14, "clam_av_host")
    ClamAVPort = scanned(Integer, 15, "clam_av_port")

    @method(16, "Scans a test virus by a program of one's own; tells what it said.", Right.SERVER, outs=("ResultText",), pending=LATER)
    async def TestCustomerScanner(self, customExecutable: String, virusReturnCode: Integer) -> Boolean:
        return False

    @method(17, "Scans a test virus by ClamWin; tells what it said.", Right.SERVER, outs=("ResultText",), pending=LATER)
    async def TestClamWinScanner(self, clamWinExecutable: String, clamWinDatabase: String) -> Boolean:
        return False

    @method(18, "Scans a test virus by ClamAV's daemon; tells what it said.", Right.SERVER, outs=("ResultText",), pending=LATER)
    async def TestClamAVScanner(self, ClamAVHostName: String, ClamAVPort: Integer) -> Boolean:
        return False
