"""What the directory refuses: changes (told to an administrator) and logins (told to whoever tried)."""

from __future__ import annotations

from postroom.errors import PostroomError


class DirectoryError(PostroomError):
    """A change that can't be made; the sentence says why and what would do, and may be shown to the administrator."""


class NotFound(DirectoryError):
    """The domain, account, alias or setting that was named does not exist."""


class Taken(DirectoryError):
    """The name belongs to something else already."""


class Pinned(DirectoryError):
    """The setting is fixed by the configuration file, which the sentence names."""


class LoginRefused(PostroomError):
    """A login failed. The text is the same for a wrong password, an unknown name and an inactive account, so that names can't be guessed.

    `banned` says that the address may not log in for a time: the connection should be closed. `reason` is for the log.
    """

    def __init__(self, reason: str, *, banned: bool = False) -> None:
        super().__init__("The name or the password is wrong.")
        self.reason = reason
        self.banned = banned
