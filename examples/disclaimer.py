"""Puts a disclaimer under mail that your users send to the outside, once: an answer to a marked message gets no second one.

Trigger:  OnAcceptMessage.
Settings: DOMAINS, your own; TEXT.
"""

import html

from postroom.handlers import Client, Message

DOMAINS = ["example.test"]
TEXT = "Example Ltd, registered in Testville. This message is meant for its recipient only."


def OnAcceptMessage(client: Client, message: Message) -> None:
    if not client.Username or all(is_ours(recipient.OriginalAddress) for recipient in message.Recipients):
        return
    if message.HasBodyType("multipart/signed") or message.HasBodyType("multipart/encrypted"):
        return  # a changed text would make the signature wrong
    plain, rich = message.Body, message.HTMLBody
    if TEXT in plain or html.escape(TEXT) in rich:
        return
    if plain or not rich:
        message.Body = f"{plain.rstrip()}\r\n\r\n-- \r\n{TEXT}\r\n"
    if rich:
        end = rich.lower().rfind("</body>")
        end = len(rich) if end < 0 else end
        message.HTMLBody = f"{rich[:end]}<hr><p>{html.escape(TEXT)}</p>{rich[end:]}"
    message.Save()


def is_ours(address: str) -> bool:
    return address.rpartition("@")[2].lower() in DOMAINS
