"""Keeps a copy of every message as a file, in a folder for each day: year/month/day/number.eml.

Trigger:  OnDeliverMessage, the first try of each message.
Settings: ARCHIVE, the folder (here one beside this file; name one on another disk).
Note:     Python handlers may write wherever the server's user may. In VBScript the folder must be named by the setting script_folders.
"""

import datetime
import os
import shutil
from pathlib import Path

from postroom.handlers import Message

ARCHIVE = Path(__file__).parent / "archive"


def OnDeliverMessage(message: Message) -> None:
    if message.DeliveryAttempt > 1:
        return
    folder = ARCHIVE / datetime.date.today().strftime("%Y/%m/%d")
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{message.ID}.part"
    shutil.copyfile(message.Filename, unfinished)
    os.replace(unfinished, folder / f"{message.ID}.eml")  # whoever reads the folder sees whole files only
