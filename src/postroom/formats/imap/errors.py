"""What a command can be refused with while it is read."""

from postroom.errors import PostroomError


class CommandRefused(PostroomError):
    """A command that is not carried out, with the words of its tagged reply.

    `text` is for the peer; `condition` is b"BAD" (it broke the grammar) or b"NO"; `code` is a response code without its brackets,
    such as b"BADCHARSET (UTF-8)", or empty (RFC 3501 section 7.1).
    """

    def __init__(self, text: str, condition: bytes = b"BAD", code: bytes = b"") -> None:
        super().__init__(text)
        self.text = text
        self.condition = condition
        self.code = code
