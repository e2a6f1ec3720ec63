"""Puts mail to alice+lists@example.test into the folder lists of alice, if she has one of that name; else it goes to her inbox as usual.

Trigger:  OnAcceptMessage.
Settings: DOMAINS, whose accounts have this; PLUS, the sign; PASSWORD, the Administrator's.
Note:     only folders that are there are used: nobody can make folders for others by writing to made-up addresses.
"""

from postroom.handlers import Account, Client, CreateObject, EventLog, Message

DOMAINS = ["example.test"]
PLUS = "+"
PASSWORD = "the Administrator's password"


def OnAcceptMessage(client: Client, message: Message) -> None:
    recipients = [(recipient.OriginalAddress, recipient.Address) for recipient in message.Recipients if recipient.IsLocalUser]
    filed = {original for original, address in recipients if PLUS in original and put_away(message, original, address)}
    if not filed:
        return
    others = list(dict.fromkeys(recipient.OriginalAddress for recipient in message.Recipients if recipient.OriginalAddress not in filed))
    message.ClearRecipients()  # without Save the header stays as it came
    for original in others:
        message.AddRecipient("", original)


def put_away(message: Message, original: str, address: str) -> bool:
    """Put the message into the folder that the address names; False when there is none."""
    name, _, domain = original.rpartition("@")
    base, _, wanted = name.partition(PLUS)
    if domain.lower() not in DOMAINS or f"{base}@{domain}".lower() != address.lower():
        return False
    server = CreateObject("hMailServer.Application")
    if server.Authenticate("Administrator", PASSWORD) is None:
        EventLog.Write("plus-folders: the Administrator's password is wrong")
        return False
    account = server.Domains.ItemByName(domain).Accounts.ItemByAddress(address)
    folder = folder_of(account, wanted)
    return bool(folder) and server.Utilities.ImportMessageFromFileToIMAPFolder(message.Filename, account.ID, folder)


def folder_of(account: Account, wanted: str) -> str:
    """The folder's name as the account has it, "" for none: case does not count in an address."""
    return next((folder.Name for folder in account.IMAPFolders if folder.Name.lower() == wanted.lower() and wanted), "")
