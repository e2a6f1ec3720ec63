"""Bringing backups back: a whole data directory (directory.py), or one mailbox or folder into a store in use (mailbox.py)."""
