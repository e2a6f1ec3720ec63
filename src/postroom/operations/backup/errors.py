"""What can be wrong with a backup; each text is a sentence for a person."""

from __future__ import annotations

from postroom.errors import PostroomError


class BackupError(PostroomError):
    """A backup can't be made, read or restored as asked; nothing was changed."""


class Damaged(BackupError):
    """The file is not what was written: cut off, or changed."""


class WrongKey(BackupError):
    """The key that was given does not open this backup."""


class NewerBackup(BackupError):
    """A newer Postroom wrote this backup."""


class BaseMissing(BackupError):
    """The backup builds on one that is not in its folder."""
