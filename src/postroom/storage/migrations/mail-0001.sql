-- A shard: the mail of the accounts whose id hashes to it. Times are UTC microseconds.

CREATE TABLE sequence (kind TEXT PRIMARY KEY, next BIGINT NOT NULL) WITHOUT ROWID;

-- One row an account: the modseq that every change of the account advances, and what its mail weighs.
CREATE TABLE mailbox (
    account_id  INTEGER PRIMARY KEY,
    modseq      BIGINT NOT NULL DEFAULT 1,
    size        BIGINT NOT NULL DEFAULT 0,
    messages    BIGINT NOT NULL DEFAULT 0,
    uidvalidity BIGINT NOT NULL DEFAULT 0          -- the last one given to a folder of this account
);

CREATE TABLE folder (
    id          INTEGER PRIMARY KEY,
    account_id  INTEGER NOT NULL,
    name        TEXT NOT NULL,                     -- whole path, levels parted by U+001F, INBOX in capitals
    special_use TEXT NOT NULL DEFAULT '',          -- '\Sent' and so on, or ''
    subscribed  INTEGER NOT NULL DEFAULT 1,
    uidvalidity BIGINT NOT NULL,
    uidnext     BIGINT NOT NULL DEFAULT 1,
    modseq      BIGINT NOT NULL DEFAULT 1,         -- the highest of its messages and expunges
    messages    BIGINT NOT NULL DEFAULT 0,
    unseen      BIGINT NOT NULL DEFAULT 0,
    deleted     BIGINT NOT NULL DEFAULT 0,
    size        BIGINT NOT NULL DEFAULT 0,
    seen_below  BIGINT NOT NULL DEFAULT 1,         -- every message with a lower uid is seen: where to look for the first unseen
    created     BIGINT NOT NULL,
    UNIQUE (account_id, name)
);

-- Names subscribed to without a folder of that name (RFC 3501 6.3.6 allows them).
CREATE TABLE subscription (account_id INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (account_id, name)) WITHOUT ROWID;

-- An immutable message, rendered once at arrival. Placements and queue rows refer to it.
CREATE TABLE content (
    id          INTEGER PRIMARY KEY,
    refs        INTEGER NOT NULL,
    size        BIGINT NOT NULL,
    header_size BIGINT NOT NULL,
    created     BIGINT NOT NULL,
    digest      BLOB NOT NULL,                     -- SHA-256 of the bytes
    blob        TEXT,                              -- key of a body that is not inline
    envelope    BLOB NOT NULL,                     -- as IMAP sends it
    structure   BLOB NOT NULL,                     -- BODYSTRUCTURE as IMAP sends it
    fields      BLOB,                              -- the header fields that clients list, as they stand; NULL: too long, read the header
    offsets     BLOB NOT NULL,                     -- where each part lies
    preview     TEXT NOT NULL,
    text        BLOB                               -- decoded lower-case text; NULL: the bytes themselves, lower-cased
);
CREATE INDEX content_blob ON content (blob) WHERE blob IS NOT NULL;
CREATE INDEX content_unused ON content (refs) WHERE refs <= 0;

-- Bodies apart from contents: reading a thousand envelopes must not walk over a thousand bodies.
CREATE TABLE body (content_id INTEGER PRIMARY KEY, data BLOB NOT NULL);

-- A content placed in a folder.
CREATE TABLE message (
    folder_id    INTEGER NOT NULL,
    uid          BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    content_id   BIGINT NOT NULL,
    flags        INTEGER NOT NULL,
    modseq       BIGINT NOT NULL,
    changed      INTEGER NOT NULL DEFAULT 0,       -- 1 once flags changed after arrival: until then modseqs rise with uids
    internaldate BIGINT NOT NULL,
    saved        BIGINT NOT NULL,
    size         BIGINT NOT NULL,                  -- of prefix and content
    prefix       BLOB NOT NULL,                    -- this placement's own first header fields (Return-Path, Delivered-To)
    keywords     TEXT NOT NULL DEFAULT '',         -- parted by spaces, sorted
    PRIMARY KEY (folder_id, uid)
) WITHOUT ROWID;
CREATE UNIQUE INDEX message_id ON message (id);
CREATE INDEX message_changed ON message (folder_id, modseq) WHERE changed = 1;

-- Uids that are gone, as ranges: what is left is 1 to uidnext without them.
CREATE TABLE vanished (
    folder_id INTEGER NOT NULL,
    low       BIGINT NOT NULL,
    high      BIGINT NOT NULL,
    modseq    BIGINT NOT NULL,
    PRIMARY KEY (folder_id, low)
) WITHOUT ROWID;

