"""The errors that cross package borders: each says whose fault it is, what the peer may be told and what the log should hold."""


class PostroomError(Exception):
    """Any error of ours; its text is one sentence that says what is wrong and what to do."""


class ConfigurationError(PostroomError):
    """The configuration can't be used; the text names the file or variable and the mend."""


class Unavailable(PostroomError):
    """Something that we need is out of order for now (disk full, write failed): the peer is told to try again later.

    The text is for the log; peers see the protocol's own temporary failure (SMTP 451 or 452, IMAP NO, POP3 -ERR [SYS/TEMP]).
    """
