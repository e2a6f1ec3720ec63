"""The embedded engine: SQLite, bundled with apsw, one writer thread a shard with group commit, readers on WAL snapshots.

Start-up refuses a library with the WAL-reset bug (3.7.0 to 3.51.2: committed data lost when two connections write and checkpoint at once).
"""

from postroom.storage.sqlite.engine import SQLiteDatabase

__all__ = ["SQLiteDatabase"]
