"""A maildir as a client keeps it, looked at and changed by a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Maildir:
    """One folder on disk; `clean` takes out what the client adds to each message for its own use."""

    path: Path
    clean: Callable[[bytes], bytes] = bytes

    def make(self) -> Maildir:
        """Make its directories where they are missing."""
        for name in ("cur", "new", "tmp"):
            (self.path / name).mkdir(parents=True, exist_ok=True)
        return self

    def _files(self) -> list[Path]:
        return [place for name in ("cur", "new") if (self.path / name).is_dir() for place in (self.path / name).iterdir()]

    def letters(self) -> dict[bytes, str]:
        """Give its messages, each with its flags as letters in alphabetical order, such as `FS`."""
        return {self.clean(place.read_bytes()): place.name.partition(":2,")[2] for place in self._files()}

    def put(self, message: bytes, flags: str = "") -> None:
        """File a message, as a program for reading mail does."""
        (self.path / "cur" / f"1795000000.M{len(self._files())}P1.client:2,{flags}").write_bytes(message)

    def mark(self, message: bytes, flags: str) -> None:
        """Give a message these flags alone."""
        place = self._place(message)
        place.rename(self.path / "cur" / f"{place.name.partition(':2,')[0]}:2,{flags}")

    def remove(self, message: bytes) -> None:
        """Take a message away."""
        self._place(message).unlink()

    def _place(self, message: bytes) -> Path:
        return next(place for place in self._files() if self.clean(place.read_bytes()) == message)
