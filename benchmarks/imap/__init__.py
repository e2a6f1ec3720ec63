"""IMAP and POP3 measured: Postroom beside Dovecot over the same mailbox (`run.py`), and what size costs (`sizes.py`)."""
