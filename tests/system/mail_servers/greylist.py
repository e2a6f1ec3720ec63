"""A greylisting policy as Postfix asks for it (its SMTPD_POLICY_README): who is not known is to come again."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = "4.7.1 Greylisted, please come again"


class Question(socketserver.StreamRequestHandler):
    """One mail server's connection: `name=value` lines up to an empty one, then the answer, until it hangs up."""

    def handle(self) -> None:
        """Answer what is asked."""
        said: dict[str, str] = {}
        for line in self.rfile:
            name, equals, value = line.decode().strip().partition("=")
            said[name] = value
            if not equals:
                self.wfile.write(f"action={self.server.judge(said)}\n\n".encode())  # type: ignore[attr-defined]  # it is a Greylist
                said = {}


class Greylist(socketserver.ThreadingTCPServer):
    """Puts off mail for addresses that begin with `grey`, the first time that a sender writes to one."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Question)
        self.port = self.server_address[1]
        self._known: set[tuple[str, str]] = set()

    def judge(self, said: dict[str, str]) -> str:
        """Decide on a recipient."""
        pair = said["sender"], said["recipient"]
        if pair[1].startswith("grey") and pair not in self._known:
            self._known.add(pair)
            return f"DEFER {WORDS}"
        return "DUNNO"


@contextmanager
def greylist() -> Iterator[Greylist]:
    """Run one in a thread."""
    with Greylist() as server:
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        try:
            yield server
        finally:
            server.shutdown()
