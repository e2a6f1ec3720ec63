"""The doors: SMTP and LMTP, IMAP, POP3, HTTP. One package a protocol, one file a command, named by the command."""
