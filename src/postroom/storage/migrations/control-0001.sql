-- What administrators configure. Small, cached as snapshots. Times are UTC microseconds.

CREATE TABLE sequence (kind TEXT PRIMARY KEY, next BIGINT NOT NULL) WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
