"""Bringing backups back: a whole data directory (directory.py), or one mailbox or folder into a store in use (mailbox.py)."""

from postroom.operations.restore.directory import Restored, restore_directory
from postroom.operations.restore.mailbox import Returned, restore_mailbox

__all__ = ["Restored", "Returned", "restore_directory", "restore_mailbox"]
