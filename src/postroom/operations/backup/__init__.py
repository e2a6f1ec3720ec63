"""Backups: one file each, consistent while mail flows, encrypted by age, incremental on those before it in the same folder.

`create` makes one, `validate` and `verify` read all of one; postroom.operations.restore brings it back. The format is in archive.py.
"""

from postroom.operations.backup.create import Made, Source, create
from postroom.operations.backup.errors import BackupError
from postroom.operations.backup.keys import Key
from postroom.operations.backup.verify import Verified, validate, verify

__all__ = ["BackupError", "Key", "Made", "Source", "Verified", "create", "validate", "verify"]
