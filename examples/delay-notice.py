"""Tells your users when their mail has not left yet, long before the server gives up: at a try of your choice.

Trigger:  OnDeliveryStart, before each try to deliver.
Settings: TRY, at which one the sender is told; DOMAINS, whose users; SENDER, from whom the note comes.
"""

from postroom.handlers import CreateObject, Message

TRY = 3
DOMAINS = ["example.test"]
SENDER = "postmaster@example.test"


def OnDeliveryStart(message: Message) -> None:
    user = message.FromAddress
    if message.DeliveryAttempt != TRY or user.lower() == SENDER or user.rpartition("@")[2].lower() not in DOMAINS:
        return
    waiting = ", ".join(recipient.OriginalAddress for recipient in message.Recipients)
    note = CreateObject("hMailServer.Message")
    note.FromAddress = note.From = SENDER
    note.AddRecipient("", user)
    note.Subject = f"Not delivered yet: {message.Subject}"
    note.Body = f"Your message to {waiting} has not been delivered in {TRY - 1} tries.\r\nThe server goes on trying. You need not do anything."
    note.HeaderValue["Auto-Submitted"] = "auto-generated"
    note.Save()