-- Mail on its way: to other servers, to this one when its time has not come, and reports that its senders still have to get.
CREATE TABLE queue (
    id         BIGINT PRIMARY KEY,
    content_id BIGINT NOT NULL,
    sender     TEXT NOT NULL,                      -- '' is the null sender
    account_id INTEGER,                            -- who submitted it, if anyone
    created    BIGINT NOT NULL,
    size       BIGINT NOT NULL,
    receipt    TEXT NOT NULL,                      -- what the log calls the message
    sign       TEXT NOT NULL,                      -- the domain that our keys sign it for, or ''
    signature  BLOB,                               -- the DKIM-Signature fields made when it came, NULL: made when it leaves
    begun      INTEGER NOT NULL DEFAULT 0,         -- 1 once handlers of events have seen its first try
    options    TEXT NOT NULL                       -- JSON: body type, SMTPUTF8, RET, ENVID, REQUIRETLS
);
CREATE TABLE queue_recipient (
    id         BIGINT PRIMARY KEY,
    queue_id   BIGINT NOT NULL,
    address    TEXT NOT NULL,
    domain     TEXT NOT NULL,
    state      TEXT NOT NULL,                      -- new (handlers of events have not seen it), waiting, held, sent, failed
    attempts   INTEGER NOT NULL DEFAULT 0,
    due        BIGINT NOT NULL,
    since      BIGINT NOT NULL,                    -- from when its time counts: arrival, or when it was let go
    warned     INTEGER NOT NULL DEFAULT 0,         -- 1 once its sender was told of the delay, or did not want to be
    tried      BIGINT NOT NULL DEFAULT 0,          -- the last try, 0 before it
    status     TEXT NOT NULL DEFAULT '',           -- RFC 3463's code of the last try
    host       TEXT NOT NULL DEFAULT '',           -- who answered it, or would not
    reply      TEXT NOT NULL DEFAULT '',           -- what a server answered, word for word
    reason     TEXT NOT NULL DEFAULT '',           -- why it waits or failed, in words
    owed       TEXT NOT NULL DEFAULT '',           -- the report that its sender still has to get: RFC 3464's action
    options    TEXT NOT NULL                       -- JSON: NOTIFY, ORCPT
);
CREATE INDEX queue_recipient_queue ON queue_recipient (queue_id);
CREATE INDEX queue_recipient_due ON queue_recipient (domain, due) WHERE state = 'waiting';
CREATE INDEX queue_recipient_since ON queue_recipient (warned, since) WHERE state = 'waiting';
CREATE INDEX queue_recipient_new ON queue_recipient (queue_id) WHERE state = 'new';
CREATE INDEX queue_recipient_owed ON queue_recipient (queue_id) WHERE owed <> '';
-- Destinations that can't be reached or put us off: all that waits for one waits until then.
CREATE TABLE destination (
    domain   TEXT PRIMARY KEY,
    until    BIGINT NOT NULL,
    failures INTEGER NOT NULL,
    status   TEXT NOT NULL,
    reason   TEXT NOT NULL
) WITHOUT ROWID;

-- Recipients of an accepted message whose mail lies in another shard: applied there once, by this row's id, then removed here.
CREATE TABLE handover (
    id         BIGINT PRIMARY KEY,
    shard      INTEGER NOT NULL,
    content_id BIGINT NOT NULL,
    placements TEXT NOT NULL,                      -- JSON
    created    BIGINT NOT NULL
);
-- Handovers of other shards that were applied here and may still stand there.
CREATE TABLE applied (handover_id BIGINT PRIMARY KEY, created BIGINT NOT NULL) WITHOUT ROWID;

-- Folders that somebody searched by text: only these are kept in the text index.
CREATE TABLE searched (folder_id INTEGER PRIMARY KEY);
-- Uids of theirs that are gone and may still be in the text index: taken out of it later, in large runs.
CREATE TABLE unindexed (
    folder_id INTEGER NOT NULL,
    low       BIGINT NOT NULL,
    high      BIGINT NOT NULL,
    PRIMARY KEY (folder_id, low)
) WITHOUT ROWID;

-- Work that waits until a time, because a backup reads: 'sweep', 'handover'.
CREATE TABLE pause (work TEXT PRIMARY KEY, until BIGINT NOT NULL) WITHOUT ROWID;

-- What programs sent through the HTTP API and what became of it. A record lies in the shard of its content.
CREATE TABLE outbound (
    id         BIGINT PRIMARY KEY,
    account_id INTEGER,                            -- whose mailbox sent it; NULL: an administrator for an address without one
    token      BLOB UNIQUE,                        -- of the idempotent request that made it
    sender     TEXT NOT NULL,
    recipients TEXT NOT NULL,                      -- JSON
    subject    TEXT NOT NULL,
    message_id TEXT NOT NULL,
    queue_id   BIGINT,
    state      TEXT NOT NULL,                      -- queued, sent, failed
    failed     INTEGER NOT NULL,                   -- recipients that will not get it
    error      TEXT,
    created    BIGINT NOT NULL,
    sent       BIGINT,
    due        BIGINT                              -- when it goes, if it is kept back until a time
);
CREATE INDEX outbound_created ON outbound (created, id);
CREATE INDEX outbound_account ON outbound (account_id, created, id) WHERE account_id IS NOT NULL;
CREATE INDEX outbound_queue ON outbound (queue_id) WHERE queue_id IS NOT NULL;
CREATE TABLE outbound_event (
    id          BIGINT PRIMARY KEY,
    outbound_id BIGINT NOT NULL,
    type        TEXT NOT NULL,                     -- delayed, sent, failed
    details     TEXT NOT NULL,
    created     BIGINT NOT NULL
);
CREATE INDEX outbound_event_outbound ON outbound_event (outbound_id, id);
