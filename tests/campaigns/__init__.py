"""Campaigns against a whole server: it is killed, its power is cut, its disk fails; then mailboxes are held against what was acknowledged.

`python -m campaigns kill --runs 200`, `send --runs 100`, `scripts --runs 1000`, `power --points 500`, `fault`, `mutants`. Nothing here knows the
server's inside: it speaks SMTP, IMAP and POP3 to `postroom serve`, and sees the disk through a preloaded library (recorder.c).
"""
