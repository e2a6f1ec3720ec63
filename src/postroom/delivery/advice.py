"""What codes of RFC 3463 mean in plain words, and what a sender can do: the table behind the human part of reports."""

from __future__ import annotations

from typing import Final, NamedTuple


class Advice(NamedTuple):
    """What happened, and what the sender can do."""

    happened: str
    help: str


_ASK: Final = "Ask the recipient in another way, by telephone for instance, and show them this report."
_SPELLING: Final = "Check the spelling of the address and send the message again, or ask the recipient for the right one."
_LATER: Final = "Send the message again later; if that fails too, tell the recipient in another way."
_SMALLER: Final = "Send a smaller message: leave out attachments, or share a link to them."
_ADMINISTRATOR: Final = "Show this report to the administrator of your mail server."

BY_CODE: Final = {
    "1.0": Advice("The address was refused.", _SPELLING),
    "1.1": Advice("There is no such mailbox.", _SPELLING),
    "1.2": Advice("The domain of the address does not exist, or takes no mail.", _SPELLING),
    "1.3": Advice("The address is not written as an address has to be.", _SPELLING),
    "1.6": Advice("The recipient has moved and left no new address.", "Ask the recipient for the new address."),
    "1.8": Advice("The recipient's server does not take mail from your address.", _ADMINISTRATOR),
    "1.10": Advice("The domain of the address takes no mail at all (its DNS says so).", _SPELLING),
    "2.0": Advice("The mailbox can't take the message.", _ASK),
    "2.1": Advice("The mailbox is switched off.", _ASK),
    "2.2": Advice("The mailbox is full.", "Tell the recipient in another way, so that they can make room, then send the message again."),
    "2.3": Advice("The message is larger than the mailbox allows.", _SMALLER),
    "2.4": Advice("The mailing list could not be served.", _ASK),
    "3.1": Advice("The recipient's server has no space left.", _LATER),
    "3.2": Advice("The recipient's server takes no mail at present.", _LATER),
    "3.4": Advice("The message is larger than the recipient's server allows.", _SMALLER),
    "3.5": Advice("The recipient's server is not set up to take this mail.", _ASK),
    "4.1": Advice("The recipient's server did not answer.", _LATER),
    "4.2": Advice("The connection to the recipient's server broke.", _LATER),
    "4.3": Advice("The recipient's domain could not be looked up.", _SPELLING),
    "4.4": Advice("No way to the recipient's server was found.", _SPELLING),
    "4.5": Advice("The recipient's server is too busy.", _LATER),
    "4.6": Advice("The message went round in a circle.", _ADMINISTRATOR),
    "4.7": Advice("The message could not be delivered in the time that it had.", _LATER),
    "5.0": Advice("The two servers did not understand each other.", _ADMINISTRATOR),
    "5.3": Advice("The message has too many recipients.", "Send it to fewer recipients at one time."),
    "6.1": Advice("The recipient's server does not take this kind of content.", "Send the message in another form, as plain text for instance."),
    "6.3": Advice("The message would have to be converted for the recipient's server, and that would break its signature.", _ADMINISTRATOR),
    "6.7": Advice(
        "The recipient's server can't take addresses with characters beyond ASCII.", "Use addresses without such characters, your own included."
    ),
    "7.0": Advice("The recipient's server refused the message by its rules.", _ASK),
    "7.1": Advice("The recipient's server refused the message by its rules, as it does with unwanted mail.", _ASK),
    "7.8": Advice("The login at the server that sends our mail failed.", _ADMINISTRATOR),
    "7.10": Advice("The connection to the recipient's server can't be encrypted as it has to be.", _ADMINISTRATOR),
    "7.20": Advice("The signature of the message did not pass at the recipient's server.", _ADMINISTRATOR),
    "7.23": Advice("The recipient's server says that this server may not send for your domain (SPF).", _ADMINISTRATOR),
    "7.25": Advice("The recipient's server does not trust the name of this server's address (reverse DNS).", _ADMINISTRATOR),
    "7.26": Advice("The message passed none of the checks that the recipient's server makes (SPF, DKIM).", _ADMINISTRATOR),
    "7.27": Advice("The domain of your address says that it takes no mail.", _ADMINISTRATOR),
    "7.30": Advice(
        "You asked for encryption all the way (REQUIRETLS), which the recipient's server does not promise.",
        "Send the message without that, if it may travel less protected.",
    ),
}

BY_SUBJECT: Final = {
    "1": Advice("The address was refused.", _SPELLING),
    "2": Advice("The mailbox can't take the message.", _ASK),
    "3": Advice("The recipient's server has trouble of its own.", _LATER),
    "4": Advice("The recipient's server could not be reached.", _LATER),
    "5": Advice("The two servers did not understand each other.", _ADMINISTRATOR),
    "6": Advice("The recipient's server does not take this kind of content.", "Send the message in another form, as plain text for instance."),
    "7": Advice("The recipient's server refused the message by its rules.", _ASK),
}
UNKNOWN: Final = Advice("The recipient's server refused the message.", _ASK)


def advice(status: str) -> Advice:
    """Find the words for a code such as `5.1.1`: its own, those of its kind, or those for anything."""
    _, _, rest = status.partition(".")
    return BY_CODE.get(rest) or BY_SUBJECT.get(rest.partition(".")[0]) or UNKNOWN
