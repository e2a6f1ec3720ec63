"""Backups: one file each, consistent while mail flows, encrypted by age, incremental on those before it in the same folder.

create.py makes one, verify.py reads all of one; postroom.operations.restore brings it back. The format is in archive.py, the key in keys.py.
"""
