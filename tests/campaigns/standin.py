"""A stand-in for the server, for the campaign's own tests only: SMTP that appends each message to a file.

Arguments: the file, `sync` or `nosync`. It prints its port.
"""

import os
import socketserver
import sys
import threading
from pathlib import Path

LOCK = threading.Lock()


class Session(socketserver.StreamRequestHandler):
    """One SMTP session, every command answered with what a sender hopes for."""

    def handle(self) -> None:
        """Talk until QUIT."""
        self.wfile.write(b"220 stand-in\r\n")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self._accept()
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 done\r\n")
            if verb == b"QUIT":
                return

    def _accept(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b"."))
        body = b"".join(lines)
        with LOCK, Path(sys.argv[1]).open("ab") as file:
            file.write(b"%d\n" % len(body) + body)
            file.flush()
            if sys.argv[2] == "sync":
                os.fsync(file.fileno())


if __name__ == "__main__":
    socketserver.ThreadingTCPServer.daemon_threads = True
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        server.serve_forever()
