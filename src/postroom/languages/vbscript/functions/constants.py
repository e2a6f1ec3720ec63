"""The constants of the language, vbAbort to vbYesNoCancel; their subtypes are those of Windows."""

from typing import Final

from postroom.languages.vbscript.builtin import CONSTANTS
from postroom.languages.vbscript.values import Long

_INTEGERS: Final = """
    vbEmpty 0 vbNull 1 vbInteger 2 vbLong 3 vbSingle 4 vbDouble 5 vbCurrency 6 vbDate 7 vbString 8 vbObject 9 vbError 10 vbBoolean 11 vbVariant 12
    vbDataObject 13 vbDecimal 14 vbByte 17 vbArray 8192
    vbBinaryCompare 0 vbTextCompare 1 vbDatabaseCompare 2
    vbGeneralDate 0 vbLongDate 1 vbShortDate 2 vbLongTime 3 vbShortTime 4
    vbUseSystem 0 vbUseSystemDayOfWeek 0 vbSunday 1 vbMonday 2 vbTuesday 3 vbWednesday 4 vbThursday 5 vbFriday 6 vbSaturday 7
    vbFirstJan1 1 vbFirstFourDays 2 vbFirstFullWeek 3
    vbUseDefault -2 vbTrue -1 vbFalse 0
    vbOKOnly 0 vbOKCancel 1 vbAbortRetryIgnore 2 vbYesNoCancel 3 vbYesNo 4 vbRetryCancel 5
    vbCritical 16 vbQuestion 32 vbExclamation 48 vbInformation 64
    vbDefaultButton1 0 vbDefaultButton2 256 vbDefaultButton3 512 vbDefaultButton4 768 vbApplicationModal 0 vbSystemModal 4096
    vbOK 1 vbCancel 2 vbAbort 3 vbRetry 4 vbIgnore 5 vbYes 6 vbNo 7
"""
_LONGS: Final = """
    vbMsgBoxHelpButton 16384 vbMsgBoxSetForeground 65536 vbMsgBoxRight 524288 vbMsgBoxRtlReading 1048576
    vbObjectError -2147221504
    vbBlack 0 vbRed 255 vbGreen 65280 vbYellow 65535 vbBlue 16711680 vbMagenta 16711935 vbCyan 16776960 vbWhite 16777215
"""
_TEXTS: Final = {
    "vbCr": "\r",
    "vbCrLf": "\r\n",
    "vbNewLine": "\r\n",
    "vbLf": "\n",
    "vbFormFeed": "\f",
    "vbNullChar": "\0",
    "vbNullString": "",
    "vbTab": "\t",
    "vbVerticalTab": "\v",
}


def _pairs(table: str) -> list[tuple[str, int]]:
    words = table.lower().split()
    return [(name, int(number)) for name, number in zip(words[::2], words[1::2], strict=True)]


CONSTANTS.update(_pairs(_INTEGERS))
CONSTANTS.update((name, Long(number)) for name, number in _pairs(_LONGS))
CONSTANTS.update((name.lower(), text) for name, text in _TEXTS.items())
