"""Tells several chat rooms at the same time when mail from an important sender comes: an `async` handler, whose calls do not wait for each other.

Trigger:  OnDeliverMessage, the first try of each message. The mail is delivered whatever becomes of the calls.
Settings: SENDERS, whose mail is told; ROOMS, addresses that take {"text": "..."} by POST; SECONDS, how long a call may take.
"""

import asyncio
import json
import urllib.request

from postroom.handlers import EventLog, Message

SENDERS = ["boss@example.com"]
ROOMS = ["https://chat.example.com/hooks/one", "https://chat.example.org/hooks/two"]
SECONDS = 5


async def OnDeliverMessage(message: Message) -> None:
    if message.DeliveryAttempt > 1 or message.FromAddress.lower() not in SENDERS:
        return
    text = f"{message.From}: {message.Subject}"
    answers = await asyncio.gather(*(asyncio.to_thread(post, room, text) for room in ROOMS))
    for problem in filter(None, answers):
        EventLog.Write(f"chat-notices: {problem}")


def post(room: str, text: str) -> str:
    """Send a line to a room; gives what went wrong, "" for nothing. It runs in a thread: no object of the server is used here."""
    request = urllib.request.Request(room, json.dumps({"text": text}).encode(), {"Content-Type": "application/json"})
    try:
        urllib.request.urlopen(request, timeout=SECONDS).close()
    except OSError as error:
        return f"{room}: {error}"
    return ""
