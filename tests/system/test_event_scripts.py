"""A whole server whose deliveries are asked about by event scripts, and which is killed meanwhile: what it acknowledged arrives once."""

from __future__ import annotations

import os
import signal
import smtplib
import threading
from collections import Counter
from pathlib import Path

import pytest

from system.server import DOMAIN, HOST, PATIENCE, Server, until

pytestmark = pytest.mark.system

HANDLERS = """
import time

def OnAcceptMessage(client, message):
    message.HeaderValue["X-Accepted"] = "yes"
    message.Save()

def OnDeliverMessage(message):
    time.sleep(0.02)
    message.HeaderValue["X-Asked"] = str(message.DeliveryAttempt)
    message.Save()
"""
SENDERS, EACH = 4, 12


class Sender(threading.Thread):
    """Sends messages, each under its own subject, and notes which were acknowledged; one that was cut off is not sent again."""

    def __init__(self, server: Server, to: str, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.server, self.to = server, to
        self.acknowledged: list[str] = []
        self.doubtful: list[str] = []

    def run(self) -> None:
        for number in range(EACH):
            subject = f"{self.name}-{number}"
            try:
                with smtplib.SMTP(HOST, self.server.ports["smtp"], "client.example", PATIENCE) as smtp:
                    smtp.sendmail("friend@elsewhere.example", self.to, f"Subject: {subject}\r\n\r\nbody\r\n")
                    self.acknowledged.append(subject)
            except (OSError, smtplib.SMTPException):
                if subject not in self.acknowledged:
                    self.doubtful.append(subject)


@pytest.mark.parametrize("victim", ["nobody", "a worker", "everything"])
def test_what_was_acknowledged_arrives_once_whoever_is_killed(tmp_path: Path, victim: str) -> None:
    server = Server(tmp_path)
    folder = server.data / "Events"
    try:
        server.start()
        server.order("domain.add", name=DOMAIN)
        alice = server.person("alice")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "EventHandlers.py").write_text(HANDLERS)
        server.order("settings.set", name="scripting.language", value="Python")
        server.order("settings.set", name="scripting.enabled", value="yes")
        server.stop()
        server.start()  # loads them
        senders = [Sender(server, alice.address, f"s{number}") for number in range(SENDERS)]
        for sender in senders:
            sender.start()
        until(lambda: sum(len(sender.acknowledged) for sender in senders) >= 15, "some messages are on their way")
        if victim == "a worker":
            os.kill(server.children("worker")[0], signal.SIGKILL)
        elif victim == "everything":
            for module in ("worker", "writer"):
                for child in server.children(module):
                    os.kill(child, signal.SIGKILL)
            server.tell(signal.SIGKILL)
            server.ended()
            server.start()
        for sender in senders:
            sender.join()
        acknowledged = {subject for sender in senders for subject in sender.acknowledged}
        doubtful = {subject for sender in senders for subject in sender.doubtful}
        assert len(acknowledged) + len(doubtful) == SENDERS * EACH
        until(server.obeys, "the server takes orders")
        until(lambda: not server.order("queue.list"), "the queue is empty")
        letters = list(server.letters(alice))
        arrived = Counter(letter.partition(b"Subject: ")[2].partition(b"\r\n")[0].decode() for letter in letters)
        assert server.count(alice) == len(arrived), "each once"
        assert acknowledged <= arrived.keys() <= acknowledged | doubtful
        if victim == "nobody":
            assert not doubtful
        assert all(b"X-Accepted: yes\r\n" in letter and b"X-Asked: 1\r\n" in letter for letter in letters)
        assert server.stop() == 0, server.said()
        server.command("check")
    finally:
        server.stop()
